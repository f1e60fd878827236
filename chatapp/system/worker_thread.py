"""A thread for short pieces of work of other threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from queue import Empty, SimpleQueue
from typing import TypeVar

Result = TypeVar("Result")


class WorkerThread:
    """Does pieces of work one after the other, in the order in which they are given.

    The thread starts with the first piece. Where it has ended, the next piece starts it again.

    Args:
        name: The name of the thread.
        idle_seconds: How long it waits for a piece until it ends; None for any time. A thread that makes
            objects that stay had better not end: malloc gives each thread a region of its own, and a new
            thread rarely gets the one in which those objects have left room.

    Thread: any.
    """

    def __init__(self, name: str, idle_seconds: float | None) -> None:
        self._name = name
        self._idle_seconds = idle_seconds
        self._pieces: SimpleQueue[Callable[[], object]] = SimpleQueue()
        self._lock = threading.Lock()  # held while the thread starts or ends
        self._is_running = False

    def add(self, work: Callable[[], object]) -> None:
        """Have a piece of work done.

        Args:
            work: It must not raise.

        Raises:
            RuntimeError: The system starts no more threads.
        """
        with self._lock:
            if not self._is_running:
                threading.Thread(target=self._run, name=self._name, daemon=True).start()
                self._is_running = True
            self._pieces.put(work)

    def call(self, work: Callable[[], Result]) -> Result:
        """Have a piece of work done, wait for that, and return its result, or raise its error.

        Where the system starts no more threads, the calling thread does it.
        """
        result: Future[Result] = Future()
        try:
            self.add(partial(_fulfil, result, work))
        except RuntimeError:
            return work()
        try:
            return result.result()
        finally:
            del result  # the traceback of an error holds this frame

    def close(self) -> None:
        """Have the thread end as soon as nothing waits. Work that is given later is still done."""
        with self._lock:
            self._idle_seconds = 0.0
            if self._is_running:
                self._pieces.put(_do_nothing)

    def _run(self) -> None:
        while True:
            try:
                work = self._pieces.get(timeout=self._idle_seconds)
            except Empty:
                with self._lock:
                    if self._pieces.empty():
                        self._is_running = False
                        return
                continue
            work()
            del work  # the next one may take hours to come


def _do_nothing() -> None:
    """Wake the thread, so that it sees how long it may wait."""


def _fulfil(result: Future[Result], work: Callable[[], Result]) -> None:
    try:
        result.set_result(work())
    except Exception as error:
        result.set_exception(error)
        del result, work  # the traceback of the error holds this frame
