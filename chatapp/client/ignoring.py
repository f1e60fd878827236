"""Whom we ignore: nothing that they say shows or counts, and they are not seen to come and go.

Somebody with an account is ignored by it, under whatever nick. A nick is followed when it changes, and
somebody else who takes the old one is heard. The keys of `Network.ignored` are kept from one run to the next.

    ben     somebody called so      =bob    whoever is logged in to this account
"""

from __future__ import annotations

from chatapp.client.changes import Change, ConversationChanged, TypingChanged
from chatapp.client.model import Network
from chatapp.client.reading import read

_ACCOUNT = "="


def is_ignored(network: Network, nick: str, account: str = "") -> bool:
    """Return whether this person is ignored.

    Args:
        account: As a message tells it; else the one that is known is taken.
    """
    ignored = network.ignored
    if not ignored or network.is_me(nick):
        return False
    account = account or _account(network, nick)
    return network.fold(nick) in ignored or bool(account and _key(network, account) in ignored)


def ignore(network: Network, nick: str) -> list[Change]:
    """Ignore somebody from now on."""
    network.ignored.add(network.fold(nick))
    learn(network, nick, _account(network, nick))
    changes: list[Change] = []
    for conversation in network.conversations.values():
        typing = [each for each in conversation.typing if is_ignored(network, each)]
        for each in typing:
            del conversation.typing[each]
        changes += [TypingChanged(conversation)] if typing else []
    direct = network.find(nick)
    if direct and direct.kind == "direct" and read(network, direct):
        changes.append(ConversationChanged(direct))
    return changes


def hear(network: Network, nick: str) -> None:
    """Ignore somebody no longer. The name of an account will do as well."""
    accounts = {_key(network, nick), _key(network, _account(network, nick))}
    network.ignored -= {network.fold(nick), *accounts}


def learn(network: Network, nick: str, account: str) -> None:
    """Somebody is logged in to an account: if they are ignored, so is the account from now on."""
    if account and network.fold(nick) in network.ignored:
        network.ignored.add(_key(network, account))


def follow(network: Network, nick: str, to: str) -> None:
    """Somebody took a new nick."""
    if network.fold(nick) in network.ignored:
        network.ignored.discard(network.fold(nick))
        network.ignored.add(network.fold(to))


def names(network: Network) -> list[str]:
    """Return the nicks that are ignored, and the accounts that are not called like one of them."""
    nicks = {key for key in network.ignored if not key.startswith(_ACCOUNT)}
    accounts = {key.removeprefix(_ACCOUNT) for key in network.ignored - nicks}
    return sorted(nicks | accounts)


def _key(network: Network, account: str) -> str:
    return _ACCOUNT + network.fold(account)


def _account(network: Network, nick: str) -> str:
    person = network.people.get(network.fold(nick))
    return person.account if person else ""
