"""Who has reacted to a message: limits and names."""

from __future__ import annotations

import unittest

from chatapp.client.model.ignored_people import ignore
from chatapp.client.model.reaction_counts import MAX_CLUSTERS, MAX_NICKS, MAX_REACTIONS, clean
from tests.client.messages import MessagesTest, message, reaction


class Cleaning(unittest.TestCase):
    def test_a_reaction_is_one_short_line_without_control_characters(self) -> None:
        family = "👨‍👩‍👧"
        table = {
            "👍": "👍",
            "  nice \n one ": "nice one",
            "\x02bold\x02\x1b[31m": "bold[31m",
            "\u202eevil": "evil",
            "\x01\x02": "",
            "x" * 5000: "x" * MAX_CLUSTERS,
            family: family,
        }
        for given, expected in table.items():
            with self.subTest(given=given[:20]):
                self.assertEqual(expected, clean(given))


class Counts(MessagesTest):
    def test_a_flood_of_reactions_to_one_message_is_limited(self) -> None:
        self.receive(message(1, "hello"))
        self.receive(*(reaction(2, f"r{number}") for number in range(3 * MAX_REACTIONS)))
        self.assertEqual(MAX_REACTIONS, len(self.entry().reactions))
        self.receive(*(reaction(3, "r0", f"n{number}") for number in range(2 * MAX_NICKS)))
        self.assertEqual(MAX_NICKS, len(self.entry().reactions["r0"]))

    def test_reactions_of_an_ignored_person_disappear_and_do_not_count(self) -> None:
        self.receive(message(1, "hello"), reaction(2, "👍"), reaction(3, "👍", "chen"))
        ignore(self.client.network, "ben")
        self.assertEqual({"👍": ["chen"]}, self.entry().reactions)
        self.receive(reaction(4, "👎"))
        self.assertEqual({"👍": ["chen"]}, self.entry().reactions)

    def test_a_person_with_a_new_nick_can_remove_a_reaction(self) -> None:
        self.receive(":ben!b@h JOIN #general", message(1, "hello"), reaction(2, "👍"), reaction(3, "🎉"))
        self.receive(":ben!b@h NICK :benny", reaction(4, "👍", "benny"))
        self.assertEqual(["ben"], self.entry().reactions["👍"], "counted once")
        self.receive(reaction(5, "👍", "benny", tag="unreact"))
        self.assertEqual({"🎉": ["ben"]}, self.entry().reactions)

    def test_another_person_with_the_earlier_nick_is_not_meant(self) -> None:
        self.receive(":ben!b@h JOIN #general", message(1, "hello"), reaction(2, "👍"))
        self.receive(":ben!b@h NICK :benny", ":ben!other@h JOIN #general")
        self.receive(reaction(5, "👍", "benny", tag="unreact"))
        self.assertEqual({"👍": ["ben"]}, self.entry().reactions)

    def test_own_reactions_follow_our_nick(self) -> None:
        self.receive(message(1, "hello"), reaction(2, "👍", "ana"), ":ana!a@h NICK :anna")
        self.assertEqual({"👍": ["anna"]}, self.entry().reactions)
        self.sent()
        self.client.react(self.general, self.entry(), "👍")
        self.assertIn("+draft/unreact=👍", self.sent()[0])
