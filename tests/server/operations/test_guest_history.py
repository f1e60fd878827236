"""What a guest wrote and read belongs to the account that it makes."""

from __future__ import annotations

from tests.server.guests import KEY, OTHER, THIRD, GuestTest

READ = "2026-03-12T11:00:00.000Z"


class HistoryTest(GuestTest):
    def setUp(self) -> None:
        super().setUp()
        self.come("ann", OTHER)
        self.come("bob", KEY)
        self.say("ann", "JOIN #c")
        self.say("bob", "JOIN #c")
        self.say("bob", "PRIVMSG ann :one")
        self.say("ann", "PRIVMSG bob :two")
        self.message = self.sent_id("bob", "PRIVMSG #c :in the channel")

    def protect(self, name: str, account: str = "*") -> None:
        """Make an account of a guest."""
        self.text(name)
        self.say(name, f"REGISTER {account} * sesame")
        self.assertIn("REGISTER SUCCESS", self.text(name))

    def make_account_while_connecting(self, nick: str) -> None:
        """Come with the key of bob, as the client "back"."""
        self.connect("back", is_secure=True)
        caps = "batch message-tags server-time draft/chathistory draft/message-redaction"
        self.say("back", f"CAP REQ :{caps}", f"GUEST {KEY}", f"NICK {nick}", f"USER {nick} 0 * :Bob")
        self.say("back", "REGISTER * * sesame", "CAP END")
        self.text("back")

    def enter_as_bob(self, name: str) -> None:
        self.connect(name, is_secure=True)
        caps = "batch message-tags server-time draft/chathistory draft/message-redaction draft/read-marker"
        self.say(name, f"CAP REQ :sasl {caps}")
        self.authenticate(name, "bob")
        self.say(name, "NICK bob", "USER bob 0 * :Bob", "CAP END")
        self.forget()


class Registration(HistoryTest):
    def test_direct_messages_pass_over_for_both(self) -> None:
        self.protect("bob")
        for _ in range(2):
            self.assertEqual(self.history("bob", "ann"), ["one", "two"])
            self.assertEqual(self.history("ann", "bob"), ["one", "two"])
            self.restart()
            self.come("ann", OTHER)
            self.enter_as_bob("bob")

    def test_they_go_on_as_one_conversation(self) -> None:
        self.protect("bob", "robert")
        self.say("ann", "PRIVMSG bob :three")
        self.assertEqual(self.history("bob", "ann"), ["one", "two", "three"])
        self.assertEqual(self.history("ann", "bob"), ["one", "two", "three"])

    def test_the_search_finds_them(self) -> None:
        self.protect("bob")
        self.say("bob", "CAP REQ :soju.im/search")
        self.assertEqual(self.texts("bob", "SEARCH in=ann;text=two"), ["two"])

    def test_read_markers_pass_over_for_both(self) -> None:
        for name, target in (("bob", "ann"), ("bob", "#c"), ("ann", "bob")):
            self.say(name, f"MARKREAD {target} timestamp={READ}")
        self.protect("bob")
        for _ in range(2):
            self.assertAnswer("bob", "MARKREAD ann", f"MARKREAD ann timestamp={READ}")
            self.assertAnswer("bob", "MARKREAD #c", f"MARKREAD #c timestamp={READ}")
            self.assertAnswer("ann", "MARKREAD bob", f"MARKREAD bob timestamp={READ}")
            self.restart()
            self.come("ann", OTHER)
            self.enter_as_bob("bob")

    def test_the_account_deletes_what_the_guest_wrote(self) -> None:
        self.protect("bob")
        self.restart()
        self.enter_as_bob("bob")
        self.assertAnswer("bob", f"REDACT #c {self.message}")
        self.assertEqual(self.texts("bob", "CHATHISTORY LATEST #c * 10"), [])

    def test_it_is_kept_by_an_account_that_is_made_while_connecting(self) -> None:
        self.hang_up("bob")
        self.make_account_while_connecting("bob")
        self.assertEqual(self.history("back", "ann"), ["one", "two"])
        self.say("back", "JOIN #c")
        self.assertAnswer("back", f"REDACT #c {self.message}")

    def test_nothing_is_left_for_a_guest_with_the_key(self) -> None:
        self.protect("bob", "robert")
        self.hang_up("bob")
        self.come("rob", KEY)
        self.assertEqual(self.history("rob", "ann"), [])

    def test_a_guest_with_the_key_may_not_delete_what_belongs_to_the_account(self) -> None:
        self.protect("bob", "robert")
        self.hang_up("bob")
        for _ in range(2):
            self.come("bob", KEY, "rob")
            self.say("bob", "JOIN #c")
            (refusal,) = self.answer("bob", f"REDACT #c {self.message}")
            self.assertIn("REDACT_FORBIDDEN", refusal)
            later = self.sent_id("bob", "PRIVMSG #c :as a guest again")
            self.assertAnswer("bob", f"REDACT #c {later}", f":rob REDACT #c {later}")
            self.restart()

    def test_a_second_account_of_the_guest_gets_nothing_that_belongs_to_the_first(self) -> None:
        self.protect("bob", "robert")
        self.hang_up("bob")
        self.make_account_while_connecting("rob")
        self.say("back", "JOIN #c")
        (refusal,) = self.answer("back", f"REDACT #c {self.message}")
        self.assertIn("REDACT_FORBIDDEN", refusal)

    def test_a_later_account_of_the_name_gets_nothing(self) -> None:
        self.protect("bob")
        self.say("bob", "CONFIRM sesame", "UNREGISTER bob")
        self.hang_up("bob")
        self.come("eve", THIRD)
        self.world.free_reserved_nick("bob")
        self.protect("eve", "bob")
        self.assertEqual(self.history("eve", "ann"), [])
        self.say("eve", "JOIN #c")
        (refusal,) = self.answer("eve", f"REDACT #c {self.message}")
        self.assertIn("REDACT_FORBIDDEN", refusal)


