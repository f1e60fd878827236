"""The types that the modules of this folder share: statements, rows to write, and what can be queried.

A module with rows of its own (`channel_rows`, `message_rows`, …) holds both directions for its tables:
functions that take a `Queryable` read; functions named insert, upsert, update and delete return a `Save` and
write nothing yet. `Database.write` writes all saves of a turn in one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

DatabaseError = sqlite3.Error
"""The error that every function of this folder may raise."""

SqlValue = str | int | bytes | None

Stored = Literal["message", "record", "world"]
"""A message, which does not exist in the world; a record that is only read from the database, such as an
event of the history; or a change that was already made to the world in memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """A statement that writes rows. Compared by identity, so that equal ones are found cheaply.

    Args:
        name: What it does, for the log.
        sql: The SQL, with a `?` for each value, or with names if it needs one of them more than once.
            Numbers as in `?1` are an error from Python 3.14 on.
        stores: What kind of data it stores.
    """

    name: str
    sql: str
    stores: Stored = "world"


class Save(NamedTuple):
    """One row to write: a statement and its values."""

    statement: Statement
    values: tuple[SqlValue, ...] | Mapping[str, SqlValue] = ()


class Queryable(Protocol):
    """A source of rows: the `Database`, or the `Reader` of a worker."""

    def rows(
        self, query: str, values: Sequence[SqlValue] | Mapping[str, SqlValue] = ()
    ) -> sqlite3.Cursor: ...


def number(database: Queryable, query: str, *values: SqlValue) -> int:
    """Return the single number that a query finds; 0 for none."""
    row = database.rows(query, values).fetchone()
    return int(row[0] or 0) if row else 0
