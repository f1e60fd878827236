"""The log of the server: an event is one line, whatever text of a client it contains."""

from __future__ import annotations

import io
import logging
import unittest
from contextlib import redirect_stdout
from unittest import mock

from chatapp.system.log_setup import log_to_stdout


class Lines(unittest.TestCase):
    def printed(self, *events: tuple[str, object], error: Exception | None = None) -> list[str]:
        """Return the output for these events: the text, and the data of a client."""
        root = logging.getLogger()
        before = (root.handlers[:], root.level)
        with mock.patch.object(logging, "raiseExceptions", True), redirect_stdout(io.StringIO()) as screen:
            listener = log_to_stdout("INFO")
            try:
                for text, about in events:
                    logging.getLogger("test").info(text, about, exc_info=error)
            finally:
                listener.stop()
                root.handlers, root.level = before
        return screen.getvalue().splitlines()

    def test_control_characters_of_a_client_are_written_as_escapes(self) -> None:
        printed = self.printed(("Username is %s", "\x1b]0;owned\x07\nServer started\x9b2J"), ("next %s", 1))
        self.assertEqual(printed, ["Username is \\x1b]0;owned\\x07\\nServer started\\x9b2J", "next 1"])

    def test_a_traceback_keeps_its_lines_and_its_content_is_escaped(self) -> None:
        printed = self.printed(("a bug in %s", "TOPIC"), error=ValueError("\x1b[2J"))
        self.assertEqual(printed, ["a bug in TOPIC", "ValueError: \\x1b[2J"])
