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


READ = "timestamp=2026-03-12T11:00:00.000Z"
LATER = "timestamp=2026-03-12T11:30:00.000Z"


class EarlierSessions(GuestTest):
    """What a guest wrote before it left is its own when it is back."""

    def setUp(self) -> None:
        super().setUp()
        self.come("ann", OTHER)
        self.come("bob", KEY)
        self.say("ann", "JOIN #c")
        self.say("bob", "JOIN #c")
        self.first = self.sent_id("bob", "PRIVMSG #c :first")
        self.direct = self.sent_id("bob", "PRIVMSG ann :direct")
        self.forget()

    def come_back(self, key: str = KEY) -> None:
        self.come("bob", key)
        self.say("bob", "JOIN #c")
        self.forget()

    def leave(self) -> None:
        self.hang_up("bob")
        self.forget()

    def edit(self, target: str, msgid: str) -> list[str]:
        return self.answer("bob", f"@draft/target-msgid={msgid};draft/edit-text=new EDIT {target}")

    def test_it_deletes_its_messages(self) -> None:
        self.leave()
        self.come_back()
        self.assertAnswer("bob", f"REDACT #c {self.first}", f":bob REDACT #c {self.first}")
        self.assertAnswer("bob", f"REDACT ann {self.direct}", f":bob REDACT ann {self.direct}")
        self.assertGot("ann", f":bob REDACT #c {self.first}", f":bob REDACT ann {self.direct}")
        self.assertEqual(self.history("bob", "ann"), [])

    def test_it_changes_its_messages_after_a_restart(self) -> None:
        self.restart()
        self.come("ann", OTHER)
        self.come_back()
        self.assertEqual(self.edit("#c", self.first), [":bob EDIT #c"])
        self.assertEqual(self.edit("ann", self.direct), [":bob EDIT ann"])
        self.assertEqual(self.history("bob", "ann"), ["new"])

    def test_nobody_else_does_with_its_nick(self) -> None:
        self.leave()
        self.world.free_reserved_nick("bob")
        for key in ("", "x" * 32):
            self.come_back(key)
            self.assertIn("REDACT_FORBIDDEN", self.answer("bob", f"REDACT #c {self.first}")[0])
            self.assertIn("EDIT_FORBIDDEN", self.edit("#c", self.first)[0])
            self.assertIn("UNKNOWN_MSGID", self.answer("bob", f"REDACT ann {self.direct}")[0])
            self.leave()
            self.world.free_reserved_nick("bob")

    def test_it_changes_and_deletes_what_it_wrote_to_a_guest_who_has_left(self) -> None:
        self.hang_up("ann")
        self.assertEqual(self.edit("ann", self.direct), [":bob EDIT ann"])
        self.assertAnswer("bob", f"REDACT ann {self.direct}", f":bob REDACT ann {self.direct}")
        self.assertEqual(self.history("bob", "ann"), [])

    def test_who_has_the_nick_of_its_partner_now_does_not_learn_of_it(self) -> None:
        self.hang_up("ann")
        self.world.free_reserved_nick("ann")
        self.come("eve", "e" * 32, "ann")
        self.come("there", OTHER, "anna")
        self.forget()
        self.assertAnswer("bob", f"REDACT ann {self.direct}", f":bob REDACT anna {self.direct}")
        self.assertGot("eve")
        self.assertGot("there", f":bob REDACT anna {self.direct}")

    def test_its_read_markers_stay(self) -> None:
        self.say("bob", f"MARKREAD #c {READ}", f"MARKREAD ann {READ}")
        for leave in (self.leave, self.restart):
            leave()
            self.come_back()
            self.assertAnswer("bob", "MARKREAD #c", f"MARKREAD #c {READ}")
            self.assertAnswer("bob", "MARKREAD ann", f"MARKREAD ann {READ}")

    def test_what_is_read_while_the_partner_is_away_is_read_when_it_is_back(self) -> None:
        self.hang_up("ann")
        self.assertAnswer("bob", f"MARKREAD ann {READ}", f"MARKREAD ann {READ}")
        self.come("ann", OTHER)
        self.assertAnswer("bob", "MARKREAD ann", f"MARKREAD ann {READ}")
        self.assertAnswer("bob", f"MARKREAD ann {LATER}", f"MARKREAD ann {LATER}")
        self.hang_up("ann")
        self.assertAnswer("bob", "MARKREAD ann", f"MARKREAD ann {LATER}")

    def test_a_marker_stays_when_another_guest_of_that_nick_comes(self) -> None:
        self.say("bob", f"MARKREAD ann {READ}")
        self.hang_up("ann")
        self.world.free_reserved_nick("ann")
        self.come("eve", nick="ann")
        self.assertAnswer("bob", "MARKREAD ann", f"MARKREAD ann {READ}")

    def test_it_finds_a_conversation_with_a_guest_who_has_left(self) -> None:
        self.leave()
        self.hang_up("ann")
        self.come_back()
        self.assertEqual(self.history("bob", "ann"), ["direct"])


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
