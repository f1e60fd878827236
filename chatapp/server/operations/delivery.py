"""Delivers messages to their targets: channels, users, services, accounts.

Messages to a channel are stored if all members get them; messages to some ranks only are not.
"""

from __future__ import annotations

from collections.abc import Iterable

from chatapp.protocol import multiline, names, numerics
from chatapp.protocol.capabilities import ECHO_MESSAGE, MESSAGE_TAGS
from chatapp.protocol.message import Message
from chatapp.protocol.modes import LEVEL_OF_PREFIX, PREFIXES
from chatapp.protocol.numerics import NumericError
from chatapp.server.core import message_log
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import offline_messages
from chatapp.server.operations.services import router
from chatapp.server.operations.speak_permissions import (
    check_may_speak,
    check_may_write_to,
    check_message,
    receiving_rank,
)
from chatapp.server.state.accounts import SERVICES
from chatapp.server.state.channel import Channel
from chatapp.server.state.session import MULTILINE_BATCH, Audience, Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World


def send_message(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """Deliver a PRIVMSG to each target.

    Raises:
        NumericError: 411 no target, 407 too many targets, 412 no text.
    """
    _check_text(world, msg)
    send_to_each(world, me, user, msg, out)


def send_notice(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """Deliver a NOTICE to each target that can be reached. Errors are not reported, as RFC 2812 demands."""
    try:
        _check_text(world, msg)
        targets = targets_of(world, msg)
    except NumericError:
        return
    for target in targets:
        try:
            send_to_target(world, me, user, msg, target, out)
        except NumericError:
            continue


def _check_text(world: World, msg: Message) -> None:
    targets_of(world, msg)
    if len(msg.params) < 2 or not msg.params[1]:
        raise NumericError(numerics.ERR_NOTEXTTOSEND)


def targets_of(world: World, msg: Message) -> list[str]:
    """Return the targets of a message.

    Raises:
        NumericError: 411 no target, 407 too many targets.
    """
    if not msg.params or not msg.params[0]:
        raise NumericError(numerics.ERR_NORECIPIENT, f"No recipient given ({msg.command})")
    targets = msg.params[0].split(",")
    if len(targets) > world.config.limits.targets:
        raise NumericError(numerics.ERR_TOOMANYTARGETS, targets[-1] or "*")
    return targets


def send_to_each(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """Send a message to each of its targets; report each target that refuses it.

    Errors:
        Those of `send_to_target`, for each target.
    """
    for target in targets_of(world, msg):
        try:
            send_to_target(world, me, user, msg, target, out)
        except NumericError as refused:
            out.refuse(refused)


def send_to_target(world: World, me: Session, user: User, msg: Message, target: str, out: Outbox) -> None:
    """Send a message to a channel, with or without a rank in front, or to a user, service or account.

    Raises:
        NumericError: 401 no such nick, 403 no such channel, 404 cannot send to the channel, 477 the user
            accepts messages only from users who are logged in.
    """
    name = target.lstrip(PREFIXES)
    if name.startswith("#"):
        _send_to_channel(world, me, user, msg, world.channel(name), target[: -len(name)], out)
    else:
        _send_to_name(world, me, user, msg, target, out)
    user.last_active, me.last_active = out.now, out.clock


def _send_to_channel(
    world: World, me: Session, user: User, msg: Message, channel: Channel, status: str, out: Outbox
) -> None:
    """Deliver and store a message to a channel.

    Args:
        status: Prefixes before the channel name. Only members with the lowest of these ranks or a higher one
            get the message, and it is not stored.
    """
    check_may_speak(user, channel)
    check_message(user, channel, msg, out.now)
    at = channel.next_time(out.now)
    rank = receiving_rank(user, channel, status)
    message = _message_to(msg, user, rank + channel.name, at, out)
    audience = channel.audience
    if rank:
        audience = channel.audience_from_level(LEVEL_OF_PREFIX[rank])
    else:
        message_log.store_message(user, message, channel.key, at, out)
        channel.has_messages |= msg.command != "TAGMSG" and world.config.history.enabled
    echo = me.caps & ECHO_MESSAGE
    for variant, required_caps, excluded_caps in variants(message):
        out.send(audience, variant, None if echo else me, required_caps, excluded_caps)
        if echo and me not in audience.sessions:
            out.send(me.own_audience, variant, None, required_caps, excluded_caps)


def _send_to_name(world: World, me: Session, user: User, msg: Message, name: str, out: Outbox) -> None:
    """Deliver to a user, a service, or an account that is not connected."""
    folded = names.fold(name)
    if folded in world.users:
        _send_to_user(world, me, user, msg, world.users[folded], out)
    elif folded in SERVICES:
        if msg.command == "PRIVMSG":
            if me.caps & ECHO_MESSAGE:
                for variant, required_caps, excluded_caps in variants(
                    _message_to(msg, user, SERVICES[folded], out.now, out)
                ):
                    out.send(me.own_audience, variant, None, required_caps, excluded_caps)
            router.handle_message(world, me, user, SERVICES[folded], msg.params[1], out)
    elif folded in world.accounts and msg.command != "TAGMSG":
        _send_to_account(world, me, user, msg, world.accounts[folded].name, out)
    else:
        raise NumericError(numerics.ERR_NOSUCHNICK, name)


def _send_to_account(world: World, me: Session, user: User, msg: Message, account: str, out: Outbox) -> None:
    at = world.next_direct_time(out.now)
    message = _message_to(msg, user, account, at, out)
    message_log.store_direct_message(user, account, message, at, out)
    offline_messages.store(world.identity_of(account), message, out)
    for variant, required_caps, excluded_caps in variants(message):
        out.send(user.audience, variant, None if me.caps & ECHO_MESSAGE else me, required_caps, excluded_caps)
    if msg.command == "PRIVMSG":
        out.reply(numerics.RPL_AWAY, account, offline_messages.away_text(world))


def _send_to_user(world: World, me: Session, user: User, msg: Message, recipient: User, out: Outbox) -> None:
    check_may_write_to(user, recipient)
    at = world.next_direct_time(out.now)
    message = _message_to(msg, user, recipient.nick, at, out)
    message_log.store_direct_message(user, recipient, message, at, out)
    others = Audience(set(user.sessions) - recipient.audience.sessions - {me})
    for variant, required_caps, excluded_caps in variants(message):
        out.deliver(recipient.audience, variant, required_caps, excluded_caps)
        out.send(others, variant, None, required_caps, excluded_caps)
        if me.caps & ECHO_MESSAGE:
            out.send(me.own_audience, variant, None, required_caps, excluded_caps)
    is_here = bool(recipient.sessions)
    if not is_here and msg.command != "TAGMSG":
        offline_messages.store(recipient.identity, message, out)
    if recipient.away and msg.command == "PRIVMSG":
        out.reply(
            numerics.RPL_AWAY,
            recipient.nick,
            recipient.away if is_here else offline_messages.away_text(world),
        )


def _message_to(msg: Message, user: User, target: str, at: int, out: Outbox) -> Message:
    """Return the message for the recipients. Only client-only tags (`+name`) are passed on."""
    tags = {key: value for key, value in msg.tags.items() if key[0] == "+"} if msg.tags else None
    text = () if msg.command == "TAGMSG" else (msg.params[1],)
    return out.message_from(user, msg.command, target, *text, tags=tags, at=at)


def variants(message: Message) -> Iterable[tuple[Message, int, int]]:
    """Return the lines of a message for each kind of session.

    Returns:
        Each line with its required and its excluded capabilities, see `Send`.
    """
    if message.command == "TAGMSG":
        return [(message, MESSAGE_TAGS, 0)]
    if not multiline.is_multiline(message.params[1]):
        return [(message, 0, 0)]
    whole = [(line, MULTILINE_BATCH, 0) for line in multiline.to_batch(message)]
    return whole + [(line, 0, MULTILINE_BATCH) for line in multiline.to_lines(message)]
