"""The moderation log as a table."""

from __future__ import annotations

import csv
import io
import tempfile
import unittest
from pathlib import Path
from queue import SimpleQueue

from chatapp.client.local.log_file import COLUMNS, MARK, write, write_soon
from chatapp.client.model.server_overview import LogEntry

DEADLINE = 20.0  # seconds
NOON = 1773316800.0  # 2026-03-12T12:00:00Z


class LogFile(unittest.TestCase):
    def setUp(self) -> None:
        self.path = Path(self.enterContext(tempfile.TemporaryDirectory())) / "log.csv"

    def rows(self) -> list[list[str]]:
        text = self.path.read_bytes().decode()
        self.assertTrue(text.startswith(MARK))
        return list(csv.reader(io.StringIO(text.removeprefix(MARK))))

    def test_every_entry_is_a_row_with_its_sentence(self) -> None:
        self.assertEqual(
            write(self.path, [LogEntry(7, NOON, "ben", "KICK", "eve!e@h", 'from #c: "rude", twice')]), ""
        )
        what = 'removed eve from #c: "rude", twice'
        row = ["2026-03-12T12:00:00.000Z", "ben", what, "KICK", "eve!e@h", 'from #c: "rude", twice']
        self.assertEqual(self.rows(), [list(COLUMNS), row])

    def test_no_cell_is_a_formula(self) -> None:
        write(self.path, [LogEntry(7, None, "@ben", "BAN", "=1+1", "+cmd")])
        _, row = self.rows()
        self.assertEqual((row[1], row[4], row[5]), ("'@ben", "'=1+1", "'+cmd"))

    def test_the_outcome_is_reported(self) -> None:
        done: SimpleQueue[str] = SimpleQueue()
        write_soon(self.path, [], done.put)
        self.assertEqual(done.get(timeout=DEADLINE), "")
        write_soon(self.path / "below" / "log.csv", [], done.put)
        self.assertIn("could not be written", done.get(timeout=DEADLINE))


if __name__ == "__main__":
    unittest.main()
