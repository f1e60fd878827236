"""The wire: one thread that connects, reads lines into a queue, and writes what others hand it.

    approach > stream > lines  → queue     the front-end's poll takes from it
    send  → stream                         from any thread; never blocks

Reading and writing are one thread's work over a non-blocking socket, so no lock is needed around the socket,
and what lies between socket and lines belongs to that thread alone.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Protocol

from chatapp.client.transport.certificates import CertificateProblem, ServerTarget
from chatapp.client.transport.dial import CONNECT_SECONDS, Unreachable, UnreachableKind
from chatapp.client.transport.stream import Stream
from chatapp.client.transport.tls_dial import Cancelled, TlsDial
from chatapp.protocol.tls import TlsError

MOST_WAITING = 256  # items in the queue; beyond it the server is not read for a while
PAUSE_SECONDS = 0.05

log = logging.getLogger(__name__)


class Inbox(Protocol):
    """Where links and other threads put what they report: a queue, or what leads to one. Threadsafe."""

    def put(self, item: Any) -> None: ...
    def qsize(self) -> int: ...


class LinkInterface(Protocol):
    """A link, or what stands for one in a test."""

    def send(self, line: str) -> None: ...
    def close(self) -> None: ...
    def join(self, seconds: float) -> None: ...


@dataclass(frozen=True, slots=True)
class LinkConnected:
    """It stands. Is it encrypted, and does it lead to this very computer?"""

    link: LinkInterface
    encrypted: bool = False
    here: bool = False


@dataclass(frozen=True, slots=True)
class LinesReceived:
    link: LinkInterface
    lines: list[str]


@dataclass(frozen=True, slots=True)
class LinkLost:
    """The connection is over; the words are empty when the other side closed it in good order."""

    link: LinkInterface
    words: str


@dataclass(frozen=True, slots=True)
class LinkFailed:
    """No connection came about."""

    link: LinkInterface
    kind: UnreachableKind
    words: str
    doubt: CertificateProblem | None = None


LinkEvent = LinkConnected | LinesReceived | LinkLost | LinkFailed


class Link:
    """One connection, from its first address looked up to its end. After `close` it reports nothing more.

    Thread  `send` and `close` may be called from any; the queue is the only way back
    """

    def __init__(self, target: ServerTarget, inbox: Inbox, seconds: float = CONNECT_SECONDS) -> None:
        self._target = target
        self._inbox = inbox
        self._seconds = seconds
        self._outgoing: deque[bytes] = deque()
        self._closing = threading.Event()
        self._wake, self._waker = socket.socketpair()
        self._wake.setblocking(False)
        self._waker.setblocking(False)
        self._thread = threading.Thread(
            target=self._run, name=f"link {target.host}:{target.port}", daemon=True
        )
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

    def _report(self, item: LinkEvent) -> None:
        if not self._closing.is_set():
            self._inbox.put(item)

    def _run(self) -> None:
        host = self._target.host
        with self._wake, self._waker:
            try:
                reached = TlsDial(self._target, self._wake, self._closing.is_set, self._seconds).reach()
                with closing(reached.stream) as stream:
                    self._report(LinkConnected(self, stream.is_secure, reached.here))
                    self._report(LinkLost(self, self._serve(stream)))
            except Cancelled:
                log.info("connecting to %s was given up", host)
            except Unreachable as error:
                self._report(LinkFailed(self, error.kind, error.words, error.doubt))
            except Exception:
                log.exception("the link to %s broke", host)
                self._report(LinkLost(self, "Something went wrong in this program."))

    def _serve(self, stream: Stream) -> str:
        """Read and write until the end; says why it ended."""
        try:
            while not self._closing.is_set():
                full = self._inbox.qsize() > MOST_WAITING
                pause = 0.0 if stream.lines else PAUSE_SECONDS if full else None
                stream.turn(self._waiting(), not full, pause)
                if stream.lines:
                    self._report(LinesReceived(self, stream.take()))
                if stream.ended:
                    return ""
            stream.finish(self._waiting())
        except OSError as error:
            log.info("connection to %s lost: %s", self._target.host, error)
            return error.strerror or str(error)
        except TlsError as error:
            log.info("connection to %s lost: %s", self._target.host, error)
            return str(error)
        return ""

    def _waiting(self) -> Iterator[bytes]:
        """What others want to be sent, taken off the queue."""
        while self._outgoing:
            yield self._outgoing.popleft()
