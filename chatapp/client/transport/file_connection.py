"""One HTTP request over a connection like that of the chat: the same addresses, proxy and certificates.

    TlsDial > FileConnection > http.client.HTTPResponse

Each request has a connection of its own. All calls block, but none longer than SILENCE_SECONDS without a
byte, and all end at once when the transfer is cancelled. A server may answer before it has read all, such as
with a refusal: `send` notices that, and the rest is not sent.

Source: RFC 9110, RFC 9112
"""

from __future__ import annotations

import contextlib
import io
import selectors
import socket
import struct
import sys
import time
from collections.abc import Mapping
from http.client import BadStatusLine, HTTPResponse
from math import inf
from typing import cast

from chatapp.client.transport.certificates import ServerTarget
from chatapp.client.transport.tls_dial import Cancelled, TlsDial
from chatapp.client.transport.transfer_control import TransferControl
from chatapp.protocol.addresses import join_host_port

SILENCE_SECONDS = 45.0  # without a byte in either direction, after which the connection counts as lost
CONTINUE_SECONDS = 3.0  # to wait for `100 Continue`; a server need not send it

_READ_BYTES = 65536
_INTERIM = b"HTTP/1.1 1"  # the beginning of an answer that another one follows, such as 100 and 103
_CONTINUE = b"HTTP/1.1 100"
_INTERIM_BYTES = 16384  # the most of such an answer
_RESET = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)  # SO_LINGER of no seconds


class FileConnection:
    """A connection for one request.

    Args:
        silence: As SILENCE_SECONDS.
        seconds: How long all of it may take; None for no limit.

    Raises:
        Unreachable: It could not be made, with the reason for the user.
        Cancelled: The transfer was cancelled. All methods raise it, and an OSError when the connection is
            lost.
    """

    def __init__(
        self,
        target: ServerTarget,
        control: TransferControl,
        silence: float = SILENCE_SECONDS,
        seconds: float | None = None,
    ) -> None:
        self._control = control
        self._silence = silence
        self._end = inf if seconds is None else time.monotonic() + seconds
        self._host = join_host_port(target.host, target.port)
        opened = TlsDial(target, control.wake, lambda: control.is_cancelled, protocol="http/1.1").connect()
        self._sock, self._pipe = opened.stream.release()
        self._received = bytearray()
        self._selector = selectors.DefaultSelector()
        self._selector.register(control.wake, selectors.EVENT_READ)
        self._selector.register(self._sock, selectors.EVENT_READ)
        self._reader = io.BufferedReader(_Reader(self))
        self._response: HTTPResponse | None = None
        self._wants_body = False  # the server has said so

    @property
    def has_answer(self) -> bool:
        """Whether the server has begun its last answer: none with `100 Continue`."""
        start = self._received[: len(_INTERIM)]
        return bool(start) and not _INTERIM.startswith(start)

    def begin(self, method: str, path: str, fields: Mapping[str, str]) -> None:
        """Send the head of the request."""
        rows = {"Host": self._host, "Connection": "close", **fields}
        head = "".join(f"{name}: {value}\r\n" for name, value in rows.items())
        self.send(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode("latin-1"))

    def may_continue(self) -> bool:
        """Wait until the server asks for the body; return False if it has answered without it.

        Raises:
            HTTPException: Its answer is none.
        """
        deadline = time.monotonic() + CONTINUE_SECONDS
        while not (self._wants_body or self.has_answer or self._pipe.ended):
            left = deadline - time.monotonic()
            if left <= 0:
                break
            self._turn(left)
        return not self.has_answer

    def send(self, data: bytes) -> None:
        """Send a part of the request, unless the server has begun to answer."""
        self._pipe.write(data)
        lost: OSError | None = None
        last = time.monotonic()
        while not self.has_answer:
            waiting = self._pipe.pending
            try:
                self._pipe.flush(self._try_to_send)
            except OSError as error:  # its answer may have come before
                lost = error
            if not self._pipe.pending or lost:
                break
            if self._pipe.pending != waiting:
                last = time.monotonic()
            self._turn(self._left(last))
            if self._pipe.ended and not self.has_answer:
                raise ConnectionResetError
        if lost:
            self._turn(0)
            if not self.has_answer:
                raise lost

    def answer(self, method: str) -> HTTPResponse:
        """Return the answer of the server; its body is still to be read.

        Raises:
            HTTPException: It is none.
        """
        last = time.monotonic()
        while not self.has_answer and not self._pipe.ended:
            self._turn(self._left(last))
        self._response = HTTPResponse(cast(socket.socket, self), method=method)
        self._response.begin()
        return self._response

    def makefile(self, mode: str) -> io.BufferedIOBase:
        """Return what HTTPResponse reads."""
        return self._reader

    def close(self) -> None:
        """Close the connection; what a cancelled transfer has not sent yet is not sent any more."""
        self._selector.close()
        if self._response:
            self._response.close()  # it would fail to close itself after its reader
        if self._control.is_cancelled:
            with contextlib.suppress(OSError):
                self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self._sock.close()

    def read_into(self, buffer: memoryview) -> int:
        """Wait for bytes of the answer; return how many were put into the buffer, 0 at the end."""
        last = time.monotonic()
        while not self._received and not self._pipe.ended:
            self._turn(self._left(last))
        count = min(len(buffer), len(self._received))
        buffer[:count] = self._received[:count]
        del self._received[:count]
        return count

    def _left(self, last: float) -> float:
        left = min(last + self._silence, self._end) - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def _turn(self, seconds: float) -> None:
        """Wait until something can be read or sent, and read it."""
        wanted = selectors.EVENT_READ | selectors.EVENT_WRITE * bool(self._pipe.pending)
        self._selector.modify(self._sock, wanted)
        ready = {key.fileobj: mask for key, mask in self._selector.select(seconds)}
        if self._control.is_cancelled:
            raise Cancelled
        if ready.get(self._sock, 0) & selectors.EVENT_READ:
            try:
                self._received += self._pipe.feed(self._sock.recv(_READ_BYTES))
            except BlockingIOError:
                return
            if self._response is None:
                self._drop_interim_answers()

    def _drop_interim_answers(self) -> None:
        """Drop answers that another one follows. They may come late, while the body is sent."""
        while self._received.startswith(_INTERIM):
            end = self._received.find(b"\r\n\r\n")
            if end < 0:
                if len(self._received) > _INTERIM_BYTES:
                    raise BadStatusLine(self._received[:80].decode("latin-1"))
                return
            self._wants_body |= self._received.startswith(_CONTINUE)
            del self._received[: end + 4]

    def _try_to_send(self, data: bytes | bytearray | memoryview) -> int:
        try:
            return self._sock.send(data)
        except BlockingIOError:
            return 0


class _Reader(io.RawIOBase):
    """The answer of a server as a file."""

    def __init__(self, connection: FileConnection) -> None:
        self._connection = connection

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        return self._connection.read_into(memoryview(buffer).cast("B"))  # type: ignore[arg-type]
