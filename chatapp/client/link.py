"""The wire: one thread that connects, reads lines into a queue, and writes what others hand it.

    socket > lines  → queue          the front-end's poll takes from it
    send  → socket                   from any thread; never blocks

Reading and writing are one thread's work over a non-blocking socket, so no lock is needed around the socket,
and what lies between socket and lines belongs to that thread alone.
"""

from __future__ import annotations

import contextlib
import logging
import selectors
import socket
import threading
import time
from collections import deque
from dataclasses import dataclass
from queue import SimpleQueue

from chatapp.client.dial import CONNECT_SECONDS, Unreachable, UnreachableKind, dial
from chatapp.protocol.lines import LineBuffer

FAREWELL_SECONDS = 1.0  # how long the last lines may take, there and back
READ_BYTES = 65536
LONGEST_LINE = 131072  # bytes; servers may send longer lines than we
MOST_WAITING = 256  # items in the queue; beyond it the server is not read for a while
PAUSE_SECONDS = 0.05

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Connected:
    link: Link


@dataclass(frozen=True, slots=True)
class Received:
    link: Link
    lines: list[str]


@dataclass(frozen=True, slots=True)
class Lost:
    """The connection is over; the words are empty when the other side closed it in good order."""

    link: Link
    words: str


@dataclass(frozen=True, slots=True)
class Failed:
    """No connection came about."""

    link: Link
    kind: UnreachableKind
    words: str


Item = Connected | Received | Lost | Failed


class Link:
    """One connection, from its first address looked up to its end. After `close` it reports nothing more.

    Thread  `send` and `close` may be called from any; the queue is the only way back
    """

    def __init__(
        self, host: str, port: int, inbox: SimpleQueue[Item], seconds: float = CONNECT_SECONDS
    ) -> None:
        self._host = host
        self._port = port
        self._inbox = inbox
        self._seconds = seconds
        self._outgoing: deque[bytes] = deque()
        self._closing = threading.Event()
        self._wake, self._waker = socket.socketpair()
        self._wake.setblocking(False)
        self._waker.setblocking(False)
        self._thread = threading.Thread(target=self._run, name=f"link {host}:{port}", daemon=True)
        self._thread.start()

    def send(self, line: str) -> None:
        """Send a line, given without its end. A line break within it becomes a space, never a second line."""
        self._outgoing.append(line.replace("\r", " ").replace("\n", " ").encode(errors="replace") + b"\r\n")
        self._rouse()

    def close(self) -> None:
        """Send what waits, then end. Does not wait for that."""
        self._closing.set()
        self._rouse()

    def join(self, seconds: float) -> None:
        """Wait for the end of the thread."""
        self._thread.join(seconds)

    def _rouse(self) -> None:
        with contextlib.suppress(OSError):  # full: it wakes anyway; closed: nobody sleeps there any more
            self._waker.send(b"\0")

    def _report(self, item: Item) -> None:
        if not self._closing.is_set():
            self._inbox.put(item)

    def _run(self) -> None:
        with self._wake, self._waker:
            try:
                sock = dial(self._host, self._port, self._wake, self._closing.is_set, self._seconds)
                if sock is None:
                    return
                with sock:
                    self._report(Connected(self))
                    self._report(Lost(self, self._serve(sock)))
            except Unreachable as error:
                self._report(Failed(self, error.kind, error.words))
            except Exception:
                log.exception("the link to %s broke", self._host)
                self._report(Lost(self, "Something went wrong in this program."))

    def _serve(self, sock: socket.socket) -> str:
        """Read and write until the end; says why it ended."""
        wire = _Wire(sock, self._wake)
        with wire.selector:
            try:
                while not self._closing.is_set():
                    full = self._inbox.qsize() > MOST_WAITING
                    wire.turn(self._outgoing, not full, PAUSE_SECONDS if full else None)
                    if wire.lines:
                        self._report(Received(self, wire.take()))
                    if wire.ended:
                        return ""
                wire.part(self._outgoing)
            except OSError as error:
                log.info("connection to %s lost: %s", self._host, error)
                return error.strerror or str(error)
        return ""


class _Wire:
    """A connected socket, what was read from it and what is still to be written."""

    def __init__(self, sock: socket.socket, wake: socket.socket) -> None:
        self.selector = selectors.DefaultSelector()
        self.lines: list[str] = []
        self.ended = False  # nothing will come any more
        self._sock = sock
        self._wake = wake
        self._buffer = LineBuffer(line=0, tags=0, unterminated=LONGEST_LINE)
        self._unsent = bytearray()
        self.selector.register(wake, selectors.EVENT_READ)
        self.selector.register(sock, selectors.EVENT_READ)

    def take(self) -> list[str]:
        lines, self.lines = self.lines, []
        return lines

    def turn(self, outgoing: deque[bytes], reading: bool, seconds: float | None) -> None:
        """Write what can be written; then wait until there is something to do, and read.

        Raises  OSError when the connection broke
        """
        while outgoing:
            self._unsent += outgoing.popleft()
        if self._unsent:
            with contextlib.suppress(BlockingIOError):
                del self._unsent[: self._sock.send(self._unsent)]
        self._watch(reading)
        ready = {key.fileobj for key, mask in self.selector.select(seconds) if mask & selectors.EVENT_READ}
        with contextlib.suppress(BlockingIOError):
            if self._wake in ready:
                self._wake.recv(READ_BYTES)
            if self._sock in ready:
                self._read()

    def part(self, outgoing: deque[bytes]) -> None:
        """Write the last lines and hear the other side out, for a short time.

        Source  a socket closed with unread input is reset, and a reset can swallow our last line
        """
        deadline = time.monotonic() + FAREWELL_SECONDS
        shut = False
        while not self.ended and (left := deadline - time.monotonic()) > 0:
            self.turn(outgoing, True, 0 if not self._unsent and not shut else left)
            if not self._unsent and not outgoing and not shut:
                self._sock.shutdown(socket.SHUT_WR)
                shut = True

    def _watch(self, reading: bool) -> None:
        wanted = selectors.EVENT_READ * reading | selectors.EVENT_WRITE * bool(self._unsent)
        watched = self.selector.get_map().get(self._sock)
        if watched is not None and watched.events != wanted:
            self.selector.unregister(self._sock)
            watched = None
        if watched is None and wanted:
            self.selector.register(self._sock, wanted)

    def _read(self) -> None:
        data = self._sock.recv(READ_BYTES)
        self.ended = not data
        self.lines += [_text(line) for line in self._buffer.feed(data) if isinstance(line, bytes)]


def _text(line: bytes) -> str:
    """UTF-8, or what else people's old programs sent."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")
