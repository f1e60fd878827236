"""Bans and mutes cannot be evaded with another nick or account, and those of a guest end with its channel.

Source:
    modern IRC "Ban Channel Mode"
"""

from __future__ import annotations

import unittest

from tests.server.base import ServerTest

HELD = "437 eve {} :You cannot change your nick while you are banned or muted there"


class AnotherNick(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "eve", channel="#c")

    def test_is_refused_to_banned_and_muted_members(self) -> None:
        for mask, state in (("eve!*@*", "banned"), ("~m:eve!*@*", "muted"), ("*!*@*", "banned")):
            with self.subTest(mask):
                self.say("ann", f"MODE #c +b {mask}")
                self.forget()
                self.assertAnswer("eve", "NICK eve2", HELD.format("#c"))
                self.assertAnswer("eve", "PRIVMSG #c :hello", f"404 eve #c :You are {state} here (+b)")
                self.assertGot("ann")
                self.say("ann", f"MODE #c -b {mask}")
        self.forget()
        self.assertAnswer("eve", "NICK eve2", ":eve NICK eve2")

    def test_a_change_of_case_is_not_another_nick(self) -> None:
        self.say("ann", "MODE #c +b eve!*@*")
        self.forget()
        self.assertAnswer("eve", "NICK eve")

    def test_is_allowed_when_no_channel_is_shared(self) -> None:
        self.say("ann", "MODE #c +b ~m:eve!*@*")
        self.say("eve", "PART #c")
        self.forget()
        self.assertAnswer("eve", "NICK eve2", ":eve NICK eve2")

    def test_is_allowed_with_a_rank_that_overrides_the_ban(self) -> None:
        for change in ("+e eve!*@*", "+v eve"):
            with self.subTest(change):
                self.say("ann", "MODE #c +b ~m:eve!*@*", f"MODE #c {change}")
                self.forget()
                self.assertAnswer("eve", "NICK eve2", ":eve NICK eve2")
                self.say("eve", "NICK eve")
                self.say("ann", f"MODE #c {change.replace('+', '-')}")

    def test_is_not_given_by_a_login_to_the_account_of_that_name(self) -> None:
        self.make_account("zoe")
        self.say("ann", "MODE #c +b ~m:eve!*@*")
        self.forget()
        self.assertAnswer("eve", "NICK zoe", HELD.format("#c"))
        self.connect("dan")
        self.say("dan", "NICK zoe", "USER dan 0 * :Dan", "NICK dan", "JOIN #c")
        self.say("ann", "MODE #c +b ~m:dan!*@*")
        self.forget()
        self.say("dan", "NS IDENTIFY zoe sesame")
        self.assertIn(HELD.replace("eve", "dan").format("#c"), self.got("dan"))
        self.assertEqual(self.user("dan").account, "zoe")

    def test_is_not_given_by_the_server_to_a_member(self) -> None:
        self.enter_as("zoe", channel="#c")
        self.say("zoe", "JOIN #d", "NS LOGOUT")
        self.say("ann", "MODE #c +b ~m:zoe!*@*")
        self.forget()
        self.enter_as("dan")
        self.say("dan", "NS LOGOUT", "NS IDENTIFY zoe sesame", "NS GHOST zoe")
        lines = self.got("zoe")
        self.assertEqual(lines[0], ":zoe PART #c")
        self.assertRegex(lines[1], ":zoe NICK Guest")
        self.assertNotIn(self.user(lines[1].split()[-1]), self.channel("#c").members)
        self.assertIn(self.user(lines[1].split()[-1]), self.channel("#d").members)


