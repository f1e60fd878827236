"""What is kept of what was said and done: of whom, under which key.

What happens in a channel is kept under the channel's number, so that a name that is used again does not bring
back old words. What two people say to each other is kept under both their identities.
"""

from __future__ import annotations

from collections.abc import Iterable

from chatapp.protocol.message import Message
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.channel import Channel
from chatapp.server.state.message_ids import own_id
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import message_rows
from chatapp.server.storage.message_rows import StoredMessage
from chatapp.server.storage.statements import Save

_WITHOUT_CHANNEL = ("QUIT", "NICK")
_PASSING = frozenset({"+typing", "+draft/typing"})  # of no interest a minute later


def direct_key(world: World, user: User, other: User | str) -> str:
    """Under which the conversation of two people is kept, whoever speaks. A name means that account."""
    return "\n".join(sorted((user.identity, _identity(world, other))))


def keep(user: User, message: Message, target: str, at: int, out: Outbox, recipient: str = "") -> None:
    """Keep what somebody said, or the tags that somebody sent, unless the history is switched off.

    Takes  target: the key; at: its time; recipient: of a direct message, as the sender called them
    """
    if not out.world.config.history.enabled:
        return
    tags = {key: value for key, value in message.tags.items() if key[0] == "+"}
    if message.command == "TAGMSG":
        if not _PASSING.issuperset(tags):
            _keep_event(user, message, target, at, [recipient] if recipient else [], tags, out)
        return
    out.save(message_rows.insert(_row(message, target, recipient, at, message.params[1], tags), user.author))


def keep_direct(user: User, other: User | str, message: Message, at: int, out: Outbox) -> None:
    """Keep what somebody said to another, and that the two are in conversation.

    Takes  other: the person, or the name of an account of which nobody is here
    """
    key = direct_key(out.world, user, other)
    keep(user, message, key, at, out, message.params[0])
    if out.world.config.history.enabled and message.command != "TAGMSG":
        mine, theirs = user.identity, _identity(out.world, other)
        out.save(message_rows.upsert_conversation(mine, theirs, key, message.params[0], at))
        out.save(message_rows.upsert_conversation(theirs, mine, key, user.nick, at))


def keep_event(
    user: User, message: Message, channels: Iterable[Channel], at: int, out: Outbox, about: User | None = None
) -> None:
    """Keep that somebody came, went or changed something in these channels.

    Takes  message: a JOIN as extended-join has it; at: its time, later than all before it in each of them
           about: of whom it tells; what only some members may know is not kept
    """
    if not out.world.config.history.enabled:
        return
    params = message.params if message.command in _WITHOUT_CHANNEL else message.params[1:]
    for channel in channels:
        if about is None or channel.watchers(about) is channel.audience:
            _keep_event(user, message, channel.key, at, params, {}, out)


def is_said(saves: Iterable[Save]) -> bool:
    """Whether these keep only what was said, and tags that were sent: the world is the same without them."""
    return all(save.statement.stores == "message" for save in saves)


def stamp(channels: Iterable[Channel], now: int) -> int:
    """The time of something that happens in several channels at once, later than all before it in each."""
    channels = list(channels)
    at = max([now, *(channel.last + 1 for channel in channels)])
    for channel in channels:
        channel.last = at
    return at


def _keep_event(
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
