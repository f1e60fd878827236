"""Calls a function repeatedly on the Tk thread: often while something happens, rarely while idle."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable
from typing import Literal

INTERVAL, IDLE_INTERVAL, ICONIC_INTERVAL = 20, 60, 100  # milliseconds between two polls
BUSY_INTERVAL = 2  # milliseconds, while more waits than one poll may read
ACTIVE_SECONDS = 3.0  # after the last news, key or click until the window counts as idle

PollResult = Literal["nothing", "news", "more"]  # "more": the poll stopped before everything was read


class PollLoop:
    """A timer that adapts to what happens.

    Args:
        poll: The function to call.
        after_poll: Called after each poll with whether the window is idle.
    """

    def __init__(
        self, root: tk.Tk, poll: Callable[[], PollResult], after_poll: Callable[[bool], object]
    ) -> None:
        self._root = root
        self._poll = poll
        self._after_poll = after_poll
        self._works: list[Callable[[], object]] = []
        self._timer = ""
        self._is_running = False
        self.interval = INTERVAL  # milliseconds until the next poll
        self._last_activity = 0.0  # monotonic time
        for event in ("<Key>", "<KeyRelease>", "<Button>", "<MouseWheel>"):
            root.bind_all(event, lambda event: self.on_activity(), add=True)

    @property
    def is_behind(self) -> bool:
        """Whether the last poll stopped before everything was read."""
        return self.interval == BUSY_INTERVAL

    def also(self, work: Callable[[], object]) -> None:
        """Call something with every poll."""
        self._works.append(work)

    def start(self) -> None:
        """Poll now, and go on until `stop`."""
        self._is_running = True
        self._tick()

    def stop(self) -> None:
        """Poll no more; may be called from inside `poll`."""
        self._is_running = False
        if self._timer:
            self._root.after_cancel(self._timer)
            self._timer = ""

    def on_activity(self) -> None:
        """Poll soon: the user does something and expects an effect."""
        self._last_activity = time.monotonic()
        if self._is_running and self.interval > INTERVAL:
            self.interval = INTERVAL
            self._root.after_cancel(self._timer)
            self._timer = self._root.after(INTERVAL, self._tick)

    def _tick(self) -> None:
        try:
            result = self._poll()
            if self._is_running:
                for work in self._works:
                    work()
                self._adapt(result)
                self._after_poll(self.interval >= IDLE_INTERVAL)
        finally:
            if self._is_running:
                self._timer = self._root.after(self.interval, self._tick)

    def _adapt(self, result: PollResult) -> None:
        now = time.monotonic()
        if result != "nothing":
            self._last_activity = now
        if result == "more":
            self.interval = BUSY_INTERVAL
        elif self._root.state() == "iconic":
            self.interval = ICONIC_INTERVAL
        else:
            self.interval = INTERVAL if now < self._last_activity + ACTIVE_SECONDS else IDLE_INTERVAL
