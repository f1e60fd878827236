"""A JSON file: loaded if possible, written completely or not at all."""

from __future__ import annotations

import json
import os
import stat
import tempfile
import threading
import unittest
from pathlib import Path
from unittest import mock

from chatapp.client import json_file
from tests.errors import Quiet

PATIENCE = 20.0


class Files(Quiet):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.path = self.folder / "deep" / "table.json"

    def test_saved_data_are_loaded(self) -> None:
        table = {"name": "小明", "servers": ["a:1", "b:2"], "sizes": {"x": 1}}
        json_file.save(self.path, table)
        self.assertEqual(table, json_file.load(self.path))
        self.assertEqual([self.path], list(self.path.parent.iterdir()))

    def test_a_missing_file_is_empty(self) -> None:
        with self.assertNoLogs("chatapp"):
            self.assertEqual({}, json_file.load(self.path))

    def test_a_broken_file_is_renamed_and_logged(self) -> None:
        self.path.parent.mkdir()
        for text in (b"", b"[1]", b"{", b"\xff\xfe", b"[" * 100_000):
            with self.subTest(text[:4]), self.assertLogs("chatapp", "WARNING"):
                self.path.write_bytes(text)
                self.assertEqual({}, json_file.load(self.path))
                self.assertFalse(self.path.exists())
                self.assertEqual(text, self.path.with_name("table.json.broken").read_bytes())

    @unittest.skipUnless(os.name == "posix", "file modes are of POSIX")
    def test_only_the_user_can_read_it(self) -> None:
        self.path.parent.mkdir()
        self.path.touch(0o644)
        json_file.save(self.path, {})
        self.assertEqual(0o600, stat.S_IMODE(self.path.stat().st_mode))

    def test_after_a_failure_only_the_old_file_exists(self) -> None:
        json_file.save(self.path, {"old": 1})
        with mock.patch("os.fsync", side_effect=OSError("disk full")), self.assertRaises(OSError):
            json_file.save(self.path, {"new": 2})
        self.assertEqual({"old": 1}, json.loads(self.path.read_text()))
        self.assertEqual([self.path], list(self.path.parent.iterdir()))

    def test_characters_that_utf_8_cannot_encode_are_replaced(self) -> None:
        json_file.save(self.path, {"name": "a\ud800b"})
        self.assertEqual({"name": "a?b"}, json_file.load(self.path))

    def test_threads_change_a_locked_file_one_after_the_other(self) -> None:
        json_file.save(self.path, {"count": 0})

        def add() -> None:
            for _ in range(20):
                with json_file.locked(self.path):
                    json_file.save(self.path, {"count": json_file.load(self.path)["count"] + 1})

        threads = [threading.Thread(target=add, daemon=True) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        self.assertEqual({"count": 60}, json_file.load(self.path))

    def test_without_file_locks_the_block_runs_nevertheless(self) -> None:
        no_locks = mock.patch.object(json_file, "wait_for_lock", side_effect=OSError("no locks"))
        with no_locks, json_file.locked(self.path):
            json_file.save(self.path, {"done": True})
        self.assertEqual({"done": True}, json_file.load(self.path))
