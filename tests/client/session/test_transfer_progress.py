"""How many files are on their way, and when that is reported."""

from __future__ import annotations

import unittest
from dataclasses import dataclass
from unittest import mock

from chatapp.client.session.transfer_progress import PROGRESS_SECONDS, ProgressPace, running_count
from chatapp.client.transport.file_tasks import RunningTask


@dataclass
class Work:
    running: RunningTask | None = None


class TransferProgressTest(unittest.TestCase):
    def test_progress_is_not_reported_too_often(self) -> None:
        pace, start = ProgressPace(), 100.0
        times = [
            start,
            start + PROGRESS_SECONDS / 2,
            start + PROGRESS_SECONDS,
            start + PROGRESS_SECONDS * 1.5,
        ]
        self.assertEqual([True, False, True, False], [pace.is_due(each) for each in times])

    def test_what_has_begun_is_counted(self) -> None:
        self.assertEqual(0, running_count([Work(), Work()]))
        self.assertEqual(1, running_count([Work(), Work(mock.Mock())]))
