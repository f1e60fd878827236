"""A base class of tests of what programs of the system are asked to do."""

from __future__ import annotations

import unittest
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from unittest import mock


class ProgramTest(unittest.TestCase):
    """A test in which no program is run: each prints `printed`, and writes `written` into its target.

    Attributes:
        modules: Those that run programs by `output_of`.
    """

    modules: tuple[ModuleType, ...]

    def setUp(self) -> None:
        self.commands: list[Sequence[str]] = []
        self.variables: dict[str, str] = {}
        self.source: Path | None = None
        for module in self.modules:
            patch = mock.patch.object(module, "output_of", self.run_program)
            patch.start()
            self.addCleanup(patch.stop)

    def run_program(
        self,
        command: Sequence[str],
        seconds: float,
        variables: dict[str, str] | None = None,
        source: Path | None = None,
    ) -> bytes:
        self.commands.append(command)
        self.source, self.variables = source, variables or {}
        if "CHATAPP_TARGET" in self.variables:
            Path(self.variables["CHATAPP_TARGET"]).write_bytes(b"written")
        return b"printed"
