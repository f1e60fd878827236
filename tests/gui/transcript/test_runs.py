"""Runs are found by their place in a Text."""

from __future__ import annotations

import unittest

from chatapp.gui.transcript.runs import Picture, Run, columns, count_lines, run_at


class RunTest(unittest.TestCase):
    def test_a_character_beyond_the_first_plane_takes_two_columns_in_tk_8(self) -> None:
        self.assertEqual([columns(text, 2) for text in ("ab", "é你", "a😀b")], [2, 2, 4])
        self.assertEqual(columns("a😀b", 1), 3)

    def test_lines_are_counted_by_their_ends(self) -> None:
        runs = [Run("a\nb"), Run("", picture=Picture("chip-add")), Run("\n\n"), Run("c")]
        self.assertEqual((count_lines(runs), count_lines([])), (3, 0))

    def test_every_place_belongs_to_a_run(self) -> None:
        picture, words, more = Run("", picture=Picture("chip-add")), Run("😀b\nc"), Run("d\n")
        runs = [picture, words, more]
        table = {
            (0, 0): picture, (0, 1): words, (0, 2): words, (0, 3): words, (0, 4): words,
            (1, 0): words, (1, 1): more, (1, 2): more, (0, 5): None, (1, 3): None, (2, 0): None,
        }  # fmt: skip
        for (line, column), run in table.items():
            with self.subTest(line=line, column=column):
                self.assertIs(run_at(runs, line, column, 2), run)
