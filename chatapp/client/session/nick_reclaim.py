"""Our own nick, when the connection that broke still holds it and we came back under another."""

from __future__ import annotations

from chatapp.client.incoming.events import NickRefused
from chatapp.client.model.network import Network
from chatapp.protocol.message import Message

AGAIN_SECONDS = 30.0


class NickReclaim:
    """Asks for a nick now and then, until we have it. Times are of a clock that never goes back."""

    def __init__(self) -> None:
        self._next = 0.0
        self._asked = ""

    def look(self, network: Network, wanted: str, now: float) -> list[Message]:
        """What to send now."""
        if network.is_me(wanted) or now < self._next:
            return []
        self._next = now + AGAIN_SECONDS
        self._asked = wanted
        return [Message("NICK", [wanted])]

    def freed(self) -> None:
        """Whoever had the nick has it no longer: ask at once."""
        self._next = 0.0

    def answered(self, refused: NickRefused) -> bool:
        """Whether a refusal answers us, and not somebody who typed a new name."""
        mine = bool(self._asked) and refused.nick == self._asked
        self._asked = ""
        return mine
