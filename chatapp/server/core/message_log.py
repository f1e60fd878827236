"""Stores messages and events in the history: decides which ones, and under which key.

Messages and events of a channel are stored under the channel's number, so that a new channel of the same name
does not show old messages. A conversation of two users is stored under both their identities.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chatapp.protocol import file_ids
from chatapp.protocol.message import Message
from chatapp.protocol.modes import REASON_TAG
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.channel import Channel
from chatapp.server.state.message_ids import own_id
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import file_rows, message_rows
from chatapp.server.storage.message_rows import StoredMessage
from chatapp.server.storage.statements import Save

_WITHOUT_CHANNEL = ("QUIT", "NICK")
_NOT_STORED = frozenset({"+typing", "+draft/typing"})
"""Client-only tags that are not stored, because they are meaningless a minute later."""


def conversation_key(world: World, user: User, other: User | str) -> str:
    """Return the key of the conversation of two users, the same for both.

    Args:
        other: The other user, or the name of an account whose user is not on the server.
    """
    return key_of_identities(user.identity, _identity(world, other))


def key_of_identities(one: str, other: str) -> str:
    """Return the key of the conversation of two identities."""
    return "\n".join(sorted((one, other)))


def store_message(
    user: User, message: Message, target: str, at: int, out: Outbox, recipient: str = ""
) -> None:
    """Store a message or a TAGMSG, unless the history is switched off.

    Args:
        target: The key to store it under.
        at: Its time in milliseconds.
        recipient: The recipient of a direct message, as the sender wrote the name.
    """
    if not out.world.config.history.enabled:
        return
    tags = {key: value for key, value in message.tags.items() if key[0] == "+"}
    if message.command == "TAGMSG":
        if not _NOT_STORED.issuperset(tags):
            _store_event(user, message, target, at, [recipient] if recipient else [], tags, out)
        return
    row = _row(message, target, recipient, at, message.params[1], tags)
    out.save(message_rows.insert(row, user.author))
    store_links(user, row.id, row.text, out)


def store_links(user: User, message_id: int, text: str, out: Outbox) -> None:
    """Store which files of this server a message links to."""
    _store_references(user, message_id, files_in(out.world, text), out)


def replace_links(user: User, message_id: int, text: str, out: Outbox) -> None:
    """Store which files a message links to after an edit. A file that is not linked any more may go."""
    files = files_in(out.world, text)
    _store_references(user, message_id, files, out)
    out.save(file_rows.delete_other_links(message_id, files))


def store_links_of_burst(user: User, first_id: int, texts: Sequence[str], out: Outbox) -> None:
    """Store which files the messages of a burst link to, whose ids go up by one."""
    prefix = out.world.files.prefix
    if prefix and any(prefix in text for text in texts):  # rare, and this is asked for every message
        for place, text in enumerate(texts):
            store_links(user, first_id + place, text, out)


def _store_references(user: User, message_id: int, files: Sequence[str], out: Outbox) -> None:
    if files:
        for save in file_rows.refer(message_id, files, user.identity):
            out.save(save)


def files_in(world: World, text: str) -> list[str]:
    """Return the ids of the files of this server to which a text has links."""
    return file_ids.linked(text.replace("\r", ""), world.files.prefix)


def store_direct_message(user: User, other: User | str, message: Message, at: int, out: Outbox) -> None:
    """Store a direct message, and that the two users have a conversation.

    Args:
        other: The recipient, or the name of an account whose user is not on the server.
    """
    key = conversation_key(out.world, user, other)
    store_message(user, message, key, at, out, message.params[0])
    if out.world.config.history.enabled and message.command != "TAGMSG":
        mine, theirs = user.identity, _identity(out.world, other)
        out.save(message_rows.upsert_conversation(mine, theirs, key, message.params[0], at))
        out.save(message_rows.upsert_conversation(theirs, mine, key, user.nick, at))


def store_event(
    user: User, message: Message, channels: Iterable[Channel], at: int, out: Outbox, about: User | None = None
) -> None:
    """Store an event in these channels: a JOIN, PART, QUIT, KICK, TOPIC, MODE or NICK.

    Args:
        message: The event; a JOIN with the parameters of extended-join.
        at: Its time in milliseconds, later than everything before it in each channel.
        about: The user whose membership it reveals. An event that only some members may see is not stored.
    """
    if not out.world.config.history.enabled:
        return
    params = message.params if message.command in _WITHOUT_CHANNEL else message.params[1:]
    tags = {key: value for key, value in message.tags.items() if key == REASON_TAG}
    for channel in channels:
        if about is None or channel.watchers(about) is channel.audience:
            _store_event(user, message, channel.key, at, params, tags, out)


def stores_only_messages(saves: Iterable[Save]) -> bool:
    """Return whether these rows are only messages and TAGMSGs, so that the world is the same without them."""
    return all(save.statement.stores == "message" for save in saves)


def stamp_channels(channels: Iterable[Channel], now: int) -> int:
    """Return a time for an event in several channels, later than everything before it in each of them."""
    channels = list(channels)
    at = max([now, *(channel.last_time + 1 for channel in channels)])
    for channel in channels:
        channel.last_time = at
    return at


def _store_event(
    user: User, message: Message, key: str, at: int, params: Iterable[str], tags: dict[str, str], out: Outbox
) -> None:
    out.save(message_rows.insert_event(_row(message, key, "", at, "\n".join(params), tags), user.author))


def _row(
    message: Message, target: str, recipient: str, at: int, text: str, tags: dict[str, str]
) -> StoredMessage:
    account = message.tags.get("account", "")
    message_id = own_id(message.tags["msgid"])
    return StoredMessage(
        message_id, target, recipient, at, message.command, message.source, account, text, tags
    )


def _identity(world: World, other: User | str) -> str:
    return other.identity if isinstance(other, User) else world.identity_of(other)
