"""STATS: numbers about the server.

Source  modern IRC STATS; RFC 2812 section 3.4.4
"""

from __future__ import annotations

from collections.abc import Callable

from chatapp.protocol import numerics
from chatapp.protocol.message import Message, middle
from chatapp.server.clock import iso
from chatapp.server.commands.info import check_server
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.session import Session
from chatapp.server.state.world import World


def stats(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """STATS <letter>: u how long the server is up; for who runs it also k bans, l connections, o operators.

    Sends   242, or 216, 249, 243; 219
    Errors  402 no such server, 461 no letter
    Source  modern IRC STATS
    """
    assert me.user
    if len(msg.params) > 1:
        check_server(world, msg.params[1])
    letter = msg.params[0][:1].lower()
    tell = _FOR_ALL.get(letter) or (_FOR_OPERATORS.get(letter) if me.user.is_operator else None)
    if tell:
        tell(world, out)
    out.reply(numerics.RPL_ENDOFSTATS, middle(msg.params[0][:1]))


def _uptime(world: World, out: Outbox) -> None:
    minutes, seconds = divmod((out.now - world.started) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    out.reply(numerics.RPL_STATSUPTIME, f"Server Up {days} days {hours}:{minutes:02}:{seconds:02}")


def _bans(world: World, out: Outbox) -> None:
    for ban in world.bans:
        if ban.holds(out.now):
            until = iso(ban.until) if ban.until else "*"
            out.reply(numerics.RPL_STATSKLINE, "K", ban.mask, until, middle(ban.by), ban.reason)


def _connections(world: World, out: Outbox) -> None:
    sessions = world.sessions()
    out.work += 2 * len(sessions)  # TLS ones look at their queues with a lock
    for number, words in (
        (len(sessions), "connections"),
        (len(world.unknown), "of them not registered"),
        (sum(session.link.backlog for session in sessions), "bytes wait for them"),
        (len(world.users), "people"),
        (len(world.absent), "of them without a connection"),
        (len(world.accounts), "accounts"),
        (len(world.channels), "channels"),
    ):
        out.reply(numerics.RPL_STATSDEBUG, f"{number} {words}")


def _operators(world: World, out: Outbox) -> None:
    """Who may become one, by a login or by OPER."""
    out.work += len(world.accounts)
    for account in world.accounts.values():
        if account.role != "member":
            out.reply(numerics.RPL_STATSOLINE, "O", "*", "*", account.name, account.role)
    for name in world.config.operators:
        out.reply(numerics.RPL_STATSOLINE, "O", "*", "*", middle(name), "by OPER")


_FOR_ALL: dict[str, Callable[[World, Outbox], None]] = {"u": _uptime}
_FOR_OPERATORS = {"k": _bans, "l": _connections, "o": _operators}
