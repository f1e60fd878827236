"""Handlers of single messages."""

from __future__ import annotations

import unittest

from chatapp.client.incoming import events
from chatapp.client.incoming.handlers import HANDLERS, WHOX_FIELDS, other_numeric, time_of
from chatapp.protocol.message import Message

TIME = 1773316800.0


def handled(line: str, label: str = "") -> list[events.Event]:
    """Return the events of a line."""
    message = Message.parse(line)
    fewest, handler = HANDLERS[message.command]
    assert len(message.params) >= fewest, line
    return handler(message, label)


class Handlers(unittest.TestCase):
    def test_every_handler_works_with_the_fewest_parameters(self) -> None:
        for command, (fewest, handler) in HANDLERS.items():
            with self.subTest(command):
                message = Message(command, ["x"] * fewest)
                for event in handler(message, ""):
                    self.assertIn(type(event).__name__, dir(events))

    def test_of_ctcp_requests_only_actions_are_messages(self) -> None:
        for text, kind in (
            ("\x01ACTION waves\x01", "action"),
            ("\x01ACTION waves", "action"),
            ("hi", "message"),
        ):
            [event] = handled(f":ben!b@h PRIVMSG #c :{text}")
            assert isinstance(event, events.MessageReceived)
            self.assertEqual(kind, event.kind)
        self.assertEqual([], handled(":ben!b@h PRIVMSG ana :\x01VERSION\x01"))
        self.assertEqual([], handled(":ben!b@h NOTICE ana :\x01ACTION waves\x01"))

    def test_the_program_of_the_server(self) -> None:
        self.assertEqual([events.ServerSoftware("ngircd-26.1")], handled(":srv 004 ana srv ngircd-26.1 aiow"))

    def test_a_notice_comes_from_the_server_or_a_user(self) -> None:
        self.assertEqual([events.ServerText("hi")], handled(":irc.example NOTICE ana :hi"))
        self.assertEqual([events.ServerText("hi")], handled("NOTICE * :hi"))
        [event] = handled(":ben!b@h NOTICE ana :hi", "7")
        self.assertEqual(events.MessageReceived("ana", "ben", "notice", "hi", label="7"), event)

    def test_tags_contain_time_msgid_and_account(self) -> None:
        [event] = handled("@time=2026-03-12T12:00:00.000Z;msgid=m1;account=ben :ben!b@h PRIVMSG #c :hi")
        self.assertEqual(events.MessageReceived("#c", "ben", "message", "hi", TIME, "m1", "ben"), event)
        self.assertIsNone(time_of(Message.parse("@time=yesterday PING x")))

    def test_both_typing_tags_are_read_and_only_known_states(self) -> None:
        for tag, state in (("+typing", "active"), ("+draft/typing", "done")):
            expected = [events.TypingReceived("#c", "ben", "active" if state == "active" else "done")]
            self.assertEqual(expected, handled(f"@{tag}={state} :ben!b@h TAGMSG #c"))
        self.assertEqual([], handled("@+typing=dancing :ben!b@h TAGMSG #c"))

    def test_a_star_or_zero_means_no_account(self) -> None:
        for account in ("*", "0"):
            self.assertEqual(
                [events.PersonUpdated("ben", account="")], handled(f":ben!b@h ACCOUNT {account}")
            )
        self.assertEqual([events.PersonUpdated("ben", account="benj")], handled(":ben!b@h ACCOUNT benj"))

    def test_a_who_reply_needs_the_token_of_the_client(self) -> None:
        token = WHOX_FIELDS.rpartition(",")[2]
        line = "354 ana {} b ben.example ben G benj :Ben"
        expected = events.PersonUpdated("ben", True, "benj", "b", "ben.example", "Ben")
        self.assertEqual([expected], handled(line.format(token)))
        self.assertEqual([], handled(line.format("99")))

    def test_a_reply_with_a_label_is_acknowledged_with_it(self) -> None:
        self.assertEqual([events.Acknowledged("7")], handled("ACK", "7"))


class StandardReplies(unittest.TestCase):
    def test_the_value_of_a_setting_is_shown_with_its_name(self) -> None:
        for code in ("ENTRY", "CHANGED"):
            (event,) = handled(f":srv NOTE SETTING {code} files-keep_days set :90")
            assert isinstance(event, events.ServerText)
            self.assertEqual("files-keep_days: 90", event.text)
            self.assertEqual(("files-keep_days", "set", "90"), event.params)

    def test_other_texts_are_shown_as_they_are(self) -> None:
        (event,) = handled(":srv NOTE SETTING END :10 settings")
        self.assertEqual(events.ServerText("10 settings", is_reply=True), event)


class OtherNumerics(unittest.TestCase):
    def test_numerics_from_400_to_599_are_errors(self) -> None:
        for line, expected in (
            (":srv 404 ana #c :No", [events.ErrorReply("404", "No", "", ("#c",))]),
            (":srv 421 ana FOO :Unknown", [events.ErrorReply("421", "Unknown", "FOO", ("FOO",))]),
            (":srv 372 ana :- hello", [events.ServerText("- hello")]),
            (":srv 252 ana 3 :operators", [events.ServerText("3 operators")]),
            (":srv 265 ana 5 9 :users 5, max 9", [events.ServerText("users 5, max 9")]),
            (":srv 600 ana x :y", [events.ServerText("x y")]),
            (":srv FOO ana :y", []),
            (":srv 404 ana", []),
        ):
            with self.subTest(line):
                self.assertEqual(expected, other_numeric(Message.parse(line), ""))
