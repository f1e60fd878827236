"""`run_server.py log`: the moderation log on the command line."""

from __future__ import annotations

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

from chatapp.server.cli.main import main
from chatapp.server.storage import audit_log
from chatapp.server.storage.audit_log import AuditEntry
from chatapp.server.storage.data_folder import DATABASE
from chatapp.server.storage.database import Database

NOON = 1_773_316_800_000  # milliseconds: 2026-03-12T12:00:00Z


class LogCommand(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = Path(folder.name)

    def log(self, *options: str, status: int = 0) -> list[str]:
        """Return the printed lines."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            self.assertEqual(main(["log", "--data", str(self.data), *options]), status)
        return (err if status else out).getvalue().splitlines()

    def store(self, *entries: AuditEntry) -> None:
        with contextlib.closing(Database(self.data / DATABASE)) as store:
            store.write([audit_log.insert(entry) for entry in entries])

    def entry(self, number: int) -> AuditEntry:
        return AuditEntry(NOON + number, "ann!a@host", "ann", "KICK", f"#c{number}", "spam")

    def test_an_entry_is_a_line_of_time_actor_action_target_and_reason(self) -> None:
        self.store(self.entry(0))
        self.assertEqual(self.log(), ["2026-03-12T12:00:00.000Z  ann: KICK #c0  spam"])

    def test_the_latest_entries_are_printed_in_order(self) -> None:
        self.store(*map(self.entry, range(60)))
        self.assertEqual(len(self.log()), 50)
        targets = [line.split()[3] for line in self.log("--count", "3")]
        self.assertEqual(targets, ["#c57", "#c58", "#c59"])

    def test_a_count_that_is_not_a_number_is_refused(self) -> None:
        self.store()
        for text in ("-1", "x"):
            with self.subTest(text), contextlib.redirect_stderr(io.StringIO()) as err:
                self.assertRaises(SystemExit, main, ["log", "--data", str(self.data), f"--count={text}"])
                self.assertIn(f"must be a whole number of at least 0, not '{text}'", err.getvalue())

    def test_without_a_database_there_is_no_log(self) -> None:
        [line] = self.log(status=2)
        self.assertIn("there is no database", line)


if __name__ == "__main__":
    unittest.main()
