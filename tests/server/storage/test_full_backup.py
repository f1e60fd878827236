"""Backups with the files of users."""

from __future__ import annotations

import stat
import sys
import tempfile
import unittest
import zipfile
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

from chatapp.server.storage import data_folder, file_rows, full_backup
from chatapp.server.storage.data_folder import CannotUse
from chatapp.server.storage.database import Database
from chatapp.server.storage.file_contents import FileStore, place_of
from chatapp.server.storage.file_rows import StoredFile


class BackupTest(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.data = self.folder / "data"
        self.data.mkdir()
        self.store = Database(self.data / data_folder.DATABASE)
        self.addCleanup(self.store.close)
        self.contents = FileStore(self.data / data_folder.FILES)
        self.one, self.other = self.add("one"), self.add("other")
        self.target = self.folder / "copy"

    def add(self, body: str) -> str:
        """Add a file and return the SHA-256 of its contents."""
        partial = self.contents.begin(100)
        partial.write(body.encode())
        sha256, size = partial.finish()
        row = StoredFile(body, f"{body}.txt", "text/plain", sha256, size, "=ann", "ann", "=ann", 1)
        self.store.write(file_rows.insert(row))
        return sha256

    def assertComplete(self, data: Path) -> None:
        """Check that a folder can be used as a data folder with both files."""
        with closing(Database(data / data_folder.DATABASE)) as store:
            self.assertEqual(file_rows.all_contents(store), {self.one: 3, self.other: 5})
        contents = FileStore(data / data_folder.FILES)
        for sha256, body in ((self.one, b"one"), (self.other, b"other")):
            with contents.open(sha256) as file:
                self.assertEqual(file.read(), body)

    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())


class Folders(BackupTest):
    def test_a_folder_can_be_used_as_a_data_folder(self) -> None:
        copied = full_backup.to_folder(self.data, self.target)
        self.assertEqual(copied, (2, 8, []))
        self.assertComplete(self.target)
        self.assertEqual(self.names(), ["copy", "data"])

    def test_an_empty_folder_is_filled_and_another_is_not_touched(self) -> None:
        self.target.mkdir()
        full_backup.to_folder(self.data, self.target)
        self.assertComplete(self.target)
        with self.assertRaisesRegex(CannotUse, "exists already"):
            full_backup.to_folder(self.data, self.target)
        self.assertComplete(self.target)

    @unittest.skipIf(sys.platform == "win32", "Windows keeps what is in the user's folder to the user")
    def test_only_the_owner_can_read_it(self) -> None:
        full_backup.to_folder(self.data, self.target)
        for path in (self.target, *self.target.rglob("*")):
            self.assertFalse(stat.S_IMODE(path.stat().st_mode) & 0o077, path)

    def test_missing_and_damaged_contents_are_named(self) -> None:
        (self.data / data_folder.FILES / place_of(self.one)).unlink()
        (self.data / data_folder.FILES / place_of(self.other)).write_bytes(b"OTHER")
        copied = full_backup.to_folder(self.data, self.target)
        self.assertEqual(set(copied.problems), {self.one, self.other})

    def test_a_full_disk_leaves_nothing(self) -> None:
        with (
            patch.object(full_backup, "_copy", side_effect=OSError(28, "No space left on device")),
            self.assertRaisesRegex(CannotUse, "cannot write .*copy: No space left"),
        ):
            full_backup.to_folder(self.data, self.target)
        self.assertEqual(self.names(), ["data"])

    def test_a_place_that_cannot_be_written(self) -> None:
        with self.assertRaisesRegex(CannotUse, "cannot write"):
            full_backup.to_folder(self.data, self.folder / "nowhere" / "copy")


class Zips(BackupTest):
    def setUp(self) -> None:
        super().setUp()
        self.target = self.folder / "copy.zip"

    def test_what_is_in_it_can_be_used_as_a_data_folder(self) -> None:
        copied = full_backup.to_zip(self.data, self.target)
        self.assertEqual(copied, (2, 8, []))
        with zipfile.ZipFile(self.target) as archive:
            archive.extractall(self.folder / "restored")
        self.assertComplete(self.folder / "restored")
        self.assertEqual(self.names(), ["copy.zip", "data", "restored"])

    def test_an_existing_file_is_not_overwritten(self) -> None:
        self.target.write_text("precious")
        with self.assertRaisesRegex(CannotUse, "exists already"):
            full_backup.to_zip(self.data, self.target)
        self.assertEqual(self.target.read_text(), "precious")

    def test_a_full_disk_leaves_nothing(self) -> None:
        with (
            patch.object(full_backup, "_copy", side_effect=OSError(28, "No space left on device")),
            self.assertRaisesRegex(CannotUse, "cannot write .*copy.zip: No space left"),
        ):
            full_backup.to_zip(self.data, self.target)
        self.assertEqual(self.names(), ["data"])


class Databases(BackupTest):
    def test_the_database_alone_is_copied(self) -> None:
        full_backup.to_database(self.data, self.target)
        with closing(Database(self.target)) as store:
            self.assertEqual(file_rows.all_contents(store), {self.one: 3, self.other: 5})
        self.assertEqual(self.names(), ["copy", "data"])
        with self.assertRaisesRegex(CannotUse, "exists already"):
            full_backup.to_database(self.data, self.target)

    def test_a_failure_leaves_no_half_database(self) -> None:
        with (
            patch("chatapp.server.storage.backup.copy", side_effect=OSError(28, "No space left on device")),
            self.assertRaisesRegex(CannotUse, "cannot write .*copy: No space left"),
        ):
            full_backup.to_database(self.data, self.target)
        self.assertEqual(self.names(), ["data"])


class Older(BackupTest):
    def test_a_database_of_a_version_without_files_is_copied(self) -> None:
        self.store.rows("DROP TABLE contents")
        self.assertEqual(full_backup.to_folder(self.data, self.target), (0, 0, []))
