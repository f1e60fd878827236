"""Keeping house, a little at a time: new messages go into the index of words, old ones out of the database.

The reading, and all work on the index, is a worker's. What shall be deleted is deleted by the core, in its
own transactions, so few rows at a time that nobody has to wait for it.
"""

from __future__ import annotations

import logging
import sqlite3
from typing import NamedTuple

from chatapp.server.core.outbox import Outbox
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from chatapp.server.storage.database import Reader, Save
from chatapp.server.storage.search_index import SearchIndex

SECONDS = 1.0  # between two rounds
CALM_ROWS = 10_000  # that go into the index in a round
BUSY_ROWS = 2_000  # the same when more than so many were said since the last round: talk comes first
OLD_ROWS = 500  # that are deleted in a round, of each table
DROPPED_ROWS = 2_000  # about, of what is dropped: it is found by its key, so it costs less
DROPPED_PLACES = 100  # channels, accounts and conversations that are looked at in a round
GONE_ROWS = 2_000  # that leave the index in a round
DAY = 86_400_000  # milliseconds

_TABLES = ("messages", "events")

log = logging.getLogger(__name__)


class Retention:
    """A chore of the core, see `Core.every`. Takes  index: None where there is none"""

    def __init__(self, index: SearchIndex | None) -> None:
        self._index = index
        self._newest = 0  # id of the newest message, one round ago

    def __call__(self, world: World, house: Session, out: Outbox) -> None:
        days = world.config.history.keep_days
        oldest = out.now - days * DAY if days else 0
        out.later(lambda reader: self._work(reader, oldest), _write)

    def _work(self, reader: Reader, oldest: int) -> list[Save]:
        """Gives  what the core shall delete. Takes  oldest: the time before which nothing is kept"""
        try:
            return [*self._keep_index(reader), *_expired(reader, oldest), *_dropped(reader)]
        except sqlite3.Error as error:
            log.warning("the house is not kept: %s", error)
            return []

    def _keep_index(self, reader: Reader) -> list[Save]:
        """Bring the index up to date. Trouble with it keeps nothing else from being done."""
        try:
            if self._index is None or self._index.mend():
                self._index_new(reader)
                return self._unindex(reader)
        except sqlite3.Error as error:
            log.warning("the index of words is not brought up to date: %s", error)
            if self._index:
                self._index.report(error)
        return []

    def _index_new(self, reader: Reader) -> None:
        if self._index is None:
            return
        query = "SELECT count(*), max(id) FROM (SELECT id FROM messages WHERE id > ? LIMIT ?)"
        count, newest = reader.rows(query, (self._newest, BUSY_ROWS)).fetchone()
        if newest:
            self._newest = reader.rows("SELECT max(id) FROM messages").fetchone()[0]
        self._index.add(BUSY_ROWS if count == BUSY_ROWS else CALM_ROWS)

    def _unindex(self, reader: Reader) -> list[Save]:
        rows = reader.rows("SELECT place, id FROM gone ORDER BY place LIMIT ?", (GONE_ROWS,)).fetchall()
        if rows and self._index:
            self._index.forget(number for _, number in rows)
        return [("forgotten", (rows[-1][0],))] if rows else []

    def close(self) -> None:
        """There will be no more rounds."""
        if self._index:
            self._index.close()


def _expired(reader: Reader, oldest: int) -> list[Save]:
    """What is too old. The lowest ids are the oldest."""
    saves: list[Save] = []
    for table in _TABLES:
        rows = reader.rows(f"SELECT id, time FROM {table} ORDER BY id LIMIT ?", (OLD_ROWS,)) if oldest else ()
        old = [number for number, time in rows if time < oldest]
        if old:
            saves.append((f"forget {table}", (old[-1], oldest)))
    return saves


def _dropped(reader: Reader) -> list[Save]:
    """Delete what is left of channels that are no more, of accounts that are deleted, and of conversations
    that nobody can ask for any more."""
    saves: list[Save] = []
    room = DROPPED_ROWS
    for (place,) in reader.rows("SELECT target FROM dropped LIMIT ?", (DROPPED_PLACES,)).fetchall():
        some = _of_account(reader, place, room) if _is_account(place) else _of_place(reader, place, room)
        saves += some.saves
        if some.is_all:
            saves.append(("dropped", (place,)))
        room -= some.rows
        if room <= 0:
            break
    return saves


class _Some(NamedTuple):
    """What is to be deleted of something: about so many rows; `is_all` when nothing is left then."""

    saves: list[Save]
    rows: int
    is_all: bool


def _is_account(place: str) -> bool:
    return place.startswith("=") and "\n" not in place


def _of_account(reader: Reader, identity: str, room: int) -> _Some:
    """The conversations of an account with what was said in them, then what waited for it."""
    saves: list[Save] = []
    count = 0
    query = "SELECT target FROM conversations WHERE owner = ? LIMIT ?"
    targets = reader.rows(query, (identity, DROPPED_PLACES)).fetchall()
    for (target,) in targets:
        some = _of_place(reader, target, room - count)
        saves += some.saves
        count += some.rows
        if count >= room or not some.is_all:
            return _Some(saves, count, is_all=False)
    query = "SELECT message FROM waiting WHERE owner = ? ORDER BY message LIMIT ?"
    waiting = reader.rows(query, (identity, room - count)).fetchall()
    if waiting:
        saves.append(("drop waiting", (identity, waiting[-1][0])))
    is_all = len(targets) < DROPPED_PLACES and len(waiting) < room - count
    return _Some(saves, count + len(waiting), is_all)


def _of_place(reader: Reader, target: str, room: int) -> _Some:
    """What happened in a channel or was said in a conversation; with the last of it whatever else is kept."""
    saves: list[Save] = []
    counts = []
    for table in _TABLES:
        query = f"SELECT time FROM {table} WHERE target = ? ORDER BY time LIMIT ?"
        times = reader.rows(query, (target, room)).fetchall()
        counts.append(len(times))
        if times:
            saves.append((f"drop {table}", (target, times[-1][0])))
    if max(counts) >= room:
        return _Some(saves, sum(counts), is_all=False)
    first, of_two, second = target.partition("\n")
    if of_two:
        saves.append(("drop conversation markers", (target, first, second)))
        saves.append(("drop conversation", (target, first, second)))
    else:
        saves.append(("drop markers", (target,)))
    return _Some(saves, sum(counts) + 1, is_all=True)


def _write(world: World, house: Session, saves: list[Save], out: Outbox) -> None:
    for query, values in saves:
        out.save(query, *values)
        if query == "drop markers":
            for markers in world.markers.values():
                markers.pop(values[0], None)
        elif query == "drop conversation markers":
            target, *owners = values
            for owner in owners:
                world.markers.get(owner, {}).pop(target, None)
