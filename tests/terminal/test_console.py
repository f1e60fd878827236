"""Lines of standard input as they arrive, complete or in pieces."""

from __future__ import annotations

import os
import sys
import unittest

from chatapp.terminal.console import Console, InputSource
from tests.terminal.standard_streams import StandardStreamsTest


class Lines(StandardStreamsTest):
    def setUp(self) -> None:
        self.writer = self.pipe_stdin()
        self.source = InputSource()

    def lines(self, data: bytes) -> list[str]:
        """Return the lines that are available when these bytes have arrived."""
        os.write(self.writer.fileno(), data)
        return self.source.lines(1.0)

    def test_complete_lines_are_returned_and_a_partial_one_waits(self) -> None:
        self.assertEqual(["one", "two"], self.lines(b"one\ntwo\nthr"))
        self.assertEqual(["three"], self.lines(b"ee\n"))

    def test_without_input_there_are_no_lines_and_no_end(self) -> None:
        self.assertEqual([], self.source.lines(0))
        self.assertFalse(self.source.ended)

    def test_the_last_line_needs_no_line_feed(self) -> None:
        self.assertEqual([], self.lines(b"last"))
        self.writer.close()
        self.assertEqual(["last"], self.source.lines(1.0))
        self.assertTrue(self.source.ended)
        self.assertEqual([], self.source.lines(1.0))

    def test_an_input_that_ends_with_a_line_feed_has_no_empty_last_line(self) -> None:
        self.assertEqual(["one"], self.lines(b"one\n"))
        self.writer.close()
        self.assertEqual([], self.source.lines(1.0))
        self.assertTrue(self.source.ended)

    def test_windows_line_ends_and_a_byte_order_mark_are_removed(self) -> None:
        self.assertEqual(["one", "", "two"], self.lines(b"\xef\xbb\xbfone\r\n\r\ntwo\r\n"))

    def test_a_character_may_arrive_in_pieces(self) -> None:
        self.assertEqual([], self.lines("👋".encode()[:2]))
        self.assertEqual(["👋"], self.lines("👋\n".encode()[2:]))

    def test_invalid_bytes_are_replaced(self) -> None:
        self.assertEqual(["a\ufffdb"], self.lines(b"a\xffb\n"))


class Systems(unittest.TestCase):
    def test_the_console_class_is_that_of_this_system(self) -> None:
        system = "windows" if sys.platform == "win32" else "posix"
        self.assertEqual(f"chatapp.terminal.{system}_console", Console.__module__)
