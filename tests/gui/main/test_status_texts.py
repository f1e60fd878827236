"""Window title, prompt, and typing notices."""

from __future__ import annotations

import unittest
from datetime import datetime

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Removal
from chatapp.client.model.network import Network
from chatapp.gui.main import status_texts
from tests.gui.networks import make_network


class StatusTextsTest(unittest.TestCase):
    def test_the_title_counts_what_has_a_badge(self) -> None:
        network = make_network("#general", "#help", "#random")
        self.assertEqual(status_texts.title(network), "#general — Room 12")
        network.conversations["#help"].unread = 5
        self.assertEqual(status_texts.title(network), "#general — Room 12")
        network.conversations["#help"].mentions = 3
        self.assertEqual(status_texts.title(network), "(3) #general — Room 12")
        network.conversations["#random"].unread = 9
        network.conversations["#random"].muted = True
        self.assertEqual(status_texts.title(network), "(3) #general — Room 12")
        network.conversations["#random"].mentions = 1
        self.assertEqual(status_texts.title(network), "(4) #general — Room 12")

    def test_a_direct_message_has_the_name_of_the_person(self) -> None:
        network = make_network("#general")
        network.person("ben").display_name = "Ben Okafor"
        network.current = network.add("ben", "direct")
        self.assertEqual(status_texts.title(network), "Ben Okafor — Room 12")
        self.assertEqual(status_texts.prompt(network, network.current), "Write to Ben Okafor")

    def test_without_a_conversation_the_title_is_the_network(self) -> None:
        network = make_network()
        self.assertEqual(status_texts.title(network), "Room 12")
        self.assertEqual(status_texts.title(Network()), "Chatapp")

    def test_typing_people_are_named_in_a_sentence(self) -> None:
        for names, expected in (
            ([], ""),
            (["Ben"], "Ben is typing…"),
            (["Ben", "Dee"], "Ben and Dee are typing…"),
            (["Ben", "Dee", "Eve"], "Several people are typing…"),
        ):
            with self.subTest(names=names):
                conversation = Conversation("#general", "channel", typing=dict.fromkeys(names, 0.0))
                self.assertEqual(status_texts.typing(Network(), conversation), expected)

    def test_the_line_below_the_composer_says_what_waits(self) -> None:
        network = make_network("#general")
        channel = network.conversations["#general"]
        self.assertEqual(status_texts.strip(network, channel), "")
        channel.add_pending(network.entry("message", 1.0, "ana", "one"))
        channel.held_until = 5.0
        self.assertEqual(status_texts.strip(network, channel), "1 message waits in turn.")
        network.state = "waiting"
        sent = "What you write is sent when the connection is back."
        self.assertEqual(status_texts.strip(network, channel), f"1 message waits. {sent}")
        channel.remove(channel.entries[0])
        self.assertEqual(status_texts.strip(network, channel), sent)
        network.state = "offline"
        self.assertEqual(status_texts.strip(network, channel), "")

    def test_after_a_removal_it_says_what_can_be_read(self) -> None:
        network = make_network("#general")
        channel = network.conversations["#general"]
        channel.removal = Removal("ben removed you", "", datetime(2026, 3, 12, 10, 12).timestamp())
        self.assertEqual(status_texts.strip(network, channel), "You can read what was said before 10:12.")
        channel.removal = Removal("You are not in #general")
        self.assertEqual(status_texts.strip(network, channel), "")

    def test_the_prompt_depends_on_the_conversation(self) -> None:
        network = Network()
        network.person("dee").display_name = "Dee Novak"
        for conversation, expected in (
            (Conversation("#general", "channel", "#general"), "Write to #general"),
            (Conversation("ben", "direct", "ben"), "Write to ben"),
            (Conversation("dee", "direct", "dee"), "Write to Dee Novak"),
            (Conversation("", "server", "Room 12"), "Type a command, such as /help"),
        ):
            with self.subTest(expected):
                self.assertEqual(status_texts.prompt(network, conversation), expected)

    def test_waiting_messages_are_told_instead_of_who_is_typing(self) -> None:
        network = Network()
        conversation = Conversation("#general", "channel", typing={"Ben": 0.0}, joined=True)
        network.state = "waiting"
        self.assertIn("is sent when the connection is back", status_texts.strip(network, conversation))
        for expected in ("1 message waits.", "2 messages wait."):
            conversation.add_pending(network.entry("message", 0.0, "ana", "hi"))
            self.assertTrue(status_texts.strip(network, conversation).startswith(expected))
        network.state, conversation.is_slow = "online", True
        self.assertEqual(status_texts.strip(network, conversation), "2 messages wait in turn.")
        conversation.is_slow = False
        self.assertEqual(status_texts.strip(network, conversation), "Ben is typing…")
