"""LUSERS, MOTD, VERSION, ISUPPORT, ADMIN, INFO, TIME, LINKS, HELP and STATS: information about the server.

Source: modern IRC "Server Queries and Commands".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from chatapp.protocol import names, numerics
from chatapp.protocol.capabilities import EXTENDED_ISUPPORT
from chatapp.protocol.message import Message, middle
from chatapp.protocol.modes import CHANNEL_MODES
from chatapp.protocol.numerics import NumericError
from chatapp.protocol.timestamps import iso_or_star
from chatapp.server.core.features import VERSION
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import welcome
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World, check_server

_INFO = (
    "Chatapp: chat for a class, a team, an office or a club, on your own computer.",
    "It speaks IRC, so any IRC client can connect.",
)


def lusers(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """LUSERS: show the numbers of users and channels.

    Sends:
        251 to 255, 265, 266.
    Source:
        modern IRC LUSERS.
    """
    if len(msg.params) > 1:
        check_server(world, msg.params[1])
    welcome.send_lusers(world, out)


def motd(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """MOTD: show the message of the day.

    Sends:
        375, 372, 376.
    Errors:
        422 there is none, 402 no such server.
    Source:
        modern IRC MOTD.
    """
    _check_first(world, msg)
    welcome.send_motd(world, out)


def version(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """VERSION: show the version of the server and its features.

    Sends:
        351, 005.
    Errors:
        402 no such server.
    Source:
        modern IRC VERSION.
    """
    _check_first(world, msg)
    out.reply(numerics.RPL_VERSION, VERSION, world.name, "")
    welcome.send_own_features(world, me, out)


def isupport(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """ISUPPORT: show the features of the server.

    Sends:
        005.
    Errors:
        451 before registration, without draft/extended-isupport.
    Source:
        IRCv3 extended-isupport.
    """
    if me.user is None and not me.caps & EXTENDED_ISUPPORT:
        raise NumericError(numerics.ERR_NOTREGISTERED)
    welcome.send_own_features(world, me, out)


def admin(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """ADMIN: show where to reach the people who run the server.

    Sends:
        256, 257, 258.
    Errors:
        402 no such server.
    Source:
        modern IRC ADMIN.
    """
    _check_first(world, msg)
    out.reply(numerics.RPL_ADMINME, world.name)
    out.reply(numerics.RPL_ADMINLOC1, world.config.server.network)
    out.reply(numerics.RPL_ADMINLOC2, f"Ask in {world.default_channel}")


def info(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """INFO: describe the software, its version and when it was started.

    Sends:
        371, 374.
    Errors:
        402 no such server.
    Source:
        modern IRC INFO.
    """
    _check_first(world, msg)
    for line in (*_INFO, f"Version {VERSION}, running since {_time_text(world.started)}"):
        out.reply(numerics.RPL_INFO, line)
    out.reply(numerics.RPL_ENDOFINFO)


def time_(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """TIME: show the time of the server.

    Sends:
        391 with the server, the Unix time in seconds, and the time as text.
    Errors:
        402 no such server.
    Source:
        modern IRC TIME.
    """
    _check_first(world, msg)
    out.reply(numerics.RPL_TIME, world.name, str(out.now // 1000), "0", _time_text(out.now))


def links(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """LINKS [[<server>] <mask>]: list the servers that match a mask; there is only this one.

    Sends:
        364 if this server matches, 365.
    Errors:
        402 no such server.
    Source:
        RFC 2812 section 3.4.5.
    """
    if len(msg.params) > 1:
        check_server(world, msg.params[0])
    mask = msg.params[min(1, len(msg.params) - 1)] if msg.params else "*"
    if names.matches(mask or "*", world.name):
        out.reply(numerics.RPL_LINKS, world.name, world.name, f"0 {world.config.server.network}")
    out.reply(numerics.RPL_ENDOFLINKS, middle(mask))


def help_(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """HELP [<command>]: show how to use a command, or list all commands.

    Sends:
        704, 705, 706.
    Errors:
        524 no help on this.
    Source:
        modern IRC HELP.
    """
    asked = msg.params[0].upper() if msg.params and msg.params[0] else ""
    if not asked:
        _help(
            "*", ["HELP <command> explains one of these commands:", *_columns(sorted(world.help_texts))], out
        )
    elif asked in world.help_texts:
        modes = _mode_lines() if asked == "MODE" else []
        _help(asked, [*world.help_texts[asked].splitlines(), *modes], out)
    else:
        raise NumericError(numerics.ERR_HELPNOTFOUND, msg.params[0])


def _mode_lines() -> list[str]:
    """Return what HELP says of each mode of a channel."""
    lines = ["", "Modes of a channel:"]
    for letter, mode in CHANNEL_MODES.items():
        usage = f"{letter} <{mode.parameter}>" if mode.parameter else letter
        lines.append(f"    {usage}: {mode.description}".replace("`", ""))
    return lines


def _check_first(world: World, msg: Message) -> None:
    if msg.params:
        check_server(world, msg.params[0])


def _help(topic: str, lines: list[str], out: Outbox) -> None:
    out.reply(numerics.RPL_HELPSTART, topic, lines[0])
    for line in lines[1:]:
        out.reply(numerics.RPL_HELPTXT, topic, line or " ")
    out.reply(numerics.RPL_ENDOFHELP, topic, "End of /HELP")


def _columns(words: list[str]) -> list[str]:
    """Arrange words in lines of eight."""
    return ["  ".join(words[at : at + 8]) for at in range(0, len(words), 8)]


def _time_text(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%A %d %B %Y, %H:%M:%S UTC")


def stats(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """STATS <letter>: show statistics: u uptime; for operators also k bans, l connections, o operators.

    Sends:
        242, 216, 249 or 243; then 219.
    Errors:
        402 no such server, 461 no letter.
    Source:
        modern IRC STATS.
    """
    if len(msg.params) > 1:
        check_server(world, msg.params[1])
    letter = msg.params[0][:1].lower()
    send = _STATS.get(letter) or (_OPERATOR_STATS.get(letter) if user.is_operator else None)
    if send:
        send(world, out)
    out.reply(numerics.RPL_ENDOFSTATS, middle(msg.params[0][:1]))


def _uptime(world: World, out: Outbox) -> None:
    minutes, seconds = divmod((out.now - world.started) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    out.reply(numerics.RPL_STATSUPTIME, f"Server Up {days} days {hours}:{minutes:02}:{seconds:02}")


def _bans(world: World, out: Outbox) -> None:
    for ban in world.bans:
        if ban.is_active(out.now):
            until = iso_or_star(ban.until)
            out.reply(numerics.RPL_STATSKLINE, "K", ban.mask, until, middle(ban.by), ban.reason)


def _connections(world: World, out: Outbox) -> None:
    sessions = world.sessions()
    out.work += 2 * len(sessions)  # a TLS connection takes a lock to count its bytes
    for count, noun in (
        (len(sessions), "connections"),
        (world.count_unregistered(), "of them not registered"),
        (sum(session.link.backlog for session in sessions), "bytes wait for them"),
        (len(world.users), "users"),
        (len(world.absent), "of them without a connection"),
        (len(world.accounts), "accounts"),
        (len(world.channels), "channels"),
    ):
        out.reply(numerics.RPL_STATSDEBUG, f"{count} {noun}")


def _operators(world: World, out: Outbox) -> None:
    """List who can become an operator, by login or with OPER."""
    out.work += len(world.accounts)
    for account in world.accounts.values():
        if account.role != "member":
            out.reply(numerics.RPL_STATSOLINE, "O", "*", "*", account.name, account.role)
    for name in world.config.operators:
        out.reply(numerics.RPL_STATSOLINE, "O", "*", "*", middle(name), "by OPER")


_STATS: dict[str, Callable[[World, Outbox], None]] = {"u": _uptime}
_OPERATOR_STATS = {"k": _bans, "l": _connections, "o": _operators}
