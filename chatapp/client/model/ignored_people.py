"""Ignored people: their messages are neither shown nor counted, nor are their joins and leaves shown.

A person with an account is ignored by the account, under any nick. An ignored nick is followed when it
changes, and another person who takes the old nick is not ignored. Messages in the history under the old nick
stay hidden. When the person may have returned under the old nick unseen, that nick is ignored again.
`stored_keys` is what the settings store from one run to the next.

    ben     the person with this nick       =bob    every person who is logged in to this account
"""

from __future__ import annotations

from chatapp.client.model.changes import Change, ConversationChanged, TypingChanged
from chatapp.client.model.network import Network
from chatapp.client.model.reaction_counts import remove_person
from chatapp.client.model.read_state import mark_read, uncount

_ACCOUNT = "="


def is_ignored(network: Network, nick: str, account: str = "") -> bool:
    """Return whether this person is ignored.

    Args:
        account: The account in the tag of a message; if empty, the known account of the nick is used.
    """
    ignored = network.ignored
    if not ignored or network.is_me(nick):
        return False
    account = account or _account(network, nick)
    return network.fold(nick) in ignored or bool(account and _key(network, account) in ignored)


def was_ignored(network: Network, nick: str, account: str = "") -> bool:
    """Return whether old messages of this person are hidden; the nick may have changed since."""
    return is_ignored(network, nick, account) or network.fold(nick) in network.former_nicks


def stored_keys(network: Network) -> set[str]:
    """Return the keys to store: after a restart it is unknown who has which nick."""
    return network.ignored | network.former_nicks.keys()


def lose_track(network: Network, nick: str | None = None) -> None:
    """Note that a person has left and may return under a former nick: ignore the former nicks again.

    Args:
        nick: The nick of the person; None for all people, after a lost connection.
    """
    gone = [old for old, now in network.former_nicks.items() if nick is None or now == network.fold(nick)]
    for old in gone:
        del network.former_nicks[old]
        network.ignored.add(old)


def ignore(network: Network, nick: str) -> list[Change]:
    """Start to ignore a person."""
    network.ignored.add(network.fold(nick))
    learn_account(network, nick, _account(network, nick))
    changes = remove_person(network, nick)
    direct = network.find(nick)
    if direct and direct.kind == "direct" and mark_read(network, direct):
        changes.append(ConversationChanged(direct))
    for conversation in network.conversations.values():
        typing = [each for each in conversation.typing if is_ignored(network, each)]
        for each in typing:
            del conversation.typing[each]
        changes += [TypingChanged(conversation)] if typing else []
        theirs = (
            each
            for each in conversation.entries
            if each.unread and is_ignored(network, each.nick, each.account)
        )
        changes += uncount(conversation, list(theirs))
    return changes


def stop_ignoring(network: Network, nick: str) -> None:
    """Stop ignoring a person, given by nick or by account."""
    accounts = {_key(network, nick), _key(network, _account(network, nick))}
    folded = network.fold(nick)
    network.ignored -= {folded, *accounts}
    network.former_nicks = {old: now for old, now in network.former_nicks.items() if folded not in (old, now)}


def learn_account(network: Network, nick: str, account: str) -> None:
    """Note the account of a person: if the person is ignored, the account is ignored too."""
    if account and network.fold(nick) in network.ignored:
        network.ignored.add(_key(network, account))


def follow_nick(network: Network, nick: str, to: str) -> None:
    """Note that a person changed nick."""
    old, new = network.fold(nick), network.fold(to)
    network.former_nicks.pop(new, None)
    if old in network.ignored and old != new:
        network.ignored.discard(old)
        network.ignored.add(new)
        earlier = [each for each, now in network.former_nicks.items() if now == old]
        network.former_nicks |= dict.fromkeys([*earlier, old], new)


def ignored_names(network: Network) -> list[str]:
    """Return the ignored nicks, and the ignored accounts whose name is not among them."""
    nicks = {key for key in network.ignored if not key.startswith(_ACCOUNT)}
    accounts = {key.removeprefix(_ACCOUNT) for key in network.ignored - nicks}
    return sorted(nicks | accounts)


def _key(network: Network, account: str) -> str:
    return _ACCOUNT + network.fold(account)


def _account(network: Network, nick: str) -> str:
    person = network.people.get(network.fold(nick))
    return person.account if person else ""
