"""The state of an export."""

from __future__ import annotations

import unittest
from pathlib import Path

from chatapp.client.model.exports import MessageExport


class Exports(unittest.TestCase):
    def test_an_export_runs_until_its_file_is_written(self) -> None:
        export = MessageExport(Path("mine.html"))
        for state, expected in (("running", True), ("writing", True), ("done", False), ("failed", False)):
            export.state = state  # type: ignore[assignment]
            self.assertEqual(export.is_running, expected)
