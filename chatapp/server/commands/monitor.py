"""MONITOR: who is told when somebody comes or goes. Every session has a list of its own.

Source  IRCv3 monitor, extended-monitor
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from chatapp.protocol import names, numerics
from chatapp.protocol.message import Message, pack
from chatapp.protocol.numerics import Numeric, NumericError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import metadata_notify
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

LINE_BYTES = 400  # of nicks in one line, so that it fits with everything before them


def monitor(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """MONITOR + <nick>{,<nick>} | - <nick>{,<nick>} | C | L | S: be told when somebody comes or goes.

    `+` and `-` change whom you watch, C clears that list, L shows it, S shows who of it is here.

    Sends   730 who is here, 731 who is not, 732 and 733 the list; later 730 and 731 whenever that changes
    Errors  734 the list is full, 400 no such subcommand
    Source  IRCv3 monitor
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
    _tell_state(world, added, out)
    for line in pack(too_many, LINE_BYTES, ","):
        out.reply(numerics.ERR_MONLISTFULL, str(limits.monitor), line)


def _remove(world: World, me: Session, msg: Message, out: Outbox) -> None:
    world.monitors.remove(me, map(names.fold, _nicks(msg)))


def _clear(world: World, me: Session, msg: Message, out: Outbox) -> None:
    world.monitors.remove(me, list(me.monitored))


def _list(world: World, me: Session, msg: Message, out: Outbox) -> None:
    _tell(numerics.RPL_MONLIST, me.monitored.values(), out)
    out.reply(numerics.RPL_ENDOFMONLIST)


def _state(world: World, me: Session, msg: Message, out: Outbox) -> None:
    _tell_state(world, me.monitored.values(), out)


_SUBCOMMANDS: dict[str, Callable[[World, Session, Message, Outbox], None]] = {
    "+": _add,
    "-": _remove,
    "C": _clear,
    "L": _list,
    "S": _state,
}


def _nicks(msg: Message) -> list[str]:
    """Raises  Refused 461 when there are none"""
    if len(msg.params) < 2:
        raise NumericError(numerics.ERR_NEEDMOREPARAMS, "MONITOR")
    return [nick for nick in msg.params[1].split(",") if nick]


def _tell_state(world: World, nicks: Iterable[str], out: Outbox) -> None:
    here: list[User] = []
    gone: list[str] = []
    for nick in dict.fromkeys(nicks):
        out.work += 1
        user = world.users.get(names.fold(nick))
        if user:
            here.append(user)
        else:
            gone.append(nick)
    _tell(numerics.RPL_MONONLINE, (user.source for user in here), out)
    _tell(numerics.RPL_MONOFFLINE, gone, out)
    for user in here:
        metadata_notify.tell_user(world, out.me, user, out)


def _tell(numeric: Numeric, words: Iterable[str], out: Outbox) -> None:
    for line in pack(words, LINE_BYTES, ","):
        out.reply(numeric, line)
