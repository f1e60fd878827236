"""Whether the other side still lives: a PING after silence, and an end when that stays unanswered."""

from __future__ import annotations

from typing import Literal

SILENCE_SECONDS = 60.0
PATIENCE_SECONDS = 20.0
WOKEN_SECONDS = 10.0  # for the answer after sleep, when most connections are dead


class KeepAlive:
    """Takes its times, in seconds of a clock that never goes back, from whoever asks."""

    def __init__(self, now: float) -> None:
        self._heard = now
        self._asked: float | None = None
        self._patience = PATIENCE_SECONDS

    def heard(self, now: float) -> None:
        """Anything came in."""
        self._heard = now
        self._asked = None

    def look(self, now: float) -> Literal["ping", "dead"] | None:
        """What is to be done now."""
        if self._asked is not None:
            return "dead" if now - self._asked > self._patience else None
        if now - self._heard > SILENCE_SECONDS:
            self._asked, self._patience = now, PATIENCE_SECONDS
            return "ping"
        return None

    def woken(self, now: float) -> None:
        """This computer slept: a PING is sent now, and nothing heard before it counts."""
        self._asked, self._patience = now, WOKEN_SECONDS
