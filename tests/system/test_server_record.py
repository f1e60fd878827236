"""The record of a server in its data folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from chatapp.system.server_record import FILE, ServerRecord
from tests.errors import Quiet

RECORD = ServerRecord(5001, "ircs://192.0.2.7:5001/general", "ab" * 32, "Room 12")


class Records(Quiet):
    def setUp(self) -> None:
        super().setUp()
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.folder = Path(directory.name)

    def test_it_is_loaded_as_it_was_stored(self) -> None:
        RECORD.save(self.folder)
        self.assertEqual(RECORD, ServerRecord.load(self.folder))
        self.assertEqual([FILE], os.listdir(self.folder))

    def test_only_the_user_can_read_it(self) -> None:
        RECORD.save(self.folder)
        if os.name == "posix":
            self.assertEqual(0o600, (self.folder / FILE).stat().st_mode & 0o777)

    def test_one_of_an_earlier_version_has_no_name(self) -> None:
        (self.folder / FILE).write_text('{"port": 5001, "link": "x", "fingerprint": ""}')
        self.assertEqual(ServerRecord(5001, "x"), ServerRecord.load(self.folder))

    def test_what_is_no_record_is_ignored(self) -> None:
        self.assertIsNone(ServerRecord.load(self.folder))
        for text in ("", "[]", "7", "{}", '{"port": 0, "link": "", "fingerprint": ""}', "[" * 9000,
                     '{"port": 5000, "link": 7, "fingerprint": ""}', '{"port": 5000}'):  # fmt: skip
            with self.subTest(text[:40]):
                (self.folder / FILE).write_text(text)
                self.assertIsNone(ServerRecord.load(self.folder))

    def test_a_record_that_cannot_be_written_is_logged(self) -> None:
        with self.assertLogs("chatapp", "WARNING") as logs:
            RECORD.save(self.folder / "missing")
        self.assertIn("record of the server", logs.output[0])
