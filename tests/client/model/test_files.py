"""Files as a front-end follows them."""

from __future__ import annotations

import unittest
from pathlib import Path

from chatapp.client.model.files import (
    Attachment,
    AttachmentState,
    FileCard,
    FileDownload,
    kept_until,
)
from chatapp.client.text.file_links import FileLink
from chatapp.protocol.timestamps import DAY_SECONDS


class Files(unittest.TestCase):
    def test_an_attachment_that_failed_needs_the_user(self) -> None:
        states: tuple[AttachmentState, ...] = ("waiting", "uploading", "ready", "failed", "too-large")
        is_over = [Attachment(b"x", "a.txt", 1, state).is_over for state in states]
        self.assertEqual([False, False, False, True, True], is_over)

    def test_a_download_can_be_cancelled_until_it_has_ended(self) -> None:
        download = FileDownload(Path("there"))
        self.assertTrue(download.is_active)
        download.state = "done"
        self.assertFalse(download.is_active)

    def test_a_card_tells_pictures_and_programs_from_other_files(self) -> None:
        card = FileCard(FileLink("https://h/files/abc/a.exe", "abc", "a.exe"), name="a.exe")
        self.assertEqual((True, False), (card.is_program, card.is_picture))
        card.name, card.media_type = "a.png", "image/png"
        self.assertEqual((False, True), (card.is_program, card.is_picture))

    def test_a_card_has_the_id_of_its_link(self) -> None:
        self.assertEqual("abc", FileCard(FileLink("https://h/files/abc/a.txt", "abc", "a.txt")).id)


class KeptUntilTest(unittest.TestCase):
    def test_the_earlier_end_counts(self) -> None:
        sent = 1000.0
        for until, days, expected in (
            (None, 0, None), (5000.0, 0, 5000.0), (None, 2, sent + 2 * DAY_SECONDS),
            (5000.0, 2, 5000.0), (1e9, 2, sent + 2 * DAY_SECONDS),
        ):  # fmt: skip
            with self.subTest(until=until, days=days):
                card = FileCard(FileLink("", "", ""), "known", until=until)
                self.assertEqual(expected, kept_until(card, sent, days))
