"""Styled text, and the removal of control sequences from text."""

from __future__ import annotations

import sys
import unicodedata
import unittest

from chatapp.terminal.ansi import NICK_COLOURS, StyledText, clean, rendered, styled_message, styled_nick

_LEVELS = (0, 95, 135, 175, 215, 255)


def luminance(colour: int) -> float:
    """Return the relative luminance of a colour of the colour cube.

    Source:
        WCAG 2.1
    """
    red, green, blue = (_LEVELS[(colour - 16) // step % 6] / 255 for step in (36, 6, 1))
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)


class Cleaning(unittest.TestCase):
    def test_no_control_sequence_remains(self) -> None:
        everything = "".join(map(chr, range(sys.maxunicode + 1)))
        left = {each for each in clean(everything) if unicodedata.category(each) in ("Cc", "Cs")}
        self.assertEqual({"\n"}, left)
        self.assertNotIn("\u202e", clean(everything))

    def test_texts_lose_only_control_characters(self) -> None:
        for text, shown in {
            "\x1b[2Jgone?": "[2Jgone?",
            "\x1b]0;title\x07x": "]0;titlex",
            "\x9b31mred": "31mred",
            "a\tb": "a    b",
            "a\r\nb": "a\nb",
            "right\u202eleft": "rightleft",
            "Grüße 👨\u200d👩\u200d👧": "Grüße 👨\u200d👩\u200d👧",
        }.items():
            with self.subTest(text):
                self.assertEqual(shown, clean(text))


class Colouring(unittest.TestCase):
    def test_formatting_of_messages_is_shown(self) -> None:
        for text, pieces in {
            "plain": [("plain", "")],
            "**bold** `code`": [("bold", "1"), (" ", ""), ("code", "36")],
            "\x02b\x1di\x0f.": [("b", "1"), ("i", "1;3"), (".", "")],
            "\x0304red\x03 \x0312,8both": [("red", "38;5;9"), (" ", ""), ("both", "38;5;12;48;5;11")],
            "\x0301black\x03 \x0301,00on white": [("black", ""), (" ", ""), ("on white", "38;5;0;48;5;15")],
            "\x04ff8000hex": [("hex", "38;2;255;128;0")],
            "\x1fu\x1f\x1es\x1e\x16r": [("u", "4"), ("s", "9"), ("r", "7")],
            "hi @ana": [("hi ", ""), ("@ana", "1;7")],
            "https://a.example/x": [("https://a.example/x", "4")],
            "看www.a.example，#general": [("看", ""), ("www.a.example", "4"), ("，", ""), ("#general", "4")],
            "\x0398last\x03\x1b[31m": [("last", "38;5;231"), ("[31m", "")],
        }.items():
            with self.subTest(text):
                self.assertEqual(pieces, [tuple(piece) for piece in styled_message(text, "ana", True)])

    def test_without_colours_only_typed_markup_remains(self) -> None:
        self.assertEqual(
            [StyledText("**bold** red")], styled_message("**bold** \x0304red\x03\x07", "ana", False)
        )
        self.assertEqual("ben: hi", rendered([styled_nick("ben", 0), StyledText(": hi", "31")], False))

    def test_each_piece_ends_its_own_style(self) -> None:
        self.assertEqual(
            "\x1b[31mred\x1b[m plain", rendered([StyledText("red", "31"), StyledText(" plain")], True)
        )

    def test_nicks_have_sixteen_colours_readable_on_black_and_on_white(self) -> None:
        self.assertEqual(16, len(set(NICK_COLOURS)))
        for colour in NICK_COLOURS:
            with self.subTest(colour):
                self.assertGreaterEqual((luminance(colour) + 0.05) / 0.05, 3.0)
                self.assertGreaterEqual(1.05 / (luminance(colour) + 0.05), 3.0)

    def test_a_nick_has_a_fixed_colour_and_cannot_control_the_terminal(self) -> None:
        self.assertIn(str(NICK_COLOURS[3]), styled_nick("Ben", 3).style)
        self.assertEqual("Ben[2J", styled_nick("Ben\x1b[2J", 0).text)
