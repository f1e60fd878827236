"""Files, the messages that link to them, and the contents that they share.

What is not needed any more goes by itself, by triggers of the tables:

    a message is deleted          → its references go
    the last reference goes       → the file goes, if its sender has linked to it in a message
    a file goes                   → its contents and thumbnail go, unless another file has the same
    contents go                   → `unused_contents` lists them, until they are deleted from the disk
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chatapp.server.storage.statements import Queryable, Save, Statement, number

COLUMNS = "id, name, media_type, sha256, size, owner, sender, payer, created, thumbnail"
"""Columns of `files`, in the order of StoredFile."""

_INSERT_CONTENTS = Statement(
    "store contents", "INSERT OR IGNORE INTO contents (sha256, size) VALUES (?, ?)", stores="record"
)
_INSERT = Statement(
    "store a file",
    f"INSERT OR IGNORE INTO files ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    stores="record",
)
_SET_THUMBNAIL = Statement(
    "store a thumbnail", "UPDATE files SET thumbnail = ? WHERE id = ?", stores="record"
)
_CHANGE_OWNER = Statement(
    "give files to an account", "UPDATE files SET owner = ? WHERE owner = ?", stores="record"
)
_REMOVE_THUMBNAIL = Statement(
    "remove a thumbnail", "UPDATE files SET thumbnail = '' WHERE thumbnail = ?", stores="record"
)
_DELETE_UNNAMED = Statement(
    "delete contents of no file",
    "DELETE FROM contents WHERE sha256 = :sha256 AND NOT EXISTS (SELECT 1 FROM files WHERE sha256 = :sha256)"
    " AND NOT EXISTS (SELECT 1 FROM files WHERE thumbnail = :sha256)",
    stores="record",
)
_DELETE = Statement("delete a file", "DELETE FROM files WHERE id = ?", stores="record")
_REFER = Statement(
    "store links to files",
    "INSERT OR IGNORE INTO file_references (message, file)"
    " SELECT ?, id FROM files WHERE id IN (SELECT value FROM json_each(?))",
    stores="message",
)
_MARK_SENT = Statement(
    "store that files were sent",
    "UPDATE files SET was_sent = 1 WHERE id IN (SELECT value FROM json_each(?)) AND owner = ?",
    stores="message",
)
_DELETE_OTHER_LINKS = Statement(
    "delete links of an edited message",
    "DELETE FROM file_references WHERE message = ? AND file NOT IN (SELECT value FROM json_each(?))",
    stores="record",
)
_MARK_UNUSED = Statement(
    "mark unused contents",
    "INSERT OR IGNORE INTO unused_contents"
    " SELECT :sha256 WHERE NOT EXISTS (SELECT 1 FROM contents WHERE sha256 = :sha256)",
    stores="record",
)
_FORGET_UNUSED = Statement(
    "forget deleted contents",
    "DELETE FROM unused_contents WHERE sha256 IN (SELECT value FROM json_each(?))",
    stores="record",
)


class StoredFile(NamedTuple):
    """A file.

    Args:
        owner: The identity of the user who uploaded it, see `User.identity`.
        sender: The name of that user at that time.
        payer: See `Reservation`.
        created: Milliseconds.
        thumbnail: The SHA-256 of its thumbnail; empty for none.
    """

    id: str
    name: str
    media_type: str
    sha256: str
    size: int
    owner: str
    sender: str
    payer: str
    created: int
    thumbnail: str = ""


def find(database: Queryable, file_id: str) -> StoredFile | None:
    """Return a file; None if there is none with this id."""
    row = database.rows(f"SELECT {COLUMNS} FROM files WHERE id = ?", (file_id,)).fetchone()
    return StoredFile._make(row) if row else None


def size_of(database: Queryable, sha256: str) -> int:
    """Return the size of stored contents; 0 if there are none."""
    return number(database, "SELECT size FROM contents WHERE sha256 = ?", sha256)


def with_contents(database: Queryable, sha256: str) -> list[StoredFile]:
    """Return the files that have these contents."""
    rows = database.rows(f"SELECT {COLUMNS} FROM files WHERE sha256 = ?", (sha256,))
    return list(map(StoredFile._make, rows))


def has_tables(database: Queryable) -> bool:
    """Return whether the database is of a version that knows files."""
    return number(database, "SELECT count(*) FROM sqlite_master WHERE name = 'contents'") > 0


def unsent(database: Queryable, owner: str, limit: int) -> list[str]:
    """Return the ids of files of an account that are in no message.

    Args:
        owner: The identity of the account.
    """
    rows = database.rows(
        "SELECT id FROM files WHERE payer = :owner AND owner = :owner"
        " AND NOT EXISTS (SELECT 1 FROM file_references WHERE file = files.id) LIMIT :limit",
        {"owner": owner, "limit": limit},
    )
    return [file_id for (file_id,) in rows]


def unused(database: Queryable, limit: int) -> list[str]:
    """Return the SHA-256 of contents that no file has, and that may still be on the disk."""
    return [sha256 for (sha256,) in database.rows("SELECT sha256 FROM unused_contents LIMIT ?", (limit,))]


def is_unused(database: Queryable, sha256: str) -> bool:
    """Return whether no file has these contents, which may still be on the disk."""
    return number(database, "SELECT count(*) FROM unused_contents WHERE sha256 = ?", sha256) > 0


def all_contents(database: Queryable) -> dict[str, int]:
    """Return the sizes of all contents that files have, by their SHA-256."""
    return dict(database.rows("SELECT sha256, size FROM contents"))


def insert(file: StoredFile) -> list[Save]:
    """Store a file; nothing if there is one with this id, since the upload of it was repeated."""
    return [
        Save(_INSERT_CONTENTS, (file.sha256, file.size)),
        Save(_INSERT, tuple(file)),
        Save(_DELETE_UNNAMED, {"sha256": file.sha256}),
    ]


def set_thumbnail(file_id: str, sha256: str, size: int) -> list[Save]:
    """Store the thumbnail of a file, in place of an earlier one; nothing if the file is gone."""
    return [
        Save(_INSERT_CONTENTS, (sha256, size)),
        Save(_SET_THUMBNAIL, (sha256, file_id)),
        Save(_DELETE_UNNAMED, {"sha256": sha256}),
    ]


def remove_thumbnail(sha256: str) -> Save:
    """Remove a thumbnail, from all files that have it."""
    return Save(_REMOVE_THUMBNAIL, (sha256,))


def change_owner(before: str, owner: str) -> Save:
    """Give the files of an identity to another one: a guest has logged in."""
    return Save(_CHANGE_OWNER, (owner, before))


def delete(file_id: str) -> Save:
    """Delete a file."""
    return Save(_DELETE, (file_id,))


def refer(message_id: int, files: Sequence[str], author: str) -> list[Save]:
    """Store that a message links to files.

    Args:
        author: The identity of the author. A file is deleted with its last message only if the user who
            uploaded it has linked to it: nobody else can have it deleted with a message of their own.
    """
    ids = json.dumps(files)
    return [Save(_REFER, (message_id, ids)), Save(_MARK_SENT, (ids, author))]


def delete_other_links(message_id: int, files: Sequence[str]) -> Save:
    """Delete what a message referred to before it was edited.

    Args:
        files: What it refers to now.
    """
    return Save(_DELETE_OTHER_LINKS, (message_id, json.dumps(files)))


def mark_unused(sha256: str) -> Save:
    """Have contents deleted from the disk, unless a file has them."""
    return Save(_MARK_UNUSED, {"sha256": sha256})


def forget_unused(contents: Iterable[str]) -> Save:
    """Note that contents are deleted from the disk."""
    return Save(_FORGET_UNUSED, (json.dumps(list(contents)),))
