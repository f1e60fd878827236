"""Sessions get the read markers of their user."""

from __future__ import annotations

import unittest

from tests.server.base import ServerTest

CAPS = "draft/read-marker"


EARLY, LATE = "timestamp=2026-03-12T11:00:00.000Z", "timestamp=2026-03-12T11:30:00.000Z"


class AtAJoin(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c", caps=CAPS)

    def test_it_is_sent_before_the_end_of_names(self) -> None:
        self.enter("bob", channel="#c")
        self.say("ann", f"MARKREAD #c {EARLY}", "PART #c")
        self.text("ann")
        self.say("ann", "JOIN #c")
        self.assertEqual(self.got("ann")[1], f"MARKREAD #c {EARLY}")
        self.say("ann", "JOIN #d")
        self.assertEqual(self.codes("ann"), ["JOIN", "MARKREAD", "353", "366"])

    def test_sessions_without_read_marker_get_none(self) -> None:
        self.connect("bob")
        self.say("bob", "NICK bob", "USER bob 0 * :Bob", "JOIN #c")
        self.assertNotIn("MARKREAD", self.codes("bob"))


class OfAnAccount(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter_as("ann", channel="#c", caps=CAPS)

    def test_a_later_session_gets_it(self) -> None:
        self.say("ann", f"MARKREAD #c {EARLY}")
        self.connect("phone")
        self.say("phone", f"CAP REQ :sasl {CAPS}")
        self.authenticate("phone", "ann")
        self.text("phone")
        self.say("phone", "NICK ann", "USER ann 0 * :Ann", "CAP END")
        got = self.got("phone")
        self.assertIn(f"MARKREAD #c {EARLY}", got)
        self.assertLess(got.index(":ann JOIN #c"), got.index(f"MARKREAD #c {EARLY}"))


if __name__ == "__main__":
    unittest.main()
