"""The requests about files on one connection: asks the core, then moves bytes between socket and disk.

    head of a request > FileRequest → the core
    core → UploadPermit    body > contents on disk, then → the core, which answers with the response
           FileFound       head, contents on disk > socket
           HttpReply       a whole response, such as a refusal

The core never sees the bytes. A refusal is sent before the body is read. Then the connection ends, as the
client may send the body anyway; otherwise it stays open for further requests.
"""

from __future__ import annotations

import errno
import logging
import os
import time
from collections.abc import Callable, Container
from http import HTTPStatus
from typing import BinaryIO

from chatapp.server.net import file_requests, file_responses, http
from chatapp.server.net.core_door import CoreDoor
from chatapp.server.net.http import HttpError, HttpRequest
from chatapp.server.net.http_body import Body, MalformedBody
from chatapp.server.net.policy import TransferService
from chatapp.server.net.thumbnails import HEAD_BYTES, NOT_SMALL_PNG, is_small_png, size_of
from chatapp.server.net.transfer_pace import TooSlow
from chatapp.server.net.transfer_stream import BrokenOff, StreamEnded, TransferStream
from chatapp.server.state.file_transfers import (
    OTHER_FILE,
    ContentsTooLarge,
    FileFound,
    FileRequest,
    FileRequestKind,
    HttpReply,
    PartialContents,
    StoredContents,
    UploadPermit,
)

NEXT_SECONDS = 15.0
"""How long the connection stays open for another request."""

SLOT_SECONDS = 10.0
"""How long a request waits if its address has too many transfers."""

_POLL_SECONDS = 0.2
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_TOO_MANY = "Too many transfers from your address, try again later"
_CHANGING: tuple[FileRequestKind, ...] = ("upload", "put thumbnail", "delete")
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)

log = logging.getLogger(__name__)


class BrokenUpload(Exception):
    """An upload cannot be completed.

    Args:
        status: Of the response.
        text: Its body; empty for the usual text of the status.
    """

    def __init__(self, status: HTTPStatus, text: str = "", is_disk_full: bool = False) -> None:
        super().__init__(status)
        self.status = status
        self.text = text
        self.is_disk_full = is_disk_full


