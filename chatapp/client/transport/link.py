"""A connection to a server. One thread connects, reads lines into a queue, and sends the lines it is given.

    TlsDial > Stream > lines  → queue      the poll of the front-end takes from it
    send  → Stream                         from any thread; never blocks

One thread reads and writes over a non-blocking socket. So the socket and everything between it and the lines
belong to this thread, and need no lock.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Protocol

from chatapp.client.transport.certificates import CertificateProblem, ServerTarget
from chatapp.client.transport.dial import CONNECT_SECONDS, Unreachable, UnreachableKind
from chatapp.client.transport.stream import Stream
from chatapp.client.transport.tls_dial import Cancelled, TlsDial
from chatapp.languages.translation import _
from chatapp.protocol.tls import TlsError
from chatapp.system.waker import Waker

MAX_QUEUED = 256  # items in the queue; above it the server is not read for a while
PAUSE_SECONDS = 0.05  # between two looks at a full queue

log = logging.getLogger(__name__)


class Inbox(Protocol):
    """The queue into which links and other threads put their reports. Thread-safe, like a `SimpleQueue`."""

    def put(self, item: Any) -> None: ...
    def qsize(self) -> int: ...


class LinkInterface(Protocol):
    """A connection as its owner uses it: a `ServerLink`, or a fake one in tests."""

    def send(self, line: str) -> None: ...
    def close(self) -> None: ...
    def join(self, seconds: float) -> None: ...


OpenLink = Callable[[ServerTarget, Inbox], LinkInterface]
"""Starts to connect, and puts the outcome into the inbox as `LinkEvent`s."""


@dataclass(frozen=True, slots=True)
class LinkConnected:
    """The connection is ready.

    Attributes:
        link: The link.
        encrypted: Whether it is encrypted.
        here: Whether its server is on this computer.
        certificate: As in `OpenConnection`.
    """

    link: LinkInterface
    encrypted: bool = False
    here: bool = False
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class LinesReceived:
    """Lines from the server, without line ends."""

    link: LinkInterface
    lines: list[str]


@dataclass(frozen=True, slots=True)
class LinkLost:
    """The connection has ended; `reason` is empty if the server closed it normally."""

    link: LinkInterface
    reason: str


@dataclass(frozen=True, slots=True)
class LinkFailed:
    """The connection could not be made; `reason` is a sentence for the user."""

    link: LinkInterface
    kind: UnreachableKind
    reason: str
    certificate_problem: CertificateProblem | None = None


LinkEvent = LinkConnected | LinesReceived | LinkLost | LinkFailed


class ServerLink:
    """One connection, from the look-up of the address to the end. After `close` it reports nothing more.

    Args:
        inbox: The queue for the `LinkEvent`s.
        seconds: How long each attempt to connect may take.

    Thread:
        Any for `send` and `close`. The inbox is the only way back.
    """

    def __init__(self, target: ServerTarget, inbox: Inbox, seconds: float = CONNECT_SECONDS) -> None:
        self._target = target
        self._inbox = inbox
        self._seconds = seconds
        self._outgoing: deque[bytes] = deque()
        self._closing = threading.Event()
        self._waker = Waker()
        self._thread = threading.Thread(
            target=self._run, name=f"link {target.host}:{target.port}", daemon=True
        )
        self._thread.start()

    def send(self, line: str) -> None:
        """Send a line without line end. A line break in it becomes a space, so that it stays one line."""
        self._outgoing.append(line.replace("\r", " ").replace("\n", " ").encode(errors="replace") + b"\r\n")
        self._waker.wake()

    def close(self) -> None:
        """Send the queued lines, then disconnect. Returns at once."""
        self._closing.set()
        self._waker.wake()

    def join(self, seconds: float) -> None:
        """Wait until the thread has ended."""
        self._thread.join(seconds)

    def _report(self, item: LinkEvent) -> None:
        if not self._closing.is_set():
            self._inbox.put(item)

    def _run(self) -> None:
        host = self._target.host
        with closing(self._waker):
            try:
                dial = TlsDial(self._target, self._waker.readable, self._closing.is_set, self._seconds)
                opened = dial.connect()
                with closing(opened.stream) as stream:
                    self._report(LinkConnected(self, stream.is_secure, opened.is_local, opened.certificate))
                    self._report(LinkLost(self, self._serve(stream)))
            except Cancelled:
                log.info("Connecting to %s was cancelled", host)
            except Unreachable as error:
                self._report(LinkFailed(self, error.kind, error.reason, error.certificate_problem))
            except Exception:
                log.exception("bug in the link to %s", host)
                self._report(LinkLost(self, _("Internal error in this program.")))

    def _serve(self, stream: Stream) -> str:
        """Read and write until the connection ends; return why, empty for an end in good order."""
        try:
            while not self._closing.is_set():
                full = self._inbox.qsize() > MAX_QUEUED
                pause = 0.0 if stream.lines else PAUSE_SECONDS if full else None
                stream.turn(self._take_outgoing(), not full, pause)
                if stream.lines:
                    self._report(LinesReceived(self, stream.take()))
                if stream.ended:
                    return ""
            stream.finish(self._take_outgoing())
        except OSError as error:
            log.info("Connection to %s lost: %s", self._target.host, error)
            return error.strerror or str(error)
        except TlsError as error:
            log.info("Connection to %s lost: %s", self._target.host, error)
            return str(error)
        return ""

    def _take_outgoing(self) -> Iterator[bytes]:
        """Take the queued lines."""
        while self._outgoing:
            yield self._outgoing.popleft()
