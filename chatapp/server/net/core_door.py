"""The questions about files that the thread of a connection asks the core, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue

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
        self._answers: SimpleQueue[FileAnswer | None] = SimpleQueue()  # None when the connection is closed
        self._is_closed = False  # and the thread of the connection knows it

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
        self._answers.put(answer)

    def close(self) -> None:
        """End the wait: there may be no answer any more."""
        self._answers.put(None)

    def _wait(self) -> FileAnswer | None:
        if self._is_closed:
            return None
        answer = self._answers.get()
        self._is_closed = answer is None
        return answer
