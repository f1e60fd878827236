"""Small requests about files: what the server knows of one, its thumbnail, deleting it. And why one failed.

Source: RFC 9110; RFC 8594 (Sunset); RFC 8288 (Link)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse, IncompleteRead
from io import BytesIO
from typing import Literal
from urllib.parse import urlsplit

from chatapp.client.files.image_headers import image_header
from chatapp.client.files.thumbnails import MOST_FOREIGN_PIXELS, is_picture, make_thumbnails
from chatapp.client.transport.certificates import ServerTarget
from chatapp.client.transport.dial import Unreachable
from chatapp.client.transport.file_connection import FileConnection
from chatapp.client.transport.tls_dial import Cancelled
from chatapp.client.transport.transfer_control import TransferControl
from chatapp.languages.translation import N_, _
from chatapp.protocol.content_disposition import file_name
from chatapp.protocol.file_ids import THUMBNAIL_BYTES, THUMBNAIL_HEIGHT, THUMBNAIL_WIDTH
from chatapp.protocol.numbers import parse_whole
from chatapp.protocol.tls import TlsError
from chatapp.system.picture_tools import Converter

FailureKind = Literal[
    "refused", "full", "gone", "token", "lost", "certificate", "disk", "metadata", "changed", "cancelled"
]

REQUEST_SECONDS = 60.0  # that a small request may take, however slowly the server answers
MOST_SECONDS = 60  # of Retry-After, for which an upload that came too soon waits

_REASON_BYTES = 400
_PREVIEW = re.compile(r"""rel=("?)preview\1(?:;[^,]*)?""")
_SIZES = re.compile(r"""; *sizes="?([1-9][0-9]{0,2})x([1-9][0-9]{0,2})\b""")
_TOO_MANY = 429
_KINDS: dict[int, FailureKind] = {
    401: "token",
    404: "gone",
    408: "lost",
    410: "gone",
    422: "changed",
    500: "lost",
    502: "lost",
    503: "lost",
    504: "lost",
    507: "full",
}
CHANGED = N_("The file has changed in the meantime.")
_LOST = N_("The connection was lost.")
_REASONS = {
    401: N_("The server wants you to log in first."),
    403: N_("You are not allowed to do that here."),
    404: N_("The server does not have this file any more."),
    408: _LOST,
    411: N_("The server does not take this file."),
    413: N_("The file is too large for this server."),
    415: N_("The server does not take this kind of file."),
    422: CHANGED,
    429: N_("You have sent too many files. Try again later."),
    507: N_("The server has no room for files now."),
}
_STRANGE = N_("The server sent an unexpected answer ({detail}).")


