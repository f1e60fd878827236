"""TOPIC, NAMES and LIST, and the visibility of members.

Source:
    modern IRC "Channel Operations"
"""

from __future__ import annotations

import unittest

from tests.server.base import ServerTest


class Topics(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")
        self.source = self.user("ann").source

    def test_a_topic_is_set_announced_and_shown(self) -> None:
        self.assertAnswer("bob", "TOPIC #c", "331 bob #c :No topic is set")
        self.say("ann", "TOPIC #c :All about C")
        self.assertGot("ann", ":ann TOPIC #c :All about C")
        self.assertGot("bob", ":ann TOPIC #c :All about C")
        self.pass_time(60)
        self.assertAnswer(
            "bob", "TOPIC #C", "332 bob #c :All about C", f"333 bob #c {self.source} 1773316800"
        )

    def test_a_topic_is_cleared(self) -> None:
        self.say("ann", "TOPIC #c :words", "TOPIC #c :")
        self.forget()
        self.assertAnswer("bob", "TOPIC #c", "331 bob #c :No topic is set")

    def test_only_operators_may_set_it_with_mode_t(self) -> None:
        self.assertAnswer("bob", "TOPIC #c :mine", "482 bob #c :You're not channel operator")
        self.say("ann", "MODE #c -t")
        self.text("bob")
        self.assertAnswer("bob", "TOPIC #c :mine", ":bob TOPIC #c :mine")

    def test_non_members(self) -> None:
        self.enter("dan")
        self.assertAnswer("dan", "TOPIC #c :mine", "442 dan #c :You're not on that channel")
        self.assertAnswer("dan", "TOPIC #nowhere", "403 dan #nowhere :No such channel")
        self.assertAnswer("dan", "TOPIC #c", "331 dan #c :No topic is set")
        self.say("ann", "MODE #c +s")
        self.assertAnswer("dan", "TOPIC #c", "442 dan #c :You're not on that channel")

    def test_a_long_topic_is_truncated_between_characters(self) -> None:
        self.say("ann", f"TOPIC #c :{'é' * 220}")
        self.assertEqual(self.channel("#c").topic, "é" * 195)


class Lists(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#old")
        self.pass_time(80)
        self.enter("bob", channel="#old")
        self.say("ann", "JOIN #new", "TOPIC #new :fresh")
        self.forget()

    def listed(self, condition: str) -> list[str]:
        """The channels that a LIST shows."""
        lines = self.answer("bob", f"LIST {condition}")
        self.assertEqual((lines[0][:3], lines[-1][:3]), ("321", "323"))
        return [line.split()[2] for line in lines[1:-1]]

    def test_the_list_shows_members_and_topic(self) -> None:
        self.assertAnswer(
            "bob",
            "LIST",
            "321 bob Channel :Users  Name",
            "322 bob #old 2 :",
            "322 bob #new 1 fresh",
            "323 bob :End of /LIST",
        )

    def test_conditions(self) -> None:
        table = {
            "#new": ["#new"],
            "#new,#old": ["#old", "#new"],
            "#n*": ["#new"],
            "!#n*": ["#old"],
            ">1": ["#old"],
            "<2": ["#new"],
            "C>1": ["#old"],
            "C<1": ["#new"],
            "T<1": ["#new"],
            "T>1": [],
            ">1,#n*": [],
            "#nowhere": [],
        }
        for condition, found in table.items():
            with self.subTest(condition):
                self.assertEqual(self.listed(condition), found)

    def test_secret_channels_are_listed_for_their_members_only(self) -> None:
        self.say("ann", "MODE #new +s", "MODE #old +s")
        self.assertEqual(self.listed(""), ["#old"])


class Auditorium(ServerTest):
    """Mode u: members without a rank see, and are seen by, only members with one."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")
        self.say("ann", "MODE #c +u")
        self.enter("dan", channel="#c")
        self.forget()

    def test_joins_changes_and_parts_are_sent_to_members_with_a_rank(self) -> None:
        self.enter("eve", channel="#c", caps="setname away-notify")
        self.say("eve", "NICK eva", "AWAY :lunch", "PART #c", "JOIN #c", "QUIT")
        self.assertEqual(self.codes("bob"), [])
        self.enter("kim", channel="#c")
        self.say("kim", "NICK kima", "PART #c", "JOIN #c")
        self.say("kim", "QUIT")
        self.assertEqual(self.codes("dan"), [])
        self.assertEqual(self.codes("ann"), ["NICK", "PART", "JOIN", "QUIT"])

    def test_members_with_a_rank_are_seen_by_all(self) -> None:
        self.say("ann", "NICK anna")
        self.assertGot("bob", ":ann NICK anna")
        self.assertEqual(self.answer("bob", "NAMES #c")[0], "353 bob = #c :@anna bob")
        self.assertEqual(self.answer("ann", "NAMES #c")[0], "353 anna = #c :@anna bob dan")

    def test_who_and_whois_hide_members_too(self) -> None:
        self.assertEqual([line.split()[6] for line in self.answer("bob", "WHO #c")[:-1]], ["ann", "bob"])
        self.assertEqual(len(self.answer("ann", "WHO #c")), 4)
        self.assertNotIn("319", [line[:3] for line in self.answer("bob", "WHOIS dan")])
        self.say("dan", "MODE dan +i")
        self.assertEqual(self.answer("bob", "WHO d*"), ["315 bob d* :End of WHO list"])
        self.assertEqual(len(self.answer("ann", "WHO d*")), 2)

    def test_a_kick_is_sent_to_members_with_a_rank_and_to_the_kicked_user(self) -> None:
        self.say("ann", "KICK #c dan")
        self.assertGot("dan", ":ann KICK #c dan :ann")
        self.assertGot("bob")
        self.assertGot("ann", ":ann KICK #c dan :ann")


if __name__ == "__main__":
    unittest.main()
