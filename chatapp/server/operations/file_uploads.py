"""Decides whether an upload is accepted: by its size, by what is stored, and by what its sender has sent.

A client that loses its connection before the response does not know whether its file is stored, and sends it
again. With an `Idempotency-Key` it gets the link of the stored file then: the id of the file follows from the
key and the identity of the sender. If the request tells the SHA-256 of the file, the answer comes before the
file; otherwise the file is received and compared. Another file with the key is refused.

Source: draft-ietf-httpapi-idempotency-key-header, "Error Scenarios"; RFC 9530 (Content-Digest)
"""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Callable
from http import HTTPStatus

from chatapp.protocol import file_ids
from chatapp.protocol.message import Message
from chatapp.protocol.numbers import LARGEST, counted
from chatapp.protocol.timestamps import DAY_MILLISECONDS
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import file_expiry
from chatapp.server.operations.file_announcements import tell_gone
from chatapp.server.operations.file_senders import Sender, base_url
from chatapp.server.state.file_hosting import Reservation
from chatapp.server.state.file_transfers import (
    OTHER_FILE,
    FileRequest,
    HttpReply,
    StoredContents,
    UploadPermit,
)
from chatapp.server.state.session import Audience, Session
from chatapp.server.state.world import World
from chatapp.server.storage import file_lists, file_rows
from chatapp.server.storage.file_lists import FileUsage
from chatapp.server.storage.file_rows import StoredFile

FILES_PER_DAY = 5000
"""The most files of a sender in 24 hours, however small they are."""

