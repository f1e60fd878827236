"""Sends a file to a server by HTTP, without reading it into memory.

A file whose connection was lost is sent again with the same key, by which the server knows it: it may have
the whole file already, when only its answer was lost. The digest of the file then saves sending it again.

Source: soju.im/FILEHOST; RFC 9110 section 10.1.1 (Expect); RFC 9530 (Content-Digest);
draft-ietf-httpapi-idempotency-key-header
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urljoin, urlsplit

from chatapp.client.files.disk_errors import why_not_read
from chatapp.client.files.file_pieces import Malformed, Pieces, read_pieces, size_of, whole
from chatapp.client.files.image_headers import image_header
from chatapp.client.files.media_types import media_type
from chatapp.client.files.picture_metadata import pieces_without_metadata
from chatapp.client.transport.certificates import ServerTarget
from chatapp.client.transport.file_connection import FileConnection
from chatapp.client.transport.file_requests import CHANGED, TransferFailed, check, failures, path_of
from chatapp.client.transport.transfer_control import TransferControl
from chatapp.languages.translation import N_, _
from chatapp.protocol.content_disposition import content_disposition

LONGEST_URL = 2000  # characters of a link that can be sent in a message

_NO_LINK = N_("The server has taken the file, but has not said where it is.")
_HAS_METADATA = N_("The place and camera cannot be removed from it.")
_EXPECTATION_FAILED = 417


@dataclass(frozen=True, slots=True)
class UploadFile:
    """Send a file; the result is its URL.

    Attributes:
        url: The server's URL for uploads.
        authorization: As HTTP has it; empty for none.
        removes_metadata: Whether metadata is removed from pictures.
        key: The same for each try to send this file; empty for none.
        is_repeated: Whether the server may have the file from an earlier try.
    """

    target: ServerTarget
    url: str = field(repr=False)
    authorization: str = field(repr=False)
    source: Path | bytes = field(repr=False)
    name: str
    removes_metadata: bool = True
    key: str = field(default="", repr=False)
    is_repeated: bool = False

    def run(self, control: TransferControl) -> str:
        """Do it.

        Raises:
            TransferFailed: It failed.
        """
        with self._open() as file:
            try:
                kind, pieces = self._look_at(file)
            except OSError as error:
                raise TransferFailed("disk", why_not_read(error)) from error
            except Malformed as error:
                raise TransferFailed("metadata", _(_HAS_METADATA)) from error
            control.total = size_of(pieces)
            return self._send(control, file, kind, pieces, expects=True)

    def _open(self) -> BinaryIO:
        if isinstance(self.source, bytes):
            return BytesIO(self.source)
        try:
            return self.source.open("rb")
        except OSError as error:
            raise TransferFailed("disk", why_not_read(error)) from error

    def _look_at(self, file: BinaryIO) -> tuple[str, Pieces]:
        """Return the media type of the file, and what is sent of it.

        Raises:
            Malformed: Its metadata cannot be removed.
            OSError: It cannot be read.
        """
        header = image_header(file)
        kind = header.media_type if header else media_type(self.name)
        return kind, pieces_without_metadata(file) if self.removes_metadata else whole(file.seek(0, 2))

    def _send(
        self, control: TransferControl, file: BinaryIO, kind: str, pieces: Pieces, expects: bool
    ) -> str:
        """Send the file.

        Args:
            expects: Whether the server is asked to refuse it before its contents are sent.
        """
        control.done = 0
        fields = {
            "Content-Type": kind,
            "Content-Length": str(control.total),
            "Content-Disposition": content_disposition("attachment", self.name),
            **({"Authorization": self.authorization} if self.authorization else {}),
            **({"Idempotency-Key": self._key_of(file)} if self.key else {}),
            **({"Content-Digest": _digest(control, file, pieces)} if self.is_repeated else {}),
            **({"Expect": "100-continue"} if expects else {}),
        }
        with failures(), closing(FileConnection(self.target, control)) as connection:
            connection.begin("POST", path_of(self.url), fields)
            if not expects or connection.may_continue():
                _send_body(connection, control, file, pieces)
            response = connection.answer("POST")
            if response.status != _EXPECTATION_FAILED or not expects:
                check(response)
                return self._result(response.msg["Location"] or "")
        return self._send(control, file, kind, pieces, expects=False)

    def _key_of(self, file: BinaryIO) -> str:
        """Return a key that is another one once something else is sent."""
        return f'"{self.key}-{_state(file)}-{int(self.removes_metadata)}"'

    def _result(self, location: str) -> str:
        try:
            url = urljoin(self.url, location)
            is_link = urlsplit(url).scheme in ("http", "https") and url.isprintable() and " " not in url
        except ValueError:
            is_link = False
        if not location or not is_link or len(url) > LONGEST_URL:
            raise TransferFailed("refused", _(_NO_LINK))
        return url


def _state(file: BinaryIO) -> str:
    """Return what is different once the file has changed between two tries."""
    if isinstance(file, BytesIO):
        return "0"
    found = os.fstat(file.fileno())
    return f"{found.st_size}-{found.st_mtime_ns}"


def _read(file: BinaryIO, pieces: Pieces) -> Iterator[bytes]:
    """Yield what is sent.

    Raises:
        TransferFailed: The file cannot be read, or is shorter than it was.
    """
    try:
        yield from read_pieces(file, pieces)
    except EOFError as error:
        raise TransferFailed("refused", _(CHANGED)) from error
    except OSError as error:
        raise TransferFailed("disk", why_not_read(error)) from error


def _digest(control: TransferControl, file: BinaryIO, pieces: Pieces) -> str:
    """Return the SHA-256 of what is sent, as HTTP has it."""
    digest = hashlib.sha256()
    for data in _read(file, pieces):
        if control.is_cancelled:
            raise TransferFailed("cancelled", "")
        digest.update(data)
    return f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"


def _send_body(connection: FileConnection, control: TransferControl, file: BinaryIO, pieces: Pieces) -> None:
    chunks = _read(file, pieces)
    while not connection.has_answer:
        data = next(chunks, b"")
        if not data:
            return
        control.done += len(data)  # before the last bytes go, so that it is known that all may have arrived
        connection.send(data)
