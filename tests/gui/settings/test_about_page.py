"""The page "About"."""

from __future__ import annotations

import platform
from pathlib import Path
from unittest import mock

import chatapp
from chatapp.gui.settings.about_page import NOT_OPENED, AboutPage, versions
from chatapp.gui.widgets.copy_button import COPIED
from tests.gui.settings.settings_case import SettingsCase


class AboutPageTest(SettingsCase):
    def setUp(self) -> None:
        super().setUp()
        view = self.open("about")
        assert isinstance(view, AboutPage)
        self.page = view

    def test_versions_are_those_of_this_program(self) -> None:
        self.assertIn(platform.python_version(), versions(self.page))

    def test_the_details_of_a_report_hold_no_names_and_no_folders(self) -> None:
        self.settings.name = "ana"
        self.page.copy_button.invoke()
        copied = str(self.root.clipboard_get())
        for part in (
            f"Chatapp {chatapp.__version__}",
            platform.python_version(),
            "dark",
            "scale",
            "11 points",
        ):
            self.assertIn(part, copied)
        for secret in ("ana\n", str(self.folder), platform.node(), str(Path.home())):
            self.assertNotIn(secret, copied)
        self.assertEqual(self.page.copy_button.cget("text"), COPIED)

    def test_the_details_of_a_report_name_the_program_of_the_server(self) -> None:
        self.client.network.server_software = "ngircd-26.1"
        self.page.copy_button.invoke()
        self.assertIn("Server: ngircd-26.1\n", str(self.root.clipboard_get()))

    def test_the_folder_is_opened_or_the_row_says_why_not(self) -> None:
        self.assertEqual(self.page.folder_row.note, str(self.folder))
        button = self.page.folder_row.control
        assert button is not None
        with mock.patch("subprocess.Popen") as start:
            self.root.tk.call(str(button), "invoke")
        self.assertEqual(start.call_args.args[0][-1], str(self.folder))
        self.assertEqual(self.page.folder_row.problem, "")
        with mock.patch("subprocess.Popen", side_effect=FileNotFoundError):
            self.root.tk.call(str(button), "invoke")
        self.assertEqual(self.page.folder_row.problem, NOT_OPENED)