class Claims(HistoryTest):
    def test_nobody_gets_it_by_an_account_with_the_nick_of_the_guest(self) -> None:
        self.hang_up("bob")
        self.world.free_reserved_nick("bob")
        self.come("eve", THIRD, "bob")
        self.protect("eve")
        self.assertEqual(self.history("eve", "ann"), [])

    def test_a_second_connection_with_the_key_does_not_take_it(self) -> None:
        self.connect("second", is_secure=True)
        self.say("second", "CAP LS 302", f"GUEST {KEY}", "NICK rob", "USER rob 0 * :x", "REGISTER * * sesame")
        self.assertEqual(self.history("bob", "ann"), ["one", "two"])

    def test_a_login_to_an_account_that_exists_leaves_it_with_the_guest(self) -> None:
        """Somebody may log in on the computer of a friend."""
        self.make_account("robert")
        self.say("bob", "CAP REQ sasl")
        self.authenticate("bob", "robert")
        self.assertEqual(self.history("bob", "ann"), [])
        self.hang_up("bob")
        self.come("bob2", KEY)
        self.assertEqual(self.history("bob2", "ann"), ["one", "two"])


class WithInviteCode(HistoryTest):
    CONFIG = "[accounts]\nregistration = 'invite'"

    def test_an_account_with_an_invite_code_keeps_it_too(self) -> None:
        self.make_account("mod", role="moderator")
        self.enter_as("mod")
        self.say("mod", "INVITECODE")
        code = self.messages("mod")[0].params[2]
        self.say("bob", "REGISTER * * sesame", f"VERIFY bob {code}")
        self.assertIn("VERIFY SUCCESS", self.text("bob"))
        self.assertEqual(self.history("bob", "ann"), ["one", "two"])


class WithoutKey(HistoryTest):
    def test_a_guest_without_a_key_keeps_what_it_wrote_on_this_connection(self) -> None:
        self.come("carl")
        self.say("carl", "PRIVMSG ann :hello", "JOIN #c")
        message = self.sent_id("carl", "PRIVMSG #c :again")
        self.protect("carl")
        self.assertEqual(self.history("carl", "ann"), ["hello"])
        self.restart()
        self.assertTrue(self.world.accounts["carl"].guest)
        self.connect("carl", is_secure=True)
        self.say("carl", "CAP REQ :sasl batch draft/message-redaction")
        self.authenticate("carl", "carl")
        self.say("carl", "NICK carl", "USER carl 0 * :x", "CAP END")
        self.assertAnswer("carl", f"REDACT #c {message}")
