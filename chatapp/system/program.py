"""How this program is started again: from the scripts beside the package, from a zip file, or as a module."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Literal
from zipimport import zipimporter

Part = Literal["gui", "server", "terminal"]

_SCRIPTS: dict[Part, str] = {"gui": "run_gui.py", "server": "run_server.py"}
_PACKAGE = __name__.partition(".")[0]


def zip_file() -> Path | None:
    """Return the zip file that contains this program; None if it consists of single files."""
    spec = find_spec(_PACKAGE)
    loader = spec.loader if spec else None
    return Path(loader.archive).resolve() if isinstance(loader, zipimporter) else None


def command(part: Part, without_console: bool = False) -> tuple[str, ...]:
    """Return the command that starts a part of this program, wherever it is called.

    Args:
        without_console: On Windows, use the Python that opens no console window.
    """
    python = _python(without_console)
    archive = zip_file()
    if archive is not None:
        return (python, str(archive), part)
    script = _folder() / _SCRIPTS.get(part, "")
    return (python, str(script)) if script.is_file() else (python, "-m", _PACKAGE, part)


def shown_command(part: Part) -> str:
    """Return the command that a person can type to start a part of this program."""
    archive = zip_file()
    return f"python {archive.name if archive else f'-m {_PACKAGE}'} {part}"


def folder() -> Path:
    """Return the folder in which `command` works also if the package is only found from there."""
    archive = zip_file()
    return archive.parent if archive else _folder()


def _folder() -> Path:
    spec = find_spec(_PACKAGE)
    assert spec and spec.origin
    return Path(spec.origin).resolve().parent.parent


def _python(without_console: bool) -> str:
    if sys.platform == "win32" and without_console:
        windowed = Path(sys.executable).with_name("pythonw.exe")
        if windowed.is_file():
            return str(windowed)
    return sys.executable
