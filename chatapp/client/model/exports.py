"""An export of the user's own messages to a file, as a front-end follows it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

ExportState = Literal["running", "writing", "done", "failed", "cancelled"]


class MessageExport:
    """One export; `ExportChanged` reports each step.

    Attributes:
        path: The file to write.
        found: How many messages were found so far.
        conversations: How many conversations there are; 0 while that is not known.
        finished: How many of them are done.
        problem: Why it failed, as a sentence.
        is_partial: Whether it has only the messages that were loaded, because there was no connection.
        is_stopped: Whether the user does not want the file that is being written. Thread: any.
    """

    def __init__(self, path: Path, is_partial: bool = False) -> None:
        self.path = path
        self.is_partial = is_partial
        self.state: ExportState = "running"
        self.found = 0
        self.conversations = 0
        self.finished = 0
        self.problem = ""
        self.is_stopped = False

    @property
    def is_running(self) -> bool:
        """Whether it can still be cancelled or fail."""
        return self.state in ("running", "writing")
