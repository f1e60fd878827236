"""Standard input and output for tests: pipes and pseudo-terminals in place of the real ones."""

from __future__ import annotations

import os
import sys
import unittest
from typing import TextIO
from unittest import mock


class StandardStreamsTest(unittest.TestCase):
    """A test that replaces `sys.stdin` and `sys.stdout`."""

    def replace_stream(self, name: str, stream: TextIO) -> None:
        """Use a file object as `sys.stdin`, `sys.stdout` or `sys.stderr` until the test ends."""
        patch = mock.patch.object(sys, name, stream)
        patch.start()
        self.addCleanup(stream.close)
        self.addCleanup(patch.stop)

    def pipe_stdin(self) -> TextIO:
        """Make standard input a pipe and return its writing end, unbuffered."""
        reading, writing = os.pipe()
        self.replace_stream("stdin", os.fdopen(reading, encoding="utf-8"))
        writer = os.fdopen(writing, "w", encoding="utf-8", newline="")
        self.addCleanup(writer.close)
        return writer

    def open_terminal(self, columns: int = 60, rows: int = 12) -> int:
        """Make standard input and output a pseudo-terminal.

        Returns:
            The file descriptor of its other end, at which the test acts as the user. The test closes it.
        """
        if sys.platform == "win32":
            raise unittest.SkipTest("Windows has no pseudo-terminals in Python")
        import termios

        user, terminal = os.openpty()
        termios.tcsetwinsize(terminal, (rows, columns))
        self.replace_stream("stdin", os.fdopen(os.dup(terminal), encoding="utf-8"))
        self.replace_stream("stdout", os.fdopen(terminal, "w", encoding="utf-8"))
        return user
