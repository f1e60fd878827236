"""Chooses another nick if ours is taken, and requests ours again until we have it.

After a loss the server often still has the old connection, which holds the nick until it times out.
"""

from __future__ import annotations

import re

from chatapp.client.incoming.events import NickRefused
from chatapp.client.model.network import Network
from chatapp.client.text.nick_of_name import latin_nick
from chatapp.protocol.message import Message
from chatapp.protocol.numbers import parse_whole

RETRY_SECONDS = 30.0  # between two requests
USUAL_LIMITS = (30, 16, 9)  # characters of a nick; 9 are those of RFC 2812
_MAY_BE_TOO_LONG = re.compile(r"\blong\b|length|erroneous", re.IGNORECASE)  # in the text of 432


def alternative_nick(nick: str) -> str:
    """Return the next nick to try: `ana_2` after `ana`, `ana_3` after `ana_2`."""
    stem, _, digits = nick.rpartition("_")
    number = parse_whole(digits)
    return f"{nick}_2" if number is None or not stem else f"{stem}_{number + 1}"


def accepted_nick(refused: NickRefused, nick: str) -> str:
    """Return a nick to try instead of one that the server allows for nobody; empty if there is none.

    It has only the letters a to z, or is as short as the server demands. Servers tell their limit only
    after the welcome, and some also in the words of the refusal.
    """
    if refused.taken:
        return ""
    if not nick.isascii():
        return latin_nick(nick)
    if not _MAY_BE_TOO_LONG.search(refused.reason):
        return ""
    limits = [*map(int, re.findall(r"\b[1-9][0-9]?\b", refused.reason)), *USUAL_LIMITS]
    return next((nick[:limit].rstrip("_-") for limit in limits if limit < len(nick)), "")


class NickReclaim:
    """Requests a nick repeatedly until we have it. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._next_at = 0.0
        self._requested = ""
        self._not_accepted = ""  # a nick that the server does not allow for anybody

    def due(self, network: Network, wanted: str, now: float) -> list[Message]:
        """Return what to send now: a NICK, or nothing while we have the nick or have just asked."""
        if network.is_me(wanted) or now < self._next_at:
            return []
        if wanted == self._not_accepted or len(wanted) > network.longest_nick:
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
        if is_ours and not refused.taken:
            self._not_accepted = refused.nick
        return is_ours
