"""A message to an account that is not connected waits for the next login."""

from __future__ import annotations

from tests.server.base import ServerTest

WAITS = "Not connected: your message will be delivered at the next login"


class Waiting(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("bob")
        self.enter_as("ann")
        self.hang_up("ann")
        self.forget()

    def come_back(self, caps: str = "") -> None:
        self.connect("ann")
        self.say("ann", f"CAP REQ :sasl {caps}")
        self.authenticate("ann", "ann")
        self.say("ann", "NICK ann", "USER ann 0 * :Ann")
        self.text("ann")
        self.say("ann", "CAP END")

    def test_the_sender_learns_that_the_account_is_away(self) -> None:
        self.assertAnswer("bob", "PRIVMSG ann :hello", f"301 bob ann :{WAITS}")

    def test_a_notice_gets_no_reply_but_waits_too(self) -> None:
        self.assertAnswer("bob", "NOTICE ann :hello")
        self.come_back()
        self.assertEqual(self.got("ann")[-1], ":bob NOTICE ann :hello")

    def test_the_away_text_of_an_absent_user_comes_from_the_server(self) -> None:
        self.come_back()
        self.say("ann", "AWAY :on holiday")
        self.assertAnswer("bob", "PRIVMSG ann :hello", "301 bob ann :on holiday")
        self.hang_up("ann")
        self.assertAnswer("bob", "PRIVMSG ann :hello", f"301 bob ann :{WAITS}")

    def test_it_follows_the_welcome_with_its_own_time(self) -> None:
        self.say("bob", "PRIVMSG ann :one", "PRIVMSG ann :two")
        self.pass_time(60)
        self.come_back("server-time message-tags")
        *welcome, one, two = self.messages("ann")
        self.assertEqual([each.command for each in welcome[-2:]], ["MODE", "221"])
        self.assertEqual([one.text, two.text], ["one", "two"])
        self.assertTrue("2026-03-12T12:00:00" < one.tags["time"] < two.tags["time"] < "2026-03-12T12:00:01")
        self.assertTrue(one.tags["msgid"] < two.tags["msgid"])

    def test_sessions_with_batch_get_one_batch_for_each_sender(self) -> None:
        self.enter("carl")
        self.say("carl", "PRIVMSG ann :from carl")
        self.say("bob", "PRIVMSG ann :from bob", "PRIVMSG ann :again")
        self.come_back("batch")
        lines = self.messages("ann")[-7:]
        self.assertEqual(
            [(line.command, line.text) for line in lines],
            [
                ("BATCH", "bob"),
                ("PRIVMSG", "from bob"),
                ("PRIVMSG", "again"),
                ("BATCH", "-b1"),
                ("BATCH", "carl"),
                ("PRIVMSG", "from carl"),
                ("BATCH", "-b2"),
            ],
        )
        self.assertEqual(lines[0].params, ("+b1", "chathistory", "bob"))
        self.assertEqual(lines[1].tags["batch"], "b1")

    def test_sessions_without_batch_get_messages_in_their_order(self) -> None:
        self.enter("carl")
        for name, text in (("carl", "1"), ("bob", "2"), ("carl", "3")):
            self.say(name, f"PRIVMSG ann :{text}")
        self.come_back()
        self.assertEqual([message.text for message in self.messages("ann")[-3:]], ["1", "2", "3"])

    def test_it_is_delivered_once(self) -> None:
        self.say("bob", "PRIVMSG ann :hello")
        self.come_back()
        self.assertEqual(self.codes("ann")[-1], "PRIVMSG")
        self.hang_up("ann")
        self.come_back()
        self.assertNotIn("PRIVMSG", self.codes("ann"))

    def test_delivered_messages_do_not_come_again(self) -> None:
        self.come_back()
        self.say("bob", "PRIVMSG ann :hello")
        self.assertEqual(self.codes("ann")[-1], "PRIVMSG")
        self.hang_up("ann")
        self.come_back()
        self.assertNotIn("PRIVMSG", self.codes("ann"))

    def test_it_survives_a_restart(self) -> None:
        self.say("bob", "PRIVMSG ann :hello")
        self.restart()
        self.come_back()
        self.assertEqual(self.got("ann")[-1], ":bob PRIVMSG ann :hello")

    def test_it_is_delivered_at_a_login_after_registration(self) -> None:
        self.say("bob", "PRIVMSG ann :hello")
        self.enter("guest")
        self.authenticate("guest", "ann")
        self.assertEqual(self.got("guest")[-1], ":bob PRIVMSG guest :hello")

    def test_a_reaction_does_not_wait(self) -> None:
        self.enter("carl", caps="message-tags")
        self.say("carl", "@+typing=active TAGMSG ann")
        self.come_back("message-tags")
        self.assertNotIn("TAGMSG", self.codes("ann"))

    def test_commands_wait_until_it_is_delivered(self) -> None:
        self.say("bob", "PRIVMSG ann :hello")
        self.connect("ann")
        self.say("ann", "CAP REQ sasl")
        self.authenticate("ann", "ann")
        self.say("ann", "NICK ann", "USER ann 0 * :Ann", "CAP END", "PING 1")
        self.assertEqual(self.codes("ann")[-2:], ["PRIVMSG", "PONG"])


class ManyMessages(ServerTest):
    CONFIG = "[limits]\nsend_queue = 65536"

    def test_the_newest_are_delivered_up_to_the_limit(self) -> None:
        self.make_account("ann")
        self.enter("bob")
        for number in range(200):
            self.say("bob", f"PRIVMSG ann :{number} {'x' * 300}")
        self.connect("ann")
        self.say("ann", "CAP REQ sasl")
        self.authenticate("ann", "ann")
        self.say("ann", "NICK ann", "USER ann 0 * :Ann", "CAP END")
        numbers = [int(each.text.split()[0]) for each in self.messages("ann") if each.command == "PRIVMSG"]
        self.assertEqual(numbers[-1], 199)
        self.assertEqual(numbers, list(range(200 - len(numbers), 200)))
        self.assertLess(len(numbers), 100)
        self.assertFalse(self.links["ann"].is_closed)


class AccountsWithoutUser(ServerTest):
    CONFIG = "[accounts]\nalways_on = false"

    def test_messages_to_them_wait_as_well(self) -> None:
        self.make_account("Ann")
        self.enter("bob")
        self.assertAnswer("bob", "PRIVMSG ann :hello", f"301 bob Ann :{WAITS}")
        self.connect("ann")
        self.say("ann", "CAP REQ sasl")
        self.authenticate("ann", "ann")
        self.say("ann", "NICK ann", "USER ann 0 * :Ann", "CAP END")
        self.assertEqual(self.got("ann")[-1], ":bob PRIVMSG ann :hello")

    def test_other_sessions_of_the_sender_get_a_copy(self) -> None:
        self.make_account("ann")
        self.enter_as("bob", "laptop", "phone", caps="echo-message")
        self.say("laptop", "PRIVMSG ann :hello")
        for name in ("laptop", "phone"):
            self.assertEqual(self.got(name)[0], ":bob PRIVMSG ann :hello")

    def test_other_names_are_unknown(self) -> None:
        self.enter("bob")
        self.assertAnswer("bob", "PRIVMSG carl :hello", "401 bob carl :No such nick or channel")


class WithoutHistory(ServerTest):
    CONFIG = "[history]\nenabled = false"

    def test_no_message_waits_and_the_sender_is_told(self) -> None:
        self.enter("bob")
        self.enter_as("ann")
        self.hang_up("ann")
        expected = "Not connected, and this server does not store messages"
        self.assertAnswer("bob", "PRIVMSG ann :hello", f"301 bob ann :{expected}")


class FromAccountsOnly(ServerTest):
    """User mode R."""

    def setUp(self) -> None:
        super().setUp()
        self.enter_as("ann")
        self.say("ann", "MODE ann +R")
        self.forget()

    def test_a_guest_is_refused(self) -> None:
        self.enter("bob")
        expected = "Only users who are logged in may write to this user (+R)"
        self.assertAnswer("bob", "PRIVMSG ann :hello", f"477 bob ann :{expected}")
        self.assertAnswer("bob", "NOTICE ann :hello")
        self.assertGot("ann")

    def test_a_message_of_a_member_is_delivered(self) -> None:
        self.enter_as("carl")
        self.say("carl", "PRIVMSG ann :hello")
        self.assertGot("ann", ":carl PRIVMSG ann :hello")
