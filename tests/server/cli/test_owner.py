"""`run_server.py owner`: the key of the owner from the standard input."""

from __future__ import annotations

import contextlib
import io
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatapp.server.cli.main import main
from chatapp.server.storage.audit_log import latest
from chatapp.server.storage.data_folder import DATABASE
from chatapp.server.storage.database import Database
from chatapp.server.storage.first_start import is_owner_key
from chatapp.server.storage.reader import Reader

KEY = "the key of the owner"


class OwnerCommand(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = Path(folder.name)
        Database(self.data / DATABASE).close()

    def owner(self, typed: str, status: int = 0) -> str:
        """Return what is printed."""
        out, err = io.StringIO(), io.StringIO()
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            mock.patch("sys.stdin", io.StringIO(typed)),
        ):
            self.assertEqual(main(["owner", "--data", str(self.data)]), status)
        return (err if status else out).getvalue()

    def stored(self, key: str) -> bool:
        with contextlib.closing(Reader(self.data / DATABASE)) as reader:
            return is_owner_key(reader, key)

    def test_each_window_of_the_owner_has_its_key(self) -> None:
        self.owner(f"{KEY}\n")
        self.assertTrue(self.stored(KEY))
        self.owner("another key of the owner\n")
        self.assertEqual((True, True), (self.stored(KEY), self.stored("another key of the owner")))

    def test_the_change_is_in_the_moderation_log_but_not_the_key(self) -> None:
        self.owner(f"{KEY}\n")
        self.owner(f"{KEY}\n")
        with contextlib.closing(Reader(self.data / DATABASE)) as reader:
            [entry] = latest(reader, 10)
        self.assertEqual(("OWNER", "added"), (entry.action, entry.details))
        self.assertNotIn(KEY, repr(entry))

    def test_what_is_no_key_is_refused(self) -> None:
        for typed in ("", "\n", "short\n", "x" * 201):
            with self.subTest(typed[:9]):
                self.assertIn("no owner key", self.owner(typed, status=2))
                self.assertFalse(self.stored(typed.strip()))

    def test_without_a_database_there_is_no_owner(self) -> None:
        (self.data / DATABASE).unlink()
        self.assertIn("there is no database", self.owner(f"{KEY}\n", status=2))
