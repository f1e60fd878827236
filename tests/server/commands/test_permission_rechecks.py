"""Permissions are checked again after a worker has finished.

A command that waits for a worker takes time, and other commands change permissions meanwhile.
"""

from __future__ import annotations

import unittest
from dataclasses import replace

from chatapp.protocol.credentials import FEWEST_ROUNDS, Credentials
from chatapp.protocol.message import Message
from tests.server.base import ServerTest

CAPS = "batch message-tags draft/chathistory draft/message-redaction echo-message"
GONE = "Messages could not be retrieved"


class KickedMeanwhile(ServerTest):
    """Eve sends a request, is kicked, and a message is sent, before a worker reads."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "eve", "bob", channel="#c", caps=CAPS)
        self.say("eve", "PRIVMSG #c :mine")
        (self.mine,) = (message.tags["msgid"] for message in self.messages("eve"))
        self.forget()

    def kicked_during(self, line: str) -> list[str]:
        """Return what eve gets for this line, while she is kicked before the worker reads."""
        with self.jobs_under_way():
            self.say("eve", line)
            self.say("ann", "KICK #c eve", "PRIVMSG #c :a secret")
            self.text("eve")
        return self.got("eve")

    def test_a_page_of_history_is_refused(self) -> None:
        for subcommand in ("LATEST #c * 10", "AROUND #c timestamp=2026-03-12T12:00:00.000Z 10"):
            with self.subTest(subcommand):
                word = subcommand.partition(" ")[0]
                refused = f"FAIL CHATHISTORY INVALID_TARGET {word} #c :{GONE}"
                self.assertEqual(self.kicked_during(f"CHATHISTORY {subcommand}"), [refused])
                self.say("eve", "JOIN #c")

    def test_the_channel_is_not_listed_as_a_target(self) -> None:
        bounds = "timestamp=2026-03-12T11:00:00.000Z timestamp=2026-03-12T13:00:00.000Z"
        answer = self.kicked_during(f"CHATHISTORY TARGETS {bounds} 10")
        self.assertEqual([line.split()[0] for line in answer], ["BATCH", "BATCH"])

    def test_a_search_finds_no_message_of_the_channel(self) -> None:
        self.assertEqual(
            [line.split()[0] for line in self.kicked_during("SEARCH text=a")], ["BATCH", "BATCH"]
        )

    def test_no_message_of_the_channel_is_redacted(self) -> None:
        refused = "FAIL REDACT INVALID_TARGET #c :You cannot delete messages there"
        self.assertEqual(self.kicked_during(f"REDACT #c {self.mine}"), [refused])
        self.assertNotIn("REDACT", self.codes("bob"))
        self.assertEqual(self.texts("bob"), ["mine", "a secret"])

    def test_a_user_who_rejoins_in_time_may_read(self) -> None:
        self.enter_as("dan", "laptop", "phone", channel="#c", caps=CAPS)
        with self.jobs_under_way():
            self.say("laptop", "CHATHISTORY LATEST #c * 10")
            self.say("ann", "KICK #c dan")
            self.say("phone", "JOIN #c")
            self.text("laptop")
        self.assertEqual([each.text for each in self.messages("laptop")[1:-1]], ["mine"])

    def test_a_user_who_lost_operator_rank_cannot_redact(self) -> None:
        self.say("ann", "MODE #c +o bob")
        with self.jobs_under_way():
            self.say("ann", f"REDACT #c {self.mine}")
            self.say("bob", "MODE #c -o ann")
            self.text("ann")
        expected = "You may not delete this message"
        self.assertGot("ann", f"FAIL REDACT REDACT_FORBIDDEN #c {self.mine} :{expected}")

    def texts(self, name: str) -> list[str]:
        self.say(name, "CHATHISTORY LATEST #c * 10")
        return [message.text for message in self.messages(name) if message.command == "PRIVMSG"]


class RenamedChannel(ServerTest):
    def test_a_page_carries_the_new_name_of_the_channel(self) -> None:
        self.enter("ann", "eve", channel="#c", caps=CAPS)
        self.say("ann", "PRIVMSG #c :hello")
        self.forget()
        with self.jobs_under_way():
            self.say("eve", "CHATHISTORY LATEST #c * 10")
            self.say("ann", "RENAME #c #d", "JOIN #c")
            self.text("eve")
        first, message, _ = self.messages("eve")
        self.assertEqual((first.params[1:], message.params), (("chathistory", "#d"), ("#d", "hello")))


class LoggedOut(ServerTest):
    """The other session of an account logs out while the first one waits for a worker."""

    def setUp(self) -> None:
        super().setUp()
        self.make_account("ann", "bob", "dan")
        self.enter_as("ann", "laptop", "phone", caps=CAPS)
        self.enter_as("bob", "bob", caps=CAPS)
        self.say("bob", "PRIVMSG ann :between us")
        self.forget()

    def logged_out_during(self, line: str) -> list[Message]:
        with self.jobs_under_way():
            self.say("laptop", line)
            self.say("phone", "NS LOGOUT")
            self.text("laptop")
        return self.messages("laptop")

    def test_no_page_of_the_direct_messages_of_the_account(self) -> None:
        (refused,) = self.logged_out_during("CHATHISTORY LATEST bob * 10")
        self.assertEqual(refused.params, ("CHATHISTORY", "INVALID_TARGET", "LATEST", "bob", GONE))

    def test_its_partners_are_not_listed_as_targets(self) -> None:
        bounds = "timestamp=2026-03-12T11:00:00.000Z timestamp=2026-03-12T13:00:00.000Z"
        self.assertEqual(len(self.logged_out_during(f"CHATHISTORY TARGETS {bounds} 10")), 2)

    def test_a_search_finds_no_message_of_the_account(self) -> None:
        self.assertEqual(len(self.logged_out_during("SEARCH text=us")), 2)

    def test_its_password_does_not_change(self) -> None:
        (refused,) = self.logged_out_during("NS SET PASSWORD sesame wonderland")
        self.assertEqual(refused.text, "You are not logged in to ann any more; its password was not changed")
        self.connect("eve")
        self.say("eve", "CAP REQ sasl")
        self.authenticate("eve", "ann")
        self.assertIn("903", self.codes("eve"))

    def test_offline_messages_of_the_account_remain_undelivered(self) -> None:
        self.hang_up("laptop")
        self.hang_up("phone")
        self.say("bob", "PRIVMSG ann :are you there?")
        self.connect("desk")
        self.say("desk", "CAP REQ sasl", "NICK ann", "USER ann 0 * :Ann")
        self.authenticate("desk", "ann")
        with self.jobs_under_way():
            self.say("desk", "CAP END")
            self.world.set_account(self.user("ann"), "dan")
            self.text("desk")
        self.assertEqual(self.text("desk"), "")
        self.hang_up("desk")
        self.connect("next")
        self.say("next", "CAP REQ sasl", "NICK ann", "USER ann 0 * :Ann")
        self.authenticate("next", "ann")
        self.say("next", "CAP END")
        self.assertIn("are you there?", [message.text for message in self.messages("next")])


class LostRole(ServerTest):
    """A moderator or owner loses the role while a worker reads."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "eve")
        self.make_operator("ann")

    def dismissed_during(self, line: str) -> list[str]:
        self.make_operator("eve")
        with self.jobs_under_way():
            self.say("eve", line)
            self.make_operator("eve", "member")
        return self.got("eve")

    def test_the_command_is_refused(self) -> None:
        refused = ["481 eve :Permission Denied- You're not an IRC operator"]
        for line in ("AUDIT", "INVITECODE LIST", "INVITECODE REVOKE abc", "REHASH"):
            with self.subTest(line):
                self.assertEqual(self.dismissed_during(line), refused)

    def test_an_owner_who_became_moderator(self) -> None:
        self.make_operator("eve")
        with self.jobs_under_way():
            self.say("eve", "REHASH")
            self.make_operator("eve", "moderator")
        self.assertGot("eve", "723 eve REHASH :Insufficient oper privileges")


