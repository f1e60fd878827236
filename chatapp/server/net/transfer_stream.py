"""The bytes of a connection while its reading thread uses it for a file, in both directions.

In a chat the core writes and never waits. A transfer waits for the client all the time, so its own thread
writes too, and the core leaves the pipe alone: `Link` passes nothing to it while there is a stream.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from chatapp.protocol.tls import PlainPipe, TlsPipe
from chatapp.server.net.transfer_pace import STALL_SECONDS, TooSlow, TransferPace
from chatapp.server.state.file_transfers import HttpReply
from chatapp.system.sockets import DONT_WAIT, wait_until_readable, wait_until_writable

PIECE_BYTES = 64 * 1024
"""The most bytes that are sent to a fast client at once, or received from another one."""

LARGE_PIECE_BYTES = 512 * 1024
"""The most bytes that are received at once from a client that sends them faster than the server takes them.

Each piece is handed to the thread that makes the SHA-256, so fewer pieces mean fewer changes of threads. In
alternating runs an upload over TLS was faster by a fifth than with pieces of 64 KB, one without TLS by half.
"""

SMALLEST_PIECE_BYTES = 16 * 1024
"""The least size of a piece that is sent, and for TLS its size until the client is known to be fast: what
the client does not take stays in memory, and TLS needs it three times."""

FAST_BYTES = 8 * 1024 * 1024
"""A client that has taken so many bytes is fast: the buffers of the systems hold fewer."""

SLOW_SECONDS = 1.0
"""A client that takes nothing for so long is slow again."""

BREAK_OFF_SECONDS = 1.0
"""How long it takes at most to break off an upload that stands still."""

BUFFER_PIECES = 6
"""How many pieces the buffer of the system holds. It has room for two of them when it takes more at all."""

SMALL_BYTES = 4096
"""A piece up to this size takes no turn: it is processed in an instant."""

DRAINED_BYTES = 64 * 1024 * 1024
"""The most bytes that are received and dropped after a refusal, so that the client sees the refusal.

