"""What can be done to a file depends on what is known of it and whether it was downloaded."""

from __future__ import annotations

import unittest
from pathlib import Path

from chatapp.client.model.files import FileDownload
from chatapp.gui.transcript.file_deeds import DEEDS, deeds_of, main_deed
from tests.gui.transcript.files import card


class FileDeedsTest(unittest.TestCase):
    def test_the_button_follows_the_download(self) -> None:
        folder = Path("downloads")
        for download, deed in (
            (None, "download"),
            (FileDownload(folder, state="waiting"), "cancel"),
            (FileDownload(folder, state="running"), "cancel"),
            (FileDownload(folder, state="done", path=folder / "plan.pdf"), "open"),
            (FileDownload(folder, state="failed"), "download"),
            (FileDownload(folder, state="cancelled"), "download"),
        ):
            with self.subTest(download=download):
                self.assertEqual(main_deed(card(download=download)), deed)

    def test_a_file_that_is_gone_has_no_button_unless_it_was_downloaded(self) -> None:
        self.assertIsNone(main_deed(card(state="gone")))
        done = FileDownload(Path("downloads"), state="done", path=Path("downloads/plan.pdf"))
        self.assertEqual(main_deed(card(state="gone", download=done)), "open")

    def test_the_menu_offers_what_is_possible(self) -> None:
        self.assertEqual(deeds_of(card(), may_delete=False), ["download", "save", "copy"])
        self.assertEqual(deeds_of(card(), may_delete=True)[-1], "delete")
        picture = card("board.png", media_type="image/png")
        self.assertEqual(deeds_of(picture, may_delete=False)[0], "view")
        done = FileDownload(Path("downloads"), state="done", path=Path("downloads/plan.pdf"))
        self.assertEqual(deeds_of(card(download=done), may_delete=False)[:2], ["open", "folder"])
        self.assertEqual(deeds_of(card(state="failed"), may_delete=False)[0], "retry")

    def test_of_a_file_that_is_gone_only_the_link_can_be_copied(self) -> None:
        self.assertEqual(deeds_of(card(state="gone"), may_delete=True), ["copy"])

    def test_what_destroys_is_marked(self) -> None:
        self.assertEqual([deed for deed, look in DEEDS.items() if look.dangerous], ["delete"])
