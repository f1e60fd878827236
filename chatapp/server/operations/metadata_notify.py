"""What clients are told of metadata without asking: the keys to which they have subscribed.

They are told of their own user, of the channels they are in and of the members there, and of those whom they
monitor: when they enter or begin to monitor, and whenever something changes.

Source  IRCv3 metadata
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

RETRY_SECONDS = "5"  # after which what was too much is to be asked for


def notify_change(world: World, target: MetadataTarget, key: str, value: str | None, out: Outbox) -> None:
    """A value is new, or gone when it is None: tell who has subscribed to it, but not the asker.

    Sends  761 or 766, or METADATA
    """
    for about in _owners(world, target):
        name = MetadataTarget.of(world, about).name
        told = [
            session
            for session in _subscribers(world, about)
            if session.caps & METADATA and key in session.subscriptions and session is not out.me
        ]
        for is_version_3 in (True, False):
            audience = Audience(each for each in told if version_of(each.caps).is_version_3 == is_version_3)
            if audience.sessions:
                out.send(audience, _message(world, is_version_3, "*", name, key, value))


def _owners(world: World, target: MetadataTarget) -> list[User] | list[Channel]:
    """Whoever has this metadata: an account may have several users."""
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
    """Somebody has another identity, whose metadata is another: tell the difference.

    Takes  before: the identity until now; what a guest had is gone
    """
    old = world.metadata.get(before, {})
    new = world.metadata.get(user.identity, {})
    if before.startswith("!"):
        world.metadata.pop(before, None)
    target = MetadataTarget.of(world, user)
    for key in old.keys() | new.keys():
        if old.get(key) != new.get(key):
            notify_change(world, target, key, new.get(key), out)


def send_own(world: World, session: Session, out: Outbox) -> None:
    """To a session that has just come: all that is known of its user."""
    if session.caps & METADATA and session.user:
        target = MetadataTarget.of(world, session.user)
        messages = [message_of(world, session, target, key) for key in target.values]
        out.batch_to(session, "metadata", (target.name,), messages)


def send_channel(world: World, session: Session, user: User, channel: Channel, out: Outbox) -> None:
    """To a session that has entered a channel."""
    if session.caps & METADATA:
        _send_batch(world, session, channel.name, channel_targets(world, session, user, channel), out)


def send_user(world: World, session: Session, user: User, out: Outbox) -> None:
    """To a session that monitors somebody who is here."""
    target = MetadataTarget.of(world, user)
    has_some = not session.subscriptions.keys().isdisjoint(target.values)
    if session.caps & METADATA and (has_some or version_of(session.caps).is_version_3):
        _send_batch(world, session, user.nick, [target], out)


def _send_batch(
    world: World, session: Session, name: str, targets: Iterable[MetadataTarget], out: Outbox
) -> None:
    """A batch, or the advice to ask for it later if it is much."""
    room = world.config.limits.send_queue // 16
    messages, is_whole = fitting(messages_of(world, session, targets, session.subscriptions), room)
    if is_whole:
        out.batch_to(session, "metadata", (name,), messages)
    else:
        out.reply_to(session, numerics.RPL_METADATASYNCLATER, name, RETRY_SECONDS)


def subscribed_targets(world: World, session: Session, user: User) -> Iterator[MetadataTarget]:
    """Whomever this session is told of, each once."""
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
    """A channel, and the members of whom the session may know."""
    yield MetadataTarget.of(world, channel)
    for member in channel.members:
        if member.identity in world.metadata and channel.shows(member, user):
            yield MetadataTarget.of(world, member)


def messages_of(
    world: World, session: Session, targets: Iterable[MetadataTarget], keys: Iterable[str]
) -> Iterator[Message]:
    """What these targets say under these keys, for one session."""
    for target in targets:
        for key in keys:
            if key in target.values:
                yield message_of(world, session, target, key)


def message_of(world: World, session: Session, target: MetadataTarget, key: str) -> Message:
    """A value that a session has not asked for."""
    nick = session.user.nick if session.user else "*"
    return _message(world, version_of(session.caps).is_version_3, nick, target.name, key, target.values[key])


def fitting(messages: Iterable[Message], room: int) -> tuple[list[Message], bool]:
    """As many as take so many bytes, and whether these are all."""
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
        code, words = numerics.RPL_KEYNOTSET
        return Message(code, (nick, name, key, words or ""), world.name)
    return Message(numerics.RPL_KEYVALUE.code, (nick, name, key, "*", value), world.name)
