"""Where the keyboard leads, which names fit, what the title says."""

from __future__ import annotations

import unittest

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.gui.dialogs import quick_switcher
from chatapp.gui.main import navigation, status_texts
from tests.gui.networks import add_members, make_network


def name(conversation: Conversation | None) -> str | None:
    return None if conversation is None else conversation.name


class NavigationTest(unittest.TestCase):
    def setUp(self) -> None:
        self.network = make_network("#a", "#b", "#c")
        self.network.add("ben", "direct")
        self.network.add("", "server")
        self.network.current = self.network.find("#b")

    def test_up_and_down_go_through_the_list_as_it_is_shown(self) -> None:
        for current, step, there in (
            ("#b", -1, "#a"),
            ("#b", 1, "#c"),
            ("#c", 1, "ben"),
            ("ben", 1, ""),
            ("#a", -1, None),
            ("", 1, None),
        ):
            with self.subTest(current=current, step=step):
                self.network.current = self.network.find(current)
                self.assertEqual(name(navigation.neighbour(self.network, step)), there)

    def test_without_a_current_one_it_begins_at_the_top(self) -> None:
        self.network.current = None
        self.assertEqual(name(navigation.neighbour(self.network, 1)), "#a")
        self.assertIsNone(navigation.neighbour(Network(), 1))

    def test_the_next_unread_one_is_found_round_the_ends(self) -> None:
        self.network.conversations["#a"].unread = 1
        self.assertEqual(name(navigation.unread(self.network, 1)), "#a")
        self.network.conversations["ben"].unread = 1
        self.assertEqual(name(navigation.unread(self.network, 1)), "ben")
        self.assertEqual(name(navigation.unread(self.network, -1)), "#a")

    def test_muted_ones_are_passed_over_unless_they_mention_us(self) -> None:
        c = self.network.conversations["#c"]
        c.muted, c.unread = True, 5
        self.assertIsNone(navigation.unread(self.network, 1))
        c.mentions = 1
        self.assertEqual(name(navigation.unread(self.network, 1)), "#c")

    def test_conversations_are_numbered_from_one(self) -> None:
        for number, there in ((1, "#a"), (4, "ben"), (5, ""), (6, None), (9, None)):
            with self.subTest(number=number):
                self.assertEqual(name(navigation.nth(self.network, number)), there)


class JumpTest(unittest.TestCase):
    def found(self, wanted: str) -> list[str]:
        network = make_network("#general", "#help", "#homework")
        network.conversations["#homework"].unread = 3
        network.conversations["#help"].mentions = 1
        network.add("hugo", "direct")
        add_members(network, "#general", "ana", "hugo", "helga")
        return [row.key for row in quick_switcher.matching_rows(network, wanted)]

    def test_with_nothing_typed_mentions_and_unread_ones_come_first(self) -> None:
        self.assertEqual(self.found(""), ["#help", "#homework", "#general", "hugo"])

    def test_a_beginning_fits_better_than_a_part_and_people_come_last(self) -> None:
        self.assertEqual(self.found("h"), ["#help", "#homework", "hugo", "helga"])
        self.assertEqual(self.found("elp"), ["#help"])

    def test_letters_in_their_order_fit_too(self) -> None:
        self.assertEqual(self.found("gnrl"), ["#general"])

    def test_marks_before_a_name_do_not_matter(self) -> None:
        self.assertEqual(self.found("#gen"), ["#general"])
        self.assertEqual(self.found("@hel"), ["#help", "helga"])

    def test_we_are_not_offered_ourselves(self) -> None:
        self.assertEqual(self.found("ana"), [])


class PhrasesTest(unittest.TestCase):
    def test_the_title_counts_what_is_unread(self) -> None:
        network = make_network("#general", "#help", "#random")
        self.assertEqual(status_texts.title(network), "#general")
        network.conversations["#help"].unread = 3
        self.assertEqual(status_texts.title(network), "(3) #general")
        network.conversations["#random"].unread = 9
        network.conversations["#random"].muted = True
        self.assertEqual(status_texts.title(network), "(3) #general")
        network.conversations["#random"].mentions = 1
        self.assertEqual(status_texts.title(network), "(4) #general")

    def test_without_a_conversation_the_title_is_the_network(self) -> None:
        network = make_network()
        self.assertEqual(status_texts.title(network), "Room 12")
        self.assertEqual(status_texts.title(Network()), "Chatapp")

    def test_who_is_typing_is_said_in_a_sentence(self) -> None:
        for names, words in (
            ([], ""),
            (["Ben"], "Ben is typing…"),
            (["Ben", "Dee"], "Ben and Dee are typing…"),
            (["Ben", "Dee", "Eve"], "Several people are typing…"),
        ):
            with self.subTest(names=names):
                conversation = Conversation("#general", "channel", typing=dict.fromkeys(names, 0.0))
                self.assertEqual(status_texts.typing(conversation), words)

    def test_the_empty_field_says_what_it_is_for(self) -> None:
        for conversation, words in (
            (Conversation("#general", "channel", "#general"), "Write to #general"),
            (Conversation("ben", "direct", "ben"), "Write to ben"),
            (Conversation("", "server", "Room 12"), "Type a command, such as /help"),
        ):
            with self.subTest(words):
                self.assertEqual(status_texts.prompt(conversation), words)


if __name__ == "__main__":
    unittest.main()
