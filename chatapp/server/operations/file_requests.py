"""Requests about files, which come by HTTP: who may do what, and which contents a file has.

The connection asks and waits, see `state.file_transfers`. Most answers need a job: the rows of files are in
the database only.

Source: RFC 9110; soju.im/filehost.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from chatapp.server.core.inbox import UploadEnded
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import (
    file_announcements,
    file_authorization,
    file_expiry,
    file_senders,
    file_uploads,
)
from chatapp.server.operations.file_senders import Sender
from chatapp.server.state.file_transfers import FileFound, FileRequest, HttpReply
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from chatapp.server.storage import file_rows
from chatapp.server.storage.file_rows import StoredFile

NOT_FOUND = HttpReply(HTTPStatus.NOT_FOUND, "There is no such file\n")
"""The one answer for files that are gone, that never were, and on a server that keeps none."""

NO_CONTENT = HttpReply(HTTPStatus.NO_CONTENT)
_OPTIONS = HttpReply(HTTPStatus.NO_CONTENT, fields={"Allow": "OPTIONS, POST", "Accept-Post": "*/*"})
_BROKEN_OFF = HttpReply(HTTPStatus.BAD_REQUEST, "The file did not arrive completely\n")
_NOT_YOURS = HttpReply(HTTPStatus.FORBIDDEN, "This file belongs to somebody else\n")


def answer(world: World, me: Session, request: FileRequest, out: Outbox) -> None:
    """Answer a request about a file, at once or after a job."""
    if not file_senders.is_offered(world):
        out.answer(NOT_FOUND)
    elif request.kind == "options":
        out.answer(_OPTIONS)
    elif request.kind == "upload":
        file_authorization.check(world, me, request, out, _upload)
    elif not request.id.startswith(world.files.prefix):
        out.answer(NOT_FOUND)
    elif request.kind in ("download", "thumbnail"):
        _find(request.id, out, lambda world, file, out: _show(world, file, request, out))
    else:
        file_authorization.check(world, me, request, out, _change)


def end_upload(world: World, me: Session, ended: UploadEnded, out: Outbox) -> None:
    """Store the row of contents that are complete, and answer. What was reserved is free again."""
    contents = ended.contents
    reserved = world.files.end(me, contents.size if contents else 0, out.clock)
    if contents is None and ended.is_disk_full:
        file_uploads.refuse_full(world, out)
    elif contents is None:
        out.answer(_BROKEN_OFF)
    elif reserved is None:  # the session was closed meanwhile, for example by a ban
        out.save(file_rows.mark_unused(contents.sha256))
        out.answer(_BROKEN_OFF)
    elif reason := file_authorization.reason_to_refuse(world, me, reserved, out.now):
        out.save(file_rows.mark_unused(contents.sha256))
        out.answer(HttpReply(HTTPStatus.FORBIDDEN, f"{reason}\n"))
    elif ended.permit.is_thumbnail:
        for save in file_rows.set_thumbnail(ended.permit.id, contents.sha256, contents.size):
            out.save(save)
        out.answer(NO_CONTENT)
    else:
        file_uploads.store(world, me, ended.permit, contents, reserved, out)


def _upload(world: World, me: Session, sender: Sender, request: FileRequest, out: Outbox) -> None:
    if reason := file_senders.reason_not_to_send(world, sender):
        out.answer(HttpReply(HTTPStatus.FORBIDDEN, f"{reason}\n"))
    else:
        file_uploads.permit(world, me, sender, request, out)


def _find(file_id: str, out: Outbox, then: Callable[[World, StoredFile, Outbox], None]) -> None:
    """Look up a file that has not expired, and go on with it."""

    def done(world: World, me: Session, file: StoredFile | None, out: Outbox) -> None:
        if file is None or file_expiry.has_expired(world, file, out.now):
            out.answer(NOT_FOUND)
        else:
            then(world, file, out)

    out.run_job(lambda reader: file_rows.find(reader, file_id), done)


def _show(world: World, file: StoredFile, request: FileRequest, out: Outbox) -> None:
    """Answer a download of a file or of its thumbnail."""
    expires = file_expiry.expiry(world, file.created)
    found = FileFound(
        file.sha256, file.size, file.name, file.media_type, file.created, expires, file.thumbnail
    )
    if request.kind == "download":
        out.answer(found)
        return
    if not file.thumbnail:
        out.answer(NOT_FOUND)
        return

    def done(world: World, me: Session, size: int, out: Outbox) -> None:
        name = f"{file.name}.png"
        thumbnail = FileFound(file.thumbnail, size, name, file_uploads.PNG, file.created, found.expires)
        out.answer(thumbnail if size else NOT_FOUND)

    out.run_job(lambda reader: file_rows.size_of(reader, file.thumbnail), done)


def _change(world: World, me: Session, sender: Sender, request: FileRequest, out: Outbox) -> None:
    """Delete a file, or accept its thumbnail.

    Sends:
        204, 403; NOTE FILES GONE to all who want to know.
    """

    def change(world: World, file: StoredFile, out: Outbox) -> None:
        is_own = file.owner == sender.identity
        if request.kind == "delete" and (is_own or sender.moderates):
            if is_own:
                out.save(file_rows.delete(file.id))
                file_announcements.tell_gone(world, [file.id], out)
            else:
                delete_as_moderator(file, out, sender.name, sender.account)
            out.answer(NO_CONTENT)
        elif request.kind == "put thumbnail" and is_own:
            file_uploads.permit_thumbnail(sender, request, out)
        else:
            out.answer(_NOT_YOURS)

    _find(request.id, out, change)


def delete_as_moderator(file: StoredFile, out: Outbox, by: str = "", account: str = "") -> None:
    """Delete the file of another user, with an entry in the moderation log.

    Sends:
        NOTE FILES GONE to all who want to know.

    Args:
        by: Who does it, if this is not the user of the session.
        account: The account of that person.
    """
    out.audit("FILES", file.sender, f"deleted {file.name} ({file.id})", by, account)
    out.save(file_rows.delete(file.id))
    file_announcements.tell_gone(out.world, [file.id], out)
