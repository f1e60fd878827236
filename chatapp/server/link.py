"""One connection. Its own thread reads, splits and parses; the core thread writes, and never waits.

At most one batch of lines of a connection is on its way to the core at a time: the reader goes on when the
core says `resume`. So a fast sender is slowed by its own socket, and a session whose command waits for a
job holds back what comes after it. The flood budget works the same way: who is over it is not read for a
while.

Only the core closes the socket, after the reader said `Ended`; a file number is never reused under a writer.
"""

from __future__ import annotations

import _thread
import logging
import select
import socket
import threading
import time
from collections.abc import Callable, Container
from typing import NamedTuple

from ..protocol.lines import LineBuffer, TooLong
from ..protocol.message import Message
from . import plain
from .config import Limits
from .items import Item, read
from .limits import TokenBucket
from .world import Connection

RECEIVE_BYTES = 2048  # at first: ten thousand idle connections each hold such a buffer
BUSY_BYTES = 64 * 1024  # after one that was filled
CLOSE_SECONDS = 2.0  # how long a peer has to take the last lines and hang up

_DONT_WAIT = getattr(socket, "MSG_DONTWAIT", 0)  # Windows has none: there the socket itself does not wait

log = logging.getLogger(__name__)


class Received(NamedTuple):
    """These lines came in; none when only a part of one did. The core answers with `resume`."""

    link: Connection
    items: list[Item]


class Ended(NamedTuple):
    """Nothing more will come."""

    link: Connection
    reason: str


class Link:
    """A connection to one client.

    Takes  deliver: puts an arrival into the inbox; commands: the names that make a first line one of IRC
           watch: asks to be told when the socket can be written again
    Thread `run` belongs to the reader thread, everything else to the core
    """

    __slots__ = (
        "_closing", "_commands", "_deliver", "_gate", "_lines", "_out", "_plain", "_sock", "_unsent",
        "_watch", "_watched", "address", "bucket", "peer",
    )  # fmt: skip

    def __init__(
        self,
        sock: socket.socket,
        peer: tuple[str, int],
        limits: Limits,
        commands: Container[str],
        deliver: Callable[[Received | Ended], None],
        watch: Callable[[Link], None],
    ) -> None:
        self.peer = peer
        self.address = peer[0]
        self.bucket = TokenBucket(limits.flood_burst, limits.flood_per_second, time.monotonic())
        self._sock = sock
        self._commands = commands
        self._deliver = deliver
        self._watch = watch
        self._lines = LineBuffer(unterminated=limits.unterminated)
        self._gate = _thread.allocate_lock()
        self._gate.acquire()
        self._plain: bool | None = None  # not known before the first line
        self._out: list[bytes] = []
        self._unsent = b""
        self._watched = False
        self._closing = False
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        sock.setblocking(bool(_DONT_WAIT))

    # reading

    def start(self) -> None:
        """Begin to read, on a thread of its own."""
        threading.Thread(target=self.run, name=f"link {self.peer}", daemon=True).start()

    def run(self) -> None:
        """Read until the connection ends, and say so."""
        reason = "Connection closed"
        try:
            size = RECEIVE_BYTES
            while data := self._receive(size):
                size = BUSY_BYTES if len(data) >= RECEIVE_BYTES else RECEIVE_BYTES
                if not self._closing:
                    self._hand_over(self._lines.feed(data))
        except OSError as error:
            reason = error.strerror or "Connection lost"
        except Exception:
            log.exception("a bug in reading from %s", self.peer)
            reason = "Internal error"
        self._deliver(Ended(self, reason))

    def _receive(self, size: int) -> bytes:
        if not _DONT_WAIT:
            select.select([self._sock], [], [])
        return self._sock.recv(size)

    def _hand_over(self, lines: list[bytes | TooLong]) -> None:
        """Give the core as many as the budget allows, again and again until all are given."""
        while not self._closing:
            granted = self.bucket.take(len(lines), time.monotonic())
            if granted or not lines:
                self._deliver(Received(self, self._items(lines[:granted])))
                self._gate.acquire()
                lines = lines[granted:]
                if not lines:
                    return
            else:
                self._gate.acquire(timeout=self.bucket.wait())

    def _items(self, lines: list[bytes | TooLong]) -> list[Item]:
        if self._plain is None and lines:
            self._plain = not self._is_command(lines[0])
        if self._plain:
            return [plain.line(raw.decode(errors="replace")) for raw in lines if isinstance(raw, bytes)]
        return read(lines)

    def _is_command(self, raw: bytes | TooLong) -> bool:
        first = read([raw])
        return not first or not isinstance(first[0], Message) or first[0].command in self._commands

    # writing

    def put(self, data: bytes) -> None:
        """Something for the client, sent at the next flush."""
        self._out.append(data)

    @property
    def backlog(self) -> int:
        """Bytes that the client has not taken yet."""
        return len(self._unsent)

    def flush(self) -> None:
        """Send what the socket takes at once, and have the rest watched."""
        if self._out:
            if self._unsent:
                self._out.insert(0, self._unsent)
            self._unsent = self._out[0] if len(self._out) == 1 else b"".join(self._out)
            self._out.clear()
        if not self._unsent:
            return
        try:
            sent = self._sock.send(self._unsent, _DONT_WAIT)
        except (BlockingIOError, InterruptedError):
            sent = 0
        except OSError:
            self._unsent = b""  # the reader will see the end too
            return
        self._unsent = self._unsent[sent:]
        if self._unsent and not self._watched:
            self._watched = True
            self._watch(self)
        elif not self._unsent and self._closing:
            self._half_close()

    def writable(self) -> None:
        """The socket takes more: go on."""
        self._watched = False
        self.flush()

    def resume(self) -> None:
        """The core is done with a batch: the reader goes on."""
        if self._gate.locked():
            self._gate.release()

    def close(self) -> None:
        """No more lines in; what was put goes out, then the peer is told that this is the end."""
        self._closing = True
        self.flush()
        if not self._unsent:
            self._half_close()
        self.resume()

    def abort(self) -> None:
        """Do not wait for the peer any longer: the reader ends."""
        self._closing = True
        self._shutdown(socket.SHUT_RDWR)
        self.resume()

    def dispose(self) -> None:
        """The reader has ended: give the socket back."""
        self._sock.close()

    def fileno(self) -> int:
        return self._sock.fileno()

    def _half_close(self) -> None:
        self._shutdown(socket.SHUT_WR)

    def _shutdown(self, how: int) -> None:
        try:
            self._sock.shutdown(how)
        except OSError:
            return  # not connected any more
