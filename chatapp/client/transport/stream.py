"""A connected socket and what lies over it: TLS or nothing, bytes to lines, what waits to be sent.

All of it belongs to one thread.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Protocol

from chatapp.protocol.lines import LineBuffer
from chatapp.protocol.tls import TlsPipe, fingerprint

FAREWELL_SECONDS = 1.0  # how long the last lines may take, there and back
READ_BYTES = 65536
START_BYTES = 2048  # of an answer that may be no TLS, so that it can be told what it is
LONGEST_LINE = 131072  # bytes; servers may send longer lines than we

Send = Callable[[bytes | bytearray | memoryview], int]
"""Sends what the socket takes at once, 0 bytes when it is full."""


class Layer(Protocol):
    """What the bytes go through."""

    @property
    def pending(self) -> bool: ...
    @property
    def ended(self) -> bool: ...
    def feed(self, data: bytes) -> bytes: ...
    def write(self, data: bytes) -> None: ...
    def flush(self, send: Send) -> None: ...
    def close(self) -> None: ...


class Clear:
    """Bytes as they are."""

    def __init__(self) -> None:
        self.ended = False
        self._unsent = bytearray()

    @property
    def pending(self) -> bool:
        return bool(self._unsent)

    def feed(self, data: bytes) -> bytes:
        self.ended = not data
        return data

    def write(self, data: bytes) -> None:
        self._unsent += data

    def flush(self, send: Send) -> None:
        if self._unsent:
            del self._unsent[: send(self._unsent)]

    def close(self) -> None:
        """There is no goodbye but the end itself."""


class Secure:
    """Bytes through TLS. Nothing may be written before it is `ready` and the certificate was looked at.

    Raises  ValueError for a host that can be in no certificate
    """

    def __init__(self, context: ssl.SSLContext, host: str) -> None:
        self.start = b""  # the first bytes of the other side as they came, until it is ready
        self._pipe = TlsPipe(context, contextlib.nullcontext(), host=host)

    @property
    def ready(self) -> bool:
        return self._pipe.ready

    @property
    def fingerprint(self) -> str:
        """Of the server's certificate, once it is ready."""
        return fingerprint(self._pipe.certificate)

    @property
    def pending(self) -> bool:
        return self._pipe.pending > 0

    @property
    def ended(self) -> bool:
        return self._pipe.ended

    def feed(self, data: bytes) -> bytes:
        """Raises  TlsError"""
        if not self.ready:
            self.start += data[: START_BYTES - len(self.start)]
        return self._pipe.feed(data)

    def write(self, data: bytes) -> None:
        self._pipe.write(data)

    def flush(self, send: Send) -> None:
        wire = self._pipe.take()
        while wire:
            wire = self._pipe.sent(send(wire))

    def close(self) -> None:
        self._pipe.close()


class Stream:
    """Takes  sock: connected and non-blocking; wake: readable when somebody wants the thread's attention"""

    def __init__(self, sock: socket.socket, wake: socket.socket, layer: Layer) -> None:
        self.lines: list[str] = []
        self._sock = sock
        self._wake = wake
        self._layer = layer
        self._buffer = LineBuffer(line=0, tags=0, unterminated=LONGEST_LINE)
        self._selector = selectors.DefaultSelector()
        self._selector.register(wake, selectors.EVENT_READ)
        self._selector.register(sock, selectors.EVENT_READ)

    @property
    def is_secure(self) -> bool:
        return isinstance(self._layer, Secure)

    @property
    def ended(self) -> bool:
        """Nothing will come any more."""
        return self._layer.ended

    def take(self) -> list[str]:
        """The lines that have come."""
        lines, self.lines = self.lines, []
        return lines

    def turn(self, outgoing: Iterable[bytes], reading: bool, seconds: float | None) -> None:
        """Write what can be written; then wait until there is something to do, and read.

        Raises  OSError when the connection broke, TlsError
        """
        for data in outgoing:
            self._layer.write(data)
        self._layer.flush(self._send)
        self._watch(reading)
        ready = {key.fileobj for key, mask in self._selector.select(seconds) if mask & selectors.EVENT_READ}
        with contextlib.suppress(BlockingIOError):
            if self._wake in ready:
                self._wake.recv(READ_BYTES)
            if self._sock in ready:
                self._read()

    def part(self, outgoing: Iterable[bytes]) -> None:
        """Write the last lines and hear the other side out, for a short time.

        Source  a socket closed with unread input is reset, and a reset can swallow our last line
        """
        for data in outgoing:
            self._layer.write(data)
        self._layer.close()
        deadline = time.monotonic() + FAREWELL_SECONDS
        shut = False
        while not self.ended and (left := deadline - time.monotonic()) > 0:
            self._layer.flush(self._send)
            if not self._layer.pending and not shut:
                self._sock.shutdown(socket.SHUT_WR)
                shut = True
            self.turn((), True, left)

    def close(self) -> None:
        """End it at once."""
        self._selector.close()
        self._sock.close()

    def _send(self, data: bytes | bytearray | memoryview) -> int:
        try:
            return self._sock.send(data)
        except BlockingIOError:
            return 0

    def _watch(self, reading: bool) -> None:
        wanted = selectors.EVENT_READ * reading | selectors.EVENT_WRITE * self._layer.pending
        watched = self._selector.get_map().get(self._sock)
        if watched is not None and watched.events != wanted:
            self._selector.unregister(self._sock)
            watched = None
        if watched is None and wanted:
            self._selector.register(self._sock, wanted)

    def _read(self) -> None:
        try:
            data = self._layer.feed(self._sock.recv(READ_BYTES))
        finally:
            self._layer.flush(self._send)  # an alert, if it failed
        self.lines += [_text(line) for line in self._buffer.feed(data) if isinstance(line, bytes)]


def _text(line: bytes) -> str:
    """UTF-8, or what else people's old programs sent."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")
