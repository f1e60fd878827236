"""FILES: the files that users keep on the server, for moderators.

C: FILES
S: NOTE FILES TOTAL 12 30000000 2000000000 :12 files, 30 MB of 2 GB
S: NOTE FILES PERSON ana 10 31000000 :10 files, 29.6 MB
S: NOTE FILES END :1 person
"""

from __future__ import annotations

from collections.abc import Callable

from chatapp.protocol import file_ids
from chatapp.protocol.message import Message, middle
from chatapp.protocol.numbers import counted
from chatapp.protocol.numerics import FailError
from chatapp.protocol.timestamps import iso
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.file_requests import delete_as_moderator
from chatapp.server.operations.file_uploads import in_words
from chatapp.server.state.message_ids import MAX_LISTED
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import file_lists, file_rows
from chatapp.server.storage.file_lists import StorageUse
from chatapp.server.storage.file_rows import StoredFile

COMMAND = "FILES"
PAGE = 50  # files in one list
MOST_PEOPLE = 100  # in the list of people


def files(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """FILES [LIST|LARGEST [<name>|*] [<after>] | DELETE <id>{,<id>}]: list or delete files of users.

    Without parameters, how much each person keeps, the most first. LIST shows the newest files, of all or of
    one person, and continues after the file with the id <after>; LARGEST shows the largest. Who sent a file
    is not told that it is deleted; the moderation log has an entry.

    Sends:
        NOTE FILES TOTAL with the number, the bytes and the most bytes (0 for no limit); NOTE FILES PERSON
        with name, number and bytes; NOTE FILES FILE with id, sender, bytes, time and type; NOTE FILES DELETED
        with id, and NOTE FILES GONE to all who want to know; NOTE FILES END, in a list with `more` or `last`.
    Errors:
        481 not an operator; FAIL FILES INVALID_PARAMS, NO_SUCH_FILE.
    """
    word, rest = (msg.params[0].upper(), msg.params[1:]) if msg.params else ("USAGE", ())
    if word not in _WORDS:
        raise FailError(
            COMMAND, "INVALID_PARAMS", "Expected LIST, LARGEST, DELETE with an id, or nothing", word
        )
    _WORDS[word](rest, out)


def _usage(rest: tuple[str, ...], out: Outbox) -> None:
    def show(world: World, me: Session, use: StorageUse, out: Outbox) -> None:
        most = world.config.files.total_bytes
        of_most = f" of {in_words(most)}" if most else ""
        text = f"{counted(use.files, 'file')}, {in_words(use.size)}{of_most}"
        out.note(COMMAND, "TOTAL", text, str(use.files), str(use.size), str(most))
        for each in use.people:
            text = f"{counted(each.files, 'file')}, {in_words(each.size)}"
            out.note(COMMAND, "PERSON", text, middle(each.sender), str(each.files), str(each.size))
        out.note(COMMAND, "END", counted(len(use.people), "person", "people"))

    out.run_job(lambda reader: file_lists.storage_use(reader, MOST_PEOPLE), show)


def _list(rest: tuple[str, ...], out: Outbox) -> None:
    sender = "" if not rest or rest[0] == "*" else rest[0]
    after = rest[1] if len(rest) > 1 else ""

    out.run_job(lambda reader: file_lists.newest(reader, PAGE + 1, sender, after), _show)


def _largest(rest: tuple[str, ...], out: Outbox) -> None:
    sender = "" if not rest or rest[0] == "*" else rest[0]
    out.run_job(lambda reader: file_lists.largest(reader, PAGE, sender), _show)


def _show(world: World, me: Session, found: list[StoredFile], out: Outbox) -> None:
    for file in found[:PAGE]:
        fields = (file.id, middle(file.sender), str(file.size), iso(file.created), file.media_type)
        out.note(COMMAND, "FILE", file.name, *fields)
    shown = min(PAGE, len(found))
    out.note(COMMAND, "END", counted(shown, "file"), "more" if len(found) > PAGE else "last")


def _delete(rest: tuple[str, ...], out: Outbox) -> None:
    wanted = list(dict.fromkeys(rest[0].split(","))) if rest else []
    if not wanted or not all(map(file_ids.ID.fullmatch, wanted)):
        raise FailError(COMMAND, "INVALID_PARAMS", "Expected the ids of files, as LIST shows them")
    if len(wanted) > MAX_LISTED:
        raise FailError(COMMAND, "INVALID_PARAMS", f"Expected at most {MAX_LISTED} files at once")

    def done(world: World, me: Session, found: dict[str, StoredFile | None], out: Outbox) -> None:
        for file_id, file in found.items():
            if file is None:
                out.refuse(FailError(COMMAND, "NO_SUCH_FILE", "There is no such file", file_id))
            else:
                delete_as_moderator(file, out)
                out.note(COMMAND, "DELETED", f"Deleted {file.name}", file_id)

    out.run_job(lambda reader: {each: file_rows.find(reader, each) for each in wanted}, done)


_WORDS: dict[str, Callable[[tuple[str, ...], Outbox], None]] = {
    "USAGE": _usage,
    "LIST": _list,
    "LARGEST": _largest,
    "DELETE": _delete,
}
