"""What blocks refer to: names, ranks, parents; and measuring."""

from __future__ import annotations

import unittest

from chatapp.client.model.files import Attachment
from chatapp.client.model.model import Member
from chatapp.gui.transcript.block_options import Ruler
from chatapp.languages import translation
from tests.gui.transcript.conversations import ConversationMaker


class SurroundingsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.maker = ConversationMaker()
        self.around = self.maker.around()

    def test_ranks_become_icons(self) -> None:
        self.maker.network.isupport = {"PREFIX": "(yqaohv)!~&@%+"}
        for ranks, mark in (
            ("~", "crown"),
            ("!~", "crown"),
            ("!", "shield"),
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
        entry = self.maker.say("ana", label="1")
        self.assertEqual(self.around.waiting_note(entry), "")
        entry.sent_at, self.maker.network.monotonic = 5.0, 6.0
        self.assertEqual(self.around.waiting_note(entry), "sending…")
        self.maker.network.state = "offline"
        self.assertEqual(self.around.waiting_note(entry), "waits")
        translation.use("de")
        self.addCleanup(translation.use, translation.ENGLISH)
        self.assertEqual(self.around.waiting_note(entry), "wartet")

    def test_a_message_that_waits_for_files_says_how_far_they_are(self) -> None:
        entry = self.maker.entry("message", "ana", state="pending")
        report = Attachment(b"", "report.pdf", 1000, "uploading", 620, 1000)
        entry.attachments = (report,)
        self.assertEqual(self.around.waiting_note(entry), "report.pdf · sending… 62 %")
        report.is_stalled = True
        self.assertEqual(self.around.waiting_note(entry), "report.pdf · waits")
        report.is_stalled = False
        entry.attachments = (report, Attachment(b"", "notes.txt", 1000, "ready", 0, 1000))
        self.assertEqual(self.around.waiting_note(entry), "2 files · sending… 81 %")
        self.maker.network.state = "waiting"
        self.assertEqual(self.around.waiting_note(entry), "2 files · waits")

    def test_messages_that_wait_for_their_turn_say_when_it_comes(self) -> None:
        conversation = self.maker.conversation
        first, second = (self.maker.entry("message", "ana") for _ in range(2))
        for entry in (first, second):
            conversation.add_pending(entry)
        self.assertEqual(self.around.waiting_note(first), "waits")
        self.maker.network.monotonic, conversation.held_until = 10.0, 12.5
        notes = [self.around.waiting_note(entry) for entry in (first, second)]
        self.assertEqual(notes, ["in 3 s", "waits"])
        conversation.slow_seconds = 30
        self.assertEqual(self.around.waiting_note(second), "in 33 s")

    def test_own_names_are_those_that_others_write(self) -> None:
        self.assertEqual(self.around.own_names, ("ana",))
        self.maker.network.person("ana").display_name = "Ana Maria"
        self.assertEqual(self.around.own_names, ("@Ana Maria", "ana"))


class RulerTest(unittest.TestCase):
    def test_texts_are_shortened_to_a_width(self) -> None:
        ruler = Ruler()
        self.assertEqual(ruler.elide("short", "ChatSmall", 40), "short")
        self.assertEqual(ruler.elide("longer", "ChatSmall", 40), "long…")
        self.assertEqual(ruler.elide("a b c d", "ChatSmall", 40), "a b…")
        self.assertEqual(ruler.elide("longer", "ChatSmall", 0), "…")
