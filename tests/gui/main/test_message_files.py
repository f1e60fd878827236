"""What the user does to files of messages reaches the client and the system."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest import mock

from chatapp.client.model.files import FileCard, FileDownload
from chatapp.gui.widgets.dialog import QuestionDialog
from tests.gui.transcript.files import card
from tests.gui.window_case import WindowCase


class MessageFilesTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.enter()
        self.files = self.window.pane.files
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def done(self, name: str = "plan.pdf") -> FileCard:
        """Return the card of a file that was downloaded."""
        path = self.folder / name
        path.write_bytes(b"x")
        return card(name, download=FileDownload(self.folder, state="done", path=path))

    def test_a_click_downloads_into_the_folder_of_the_settings(self) -> None:
        self.client.files.options.folder = self.folder
        shown = card()
        self.files.do(shown, "download")
        assert shown.download is not None
        self.assertEqual((shown.download.folder, shown.download.name), (self.folder, ""))
        self.files.do(shown, "cancel")
        self.assertEqual(shown.download.state, "cancelled")

    def test_save_as_keeps_the_chosen_name(self) -> None:
        shown = card()
        with mock.patch("tkinter.filedialog.asksaveasfilename", return_value=""):
            self.files.do(shown, "save")
        self.assertIsNone(shown.download)
        chosen = str(self.folder / "mine.pdf")
        with mock.patch("tkinter.filedialog.asksaveasfilename", return_value=chosen):
            self.files.do(shown, "save")
        assert shown.download is not None
        self.assertEqual((shown.download.folder, shown.download.name), (self.folder, "mine.pdf"))

    def test_a_downloaded_file_is_opened_and_shown_in_its_folder(self) -> None:
        shown = self.done()
        with mock.patch("chatapp.system.open_file.open_file", return_value=None) as opened:
            self.files.do(shown, "open")
        opened.assert_called_once_with(self.folder / "plan.pdf")
        with mock.patch("chatapp.system.open_file.show_in_folder", return_value=None) as opened:
            self.files.do(shown, "folder")
        opened.assert_called_once_with(self.folder / "plan.pdf")

    def test_a_file_that_was_moved_can_be_downloaded_again(self) -> None:
        shown = self.done()
        (self.folder / "plan.pdf").unlink()
        self.files.do(shown, "open")
        self.assertIsNone(shown.download)

    def test_the_link_is_copied(self) -> None:
        shown = card()
        self.files.do(shown, "copy")
        self.assertEqual(self.root.clipboard_get(), shown.link.url)

    def test_links_in_texts_are_opened_and_copied_as_they_work_here(self) -> None:
        self.client.network.isupport = {**self.client.network.isupport, "chatapp/FILES": "id:k3Xq9p"}
        path = "/files/k3Xq9pA1b2C3d4E5f6G7h8I9j0_-/a.txt"
        link, here = f"https://10.0.0.1:5000{path}", f"http://127.0.0.1:{self.server.port}{path}"
        handlers = self.window.pane.transcript.input._handlers
        with mock.patch("webbrowser.open") as opened:
            handlers.on_link(link)
        opened.assert_called_once_with(here)
        handlers.on_copy_link(link)
        self.assertEqual(self.root.clipboard_get(), here)
        handlers.on_copy_link("#help")
        self.assertEqual(self.root.clipboard_get(), "#help")

    def test_the_user_is_asked_before_a_file_is_deleted(self) -> None:
        self.files.do(card(), "delete")
        (dialog,) = (each for each in self.root.winfo_children() if isinstance(each, QuestionDialog))
        self.assertIn("plan.pdf", dialog.title())
        dialog.buttons["Cancel"].invoke()

    def test_without_such_a_server_nothing_can_be_deleted(self) -> None:
        entry = self.client.network.entry("message", 0, "ana", "x")
        entry.own = True
        self.assertNotIn("delete", self.files.deeds(entry, card()))
