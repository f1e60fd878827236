"""Edits: the rules for a new text, and its form for clients without draft/message-edit."""

from __future__ import annotations

import unittest

from chatapp.protocol.edits import MAX_BYTES, InvalidEdit, checked_text, marked, whole
from chatapp.protocol.multiline import MAX_LINES


class NewTexts(unittest.TestCase):
    def test_lines_end_with_a_line_feed(self) -> None:
        for written, expected in (
            ("one", "one"),
            ("one\ntwo", "one\ntwo"),
            ("one\r\ntwo\rthree", "one\ntwo\nthree"),
            ("\n\none\n\ntwo\n", "one\n\ntwo"),
            ("  indented", "  indented"),
            ("nul\0", "nul"),
            ("\x01ACTION waves\x01", "\x01ACTION waves\x01"),
        ):
            with self.subTest(written):
                self.assertEqual(checked_text(written), expected)

    def test_some_texts_are_refused_with_the_reason(self) -> None:
        for text, reason in (
            ("", "empty"),
            ("\n\r\n", "empty"),
            ("x" * (MAX_BYTES + 1), "too long"),
            (";" * (MAX_BYTES // 2 + 1), "too long"),
            ("é" * (MAX_BYTES // 2 + 1), "too long"),
            ("\n".join("x" * (MAX_LINES + 1)), "too many lines"),
            ("\x01VERSION\x01", "command"),
            ("\x01ACTION waves\nand leaves\x01", "command"),
        ):
            with self.subTest(text[:20]), self.assertRaisesRegex(InvalidEdit, reason):
                checked_text(text)

    def test_the_longest_text_is_accepted(self) -> None:
        self.assertEqual(checked_text("x" * MAX_BYTES), "x" * MAX_BYTES)


class OtherForms(unittest.TestCase):
    def test_the_mark_comes_before_the_text(self) -> None:
        self.assertEqual(marked("new\nlines"), "(edited) new\nlines")
        self.assertEqual(marked("\x01ACTION waves\x01"), "\x01ACTION (edited) waves\x01")

    def test_pieces_of_a_long_line_are_joined(self) -> None:
        self.assertEqual(whole("one \rlong line\nanother"), "one long line\nanother")
