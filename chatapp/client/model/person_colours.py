"""The colours that people have chosen for their names; they travel as METADATA `color`.

Source: IRCv3 metadata, key `color`
"""

from __future__ import annotations

from chatapp.client.incoming.events import MetadataReceived
from chatapp.client.model.changes import Change, Reset
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.client.model.user_metadata import changes_about, person_of, set_own_value
from chatapp.client.text.nick_colours import colour_of_code
from chatapp.protocol.message import Message

KEY = "color"
LATEST = 300  # entries of a conversation that are looked through for messages of the person


def set_colour(colour: str) -> Message:
    """Return the command that sets our own colour, `#rrggbb`; an empty one removes it."""
    return set_own_value(KEY, colour)


def received(network: Network, event: MetadataReceived) -> list[Change]:
    """Apply METADATA, 761 or 766 about a user whom we see."""
    person = person_of(network, event, KEY)
    colour = colour_of_code(event.value or "")
    if person is None or person.colour == colour:
        return []
    person.colour = colour
    folded = network.fold(person.nick)
    written = [Reset(each) for each in _on_screen(network) if _has_written(network, each, folded)]
    return [*changes_about(network, person.nick), *written]


def _on_screen(network: Network) -> list[Conversation]:
    """Return the conversation that a front-end shows, and the older part of it that is read instead."""
    current = network.current
    return [] if current is None else [each for each in (current, current.past) if each is not None]


def _has_written(network: Network, conversation: Conversation, folded: str) -> bool:
    return any(network.fold(entry.nick) == folded for entry in conversation.entries[-LATEST:])
