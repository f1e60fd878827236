"""Who has reacted to a message, and how: the lists of nicks that a front-end shows beside it.

All of them are limited, because anyone may send any number of reactions of any length.
"""

from __future__ import annotations

from chatapp.client.model.changes import Change, Updated
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.text.formatting import plain
from chatapp.protocol import graphemes

MAX_CLUSTERS = 24  # characters of one reaction, as users count them
MAX_CHARACTERS = 96  # code points of one reaction
MAX_REACTIONS = 40  # different reactions to one message
MAX_NICKS = 500  # that reacted in the same way to one message


def clean(reaction: str) -> str:
    """Return a reaction as it is shown and compared: one short line without control characters."""
    text = " ".join(plain(reaction[: 4 * MAX_CHARACTERS]).split())[:MAX_CHARACTERS]
    return "".join(graphemes.clusters(text)[:MAX_CLUSTERS]).strip()


def is_mine(network: Network, entry: Entry, reaction: str) -> bool:
    """Return whether we have reacted to a message in this way."""
    return any(map(network.is_me, entry.reactions.get(reaction, ())))


def may_add(entry: Entry, reaction: str) -> bool:
    """Return whether one more reaction is shown: a message has a limited number of different ones."""
    return reaction in entry.reactions or len(entry.reactions) < MAX_REACTIONS


def set_mine(network: Network, entry: Entry, reaction: str, is_set: bool) -> None:
    """Add or remove our own reaction before the server has confirmed it."""
    change(network, entry, reaction, network.nick, is_set)


def remove_person(network: Network, nick: str) -> list[Change]:
    """Remove the reactions of a person who is ignored from now on."""
    changes: list[Change] = []
    for conversation in network.conversations.values():
        for entry in conversation.all_entries():
            found = [each for each, nicks in entry.reactions.items() if _place(network, nicks, nick) >= 0]
            for reaction in found:
                change(network, entry, reaction, nick, False)
            if found:
                changes.append(Updated(conversation, entry))
    return changes


def rename_mine(network: Network, before: str) -> list[Change]:
    """Show our own reactions under our new nick."""
    changes: list[Change] = []
    for conversation in network.conversations.values():
        for entry in conversation.all_entries():
            for nicks in entry.reactions.values():
                at = _place(network, nicks, before)
                if at >= 0:
                    nicks[at] = network.nick
                    changes.append(Updated(conversation, entry))
    return changes


def change(network: Network, entry: Entry, reaction: str, nick: str, is_set: bool) -> bool:
    """Add or remove a nick; return whether that changed something."""
    nicks = entry.reactions.get(reaction, [])
    at = _place_of_person(network, nicks, nick)
    if is_set == (at >= 0):
        return False
    if not is_set:
        del nicks[at]
        if not nicks:
            del entry.reactions[reaction]
        return True
    if not may_add(entry, reaction) or len(nicks) >= MAX_NICKS:
        return False
    entry.reactions.setdefault(reaction, nicks).append(nick)
    return True


def _place_of_person(network: Network, nicks: list[str], nick: str) -> int:
    """Return where a person stands in a list, perhaps under an earlier nick that nobody has now."""
    at, person = _place(network, nicks, nick), network.people.get(network.fold(nick))
    if at >= 0 or person is None:
        return at
    former = (each for each in person.former_nicks if each not in network.people)
    return next((place for each in former if (place := _place(network, nicks, each)) >= 0), -1)


def _place(network: Network, nicks: list[str], nick: str) -> int:
    """Return where a nick stands in a list, in any letter case; -1 if it does not."""
    folded = network.fold(nick)
    return next((at for at, each in enumerate(nicks) if network.fold(each) == folded), -1)
