"""Finds out whether the server still answers: after silence a PING is sent, which must be answered."""

from __future__ import annotations

from typing import Literal

SILENCE_SECONDS = 60.0  # without a line from the server, after which a PING is due
ANSWER_SECONDS = 20.0  # for the answer
WAKE_ANSWER_SECONDS = 10.0  # for the answer after sleep, when most connections are dead


class KeepAlive:
    """Decides when a PING is due and when the connection counts as dead. Sends nothing itself.

    Args:
        now: Monotonic seconds, as all times here.
    """

    def __init__(self, now: float) -> None:
        self._received_at = now
        self._pinged_at: float | None = None
        self._answer_seconds = ANSWER_SECONDS

    def received(self, now: float) -> None:
        """Note that the server has sent a line."""
        self._received_at = now
        self._pinged_at = None

    def check(self, now: float) -> Literal["ping", "dead"] | None:
        """Return what is due: send a PING, or give the connection up."""
        if self._pinged_at is not None:
            return "dead" if now - self._pinged_at > self._answer_seconds else None
        if now - self._received_at > SILENCE_SECONDS:
            self._pinged_at, self._answer_seconds = now, ANSWER_SECONDS
            return "ping"
        return None

    def doubted(self, now: float) -> bool:
        """Note that the connection may be dead; return whether the caller sends a PING now."""
        if self._pinged_at is not None:
            return False
        self._pinged_at, self._answer_seconds = now, ANSWER_SECONDS
        return True

    def woken(self, now: float) -> None:
        """Note that the computer slept, so the caller sends a PING now and the server has to answer it."""
        self._pinged_at, self._answer_seconds = now, WAKE_ANSWER_SECONDS
