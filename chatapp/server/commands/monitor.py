"""MONITOR: notifies sessions when nicks sign on or off. Each session has its own list.

Source: IRCv3 monitor, extended-monitor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from chatapp.protocol import names, numerics
from chatapp.protocol.message import Message, pack
from chatapp.protocol.numerics import Numeric, NumericError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import metadata_notify, monitoring
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

LINE_BYTES = 400  # the most bytes of nicks in one line, so that the whole line fits


def monitor(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """MONITOR + <nick>{,<nick>} | - <nick>{,<nick>} | C | L | S: be notified when users sign on or off.

    `+` adds nicks to your list, `-` removes them, C clears the list, L shows it, S shows who is online.

    Sends:
        730 online, 731 offline, 732 and 733 the list; later 730 and 731 at each change. With extended-monitor
        also AWAY, ACCOUNT and SETNAME, and AWAY at once for users who are away.
    Errors:
        734 the list is full, 400 no such subcommand.
    Source:
        IRCv3 monitor.
    """
    handler = _SUBCOMMANDS.get(msg.params[0].upper())
    if handler is None:
        raise NumericError(numerics.ERR_UNKNOWNERROR, "MONITOR", msg.params[0], "Use one of + - C L S")
    handler(world, me, msg, out)


def _add(world: World, me: Session, msg: Message, out: Outbox) -> None:
    limits = world.config.limits
    added, too_many = [], []
    for folded, nick in {names.fold(nick): nick for nick in _nicks(msg)}.items():
        if not names.is_nick(nick, limits.nick):
            continue
        if folded not in me.monitored and len(me.monitored) >= limits.monitor:
            too_many.append(nick)
            continue
        if folded not in me.monitored:
            world.monitors.add(me, nick)
        added.append(nick)
    _send_states(world, added, out)
    for line in pack(too_many, LINE_BYTES, ","):
        out.reply(numerics.ERR_MONLISTFULL, str(limits.monitor), line)


def _remove(world: World, me: Session, msg: Message, out: Outbox) -> None:
    world.monitors.remove(me, map(names.fold, _nicks(msg)))


def _clear(world: World, me: Session, msg: Message, out: Outbox) -> None:
    world.monitors.remove(me, list(me.monitored))


def _list(world: World, me: Session, msg: Message, out: Outbox) -> None:
    _send_packed(numerics.RPL_MONLIST, me.monitored.values(), out)
    out.reply(numerics.RPL_ENDOFMONLIST)


def _state(world: World, me: Session, msg: Message, out: Outbox) -> None:
    _send_states(world, me.monitored.values(), out)


_SUBCOMMANDS: dict[str, Callable[[World, Session, Message, Outbox], None]] = {
    "+": _add,
    "-": _remove,
    "C": _clear,
    "L": _list,
    "S": _state,
}


def _nicks(msg: Message) -> list[str]:
    """Return the nicks in the second parameter.

    Raises:
        NumericError: 461, the parameter is missing.
    """
    if len(msg.params) < 2:
        raise NumericError(numerics.ERR_NEEDMOREPARAMS, "MONITOR")
    return [nick for nick in msg.params[1].split(",") if nick]


def _send_states(world: World, nicks: Iterable[str], out: Outbox) -> None:
    online: list[User] = []
    offline: list[str] = []
    for nick in dict.fromkeys(nicks):
        out.work += 1
        user = world.users.get(names.fold(nick))
        if user:
            online.append(user)
        else:
            offline.append(nick)
    _send_packed(numerics.RPL_MONONLINE, (user.source for user in online), out)
    _send_packed(numerics.RPL_MONOFFLINE, offline, out)
    for user in online:
        monitoring.send_away(out.me, user, out)
        metadata_notify.send_user(world, out.me, user, out)


def _send_packed(numeric: Numeric, nicks: Iterable[str], out: Outbox) -> None:
    for line in pack(nicks, LINE_BYTES, ","):
        out.reply(numeric, line)
