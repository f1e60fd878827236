"""How well something matches what was typed in "Jump to"."""

from __future__ import annotations

import unittest

from chatapp.gui.dialogs.jump_matches import candidate_of, matching, rank_of
from chatapp.gui.dialogs.jump_targets import CommandTarget, PersonTarget, Target, label_of
from chatapp.gui.widgets.fuzzy_match import OTHER_WORDS, SCATTERED, FuzzyPattern
from tests.gui.networks import make_network


class JumpMatchesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.network = make_network("#general")
        self.network.person("bea").display_name = "Béatrice Núñez"
        self.person = PersonTarget(self.network, "bea")
        self.command = CommandTarget("Set away…", "clock", lambda: None, words="lunch break")

    def rank(self, target: Target, typed: str) -> int | None:
        return rank_of(FuzzyPattern(typed), candidate_of(target))

    def test_people_are_found_by_name_and_by_nick(self) -> None:
        self.assertEqual(self.rank(self.person, "nun"), 1)
        self.assertEqual(self.rank(self.person, "bea"), 0)
        self.assertEqual(self.rank(self.person, "ban"), SCATTERED)

    def test_other_words_of_a_command_count_less_than_its_label(self) -> None:
        self.assertEqual(self.rank(self.command, "set"), 0)
        self.assertEqual(self.rank(self.command, "lunch"), OTHER_WORDS)
        self.assertEqual(self.rank(self.command, "break away"), OTHER_WORDS)
        self.assertIsNone(self.rank(self.command, "lnch"))
        self.assertIsNone(self.rank(self.command, "unch"))

    def test_the_best_match_comes_first_and_equal_ones_keep_their_order(self) -> None:
        labels = ("Other away", "Away", "Set away…", "General")
        commands = [CommandTarget(each, "", lambda: None) for each in labels]
        found = matching(FuzzyPattern("away"), [candidate_of(each) for each in commands], "away")
        self.assertEqual(
            [(rank, label_of(each)) for rank, each in found],
            [(0, "Away"), (1, "Other away"), (1, "Set away…")],
        )
