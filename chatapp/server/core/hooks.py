"""The functions of commands and operations that the core calls. `app` passes them in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from chatapp.server.core.inbound import Item
from chatapp.server.core.inbox import UploadEnded
from chatapp.server.core.outbox import Outbox, Task
from chatapp.server.state.file_transfers import FileRequest
from chatapp.server.state.session import Session
from chatapp.server.state.world import World

Reads = Literal["", "stored", "world"]
"""What a command reads if it changes nothing and stores nothing.

"stored" is what is in the database or never changes. "world" is the world as it is now, which may be ahead of
the database. "" stands for a command that may change something.
"""


@dataclass(frozen=True, slots=True)
class CoreHooks:
    """The functions that the core calls. Thread: the core's.

    Args:
        dispatch: Executes one item of a session. It raises NumericError or FailError to refuse it.
        check_role: Checks that the client still has the role that its command needs, when a job of the
            command is done. It raises NumericError.
        reads_of: Returns what an item reads, if it only reads.
        connected: Runs when a connection was opened.
        disconnected: Takes a session out of the world. Its `str` argument is the reason in the QUIT.
        file_asked: Answers a request about a file with `Outbox.answer`, at once or after a job.
        upload_ended: Does the same at the end of an upload.
    """

    dispatch: Callable[[Outbox, Item], None]
    check_role: Callable[[Outbox], None]
    reads_of: Callable[[Item], Reads]
    connected: Task
    disconnected: Callable[[World, Session, str, Outbox], None]
    file_asked: Callable[[World, Session, FileRequest, Outbox], None]
    upload_ended: Callable[[World, Session, UploadEnded, Outbox], None]
