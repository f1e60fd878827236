"""Colours of nicks."""

from __future__ import annotations

import unittest

from chatapp.client.text.nick_colours import CODES, COLOURS, colour_code, colour_of_code, nick_colour


class Colours(unittest.TestCase):
    def test_a_nick_has_the_same_colour_in_any_letter_case_and_in_every_run(self) -> None:
        for nick, colour in (("ana", 2), ("ANA", 2), ("ben", 1), ("小明", 12)):
            with self.subTest(nick):
                self.assertEqual(colour, nick_colour(nick))

    def test_every_colour_is_used(self) -> None:
        self.assertEqual(set(range(COLOURS)), {nick_colour(f"nick{number}") for number in range(500)})

    def test_a_nick_that_is_not_valid_text_has_a_colour_too(self) -> None:
        self.assertIn(nick_colour("\ud800"), range(COLOURS))

    def test_a_chosen_colour_is_told_and_understood(self) -> None:
        self.assertEqual(len(set(CODES)), COLOURS)
        for index in range(COLOURS):
            self.assertEqual(colour_of_code(colour_code(index)), index)
            self.assertEqual(colour_of_code(colour_code(index).upper()), index)

    def test_any_other_text_is_no_colour(self) -> None:
        for text in ("", "red", "#fff", "#ff00zz", "f88b1c"):
            with self.subTest(text):
                self.assertIsNone(colour_of_code(text))
