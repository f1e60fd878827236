"""Quick switcher: conversations and people that match a few letters."""

from __future__ import annotations

import unittest

from chatapp.gui.dialogs import quick_switcher
from tests.gui.networks import add_members, make_network


class QuickSwitcherTest(unittest.TestCase):
    def found(self, wanted: str) -> list[str]:
        network = make_network("#general", "#help", "#homework")
        network.conversations["#homework"].unread = 3
        network.conversations["#help"].mentions = 1
        network.add("hugo", "direct")
        add_members(network, "#general", "ana", "hugo", "helga")
        return [row.key for row in quick_switcher.matching_rows(network, wanted)]

    def test_without_input_mentions_and_unread_conversations_come_first(self) -> None:
        self.assertEqual(self.found(""), ["#help", "#homework", "#general", "hugo"])

    def test_a_prefix_ranks_before_a_substring_and_people_come_last(self) -> None:
        self.assertEqual(self.found("h"), ["#help", "#homework", "hugo", "helga"])
        self.assertEqual(self.found("elp"), ["#help"])

    def test_letters_in_order_match(self) -> None:
        self.assertEqual(self.found("gnrl"), ["#general"])

    def test_a_prefix_character_is_ignored(self) -> None:
        self.assertEqual(self.found("#gen"), ["#general"])
        self.assertEqual(self.found("@hel"), ["#help", "helga"])

    def test_the_user_is_not_offered(self) -> None:
        self.assertEqual(self.found("ana"), [])
