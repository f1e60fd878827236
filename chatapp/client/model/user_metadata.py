"""What METADATA about users has in common: whom it is about, and which parts of the window show it.

Source: IRCv3 metadata
"""

from __future__ import annotations

from chatapp.client.incoming.events import MetadataReceived
from chatapp.client.model.changes import Change, ConversationChanged, MembersChanged, StatusChanged
from chatapp.client.model.model import Person
from chatapp.client.model.network import Network
from chatapp.protocol.message import Message

CAPABILITY = "draft/metadata-2"


def set_own_value(key: str, value: str) -> Message:
    """Return the command that sets one of our own values; an empty one removes it."""
    return Message("METADATA", ["*", "SET", key, *([value] if value else [])])


def nick_of(network: Network, event: MetadataReceived, key: str) -> str:
    """Return the nick of the user whom METADATA, 761 or 766 is about; empty for a channel or another key."""
    if event.key != key or network.is_channel(event.target):
        return ""
    return network.nick if event.target == "*" else event.target


def person_of(network: Network, event: MetadataReceived, key: str) -> Person | None:
    """Return the user whom it is about; None for a channel, another key, or a user whom we do not see."""
    nick = nick_of(network, event, key)
    if not nick:
        return None
    return network.person(nick) if network.is_me(nick) else network.people.get(network.fold(nick))


def changes_about(network: Network, nick: str) -> list[Change]:
    """Return the changes by which everything that shows a user is shown again."""
    changes: list[Change] = [MembersChanged(each) for each in network.with_member(network.fold(nick))]
    direct = network.find(nick)
    changes += [ConversationChanged(direct)] if direct else []
    return [*changes, StatusChanged(network)] if network.is_me(nick) else changes
