"""What an owner or moderator sees of the files that users keep on the server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chatapp.protocol.numbers import parse_whole
from chatapp.protocol.timestamps import parse_seconds

STORAGE = "storage"
"""The part of the overview; servers that keep files name it in their token."""

ROWS = frozenset({"OVERVIEW STORAGE", "OVERVIEW KEEPS", "FILES FILE", "FILES END"})
"""The codes of the replies, as in `ServerText.code`."""


@dataclass(frozen=True, slots=True)
class PersonUse:
    """What one person keeps.

    Args:
        size: Bytes of all their files.
    """

    name: str
    files: int
    size: int


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file on the server.

    Args:
        id: By which it is deleted.
        by: Who has sent it.
        at: When, in Unix seconds; None if unknown.
    """

    id: str
    by: str
    size: int
    at: float | None
    name: str


@dataclass(frozen=True, slots=True)
class ServerStorage:
    """The files of users on a server.

    Args:
        files: How many there are.
        size: Bytes of all of them.
        most: The most bytes of all of them; 0 for no limit.
        keep_days: Days after which a file is deleted; 0 for never.
        people: Who keeps files, the one with the most bytes first.
        largest: The largest files, the largest first.
    """

    files: int = 0
    size: int = 0
    most: int = 0
    keep_days: int = 0
    people: tuple[PersonUse, ...] = ()
    largest: tuple[KeptFile, ...] = ()


def read_storage(rows: Mapping[str, Sequence[tuple[str, ...]]]) -> ServerStorage | None:
    """Return what replies say, by their codes; None if they do not say how much is kept.

    STORAGE files bytes most days who :text; KEEPS identity files bytes :name;
    FILE id sender bytes time type :file name
    """
    totals = [params for params in rows.get("OVERVIEW STORAGE", ()) if len(params) >= 4]
    if not totals:
        return None
    files, size, most, keep_days = (parse_whole(each) or 0 for each in totals[-1][:4])
    people = [
        PersonUse(params[3], parse_whole(params[1]) or 0, parse_whole(params[2]) or 0)
        for params in rows.get("OVERVIEW KEEPS", ())
        if len(params) >= 4
    ]
    largest = [
        KeptFile(params[0], params[1], parse_whole(params[2]) or 0, parse_seconds(params[3]), params[5])
        for params in rows.get("FILES FILE", ())
        if len(params) >= 6
    ]
    return ServerStorage(files, size, most, keep_days, tuple(people), tuple(largest))
