"""The text of a notification is one safe line."""

from __future__ import annotations

import unittest

from chatapp.system.notice import NoNotifier, Notice, clean


class CleanTest(unittest.TestCase):
    def test_control_characters_and_line_ends_become_spaces(self) -> None:
        for text, expected in (
            ("one\ntwo\r\n three\tfour", "one two three four"),
            ("bell\x07 and escape\x1b[31m", "bell and escape [31m"),
            ("nul\0", "nul"),
            ("half of a pair \ud83d", "half of a pair"),
            ("lines\u2028paragraphs\u2029", "lines paragraphs"),
            ("", ""),
        ):
            with self.subTest(text):
                self.assertEqual(clean(text, 100), expected)

    def test_nothing_turns_the_direction_of_text(self) -> None:
        self.assertEqual(clean("ana\u202egnp.exe\u2066", 100), "anagnp.exe")

    def test_emoji_markup_and_dashes_stay_as_they_are(self) -> None:
        for text in ("--help", "<b>bold</b> & 'quoted' \\ $(id) `id`", "👩‍👩‍👧 שלום 你好"):
            with self.subTest(text):
                self.assertEqual(clean(text, 100), text)

    def test_a_long_text_ends_with_an_ellipsis(self) -> None:
        self.assertEqual(clean("x" * 10_000, 20), "x" * 19 + "…")
        self.assertEqual(clean("x" * 20, 20), "x" * 20)


class NoNotifierTest(unittest.TestCase):
    def test_it_says_that_nothing_can_be_shown(self) -> None:
        notifier = NoNotifier()
        notifier.check()
        notifier.show(Notice("1", "ben", "hello"))
        notifier.close("1")
        notifier.stop()
        self.assertEqual(notifier.state, "absent")
