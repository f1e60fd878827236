"""Transfers on threads of their own."""

from __future__ import annotations

from queue import SimpleQueue
from typing import Any

from chatapp.client.transport.file_requests import TransferFailed
from chatapp.client.transport.file_tasks import TaskEnded, TaskThread
from chatapp.client.transport.transfer_control import TransferControl
from tests.errors import Quiet

PATIENCE = 10.0


class Counting:
    """A task that counts to three, and then ends in a given way."""

    def __init__(self, end: Exception | None = None) -> None:
        self.end = end

    def run(self, control: TransferControl) -> str:
        control.done, control.total = 3, 5
        if self.end:
            raise self.end
        return "three"


class Waiting:
    """A task that waits until it is cancelled."""

    def run(self, control: TransferControl) -> None:
        control.pause(PATIENCE)
        raise TransferFailed("cancelled" if control.is_cancelled else "lost", "")


class Tasks(Quiet):
    def setUp(self) -> None:
        super().setUp()
        self.inbox: SimpleQueue[Any] = SimpleQueue()

    def end_of(self, task: Any) -> TaskEnded:
        running = TaskThread(task, self.inbox)
        ended = self.inbox.get(timeout=PATIENCE)
        assert isinstance(ended, TaskEnded)
        self.assertIs(running, ended.running)
        running.join(PATIENCE)
        return ended

    def test_the_result_comes_through_the_inbox(self) -> None:
        ended = self.end_of(Counting())
        self.assertEqual(("three", None), (ended.result, ended.failure))
        self.assertEqual((3, 5), (ended.running.done, ended.running.total))

    def test_so_does_a_failure(self) -> None:
        failure = TransferFailed("lost", "The connection was lost.")
        self.assertIs(failure, self.end_of(Counting(failure)).failure)

    def test_a_bug_is_logged_and_ends_the_task(self) -> None:
        with self.assertLogs(level="ERROR"):
            ended = self.end_of(Counting(ZeroDivisionError()))
        assert ended.failure
        self.assertEqual("refused", ended.failure.kind)

    def test_a_task_can_be_cancelled(self) -> None:
        running = TaskThread(Waiting(), self.inbox)
        running.cancel()
        ended = self.inbox.get(timeout=PATIENCE)
        self.assertEqual("cancelled", ended.failure.kind)
        running.join(PATIENCE)
