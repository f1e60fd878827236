"""What is kept: SQLite in WAL mode.

The core thread owns the Store and writes each turn in one transaction; workers read through Readers of
their own.

Source  sqlite.org/wal.html, sqlite.org/pragma.html
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal, NamedTuple

from chatapp.server.state import masks
from chatapp.server.state.accounts import Account
from chatapp.server.state.bans import Ban
from chatapp.server.state.channel import Channel, MaskEntry
from chatapp.server.state.world import PersistentUser
from chatapp.server.storage import clock_repair
from chatapp.server.storage.data_folder import attachable
from chatapp.server.storage.schema import keep_copy, migrate, transaction, use_wal
from chatapp.server.storage.search_index import SCHEMA, SearchIndex, last

Save = tuple[str, tuple[Any, ...]]
"""The name of a query in WRITES, and the values for it."""

HURRIED_MILLISECONDS = 50
"""How long the core waits for a lock on the database: about as long as cutting the write-ahead log takes."""

LOCKED = "locked"
"""The fact that is there, and not empty, while the server is closed to guests."""

OWNER = "owner credentials"
"""The fact that says which password makes an owner of who gives it to OPER."""

ACCOUNTS_CHANGED = "accounts changed"
"""The fact that another process changes together with an account."""

HIGHEST_CHANNEL = "highest channel"
"""The fact that is the highest number that was given to a channel."""

_CHANNEL_KEYS = (
    "SELECT DISTINCT target FROM markers WHERE target BETWEEN '#' AND '$'",
    # of the others, which may be large, one look-up in the index for each key
    *(
        f"WITH RECURSIVE each (key) AS (SELECT min({column}) FROM {table} WHERE {column} > '#'"
        f" UNION ALL SELECT (SELECT min({column}) FROM {table} WHERE {column} > key) FROM each"
        " WHERE key < '$') SELECT key FROM each WHERE key < '$'"
        for table, column in (
            ("messages", "target"), ("events", "target"), ("metadata", "owner"), ("dropped", "target")
        )
    ),
)  # fmt: skip
_OF_AN_ACCOUNT = "WHERE folded IN (SELECT folded FROM accounts)"

WRITES = {
    # "message" is one message; "talk" is many of one sender in a row, whose texts come as a JSON list: one
    # statement for all of them costs half as much as one for each, and lets other threads run meanwhile
    "fact": "INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)",
    "first fact": "INSERT OR IGNORE INTO facts (name, value) VALUES (?, ?)",
    "message": "INSERT INTO messages"
    " (id, target, recipient, time, command, source, account, author, text, tags)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "talk": "INSERT INTO messages"
    " (id, target, recipient, time, command, source, account, author, text, tags)"
    " SELECT ? + key, ?, '', ? + key, 'PRIVMSG', ?, ?, ?, value, '' FROM json_each(?)",
    "event": "INSERT OR IGNORE INTO events (target, time, id, command, source, account, author, text, tags)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "conversation": "INSERT INTO conversations (owner, partner, target, nick, last) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (owner, partner) DO UPDATE SET nick = excluded.nick, last = excluded.last",
    "marker": "INSERT INTO markers (owner, target, time) VALUES (?, ?, ?)"
    " ON CONFLICT (owner, target) DO UPDATE SET time = max(time, excluded.time)",
    "redact": "DELETE FROM messages WHERE id = ?",
    "redact event": "DELETE FROM events WHERE target = ? AND time = ?",
    # a few old rows at a time: nobody shall wait for it
    "forget messages": "DELETE FROM messages WHERE id <= ? AND time < ?",
    "forget events": "DELETE FROM events WHERE id <= ? AND time < ?",
    "drop messages": "DELETE FROM messages WHERE target = ? AND time <= ?",
    "drop events": "DELETE FROM events WHERE target = ? AND time <= ?",
    "drop markers": "DELETE FROM markers WHERE target = ?",
    "drop conversation": "DELETE FROM conversations WHERE target = ? AND owner IN (?, ?)",
    "drop conversation markers": "DELETE FROM markers WHERE target = ? AND owner IN (?, ?)",
    "drop waiting": "DELETE FROM waiting WHERE owner = ? AND message <= ?",
    "dropped": "DELETE FROM dropped WHERE target = ?",
    "drop guests": "INSERT OR IGNORE INTO dropped"
    " SELECT target FROM conversations WHERE owner GLOB '!*' AND partner GLOB '!*'",
    "forgotten": "DELETE FROM gone WHERE place <= ?",
    "channel": "INSERT INTO channels (id, name, folded, created, topic, topic_by, topic_at, modes)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded = excluded.folded, topic = excluded.topic,"
    " topic_by = excluded.topic_by, topic_at = excluded.topic_at, modes = excluded.modes",
    "drop channel": "DELETE FROM channels WHERE id = ?",
    "list": "INSERT OR REPLACE INTO channel_lists (channel, mode, mask, by, at) VALUES (?, ?, ?, ?, ?)",
    "unlist": "DELETE FROM channel_lists WHERE channel = ? AND mode = ? AND mask = ?",
    "ranks": "INSERT OR REPLACE INTO channel_ranks (channel, account, ranks) VALUES (?, ?, ?)",
    "unrank": "DELETE FROM channel_ranks WHERE channel = ? AND account = ?",
    # an account may be deleted by another process at any moment: then nothing is kept for it any more
    "account": "INSERT OR IGNORE INTO accounts (folded, name, credentials, role, email, created, number)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)",
    "account password": "UPDATE accounts SET credentials = ? WHERE folded = ?",
    "account role": "UPDATE accounts SET role = ? WHERE folded = ?",
    "drop account": "DELETE FROM accounts WHERE folded = ?",
    "orphan channels of": "UPDATE channels SET is_orphan = 1"
    " WHERE id IN (SELECT channel FROM channel_ranks WHERE account = ?)",
    "drop ranks of": "DELETE FROM channel_ranks WHERE account = ?",
    "drop exceptions of": "DELETE FROM channel_lists WHERE mode IN ('e', 'I') AND mask IN (?, ?)",
    "drop markers of": "DELETE FROM markers WHERE owner = ?",
    "drop metadata of": "DELETE FROM metadata WHERE owner = ?",
    "drop later": "INSERT OR IGNORE INTO dropped (target) VALUES (?)",
    "certificate": "INSERT OR REPLACE INTO certificates (fingerprint, account)"
    f" SELECT * FROM (SELECT ?, ? AS folded) {_OF_AN_ACCOUNT}",
    "drop certificate": "DELETE FROM certificates WHERE fingerprint = ?",
    "stay": "INSERT INTO stays (account, nick, username, host, realname, away, since)"
    f" SELECT * FROM (SELECT ? AS folded, ?, ?, ?, ?, ?, ?) {_OF_AN_ACCOUNT}"
    " ON CONFLICT (account) DO UPDATE SET nick = excluded.nick, username = excluded.username,"
    " host = excluded.host, realname = excluded.realname, away = excluded.away, since = excluded.since",
    "drop stay": "DELETE FROM stays WHERE account = ?",
    "stay channel": "INSERT OR IGNORE INTO stay_channels (account, channel)"
    " SELECT * FROM (SELECT ? AS account, ?) WHERE account IN (SELECT account FROM stays)",
    "drop stay channel": "DELETE FROM stay_channels WHERE account = ? AND channel = ?",
    "waiting": "INSERT OR IGNORE INTO waiting (owner, message) VALUES (?, ?)",
    "metadata": "INSERT OR REPLACE INTO metadata (owner, key, value) SELECT * FROM (SELECT ? AS owner, ?, ?)"
    " WHERE owner LIKE '#%'"
    " OR substr(owner, 2, instr(owner || '.', '.') - 2) IN (SELECT folded FROM accounts)",
    "drop metadata": "DELETE FROM metadata WHERE owner = ? AND key = ?",
    "ban": "INSERT OR REPLACE INTO bans (mask, reason, by, at, until) VALUES (?, ?, ?, ?, ?)",
    "unban": "DELETE FROM bans WHERE mask = ?",
    "audit": "INSERT INTO audit (at, by, account, action, about, words) VALUES (?, ?, ?, ?, ?, ?)",
    "forget audit": "DELETE FROM audit WHERE id <= (SELECT max(id) FROM audit) - ?",
    "code": "INSERT OR REPLACE INTO codes (label, digest, uses, until, by, at) VALUES (?, ?, ?, ?, ?, ?)",
    "use code": "UPDATE codes SET uses = uses - 1 WHERE label = ?",
    "drop code": "DELETE FROM codes WHERE label = ?",
    "forget codes": "DELETE FROM codes WHERE uses < 1 OR until BETWEEN 1 AND ?",
    "delivered": "DELETE FROM waiting WHERE owner = ? AND message <= ?",
}


COLUMNS = "id, target, recipient, time, command, source, account, text, tags"
"""Of `messages`, in the order of a Row."""


class StoredMessage(NamedTuple):
    """A kept message; `recipient` of a direct one, `time` in milliseconds, `tags` the client-only ones."""

    id: int
    target: str
    recipient: str
    time: int
    command: str
    source: str
    account: str
    text: str
    tags: dict[str, str]


def row_of(columns: Iterable[Any]) -> StoredMessage:
    """What a query for COLUMNS found."""
    *others, tags = columns
    return StoredMessage._make([*others, json.loads(tags) if tags else {}])


class Database:
    """The database for writing.

    Takes  path: the file, or ":memory:"; durability: "normal" survives a crash of the program, "full" a
           power cut
    Raises sqlite3.Error when it cannot be opened
    """

    def __init__(self, path: Path | str, durability: Literal["normal", "full"] = "normal") -> None:
        self.path = path
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        use_wal(self._connection)
        self._connection.execute(f"PRAGMA synchronous = {durability.upper()}")
        self._connection.execute("PRAGMA wal_autocheckpoint = 0")  # see `checkpoint`
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._connection.execute("PRAGMA busy_timeout = 5000")
        migrate(self._connection, path if isinstance(path, Path) else None)

    def hurry(self) -> None:
        """From now on, do not wait for other programs that write: everybody on the server would wait too."""
        self._connection.execute(f"PRAGMA busy_timeout = {HURRIED_MILLISECONDS}")

    def write(self, saves: Sequence[Save]) -> None:
        """All of them or none.

        Raises  sqlite3.Error, with nothing written
        """
        execute = self._connection.execute
        if len(saves) == 1:  # a statement is a transaction by itself
            query, values = saves[0]
            execute(WRITES[query], values)
            return
        execute("BEGIN IMMEDIATE")
        try:
            for query, group in groupby(saves, itemgetter(0)):
                self._connection.executemany(WRITES[query], [values for _, values in group])
            execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                with suppress(sqlite3.Error):  # the first error is the one that tells why
                    execute("ROLLBACK")
            raise

    def fact(self, name: str) -> bytes | None:
        """Something that is kept under a name."""
        return _fact(self._connection, name)

    def newest_id(self) -> int:
        """The highest id of a message or an event, 0 when there is none."""
        return max(self._most(f"SELECT max(id) FROM {table}") for table in ("messages", "events"))

    def channels(self) -> list[Channel]:
        """Every channel as it was."""
        execute = self._connection.execute
        channels: dict[int, Channel] = {}
        for number, name, created, topic, topic_by, topic_at, modes, is_orphan in execute(
            "SELECT id, name, created, topic, topic_by, topic_at, modes, is_orphan FROM channels"
        ):
            channel = channels[number] = Channel(number, name, created)
            channel.topic, channel.topic_by, channel.topic_at = topic, topic_by, topic_at
            channel.modes, channel.is_orphan = json.loads(modes), bool(is_orphan)
        for number, mode, mask, by, at in execute("SELECT channel, mode, mask, by, at FROM channel_lists"):
            channels[number].lists.setdefault(mode, {})[mask] = MaskEntry(mask, by, at)
        for number, account, ranks in execute("SELECT channel, account, ranks FROM channel_ranks"):
            channels[number].known[account] = ranks
        for channel in channels.values():
            said, happened = (
                self._most(f"SELECT max(time) FROM {table} WHERE target = ?", channel.key)
                for table in ("messages", "events")
            )
            channel.last, channel.has_words = max(said, happened), said > 0
        return list(channels.values())

    def highest_channel(self) -> int:
        """The highest number that a channel had, or under which something is kept; 0 when there is none."""
        numbers = {int(_fact(self._connection, HIGHEST_CHANNEL) or b"0")}
        for query in _CHANNEL_KEYS:
            numbers.update(int(key[1:]) for (key,) in self._connection.execute(query) if key[1:].isdecimal())
        return max(numbers)

    def set_back(self, newest: int, now: int) -> Path | None:
        """Set back the times that lie in the future, see `clockrepair`.

        Returns:
            The copy of the database as it was before; None when it is not in a file.

        Raises:
            sqlite3.Error, CannotUse: with nothing changed.
        """
        copy = keep_copy(self.path, "clock-was-ahead") if isinstance(self.path, Path) else None
        with transaction(self._connection):
            clock_repair.set_back(self._connection, newest, now)
        return copy

    def last_direct(self) -> int:
        """The time of the newest direct message, 0 when there is none."""
        return self._most("SELECT max(last) FROM conversations")

    def last_marker(self) -> int:
        """The latest time up to which somebody has read, 0 when there is none."""
        return self._most("SELECT max(time) FROM markers")

    def markers(self) -> dict[str, dict[str, int]]:
        """How far everybody has read: by owner and target."""
        markers: dict[str, dict[str, int]] = {}
        for owner, target, time in self._connection.execute("SELECT owner, target, time FROM markers"):
            markers.setdefault(owner, {})[target] = time
        return markers

    def metadata(self) -> dict[str, dict[str, str]]:
        """What channels and accounts say of themselves: by owner and key."""
        metadata: dict[str, dict[str, str]] = {}
        for owner, key, value in self._connection.execute("SELECT owner, key, value FROM metadata"):
            metadata.setdefault(owner, {})[key] = value
        return metadata

    def _most(self, query: str, *values: str) -> int:
        return int(self._connection.execute(query, values).fetchone()[0] or 0)

    def accounts(self) -> dict[str, Account]:
        """Every account, by its folded name."""
        return _accounts(self._connection)

    def certificates(self) -> dict[str, str]:
        """The folded names of accounts by the fingerprints of their certificates."""
        return _certificates(self._connection)

    def stays(self) -> list[PersistentUser]:
        """Who stays while no session is connected, the longest absent first."""
        channels: dict[str, list[int]] = {}
        for account, number in self._connection.execute("SELECT account, channel FROM stay_channels"):
            channels.setdefault(account, []).append(number)
        rows = self._connection.execute(
            "SELECT account, nick, username, host, realname, away, since FROM stays ORDER BY since = 0, since"
        )
        return [PersistentUser._make([*row, tuple(channels.get(row[0], ()))]) for row in rows]

    def bans(self) -> list[Ban]:
        """Every ban from the server, also what is over."""
        return [Ban._make(row) for row in self._connection.execute("SELECT * FROM bans ORDER BY at")]

    def close(self) -> None:
        self._connection.close()


class Reader:
    """The database for reading, one for each thread that reads.

    Takes  index: of the words, to search with; None when there is none
    """

    def __init__(self, path: Path | str, index: SearchIndex | None = None) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA busy_timeout = 5000")
        self._connection.execute("PRAGMA query_only = ON")
        self._index = index
        self._attached = 0  # the generation of the index

    def rows(self, query: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Cursor:
        """What a query finds, row by row."""
        return self._connection.execute(query, values)

    def indexed(self) -> int | None:
        """The id of the newest message that is in the index of words; None when there is no index to use.

        Raises:
            sqlite3.Error: It is damaged, see `doubt_index`.
        """
        index = self._index
        wanted = 0 if index is None or index.damage else index.generation
        if self._attached and self._attached != wanted:
            self._attached = 0
            self._connection.execute(f"DETACH {SCHEMA}")
        if index is None or not wanted:
            return None
        if not self._attached:
            self._connection.execute(f"ATTACH ? AS {SCHEMA}", (attachable(index.path),))
            self._attached = wanted
        return last(self._connection, SCHEMA)

    def doubt_index(self, error: sqlite3.Error) -> None:
        """The index could not be used. If it is damaged it will be made anew."""
        if self._index:
            self._index.report(error)

    @contextmanager
    def limited(self, is_over: Callable[[], bool], steps: int) -> Iterator[None]:
        """Queries within end with an OperationalError when it is over, which is asked again and again.

        Takes  steps: of SQLite's machine, between two questions
        """
        self._connection.set_progress_handler(is_over, steps)
        try:
            yield
        finally:
            self._connection.set_progress_handler(None, 0)

    def waiting(self, owner: str, limit: int) -> list[StoredMessage]:
        """The direct messages that wait for an account, newest first.

        Args:
            owner: the identity of the account.
            limit: how many at most.
        """
        rows = self._connection.execute(
            f"SELECT {COLUMNS} FROM messages WHERE id IN (SELECT message FROM waiting WHERE owner = ?)"
            " ORDER BY id DESC LIMIT ?",
            (owner, limit),
        )
        return [row_of(row) for row in rows]

    def fact(self, name: str) -> bytes | None:
        """Something that is kept under a name."""
        return _fact(self._connection, name)

    def account(self, folded: str) -> Account | None:
        """The account of a folded name."""
        query = "SELECT name, credentials, role, email, created, number FROM accounts WHERE folded = ?"
        row = self._connection.execute(query, (folded,)).fetchone()
        return Account(*row) if row else None

    def accounts(self) -> dict[str, Account]:
        """See Store"""
        return _accounts(self._connection)

    def certificates(self) -> dict[str, str]:
        """See Store"""
        return _certificates(self._connection)

    def close(self) -> None:
        self._connection.close()


def channel_row(channel: Channel) -> tuple[Any, ...]:
    """A channel as a row for the "channel" write."""
    return (
        channel.id, channel.name, channel.folded, channel.created,
        channel.topic, channel.topic_by, channel.topic_at, json.dumps(channel.modes),
    )  # fmt: skip


def account_row(account: Account) -> tuple[Any, ...]:
    """An account as a row for the "account" write."""
    return (
        account.folded, account.name, account.credentials, account.role, account.email, account.created,
        account.number,
    )  # fmt: skip


def end_of(account: Account) -> list[Save]:
    """The writes that delete an account."""
    return [*end_of_rights(account), ("drop account", (account.folded,))]


def end_of_rights(account: Account) -> list[Save]:
    """The writes that delete what somebody who takes the name of an account later must not inherit.

    What there may be very much of is deleted later, a little at a time, see `housekeeping`.
    """
    return [
        ("drop later", (account.identity,)),
        ("drop markers of", (account.identity,)),
        ("drop metadata of", (account.identity,)),
        ("orphan channels of", (account.name,)),
        ("drop ranks of", (account.name,)),
        ("drop exceptions of", masks.of_account(account.name)),
    ]


def _fact(connection: sqlite3.Connection, name: str) -> bytes | None:
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def _accounts(connection: sqlite3.Connection) -> dict[str, Account]:
    rows = connection.execute("SELECT folded, name, credentials, role, email, created, number FROM accounts")
    return {folded: Account(*rest) for folded, *rest in rows}


def _certificates(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT fingerprint, account FROM certificates").fetchall())