class AnotherAccount(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c")
        self.make_account("zoe")
        self.enter_as("eve", channel="#c")
        self.say("ann", "MODE #c +b ~m:~account:eve")
        self.forget()

    def test_a_muted_user_cannot_log_out(self) -> None:
        expected = "You are banned or muted in #c: leave it first"
        self.assertAnswer("eve", "NS LOGOUT", f":NickServ NOTICE eve :{expected}")
        self.assertAnswer("eve", "NS IDENTIFY zoe sesame", f":NickServ NOTICE eve :{expected}")
        self.authenticate("eve", "zoe")
        self.assertEqual(self.got("eve")[-1], f"904 eve :{expected}")
        self.assertEqual(self.user("eve").account, "eve")
        self.assertAnswer("eve", "PRIVMSG #c :hello", "404 eve #c :You are muted here (+b)")

    def test_the_same_account_again_is_not_another_account(self) -> None:
        self.authenticate("eve", "eve")
        self.assertEqual(self.codes("eve")[-1], "903")

    def test_a_non_member_can_log_out(self) -> None:
        self.say("eve", "PART #c")
        self.text("eve")
        self.say("eve", "NS LOGOUT")
        self.assertIn("901", self.codes("eve"))

    def test_a_guest_may_log_in(self) -> None:
        self.enter("dan", channel="#c")
        self.say("ann", "MODE #c +b ~m:dan!*@*")
        self.say("dan", "NS IDENTIFY zoe sesame")
        self.assertEqual(self.user("dan").account, "zoe")
        self.assertAnswer("dan", "PRIVMSG #c :hello", "404 dan #c :You are muted here (+b)")


class Texts(ServerTest):
    """Texts that a member sends to a channel besides messages."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "eve", channel="#c")
        self.say("ann", "MODE #c -t", "MODE #c +b ~m:eve!*@*")
        self.forget()

    def test_the_topic(self) -> None:
        self.assertAnswer("eve", "TOPIC #c :hello", "404 eve #c :You are muted here (+b)")
        self.assertEqual(self.channel("#c").topic, "")

    def test_the_reason_of_leaving(self) -> None:
        self.say("eve", "PART #c :hello")
        self.assertGot("ann", ":eve PART #c")

    def test_the_reason_of_quitting(self) -> None:
        self.say("eve", "QUIT :hello")
        self.assertGot("ann", ":eve QUIT :Quit")

    def test_the_reason_of_quitting_is_sent_when_the_channel_was_left_first(self) -> None:
        self.enter("bob", channel="#d")
        self.say("eve", "JOIN #d", "PART #c")
        self.forget()
        self.say("eve", "QUIT :hello")
        self.assertGot("bob", ":eve QUIT :Quit: hello")

    def test_the_reason_of_a_redaction(self) -> None:
        caps = "message-tags draft/message-redaction"
        self.enter("dan", "bob", channel="#c", caps=caps)
        self.forget()
        self.say("dan", "PRIVMSG #c :oops")
        msgid = self.messages("bob")[-1].tags["msgid"]
        self.say("ann", "MODE #c +b ~m:dan!*@*")
        self.forget()
        self.say("dan", f"REDACT #c {msgid} :hello")
        self.assertGot("bob", f":dan REDACT #c {msgid}")


class AbandonedChannel(ServerTest):
    """The last member has left, and no account has a rank in the channel."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob")

    def leave(self, *lines: str) -> None:
        self.say("ann", "JOIN #c", "PRIVMSG #c :hello", *lines, "PART #c")
        self.forget()

    def test_a_ban_by_a_guest_ends(self) -> None:
        self.leave("MODE #c +b *!*@*")
        self.say("bob", "JOIN #c")
        self.assertEqual(self.got("bob")[-2], "353 bob = #c :@bob")
        self.assertAnswer("bob", "MODE #c +b", "368 bob #c :End of channel ban list")

    def test_a_ban_by_a_guest_ends_after_a_restart_too(self) -> None:
        self.say("ann", "JOIN #c", "PRIVMSG #c :hello", "MODE #c +b *!*@*")
        for _ in range(2):
            self.restart()
            self.enter("bob")
            self.say("bob", "JOIN #c")
            self.assertIn("366", self.codes("bob"))

    def test_the_ban_is_effective_while_the_channel_has_members(self) -> None:
        self.say("ann", "JOIN #c", "PRIVMSG #c :hello", "MODE #c +b bob!*@*")
        self.forget()
        self.assertAnswer("bob", "JOIN #c", "474 bob #c :Cannot join channel (+b)")

    def test_a_ban_by_a_guest_who_registers_afterwards_ends(self) -> None:
        self.leave("MODE #c +b *!*@*")
        self.say("ann", "REGISTER * * sesame")
        self.say("bob", "JOIN #c")
        self.assertIn("366", self.codes("bob"))

    def test_a_mode_that_requires_accounts_ends(self) -> None:
        self.leave("MODE #c +R")
        self.say("bob", "JOIN #c")
        self.assertEqual(self.got("bob")[-2], "353 bob = #c :@bob")

    def test_a_ban_by_a_moderator_remains(self) -> None:
        self.make_account("boss", role="moderator")
        self.enter_as("boss")
        self.leave()
        self.say("boss", "MODE #c +b bob!*@*")
        self.forget()
        self.assertAnswer("bob", "JOIN #c", "474 bob #c :Cannot join channel (+b)")


if __name__ == "__main__":
    unittest.main()
