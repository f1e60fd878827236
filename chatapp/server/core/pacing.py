"""Decides when talk may gather for a moment, so that several lines share one turn. `loop` explains why."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from chatapp.protocol.message import Message
from chatapp.server.core.inbound import Item, MessageBurst
from chatapp.server.core.inbox import Arrival, Received

PACE_SECONDS = 0.003
"""How long talk gathers. Half of it is added to the median latency of a busy channel."""

QUIET_SECONDS = 0.05
"""After a pause of this length a line is a lone line: probably none comes soon enough to share its turn."""

FEW_LINES = 8
"""Above this number of lines a turn has gathered enough."""

_TALK = frozenset({"PRIVMSG", "NOTICE", "TAGMSG"})


class Pacing:
    """Remembers when there was talk. Thread: the core's."""

    def __init__(self) -> None:
        self._last_talk = -inf

    def allows_rest(self, arrivals: Sequence[Arrival], tick: float) -> bool:
        """Return whether talk may gather after a turn with these arrivals.

        Args:
            tick: When the turn began, in seconds of a clock that never goes back.
        """
        lines = 0
        for arrival in arrivals:
            spoken = lines_of_talk(arrival.items) if isinstance(arrival, Received) else -1
            if spoken < 0:
                return False
            lines += spoken
        if not lines:
            return False
        last, self._last_talk = self._last_talk, tick
        return lines <= FEW_LINES and tick - last < QUIET_SECONDS


def can_wait(arrival: Arrival) -> bool:
    """Return whether an arrival can wait while talk gathers: a few messages, or a part of a line."""
    return isinstance(arrival, Received) and 0 <= lines_of_talk(arrival.items) <= FEW_LINES


def lines_of_talk(items: Sequence[Item]) -> int:
    """Return the number of messages in these items; -1 if there is anything else among them."""
    lines = 0
    for item in items:
        if isinstance(item, MessageBurst):
            lines += len(item.texts)
        elif isinstance(item, Message) and item.command in _TALK:
            lines += 1
        else:
            return -1
    return lines
