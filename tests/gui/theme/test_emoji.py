"""Runs of emoji, shortcodes, and systems without safe colour fonts."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatapp.gui.theme import emoji
from tests.gui.base import WindowTest


class ShortcodesTest(unittest.TestCase):
    def test_an_emoji_becomes_its_name_and_other_text_stays(self) -> None:
        table = {
            "no sign": "no sign",
            "ok 👍!": "ok :thumbs_up_sign:!",
            "👩‍👧": ":woman::girl:",
            "👍🏽": ":thumbs_up_sign:",
            "✓ ─ ▸ é 漢": "✓ ─ ▸ é 漢",
        }
        for text, expected in table.items():
            with self.subTest(text):
                self.assertEqual(emoji.as_shortcodes(text), expected)


class RunsTest(unittest.TestCase):
    def test_runs_are_the_characters_shown_in_colour(self) -> None:
        for text, found in {
            "ok 😀👍!": ["😀👍"],
            "❤\ufe0f but ❤ and ✓": ["❤\ufe0f"],
            "✅ ⭐ ☀\ufe0f ©\ufe0f": ["✅", "⭐", "☀\ufe0f", "©\ufe0f"],
            "👍\ufe0e in black": [],
            "👋🏽 🇩🇪": ["👋🏽", "🇩🇪"],
            "👩\u200d❤\ufe0f\u200d👨": ["👩", "❤\ufe0f", "👨"],  # a joiner has a width in the colour font
            "1\ufe0f\u20e3 # 12 © 漢字 é": [],
        }.items():
            with self.subTest(ascii(text)):
                self.assertEqual(found, [text[start:end] for start, end in emoji.emoji_runs(text)])

    def test_a_skin_tone_is_hidden_unless_it_is_alone(self) -> None:
        for text, expected in (
            ("👋🏽 hi", [("👋", ("em",)), ("🏽", ("em", "hidden")), (" hi", ())]),
            (
                "👋🏽👍🏽",
                [("👋", ("em",)), ("🏽", ("em", "hidden")), ("👍", ("em",)), ("🏽", ("em", "hidden"))],
            ),
            ("🏽", [("🏽", ("em",))]),
            ("🏽👍", [("🏽", ("em",)), ("👍", ("em",))]),
        ):
            with self.subTest(text):
                self.assertEqual(expected, list(emoji.split_emoji([(text, ())])))

    def test_pieces_keep_their_text_and_tags(self) -> None:
        pieces = [("hi 😀\n", ("body", "bold")), ("😀 joined\n", ("note",)), ("plain\n", ())]
        expected = [
            ("hi ", ("body", "bold")),
            ("😀", ("body", "bold", "em")),
            ("\n", ("body", "bold")),
            ("😀", ("note", "em-small")),
            (" joined\n", ("note",)),
            ("plain\n", ()),
        ]
        self.assertEqual(expected, list(emoji.split_emoji(pieces)))


class FontTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.coloured = emoji.find_colour_font(self.root)

    def test_all_emoji_are_in_the_colour_font_if_there_is_one(self) -> None:
        expected = self.coloured or self.theme.fonts["ChatBody"].actual("family")
        for font in ("ChatEmoji", "ChatEmojiSmall"):
            self.assertEqual(self.theme.fonts[font].actual("family"), expected)

    def test_emoji_make_no_line_higher(self) -> None:
        for size in (8, 11, 16, 24):
            self.theme.zoom(size)
            for font, beside in (("ChatEmoji", "ChatBody"), ("ChatEmojiSmall", "ChatSmall")):
                with self.subTest(font, size=size):
                    of_emoji, of_text = (self.theme.fonts[name].metrics() for name in (font, beside))
                    for measure in ("ascent", "descent"):
                        self.assertLessEqual(of_emoji[measure], of_text[measure] + 1)

    def test_without_safe_colour_fonts_no_emoji_font_is_used(self) -> None:
        with mock.patch.object(emoji, "can_be_drawn", lambda: False):
            self.assertEqual(emoji.find_colour_font(self.root), "")


class GuardTest(WindowTest):
    def without_colour_fonts(self, safe: bool) -> tuple[str | None, list[str]]:
        """Return the value of FONTCONFIG_FILE while the window is created, and the files written."""
        with (
            tempfile.TemporaryDirectory() as folder,
            mock.patch.dict(os.environ),
            mock.patch.object(emoji, "can_be_drawn", lambda: safe),
        ):
            os.environ.pop(emoji.FONTCONFIG_FILE, None)
            with emoji.without_colour_fonts(Path(folder)):
                value = os.environ.get(emoji.FONTCONFIG_FILE)
            self.assertNotIn(emoji.FONTCONFIG_FILE, os.environ)
            return value, os.listdir(folder)

    def test_with_safe_colour_fonts_nothing_is_done(self) -> None:
        self.assertEqual(self.without_colour_fonts(safe=True), (None, []))

    def test_without_safe_colour_fonts_fontconfig_excludes_them(self) -> None:
        value, files = self.without_colour_fonts(safe=False)
        self.assertEqual((Path(value or "").name, files), ("fonts.conf", ["fonts.conf"]))

    @unittest.skipUnless(sys.platform == "linux", "fontconfig")
    def test_fontconfig_then_finds_no_colour_font(self) -> None:
        child = (
            "import sys, tkinter; from pathlib import Path; from chatapp.gui.theme import emoji\n"
            "emoji.can_be_drawn = lambda: sys.argv[1] == 'safe'\n"
            "with emoji.without_colour_fonts(Path(sys.argv[2])): root = tkinter.Tk()\n"
            "print(root.tk.call('font', 'actual', 'TkDefaultFont', '-family', '\\U0001f44d'))\n"
        )
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-c", child, "unsafe", folder]
            family = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
        self.assertNotIn("color", family.lower())
        self.assertTrue(family.strip())
