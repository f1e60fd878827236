"""Delivery of messages to channels, users and accounts."""

from __future__ import annotations

import unittest

from chatapp.server.storage.history_pages import FOREVER, PageQuery, between
from tests.server.base import ServerTest

TAGS = "message-tags server-time"


LABELS = "batch labeled-response echo-message message-tags server-time"


class ToAUser(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", "eve")

    def test_no_other_user_gets_it(self) -> None:
        self.say("ann", "PRIVMSG BOB :only for you")
        self.assertGot("bob", ":ann PRIVMSG bob :only for you")
        self.assertGot("ann")
        self.assertGot("eve")

    def test_the_sender_learns_that_the_recipient_is_away(self) -> None:
        self.say("bob", "AWAY :at lunch")
        self.assertAnswer("ann", "PRIVMSG bob :hello", "301 ann bob :at lunch")
        self.assertAnswer("ann", "NOTICE bob :hello")
        self.assertAnswer("ann", "TAGMSG bob")

    def test_errors(self) -> None:
        table = {
            "PRIVMSG": "411 ann :No recipient given (PRIVMSG)",
            "PRIVMSG bob": "412 ann :No text to send",
            "PRIVMSG bob :": "412 ann :No text to send",
            "PRIVMSG nobody :hello": "401 ann nobody :No such nick or channel",
            "PRIVMSG :no body :hello": "412 ann :No text to send",
            "PRIVMSG #nowhere :hello": "403 ann #nowhere :No such channel",
            "PRIVMSG a,b,c,d,e :hello": "407 ann e :Too many targets",
            "TAGMSG": "411 ann :No recipient given (TAGMSG)",
            "TAGMSG nobody": "401 ann nobody :No such nick or channel",
        }
        for line, refusal in table.items():
            with self.subTest(line):
                self.assertAnswer("ann", line, refusal)

    def test_a_notice_never_causes_an_error(self) -> None:
        for line in (
            "NOTICE",
            "NOTICE bob",
            "NOTICE bob :",
            "NOTICE nobody :x",
            "NOTICE #nowhere :x",
            "NOTICE a,b,c,d,e :x",
        ):
            with self.subTest(line):
                self.assertAnswer("ann", line)

    def test_several_targets(self) -> None:
        self.assertAnswer("ann", "PRIVMSG bob,nobody,eve :hello", "401 ann nobody :No such nick or channel")
        self.assertGot("bob", ":ann PRIVMSG bob :hello")
        self.assertGot("eve", ":ann PRIVMSG eve :hello")

    def test_messages_and_tagmsgs_reset_the_idle_time(self) -> None:
        self.pass_time(30)
        self.say("ann", "TAGMSG bob")
        self.assertEqual(self.answer("bob", "WHO ann %l")[0], "354 bob 0")


class Tags(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c", caps=TAGS)
        self.enter("eve", channel="#c")
        self.pass_time(1)
        self.forget()

    def test_only_client_tags_are_passed_on(self) -> None:
        self.say(
            "ann", "@+typing=active;+a=b\\sc;time=2000-01-01T00:00:00.000Z;msgid=fake;x=y PRIVMSG #c :hello"
        )
        (message,) = self.messages("bob")
        self.assertEqual(
            {key: message.tags[key] for key in message.tags if key[0] == "+"},
            {"+typing": "active", "+a": "b c"},
        )
        self.assertEqual(set(message.tags), {"+typing", "+a", "time", "msgid"})
        self.assertEqual(message.tags["time"], "2026-03-12T12:00:01.000Z")
        self.assertNotEqual(message.tags["msgid"], "fake")

    def test_only_sessions_with_message_tags_get_tagmsg(self) -> None:
        self.say(
            "ann", "@+typing=active TAGMSG #c", "@+typing=active TAGMSG eve", "@+typing=active TAGMSG bob"
        )
        self.assertGot("bob", ":ann TAGMSG #c", ":ann TAGMSG bob")
        self.assertGot("eve")

    def test_tagmsg_obeys_the_modes_of_the_channel(self) -> None:
        self.say("ann", "MODE #c +m")
        self.forget()
        self.assertEqual(self.answer("bob", "@+typing=active TAGMSG #c")[0][:10], "404 bob #c")

    def test_every_message_has_a_unique_id_and_time(self) -> None:
        self.say("ann", "PRIVMSG #c :one", "PRIVMSG #c :two", "@+x=1 PRIVMSG #c :three", "NOTICE #c :four")
        messages = self.messages("bob")
        self.assertEqual(len({message.tags["msgid"] for message in messages}), 4)
        times = [message.tags["time"] for message in messages]
        self.assertEqual(times, sorted(set(times)))
        self.assertEqual(times[0], "2026-03-12T12:00:01.000Z")


class Echoes(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c", caps=LABELS)
        self.enter("bob", channel="#c", caps=TAGS)
        self.forget()

    def test_the_echo_equals_what_the_others_get(self) -> None:
        self.say("ann", "PRIVMSG #c :one", "NOTICE #c :two", "PRIVMSG bob :three")
        self.assertEqual(
            [str(message) for message in self.messages("ann")],
            [str(message) for message in self.messages("bob")],
        )

    def test_only_the_echo_carries_the_label(self) -> None:
        self.say("ann", "@label=x1 PRIVMSG #c :hello")
        (echo,), (received,) = self.messages("ann"), self.messages("bob")
        self.assertEqual(echo.tags["label"], "x1")
        self.assertNotIn("label", received.tags)
        self.assertEqual(echo.tags["msgid"], received.tags["msgid"])

    def test_to_oneself_only_the_echo_carries_the_label(self) -> None:
        """Both with the same msgid and time, and one row in the history."""
        self.say("ann", "@label=x1 PRIVMSG ann :note to self")
        first, second = self.messages("ann")
        self.assertEqual([("label" in message.tags) for message in (first, second)].count(True), 1)
        for tag in ("msgid", "time"):
            self.assertEqual(first.tags[tag], second.tags[tag])
        key = f"!{self.user('ann').id}"
        rows = between(
            self.reader, PageQuery((f"{key}\n{key}",), "messages", 10, 100_000), -1, FOREVER, newest=True
        )
        self.assertEqual([row.text for row in rows], ["note to self"])

    def test_the_sender_gets_it_even_without_the_rank(self) -> None:
        self.say("bob", "CAP REQ echo-message")
        self.forget()
        self.assertAnswer("bob", "PRIVMSG @#c :help", ":bob PRIVMSG @#c :help")
        self.assertGot("ann", ":bob PRIVMSG @#c :help")

    def test_sessions_without_message_tags_get_no_echo_of_tagmsg(self) -> None:
        self.enter("eve", caps="echo-message")
        self.say("ann", "MODE #c -n")
        self.forget()
        self.assertAnswer("eve", "TAGMSG #c")
        self.assertAnswer("eve", "TAGMSG bob")
        self.assertAnswer("eve", "TAGMSG eve")


if __name__ == "__main__":
    unittest.main()
