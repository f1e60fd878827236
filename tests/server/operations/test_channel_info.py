"""The topic and the names of a channel, as they are visible to a session."""

from __future__ import annotations

import unittest

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


if __name__ == "__main__":
    unittest.main()
