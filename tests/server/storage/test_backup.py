"""Copies of a database in use."""

from __future__ import annotations

import sqlite3
import stat
import sys
import tempfile
import unittest
from contextlib import closing
from pathlib import Path

from chatapp.server.storage import backup, data_folder, settings
from chatapp.server.storage.data_folder import CannotUse
from chatapp.server.storage.database import Database


class Copies(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.store = Database(self.folder / data_folder.DATABASE)
        self.addCleanup(self.store.close)
        self.store.write([settings.upsert("colour", b"green")])
        self.copy = self.folder / "copy.db"

    def make_copy(self) -> None:
        with closing(sqlite3.connect(data_folder.database(self.folder))) as database:
            backup.copy(database, self.copy)

    def test_a_copy_contains_all_stored_data_and_can_be_opened(self) -> None:
        self.make_copy()
        self.store.write([settings.upsert("colour", b"red")])
        with closing(Database(self.copy)) as copy:
            self.assertEqual(settings.read(copy, "colour"), b"green")

    @unittest.skipIf(sys.platform == "win32", "Windows keeps what is in the user's folder to the user")
    def test_only_the_owner_can_read_the_copy(self) -> None:
        self.make_copy()
        self.assertEqual(stat.S_IMODE(self.copy.stat().st_mode), 0o600)

    def test_no_file_is_overwritten(self) -> None:
        self.copy.write_text("something of mine")
        with self.assertRaisesRegex(CannotUse, "exists already"):
            self.make_copy()
        self.assertEqual(self.copy.read_text(), "something of mine")

    def test_a_failed_copy_leaves_no_file(self) -> None:
        with self.assertRaises(sqlite3.Error), closing(sqlite3.connect(self.folder / "broken")) as broken:
            (self.folder / "broken").write_bytes(b"no database at all, but longer than a header is" * 100)
            backup.copy(broken, self.copy)
        self.assertFalse(self.copy.exists())

    def test_a_folder_that_cannot_be_written(self) -> None:
        self.copy = self.folder / "nowhere" / "copy.db"
        with self.assertRaisesRegex(CannotUse, "cannot write .*nowhere"):
            self.make_copy()

    def test_a_folder_without_a_database(self) -> None:
        with self.assertRaisesRegex(CannotUse, "there is no database in .* name the data folder with --data"):
            data_folder.database(self.folder / "empty")


if __name__ == "__main__":
    unittest.main()
