"""A connected socket with a pipe (TLS or plain) over it: queued bytes out, text lines in.

All of it belongs to one thread.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import time
from collections.abc import Iterable

from chatapp.protocol.lines import LineBuffer
from chatapp.protocol.tls import Pipe

CLOSE_SECONDS = 1.0  # how long sending the last lines and waiting for the server's end may take
READ_BYTES = 65536  # at most in one call of recv
START_BYTES = 2048  # of a reply that may not be TLS, to find out what it is
LONGEST_LINE = 131072  # bytes; other servers may send longer lines than ours


class Stream:
    """A connection that is read line by line.

    Args:
        sock: Connected and non-blocking.
        wake: Becomes readable when `turn` is to return early.
        pipe: Encrypts the bytes, or passes them unchanged.
    """

    def __init__(self, sock: socket.socket, wake: socket.socket, pipe: Pipe) -> None:
        self.lines: list[str] = []
        self.start = b""  # the first bytes from the server, recorded until the pipe is ready
        self._sock = sock
        self._wake = wake
        self._pipe = pipe
        self._buffer = LineBuffer(line=0, tags=0, unterminated=LONGEST_LINE)
        self._selector = selectors.DefaultSelector()
        self._selector.register(wake, selectors.EVENT_READ)
        self._selector.register(sock, selectors.EVENT_READ)

    @property
    def is_secure(self) -> bool:
        return self._pipe.is_secure

    @property
    def ended(self) -> bool:
        """Whether the server has closed its side."""
        return self._pipe.ended

    def take(self) -> list[str]:
        """Return the lines received since the last call."""
        lines, self.lines = self.lines, []
        return lines

    def turn(self, outgoing: Iterable[bytes], reading: bool, seconds: float | None) -> None:
        """Send what the socket takes, wait until there is something to do, and read.

        Args:
            outgoing: Whole lines to send, in bytes.
            reading: Whether to read at all; False leaves data in the socket to slow the server down.
            seconds: How long to wait at most; None waits until the socket or `wake` is ready.

        Raises:
            OSError: The connection is lost.
            TlsError: TLS has failed.
        """
        for data in outgoing:
            self._pipe.write(data)
        self._pipe.flush(self._send)
        self._watch(reading)
        ready = {key.fileobj for key, mask in self._selector.select(seconds) if mask & selectors.EVENT_READ}
        with contextlib.suppress(BlockingIOError):
            if self._wake in ready:
                self._wake.recv(READ_BYTES)
            if self._sock in ready:
                self._read()

    def finish(self, outgoing: Iterable[bytes]) -> None:
        """Send the last lines and read until the server closes, for at most CLOSE_SECONDS.

        Closing a socket with unread input resets the connection, and a reset can discard our last line.
        """
        for data in outgoing:
            self._pipe.write(data)
        self._pipe.close()
        deadline = time.monotonic() + CLOSE_SECONDS
        is_shut = False
        while not self.ended and (left := deadline - time.monotonic()) > 0:
            self._pipe.flush(self._send)
            if not self._pipe.pending and not is_shut:
                self._sock.shutdown(socket.SHUT_WR)
                is_shut = True
            self.turn((), True, left)

    def close(self) -> None:
        """Close the socket without sending or reading more."""
        self._selector.close()
        self._sock.close()

    def release(self) -> tuple[socket.socket, Pipe]:
        """Give the socket and the pipe away; this stream is not used any more."""
        self._selector.close()
        return self._sock, self._pipe

    def _send(self, data: bytes | bytearray | memoryview) -> int:
        try:
            return self._sock.send(data)
        except BlockingIOError:
            return 0

    def _watch(self, reading: bool) -> None:
        wanted = selectors.EVENT_READ * reading | selectors.EVENT_WRITE * bool(self._pipe.pending)
        watched = self._selector.get_map().get(self._sock)
        if watched is not None and watched.events != wanted:
            self._selector.unregister(self._sock)
            watched = None
        if watched is None and wanted:
            self._selector.register(self._sock, wanted)

    def _read(self) -> None:
        try:
            received = self._sock.recv(READ_BYTES)
            if not self._pipe.ready:
                self.start += received[: START_BYTES - len(self.start)]
            data = self._pipe.feed(received)
        finally:
            self._pipe.flush(self._send)  # sends the alert if TLS failed
        self.lines += [_text(line) for line in self._buffer.feed(data) if isinstance(line, bytes)]


def _text(line: bytes) -> str:
    """Decode a line: UTF-8, else the code page of old Windows clients."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")
