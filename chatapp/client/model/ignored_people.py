"""Whom we ignore: nothing that they say shows or counts, and they are not seen to come and go.

Somebody with an account is ignored by it, under whatever nick. A nick is followed when it changes, and
somebody else who takes the old one is heard. What the history has under the old one stays hidden; and once
they may have come back under it unseen, it is ignored again. `kept` is what lasts from one run to the next.

    ben     somebody called so      =bob    all who are logged in to this account
"""

from __future__ import annotations

from chatapp.client.model.changes import Change, ConversationChanged, TypingChanged
from chatapp.client.model.network import Network
from chatapp.client.model.read_state import read

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


def was_ignored(network: Network, nick: str, account: str = "") -> bool:
    """Return whether old words of this person are to be hidden: their nick may have changed since."""
    return is_ignored(network, nick, account) or network.fold(nick) in network.former_nicks


def kept(network: Network) -> set[str]:
    """Return the keys to keep: after a restart nobody can tell who has which nick."""
    return network.ignored | network.former_nicks.keys()


def lose_sight(network: Network, nick: str | None = None) -> None:
    """Somebody has gone, and may come back under a nick that they had before.

    Args:
        nick: Who; None if it may be anybody, as after a lost connection.
    """
    gone = [old for old, now in network.former_nicks.items() if nick is None or now == network.fold(nick)]
    for old in gone:
        del network.former_nicks[old]
        network.ignored.add(old)


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
    folded = network.fold(nick)
    network.ignored -= {folded, *accounts}
    network.former_nicks = {old: now for old, now in network.former_nicks.items() if folded not in (old, now)}


def learn(network: Network, nick: str, account: str) -> None:
    """Somebody is logged in to an account: if they are ignored, so is the account from now on."""
    if account and network.fold(nick) in network.ignored:
        network.ignored.add(_key(network, account))


def follow(network: Network, nick: str, to: str) -> None:
    """Somebody took a new nick."""
    old, new = network.fold(nick), network.fold(to)
    network.former_nicks.pop(new, None)
    if old in network.ignored and old != new:
        network.ignored.discard(old)
        network.ignored.add(new)
        earlier = [each for each, now in network.former_nicks.items() if now == old]
        network.former_nicks |= dict.fromkeys([*earlier, old], new)


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
