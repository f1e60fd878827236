"""The rows of "Jump to"."""

from __future__ import annotations

import unittest

from chatapp.gui.dialogs.jump_targets import CommandTarget, ConversationTarget, PersonTarget, Target, row_of
from chatapp.gui.widgets.fuzzy_match import FuzzyPattern
from chatapp.gui.widgets.list_row import ListRow
from tests.gui.networks import add_members, make_network


class JumpTargetsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.network = make_network("#library")
        self.network.name = "Room 12"
        self.network.add("chen_li", "direct")
        add_members(self.network, "#library", "ana", "(chen_li)", "lina", "lilei")
        for nick, name in (("chen_li", "Chen Li"), ("lina", "Lina Moreau"), ("lilei", "李雷")):
            self.network.person(nick).display_name = name
        self.network.person("chen_li").away_text = "At lunch until 13:00"

    def row(self, target: Target, typed: str = "li", has_several: bool = False) -> ListRow:
        servers = {self.network: "Room 12"} if has_several else {}
        return row_of("1", target, FuzzyPattern(typed), servers)

    def conversation(self, name: str) -> ConversationTarget:
        return ConversationTarget(self.network, self.network.conversations[name])

    def test_a_row_says_what_it_is(self) -> None:
        light = CommandTarget("Light theme", "palette", lambda: None, "Settings, Appearance")
        for target, text, note in (
            (self.conversation("#library"), "library", "4 people"),
            (self.conversation("chen_li"), "Chen Li", "away · At lunch until 13:00"),
            (PersonTarget(self.network, "lina"), "Lina Moreau", "online"),
            (PersonTarget(self.network, "lilei"), "李雷 (lilei)", "online"),
            (PersonTarget(self.network, "zora", False), "zora", "somebody who is not in your channels"),
            (light, "Light theme", "Settings, Appearance"),
        ):
            with self.subTest(text):
                row = self.row(target)
                self.assertEqual((row.text, row.note), (text, note))
        self.assertEqual(self.row(self.conversation("chen_li")).found, (5, 6))

    def test_an_absence_without_a_message_has_no_reason(self) -> None:
        self.network.person("chen_li").away_text = "*"
        self.assertEqual(self.row(self.conversation("chen_li")).note, "away")

    def test_the_letters_of_a_command_that_was_found_by_other_words_are_not_marked(self) -> None:
        command = CommandTarget("Find in this conversation", "search", lambda: None, words="search here")
        self.assertEqual(self.row(command, "he").found, ())
        self.assertEqual(self.row(command, "hcv").found, (9, 13, 16))

    def test_with_several_chats_a_row_names_its_own(self) -> None:
        row = self.row(self.conversation("#library"), has_several=True)
        self.assertEqual(row.note, "Room 12 · 4 people")

    def test_a_channel_that_one_is_no_longer_in_says_so(self) -> None:
        self.network.conversations["#library"].joined = False
        self.assertEqual(self.row(self.conversation("#library")).note, "you have left")
