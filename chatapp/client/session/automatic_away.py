"""Marks the user as away while nobody touches the keyboard or the mouse, and as back at the first touch.

An away that the user has set stays untouched, and is repeated on each new connection. Where the server knows
pre-away, that comes before the registration ends, so that nobody sees the user as online meanwhile; and there
`AWAY *` speaks for this session only: somebody who uses another computer meanwhile is not away.

Source: IRCv3 pre-away; modern IRC AWAY
"""

from __future__ import annotations

from dataclasses import replace

from chatapp.client.incoming.events import OwnAwayChanged
from chatapp.client.model.network import Network
from chatapp.client.session.handshake import PRE_AWAY
from chatapp.languages.translation import N_, _
from chatapp.protocol.message import Message
from chatapp.protocol.presence import UNSPECIFIED

TEXT = N_("No keyboard or mouse input")  # for others, on servers without pre-away


class AutomaticAway:
    """The automatic away of one network."""

    def __init__(self) -> None:
        self._is_set = False
        self._awaited = 0  # replies to AWAY from here
        self._repeated = 0  # replies to an AWAY of the user that was sent again

    def on_connecting(self, network: Network) -> str:
        """Return the away message for a new connection; empty for none."""
        return network.kept_away or (UNSPECIFIED if self._is_set else "")

    def begin(self, network: Network) -> list[Message]:
        """Note a new connection, and return what to send on it.

        Where the server knows pre-away, it has what `on_connecting` returned.
        """
        is_told = PRE_AWAY in network.capabilities
        self._is_set = self._is_set and is_told and not network.kept_away
        self._awaited, self._repeated = 0, 0
        network.away = network.away or self._is_set
        if is_told or not network.kept_away:
            return []
        self._repeated = 1
        return [Message("AWAY", [network.kept_away])]

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

    def classified(self, network: Network, event: OwnAwayChanged) -> OwnAwayChanged:
        """Return a 305 or 306 with what it answers: if it is an AWAY from here, no line about it is shown."""
        if network.state != "online":  # it was sent before the registration
            return replace(event, is_repeated=bool(network.kept_away), is_automatic=not network.kept_away)
        if self._repeated:
            self._repeated -= 1
            return replace(event, is_repeated=True)
        is_ours = self._awaited > 0
        self._awaited -= is_ours
        return replace(event, is_automatic=is_ours)
