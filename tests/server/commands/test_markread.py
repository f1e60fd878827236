"""MARKREAD: the read markers of a user.

Source:
    IRCv3 read-marker
"""

from __future__ import annotations

from tests.server.base import NOON, ServerTest

CAPS = "draft/read-marker"
EARLY, LATE = "timestamp=2026-03-12T11:00:00.000Z", "timestamp=2026-03-12T11:30:00.000Z"


class Marks(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c", caps=CAPS)

    def test_a_marker_is_set_and_returned(self) -> None:
        self.assertAnswer("ann", "MARKREAD #c", "MARKREAD #c *")
        self.assertAnswer("ann", f"MARKREAD #C {EARLY}", f"MARKREAD #c {EARLY}")
        self.assertAnswer("ann", "MARKREAD #c", f"MARKREAD #c {EARLY}")
        self.assertAnswer("ann", f"MARKREAD #c {LATE}", f"MARKREAD #c {LATE}")

    def test_a_marker_never_moves_back(self) -> None:
        """The server MUST reply to the client with a MARKREAD command carrying the server's stored value."""
        self.say("ann", f"MARKREAD #c {LATE}")
        for line in (f"MARKREAD #c {EARLY}", f"MARKREAD #c {LATE}", "MARKREAD #c"):
            self.assertAnswer("ann", line, f"MARKREAD #c {LATE}")

    def test_a_marker_cannot_be_in_the_future(self) -> None:
        later = "timestamp=2030-01-01T00:00:00.000Z"
        self.assertAnswer("ann", f"MARKREAD #c {later}", "MARKREAD #c timestamp=2026-03-12T12:00:00.000Z")

    def test_a_message_ahead_of_the_clock_can_be_marked(self) -> None:
        self.say("ann", *(f"PRIVMSG #c :{number}" for number in range(50)))
        newest = "timestamp=2026-03-12T12:00:00.050Z"
        self.assertAnswer("ann", f"MARKREAD #c {newest}", f"MARKREAD #c {newest}")

    def test_direct_messages_have_markers_even_with_absent_users(self) -> None:
        self.enter("bob")
        self.assertAnswer("ann", f"MARKREAD BOB {EARLY}", f"MARKREAD bob {EARLY}")
        self.say("bob", "NICK rob")
        self.assertAnswer("ann", "MARKREAD rob", f"MARKREAD rob {EARLY}")
        self.assertAnswer("ann", f"MARKREAD nobody {EARLY}", f"MARKREAD nobody {EARLY}")

    def test_other_users_do_not_get_the_marker(self) -> None:
        self.enter("bob", channel="#c", caps=CAPS)
        self.say("ann", f"MARKREAD #c {EARLY}", f"MARKREAD bob {EARLY}")
        self.assertGot("bob")
        for target in ("#c", "ann"):
            self.assertAnswer("bob", f"MARKREAD {target}", f"MARKREAD {target} *")

    def test_errors_are_reported(self) -> None:
        self.enter("bob", channel="#private")
        bad = "FAIL MARKREAD INVALID_PARAMS"
        for line, *answer in (
            ("MARKREAD", "FAIL MARKREAD NEED_MORE_PARAMS :Missing parameters"),
            ("MARKREAD :", "FAIL MARKREAD NEED_MORE_PARAMS :Missing parameters"),
            ("MARKREAD #c *", f"{bad} #c * :Invalid timestamp"),
            ("MARKREAD #c timestamp=now", f"{bad} #c timestamp=now :Invalid timestamp"),
            ("MARKREAD #c msgid=1", f"{bad} #c msgid=1 :Invalid timestamp"),
            (f"MARKREAD #no {EARLY}", f"{bad} #no :You are not in that channel"),
            ("MARKREAD #a,b", f"{bad} #a,b :You are not in that channel"),
            (f"MARKREAD #private {EARLY}", f"{bad} #private :You are not in that channel"),
        ):
            with self.subTest(line):
                self.assertAnswer("ann", line, *answer)

    def test_a_channel_without_membership_has_no_marker(self) -> None:
        """If there is no known last message read timestamp, the parameter is a literal `*`."""
        self.enter("bob", channel="#Private")
        self.say("bob", "MODE #Private +s")
        self.assertAnswer("ann", "MARKREAD #nowhere", "MARKREAD #nowhere *")
        self.assertAnswer("ann", "MARKREAD #private", "MARKREAD #private *")

    def test_the_number_of_markers_is_limited(self) -> None:
        self.say("ann", *(f"MARKREAD nobody{number} {EARLY}" for number in range(1000)))
        full = "FAIL MARKREAD INTERNAL_ERROR nobody1000 1000 :You have too many read markers"
        self.assertAnswer("ann", f"MARKREAD nobody1000 {EARLY}", full)
        self.assertAnswer("ann", f"MARKREAD nobody7 {LATE}", f"MARKREAD nobody7 {LATE}")

    def test_the_markers_of_a_guest_end_with_the_connection(self) -> None:
        self.say("ann", f"MARKREAD #c {EARLY}")
        self.hang_up("ann")
        self.assertEqual(self.world.markers, {})


class OfAnAccount(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter_as("ann", channel="#c", caps=CAPS)

    def test_the_other_sessions_are_notified(self) -> None:
        self.enter_as("ann", "phone", caps=CAPS)
        self.enter_as("ann", "old")
        self.assertAnswer("ann", f"MARKREAD #c {EARLY}", f"MARKREAD #c {EARLY}")
        self.assertGot("phone", f"MARKREAD #c {EARLY}")
        self.assertGot("old")
        self.say("ann", f"MARKREAD #c {EARLY}")
        self.assertGot("phone")

    def test_a_marker_survives_a_restart(self) -> None:
        self.say("ann", f"MARKREAD #c {EARLY}", f"MARKREAD #c {LATE}")
        self.restart()
        half_past_eleven = int(NOON * 1000) - 30 * 60_000
        self.assertEqual(self.world.markers, {"=ann": {self.channel("#c").key: half_past_eleven}})
