"""Keeping house, a little at a time: new messages go into the index of words, old ones out of the database.

The reading, and all work on the index, is a worker's. What shall be deleted is deleted by the core, in its
own transactions, so few rows at a time that nobody has to wait for it.
"""

from __future__ import annotations

import logging
import sqlite3

from chatapp.server.index import Index
from chatapp.server.outbox import Outbox
from chatapp.server.session import Session
from chatapp.server.store import Reader, Save
from chatapp.server.world import World

SECONDS = 1.0  # between two rounds
CALM_ROWS = 10_000  # that go into the index in a round
BUSY_ROWS = 2_000  # the same when more than so many were said since the last round: talk comes first
OLD_ROWS = 500  # that are deleted in a round, of each table
GONE_ROWS = 2_000  # that leave the index in a round
DAY = 86_400_000  # milliseconds

_TABLES = ("messages", "events")

log = logging.getLogger(__name__)


class Housekeeping:
    """A chore of the core, see `Core.every`. Takes  index: None where there is none"""

    def __init__(self, index: Index | None) -> None:
        self._index = index
        self._newest = 0  # id of the newest message, one round ago

    def __call__(self, world: World, house: Session, out: Outbox) -> None:
        days = world.config.history.keep_days
        oldest = out.now - days * DAY if days else 0
        out.later(lambda reader: self._work(reader, oldest), _write)

    def _work(self, reader: Reader, oldest: int) -> list[Save]:
        """Gives  what the core shall delete. Takes  oldest: the time before which nothing is kept"""
        try:
            self._index_new(reader)
            return [*self._unindex(reader), *_expired(reader, oldest), *_dropped(reader)]
        except sqlite3.Error as error:
            log.warning("the house is not kept: %s", error)
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
    """What is left of a channel that is no more, or of a conversation that nobody can ask for any more."""
    row = reader.rows("SELECT target FROM dropped LIMIT 1").fetchone()
    if not row:
        return []
    target = row[0]
    saves: list[Save] = []
    for table in _TABLES:
        query = f"SELECT time FROM {table} WHERE target = ? ORDER BY time LIMIT ?"
        times = reader.rows(query, (target, OLD_ROWS)).fetchall()
        if times:
            saves.append((f"drop {table}", (target, times[-1][0])))
    if saves:
        return saves
    first, _, second = target.partition("\n")
    return [
        ("drop markers", (target,)),
        ("drop conversation", (target, first, second)),
        ("dropped", (target,)),
    ]


def _write(world: World, house: Session, saves: list[Save], out: Outbox) -> None:
    for query, values in saves:
        out.save(query, *values)
        if query == "dropped":
            for markers in world.markers.values():
                markers.pop(values[0], None)
