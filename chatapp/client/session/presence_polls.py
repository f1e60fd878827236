"""Asks servers that do not report presence by themselves whether the partners of direct messages are there.

USERHOST says of several nicks at once who is online, and who is away. It is sent every POLL_SECONDS to
servers without MONITOR or without away-notify; a server that does not answer is not asked again.

Source: RFC 2812, 4.8
"""

from __future__ import annotations

from collections import deque

from chatapp.client.incoming import events
from chatapp.client.model import people
from chatapp.client.model.network import Network
from chatapp.protocol.message import Message

POLL_SECONDS = 30.0
MAX_POLLED = 15  # partners, those with the newest messages
NICKS = 5  # in one USERHOST

_REPLY = "302"
_AWAY = "-"


class PresencePolls:
    """Remembers what was asked on one connection. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._asked: deque[list[str]] = deque()  # the nicks of each USERHOST without a reply
        self._next_at = 0.0
        self._followed = 0  # conversations at the last look

    def begin(self) -> None:
        """Forget what was asked on another connection."""
        self._asked.clear()
        self._next_at, self._followed = 0.0, 0

    def due(self, network: Network, now: float) -> list[Message]:
        """Return what to send now: every POLL_SECONDS, and when a conversation was opened."""
        if now < self._next_at and network.conversation_count == self._followed:
            return []
        self._next_at, self._followed = now + POLL_SECONDS, network.conversation_count
        has_monitor = "MONITOR" in network.isupport
        if self._asked or (has_monitor and "away-notify" in network.capabilities):
            return []
        nicks = _partners(network)
        if not has_monitor:
            _forget_others(network, nicks)
        groups = [nicks[at : at + NICKS] for at in range(0, len(nicks), NICKS)]
        self._asked += groups
        return [Message("USERHOST", group) for group in groups]

    def receive(self, network: Network, event: events.ServerText) -> list[events.Event] | None:
        """Return what a reply says about the partners; None if it does not answer a request from here."""
        if event.code != _REPLY or not self._asked:
            return None
        asked = {network.fold(nick): nick for nick in self._asked[0]}
        items = [item.partition("=") for item in event.text.split()]
        found = {network.fold(nick.rstrip("*")): word.startswith(_AWAY) for nick, _, word in items}
        if not found.keys() <= asked.keys():
            return None  # the user has asked about others
        self._asked.popleft()
        for folded in asked:
            network.monitored.setdefault(folded, False)
        online = tuple(asked[folded] for folded in found)
        offline = tuple(nick for folded, nick in asked.items() if folded not in found)
        news: list[events.Event] = [events.Monitored(online, True), events.Monitored(offline, False)]
        return news + [events.PersonUpdated(asked[folded], away=away) for folded, away in found.items()]


def _partners(network: Network) -> list[str]:
    """Return the partners of direct messages, those with the newest messages first."""
    directs = [
        each
        for each in network.conversations.values()
        if each.kind == "direct" and not network.is_me(each.name)
    ]
    directs.sort(key=lambda each: each.latest_time, reverse=True)
    return [each.name for each in directs[:MAX_POLLED]]


def _forget_others(network: Network, nicks: list[str]) -> None:
    """Forget the presence of everybody about whom the server is no longer asked."""
    for folded in network.monitored.keys() - {network.fold(nick) for nick in nicks}:
        del network.monitored[folded]
        people.forget_unless_followed(network, folded)
