"""Which lines belong to which blocks, compared with a recount."""

from __future__ import annotations

import random
import unittest

from chatapp.gui.transcript.blocks import Block
from chatapp.gui.transcript.line_map import LineMap
from chatapp.gui.transcript.runs import Run
from tests.gui.transcript.conversations import ConversationMaker


class LineMapTest(unittest.TestCase):
    def setUp(self) -> None:
        self.maker = ConversationMaker()
        self.line_map = LineMap()

    def block(self, lines: int) -> Block:
        return Block((self.maker.entry("message"),), [Run("x\n" * lines, ("body",))])

    def test_lines_are_counted_from_one(self) -> None:
        self.assertEqual(self.line_map.replace(0, 0, [self.block(2), self.block(3)]), (1, 1))
        self.assertEqual([self.line_map.first_line(at) for at in range(3)], [1, 3, 6])
        self.assertEqual(self.line_map.lines, 5)

    def test_every_line_belongs_to_a_block(self) -> None:
        self.line_map.replace(0, 0, [self.block(2), self.block(1), self.block(3)])
        self.assertEqual(
            [self.line_map.index_at_line(line) for line in range(9)], [0, 0, 0, 1, 2, 2, 2, 2, 2]
        )

    def test_a_removed_entry_has_no_index(self) -> None:
        one, other = self.block(1), self.block(1)
        self.line_map.replace(0, 0, [one, other])
        self.line_map.replace(0, 1, [])
        self.assertIsNone(self.line_map.index_of(one.entries[0].key))
        self.assertEqual(self.line_map.index_of(other.entries[0].key), 0)

    def test_after_random_changes_it_agrees_with_a_recount(self) -> None:
        chance = random.Random(7)
        expected: list[Block] = []
        for _ in range(500):
            start = chance.randint(0, len(expected))
            stop = min(len(expected), start + chance.choice((0, 0, 1, 3)))
            new = [self.block(chance.randint(1, 4)) for _ in range(chance.choice((0, 1, 1, 5)))]
            first = 1 + sum(block.lines for block in expected[:start])
            last = first + sum(block.lines for block in expected[start:stop])
            self.assertEqual(self.line_map.replace(start, stop, new), (first, last))
            expected[start:stop] = new
        lines = 1
        for at, block in enumerate(expected):
            self.assertIs(self.line_map[at], block)
            self.assertEqual(self.line_map.first_line(at), lines)
            self.assertEqual(self.line_map.index_of(block.entries[0].key), at)
            self.assertEqual(self.line_map.index_at_line(lines + block.lines - 1), at)
            lines += block.lines
        self.assertEqual(self.line_map.lines, lines - 1)