A connection that is closed with unread input is reset, and the reset may overtake the response.
"""

DRAIN_SECONDS = 20.0
"""The longest time for that."""

CLOSE_SECONDS = 2.0
"""The longest time without a byte until the client has closed the connection, too."""


class StreamEnded(ConnectionError):
    """The client, or the server, has ended the connection."""


class BrokenOff(Exception):
    """The core has ended an upload.

    Args:
        reply: The response to it.
    """

    def __init__(self, reply: HttpReply) -> None:
        super().__init__(reply.text)
        self.reply = reply


class TransferStream:
    """The connection of a transfer.

    Args:
        charge: Counts bytes and returns the seconds to wait before the next ones.
        wait: Waits for these seconds, or until the connection is aborted.
        turn: The lock for the turns of all transfers, see `turn`.
        start: Plain bytes that were received already.

    Thread: the connection's; `abort` and `break_off` belong to any.
    """

    def __init__(
        self,
        sock: socket.socket,
        pipe: PlainPipe | TlsPipe,
        charge: Callable[[int], float],
        wait: Callable[[float], object],
        turn: AbstractContextManager[object],
        start: bytes = b"",
    ) -> None:
        self.has_ended = False
        self._sock = sock
        self._pipe = pipe
        self._charge = charge
        self._wait = wait
        self._turn = turn
        self._start = start
        self._refusal: HttpReply | None = None
        self._taken = 0  # bytes that were sent since the client was slow
        self._size = PIECE_BYTES  # the most bytes to receive next
        self._room: memoryview | None = None  # what large pieces are received into, for TLS
        self._pace = TransferPace(time.monotonic())

    def begin(self) -> None:
        """Begin another request and its response: what was before does not count."""
        self._refusal = None
        self._pace = TransferPace(time.monotonic())

    @property
    def has_start(self) -> bool:
        """Whether bytes wait to be received that have arrived already."""
        return bool(self._start)

    def put_back(self, data: bytes | bytearray) -> None:
        """Have these bytes received again: they belong to what comes next."""
        self._start = bytes(data) + self._start

    def receive(self, patience: float = STALL_SECONDS) -> bytes | bytearray:
        """Wait for bytes and return them.

        Args:
            patience: The longest time without a byte, in seconds.

        Raises:
            BrokenOff: The core refuses what the client sends.
            StreamEnded: The client will send nothing more.
            TooSlow: Too few bytes arrive.
            TlsError: TLS has failed.
            OSError: The connection was lost.
        """
        if self._start:
            start, self._start = self._start, b""
            return start
        while not self._pipe.ended:
            data = self._receive(patience)
            try:
                with self.turn(len(data)):
                    plain = self._feed(data)
            finally:
                if self._pipe.is_secure:
                    self._flush()
            if plain:
                self._pause(len(data))
                return plain
            self._pause(len(data))
        raise StreamEnded("Connection closed")

    def send(self, data: bytes) -> None:
        """Send bytes; wait until the socket has taken all of them.

        Raises:
            StreamEnded: The server has aborted the connection.
            TooSlow: The client takes too few bytes.
            OSError: The connection was lost.
        """
        count = len(data)
        with self.turn(count):
            self._pipe.write(data)
        self._flush()
        self._pause(count)

    def wait_for_room(self) -> int:
        """Wait until the client takes bytes, and return how many to read from the disk for it.

        Nothing is read for a client that takes none, and not more than the system takes at once.

        Raises:
            TooSlow: It takes none.
        """
        self._wait_until_writable()
        if self._pipe.is_secure and self._taken < FAST_BYTES:
            return SMALLEST_PIECE_BYTES
        room = self._sock.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) // BUFFER_PIECES
        return min(PIECE_BYTES, max(SMALLEST_PIECE_BYTES, room))

    def offer(self, data: bytes) -> int:
        """Send bytes of a file, without TLS only those that the system takes at once.

        Returns:
            How many bytes are sent. The others have to be read again, so they take no memory meanwhile.
        """
        if self._pipe.is_secure:
            self.send(data)
            return len(data)
        count = self._send(data)
        self._pause(count)
        return count

    def turn(self, count: int) -> AbstractContextManager[object]:
        """Return what is entered while so many bytes are encrypted, decrypted, stored or sent.

        One transfer has its turn at a time. More of them would not be much faster, as they share the lock of
        the interpreter, and the chat would wait behind all of them: with ten uploads it answered a PING in
        1.4 ms instead of 3.5 ms, and 99 % of them in 20 to 45 ms instead of 50 to 80 ms.
        """
        return self._turn if count > SMALL_BYTES else nullcontext()

    def finish(self) -> None:
        """End the sending side after everything that was sent, then receive until the client ends, too."""
        self._pipe.close()
        self._flush()
        self._sock.shutdown(socket.SHUT_WR)
        self._drain()

    def rest(self, seconds: float) -> None:
        """Wait, at most until the connection is aborted."""
        self._wait(seconds)

    def abort(self) -> None:
        """Make the thread of the connection stop waiting for the client. Thread: any."""
        self.has_ended = True

    def break_off(self, reply: HttpReply) -> None:
        """End the request whose body is being received with this response. Thread: any."""
        self._refusal = reply

    def _drain(self) -> None:
        deadline = time.monotonic() + DRAIN_SECONDS
        left = DRAINED_BYTES
        while left > 0 and time.monotonic() < deadline and not self.has_ended:
            if not wait_until_readable(self._sock, CLOSE_SECONDS):
                return
            data = self._receive_at_once()
            if not data:
                return
            left -= len(data)
            self._wait_for_budget(len(data))

    def _feed(self, data: bytes | memoryview) -> bytes | bytearray:
        """Return the plain bytes."""
        if data and isinstance(data, memoryview):
            assert isinstance(self._pipe, TlsPipe)
            return self._pipe.feed_large(data)
        return self._pipe.feed(bytes(data))

    def _receive(self, patience: float) -> bytes | memoryview:
        while (data := self._receive_at_once()) is None and self._refusal is None:
            if patience <= 0:
                raise TooSlow
            seconds = min(patience, BREAK_OFF_SECONDS)
            if not wait_until_readable(self._sock, seconds):
                patience -= seconds
        if data is None or self._refusal is not None:
            assert self._refusal
            raise BrokenOff(self._refusal)
        if self.has_ended:
            raise StreamEnded("Connection closed")
        if data:
            self._pace.moved(len(data), time.monotonic())
        self._size = LARGE_PIECE_BYTES if len(data) >= PIECE_BYTES else PIECE_BYTES
        return data

    def _receive_at_once(self) -> bytes | memoryview | None:
        """Receive what has arrived; None if that is nothing. A fast client makes waiting unnecessary.

        Returns:
            For large pieces over TLS, a view that the next call overwrites: new memory would cost time, as
            the system fills it with zeros.
        """
        try:
            if self._size == LARGE_PIECE_BYTES and self._pipe.is_secure:
                self._room = self._room or memoryview(bytearray(LARGE_PIECE_BYTES))
                return self._room[: self._sock.recv_into(self._room, 0, DONT_WAIT)]
            self._room = None
            return self._sock.recv(self._size, DONT_WAIT)
        except (BlockingIOError, InterruptedError):
            return None

    def _flush(self) -> None:
        while self._pipe.flush(self._send):
            self._wait_until_writable()

    def _wait_until_writable(self) -> None:
        if not wait_until_writable(self._sock, SLOW_SECONDS):
            self._taken = 0
            if not wait_until_writable(self._sock, STALL_SECONDS - SLOW_SECONDS):
                raise TooSlow

    def _send(self, data: bytes | bytearray | memoryview) -> int:
        if self.has_ended:
            raise StreamEnded("Connection closed")
        try:
            with self.turn(len(data)):
                count = self._sock.send(data, DONT_WAIT)
        except (BlockingIOError, InterruptedError):
            return 0
        self._taken += count
        self._pace.moved(count, time.monotonic())
        return count

    def _pause(self, count: int) -> None:
        """Wait until the rates allow more bytes after these."""
        self._pace.pause(self._wait_for_budget(count))

    def _wait_for_budget(self, count: int) -> float:
        """Wait until the rates allow more bytes after these; return the seconds."""
        seconds = self._charge(count)
        if not seconds:
            return 0.0
        self._size = PIECE_BYTES  # the client has to wait, and would wait longer for a large piece
        began = time.monotonic()
        until = began + seconds
        while (left := until - time.monotonic()) > 0 and not self.has_ended:
            self._wait(left)
        return time.monotonic() - began
