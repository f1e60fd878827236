"""Requests what the server does not send by itself about people: names, presence, why they are away.

    display names              METADATA SUB, once; GET for authors of old messages who are not there
    direct messages            MONITOR tells whether the other user is online, WHO whether away
    why a person is away      away-notify sends it at each change; WHOIS asks for it after WHO or a join

These requests are made by the client, so refusals are not shown. WHOIS is sent at most once a second.

Source: IRCv3 metadata, monitor, extended-monitor, away-notify
"""

from __future__ import annotations

from collections.abc import Iterable

from chatapp.client.incoming import events
from chatapp.client.incoming.handlers import WHOX_FIELDS
from chatapp.client.model import people, person_colours, person_status
from chatapp.client.model.network import Network
from chatapp.client.model.user_metadata import CAPABILITY, set_own_value
from chatapp.protocol.display_names import KEY
from chatapp.protocol.message import Message
from chatapp.protocol.numbers import parse_whole

WHOIS_SECONDS = 1.0  # between two WHOIS
MAX_WAITING = 50  # people whose away text is still to be requested
MAX_NAMES = 30  # authors whose display name is requested after one page of history
MONITOR_BYTES = 400  # of nicks in one line
SYNC_SECONDS = 5.0  # before METADATA SYNC, if the server does not say


class PeopleWatch:
    """Remembers what was requested on one connection. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._away: dict[str, str] = {}  # folded nick -> nick, whose away text is unknown
        self._whois_at = 0.0
        self._expected: dict[str, int] = {}  # folded nick -> replies to our own WHOIS that are still to come
        self._asked_names: set[str] = set()
        self._sync_at: dict[str, float] = {}  # target -> when to request its values
        self._followed = 0  # conversations at the last look for new direct messages

    def begin(self, network: Network, display_name: str) -> list[Message]:
        """Return what to send after a welcome.

        Args:
            display_name: The one that the user wants; empty for the nick or the stored one.
        """
        for remembered in (self._away, self._expected, self._asked_names, self._sync_at):
            remembered.clear()
        messages = []
        if has_display_names(network):
            messages.append(Message("METADATA", ["*", "SUB", KEY, person_colours.KEY, person_status.KEY]))
        if display_name and has_display_names(network):
            messages.append(set_display_name(display_name))
        return messages + self.follow_directs(network)

    def follow_directs(self, network: Network) -> list[Message]:
        """Return MONITOR for direct messages that were opened or closed, within the server's limit."""
        self._followed = network.conversation_count
        if "MONITOR" not in network.isupport:
            return []
        gone = [folded for folded in network.monitored if folded not in network.conversations]
        for folded in gone:
            del network.monitored[folded]
            people.forget_unless_followed(network, folded)
        limit = parse_whole(network.isupport["MONITOR"]) or 100
        new = [
            each.name
            for folded, each in network.conversations.items()
            if each.kind == "direct" and folded not in network.monitored and not network.is_me(each.name)
        ][: max(0, limit - len(network.monitored))]
        network.monitored.update((network.fold(nick), network.fold(nick) in network.people) for nick in new)
        lines = [("-", line) for line in _lines(gone)] + [("+", line) for line in _lines(new)]
        return [Message("MONITOR", [*each]) for each in lines]

    def partner_renamed(self) -> None:
        """Note that a direct message may have a new name, which is not monitored yet."""
        self._followed = 0

    def list_full(self, network: Network, event: events.ErrorReply) -> None:
        """Apply 734 limit nick,nick…: the state of these nicks is not reported."""
        for nick in ",".join(event.about).split(","):
            network.monitored.pop(network.fold(nick), None)

    def monitored(self, network: Network, event: events.Monitored) -> list[Message]:
        """Return WHO for direct-message partners who came online: are they away?"""
        if not event.is_online:
            return []
        nicks = [source.partition("!")[0] for source in event.people]
        fields = [WHOX_FIELDS] if "WHOX" in network.isupport else []
        return [
            Message("WHO", [nick, *fields])
            for nick in nicks[:MAX_NAMES]
            if network.fold(nick) in network.monitored
        ]

    def person_updated(self, network: Network, nick: str) -> None:
        """Note that a person is away, if so, and that the reason is to be requested if it is unknown."""
        folded = network.fold(nick)
        person = network.people.get(folded)
        if person and person.away and not person.away_text and len(self._away) < MAX_WAITING:
            self._away[folded] = person.nick

    def unknown_authors(self, network: Network, nicks: Iterable[str]) -> list[Message]:
        """Return requests for the display names of authors who are not there."""
        if not has_display_names(network):
            return []
        wanted: dict[str, str] = {}
        for nick in nicks:
            folded = network.fold(nick)
            if folded not in network.people and folded not in self._asked_names:
                wanted[folded] = nick
        chosen = list(wanted.items())[:MAX_NAMES]
        self._asked_names |= {folded for folded, _ in chosen}
        return [Message("METADATA", [nick, "GET", KEY]) for _, nick in chosen]

    def delayed(self, event: events.MetadataDelayed, now: float) -> None:
        """Note that the values of a target have to be requested later."""
        if len(self._sync_at) < MAX_WAITING:
            self._sync_at[event.target] = now + (event.seconds or SYNC_SECONDS)

    def whois(self, network: Network, nick: str) -> Message:
        """Return a WHOIS whose reply is not shown as text."""
        folded = network.fold(nick)
        self._expected[folded] = self._expected.get(folded, 0) + 1
        return Message("WHOIS", [nick])

    def takes_whois(self, network: Network, event: events.WhoisReply) -> bool:
        """Return whether a reply answers a WHOIS from here, and not one that the user typed."""
        folded = network.fold(event.nick)
        if folded in network.whois_asked_in or not self._expected.get(folded):
            return False
        self._expected[folded] -= 1
        if not self._expected[folded]:
            del self._expected[folded]
        return True

    def due(self, network: Network, now: float) -> list[Message]:
        """Return what to send now."""
        due = [target for target, at in self._sync_at.items() if now >= at]
        messages = [Message("METADATA", [target, "SYNC"]) for target in due]
        if network.conversation_count != self._followed:
            messages += self.follow_directs(network)
        for target in due:
            del self._sync_at[target]
        if self._away and now >= self._whois_at:
            self._whois_at = now + WHOIS_SECONDS
            folded = next(iter(self._away))
            nick = self._away.pop(folded)
            person = network.people.get(folded)
            if person and person.away and not person.away_text:
                messages.append(self.whois(network, nick))
        return messages


def has_display_names(network: Network) -> bool:
    """Return whether the server stores display names."""
    return CAPABILITY in network.capabilities


def set_display_name(name: str) -> Message:
    """Return the command that sets our own display name; an empty one removes it."""
    return set_own_value(KEY, name)


def _lines(nicks: Iterable[str]) -> list[str]:
    """Join nicks with commas to lines of at most MONITOR_BYTES."""
    lines: list[str] = []
    for nick in nicks:
        if lines and len(f"{lines[-1]},{nick}".encode()) <= MONITOR_BYTES:
            lines[-1] = f"{lines[-1]},{nick}"
        else:
            lines.append(nick)
    return lines
