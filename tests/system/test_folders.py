"""The folders for settings and data of a user, on each system."""

from __future__ import annotations

import os
import sys
import unittest
from pathlib import Path
from unittest import mock

from chatapp.system.folders import server_data_folder, settings_folder

HOME = {"HOME": "/home/ann", "USERPROFILE": "/home/ann"}


def on(platform: str, **environment: str) -> tuple[str, str]:
    """Return the folders for settings and data on a system, with a home folder and these variables."""
    with (
        mock.patch.object(sys, "platform", platform),
        mock.patch.dict(os.environ, {**HOME, **environment}, clear=True),
    ):
        return settings_folder().as_posix(), server_data_folder().as_posix()


class Folders(unittest.TestCase):
    def test_each_system_has_its_own_folders(self) -> None:
        support = "/home/ann/Library/Application Support/Chatapp"
        for platform, settings, data in (
            ("linux", "/home/ann/.config/chatapp", "/home/ann/.local/share/chatapp/server"),
            ("freebsd14", "/home/ann/.config/chatapp", "/home/ann/.local/share/chatapp/server"),
            ("darwin", support, f"{support}/server"),
            ("win32", "/home/ann/AppData/Roaming/Chatapp", "/home/ann/AppData/Local/Chatapp/server"),
        ):
            with self.subTest(platform):
                self.assertEqual(on(platform), (settings, data))

    def test_environment_variables_name_other_folders(self) -> None:
        self.assertEqual(
            on("linux", XDG_CONFIG_HOME="/c", XDG_DATA_HOME="/d"), ("/c/chatapp", "/d/chatapp/server")
        )
        self.assertEqual(
            on("win32", APPDATA="/roaming", LOCALAPPDATA="/local"),
            ("/roaming/Chatapp", "/local/Chatapp/server"),
        )

    def test_a_user_without_a_home_folder_has_none(self) -> None:
        with mock.patch.object(Path, "home", side_effect=RuntimeError("no home")):
            for folder in (settings_folder, server_data_folder):
                with self.subTest(folder.__name__), mock.patch.dict(os.environ, {}, clear=True):
                    self.assertRaises(RuntimeError, folder)


if __name__ == "__main__":
    unittest.main()
