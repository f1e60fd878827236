"""The data folder: its files, its lock, and the detection of replaced files."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import unittest
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

from chatapp.server.storage import data_folder
from chatapp.server.storage.data_folder import DATABASE, CannotUse


class FolderTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.file = self.folder / "file"
        self.file.write_text("x")


class Folders(FolderTest):
    def test_a_user_without_a_home_folder_gets_an_explanation(self) -> None:
        with (
            patch("chatapp.server.storage.data_folder.folders.server_data_folder", side_effect=RuntimeError),
            self.assertRaisesRegex(CannotUse, "set HOME, or name the data folder with --data"),
        ):
            data_folder.default_folder()

    def test_a_new_folder_is_accessible_by_its_owner_only(self) -> None:
        data_folder.create(self.folder / "a" / "b")
        self.assertTrue((self.folder / "a" / "b").is_dir())
        if os.name == "posix":
            self.assertEqual((self.folder / "a" / "b").stat().st_mode & 0o077, 0)
        data_folder.create(self.folder / "a" / "b")

    def test_a_file_is_not_a_folder(self) -> None:
        for path in (self.file, self.file / "below"):
            with (
                self.subTest(path),
                self.assertRaisesRegex(CannotUse, "it is a file, .*choose one with --data"),
            ):
                data_folder.create(path)

    def test_the_database_of_a_folder_is_found(self) -> None:
        with self.assertRaisesRegex(
            CannotUse, "there is no database in .*; name the data folder with --data"
        ):
            data_folder.database(self.folder)
        (self.folder / DATABASE).touch()
        self.assertEqual(data_folder.database(self.folder), self.folder / DATABASE)

    def test_without_a_folder_the_default_is_used(self) -> None:
        (self.folder / DATABASE).touch()
        with patch.object(data_folder, "default_folder", return_value=self.folder):
            self.assertEqual(data_folder.database(None), self.folder / DATABASE)


class Locks(FolderTest):
    def test_only_one_server_at_a_time_uses_a_folder(self) -> None:
        with data_folder.lock_folder(self.folder), self.assertRaisesRegex(CannotUse, "another server uses"):
            data_folder.lock_folder(self.folder)
        data_folder.lock_folder(self.folder).close()


class Files(FolderTest):
    def test_a_file_is_the_same_while_it_is_written(self) -> None:
        before = data_folder.file_identity(self.file)
        self.file.write_text("y")
        self.assertIsNotNone(before)
        self.assertEqual(data_folder.file_identity(self.file), before)

    @unittest.skipIf(os.name == "nt", "an open file cannot be replaced there")
    def test_another_file_of_the_same_name_is_different(self) -> None:
        before = data_folder.file_identity(self.file)
        self.file.rename(self.folder / "old")
        self.file.write_text("x")
        self.assertNotEqual(data_folder.file_identity(self.file), before)

    def test_a_missing_file(self) -> None:
        self.assertIsNone(data_folder.file_identity(self.folder / "none"))
        self.assertIsNone(data_folder.file_identity(self.file / "below"))

    def test_files_and_folders_are_removed(self) -> None:
        folder = self.folder / "full"
        folder.mkdir()
        (folder / "x").touch()
        for path in (self.file, folder, self.folder / "none"):
            data_folder.remove(path)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_database_of_any_name_can_be_attached(self) -> None:
        other = self.folder / "it's.db"
        with closing(sqlite3.connect(":memory:")) as database:
            database.execute("ATTACH ? AS other", (data_folder.attachable(other),))
            database.execute("CREATE TABLE other.t (a)")
        self.assertTrue(other.is_file())