class ChangedAccount(ServerTest):
    """The account changes after a worker has checked a password."""

    def setUp(self) -> None:
        super().setUp()
        self.make_account("ann", role="moderator")
        self.enter_as("ann", "phone")

    def test_the_old_password_is_not_restored(self) -> None:
        self.enter("eve")
        new = Credentials.make("wonderland", b"salt" * 4, FEWEST_ROUNDS).stored()
        changed = replace(self.world.accounts["ann"], credentials=new)
        with self.jobs_under_way("before"):
            self.say("eve", "NS IDENTIFY ann sesame")
            self.world.add_account(changed)
        self.assertGot("eve", ":NickServ NOTICE eve :Wrong account name or password")
        self.assertIs(self.world.accounts["ann"], changed)

    def test_the_old_role_is_not_restored(self) -> None:
        self.enter("dan", "eve")
        self.make_operator("dan")
        with self.jobs_under_way("before"):
            self.say("eve", "NS IDENTIFY ann sesame")
            self.say("dan", "ROLE ann member")
        self.assertEqual(self.user("eve").role, "member")
        self.assertEqual(self.world.accounts["ann"].role, "member")

    def test_an_operator_who_was_removed_from_the_configuration(self) -> None:
        stored = Credentials.make("open", b"salt" * 4, FEWEST_ROUNDS).stored()
        before = self.world.config
        self.world.configure(replace(before, operators={"boss": stored}), is_locked=False)
        self.enter("eve")
        with self.jobs_under_way():
            self.say("eve", "OPER boss open")
            self.world.configure(before, is_locked=False)
        self.assertGot("eve", "464 eve :Wrong account name or password")
        self.assertEqual(self.user("eve").role, "member")

    def test_no_account_is_created_when_registration_was_closed_meanwhile(self) -> None:
        self.make_account("dan", role="owner")
        self.enter_as("dan")
        self.enter("eve")
        with self.jobs_under_way():
            self.say("eve", "REGISTER * * sesame")
            self.say("dan", "SETTING closed on")
            self.text("eve")
        expected = "Only the operators of this server create accounts: ask one of them"
        self.assertGot("eve", f"FAIL REGISTER TEMPORARILY_UNAVAILABLE eve :{expected}")
        self.assertNotIn("eve", self.world.accounts)


if __name__ == "__main__":
    unittest.main()
