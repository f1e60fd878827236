"""Chooses another nick if ours is taken, and requests ours again until we have it.

After a loss the server often still has the old connection, which holds the nick until it times out.
"""

from __future__ import annotations

from chatapp.client.incoming.events import NickRefused
from chatapp.client.model.network import Network
from chatapp.protocol.message import Message
from chatapp.protocol.numbers import parse_whole

RETRY_SECONDS = 30.0  # between two requests


def alternative_nick(nick: str) -> str:
    """Return the next nick to try: `ana_2` after `ana`, `ana_3` after `ana_2`."""
    stem, _, digits = nick.rpartition("_")
    number = parse_whole(digits)
    return f"{nick}_2" if number is None or not stem else f"{stem}_{number + 1}"


class NickReclaim:
    """Requests a nick repeatedly until we have it. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._next_at = 0.0
        self._requested = ""

    def due(self, network: Network, wanted: str, now: float) -> list[Message]:
        """Return what to send now: a NICK, or nothing while we have the nick or have just asked."""
        if network.is_me(wanted) or now < self._next_at:
            return []
        self._next_at = now + RETRY_SECONDS
        self._requested = wanted
        return [Message("NICK", [wanted])]

    def freed(self) -> None:
        """Note that the nick is free, so that the next `due` requests it at once."""
        self._next_at = 0.0

    def is_answer(self, refused: NickRefused) -> bool:
        """Return whether a refusal answers a request from here, and not a NICK that the user typed."""
        is_ours = bool(self._requested) and refused.nick == self._requested
        self._requested = ""
        return is_ours
