"""Finds rows to delete, a limited number at a time: expired and dropped messages and events.

*Expired* rows are older than the configuration allows, or mode `H` of their channel. *Dropped* rows belong
to a deleted channel, a deleted account, or a conversation of guests who cannot come back. The table
`dropped` lists their keys until all their rows are deleted. The table `gone` lists deleted and edited
messages that are still indexed.

Thread: a worker's. The core writes the saves that these functions return.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from chatapp.server.storage import file_rows
from chatapp.server.storage.statements import Queryable, Save, Statement, number

MOST_FILES = 200
"""The most files of an account that are found at once: each takes longer than a message."""

_TABLES = ("messages", "events")

_DELETE_EXPIRED = {
    table: Statement(f"delete old {table}", f"DELETE FROM {table} WHERE id <= ? AND time < ?")
    for table in _TABLES
}
_DELETE_OF_TARGET = {
    table: Statement(f"delete dropped {table}", f"DELETE FROM {table} WHERE target = ? AND time <= ?")
    for table in _TABLES
}
_DELETE_MARKERS = Statement("delete markers of a channel", "DELETE FROM markers WHERE target = ?")
_DELETE_CONVERSATION = Statement(
    "delete a conversation", "DELETE FROM conversations WHERE target = ? AND owner IN (?, ?)"
)
_DELETE_CONVERSATION_MARKERS = Statement(
    "delete markers of a conversation", "DELETE FROM markers WHERE target = ? AND owner IN (?, ?)"
)
_DELETE_UNDELIVERED = Statement(
    "delete undelivered messages", "DELETE FROM waiting WHERE owner = ? AND message <= ?"
)
_DELETE_DROPPED_KEY = Statement("forget a dropped key", "DELETE FROM dropped WHERE target = ?")
_DELETE_GONE = Statement("forget changed messages", "DELETE FROM gone WHERE place <= ?")
_DROP_GUESTS = Statement(
    "drop conversations of guests",
    "INSERT OR IGNORE INTO dropped"
    " SELECT target FROM conversations WHERE owner GLOB '![0-9]*' AND partner GLOB '![0-9]*'",
)


class DeletedMarkers(NamedTuple):
    """Read markers that are deleted: of all users in a channel, or of both in a conversation.

    Args:
        owners: The identities; empty for all.
    """

    target: str
    owners: tuple[str, ...] = ()


@dataclass(slots=True)
class Deletion:
    """Rows to delete.

    Args:
        saves: The saves that delete them.
        markers: The read markers among them, to be deleted from the world too.
        rows: Approximately the number of rows.
        is_complete: Whether these are all rows of the same kind.
    """

    saves: list[Save] = field(default_factory=list)
    markers: list[DeletedMarkers] = field(default_factory=list)
    rows: int = 0
    is_complete: bool = True

    def add(self, other: Deletion) -> None:
        """Add another deletion to this one."""
        self.saves += other.saves
        self.markers += other.markers
        self.rows += other.rows


class ChangedMessages(NamedTuple):
    """Deleted and edited messages that are still indexed, and the save that takes them off the list."""

    ids: tuple[int, ...]
    save: Save


def drop_guest_conversations() -> Save:
    """Drop the conversations between guests without a key: after a restart, none of them can come back."""
    return Save(_DROP_GUESTS)


def expired(database: Queryable, oldest: int, limit: int) -> Deletion:
    """Find rows that are too old.

    Args:
        oldest: Rows before this time are too old; milliseconds.
        limit: The most rows of each table. Only those with the lowest ids are read, which are the oldest.
    """
    deletion = Deletion()
    for table in _TABLES:
        rows = database.rows(f"SELECT id, time FROM {table} ORDER BY id LIMIT ?", (limit,))
        old = [message_id for message_id, time in rows if time < oldest]
        if old:
            deletion.saves.append(Save(_DELETE_EXPIRED[table], (old[-1], oldest)))
            deletion.rows += len(old)
    return deletion


def expired_in(database: Queryable, target: str, oldest: int, limit: int) -> Deletion:
    """Find rows of a channel that are too old for it.

    Args:
        target: The key of the channel.
        oldest: Rows before this time are too old; milliseconds.
        limit: The most rows of each table, the oldest ones.
    """
    deletion = Deletion()
    for table in _TABLES:
        query = f"SELECT time FROM {table} WHERE target = ? AND time < ? ORDER BY time LIMIT ?"
        times = database.rows(query, (target, oldest, limit)).fetchall()
        if times:
            deletion.saves.append(Save(_DELETE_OF_TARGET[table], (target, times[-1][0])))
            deletion.rows += len(times)
    return deletion


def dropped(database: Queryable, limit: int, keys: int) -> Deletion:
    """Find the remaining rows of deleted channels, deleted accounts and lost conversations.

    Args:
        limit: Approximately the most rows.
        keys: The most channels, accounts and conversations to read, and the most conversations per account.
    """
    deletion = Deletion()
    for (key,) in database.rows("SELECT target FROM dropped LIMIT ?", (keys,)).fetchall():
        room = limit - deletion.rows
        part = _of_account(database, key, room, keys) if _is_account(key) else _of_target(database, key, room)
        deletion.add(part)
        if part.is_complete:
            deletion.saves.append(Save(_DELETE_DROPPED_KEY, (key,)))
        if deletion.rows >= limit:
            break
    return deletion


def changed_messages(database: Queryable, limit: int) -> ChangedMessages | None:
    """Find messages whose old words are still in the search index; None when there are none."""
    rows = database.rows("SELECT place, id FROM gone ORDER BY place LIMIT ?", (limit,)).fetchall()
    if not rows:
        return None
    return ChangedMessages(tuple(message_id for _, message_id in rows), Save(_DELETE_GONE, (rows[-1][0],)))


def count_newer(database: Queryable, message_id: int, limit: int) -> int:
    """Return how many messages are newer than this one, counting up to the limit."""
    return number(
        database, "SELECT count(*) FROM (SELECT id FROM messages WHERE id > ? LIMIT ?)", message_id, limit
    )


def newest_message_id(database: Queryable) -> int:
    """Return the highest id of a message, 0 when there is none."""
    return number(database, "SELECT max(id) FROM messages")


def _is_account(key: str) -> bool:
    return key.startswith("=") and "\n" not in key


def _of_account(database: Queryable, identity: str, room: int, keys: int) -> Deletion:
    """Find the conversations of an account with their messages, then its undelivered messages and its files
    that are in no message. Those in messages go with these.
    """
    deletion = Deletion()
    query = "SELECT target FROM conversations WHERE owner = ? LIMIT ?"
    targets = database.rows(query, (identity, keys)).fetchall()
    for (target,) in targets:
        part = _of_target(database, target, room - deletion.rows)
        deletion.add(part)
        if deletion.rows >= room or not part.is_complete:
            deletion.is_complete = False
            return deletion
    room -= deletion.rows
    query = "SELECT message FROM waiting WHERE owner = ? ORDER BY message LIMIT ?"
    undelivered = database.rows(query, (identity, room)).fetchall()
    if undelivered:
        deletion.saves.append(Save(_DELETE_UNDELIVERED, (identity, undelivered[-1][0])))
    deletion.rows += len(undelivered)
    files = file_rows.unsent(database, identity, MOST_FILES)
    deletion.saves += map(file_rows.delete, files)
    deletion.rows += len(files)
    deletion.is_complete = len(targets) < keys and len(undelivered) < room and len(files) < MOST_FILES
    return deletion


def _of_target(database: Queryable, target: str, room: int) -> Deletion:
    """Find messages and events of a channel or conversation; with the last of them everything else."""
    deletion = Deletion()
    counts = []
    for table in _TABLES:
        query = f"SELECT time FROM {table} WHERE target = ? ORDER BY time LIMIT ?"
        times = database.rows(query, (target, room)).fetchall()
        counts.append(len(times))
        if times:
            deletion.saves.append(Save(_DELETE_OF_TARGET[table], (target, times[-1][0])))
    deletion.rows = sum(counts)
    if max(counts) >= room:
        deletion.is_complete = False
        return deletion
    deletion.rows += 1
    deletion.saves += _rest_of(target)
    deletion.markers.append(DeletedMarkers(target, _owners(target)))
    return deletion


def _rest_of(target: str) -> Iterable[Save]:
    owners = _owners(target)
    if owners:
        return [
            Save(_DELETE_CONVERSATION_MARKERS, (target, *owners)),
            Save(_DELETE_CONVERSATION, (target, *owners)),
        ]
    return [Save(_DELETE_MARKERS, (target,))]


def _owners(target: str) -> tuple[str, ...]:
    """Return the two identities of a conversation; nothing for a channel."""
    return tuple(target.split("\n", 1)) if "\n" in target else ()
