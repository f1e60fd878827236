"""Modules for Windows, imported on any system with fakes of the missing modules."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any
from unittest import mock


def imported(name: str, **fakes: Any) -> Any:
    """Import a fresh copy of a module of this package as on Windows.

    Args:
        fakes: Replacements of modules that other systems lack, such as `msvcrt`.
    """
    modules: dict[str, Any] = {**fakes}
    with mock.patch.object(sys, "platform", "win32"), mock.patch.dict(sys.modules, modules):
        sys.modules.pop(name, None)
        module: ModuleType = importlib.import_module(name)
        package, _, last = name.rpartition(".")
        if getattr(sys.modules[package], last, None) is module:
            delattr(sys.modules[package], last)
        return module
