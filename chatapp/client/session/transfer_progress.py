"""What the files that are sent and those that are fetched have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from chatapp.client.transport.file_tasks import RunningTask

PROGRESS_SECONDS = 0.125  # between two reports of progress


class HasTask(Protocol):
    """Something that a task carries out once it has begun."""

    running: RunningTask | None


def running_count(work: Iterable[HasTask]) -> int:
    """Return how many of these have begun."""
    return sum(each.running is not None for each in work)


class ProgressPace:
    """Says when progress is to be reported again: a front-end would have too much to paint otherwise."""

    def __init__(self) -> None:
        self._last = 0.0

    def is_due(self, now: float) -> bool:
        """Return whether to report now, and count from here if so.

        Args:
            now: As in `Network.monotonic`.
        """
        is_due = now - self._last >= PROGRESS_SECONDS
        if is_due:
            self._last = now
        return is_due
