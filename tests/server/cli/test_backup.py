"""`run_server.py backup`: a copy of the database in a new file."""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

from chatapp.server.cli.main import main
from chatapp.server.storage import file_rows, settings
from chatapp.server.storage.data_folder import DATABASE, FILES
from chatapp.server.storage.database import Database
from chatapp.server.storage.file_contents import FileStore, place_of
from chatapp.server.storage.file_rows import StoredFile


class BackupTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = Path(folder.name)
        self.copy = self.data / "backup" / DATABASE
        self.copy.parent.mkdir()

    def backup(self, *options: str) -> tuple[int, str, str]:
        """Return exit status, output and error output."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main(["backup", str(self.copy), "--data", str(self.data), *options])
        return status, out.getvalue(), err.getvalue()


class BackupCommand(BackupTest):
    def test_a_server_can_use_the_copy_of_a_database_in_use(self) -> None:
        with contextlib.closing(Database(self.data / DATABASE)) as store:
            store.write([settings.upsert("name", b"value")])
            status, out, err = self.backup()
        self.assertEqual((status, err), (0, ""))
        self.assertEqual(out, f"Copied to {self.copy} ({self.copy.stat().st_size} bytes)\n")
        with contextlib.closing(Database(self.copy)) as store:
            self.assertEqual(settings.read(store, "name"), b"value")

    def test_an_existing_file_is_not_overwritten(self) -> None:
        Database(self.data / DATABASE).close()
        self.copy.write_text("precious")
        status, out, err = self.backup()
        self.assertEqual((status, out, err.count("\n")), (2, "", 1))
        self.assertIn(str(self.copy), err)
        self.assertEqual(self.copy.read_text(), "precious")

    def test_without_a_database_the_command_fails(self) -> None:
        status, out, err = self.backup()
        self.assertEqual((status, out, err.count("\n")), (2, "", 1))
        self.assertIn("there is no database", err)
        self.assertFalse(self.copy.exists())


class WithFiles(BackupTest):
    """The name decides whether the files of users are copied too."""

    def add_file(self) -> str:
        """Add a file and return the SHA-256 of its contents."""
        partial = FileStore(self.data / FILES).begin(10)
        partial.write(b"hello")
        sha256, size = partial.finish()
        row = StoredFile("id", "a.txt", "text/plain", sha256, size, "=ann", "ann", "=ann", 1)
        with contextlib.closing(Database(self.data / DATABASE)) as store:
            store.write(file_rows.insert(row))
        return sha256

    def test_a_name_without_an_ending_is_a_folder_with_everything(self) -> None:
        sha256 = self.add_file()
        self.copy = self.data / "backup" / "monday"
        expected = f"Copied to {self.copy} (the database and 5 bytes of files)\n"
        self.assertEqual(self.backup(), (0, expected, ""))
        self.assertTrue(FileStore(self.copy / FILES).is_intact(sha256))

    @unittest.skipIf(sys.platform == "win32", "the current folder cannot be replaced there")
    def test_the_folder_may_be_the_current_one_if_it_is_empty(self) -> None:
        sha256 = self.add_file()
        folder = self.data / "monday"
        folder.mkdir()
        self.copy = Path(".")
        with contextlib.chdir(folder):
            self.assertEqual(self.backup()[0], 0)
        self.assertTrue(FileStore(folder / FILES).is_intact(sha256))

    def test_a_zip_has_everything(self) -> None:
        self.add_file()
        self.copy = self.data / "monday.zip"
        self.assertEqual(self.backup()[0], 0)
        self.assertTrue(zipfile.is_zipfile(self.copy))

    def test_a_database_alone_says_what_it_lacks(self) -> None:
        self.add_file()
        status, _, err = self.backup()
        self.assertEqual((status, err.count("\n")), (0, 1))
        self.assertIn("Without the 1 file of users", err)

    def test_without_files_it_is_the_database_whatever_the_name_is(self) -> None:
        self.add_file()
        self.copy = self.data / "monday"
        self.assertEqual(self.backup("--without-files")[2], "")
        self.assertTrue(self.copy.is_file())

    def test_missing_contents_are_reported(self) -> None:
        sha256 = self.add_file()
        (self.data / FILES / place_of(sha256)).unlink()
        self.copy = self.data / "monday"
        status, _, err = self.backup()
        self.assertEqual(status, 1)
        self.assertIn(sha256, err)


if __name__ == "__main__":
    unittest.main()
