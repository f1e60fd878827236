"""The width of text, and its truncation."""

from __future__ import annotations

import unittest

from chatapp.protocol.graphemes import clusters
from chatapp.terminal.text_width import cut_to_width, drop_cells, width

FAMILY = "👨\u200d👩\u200d👧"
WAVE = "👋🏽"
FLAG = "🇩🇪"
HEART = "❤\ufe0f"
ACCENT = "e\u0301"


class Cells(unittest.TestCase):
    def test_a_text_is_counted_with_its_widest_representation(self) -> None:
        for text, cells in {
            "": 0,
            "hello": 5,
            "日本": 4,
            "é": 1,
            ACCENT: 1,
            "👋": 2,
            WAVE: 4,
            FAMILY: 6,
            FLAG: 2,
            HEART: 2,
            "ｗ": 2,
            "a\u200bb": 2,
        }.items():
            with self.subTest(text):
                self.assertEqual(cells, width(text))

    def test_a_grapheme_cluster_is_one_character(self) -> None:
        for text, count in {
            "abc": 3,
            f"a{FAMILY}b": 3,
            f"{FLAG}{FLAG}": 2,
            f"{WAVE}{HEART}": 2,
            f"x{ACCENT}": 2,
            "👍\u200dx": 2,
        }.items():
            with self.subTest(text):
                self.assertEqual(count, len(clusters(text)))
                self.assertEqual(text, "".join(clusters(text)))

    def test_a_cut_never_splits_a_character(self) -> None:
        for text, cells, head, rest in [
            ("hello", 3, "hel", "lo"),
            ("日本語", 3, "日", "語"),
            (f"a{FAMILY}b", 3, "a", "b"),
            (f"{ACCENT}x", 1, ACCENT, "x"),
            ("ab", 5, "ab", ""),
            ("ab", 0, "", "ab"),
            ("é", -1, "", "é"),
        ]:
            with self.subTest(text, cells=cells):
                self.assertEqual(head, cut_to_width(text, cells))
                self.assertEqual(rest, drop_cells(text, cells))
