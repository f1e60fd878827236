"""What is known about a person, in the words of the profile card. Nothing is claimed that is not known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from chatapp.client.incoming.events import WhoisReply
from chatapp.client.model.channel_roles import role_of, roles
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import MESSAGE_KINDS, Entry
from chatapp.client.model.network import Network, Presence
from chatapp.client.model.own_account import has_accounts
from chatapp.client.model.person_status import reason
from chatapp.languages.translation import N_, _, ngettext

IDLE_SECONDS = 60  # a shorter time is not worth a line
PRESENCES: dict[Presence, str] = {
    "online": N_("Online"),
    "away": N_("Away"),
    "offline": N_("Offline"),
    "unknown": "",
}
NO_ACCOUNT = N_("none, not protected")


class Fact(NamedTuple):
    """One line of a profile: a name of the theme's icons, what it is about, and the value."""

    icon: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as the card shows them.

    Attributes:
        name: The display name, else the nick.
        state: Presence, and why the person is away; empty if nothing is known.
    """

    nick: str
    name: str
    presence: Presence
    state: str
    facts: tuple[Fact, ...] = ()


def profile(network: Network, nick: str, reply: WhoisReply | None, now: float) -> Profile:
    """Return what is known about a person.

    Args:
        reply: The latest reply to WHOIS; None while there is none.
        now: Unix seconds by the server's clock.
    """
    person = network.people.get(network.fold(nick))
    presence = network.presence(nick)
    away = (person.away_text if person else "") or (reply.away_text if reply else "") or ""
    away = reason(away) if presence == "away" else ""
    status = person.status if person and presence == "online" else ""
    state = " · ".join(filter(None, (_(PRESENCES[presence]), away or status)))
    return Profile(
        nick, network.display_name(nick), presence, state, tuple(_facts(network, nick, reply, now))
    )


def ago(seconds: float) -> str:
    """Return how long ago something was: `8 minutes ago`."""
    minutes, hours, days = int(seconds // 60), int(seconds // 3600), int(seconds // 86400)
    if days:
        return ngettext("{count} day ago", "{count} days ago", days).format(count=days)
    if hours:
        return ngettext("{count} hour ago", "{count} hours ago", hours).format(count=hours)
    if minutes:
        return ngettext("{count} minute ago", "{count} minutes ago", minutes).format(count=minutes)
    return _("just now")


def last_message(network: Network, nick: str) -> tuple[Conversation, Entry] | None:
    """Return the latest loaded message of a person, and where it is."""
    folded, found = network.fold(nick), None
    for conversation in network.conversations.values():
        for entry in reversed(conversation.entries):
            if found and entry.time <= found[1].time:
                break
            if entry.kind in MESSAGE_KINDS and entry.state == "sent" and network.fold(entry.nick) == folded:
                found = (conversation, entry)
                break
    return found


def _is_guest(network: Network, nick: str, reply: WhoisReply | None) -> bool:
    """Return whether it is known that a person has no account: the server has accounts and tells them."""
    if not has_accounts(network) or network.presence(nick) not in ("online", "away"):
        return False
    return network.is_me(nick) or (reply is not None and "account-notify" in network.capabilities)


def _role(network: Network, folded: str) -> Fact | None:
    """Return the role of a person in the current channel; None for none."""
    channel = network.current
    held = role_of(roles(network), channel.members.get(folded)) if channel is not None else ""
    if channel is None or not held:
        return None
    text = _("Owner in {channel}") if held == "owner" else _("Moderator in {channel}")
    return Fact("crown" if held == "owner" else "shield", _("Role"), text.format(channel=channel.name))


def _facts(network: Network, nick: str, reply: WhoisReply | None, now: float) -> list[Fact]:
    folded = network.fold(nick)
    person = network.people.get(folded)
    account = (person.account if person else "") or (reply.account if reply else "")
    facts = []
    if network.is_me(nick):
        account = network.account
    if account:
        facts.append(Fact("shield", _("Account"), _("{account}, protected").format(account=account)))
    elif _is_guest(network, nick, reply):
        facts.append(Fact("shield", _("Account"), _(NO_ACCOUNT)))
    role = _role(network, folded)
    if role is not None:
        facts.append(role)
    found = last_message(network, nick)
    if found:
        where, entry = found
        text = ago(max(now - entry.time, 0))
        if where.kind == "channel":
            text = _("{time} in {channel}").format(time=text, channel=where.name)
        facts.append(Fact("chat", _("Last message"), text))
    together = [each.name for each in network.with_member(folded) if each.joined]
    if together and not network.is_me(nick):
        facts.append(Fact("hash", _("Together in"), ", ".join(together)))
    idle = reply.idle_seconds if reply else None
    if idle is not None and idle >= IDLE_SECONDS:
        facts.append(Fact("clock", _("Idle since"), ago(idle)))
    return facts
