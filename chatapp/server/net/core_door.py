"""The questions about files that the thread of a connection asks the core, one at a time."""

from __future__ import annotations

import _thread
from collections.abc import Callable

from chatapp.server.core.inbox import FileAsked, UploadEnded
from chatapp.server.state.connection import Connection
from chatapp.server.state.file_transfers import FileAnswer, FileRequest, StoredContents, UploadPermit


class CoreDoor:
    """Asks the core for a connection.

    Args:
        deliver: Puts a question into the inbox.

    Thread: `ask` and `end_upload` belong to the thread of the connection, `answer` and `close` to the core.
    """

    def __init__(self, link: Connection, deliver: Callable[[FileAsked | UploadEnded], None]) -> None:
        self._link = link
        self._deliver = deliver
        self._answer: FileAnswer | None = None
        self._is_closed = False
        self._gate = _thread.allocate_lock()  # released when there is an answer
        self._gate.acquire()

    def ask(self, request: FileRequest) -> FileAnswer | None:
        """Pass on a request and wait for the answer; None if the connection is closed meanwhile."""
        self._deliver(FileAsked(self._link, request))
        return self._wait()

    def end_upload(
        self, permit: UploadPermit, contents: StoredContents | None, is_disk_full: bool = False
    ) -> FileAnswer | None:
        """Report the end of an upload and wait for the answer; None if the connection is closed meanwhile.

        Args:
            contents: What was stored; None if the upload was broken off.
            is_disk_full: Whether that was because the disk is full.
        """
        self._deliver(UploadEnded(self._link, permit, contents, is_disk_full))
        return self._wait()

    def answer(self, answer: FileAnswer) -> None:
        """Give the answer to the question."""
        self._answer = answer
        self._open()

    def close(self) -> None:
        """End the wait: there may be no answer any more."""
        self._is_closed = True
        self._open()

    def _open(self) -> None:
        if self._gate.locked():
            self._gate.release()

    def _wait(self) -> FileAnswer | None:
        while self._answer is None and not self._is_closed:
            self._gate.acquire()
        answer, self._answer = self._answer, None
        return answer
