"""What blocks refer to: names, ranks, parents; and measuring."""

from __future__ import annotations

import unittest

from chatapp.client.model.model import Member
from chatapp.gui.transcript.block_options import Ruler
from tests.gui.transcript.conversations import ConversationMaker


class SurroundingsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.maker = ConversationMaker()
        self.around = self.maker.around()

    def test_ranks_become_icons(self) -> None:
        for ranks, mark in (
            ("~", "crown"),
            ("&", "shield"),
            ("@", "shield"),
            ("%", "shield"),
            ("+", ""),
            ("", ""),
        ):
            self.maker.conversation.members["ben"] = Member(self.maker.network.person("ben"), ranks)
            self.assertEqual(self.around.mark("Ben"), mark, ranks)
        self.assertEqual(self.around.mark("stranger"), "")

    def test_a_message_waits_while_there_is_no_connection(self) -> None:
        entry = self.maker.say("ana")
        self.assertEqual(self.around.waiting_note(entry), "")
        entry.sent_at, self.maker.network.monotonic = 5.0, 6.0
        self.assertEqual(self.around.waiting_note(entry), "sending…")
        self.maker.network.state = "offline"
        self.assertEqual(self.around.waiting_note(entry), "waits")


class RulerTest(unittest.TestCase):
    def test_texts_are_shortened_to_a_width(self) -> None:
        ruler = Ruler()
        self.assertEqual(ruler.elide("short", "ChatSmall", 40), "short")
        self.assertEqual(ruler.elide("longer", "ChatSmall", 40), "long…")
        self.assertEqual(ruler.elide("a b c d", "ChatSmall", 40), "a b…")
        self.assertEqual(ruler.elide("longer", "ChatSmall", 0), "…")
