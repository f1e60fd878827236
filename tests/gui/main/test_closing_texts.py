"""What is asked before the window closes while files are not sent."""

from __future__ import annotations

import unittest
from pathlib import Path

from chatapp.client.model.files import Attachment
from chatapp.gui.main.closing_texts import question
from tests.gui.networks import make_network


class ClosingTextsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.network = make_network("#general", "#exam")
        self.general, self.exam = (self.network.conversations[name] for name in ("#general", "#exam"))
        self.report = Attachment(Path("report.pdf"), "report.pdf", 5)
        self.picture = Attachment(b"x", "picture.png", 5, "ready")

    def asked(self, keeps_drafts: bool = True) -> list[str]:
        return question([self.network], keeps_drafts).splitlines()

    def test_nothing_is_asked_without_files(self) -> None:
        self.assertEqual(self.asked(), [])

    def test_nothing_is_asked_about_files_that_come_back(self) -> None:
        self.exam.attachments = [self.report, Attachment(Path("lost.txt"), "lost.txt", 5, "failed")]
        self.assertEqual(self.asked(), [])
        self.assertEqual(self.asked(keeps_drafts=False), ["Not kept: 2 files."])

    def test_what_is_being_sent_is_told(self) -> None:
        self.report.state = "uploading"
        self.general.attachments = [self.report]
        kept = "Files from this computer are here again at the next start."
        self.assertEqual(self.asked(), ["“report.pdf” is still being sent.", kept])

    def test_so_is_a_message_that_waits_for_its_file(self) -> None:
        entry = self.network.entry("message", 1.0, "ana", "see")
        entry.state, entry.attachments = "pending", (self.report,)
        self.exam.add_pending(entry)
        self.assertEqual(self.asked()[0], "“report.pdf” is still being sent.")

    def test_what_was_pasted_would_be_lost(self) -> None:
        self.general.attachments = [self.picture]
        self.assertEqual(self.asked(), ["“picture.png” was pasted and would be lost."])
        self.exam.attachments = [Attachment(b"x", "other.png", 5, "uploading")]
        self.assertEqual(
            self.asked(), ["“other.png” is still being sent.", "2 files were pasted and would be lost."]
        )