FULL = "The server has no more room for files"
OWNER_HINT = "There is no more room for files: delete some with FILES, or raise total_bytes in [files]"
_UNKNOWN_TYPE = "application/octet-stream"
# the second is what curl says if it is not told a type
_NO_TYPES = (_UNKNOWN_TYPE, "application/x-www-form-urlencoded")
_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,64}/[a-z0-9!#$&^_.+-]{1,64}")
# not those of the system, so that all servers do the same
_KNOWN_TYPES = mimetypes.MimeTypes()
_OTHER_TYPES = {"flac": "audio/flac", "m4a": "audio/mp4", "mkv": "video/x-matroska", "ogg": "audio/ogg"}
PNG = "image/png"
_NOT_A_PNG = HttpReply(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "A thumbnail must be a PNG\n")
_LARGE_THUMBNAIL = HttpReply(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    f"A thumbnail has at most {file_ids.THUMBNAIL_BYTES} bytes\n",
)
_FORM = "Send the file itself, not a form, for example: curl --data-binary @FILE URL\n"
_OTHER_FILE = HttpReply(HTTPStatus.UNPROCESSABLE_ENTITY, f"{OTHER_FILE}\n")
_RETRY_SECONDS = "3600"
_KILO = 1000  # bytes, as file managers and the window count them
_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def permit(world: World, me: Session, sender: Sender, request: FileRequest, out: Outbox) -> None:
    """Permit an upload by somebody who may send files, or refuse it.

    Sends:
        A permit; 201 stored already, 413 too large, 415 a form instead of a file, 422 another file with
        the same key, 429 too much in a day, 507 no room.
    """
    most, size = world.config.files.max_bytes, request.size
    if request.media_type.lower().startswith("multipart/"):
        out.answer(HttpReply(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, _FORM, {"Accept-Post": "*/*"}))
    elif size is not None and most and size > most:
        out.answer(HttpReply(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A file has at most {in_words(most)}\n"))
    elif request.key:
        _permit_once(world, sender, request, out)
    else:
        _permit_new(sender, request, out)


def _permit_once(world: World, sender: Sender, request: FileRequest, out: Outbox) -> None:
    """Answer with the link of the file if it is stored already; else permit the upload, or refuse it.

    A file that has to be compared with the stored one is permitted whatever the limits are: it adds nothing.
    """
    file_id = _new_id(world, sender, request)

    def done(world: World, me: Session, file: StoredFile | None, out: Outbox) -> None:
        if file is not None and file_expiry.has_expired(world, file, out.now):
            out.save(file_rows.delete(file.id))
            tell_gone(world, [file.id], out)
            file = None
        if file is None:
            _permit_new(sender, request, out)
        elif request.size not in (None, file.size) or request.sha256 not in ("", file.sha256):
            out.answer(_OTHER_FILE)
        elif request.sha256:
            out.answer(_created(world, me, file))
        else:
            world.files.reserve(me, _reservation(file.id, sender, file.size))
            out.answer(UploadPermit(file.id, file.name, file.media_type, file.size, is_repeated=True))

    out.run_job(lambda reader: file_rows.find(reader, file_id), done)


def _permit_new(sender: Sender, request: FileRequest, out: Outbox) -> None:
    _measure(sender, out, lambda world, me, usage, out: _decide(world, me, sender, request, usage, out))


def permit_thumbnail(sender: Sender, request: FileRequest, out: Outbox) -> None:
    """Permit the thumbnail of an own file, or refuse it.

    Sends:
        A permit; 413 too large, 415 no PNG, 507 no room.
    """
    most = file_ids.THUMBNAIL_BYTES if request.size is None else request.size

    def decide(world: World, me: Session, usage: FileUsage, out: Outbox) -> None:
        limits = world.config.files
        if limits.when_full == "refuse" and 0 < limits.total_bytes < usage.total + most:
            refuse_full(world, out)
            return
        world.files.reserve(me, _reservation(request.id, sender, most))
        out.answer(UploadPermit(request.id, "", PNG, most, is_thumbnail=True))

    if request.media_type != PNG:
        out.answer(_NOT_A_PNG)
    elif most > file_ids.THUMBNAIL_BYTES:
        out.answer(_LARGE_THUMBNAIL)
    else:
        _measure(sender, out, decide)


def _measure(sender: Sender, out: Outbox, then: Callable[[World, Session, FileUsage, Outbox], None]) -> None:
    """Look up how much is stored, with what other uploads may still add, and go on with it."""
    since, began = out.now - DAY_MILLISECONDS, out.clock

    def done(world: World, me: Session, usage: FileUsage, out: Outbox) -> None:
        pending = world.files.pending(began)
        lately = usage.lately + world.files.pending(began, sender.payer)
        then(world, me, usage._replace(total=usage.total + pending, lately=lately), out)

    out.run_job(lambda reader: file_lists.usage(reader, sender.payer, since), done)


def _decide(
    world: World, me: Session, sender: Sender, request: FileRequest, usage: FileUsage, out: Outbox
) -> None:
    """Permit the upload, or refuse it."""
    limits = world.config.files
    of_day = limits.bytes_per_day - usage.lately if limits.bytes_per_day else LARGEST
    room = limits.total_bytes - usage.total if limits.total_bytes else LARGEST
    makes_room = limits.when_full == "oldest first"
    if makes_room and limits.total_bytes:
        most = min(limits.max_bytes or LARGEST, of_day, limits.total_bytes)
    else:
        most = min(limits.max_bytes or LARGEST, of_day, room)
    size = max(0, most) if request.size is None else request.size
    if of_day < size or of_day <= 0:
        _refuse_for_today(in_words(limits.bytes_per_day), out)
    elif usage.files_lately >= FILES_PER_DAY:
        _refuse_for_today(counted(FILES_PER_DAY, "file"), out)
    elif size > most or most <= 0:
        refuse_full(world, out)
    else:
        _accept(world, me, sender, request, size, out)
        if size > room:
            _make_room(size - room, out)


def _refuse_for_today(most: str, out: Outbox) -> None:
    text = f"You can send {most} in 24 hours, and that is used up. Try again later\n"
    out.answer(HttpReply(HTTPStatus.TOO_MANY_REQUESTS, text, {"Retry-After": _RETRY_SECONDS}))


def _accept(world: World, me: Session, sender: Sender, request: FileRequest, size: int, out: Outbox) -> None:
    file_id = _new_id(world, sender, request)
    name = file_ids.clean_name(request.name)
    world.files.reserve(me, _reservation(file_id, sender, size))
    out.answer(UploadPermit(file_id, name, _media_type(request.media_type, name), size))


def _reservation(file_id: str, sender: Sender, size: int) -> Reservation:
    return Reservation(file_id, sender.identity, sender.name, sender.payer, size, sender.session)


def _new_id(world: World, sender: Sender, request: FileRequest) -> str:
    """Return the id for a file: with a key always the same one."""
    nonce = world.nonce_of(f"file {sender.identity} {request.key}") if request.key else world.new_nonce()
    secret = base64.urlsafe_b64encode(bytes.fromhex(nonce)).decode()
    return world.files.prefix + secret[: file_ids.RANDOM_CHARACTERS]


def _make_room(wanted: int, out: Outbox) -> None:
    """Delete the oldest files before the permit is given."""
    answers, out.answers = out.answers, []

    def done(world: World, me: Session, found: list[StoredFile], out: Outbox) -> None:
        for file in found:
            out.save(file_rows.delete(file.id))
        tell_gone(world, [file.id for file in found], out)
        out.log_info(f"Deleted the {len(found)} oldest files to make room")
        out.answers += answers

    out.run_job(lambda reader: file_lists.oldest(reader, wanted), done)


def store(
    world: World,
    me: Session,
    permit: UploadPermit,
    contents: StoredContents,
    reserved: Reservation,
    out: Outbox,
) -> None:
    """Store the row of a file whose contents are on disk, and answer with its URL.

    With the same `Idempotency-Key`, several uploads may have been permitted. The first one that ends is
    stored. What that was is looked up after the commit.

    Sends:
        201; 422 if another file was stored with the same key.
    """
    file = StoredFile(
        permit.id, permit.name, permit.media_type, contents.sha256, contents.size, reserved.owner,
        reserved.sender, reserved.payer, out.now,
    )  # fmt: skip
    for save in file_rows.insert(file):
        out.save(save)
    world.files.is_full_known = False

    def done(world: World, me: Session, found: StoredFile | None, out: Outbox) -> None:
        if found is not None and found.sha256 != file.sha256:
            out.answer(_OTHER_FILE)
        else:
            out.log_info(f"{file.sender} sent {file.name} ({in_words(file.size)})")
            out.answer(_created(world, me, found or file))

    out.run_follow_up_job(lambda reader: file_rows.find(reader, file.id), done)


def _created(world: World, me: Session, file: StoredFile) -> HttpReply:
    url = base_url(world, me) + file_ids.path(file.id, file.name)
    return HttpReply(HTTPStatus.CREATED, f"{url}\n", {"Location": url})


def refuse_full(world: World, out: Outbox) -> None:
    """Refuse an upload because there is no room. The owners are told the first time.

    Sends:
        507; NOTE to the owners.
    """
    out.answer(HttpReply(HTTPStatus.INSUFFICIENT_STORAGE, f"{FULL}\n"))
    if not world.files.is_full_known:
        world.files.is_full_known = True
        owners = (user for user in world.users.values() if user.role == "owner")
        audience = Audience(session for user in owners for session in user.sessions)
        out.deliver(audience, Message("NOTE", ("FILES", "FULL", OWNER_HINT), world.name))
        out.log_info(f"{FULL}: a file was refused")


def in_words(size: int) -> str:
    """Return a size as people read it, such as `25 MB`."""
    number, unit = float(size), 0
    while number >= _KILO and unit < len(_UNITS) - 1:
        number, unit = number / _KILO, unit + 1
    return f"{number:.1f}".removesuffix(".0") + f" {_UNITS[unit]}"


def _media_type(given: str, name: str) -> str:
    """Return the type of a file: what the client says, else what the name suggests."""
    kind = given.partition(";")[0].strip().lower()
    if not _TYPE.fullmatch(kind) or kind in _NO_TYPES:
        guessed, compression = _KNOWN_TYPES.guess_type(name, strict=False)
        if guessed is None:
            return _OTHER_TYPES.get(name.rpartition(".")[2].lower(), _UNKNOWN_TYPE)
        return _UNKNOWN_TYPE if compression else guessed
    return kind
