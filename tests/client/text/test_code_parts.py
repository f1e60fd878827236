"""Which parts of a text are code."""

from __future__ import annotations

import unittest

from chatapp.client.text.code_parts import block_lines, fenced, is_in_block, is_in_code, map_outside_code


class CodeParts(unittest.TestCase):
    def test_only_text_outside_of_code_is_changed(self) -> None:
        for text, changed in {
            "a `b` c": "A `b` C",
            "a ``b ` c`` d": "A ``b ` c`` D",
            "a\n```\nb\n```\nc": "A\n```\nb\n```\nC",
            "a ``` b": "A ``` b",
            "a ` b": "A ` B",
            "": "",
        }.items():
            with self.subTest(text):
                self.assertEqual(changed, map_outside_code(text, str.upper))

    def test_a_place_is_in_a_block_until_the_block_is_closed(self) -> None:
        for before, inside in {
            "a": False,
            "a ``` b": False,
            "```": True,
            "```py\nx": True,
            "```\nx\n```": False,
        }.items():
            self.assertEqual(inside, is_in_block(before), before)

    def test_a_place_is_in_code_between_backticks_of_its_line(self) -> None:
        for before, inside in {"a `b": True, "a `b` c": False, "a `b\nc": False, "```\nx": True}.items():
            self.assertEqual(inside, is_in_code(before), before)

    def test_lines_become_a_block(self) -> None:
        self.assertEqual("```\n  a\nb\n```", fenced("\n  a\nb\n"))

    def test_the_lines_inside_blocks_are_found(self) -> None:
        for text, found in {
            "a\nb": [],
            "a\n```py\nb\nc\n```\nd": [(2, 4)],
            "```\na\n```\n```\nb\n```": [(1, 2), (4, 5)],
            "```\n```\na": [],
            "```a```\nb": [],
            "```\na": [(1, 2)],
            "```": [],
        }.items():
            with self.subTest(text):
                self.assertEqual(found, list(block_lines(text.split("\n"))))
