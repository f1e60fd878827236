"""Audiences of effects, and bursts of messages to one channel."""

from __future__ import annotations

import unittest
from typing import Any

from chatapp.protocol.capabilities import MESSAGE_TAGS
from chatapp.protocol.message import Message
from chatapp.server.core.effects import Send, StoredPage
from chatapp.server.core.inbound import read
from chatapp.server.core.inbox import Received
from chatapp.server.state.connection import NullConnection
from chatapp.server.state.session import Audience, Session
from chatapp.server.storage.history_pages import FOREVER, PageQuery, between
from tests.server.base import ServerTest

MESSAGE = Message("NOTE", ("x",))


class Replies(unittest.TestCase):
    """Which effects are replies to a session, so that they get the label of its command."""

    def setUp(self) -> None:
        self.ann, self.bob = (Session(NullConnection(), 0.0) for _ in range(2))
        self.ann.set_caps(MESSAGE_TAGS)

    def test_a_message_for_the_session_is_a_reply_unless_it_is_excluded(self) -> None:
        both = Audience((self.ann, self.bob))
        self.assertTrue(Send(both, MESSAGE).answers(self.ann))
        self.assertFalse(Send(both, MESSAGE, excluded=self.ann).answers(self.ann))
        self.assertFalse(Send(both, MESSAGE, is_reply=False).answers(self.ann))
        self.assertFalse(Send(Audience((self.bob,)), MESSAGE).answers(self.ann))

    def test_it_depends_on_the_capabilities_of_the_session(self) -> None:
        both = Audience((self.ann, self.bob))
        self.assertTrue(Send(both, MESSAGE, required_caps=MESSAGE_TAGS).answers(self.ann))
        self.assertFalse(Send(both, MESSAGE, required_caps=MESSAGE_TAGS).answers(self.bob))
        self.assertFalse(Send(both, MESSAGE, excluded_caps=MESSAGE_TAGS).answers(self.ann))
        self.assertTrue(Send(both, MESSAGE, excluded_caps=MESSAGE_TAGS).answers(self.bob))

    def test_it_depends_on_the_capabilities_at_the_time_of_the_effect(self) -> None:
        send = Send(Audience((self.ann,)), MESSAGE, required_caps=MESSAGE_TAGS)
        self.ann.set_caps(0)
        self.assertTrue(send.answers(self.ann))


class Pages(unittest.TestCase):
    def test_a_page_in_a_batch_stays_in_it(self) -> None:
        audience = Audience(())
        self.assertEqual(StoredPage(audience, [], "#c", "").within("b1").reference, "b1")
        self.assertEqual(StoredPage(audience, [], "#c", "b0").within("b1").reference, "b0")


class Bursts(ServerTest):
    """Consecutive lines to one channel are handled together. Clients must not notice that."""

    def test_every_line_arrives_once_and_in_order_among_the_lines_of_others(self) -> None:
        self.enter("ann", "bob", "cat", channel="#c")
        self.enter("dan", caps="echo-message server-time message-tags", channel="#c")
        self.forget()
        sent = [Received(self.links[name], self._lines(name)) for name in ("ann", "dan", "ann", "bob")]
        self.core.turn(sent)
        order = ["ann 0", "ann 1", "dan 0", "dan 1", "ann 0", "ann 1", "bob 0", "bob 1"]
        texts = {name: [each.text for each in self.messages(name)] for name in ("ann", "bob", "cat", "dan")}
        self.assertEqual(texts["cat"], order)
        self.assertEqual(texts["dan"], order)  # it requested echoes
        self.assertEqual(texts["ann"], [text for text in order if not text.startswith("ann")])
        self.assertEqual(texts["bob"], [text for text in order if not text.startswith("bob")])

    def _lines(self, name: str) -> list[Any]:
        return list(read([f"PRIVMSG #c :{name} {number}".encode() for number in range(2)]))

    def test_ids_and_times_are_unique_and_ascending_and_are_stored(self) -> None:
        self.enter("ann", channel="#c")
        self.enter("bob", caps="server-time message-tags", channel="#c")
        self.forget()
        self.say("ann", *[f"PRIVMSG #c :{number}" for number in range(5)])
        received = self.messages("bob")
        stamps = [(each.tags["time"], each.tags["msgid"]) for each in received]
        self.assertEqual(stamps, sorted(set(stamps)))
        wish = PageQuery((self.channel("#c").key,), "messages", 10, 100_000)
        rows = between(self.reader, wish, -1, FOREVER, newest=True)
        stored = [row for row in rows if row.command == "PRIVMSG"]
        self.assertEqual([f"{row.id:x}" for row in stored], [msgid for _, msgid in stamps])
        self.assertEqual([row.text for row in stored], ["0", "1", "2", "3", "4"])

    def test_each_line_of_a_refused_burst_is_refused(self) -> None:
        self.enter("ann", channel="#c")
        self.enter("bob")
        self.say("bob", "PRIVMSG #c :1", "PRIVMSG #c :2", "PRIVMSG #none :3")
        self.assertEqual(self.codes("bob"), ["404", "404", "403"])
        self.assertEqual(self.codes("ann"), [])

    def test_a_relayed_line_is_truncated_to_512_bytes(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.say("ann", "PRIVMSG #c :" + "ü" * 240)
        line = self.text("bob").encode()
        self.assertLessEqual(len(line), 512)
        self.assertTrue(line.endswith("ü\r\n".encode()))
