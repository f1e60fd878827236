"""Sends the welcome after registration, and its parts for the commands that repeat them.

Source: modern IRC "Connection Registration"; RFC 2812 section 5.1.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from chatapp.protocol import isupport, numerics
from chatapp.protocol.capabilities import EXTENDED_ISUPPORT
from chatapp.protocol.modes import CHANNEL_MODES, USER_MODES
from chatapp.server.config import Config
from chatapp.server.core.features import VERSION, isupport_tokens
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import file_senders, metadata_notify
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World


def send_welcome(world: World, me: Session, user: User, out: Outbox) -> None:
    """Send 001 to 005, LUSERS, metadata of the user, MOTD."""
    network = world.config.server.network
    created = datetime.fromtimestamp(world.started / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    out.reply(numerics.RPL_WELCOME, f"Welcome to {network}, {user.source}")
    out.reply(numerics.RPL_YOURHOST, f"Your host is {world.name}, running {VERSION}")
    out.reply(numerics.RPL_CREATED, f"This server was started {created}")
    channel_modes = "".join(sorted(CHANNEL_MODES))
    with_parameter = "".join(sorted(each.letter for each in CHANNEL_MODES.values() if each.parameter))
    out.reply(numerics.RPL_MYINFO, world.name, VERSION, "".join(USER_MODES), channel_modes, with_parameter)
    send_own_features(world, me, out)
    send_lusers(world, out)
    metadata_notify.send_own(world, me, out)
    send_motd(world, out)


def send_own_features(world: World, me: Session, out: Outbox) -> None:
    """Send all tokens to the session that asked."""
    file_senders.renew_token(world, me)
    tokens = isupport_tokens(world.config, _file_prefix(world)) | file_senders.tokens(me)
    send_features(world, me, isupport.tokens(tokens), out)


def _file_prefix(world: World) -> str:
    return world.files.prefix if world.files.contents else ""


def send_features(world: World, session: Session, tokens: Iterable[str], out: Outbox) -> None:
    """Send tokens as 005 in as many lines as needed; as a batch to sessions with extended-isupport."""
    lines = [out.numeric(session, numerics.RPL_ISUPPORT, *row) for row in isupport.rows(tokens)]
    if session.caps & EXTENDED_ISUPPORT:
        out.batch_to(session, "draft/isupport", (), lines)
    else:
        for line in lines:
            out.send(session.own_audience, line)


def notify_features(world: World, before: Config, out: Outbox) -> None:
    """Notify all sessions of tokens that a new configuration adds, changes or removes.

    Args:
        before: The configuration until now.

    Sends:
        005; a removed token as `-TOKEN`.
    """
    prefix = _file_prefix(world)
    old, current = isupport_tokens(before, prefix), isupport_tokens(world.config, prefix)
    changed = {name: value for name, value in current.items() if name not in old or old[name] != value}
    gone = [f"-{name}" for name in old if name not in current]
    if changed or gone:
        for session in world.sessions():
            if session.user and not session.is_plain:
                send_features(world, session, [*isupport.tokens(changed), *gone], out)


def send_lusers(world: World, out: Outbox) -> None:
    """Send the numbers of users and channels: 251 to 255, 265, 266."""
    count, most, invisible = len(world.users), world.most_users, world.mode_counts["i"]
    text = f"There are {count - invisible} users and {invisible} invisible on 1 servers"
    out.reply(numerics.RPL_LUSERCLIENT, text)
    if world.mode_counts["o"]:
        out.reply(numerics.RPL_LUSEROP, str(world.mode_counts["o"]))
    if unknown := world.count_unregistered():
        out.reply(numerics.RPL_LUSERUNKNOWN, str(unknown))
    out.reply(numerics.RPL_LUSERCHANNELS, str(len(world.channels)))
    out.reply(numerics.RPL_LUSERME, f"I have {count} clients and 0 servers")
    out.reply(numerics.RPL_LOCALUSERS, str(count), str(most), f"Current local users {count}, max {most}")
    out.reply(numerics.RPL_GLOBALUSERS, str(count), str(most), f"Current global users {count}, max {most}")


def send_motd(world: World, out: Outbox) -> None:
    """Send the message of the day: 375, 372 and 376; 422 if there is none."""
    text = world.config.server.motd
    if not text:
        out.reply(numerics.ERR_NOMOTD)
        return
    out.reply(numerics.RPL_MOTDSTART, f"- {world.name} Message of the day - ")
    for line in text.splitlines():
        out.reply(numerics.RPL_MOTD, f"- {line}")
    out.reply(numerics.RPL_ENDOFMOTD)
