"""The folders for settings, data and caches of a user, on each system."""

from __future__ import annotations

import os
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatapp.system.folders import cache_folder, downloads_folder, server_data_folder, settings_folder

FOLDERS = (settings_folder, server_data_folder, cache_folder)
HOME = {"HOME": "/home/ann", "USERPROFILE": "/home/ann"}


def on(platform: str, **environment: str) -> tuple[str, ...]:
    """Return the folders for settings, data and caches, with a home folder and these variables."""
    with (
        mock.patch.object(sys, "platform", platform),
        mock.patch.dict(os.environ, {**HOME, **environment}, clear=True),
    ):
        return tuple(folder().as_posix() for folder in FOLDERS)


def downloads(platform: str, **environment: str) -> str:
    """Return the folder for downloads, with a home folder and these variables."""
    with (
        mock.patch.object(sys, "platform", platform),
        mock.patch.dict(os.environ, {**HOME, **environment}, clear=True),
    ):
        return downloads_folder().as_posix()


class Folders(unittest.TestCase):
    def test_each_system_has_its_own_folders(self) -> None:
        support = "/home/ann/Library/Application Support/Chatapp"
        unix = (
            "/home/ann/.config/chatapp",
            "/home/ann/.local/share/chatapp/server",
            "/home/ann/.cache/chatapp",
        )
        windows = "/home/ann/AppData"
        for platform, *folders in (
            ("linux", *unix),
            ("freebsd14", *unix),
            ("darwin", support, f"{support}/server", "/home/ann/Library/Caches/Chatapp"),
            (
                "win32",
                f"{windows}/Roaming/Chatapp",
                f"{windows}/Local/Chatapp/server",
                f"{windows}/Local/Chatapp/cache",
            ),
        ):
            with self.subTest(platform):
                self.assertEqual(on(platform), tuple(folders))

    def test_environment_variables_name_other_folders(self) -> None:
        self.assertEqual(
            on("linux", XDG_CONFIG_HOME="/c", XDG_DATA_HOME="/d", XDG_CACHE_HOME="/e"),
            ("/c/chatapp", "/d/chatapp/server", "/e/chatapp"),
        )
        self.assertEqual(
            on("win32", APPDATA="/roaming", LOCALAPPDATA="/local"),
            ("/roaming/Chatapp", "/local/Chatapp/server", "/local/Chatapp/cache"),
        )

    def test_downloads_go_to_the_folder_of_the_user(self) -> None:
        for platform in ("linux", "darwin", "win32"):
            with self.subTest(platform):
                self.assertEqual("/home/ann/Downloads", downloads(platform, XDG_CONFIG_HOME="/no/such"))

    def test_on_linux_the_user_may_have_chosen_another_folder_for_downloads(self) -> None:
        table = {
            'XDG_DESKTOP_DIR="$HOME/Desk"\nXDG_DOWNLOAD_DIR="$HOME/Geholtes"\n': "/home/ann/Geholtes",
            'XDG_DOWNLOAD_DIR="/data/down"': "/data/down",
            'XDG_DOWNLOAD_DIR="elsewhere"': "/home/ann/Downloads",
            "": "/home/ann/Downloads",
        }
        folder = self.enterContext(tempfile.TemporaryDirectory())
        for text, expected in table.items():
            Path(folder, "user-dirs.dirs").write_text(text, "utf-8")
            with self.subTest(text):
                self.assertEqual(expected, downloads("linux", XDG_CONFIG_HOME=folder))

    def test_a_user_without_a_home_folder_has_none(self) -> None:
        with mock.patch.object(Path, "home", side_effect=RuntimeError("no home")):
            for folder in FOLDERS:
                with self.subTest(folder.__name__), mock.patch.dict(os.environ, {}, clear=True):
                    self.assertRaises(RuntimeError, folder)


if __name__ == "__main__":
    unittest.main()
