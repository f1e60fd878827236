"""`run_server.py backup`: a copy of the database in a new file."""

from __future__ import annotations

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

from chatapp.server.cli.main import main
from chatapp.server.storage import settings
from chatapp.server.storage.data_folder import DATABASE
from chatapp.server.storage.database import Database


class BackupCommand(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = Path(folder.name)
        self.copy = self.data / "backup" / DATABASE
        self.copy.parent.mkdir()

    def backup(self) -> tuple[int, str, str]:
        """Return exit status, output and error output."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main(["backup", str(self.copy), "--data", str(self.data)])
        return status, out.getvalue(), err.getvalue()

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


if __name__ == "__main__":
    unittest.main()
