"""Whether the other side still lives: a PING after silence, and an end when that stays unanswered."""

from __future__ import annotations

from typing import Literal

SILENCE_SECONDS = 60.0
PATIENCE_SECONDS = 20.0
STALLED_SECONDS = 30.0  # when this much passes between two looks, this computer slept


class Pulse:
    """Takes its times, in seconds of a clock that never goes back, from whoever asks."""

    def __init__(self, now: float) -> None:
        self._heard = now
        self._looked = now
        self._asked: float | None = None

    def heard(self, now: float) -> None:
        """Anything came in."""
        self._heard = now
        self._asked = None

    def look(self, now: float) -> Literal["ping", "dead"] | None:
        """What is to be done now."""
        slept = now - self._looked > STALLED_SECONDS
        self._looked = now
        if self._asked is not None and not slept:
            return "dead" if now - self._asked > PATIENCE_SECONDS else None
        if slept or now - self._heard > SILENCE_SECONDS:
            self._asked = now
            return "ping"
        return None
