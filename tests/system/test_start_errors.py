"""Why the program cannot start is always told."""

from __future__ import annotations

import ctypes
import io
import sys
import unittest
from contextlib import redirect_stderr
from unittest import mock

from chatapp.system.start_errors import tell


class StartErrorsTest(unittest.TestCase):
    def test_it_is_printed(self) -> None:
        with redirect_stderr(io.StringIO()) as printed:
            tell("No display.")
        self.assertEqual("No display.\n", printed.getvalue())

    def test_without_a_console_windows_shows_a_box(self) -> None:
        windows = mock.Mock()
        with (
            mock.patch.object(sys, "stderr", None),
            mock.patch.object(sys, "platform", "win32"),
            mock.patch.object(ctypes, "windll", windows, create=True),
        ):
            tell("No display.")
        windows.user32.MessageBoxW.assert_called_once_with(None, "No display.", "Chatapp", 0x10)

    def test_elsewhere_a_missing_console_is_no_error(self) -> None:
        with mock.patch.object(sys, "stderr", None), mock.patch.object(sys, "platform", "linux"):
            tell("No display.")


if __name__ == "__main__":
    unittest.main()
