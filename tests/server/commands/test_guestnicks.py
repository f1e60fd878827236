"""GUESTNICKS: moderators see and free the nicks that are reserved for guests."""

from __future__ import annotations

from tests.server.guests import KEY, OTHER, GuestTest


class GuestNicks(GuestTest):
    def setUp(self) -> None:
        super().setUp()
        self.make_account("mod", role="moderator")
        self.enter_as("mod")
        self.come("bob", KEY)
        self.hang_up("bob")
        self.forget()

    def test_the_reserved_nicks_are_listed_with_their_end(self) -> None:
        self.assertAnswer(
            "mod",
            "GUESTNICKS",
            "NOTE GUESTNICKS NICK bob 2026-03-13T12:00:00.000Z :Reserved until then",
            "NOTE GUESTNICKS END :1 nick",
        )

    def test_a_freed_nick_is_for_everyone_also_after_a_restart(self) -> None:
        self.assertAnswer(
            "mod", "GUESTNICKS FREE BOB", "NOTE GUESTNICKS FREED bob :Everybody can use this nick now"
        )
        self.assertAnswer("mod", "GUESTNICKS", "NOTE GUESTNICKS END :0 nicks")
        self.assertIn("GUESTNICKS", "".join(self.answer("mod", "AUDIT")))
        self.restart()
        self.assertEqual(self.refusal("eve", OTHER, "bob"), "")

    def test_errors_are_reported(self) -> None:
        for line in ("GUESTNICKS FREE", "GUESTNICKS KEEP bob"):
            expected = f"FAIL GUESTNICKS INVALID_PARAMS {line.split()[1]} :Expected FREE and a nick"
            self.assertAnswer("mod", line, expected)
        text = "This nick is not reserved for a guest"
        self.assertAnswer("mod", "GUESTNICKS FREE ann", f"FAIL GUESTNICKS NOT_RESERVED ann :{text}")

    def test_others_may_not_see_them(self) -> None:
        self.enter("ann")
        self.say("ann", "GUESTNICKS")
        self.assertEqual(self.codes("ann"), ["481"])
