"""The tables, as a list of migrations. `PRAGMA user_version` counts those that were applied.

Only append to the list: databases in use have applied the earlier ones.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import chain, count
from pathlib import Path

from chatapp.server.storage import backup

MIGRATIONS = (
    """
    CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;

    CREATE TABLE channels (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE, created INTEGER NOT NULL,
        topic TEXT NOT NULL DEFAULT '', topic_by TEXT NOT NULL DEFAULT '', topic_at INTEGER NOT NULL DEFAULT
        0, modes TEXT NOT NULL DEFAULT '{}'
    );
    CREATE TABLE channel_lists (
        channel INTEGER NOT NULL REFERENCES channels ON DELETE CASCADE, mode TEXT NOT NULL, mask TEXT NOT
        NULL, by TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (channel, mode, mask)
    ) WITHOUT ROWID;
    CREATE TABLE channel_ranks (
        channel INTEGER NOT NULL REFERENCES channels ON DELETE CASCADE, account TEXT NOT NULL,
        ranks TEXT NOT NULL, PRIMARY KEY (channel, account)
    ) WITHOUT ROWID;

    CREATE TABLE messages (
        id INTEGER PRIMARY KEY, target TEXT NOT NULL, recipient TEXT NOT NULL, time INTEGER NOT NULL,
        command TEXT NOT NULL, source TEXT NOT NULL, account TEXT NOT NULL, text TEXT NOT NULL, tags TEXT
        NOT NULL
    );
    CREATE INDEX messages_by_target ON messages (target, time);
    """,
    # accounts, persistent users with their channels, and undelivered direct messages
    """
    CREATE TABLE accounts (
        folded TEXT PRIMARY KEY, name TEXT NOT NULL, credentials TEXT NOT NULL, role TEXT NOT NULL,
        email TEXT NOT NULL, created INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE certificates (
        fingerprint TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE
    ) WITHOUT ROWID;
    CREATE TABLE stays (
        account TEXT PRIMARY KEY REFERENCES accounts ON DELETE CASCADE, nick TEXT NOT NULL, username TEXT
        NOT NULL, host TEXT NOT NULL, realname TEXT NOT NULL, away TEXT NOT NULL, since INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE stay_channels (
        account TEXT NOT NULL REFERENCES stays ON DELETE CASCADE, channel INTEGER NOT NULL REFERENCES
        channels ON DELETE CASCADE, PRIMARY KEY (account, channel)
    ) WITHOUT ROWID;
    CREATE INDEX stay_channels_by_channel ON stay_channels (channel);
    CREATE TABLE waiting (
        account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE, message INTEGER NOT NULL,
        PRIMARY KEY (account, message)
    ) WITHOUT ROWID;
    """,
    # history: authors of messages, events, conversations, read markers; and what is still to be deleted
    """
    ALTER TABLE messages ADD COLUMN author INTEGER NOT NULL DEFAULT 0;

    CREATE TABLE events (
        target TEXT NOT NULL, time INTEGER NOT NULL, id INTEGER NOT NULL, command TEXT NOT NULL, source TEXT
        NOT NULL, account TEXT NOT NULL, author INTEGER NOT NULL, text TEXT NOT NULL, tags TEXT NOT NULL,
        PRIMARY KEY (target, time)
    ) WITHOUT ROWID;
    CREATE INDEX events_by_id ON events (id);

    CREATE TABLE conversations (
        owner TEXT NOT NULL, partner TEXT NOT NULL, target TEXT NOT NULL, nick TEXT NOT NULL, last INTEGER
        NOT NULL, PRIMARY KEY (owner, partner)
    ) WITHOUT ROWID;
    WITH direct AS (
        SELECT target, time, substr(target, 1, instr(target, char(10)) - 1) AS one,
        substr(target, instr(target, char(10)) + 1) AS other FROM messages WHERE instr(target, char(10))
    )
    INSERT INTO conversations SELECT owner, partner, target, substr(partner, 2), max(time) FROM (
        SELECT target, time, one AS owner, other AS partner FROM direct
        UNION ALL SELECT target, time, other, one FROM direct
    ) GROUP BY owner, partner;

    CREATE TABLE markers (
        owner TEXT NOT NULL, target TEXT NOT NULL, time INTEGER NOT NULL, PRIMARY KEY (owner, target)
    ) WITHOUT ROWID;

    CREATE TABLE dropped (target TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TRIGGER channel_dropped AFTER DELETE ON channels BEGIN
        INSERT OR IGNORE INTO dropped VALUES ('#' || old.id);
    END;

    CREATE TABLE gone (place INTEGER PRIMARY KEY AUTOINCREMENT, id INTEGER NOT NULL);
    CREATE TRIGGER message_gone AFTER DELETE ON messages BEGIN
        INSERT INTO gone (id) VALUES (old.id);
    END;
    """,
    # server bans and the audit log
    """
    CREATE TABLE bans (
        mask TEXT PRIMARY KEY, reason TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, until INTEGER NOT
        NULL
    ) WITHOUT ROWID;
    CREATE TABLE audit (
        id INTEGER PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL, account TEXT NOT NULL, action TEXT NOT
        NULL, about TEXT NOT NULL, words TEXT NOT NULL
    );
    """,
    # metadata
    """
    CREATE TABLE metadata (
        owner TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (owner, key)
    ) WITHOUT ROWID;
    CREATE TRIGGER channel_metadata AFTER DELETE ON channels BEGIN
        DELETE FROM metadata WHERE owner = '#' || old.id;
    END;
    CREATE TRIGGER account_metadata AFTER DELETE ON accounts BEGIN
        DELETE FROM metadata WHERE owner = '=' || old.folded;
    END;
    """,
    # invite codes
    """
    CREATE TABLE codes (
        label TEXT PRIMARY KEY, digest BLOB NOT NULL, uses INTEGER NOT NULL, until INTEGER NOT NULL, by TEXT
        NOT NULL, at INTEGER NOT NULL
    ) WITHOUT ROWID;
    """,
    # numbers that tell accounts from earlier ones of the same name. The identity of a deleted account, see
    # `Account.identity`, is in `dropped` until nothing is left of it
    """
    ALTER TABLE accounts ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE channels ADD COLUMN is_orphan INTEGER NOT NULL DEFAULT 0;
    DROP TRIGGER account_metadata;

    ALTER TABLE waiting RENAME TO waiting_by_name;
    CREATE TABLE waiting (
        owner TEXT NOT NULL, message INTEGER NOT NULL, PRIMARY KEY (owner, message)
    ) WITHOUT ROWID;
    INSERT INTO waiting SELECT '=' || account, message FROM waiting_by_name;
    DROP TABLE waiting_by_name;
    """,
    # when messages were edited, and the id of the last edit. `gone` lists them too: their words are outdated
    """
    ALTER TABLE messages ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE messages ADD COLUMN edit INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX messages_by_edit ON messages (target, edited) WHERE edited > 0;
    CREATE TRIGGER message_edited AFTER UPDATE OF text ON messages BEGIN
        INSERT INTO gone (id) VALUES (old.id);
    END;
    """,
    # masks of channels that end at a certain time, in milliseconds, and why they were set
    """
    ALTER TABLE channel_lists ADD COLUMN until INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE channel_lists ADD COLUMN reason TEXT NOT NULL DEFAULT '';
    """,
    # invite codes in readable form, how often each was used, and which guests joined with it
    """
    ALTER TABLE codes ADD COLUMN code TEXT NOT NULL DEFAULT '';
    ALTER TABLE codes ADD COLUMN used INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE invited (
        label TEXT NOT NULL REFERENCES codes ON DELETE CASCADE, guest TEXT NOT NULL,
        PRIMARY KEY (label, guest)
    ) WITHOUT ROWID;
    """,
    # files that users upload, see `file_rows`
    """
    CREATE TABLE contents (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE unused_contents (sha256 TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE files (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, media_type TEXT NOT NULL, sha256 TEXT NOT NULL,
        size INTEGER NOT NULL, owner TEXT NOT NULL, sender TEXT NOT NULL, payer TEXT NOT NULL,
        created INTEGER NOT NULL, thumbnail TEXT NOT NULL DEFAULT '', was_sent INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    CREATE INDEX files_by_contents ON files (sha256);
    CREATE INDEX files_by_thumbnail ON files (thumbnail) WHERE thumbnail != '';
    CREATE INDEX files_by_time ON files (created);
    CREATE INDEX files_by_payer ON files (payer, created, size);
    CREATE TABLE file_references (
        message INTEGER NOT NULL, file TEXT NOT NULL, PRIMARY KEY (message, file)
    ) WITHOUT ROWID;
    CREATE INDEX file_references_by_file ON file_references (file);

    CREATE TRIGGER message_with_files_gone AFTER DELETE ON messages BEGIN
        DELETE FROM file_references WHERE message = old.id;
    END;
    CREATE TRIGGER last_reference_gone AFTER DELETE ON file_references
    WHEN NOT EXISTS (SELECT 1 FROM file_references WHERE file = old.file) BEGIN
        DELETE FROM files WHERE id = old.file AND was_sent;
    END;
    CREATE TRIGGER file_gone AFTER DELETE ON files BEGIN
        DELETE FROM file_references WHERE file = old.id;
        DELETE FROM contents WHERE sha256 IN (old.sha256, old.thumbnail)
            AND NOT EXISTS (SELECT 1 FROM files WHERE files.sha256 = contents.sha256)
            AND NOT EXISTS (SELECT 1 FROM files WHERE files.thumbnail = contents.sha256);
    END;
    CREATE TRIGGER thumbnail_replaced AFTER UPDATE OF thumbnail ON files WHEN old.thumbnail != '' BEGIN
        DELETE FROM contents WHERE sha256 = old.thumbnail
            AND NOT EXISTS (SELECT 1 FROM files WHERE files.sha256 = contents.sha256)
            AND NOT EXISTS (SELECT 1 FROM files WHERE files.thumbnail = contents.sha256);
    END;
    CREATE TRIGGER contents_gone AFTER DELETE ON contents BEGIN
        INSERT OR IGNORE INTO unused_contents VALUES (old.sha256);
    END;
    CREATE TRIGGER contents_back AFTER INSERT ON contents BEGIN
        DELETE FROM unused_contents WHERE sha256 = new.sha256;
    END;
    """,
    # deleting a file looks for a thumbnail with the same contents
    """
    DROP INDEX files_by_thumbnail;
    CREATE INDEX files_by_thumbnail ON files (thumbnail);
    """,
    # the files of a guest become those of the account that the guest logs in to
    """
    CREATE INDEX files_by_owner ON files (owner);
    """,
    # guests who can come back, see `guest_rows`; the author number of the guest who made an account. The
    # search index has to learn of messages that move to the account
    """
    CREATE TABLE guests (
        identity TEXT PRIMARY KEY, nick TEXT NOT NULL, host TEXT NOT NULL, since INTEGER NOT NULL
    ) WITHOUT ROWID;
    ALTER TABLE accounts ADD COLUMN guest INTEGER NOT NULL DEFAULT 0;
    CREATE TRIGGER message_moved AFTER UPDATE OF target ON messages BEGIN
        INSERT INTO gone (id) VALUES (old.id);
    END;
    """,
    # guests with a key are recognised by it. Those whom a code has admitted before come back once by nick and
    # address
    """
    UPDATE invited SET guest = 'former ' || guest WHERE guest NOT LIKE 'key %';
    """,
)

WAL_SECONDS = 5.0
"""How long to try to switch to the write-ahead log while other processes write."""


def use_wal(connection: sqlite3.Connection) -> None:
    """Switch to a write-ahead log, also while other processes do the same.

    SQLite does not wait here if another connection writes, so this function does.

    Raises:
        sqlite3.OperationalError: Others have not stopped writing within WAL_SECONDS.
    """
    end = time.monotonic() + WAL_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
        with transaction(connection):  # waits for the others
            pass


def migrate(connection: sqlite3.Connection, path: Path | None = None) -> None:
    """Apply the missing migrations, in one transaction. Several processes may do so at the same time.

    Args:
        connection: A connection without implicit transactions, and with a busy timeout.
        path: The file of the database. A copy is written beside it before anything is changed.

    Raises:
        sqlite3.Error: It failed, or the database is newer than this program.
        CannotUse: The copy cannot be made.
    """
    if _version(connection) == len(MIGRATIONS):
        return
    with transaction(connection):
        version = _version(connection)  # again: another process may have been faster
        if version > len(MIGRATIONS):
            raise sqlite3.DatabaseError(
                f"it has version {version}; this program is older and knows version {len(MIGRATIONS)}"
            )
        if path and 0 < version < len(MIGRATIONS):
            save_copy(path, f"version-{version}")
        for script in MIGRATIONS[version:]:
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit everything that the `with` block does, or nothing. No other connection writes meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def save_copy(path: Path, label: str) -> Path:
    """Copy a database into a new file beside it; within a transaction, as it was before it.

    Args:
        label: Part of the name of the copy, like `version-1` in `chatapp-version-1.db`.

    Returns:
        The file of the copy.

    Raises:
        sqlite3.Error, CannotUse: It cannot be made.
    """
    copy = _free_name(path, label)
    with closing(sqlite3.connect(path)) as other:  # a connection that writes cannot make a backup
        backup.copy(other, copy)
    return copy


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script: `executescript` would commit the transaction first."""
    statement = ""
    for piece in script.split(";")[:-1]:
        statement += piece + ";"
        if sqlite3.complete_statement(statement):  # not within the body of a trigger
            yield statement
            statement = ""


def _free_name(path: Path, label: str) -> Path:
    """Return `chatapp-version-1.db`, or a name with a further number if it is taken."""
    stem = f"{path.stem}-{label}"
    endings = chain([""], map("-{}".format, count(2)))
    names = (path.with_name(f"{stem}{ending}{path.suffix}") for ending in endings)
    return next(name for name in names if not name.exists())
