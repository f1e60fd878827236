"""The topic and the names of a channel, as they are visible to a session."""

from __future__ import annotations

import unittest
from unittest.mock import patch

from chatapp.protocol.presence import ABSENT
from chatapp.server.operations import channel_info
from tests.server.base import ServerTest


class Names(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")

    def test_names_have_prefixes(self) -> None:
        self.say("ann", "MODE #c +v ann", "MODE #c +v bob")
        self.enter("eve", channel="#c", caps="multi-prefix")
        self.forget()
        self.assertAnswer("bob", "NAMES #c", "353 bob = #c :@ann +bob eve", "366 bob #c :End of /NAMES list")
        self.assertEqual(self.answer("eve", "NAMES #c")[0], "353 eve = #c :@+ann +bob eve")

    def test_sessions_with_userhost_in_names_get_hosts(self) -> None:
        self.enter("eve", channel="#c", caps="userhost-in-names")
        sources = " ".join(self.user(name).source for name in ("ann", "bob", "eve"))
        self.assertEqual(self.answer("eve", "NAMES #c")[0], f"353 eve = #c :@{sources}")

    def test_names_of_a_secret_channel_are_for_members_only(self) -> None:
        self.say("ann", "MODE #c +s")
        self.enter("dan")
        self.forget()
        self.assertAnswer("dan", "NAMES #c", "366 dan #c :End of /NAMES list")
        self.assertEqual(self.answer("bob", "NAMES #c")[0], "353 bob @ #c :@ann bob")

    def test_invisible_members_are_listed_for_members_only(self) -> None:
        self.say("bob", "MODE bob +i")
        self.enter("dan")
        self.assertEqual(self.answer("dan", "NAMES #c")[0], "353 dan = #c :@ann")

    def test_many_members_need_several_lines(self) -> None:
        for number in range(60):
            self.enter(f"somebody{number}", channel="#c")
        lines = self.answer("ann", "NAMES #c")
        self.assertGreater(len(lines), 2)
        self.assertTrue(all(len(line) < 460 for line in lines))
        self.assertEqual(sum(len(line.split(" :")[1].split()) for line in lines[:-1]), 62)

    def test_an_unknown_channel_has_no_names(self) -> None:
        self.assertAnswer("ann", "NAMES", "366 ann * :End of /NAMES list")
        self.assertAnswer("ann", "NAMES #nowhere", "366 ann #nowhere :End of /NAMES list")


class AwayMessages(ServerTest):
    """After a JOIN, a session with away-notify knows why members are away."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", "cat", channel="#c")
        self.say("ann", "AWAY :At lunch until 13:00")

    def joining(self, name: str, caps: str = "away-notify") -> list[str]:
        self.enter(name, caps=caps)
        return [line for line in self.answer(name, "JOIN #c") if "AWAY" in line]

    def test_those_that_members_have_written_are_sent(self) -> None:
        self.say("bob", "AWAY *")
        self.assertEqual(self.joining("dan"), [":ann AWAY :At lunch until 13:00"])

    def test_those_of_members_who_are_not_connected_are_sent(self) -> None:
        self.enter_as("eve", channel="#c")
        self.hang_up("eve")
        self.assertIn(f":eve AWAY :{ABSENT}", self.joining("dan"))

    def test_not_to_sessions_without_away_notify(self) -> None:
        self.assertEqual(self.joining("dan", ""), [])

    def test_not_of_members_who_are_not_shown(self) -> None:
        self.say("ann", "MODE #c -o ann", "JOIN #d")
        self.channel("#c").modes["u"] = ""
        self.assertEqual(self.joining("dan"), [])

    def test_at_most_a_number_of_them(self) -> None:
        self.say("bob", "AWAY :too")
        with patch.object(channel_info, "MAX_AWAY_MESSAGES", 1):
            self.assertEqual(len(self.joining("dan")), 1)

    def test_a_second_session_of_a_user_gets_them_too(self) -> None:
        self.enter_as("Eve", "pc", channel="#c")
        self.connect("phone")
        self.say("phone", "CAP REQ :sasl away-notify")
        self.authenticate("phone", "Eve")
        self.say("phone", "NICK Eve", "USER eve 0 * :Eve", "CAP END")
        self.assertIn(":ann AWAY :At lunch until 13:00", self.got("phone"))


if __name__ == "__main__":
    unittest.main()
