"""Deletes files that are too old, and from the disk the contents that no file has any more.

The rows of files go with their messages by themselves, see `storage.file_rows`. Contents follow a moment
later, on a worker, after the commit: so a crash leaves contents that are not needed, and never a file without
its contents. What is left over is deleted at the next start.
"""

from __future__ import annotations

import logging
from functools import partial

from chatapp.protocol.timestamps import DAY_MILLISECONDS
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import file_announcements
from chatapp.server.operations.overview_watch import notify_watchers
from chatapp.server.state.file_transfers import FileContents
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from chatapp.server.storage import file_lists, file_rows, settings
from chatapp.server.storage.file_contents import FileStore
from chatapp.server.storage.file_lists import StorageUse
from chatapp.server.storage.file_rows import StoredFile
from chatapp.server.storage.reader import Reader
from chatapp.server.storage.statements import Queryable

SECONDS = 5.0  # between two rounds for contents
REPORT_SECONDS = 3.0  # between two rounds for reports
EXPIRY_SECONDS = 60.0  # between two rounds for files
DELETED_SECONDS = 1.0  # between two looks for files that another process has deleted
ROUND_CONTENTS = 100  # the most contents that are deleted in a round
ROUND_FILES = 200  # the most files that expire, or whose deletion is told, in a round

log = logging.getLogger(__name__)


def delete_expired(world: World, server: Session, out: Outbox) -> None:
    """Delete files that were kept for the configured number of days.

    Sends:
        NOTE FILES GONE to all who want to know.
    """
    days = world.config.files.keep_days
    if not days:
        return
    oldest = out.now - days * DAY_MILLISECONDS

    def done(world: World, server: Session, found: list[StoredFile], out: Outbox) -> None:
        for file in found:
            out.save(file_rows.delete(file.id))
        if found:
            file_announcements.tell_gone(world, [each.id for each in found], out)
            out.log_info(f"Files deleted after {days} days: {len(found)}")

    out.run_job(lambda reader: file_lists.expired(reader, oldest, ROUND_FILES), done)


def tell_deleted(world: World, server: Session, out: Outbox) -> None:
    """Tell clients of files that another process has deleted (`run_server.py files`).

    Sends:
        NOTE FILES GONE to all who want to know.
    """

    def done(world: World, server: Session, ids: list[str], out: Outbox) -> None:
        if ids:
            out.save(settings.forget_deleted_files(ids))
            file_announcements.tell_gone(world, ids, out)

    out.run_job(lambda reader: settings.deleted_files(reader, ROUND_FILES), done)


def delete_unused(world: World, server: Session, out: Outbox) -> None:
    """Delete contents from the disk that no file has any more."""
    contents = world.files.contents
    if contents is None:
        return

    def done(world: World, server: Session, deleted: list[str], out: Outbox) -> None:
        if deleted:
            out.save(file_rows.forget_unused(deleted))

    out.run_job(lambda reader: _delete_unused(contents, reader), done)


def _delete_unused(contents: FileContents, reader: Reader) -> list[str]:
    """Delete unused contents and return what is gone. Thread: a worker's."""
    deleted = []
    for sha256 in file_rows.unused(reader, ROUND_CONTENTS):
        try:
            contents.delete(sha256, partial(file_rows.is_unused, reader, sha256))
        except OSError as error:
            log.warning("A file cannot be deleted from the disk: %s", error)
        else:
            deleted.append(sha256)
    return deleted


def report_usage(world: World, server: Session, out: Outbox) -> None:
    """Tell those who watch the server that the files on it are more or fewer than at the last round.

    Files come and go in many ways, also with their messages, so they are counted instead. It costs nothing
    while nobody watches.

    Sends:
        NOTE OVERVIEW CHANGED storage.
    """
    if not world.watchers().sessions:
        world.files.reported = None
        return

    def done(world: World, server: Session, use: StorageUse, out: Outbox) -> None:
        before, world.files.reported = world.files.reported, (use.files, use.size)
        if before != world.files.reported:
            notify_watchers(world, "storage", out)

    out.run_job(lambda reader: file_lists.storage_use(reader, 0), done)


def delete_left_over(contents: FileStore, database: Queryable) -> int:
    """Delete what a crash has left on the disk: parts of uploads, and contents that no file has.

    Returns:
        How many files were deleted from the disk.

    Raises:
        OSError: They cannot be deleted.
        sqlite3.Error: The database cannot be read.

    No upload may be under way.
    """
    count = contents.delete_partial()
    known = file_rows.all_contents(database)
    for stored in list(contents.stored()):
        if stored.sha256 not in known:
            contents.delete(stored.sha256, lambda: True)
            count += 1
    return count
