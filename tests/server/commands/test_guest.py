"""GUEST: a guest is recognised by its key, and by nothing else."""

from __future__ import annotations

from tests.server.guests import KEY, OTHER, GuestTest


class Return(GuestTest):
    def setUp(self) -> None:
        super().setUp()
        self.come("ann", OTHER)
        self.come("bob", KEY)
        self.say("bob", "PRIVMSG ann :one")
        self.say("ann", "PRIVMSG bob :two")

    def test_two_guests_keep_their_conversation_over_a_restart(self) -> None:
        self.restart()
        self.come("ann", OTHER)
        self.come("bob", KEY)
        self.assertEqual(self.history("bob", "ann"), ["one", "two"])
        self.assertEqual(self.history("ann", "bob"), ["one", "two"])
        self.say("bob", "PRIVMSG ann :three")
        self.assertEqual(self.history("ann", "bob"), ["one", "two", "three"])

    def test_nobody_else_reads_it_with_the_same_nick(self) -> None:
        for key in ("", "x" * 32):
            self.hang_up("bob")
            self.world.free_reserved_nick("bob")
            self.come("bob", key)
            self.assertEqual(self.history("bob", "ann"), [])
            self.assertEqual(self.history("ann", "bob"), ["one", "two"])

    def test_a_guest_who_comes_back_with_another_nick_is_the_same(self) -> None:
        self.hang_up("bob")
        self.come("rob", KEY)
        self.assertEqual(self.history("rob", "ann"), ["one", "two"])

    def test_while_the_lost_connection_is_not_noticed_the_session_joins_its_user(self) -> None:
        self.assertIn("001", self.come("phone", KEY, "bob"))
        self.assertEqual(len(self.world.users["bob"].sessions), 2)
        self.say("ann", "PRIVMSG bob :for both")
        for name in ("bob", "phone"):
            self.assertIn("for both", self.text(name))
        self.hang_up("bob")
        self.assertEqual(self.history("phone", "ann"), ["one", "two", "for both"])

    def test_another_guest_does_not_get_a_nick_that_is_in_use(self) -> None:
        for key in ("", "x" * 32):
            self.assertIn("433", self.come(f"eve{key}", key, "bob"))

    def test_two_nicks_are_never_the_same_guest(self) -> None:
        self.come("rob", KEY)
        self.assertEqual(self.history("rob", "ann"), [])
        self.assertNotEqual(self.world.users["rob"].identity, self.world.users["bob"].identity)

    def test_the_user_who_has_logged_in_is_not_joined_with_the_key(self) -> None:
        self.log_in("bob", "robert")
        self.assertIn("433", self.come("phone", KEY, "bob"))


class Refusals(GuestTest):
    def test_errors_are_reported(self) -> None:
        self.connect("ann", is_secure=True)
        for line in ("GUEST short", f"GUEST {'x' * 65}", f"GUEST {'!' * 32}"):
            self.assertAnswer(
                "ann", line, "FAIL GUEST INVALID_PARAMS :Expected 32 to 64 letters, digits, - and _"
            )
        self.connect("eve")
        self.assertAnswer("eve", f"GUEST {KEY}", "FAIL GUEST NOT_ALLOWED :Others can read this connection")
        self.enter("bob")
        expected = "FAIL GUEST NOT_ALLOWED :Too late: you are connected already"
        self.assertAnswer("bob", f"GUEST {KEY}", expected)
