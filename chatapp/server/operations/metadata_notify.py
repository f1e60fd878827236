"""Notifies sessions of the metadata keys that they subscribe to.

A session is notified of its own user, of its channels and their members, and of users that it monitors: when
it joins or begins to monitor, when another user joins its channel, and at every change.

Source: IRCv3 metadata.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chatapp.protocol import names, numerics
from chatapp.protocol.capabilities import METADATA
from chatapp.protocol.message import Message
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.channel import Channel
from chatapp.server.state.metadata import MetadataTarget, version_of
from chatapp.server.state.session import Audience, Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

RETRY_SECONDS = "5"  # after which a client may ask again for a batch that was too large


def notify_change(world: World, target: MetadataTarget, key: str, value: str | None, out: Outbox) -> None:
    """Notify the subscribers of a key of a new value, except the session that set it.

    Args:
        value: None if the key was deleted.

    Sends:
        761 or 766 (metadata-3), METADATA (metadata-2).
    """
    for about in _owners(world, target):
        name = MetadataTarget.of(world, about).name
        _notify(world, _subscribers(world, about), name, key, value, out)


def notify_join(world: World, user: User, others: Iterable[Session], out: Outbox) -> None:
    """Notify others in a channel of the metadata of a user who has joined it.

    Sends:
        761 (metadata-3), METADATA (metadata-2).
    """
    target = MetadataTarget.of(world, user)
    for key, value in target.values.items():
        _notify(world, others, target.name, key, value, out)


def _notify(
    world: World, sessions: Iterable[Session], name: str, key: str, value: str | None, out: Outbox
) -> None:
    """Send a value to those of some sessions that subscribe to its key."""
    subscribed = [
        session
        for session in sessions
        if session.caps & METADATA and key in session.subscriptions and session is not out.me
    ]
    for is_version_3 in (True, False):
        audience = Audience(each for each in subscribed if version_of(each.caps).is_version_3 == is_version_3)
        if audience.sessions:
            out.send(audience, _message(world, is_version_3, "*", name, key, value))


def _owners(world: World, target: MetadataTarget) -> list[User] | list[Channel]:
    """Return the channel or users with this metadata: an account may have several users."""
    if isinstance(target.about, Channel):
        return [target.about]
    user = target.about
    if user is None:
        return []
    return list(world.logged_in[names.fold(user.account)]) if user.account else [user]


def _subscribers(world: World, about: User | Channel) -> frozenset[Session]:
    if isinstance(about, Channel):
        return about.audience.sessions
    return world.neighbours(about).sessions.union(world.monitors.watching(about.folded))


def notify_login(world: World, user: User, before: str, out: Outbox) -> None:
    """Notify subscribers of the metadata that changes when a user logs in or out.

    Args:
        before: The identity until now. The metadata of a guest is deleted.
    """
    old = world.metadata.get(before, {})
    new = world.metadata.get(user.identity, {})
    if before.startswith("!"):
        world.forget_metadata(before)
    target = MetadataTarget.of(world, user)
    for key in old.keys() | new.keys():
        if old.get(key) != new.get(key):
            notify_change(world, target, key, new.get(key), out)


def send_own(world: World, session: Session, out: Outbox) -> None:
    """Send a new session all metadata of its user."""
    if session.caps & METADATA and session.user:
        target = MetadataTarget.of(world, session.user)
        messages = [message_of(world, session, target, key) for key in target.values]
        out.batch_to(session, "metadata", (target.name,), messages)


def send_channel(world: World, session: Session, user: User, channel: Channel, out: Outbox) -> None:
    """Send a session that joined a channel the metadata of the channel and its members."""
    if session.caps & METADATA:
        _send_batch(world, session, channel.name, channel_targets(world, session, user, channel), out)


def send_user(world: World, session: Session, user: User, out: Outbox) -> None:
    """Send a session the metadata of a user that it monitors."""
    target = MetadataTarget.of(world, user)
    has_some = not session.subscriptions.keys().isdisjoint(target.values)
    if session.caps & METADATA and (has_some or version_of(session.caps).is_version_3):
        _send_batch(world, session, user.nick, [target], out)


def _send_batch(
    world: World, session: Session, name: str, targets: Iterable[MetadataTarget], out: Outbox
) -> None:
    """Send a batch; or 774 if it is too large, so that the client asks again with METADATA SYNC."""
    room = world.config.limits.send_queue // 16
    messages, is_whole = fitting(messages_of(world, session, targets, session.subscriptions), room)
    if is_whole:
        out.batch_to(session, "metadata", (name,), messages)
    else:
        out.reply_to(session, numerics.RPL_METADATASYNCLATER, name, RETRY_SECONDS)


def subscribed_targets(world: World, session: Session, user: User) -> Iterator[MetadataTarget]:
    """Yield all targets that a session is notified of, each once."""
    seen = {user.identity}
    yield MetadataTarget.of(world, user)
    for target in _others(world, session, user):
        if target.owner not in seen:
            seen.add(target.owner)
            yield target


def _others(world: World, session: Session, user: User) -> Iterator[MetadataTarget]:
    for channel in user.channels:
        yield from channel_targets(world, session, user, channel)
    for folded in session.monitored:
        if folded in world.users:
            yield MetadataTarget.of(world, world.users[folded])


def channel_targets(world: World, session: Session, user: User, channel: Channel) -> Iterator[MetadataTarget]:
    """Yield a channel, and its members that the session may see."""
    yield MetadataTarget.of(world, channel)
    for member in channel.members:
        if member.identity in world.metadata and channel.shows(member, user):
            yield MetadataTarget.of(world, member)


def messages_of(
    world: World, session: Session, targets: Iterable[MetadataTarget], keys: Iterable[str]
) -> Iterator[Message]:
    """Yield the values of these keys as messages for one session."""
    for target in targets:
        for key in keys:
            if key in target.values:
                yield message_of(world, session, target, key)


def message_of(world: World, session: Session, target: MetadataTarget, key: str) -> Message:
    """Return a value as a message that is not a reply."""
    nick = session.user.nick if session.user else "*"
    return _message(world, version_of(session.caps).is_version_3, nick, target.name, key, target.values[key])


def fitting(messages: Iterable[Message], room: int) -> tuple[list[Message], bool]:
    """Return the first messages, up to `room` bytes in total, and whether these are all."""
    taken: list[Message] = []
    for message in messages:
        room -= len(message.body().encode())
        if room < 0:
            return taken, False
        taken.append(message)
    return taken, True


def _message(world: World, is_version_3: bool, nick: str, name: str, key: str, value: str | None) -> Message:
    if not is_version_3:
        return Message("METADATA", (name, key, "*", *([] if value is None else [value])), world.name)
    if value is None:
        code, text = numerics.RPL_KEYNOTSET
        return Message(code, (nick, name, key, text or ""), world.name)
    return Message(numerics.RPL_KEYVALUE.code, (nick, name, key, "*", value), world.name)
