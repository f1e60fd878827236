"""The conversations to which shortcuts switch."""

from __future__ import annotations

import unittest

from chatapp.client.model.conversation import Conversation
from chatapp.gui.main import navigation
from tests.gui.networks import make_network


def name(conversation: Conversation | None) -> str | None:
    return None if conversation is None else conversation.name


class NavigationTest(unittest.TestCase):
    def setUp(self) -> None:
        self.network = make_network("#a", "#b", "#c")
        self.network.add("ben", "direct")
        self.network.add("", "server")
        self.shown = [self.at(each) for each in ("#a", "#b", "#c", "ben", "")]

    def at(self, name: str) -> Conversation:
        found = self.network.find(name)
        assert found is not None
        return found

    def test_up_and_down_follow_the_order_of_the_list(self) -> None:
        for current, step, there in (
            ("#b", -1, "#a"),
            ("#b", 1, "#c"),
            ("#c", 1, "ben"),
            ("ben", 1, ""),
            ("#a", -1, None),
            ("", 1, None),
        ):
            with self.subTest(current=current, step=step):
                self.assertEqual(name(navigation.neighbour(self.shown, self.at(current), step)), there)

    def test_without_a_current_conversation_it_starts_at_the_top(self) -> None:
        self.assertEqual(name(navigation.neighbour(self.shown, None, 1)), "#a")
        self.assertIsNone(navigation.neighbour([], None, 1))

    def test_the_next_unread_conversation_is_found_beyond_the_ends_of_the_list(self) -> None:
        b = self.at("#b")
        self.at("#a").unread = 1
        self.assertEqual(name(navigation.unread(self.shown, b, 1)), "#a")
        self.at("ben").unread = 1
        self.assertEqual(name(navigation.unread(self.shown, b, 1)), "ben")
        self.assertEqual(name(navigation.unread(self.shown, b, -1)), "#a")
        self.assertIsNone(navigation.unread([], None, 1))

    def test_muted_conversations_are_skipped_unless_there_is_a_mention(self) -> None:
        c = self.at("#c")
        c.muted, c.unread = True, 5
        self.assertIsNone(navigation.unread(self.shown, self.at("#b"), 1))
        c.mentions = 1
        self.assertEqual(name(navigation.unread(self.shown, self.at("#b"), 1)), "#c")

    def test_conversations_are_numbered_from_one(self) -> None:
        for number, there in ((1, "#a"), (4, "ben"), (5, ""), (6, None), (9, None)):
            with self.subTest(number=number):
                self.assertEqual(name(navigation.nth(self.shown, number)), there)


if __name__ == "__main__":
    unittest.main()
