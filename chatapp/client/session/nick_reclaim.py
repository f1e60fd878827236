"""Our nick when another user has it: which one to use instead, and how to get ours back.

After a lost connection the server often still has the old one, which holds the nick until it times out.
"""

from __future__ import annotations

from chatapp.client.incoming.events import NickRefused
from chatapp.client.model.network import Network
from chatapp.protocol.message import Message
from chatapp.protocol.numbers import parse_whole

RETRY_SECONDS = 30.0


def alternative_nick(nick: str) -> str:
    """Return the next nick to try: `ana_2` after `ana`, `ana_3` after `ana_2`."""
    stem, _, digits = nick.rpartition("_")
    number = parse_whole(digits)
    return f"{nick}_2" if number is None or not stem else f"{stem}_{number + 1}"


class NickReclaim:
    """Asks for a nick now and then until we have it. Times are seconds of a clock that never goes back."""

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
        """The user who had the nick has it no longer, so the next `due` asks at once."""
        self._next_at = 0.0

    def is_answer(self, refused: NickRefused) -> bool:
        """Return whether a refusal answers a request from here, and not a NICK that the user typed."""
        is_ours = bool(self._requested) and refused.nick == self._requested
        self._requested = ""
        return is_ours
