"""CHATHISTORY: pages of what was said. They are read by a worker, so that the core never waits for the disk.

Every bound is exclusive, every batch ascends.

Source  IRCv3 chathistory
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ...protocol import names
from ...protocol.message import Message
from ...protocol.numerics import Failed
from ..clock import iso, milliseconds
from ..archive import direct_key
from ..effects import Outbox
from ..ids import number_of
from ..store import Reader, Row
from ..world import Session, User, World

PARAMETERS = 4


class Place(NamedTuple):
    """Where messages are kept, and how the asker called it."""

    name: str
    key: str


Page = Callable[[Reader], list[Row]]


def chathistory(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """CHATHISTORY LATEST <target> * | <bound> <limit>, BEFORE | AFTER <target> <bound> <limit>: read what
    was said.

    A bound is `msgid=<id>` or `timestamp=<time>`.

    Sends   a chathistory batch
    Errors  FAIL CHATHISTORY INVALID_PARAMS, INVALID_TARGET, NEED_MORE_PARAMS, UNKNOWN_COMMAND
    Source  IRCv3 chathistory
    """
    subcommand = msg.params[0].upper()
    if subcommand not in _PAGES:
        raise _failed("UNKNOWN_COMMAND", "Unknown subcommand", msg.params[0])
    if len(msg.params) < PARAMETERS:
        raise _failed("NEED_MORE_PARAMS", "Target, bound and limit are needed", subcommand)
    _, target, bound, limit = msg.params[:PARAMETERS]
    assert me.user
    place = _place(world, me.user, subcommand, target)
    count = _limit(world, subcommand, limit)
    page = _PAGES[subcommand](subcommand, place.key, bound, count)
    out.later(page, lambda world, me, rows, out: _show(place, rows, out))


def _latest(subcommand: str, key: str, bound: str, count: int) -> Page:
    if bound == "*":
        return lambda reader: reader.history(key, None, None, count, newest=True)
    when = _bound(subcommand, bound)
    return lambda reader: reader.history(key, when(reader, key), None, count, newest=True)


def _before(subcommand: str, key: str, bound: str, count: int) -> Page:
    when = _bound(subcommand, bound)
    return lambda reader: reader.history(key, None, when(reader, key), count, newest=True)


def _after(subcommand: str, key: str, bound: str, count: int) -> Page:
    when = _bound(subcommand, bound)
    return lambda reader: reader.history(key, when(reader, key), None, count, newest=False)


_PAGES = {"LATEST": _latest, "BEFORE": _before, "AFTER": _after}


def _bound(subcommand: str, text: str) -> Callable[[Reader, str], int]:
    """A bound as the time it means, which for a msgid the reader finds out.

    Raises  Failed INVALID_PARAMS
    """
    kind, _, value = text.partition("=")
    if kind == "timestamp":
        try:
            time = milliseconds(value)
        except (ValueError, OverflowError):
            raise _failed("INVALID_PARAMS", "Not a time", subcommand, text) from None
        return lambda reader, key: time
    number = number_of(value) if kind == "msgid" else None
    if number is None:
        raise _failed("INVALID_PARAMS", "A bound is msgid=… or timestamp=…", subcommand, text)

    def find(reader: Reader, key: str) -> int:
        found = reader.time_of(key, number)
        if found is None:
            raise _failed("INVALID_PARAMS", "No such message there", subcommand, text)
        return found

    return find


def _place(world: World, user: User, subcommand: str, target: str) -> Place:
    """Raises  Failed INVALID_TARGET when there is no such channel, or the asker is not in it"""
    if names.looks_like_channel(target):
        channel = world.channels.get(names.fold(target))
        if channel is None or user not in channel.members:
            raise _failed("INVALID_TARGET", "Messages could not be retrieved", subcommand, target)
        return Place(channel.name, channel.key)
    other = world.users.get(names.fold(target))
    return Place(other.nick if other else target, direct_key(user, other or target))


def _limit(world: World, subcommand: str, text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise _failed("INVALID_PARAMS", "A limit is a whole number from 1", subcommand, text)
    return min(int(text), world.config.history.page)


def _show(place: Place, rows: list[Row], out: Outbox) -> None:
    with out.batch("chathistory", place.name):
        for row in rows:
            out.say(_message(place, row))


def _message(place: Place, row: Row) -> Message:
    tags = {"time": iso(row.time), "msgid": f"{row.id:x}"}
    if row.account:
        tags["account"] = row.account
    return Message(row.command, (row.recipient or place.name, row.text), row.source, {**tags, **row.tags})


def _failed(code: str, words: str, *context: str) -> Failed:
    return Failed("CHATHISTORY", code, words, *context)