class FileExchange:
    """Serves the requests of one connection, one after the other.

    Args:
        address: Of the client.
        origins: Sites whose pages may use files.
        pay: Counts a request and waits until the client may make another one.

    Thread: the connection's.
    """

    def __init__(
        self,
        service: TransferService,
        stream: TransferStream,
        core: CoreDoor,
        address: str,
        origins: Container[str],
        pay: Callable[[], None],
    ) -> None:
        self._service = service
        self._stream = stream
        self._core = core
        self._address = address
        self._origins = origins
        self._pay = pay
        self._is_forgiven = False

    def run(self, request: HttpRequest) -> None:
        """Serve this request and those that follow, then end the connection.

        Raises:
            TlsError: TLS has failed.
            OSError: The connection was lost.
        """
        try:
            following: HttpRequest | None = request
            while following and self._serve(following):
                following = self._next_request()
            self._stream.finish()
        except TooSlow:
            log.info("Disconnected %s: the transfer is too slow", self._address)

    def _next_request(self) -> HttpRequest | None:
        """Wait for the head of another request; None if there is none."""
        data = b""
        deadline = time.monotonic() + NEXT_SECONDS
        try:
            while (left := deadline - time.monotonic()) > 0:
                data += self._stream.receive(left)
                request = http.read(data)
                if request:
                    self._stream.put_back(data.partition(b"\r\n\r\n")[2])
                    return request
        except HttpError as error:
            self._stream.send(error.response)
        except (StreamEnded, TooSlow):
            return None
        return None

    def _serve(self, request: HttpRequest) -> bool:
        """Serve a request; return whether another one may follow."""
        self._stream.begin()
        self._pay()
        try:
            if not file_requests.is_file_path(request.path):
                raise HttpError(HTTPStatus.NOT_FOUND)
            asked = file_requests.read(request)
            if asked.kind in _CHANGING:
                http.check_origin(request, self._origins)
        except HttpError as error:
            self._stream.send(error.response)
            return False
        if not self._acquire():
            self._stream.send(
                http.respond(HTTPStatus.TOO_MANY_REQUESTS, f"{_TOO_MANY}\n", fields={"Retry-After": "5"})
            )
            return False
        try:
            return self._respond(request, asked)
        finally:
            self._service.limits.release(self._address)

    def _acquire(self) -> bool:
        """Wait until the address may have another transfer; return whether it may in time."""
        deadline = time.monotonic() + SLOT_SECONDS
        while not self._service.limits.acquire(self._address):
            if self._stream.has_ended or time.monotonic() >= deadline:
                return False
            self._stream.rest(_POLL_SECONDS)
        return True

    def _respond(self, request: HttpRequest, asked: FileRequest) -> bool:
        answer = self._core.ask(asked)
        self._stream.begin()  # the client need not send anything while the core decides
        if isinstance(answer, UploadPermit | FileFound) and not self._is_forgiven:
            self._is_forgiven = True
            self._service.forgive(self._address, time.monotonic())
        if isinstance(answer, UploadPermit):
            return self._receive(request, answer)
        if isinstance(answer, FileFound):
            return self._download(request, asked, answer)
        if answer is None:
            return False
        return self._reply(request, answer, is_last=file_requests.has_body(request))

    def _reply(self, request: HttpRequest, reply: HttpReply, is_last: bool) -> bool:
        """Send a whole response; return whether another request may follow."""
        is_last = is_last or not request.is_persistent
        with_body = request.method != "HEAD"
        fields = {**reply.fields, **file_responses.grants(request, self._origins)}
        self._stream.send(http.respond(reply.status, reply.text, "text/plain", with_body, fields, is_last))
        return not is_last

    # uploads

    def _receive(self, request: HttpRequest, permit: UploadPermit) -> bool:
        """Receive the body of an upload, and send what the core says about it."""
        body = file_requests.body_of(request)
        try:
            contents = self._store(request, body, permit)
        except BrokenUpload as error:
            answer = self._core.end_upload(permit, None, error.is_disk_full)
            self._stream.begin()
            if error.is_disk_full and isinstance(answer, HttpReply):
                return self._reply(request, answer, is_last=True)
            reply = HttpReply(
                error.status, f"{error.text or error.status.description or error.status.phrase}\n"
            )
            return self._reply(request, reply, is_last=True)
        except BaseException:
            self._core.end_upload(permit, None)
            raise
        answer = self._core.end_upload(permit, contents)
        # without an answer the row may be stored, so the contents stay
        is_kept = not isinstance(answer, HttpReply) or answer.status < HTTPStatus.MULTIPLE_CHOICES
        self._service.contents.release(contents.sha256, is_kept)
        self._stream.put_back(body.rest)
        self._stream.begin()
        return isinstance(answer, HttpReply) and self._reply(request, answer, is_last=not is_kept)

    def _store(self, request: HttpRequest, body: Body, permit: UploadPermit) -> StoredContents:
        """Receive a body and store it.

        Raises:
            BrokenUpload: It cannot be stored.
            TlsError, OSError: The connection was lost.
        """
        try:
            partial = self._service.contents.begin(permit.most_bytes, file_requests.body_size(request))
        except OSError as error:
            raise _disk_failure(error) from error
        try:
            if "expect" in request.fields and not self._stream.has_start:
                self._stream.send(_CONTINUE)
            head = self._receive_body(body, partial)
            if permit.is_thumbnail and not is_small_png(head):
                raise BrokenUpload(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, NOT_SMALL_PNG)
        except BrokenOff as error:
            partial.abort()
            raise BrokenUpload(error.reply.status, error.reply.text.rstrip("\n")) from error
        except TooSlow as error:
            partial.abort()
            raise BrokenUpload(HTTPStatus.REQUEST_TIMEOUT) from error
        except MalformedBody as error:
            partial.abort()
            raise BrokenUpload(HTTPStatus.BAD_REQUEST, f"The body is malformed: {error}") from error
        except ContentsTooLarge as error:
            partial.abort()
            if permit.is_repeated:
                raise BrokenUpload(HTTPStatus.UNPROCESSABLE_ENTITY, OTHER_FILE) from error
            text = f"The file is too large: at most {permit.most_bytes} bytes are accepted"
            raise BrokenUpload(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, text) from error
        except BaseException:
            partial.abort()
            raise
        try:
            return partial.finish()
        except OSError as error:
            raise _disk_failure(error) from error

    def _receive_body(self, body: Body, partial: PartialContents) -> bytes:
        """Receive a body into the contents; return its first bytes."""
        head = b""
        while not body.is_complete:
            piece = body.feed(self._stream.receive())
            if len(head) < HEAD_BYTES:
                head += piece[:HEAD_BYTES]
            try:
                partial.write(piece)
            except OSError as error:
                raise _disk_failure(error) from error
        return head

    # downloads

    def _download(self, request: HttpRequest, asked: FileRequest, found: FileFound) -> bool:
        """Send a file, or the part of it that the client asks for."""
        preview = self._preview(asked.id, found.thumbnail) if asked.kind == "download" else None
        try:
            contents = self._service.contents.open(found.sha256)
        except OSError as error:
            log.error("Cannot read the contents of file %s: %s", asked.id, error)
            gone = (
                HTTPStatus.NOT_FOUND
                if isinstance(error, FileNotFoundError)
                else HTTPStatus.SERVICE_UNAVAILABLE
            )
            reply = HttpReply(gone, f"{gone.description or gone.phrase}\n")
            return self._reply(request, reply, is_last=file_requests.has_body(request))
        with contents:
            now = int(time.time() * 1000)
            is_last = not request.is_persistent or file_requests.has_body(request)
            download = file_responses.respond(found, request, now, is_last, preview, self._origins)
            return self._send_contents(contents, download) and not is_last

    def _preview(self, file_id: str, thumbnail: str) -> file_responses.Preview | None:
        """Return where the thumbnail of a file is, and how large, so that clients can leave room for it."""
        if not thumbnail:
            return None
        try:
            with self._service.contents.open(thumbnail) as contents:
                size = size_of(contents.read(HEAD_BYTES))
        except OSError:
            return None
        return file_responses.Preview(f"/thumbnails/{file_id}", *size) if size else None

    def _send_contents(self, contents: BinaryIO, download: file_responses.Download) -> bool:
        """Send a response; return whether all of it could be read."""
        self._stream.send(download.head)
        left = len(download.bytes)
        if left:
            contents.seek(download.bytes.start)
        while left:
            size = min(self._stream.wait_for_room(), left)
            if not self._send_piece(contents, size):
                log.error("Contents on disk are shorter than they were")
                return False
            left = download.bytes.stop - contents.tell()
        return True

    def _send_piece(self, contents: BinaryIO, size: int) -> bool:
        """Send the next bytes of a file, at most so many; return whether there are any."""
        piece = contents.read(size)
        unsent = len(piece) - self._stream.offer(piece)
        if unsent:
            contents.seek(-unsent, os.SEEK_CUR)
        return bool(piece)


def _disk_failure(error: OSError) -> BrokenUpload:
    """Return what an upload ends with that cannot be written."""
    is_full = error.errno in _NO_ROOM
    if not is_full:
        log.error("Cannot store an upload: %s", error)
    status = HTTPStatus.INSUFFICIENT_STORAGE if is_full else HTTPStatus.SERVICE_UNAVAILABLE
    return BrokenUpload(status, "There is no room for files now" if is_full else "", is_full)
