"""Marks the user as away while nobody touches the keyboard or the mouse, and as back at the first touch.

An away that the user has set stays untouched. Where the server knows pre-away, `AWAY *` speaks for this
session only: somebody who uses another computer meanwhile is not away.

Source: IRCv3 pre-away; modern IRC AWAY
"""

from __future__ import annotations

from chatapp.client.model.network import Network
from chatapp.languages.translation import N_, _
from chatapp.protocol.message import Message
from chatapp.protocol.presence import UNSPECIFIED

PRE_AWAY = "draft/pre-away"
TEXT = N_("No keyboard or mouse input")  # for others, on servers without pre-away


class AutomaticAway:
    """The automatic away of one network."""

    def __init__(self) -> None:
        self._is_set = False
        self._awaited = 0  # replies to AWAY from here

    def reset(self) -> None:
        """Note a new connection, on which the user is not away."""
        self._is_set, self._awaited = False, 0

    def due(self, network: Network, idle: float, limit: float) -> list[Message]:
        """Return what to send now.

        Args:
            idle: Seconds since the last input.
            limit: Seconds after which the user is away; 0 for never.
        """
        is_unattended = 0 < limit <= idle
        if network.state != "online" or is_unattended == self._is_set:
            return []
        if is_unattended and network.away:
            return []
        self._is_set = is_unattended
        self._awaited += 1
        if not is_unattended:
            return [Message("AWAY")]
        return [Message("AWAY", [UNSPECIFIED if PRE_AWAY in network.capability_values else _(TEXT)])]

    def takes_reply(self) -> bool:
        """Return whether a 305 or 306 answers an AWAY from here, so that no line about it is shown."""
        is_ours = self._awaited > 0
        self._awaited -= is_ours
        return is_ours
