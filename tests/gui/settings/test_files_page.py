"""The page "Files"."""

from __future__ import annotations

from unittest import mock

from chatapp.client.model.changes import StatusChanged
from chatapp.client.model.file_service import FileService
from chatapp.gui.settings.files_page import FilesPage, limits
from tests.gui.settings.settings_case import SettingsCase


class FilesPageTest(SettingsCase):
    def view(self) -> FilesPage:
        view = self.open("files")
        assert isinstance(view, FilesPage)
        return view

    def test_the_folder_for_downloads_is_chosen_and_given_back(self) -> None:
        view = self.view()
        self.assertEqual(view.folder.note, str(self.client.files.usual_folder))
        with mock.patch("tkinter.filedialog.askdirectory", return_value=str(self.folder)):
            view.choose.invoke()
        self.assertEqual(self.settings.download_folder, str(self.folder))
        self.assertEqual(view.folder.note, str(self.folder))
        self.assertEqual(self.changed[-1], "download_folder")
        view.usual.invoke()
        self.assertEqual(self.settings.download_folder, "")

    def test_nothing_changes_if_the_user_cancels(self) -> None:
        view = self.view()
        with mock.patch("tkinter.filedialog.askdirectory", return_value=""):
            view.choose.invoke()
        self.assertEqual(self.changed, [])

    def test_without_pictures_there_is_nothing_to_load(self) -> None:
        self.settings.show_pictures = False
        self.assertTrue(self.view().loads.instate(["disabled"]))
        self.settings.show_pictures = True
        self.controller.setting_changed()
        self.assertFalse(self.view().loads.instate(["disabled"]))

    def test_the_space_of_pictures_is_shown_and_freed(self) -> None:
        view = self.view()
        self.assertTrue(view.clear.instate(["disabled"]))
        with mock.patch.object(type(self.client.files), "stored_bytes", return_value=12_000_000):
            view.show()
            self.assertTrue(view.stored.note.startswith("12 MB"))
        with mock.patch.object(type(self.client.files), "clear_pictures") as cleared:
            view.clear.invoke()
        cleared.assert_called_once()
        self.assertEqual(view.stored.note, "None are stored.")

    def test_the_limits_follow_the_server(self) -> None:
        view = self.view()
        self.assertEqual(view.server.note, "You are not connected.")
        network = self.client.network
        network.state, network.isupport = "online", {"chatapp/FILES": "id:k3Xa9_,max:25000000,days:90"}
        view.apply(StatusChanged(network))
        self.assertEqual(view.server.note, "A file can be up to 25 MB. Files are kept for 90 days.")


class LimitsTest(SettingsCase):
    def test_what_a_server_does_is_told_in_sentences(self) -> None:
        for service, text in (
            (None, "This server does not keep files."),
            (FileService("k3Xa9_"), "Files are kept until somebody deletes them."),
            (
                FileService("k3Xa9_", 1_000_000, 1, "members"),
                "A file can be up to 1.0 MB. Files are kept for 1 day. "
                "Only people with an account can send files here.",
            ),
        ):
            with self.subTest(service=service):
                self.assertEqual(limits(service), text)
