"""Runs transfers on threads of their own. Each puts a `TaskEnded` into the inbox at its end."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from chatapp.client.transport.file_requests import TransferFailed
from chatapp.client.transport.link import Inbox
from chatapp.client.transport.transfer_control import TransferControl
from chatapp.languages.translation import N_, _

_BUG = N_("Internal error in this program.")

log = logging.getLogger(__name__)


class FileTask(Protocol):
    """What a thread does, such as `UploadFile`."""

    def run(self, control: TransferControl) -> Any: ...


class RunningTask(Protocol):
    """A task as its owner uses it: a `TaskThread`, or a fake one in tests."""

    @property
    def done(self) -> int: ...
    @property
    def total(self) -> int: ...
    def cancel(self) -> None: ...
    def join(self, seconds: float) -> None: ...


StartTask = Callable[[FileTask, Inbox], RunningTask]
"""Starts a task."""


@dataclass(frozen=True, slots=True)
class TaskEnded:
    """An item of the inbox: a task has its result, or has failed."""

    running: RunningTask
    result: Any = None
    failure: TransferFailed | None = None


class TaskThread:
    """A task on its thread.

    Thread:
        Any. The inbox is the only way back.
    """

    def __init__(self, task: FileTask, inbox: Inbox) -> None:
        self._task = task
        self._inbox = inbox
        self._control = TransferControl()
        self._thread = threading.Thread(target=self._run, name=type(task).__name__, daemon=True)
        self._thread.start()

    @property
    def done(self) -> int:
        """How many bytes were transferred."""
        return self._control.done

    @property
    def total(self) -> int:
        """How many there are; 0 until that is known."""
        return self._control.total

    def cancel(self) -> None:
        """End it soon."""
        self._control.cancel()

    def join(self, seconds: float) -> None:
        """Wait until it has ended."""
        self._thread.join(seconds)

    def _run(self) -> None:
        try:
            ended = TaskEnded(self, self._task.run(self._control))
        except TransferFailed as failure:
            log.info("%r failed: %s", self._task, failure)
            ended = TaskEnded(self, failure=failure)
        except Exception:
            log.exception("bug in %r", self._task)
            ended = TaskEnded(self, failure=TransferFailed("refused", _(_BUG)))
        self._control.close()
        self._inbox.put(ended)
