"""What files there are: lists of them, and how much they take."""

from __future__ import annotations

from typing import Any, NamedTuple

from chatapp.server.storage.file_rows import COLUMNS, StoredFile, with_contents
from chatapp.server.storage.statements import Queryable, number

_TOTAL = "SELECT total(size) FROM contents"


class FileUsage(NamedTuple):
    """How much is stored.

    Args:
        total: Bytes of all contents.
        lately: Bytes of what one payer has uploaded lately.
        files_lately: The number of these files.
    """

    total: int
    lately: int
    files_lately: int


class PersonUsage(NamedTuple):
    """What one person keeps on the server.

    Args:
        size: Bytes of all their files, also of contents that several files share.
    """

    owner: str
    sender: str
    files: int
    size: int


class StorageUse(NamedTuple):
    """What is kept in all, and by each person, the largest first.

    Args:
        size: Bytes on the disk: contents that several files share count once.
    """

    files: int
    size: int
    people: list[PersonUsage]


def usage(database: Queryable, payer: str, since: int) -> FileUsage:
    """Return how much is stored.

    Args:
        since: From when on the uploads of the payer count; milliseconds.
    """
    query = "SELECT total(size), count(*) FROM files WHERE payer = ? AND created > ?"
    lately, files = database.rows(query, (payer, since)).fetchone()
    return FileUsage(number(database, _TOTAL), int(lately), files)


def storage_use(database: Queryable, people: int) -> StorageUse:
    """Return what is kept, by at most this many people."""
    count = number(database, "SELECT count(*) FROM files")
    return StorageUse(count, number(database, _TOTAL), _by_person(database, people))


def _by_person(database: Queryable, limit: int) -> list[PersonUsage]:
    rows = database.rows(
        "SELECT owner, max(sender), count(*), total(size) AS bytes FROM files"
        " GROUP BY owner ORDER BY bytes DESC LIMIT ?",
        (limit,),
    )
    return [PersonUsage(owner, sender, count, int(size)) for owner, sender, count, size in rows]


def newest(database: Queryable, limit: int, sender: str = "", before: str = "") -> list[StoredFile]:
    """Return files, the newest first.

    Args:
        sender: Only those of this person, by the name at the time of the upload, in any case of letters.
        before: Continue after the file with this id; empty to begin with the newest.
    """
    conditions, values = ["1"], list[Any]()
    if sender:
        conditions.append("sender = ? COLLATE NOCASE")
        values.append(sender)
    if before:
        conditions.append("(created, id) < (SELECT created, id FROM files WHERE id = ?)")
        values.append(before)
    query = f"SELECT {COLUMNS} FROM files WHERE {' AND '.join(conditions)} ORDER BY created DESC, id DESC"
    return [StoredFile._make(row) for row in database.rows(f"{query} LIMIT ?", (*values, limit))]


def largest(database: Queryable, limit: int, sender: str = "") -> list[StoredFile]:
    """Return the largest files, of all or of one person."""
    condition = "WHERE sender = ? COLLATE NOCASE" if sender else ""
    query = f"SELECT {COLUMNS} FROM files {condition} ORDER BY size DESC, created LIMIT ?"
    values = (sender, limit) if sender else (limit,)
    return [StoredFile._make(row) for row in database.rows(query, values)]


def expired(database: Queryable, oldest: int, limit: int) -> list[StoredFile]:
    """Return files that were uploaded before this time, in milliseconds."""
    query = f"SELECT {COLUMNS} FROM files WHERE created < ? ORDER BY created LIMIT ?"
    return [StoredFile._make(row) for row in database.rows(query, (oldest, limit))]


def oldest(database: Queryable, wanted: int) -> list[StoredFile]:
    """Return the files to delete so that at least this many bytes become free, the oldest first.

    Contents that several files share are as old as the newest of these.
    """
    freed, found = 0, list[StoredFile]()
    contents = database.rows(
        "SELECT sha256, size FROM files WHERE NOT EXISTS (SELECT 1 FROM files AS newer"
        " WHERE newer.sha256 = files.sha256 AND (newer.created, newer.id) > (files.created, files.id))"
        " ORDER BY created, id"
    )
    for sha256, size in contents:
        if freed >= wanted:
            break
        freed += size
        found += with_contents(database, sha256)
    return found
