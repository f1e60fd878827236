"""Gathers lines about presence in large channels, so that one `send` for each connection sends many of them.

A JOIN in a channel of thousands is a line for each member, and a `send` for each member costs most of its
time. Nobody waits for such a line. So it is put into the connections at once, in order, but these are flushed
only when they get a line of another kind, or DELAY_SECONDS later.
"""

from __future__ import annotations

from collections.abc import Iterable

from chatapp.protocol import numerics
from chatapp.server.core.effects import Effect, Send
from chatapp.server.state.session import Session

DELAY_SECONDS = 0.1
"""The most seconds that a line waits."""

LARGE_AUDIENCE = 64
"""Lines for an audience with more sessions than this are gathered."""

GATHERED_BYTES = 64 * 1024
"""The most bytes that wait in one connection after a turn."""

PRESENCE = frozenset(
    {
        "ACCOUNT",
        "AWAY",
        "CHGHOST",
        "JOIN",
        "METADATA",
        "MODE",  # the ranks of a user who has joined
        "NICK",
        "PART",
        "QUIT",
        "SETNAME",
        numerics.RPL_KEYVALUE.code,
        numerics.RPL_KEYNOTSET.code,
    }
)
"""The commands that say who is there, and with which name, status and rank."""


class PresenceGathering:
    """The sessions whose connections hold gathered lines. Thread: the core's.

    Attributes:
        due: When the lines have to be sent, in seconds of the core's clock; None while there are none.
    """

    def __init__(self) -> None:
        self.due: float | None = None
        self._sessions: set[Session] = set()
        self._bytes = 0

    def add(self, sessions: Iterable[Session], size: int) -> None:
        """Note that so many bytes were put into the connections of these sessions."""
        self._sessions.update(sessions)
        self._bytes += size

    def sessions_to_flush(
        self, touched: set[Session], actors: Iterable[Session], tick: float
    ) -> set[Session]:
        """Return the sessions whose connections have to be flushed now.

        Args:
            touched: Those that have other lines to send. What was gathered for them leaves with these.
            actors: Those that sent the commands of this turn: they get every line at once.
            tick: Now, in seconds of the core's clock.
        """
        if not self._sessions:
            return touched
        if self.due is None:
            self.due = tick + DELAY_SECONDS
        if tick >= self.due or self._bytes > GATHERED_BYTES:
            flushed = touched | self._sessions
        else:
            flushed = touched.union(self._sessions.intersection(actors))
        self._sessions -= flushed
        if not self._sessions:
            self.due = None
            self._bytes = 0
        return flushed


def may_wait(effect: Effect) -> bool:
    """Return whether an effect can be gathered."""
    return (
        isinstance(effect, Send)
        and len(effect.audience.sessions) > LARGE_AUDIENCE
        and effect.message.command in PRESENCE
    )
