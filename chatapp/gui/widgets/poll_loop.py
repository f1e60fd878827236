"""Calls a function repeatedly on the Tk thread: often while something happens, rarely while idle.

Where Tk can watch a socket, to which threads write, what arrives causes a poll at once, unless a lot arrives.
On Windows it cannot, so an idle window polls more often there.
"""

from __future__ import annotations

import sys
import time
import tkinter as tk
from collections.abc import Callable
from typing import Literal

from chatapp.system.waker import Waker

INTERVAL, IDLE_INTERVAL, ICONIC_INTERVAL = 20, 60, 100  # milliseconds between two polls
ARRIVAL_INTERVAL = 5  # milliseconds, at least, from a poll that found nothing to one because of an arrival
QUIET_INTERVAL = 250  # milliseconds, while idle or iconic, if arrivals wake the loop
BUSY_INTERVAL = 2  # milliseconds, while more waits than one poll may read
ACTIVE_SECONDS = 3.0  # after the last news, key or click until the window counts as idle

PollResult = Literal["nothing", "news", "more"]  # "more": the poll stopped before everything was read


class PollLoop:
    """A timer that adapts to what happens.

    Args:
        poll: The function to call.
        after_poll: Called after each poll with whether the window is idle.
        arrivals: Woken by a thread that has put something into a queue which `poll` reads; None if no thread
            does. `stop` closes it.
    """

    def __init__(
        self,
        root: tk.Tk,
        poll: Callable[[], PollResult],
        after_poll: Callable[[bool], object],
        arrivals: Waker | None = None,
    ) -> None:
        self._root = root
        self._poll = poll
        self._after_poll = after_poll
        self._arrivals = arrivals
        self._works: list[Callable[[], object]] = []
        self._timer = ""
        self._is_running = False
        self.interval = INTERVAL  # milliseconds between two polls
        self._quiet_intervals = IDLE_INTERVAL, ICONIC_INTERVAL  # while idle, and while iconic
        self._due = 0.0  # monotonic time of the next poll
        self._not_before = 0.0  # when an arrival may cause the next poll
        self._last_activity = 0.0
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
        if self._arrivals is not None and sys.platform != "win32":
            self._root.createfilehandler(self._arrivals.readable, tk.READABLE, self._on_arrival)
            self._quiet_intervals = QUIET_INTERVAL, QUIET_INTERVAL
        self._tick()

    def stop(self) -> None:
        """Poll no more; may be called from inside `poll`."""
        if self._arrivals is not None:
            if self._is_running and sys.platform != "win32":
                self._root.deletefilehandler(self._arrivals.readable)
            self._arrivals.close()
        self._is_running = False
        self._cancel()

    def on_activity(self) -> None:
        """Poll soon: the user does something and expects an effect."""
        self._last_activity = now = time.monotonic()
        if self.interval > INTERVAL:
            self.interval = INTERVAL
            self._poll_at(now + INTERVAL / 1000)

    def _on_arrival(self, readable: object, mask: int) -> None:
        """Poll at once, but not directly after a poll with news: to show lines one by one costs more."""
        assert self._arrivals is not None
        self._arrivals.clear()
        self._poll_at(self._not_before)

    def _poll_at(self, due: float) -> None:
        """Bring the next poll forward, if it would be later.

        Args:
            due: Monotonic seconds.
        """
        if self._timer and due < self._due:
            self._cancel()
            self._poll_in(max(0, round((due - time.monotonic()) * 1000)))

    def _poll_in(self, milliseconds: int) -> None:
        self._due = time.monotonic() + milliseconds / 1000
        self._timer = self._root.after(milliseconds, self._tick)

    def _cancel(self) -> None:
        if self._timer:
            self._root.after_cancel(self._timer)
            self._timer = ""

    def _tick(self) -> None:
        self._timer = ""
        try:
            result = self._poll()
            if self._is_running:
                for work in self._works:
                    work()
                self._adapt(result)
                self._after_poll(self.interval >= IDLE_INTERVAL)
        finally:
            if self._is_running:
                self._poll_in(self.interval)

    def _adapt(self, result: PollResult) -> None:
        now = time.monotonic()
        if result != "nothing":
            self._last_activity = now
        idle, iconic = self._quiet_intervals
        is_iconic = self._root.state() == "iconic"
        gap = ICONIC_INTERVAL if is_iconic else ARRIVAL_INTERVAL if result == "nothing" else INTERVAL
        self._not_before = now + gap / 1000
        if result == "more":
            self.interval = BUSY_INTERVAL
        elif is_iconic:
            self.interval = iconic
        else:
            self.interval = INTERVAL if now < self._last_activity + ACTIVE_SECONDS else idle
