"""How invite codes are written and recognised."""

from __future__ import annotations

import unittest

from chatapp.protocol.code_text import letters, shown, typed_code


class Codes(unittest.TestCase):
    def test_a_code_may_be_typed_in_any_way(self) -> None:
        for typed in ("K7QX-29FM", "k7qx-29fm", " k7qx 29fm ", "K7QX29FM", "k7qx29fm", "K7QX\u201329FM"):
            with self.subTest(typed):
                self.assertEqual("K7QX-29FM", typed_code(typed))
                self.assertEqual("k7qx29fm", letters(typed))

    def test_what_is_no_code_is_none(self) -> None:
        for typed in ("", "K7QX", "K7QX-29FM-2", "K7QX-29F0", "K7QX-29FI", "192.168.1.20", "deadbeef",
                      "lab:5000", "----", "chat.example"):  # fmt: skip
            with self.subTest(typed):
                self.assertEqual("", typed_code(typed))

    def test_a_word_in_capitals_is_a_code(self) -> None:
        self.assertEqual("DEAD-BEEF", typed_code("DEADBEEF"))

    def test_a_code_is_shown_in_groups(self) -> None:
        self.assertEqual("K7QX-29FM", shown("k7qx-29fm"))
        self.assertEqual("", shown(""))