class TransferFailed(Exception):
    """A transfer has failed.

    Attributes:
        kind: "full": the server has no room; "token": it does not know our token, or our login; "lost": the
            connection, so that it can be tried again; "metadata": a picture is damaged, so that it would be
            sent with its metadata; "changed": a file whose earlier try the server has stored.
        reason: Why, as a sentence for the user.
    """

    def __init__(self, kind: FailureKind, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a server says of a file: see `FileCard`."""

    name: str
    size: int | None
    media_type: str
    until: float | None
    etag: str
    has_thumbnail: bool
    thumbnail_size: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class AskAboutFile:
    """Ask what the server knows of a file; the result is a `FileFacts`."""

    target: ServerTarget
    path: str

    def run(self, control: TransferControl) -> FileFacts:
        """Do it."""
        with exchange(self.target, control, "HEAD", self.path) as response:
            check(response)
            return facts_of(response)


@dataclass(frozen=True, slots=True)
class FetchThumbnail:
    """Fetch the thumbnail of a file; the result is a PNG, empty if there is none that can be used."""

    target: ServerTarget
    path: str

    def run(self, control: TransferControl) -> bytes:
        """Do it."""
        with exchange(self.target, control, "GET", self.path) as response:
            check(response)
            data = response.read(THUMBNAIL_BYTES + 1)
        return data if is_thumbnail(data) else b""


@dataclass(frozen=True, slots=True)
class MakeThumbnail:
    """Fetch a picture that has as few bytes as a thumbnail, and make one of it.

    The result is as that of `FetchThumbnail`.

    Attributes:
        converters: See `make_thumbnails`.
    """

    target: ServerTarget
    path: str
    converters: Callable[[], Sequence[Converter]]

    def run(self, control: TransferControl) -> bytes:
        """Do it."""
        with exchange(self.target, control, "GET", self.path) as response:
            check(response)
            data = response.read(THUMBNAIL_BYTES + 1)
        if len(data) > THUMBNAIL_BYTES or not is_picture(data, MOST_FOREIGN_PIXELS):
            return b""
        made = data if is_thumbnail(data) else make_thumbnails(data, self.converters(), row_side=0).shared
        return made if is_thumbnail(made) else b""


@dataclass(frozen=True, slots=True)
class SendThumbnail:
    """Send the thumbnail of a file; the result is True."""

    target: ServerTarget
    path: str
    authorization: str = field(repr=False)
    data: bytes = field(repr=False)

    def run(self, control: TransferControl) -> bool:
        """Do it."""
        fields = {"Content-Type": "image/png", "Content-Length": str(len(self.data))}
        with exchange(
            self.target, control, "PUT", self.path, self.authorization, fields, self.data
        ) as response:
            check(response)
        return True


@dataclass(frozen=True, slots=True)
class DeleteFile:
    """Delete a file on the server; the result is True."""

    target: ServerTarget
    path: str
    authorization: str = field(repr=False)

    def run(self, control: TransferControl) -> bool:
        """Do it."""
        with exchange(self.target, control, "DELETE", self.path, self.authorization) as response:
            check(response)
        return True


@contextmanager
def exchange(
    target: ServerTarget,
    control: TransferControl,
    method: str,
    path: str,
    authorization: str = "",
    fields: Mapping[str, str] | None = None,
    body: bytes = b"",
    seconds: float | None = REQUEST_SECONDS,
) -> Iterator[HTTPResponse]:
    """Send a request, and receive the head of its answer.

    Args:
        authorization: As HTTP has it; empty for none.
        seconds: How long it may take; None for no limit.

    Raises:
        TransferFailed: It failed, or the code in the `with` block had an error of the connection.
    """
    login = {"Authorization": authorization} if authorization else {}
    with failures(), closing(FileConnection(target, control, seconds=seconds)) as connection:
        connection.begin(method, path, {**login, **(fields or {})})
        if body:
            connection.send(body)
        yield connection.answer(method)


@contextmanager
def failures() -> Iterator[None]:
    """Turn errors of the connection into TransferFailed."""
    try:
        yield
    except Cancelled as error:
        raise TransferFailed("cancelled", "") from error
    except Unreachable as error:
        raise TransferFailed("certificate" if error.certificate_problem else "lost", error.reason) from error
    except (OSError, TlsError, IncompleteRead) as error:
        raise TransferFailed("lost", _(_LOST)) from error
    except HTTPException as error:
        detail = type(error).__name__
        raise TransferFailed("lost", _(_STRANGE).format(detail=detail)) from error


def check(response: HTTPResponse) -> None:
    """Accept an answer that says that it was done.

    Raises:
        TransferFailed: It says why not.
    """
    status = response.status
    if 200 <= status < 300:
        return
    kind = _KINDS.get(status, "refused")
    if (
        status == _TOO_MANY
        and (parse_whole(response.msg["Retry-After"] or "") or MOST_SECONDS) < MOST_SECONDS
    ):
        kind = "lost"  # there are only too many transfers at the same time
    raise TransferFailed(kind, _reason(response))


def facts_of(response: HTTPResponse) -> FileFacts:
    """Return what the head of an answer says of a file."""
    fields = response.msg
    until = None
    if fields["Sunset"]:
        try:
            until = parsedate_to_datetime(fields["Sunset"]).timestamp()
        except (ValueError, OverflowError, OSError, TypeError):  # OSError: Windows, before 1970
            until = None
    preview = _PREVIEW.search(fields["Link"] or "")
    sizes = _SIZES.search(preview[0]) if preview else None
    return FileFacts(
        name=file_name(fields["Content-Disposition"] or ""),
        size=parse_whole(fields["Content-Length"] or ""),
        media_type=fields.get_content_type() if fields["Content-Type"] else "",
        until=until,
        etag=fields["ETag"] or "",
        has_thumbnail=preview is not None,
        thumbnail_size=(int(sizes[1]), int(sizes[2])) if sizes else None,
    )


def is_thumbnail(data: bytes) -> bool:
    """Return whether this is a PNG that is small enough to be shown at once."""
    header = image_header(BytesIO(data))
    if header is None or header.media_type != "image/png" or len(data) > THUMBNAIL_BYTES:
        return False
    return 0 < header.width <= THUMBNAIL_WIDTH and 0 < header.height <= THUMBNAIL_HEIGHT


def path_of(url: str) -> str:
    """Return what a request for a URL asks for: its path, with its query."""
    parts = urlsplit(url)
    path = parts.path or "/"
    return f"{path}?{parts.query}" if parts.query else path


def _reason(response: HTTPResponse) -> str:
    """Return why a request was refused, as a sentence: ours, else the first line of the server's text."""
    known = _REASONS.get(response.status)
    said = ""
    if response.msg.get_content_type() == "text/plain" and response.status not in (401, 404, 410):
        with failures():
            said = response.read(_REASON_BYTES).decode(errors="replace").partition("\n")[0].strip()
    if response.status in (403, 429) or not known:
        known = said or (_(known) if known else "")
        return known or _(_STRANGE).format(detail=f"{response.status} {response.reason}".strip())
    return _(known)
