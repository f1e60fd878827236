"""Finds the conversation of a stored message that a user wants to delete or edit, and sends the change there.

Source: IRCv3 message-redaction, message-edit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from chatapp.protocol import names
from chatapp.server.core.message_log import conversation_key
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.playback import may_read
from chatapp.server.state import message_ids
from chatapp.server.state.accounts import name_of_identity
from chatapp.server.state.channel import Channel
from chatapp.server.state.session import EMPTY_AUDIENCE, Audience, Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import history_pages, message_rows
from chatapp.server.storage.message_rows import Authorship
from chatapp.server.storage.reader import Reader

Place = Channel | User | str
"""A channel, a partner, or the given name of a partner who is not online."""


class FoundMessage(NamedTuple):
    """A stored message, and the key under which it is stored."""

    key: str
    authorship: Authorship


FindMessage = Callable[[Reader, str], FoundMessage | None]
"""Finds the message with a msgid; None if there is none in the conversation."""


def find_place(world: World, user: User, target: str) -> Place | None:
    """Find the conversation; None for a channel that the user is not in, unless as an operator."""
    if not names.looks_like_channel(target):
        return world.users.get(names.fold(target), target)
    channel = world.channels.get(names.fold(target))
    if channel is None or not (user in channel.members or user.is_operator):
        return None
    return channel


def key_of(world: World, user: User, place: Place) -> str:
    """Return the key under which the messages of the conversation are stored."""
    return place.key if isinstance(place, Channel) else conversation_key(world, user, place)


def finder(world: World, user: User, target: str, place: Place) -> FindMessage:
    """Return what finds messages of a conversation, also those with an earlier guest of that nick.

    Args:
        target: The name that the user typed.
    """
    key, identity, is_online = key_of(world, user, place), user.identity, isinstance(place, User)

    def find(reader: Reader, msgid: str) -> FoundMessage | None:
        number = message_ids.parse_msgid(msgid)
        if number is None:
            return None
        keys: tuple[str, ...] = (key,)
        if not isinstance(place, Channel):
            keys = history_pages.keys_of_conversation(reader, identity, target, key, is_online, [number])
        for each in keys:
            if authorship := message_rows.authorship(reader, each, number):
                return FoundMessage(each, authorship)
        return None

    return find


def place_of(world: World, user: User, place: Place, key: str) -> Place:
    """Return the partner of a conversation, whose nick another user may have now."""
    if isinstance(place, Channel):
        return place
    identities = key.split("\n")
    if isinstance(place, User) and sorted((user.identity, place.identity)) == identities:
        return place
    partner = next((each for each in identities if each != user.identity), user.identity)
    if partner in world.guests:
        guest = world.guests[partner]
        return guest if guest.identity == partner else name_of(place)
    account = world.logged_in.get(name_of_identity(partner), ())
    return next((each for each in account if each.identity == partner), name_of(place))


def is_open_to(world: World, user: User, place: Place, key: str) -> bool:
    """Return whether the user is still in the conversation, or may still act there as an operator."""
    is_there = isinstance(place, Channel) and world.channels.get(place.folded) is place
    return may_read(user, key) or (is_there and user.is_operator)


def stamp(world: World, place: Place, out: Outbox) -> int:
    """Return the time of the change: later than everything before it in the conversation."""
    return place.next_time(out.now) if isinstance(place, Channel) else world.next_direct_time(out.now)


def name_of(place: Place) -> str:
    """Return the present name of the conversation."""
    if isinstance(place, str):
        return place
    return place.name if isinstance(place, Channel) else place.nick


def audience_of(me: Session, user: User, place: Place) -> Audience:
    """Return the sessions that got the message, without the one that changes it."""
    audience = EMPTY_AUDIENCE if isinstance(place, str) else place.audience
    return Audience(audience.sessions.union(user.sessions).difference({me}))
