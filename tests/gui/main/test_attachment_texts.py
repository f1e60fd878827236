"""What is said about the files in the composer."""

from __future__ import annotations

import unittest

from chatapp.client.model.files import Attachment, AttachmentState
from chatapp.client.model.model import Removal
from chatapp.client.model.network import Network
from chatapp.gui.main import attachment_texts
from tests.gui.networks import make_network

UPLOAD = "https://chat.example:6697/upload/token"


def network(files: str = "id:k3Xq9p,max:25000000", upload: str = UPLOAD) -> Network:
    made = make_network("#general")
    tokens = {"chatapp/FILES": files, "soju.im/FILEHOST": upload}
    made.isupport = {name: value for name, value in tokens.items() if value}
    return made


def attachment(state: AttachmentState, size: int = 1_800_000, sent: int = 0, problem: str = "") -> Attachment:
    return Attachment(b"", "report.pdf", size, state, sent, size, problem=problem)


class RowTest(unittest.TestCase):
    def row(self, made: Attachment) -> attachment_texts.AttachmentRow:
        (row,) = attachment_texts.rows(network(), [made])
        return row

    def test_each_state_has_its_words(self) -> None:
        lost = "“report.pdf” was not sent. The connection was lost."
        for made, note, role in (
            (attachment("waiting"), "Waiting · 1.8 MB", "muted"),
            (attachment("ready"), "Ready · 1.8 MB", "ok"),
            (attachment("too-large", 312_000_000), "312 MB. At most 25 MB is taken here.", "danger"),
            (
                attachment("too-large", 9, problem="The file is too large."),
                "The file is too large.",
                "danger",
            ),
            (attachment("failed", problem=lost), "Not sent. The connection was lost.", "danger"),
            (attachment("failed", problem="“report.pdf” is empty."), "“report.pdf” is empty.", "danger"),
        ):
            with self.subTest(note):
                row = self.row(made)
                self.assertEqual((row.note, row.role, row.fraction), (note, role, None))
                self.assertEqual(row.can_retry, made.state == "failed")

    def test_one_whose_metadata_cannot_be_removed_says_so(self) -> None:
        made = attachment("failed", problem="“report.pdf” was not sent. It has metadata.")
        self.assertFalse(self.row(made).has_metadata)
        made.has_metadata = True
        self.assertEqual(
            (self.row(made).note, self.row(made).has_metadata), ("Not sent. It has metadata.", True)
        )

    def test_one_that_stands_still_says_that_it_goes_on(self) -> None:
        states: tuple[AttachmentState, ...] = ("uploading", "waiting")
        for state in states:
            made = attachment(state, sent=900_000)
            made.is_stalled = True
            row = self.row(made)
            self.assertEqual((row.note, row.fraction, row.can_retry), (attachment_texts.STALLED, None, False))

    def test_a_file_that_is_sent_has_a_bar_and_numbers(self) -> None:
        row = self.row(attachment("uploading", sent=1_116_000))
        self.assertEqual((row.detail, row.short_detail, row.fraction), ("1.1 of 1.8 MB · 62 %", "62 %", 0.62))
        self.assertEqual(self.row(attachment("uploading", size=0)).fraction, 0)
        self.assertEqual(self.row(attachment("uploading", size=5, sent=5)).short_detail, "99 %")


class OfferTest(unittest.TestCase):
    def test_files_are_offered_where_the_server_takes_them(self) -> None:
        for made, offered, reason in (
            (network(), True, ""),
            (network(files=""), True, ""),  # a bouncer
            (network("", ""), False, ""),
            (network("id:k3Xq9p,who:members", ""), False, "Only people with an account can send files here."),
            (network("id:k3Xq9p,who:moderators", ""), False, "Only moderators can send files here."),
            (network("id:k3Xq9p,who:nobody", ""), False, "Nobody can send files here now."),
            (network("id:k3Xq9p", ""), False, "Files cannot be sent here now."),
        ):
            with self.subTest(made.isupport):
                offer = attachment_texts.file_offer(made, made.conversations["#general"])
                self.assertEqual((offer.is_offered, offer.reason), (offered, reason))

    def test_they_are_not_where_one_cannot_write(self) -> None:
        made = network()
        general = made.conversations["#general"]
        self.assertFalse(attachment_texts.file_offer(made, None).is_offered)
        general.removal = Removal("Ben removed you", "")
        self.assertFalse(attachment_texts.file_offer(made, general).is_offered)
        general.removal, general.kind = None, "server"
        self.assertFalse(attachment_texts.file_offer(made, general).is_offered)
