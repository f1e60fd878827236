"""Which characters of remote text may reach a terminal."""

from __future__ import annotations

import unicodedata
import unittest

from chatapp.protocol.printable import escape_controls, strip_controls

UNDONE = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


class Printable(unittest.TestCase):
    def test_for_users_formatting_and_control_characters_are_removed(self) -> None:
        cases = {
            "hello": "hello",
            "\x1b]0;title\x07\x1b[2Jgone": "]0;title[2Jgone",
            "\x9b2J": "2J",
            "\x02bold\x02 \x0304,01red\x03 \x04ff0000hex\x0f \x1ditalic": "bold red hex italic",
            "\x033 apples": " apples",
            "one\r\ntwo\nthree\rfour\u2028five": "one two three four five",
            "a\0b\x7fc\x08d": "abcd",
            "photo\u202egpj.exe": "photogpj.exe",
            "tab\there": "tab\there",
        }
        for text, expected in cases.items():
            with self.subTest(text=text):
                self.assertEqual(strip_controls(text), expected)

    def test_for_administrators_control_characters_are_escaped(self) -> None:
        cases = {
            "hello wörld": "hello wörld",
            "\x1b[2J": "\\x1b[2J",
            "one\r\ntwo": "one\\r\\ntwo",
            "\x9b\x7f\0": "\\x9b\\x7f\\x00",
            "a\u202eb": "a\\u202eb",
            "\ud800": "\\ud800",
        }
        for text, expected in cases.items():
            with self.subTest(text=text):
                self.assertEqual(escape_controls(text), expected)

    def test_no_control_character_remains(self) -> None:
        every = "".join(map(chr, range(0x110000)))
        for clean in (strip_controls(every), escape_controls(every)):
            controls = {each for each in clean if unicodedata.category(each) in ("Cc", "Cs")}
            self.assertLessEqual(controls, {"\t"})
            self.assertTrue(set(UNDONE).isdisjoint(clean))

    def test_letters_of_every_script_and_emoji_remain(self) -> None:
        for text in ("שלום עולם\u200f!", "क्षि", "👩\u200d👩\u200d👧", "🏳️\u200d🌈", "\u061cنص"):
            with self.subTest(text=text):
                self.assertEqual((strip_controls(text), escape_controls(text)), (text, text))
