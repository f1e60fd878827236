"""The words for how far the export of messages is."""

from __future__ import annotations

import unittest
from pathlib import Path

from chatapp.client.model.exports import ExportState, MessageExport
from chatapp.gui.main.export_texts import progress_text


class Words(unittest.TestCase):
    def test_every_state_has_a_sentence(self) -> None:
        export = MessageExport(Path("mine.html"))
        export.found, export.conversations, export.finished = 1234, 7, 3
        expected: dict[ExportState, str] = {
            "running": "1,234 messages · 3 of 7 conversations",
            "writing": "1,234 messages · writing the file…",
            "done": "1,234 messages are saved in mine.html.",
            "cancelled": "Cancelled. Nothing was saved.",
        }
        for state, text in expected.items():
            export.state = state
            self.assertEqual(progress_text(export), text)
        export.state, export.problem = "failed", "The disk is full."
        self.assertEqual(progress_text(export), "The disk is full.")

    def test_what_was_only_loaded_is_not_called_everything(self) -> None:
        export = MessageExport(Path("mine.html"), is_partial=True)
        export.found, export.state = 2, "done"
        self.assertEqual(progress_text(export), "2 messages that were loaded are saved in mine.html.")
