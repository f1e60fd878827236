"""Finds out whom a ban mask means: us, or a person whom we see.

Source: modern IRC "Ban Channel Mode"; IRCv3 account-extban
"""

from __future__ import annotations

from collections.abc import Iterable

from chatapp.client.model.model import Person
from chatapp.client.model.network import Network
from chatapp.protocol import names

MUTES = ("~m:", "m:")
"""What a mask begins with that only forbids to write, on servers with EXTBAN."""

_ACCOUNTS = ("account", "a")
_SIGNS = "~$"  # before the kind of an extended ban


def split_mute(mask: str) -> tuple[str, str]:
    """Return what makes a mask a mute, empty if it is none, and the rest of the mask."""
    begin = next((each for each in MUTES if mask.startswith(each)), "")
    return begin, mask[len(begin) :]


def nick_of(network: Network, mask: str) -> str:
    """Return the nick of the only person whom we see and whom a mask matches; empty if there is none."""
    found = [each.nick for each in network.people.values() if _matches(network, mask, each)]
    return found[0] if len(found) == 1 else ""


def is_me(network: Network, masks: Iterable[str]) -> bool:
    """Return whether one of these masks matches us."""
    nick, _, rest = network.source.partition("!")
    user, _, host = rest.partition("@")
    me = Person(network.nick or nick, user=user, host=host, account=network.account)
    return any(_matches(network, mask, me) for mask in masks)


def _matches(network: Network, mask: str, person: Person) -> bool:
    kind, colon, name = mask.partition(":")
    if colon and "!" not in kind:
        is_account = kind.strip(_SIGNS).casefold() in _ACCOUNTS
        return is_account and person.account != "" and network.fold(name) == network.fold(person.account)
    return names.matches(mask, f"{person.nick}!{person.user}@{person.host}")
