"""Own messages: shown at once, sent when the connection allows it."""

from __future__ import annotations

import unittest
from collections.abc import Iterator
from itertools import count

from chatapp.client.model.changes import Added, Reset
from chatapp.client.model.files import Attachment
from chatapp.client.model.network import Network
from chatapp.client.outgoing.sending import files_ready, say, say_with_files, send_waiting
from tests.client.base import NOON


class Sending(unittest.TestCase):
    def setUp(self) -> None:
        self.network = Network()
        self.network.nick, self.network.state = "ana", "online"
        self.network.capabilities = frozenset({"echo-message", "labeled-response"})
        self.general = self.network.add("#general", "channel")
        self.general.joined = True
        self.labels: Iterator[int] = count(1)

    def say(self, text: str) -> list[str]:
        """Send a text and return the lines."""
        _, messages = say(self.network, self.general, "message", text, self.labels, NOON)
        return [str(each) for each in messages]

    def states(self) -> list[tuple[str, str]]:
        return [(each.text, each.state) for each in self.general.entries]

    def test_a_message_is_pending_until_its_echo_comes(self) -> None:
        changes, messages = say(self.network, self.general, "message", "hi", self.labels, NOON)
        self.assertEqual([Added(self.general, (self.general.entries[0],))], changes)
        self.assertEqual(["@label=1 PRIVMSG #general :hi"], [str(each) for each in messages])
        self.assertEqual([("hi", "pending")], self.states())
        self.assertEqual([self.general], self.network.active())

    def test_without_echoes_it_counts_as_sent(self) -> None:
        self.network.capabilities = frozenset()
        self.assertEqual(["PRIVMSG #general :hi"], self.say("hi"))
        self.assertEqual([("hi", "sent")], self.states())

    def test_each_line_is_a_message_with_its_own_label(self) -> None:
        self.assertEqual(
            ["@label=1 PRIVMSG #general :one", "@label=2 PRIVMSG #general :two"], self.say("one\n\ntwo")
        )

    def test_several_lines_are_one_message_where_the_server_has_that(self) -> None:
        self.offer_multiline()
        self.assertEqual(
            [
                "@label=1 BATCH +m1 draft/multiline #general",
                "@batch=m1 PRIVMSG #general :one",
                "@batch=m1 PRIVMSG #general :two",
                "BATCH -m1",
            ],
            self.say("one\ntwo"),
        )
        self.assertEqual([("one\ntwo", "pending")], self.states())

    def test_a_waiting_message_is_divided_by_the_limits_of_the_server_that_is_back(self) -> None:
        self.offer_multiline()
        self.general.joined = False
        self.assertEqual([], self.say("one\ntwo") + self.say("three"))
        self.network.capabilities, self.general.joined = frozenset({"echo-message"}), True
        _, messages = send_waiting(self.network, self.general, self.labels)
        self.assertEqual(["one", "two", "three"], [each.text for each in messages])
        self.assertEqual([(each, "pending") for each in ("one", "two", "three")], self.states())

    def offer_multiline(self) -> None:
        self.network.capabilities |= {"batch", "draft/multiline"}
        self.network.capability_values = {"draft/multiline": "max-bytes=4096,max-lines=100"}

    def test_messages_that_cannot_be_sent_wait_and_keep_their_order(self) -> None:
        self.general.joined = False
        self.assertEqual([], self.say("one") + self.say("two"))
        self.assertEqual(([], []), send_waiting(self.network, self.general, self.labels))
        self.general.joined = True
        changes, messages = send_waiting(self.network, self.general, self.labels)
        self.assertEqual([Reset(self.general)], changes)
        self.assertEqual(
            ["@label=1 PRIVMSG #general :one", "@label=2 PRIVMSG #general :two"],
            [str(each) for each in messages],
        )
        self.assertEqual(([], []), send_waiting(self.network, self.general, self.labels))

    def test_a_message_whose_files_became_ready_meanwhile_keeps_its_place_in_the_order(self) -> None:
        self.general.joined = False
        picture = Attachment(b"...", "cat.png", state="ready", url="https://chat.example/cat.png")
        self.say("one")
        _, entry = say_with_files(self.network, self.general, "two", [picture], NOON)
        self.say("three")
        _, messages = files_ready(self.network, self.general, entry, self.labels)
        self.assertEqual([], messages)
        self.general.joined = True
        _, messages = send_waiting(self.network, self.general, self.labels)
        texts = " ".join(str(each) for each in messages)
        parts = [texts.index(part) for part in ("one", "two", picture.url, "three")]
        self.assertEqual(sorted(parts), parts)

    def test_own_messages_are_placed_after_all_existing_entries(self) -> None:
        self.network.clock_offset = -100.0
        self.say("one")
        self.network.clock_offset = -200.0
        self.say("two")
        self.assertEqual(["one", "two"], [each.text for each in self.general.entries])
        times = [each.time for each in self.general.entries]
        self.assertEqual(sorted(times), times)
