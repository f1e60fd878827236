"""Programs of the system."""

from __future__ import annotations

import sys
import unittest
from pathlib import Path

from chatapp.system.tools import output_of


class OutputTest(unittest.TestCase):
    def python(self, script: str, seconds: float = 30, **variables: str) -> bytes:
        return output_of([sys.executable, "-c", script], seconds, variables)

    def test_the_output_of_a_program(self) -> None:
        self.assertEqual(self.python("import os; print(os.environ['WORD'], end='')", WORD="hello"), b"hello")

    def test_it_reads_a_file_or_nothing(self) -> None:
        script = "import sys; sys.stdout.write(sys.stdin.read()[:6])"
        self.assertEqual(self.python(script), b"")
        command = [sys.executable, "-c", script]
        self.assertEqual(output_of(command, 30, source=Path(__file__)), b'"""Pro')
        self.assertEqual(output_of(command, 30, source=Path("/no/such/file")), b"")

    def test_nothing_if_it_fails(self) -> None:
        self.assertEqual(self.python("print('half'); raise SystemExit(1)"), b"")
        self.assertEqual(output_of(["/no/such/program"], 1), b"")
        self.assertEqual(output_of(["a\0b"], 1), b"")

    def test_nothing_if_it_takes_too_long(self) -> None:
        self.assertEqual(self.python("import time; print('half', flush=True); time.sleep(60)", 0.2), b"")
