"""RENAME: rename a channel. Members, modes, topic and history stay.

Source: IRCv3 channel-rename.
"""

from __future__ import annotations

from chatapp.protocol import names, numerics
from chatapp.protocol.capabilities import CHANNEL_RENAME
from chatapp.protocol.message import Message, cut
from chatapp.protocol.modes import OPERATOR
from chatapp.protocol.numerics import FailError, NumericError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import membership
from chatapp.server.state.channel import Channel
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import channel_rows


def rename(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """RENAME <channel> <new name> [:<reason>]: rename a channel.

    Sends:
        RENAME to the members; to sessions without draft/channel-rename PART, JOIN and what follows a JOIN.
    Errors:
        403 no such channel, 442 not on the channel, 482 not a channel operator; FAIL RENAME
        CHANNEL_NAME_IN_USE, CANNOT_RENAME.
    Source:
        IRCv3 channel-rename.
    """
    channel = world.channel_of_member_or_operator(user, msg.params[0])
    if channel.effective_level(user) < OPERATOR:
        raise NumericError(numerics.ERR_CHANOPRIVSNEEDED, channel.name)
    before, wanted = channel.name, names.normalize(msg.params[1])
    _check(world, channel, wanted)
    is_new_name = names.fold(wanted) != channel.folded
    reason = cut(msg.params[2], world.config.limits.kick) if len(msg.params) > 2 else ""
    world.rename_channel(channel, wanted)
    out.save(channel_rows.upsert(channel))
    _update_forwards(world, before, wanted, out)
    message = out.message_from(user, "RENAME", before, wanted, reason, at=channel.next_time(out.now))
    out.send(channel.audience, message, required_caps=CHANNEL_RENAME)
    if is_new_name:
        _send_part_and_join(channel, before, reason, out)


def _check(world: World, channel: Channel, wanted: str) -> None:
    """Check that the channel may have the new name.

    Raises:
        FailError: CHANNEL_NAME_IN_USE, CANNOT_RENAME.
    """
    other = world.channels.get(names.fold(wanted))
    if wanted == channel.name or (other and other is not channel):
        raise _failed("CHANNEL_NAME_IN_USE", "A channel with this name exists", channel, wanted)
    if not names.is_channel(wanted, world.config.limits.channel):
        raise _failed("CANNOT_RENAME", "Not a valid channel name", channel, wanted)
    if other is None and world.is_default_channel(channel.name):
        text = "New users join this channel automatically; change its name in the configuration"
        raise _failed("CANNOT_RENAME", text, channel, wanted)


def _failed(code: str, text: str, channel: Channel, wanted: str) -> FailError:
    return FailError("RENAME", code, text, channel.name, wanted)


def _update_forwards(world: World, before: str, name: str, out: Outbox) -> None:
    """Make channels that forward to this one (+f) follow its new name."""
    for channel in world.channels.values():
        if names.fold(channel.modes.get("f", "")) == names.fold(before):
            channel.modes["f"] = name
            out.save(channel_rows.upsert(channel))


def _send_part_and_join(channel: Channel, before: str, reason: str, out: Outbox) -> None:
    """Show the rename as leaving and joining to sessions without draft/channel-rename."""
    for user in channel.members:
        parted = out.message_from(user, "PART", before, *([reason] if reason else []))
        for session in user.sessions:
            if not session.caps & CHANNEL_RENAME:
                out.send(session.own_audience, parted)
                membership.send_join(session, user, channel, out)
