"""One connection. Its own thread reads, splits and parses; the core thread writes, and never waits.

At most one batch of lines of a connection is on its way to the core at a time: the reader goes on when the
core says `resume`. So a fast sender is slowed by its own socket, and a session whose command waits for a
job holds back what comes after it. The flood budget works the same way: who is over it is not read for a
while. It counts whatever takes time to read: lines, empty ones too, the frames of a WebSocket, and pieces
of any of these.

The socket is closed after the reader said `Ended`: by the core, or by the watcher if that has watched it.
Nobody uses it after that, so a file number is never reused under a reader, a writer or the watcher.
"""

from __future__ import annotations

import _thread
import logging
import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from typing import Literal

from chatapp.protocol.addresses import is_loopback
from chatapp.protocol.lines import LineBuffer, TooLong
from chatapp.protocol.tls import PlainPipe, TlsError, TlsPipe
from chatapp.server.config import LimitsConfig
from chatapp.server.core import plain_text
from chatapp.server.core.inbound import Item, read
from chatapp.server.core.inbox import Disconnected, FromLink, RawReply, Received, Rejected
from chatapp.server.net.http import Site
from chatapp.server.net.sniffer import TLS_HANDSHAKE, ProtocolSniffer
from chatapp.server.state.connection import LineFramer
from chatapp.server.state.rate_limits import TokenBucket
from chatapp.system.sockets import DONT_WAIT

RECEIVE_BYTES = 2048  # at first: ten thousand idle connections each hold such a buffer
BUSY_BYTES = 64 * 1024  # after one that was filled
PIECE_COST = 0.02  # commands that it costs to receive something, which may be a single byte
BYTE_COST = 1 / BUSY_BYTES  # and for each byte of it
LAST_BYTES = 1024 * 1024  # that are read as fast as they come from a peer that is hung up on
LAST_PAUSE = 0.02  # seconds before each further piece

log = logging.getLogger(__name__)


PlaintextPolicy = Literal["anyone", "this computer", "nobody"]
"""Who may talk without TLS."""


@dataclass(frozen=True, slots=True)
class ConnectionPolicy:
    """What a link must know of the house.

    Takes  commands: the names that make a first line one of IRC; context: for TLS, None when it is off
           clear_text: whom it lets in without TLS
           refusal: the words for the others; site: what browsers are shown
    """

    limits: LimitsConfig
    commands: Container[str]
    context: ssl.SSLContext | None = None
    clear_text: PlaintextPolicy = "anyone"
    refusal: str = ""
    site: Site = field(default_factory=Site)

    def admits_clear_text(self, address: str) -> bool:
        """Whether somebody at this address may talk without TLS."""
        return self.clear_text == "anyone" or (self.clear_text == "this computer" and is_loopback(address))


class Link:
    """A connection to one client.

    Takes  deliver: puts an arrival into the inbox
           watch: asks the watcher to tell when the socket can be written again; after `dispose`, to close it
           is_shielded: whether a proxy has taken TLS off already
    Thread `run` belongs to the reader thread, everything else to the core
    """

    __slots__ = (
        "_ask_watcher", "_closing", "_deciding", "_deliver", "_door", "_framer", "_gate", "_is_shielded",
        "_out", "_parted", "_pipe", "_sock", "_was_watched", "_watched", "address", "bucket",
        "is_disposed", "peer", "was_asked_for_name",
    )  # fmt: skip

    def __init__(
        self,
        sock: socket.socket,
        peer: tuple[str, int],
        door: ConnectionPolicy,
        deliver: Callable[[FromLink], None],
        watch: Callable[[Link], None],
        is_shielded: bool = False,
    ) -> None:
        self.peer = peer
        self.address = peer[0]
        limits = door.limits
        self.bucket = TokenBucket(limits.flood_burst, limits.flood_per_second, time.monotonic())
        self._sock = sock
        self._door = door
        self._is_shielded = is_shielded
        self._deciding = _thread.allocate_lock()  # what the wire is
        may_be_tls = door.context is not None and not is_shielded
        self._pipe: PlainPipe | TlsPipe | None = None if may_be_tls else PlainPipe()
        self._framer: LineFramer | None = None
        self._deliver = deliver
        self._ask_watcher = watch
        self._was_watched = False
        self.is_disposed = False
        self._gate = _thread.allocate_lock()
        self._gate.acquire()
        self.was_asked_for_name = False
        self._out: list[bytes] = []
        self._watched = False
        self._closing = False
        self._parted = False  # see `_part`
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        sock.setblocking(bool(DONT_WAIT))

    # reading

    def start(self) -> None:
        """Begin to read, on a thread of its own."""
        threading.Thread(target=self.run, name=f"link {self.peer}", daemon=True).start()

    def run(self, start: bytes = b"") -> None:
        """Read until the connection ends, and say so. Takes  start: what has come already"""
        reason = "Connection closed"
        try:
            self._read(start)
        except TlsError as error:
            reason = f"TLS failed: {error}"
        except OSError as error:
            reason = error.strerror or "Connection lost"
        except Exception:
            log.exception("a bug in reading from %s", self.peer)
            reason = "Internal error"
        self.end(reason)

    def end(self, reason: str) -> None:
        """Say that nothing more will come. Thread: the reader, or who could not start it"""
        self._deliver(Disconnected(self, reason))

    def _read(self, start: bytes) -> None:
        data = start or self._receive(RECEIVE_BYTES)
        self._decide(data)
        secret = self.is_secure or self._door.admits_clear_text(self.address)
        buffer = LineBuffer(unterminated=self._door.limits.unterminated)
        refusal = "" if secret else self._door.refusal
        visitor = ProtocolSniffer(
            buffer, self._door.site, refusal, self._door.commands, lambda: self.was_asked_for_name
        )
        ignored = 0
        while data:
            clear = self._feed(data)
            if self._closing:
                ignored += len(data)
                if ignored > LAST_BYTES:
                    self._gate.acquire(timeout=LAST_PAUSE)
            else:
                lines = visitor.feed(clear)
                self._hand_over(lines, plain_text.read if visitor.is_person else read)
                self._answer(visitor)
                self._pay(_cost(data) + visitor.take_scraps() - len(lines))
            data = self._receive(BUSY_BYTES if len(data) >= RECEIVE_BYTES else RECEIVE_BYTES)

    def _decide(self, start: bytes) -> None:
        """The first bytes say whether it is TLS. The core is told if something waits to be sent."""
        with self._deciding:
            if start[:1] == TLS_HANDSHAKE and self._door.context:
                self._pipe = TlsPipe(self._door.context, threading.Lock(), server_side=True)
            elif self._pipe is None:
                self._pipe = PlainPipe()
        if self._out or self._closing:
            self._watch()

    def _feed(self, data: bytes) -> bytes:
        """What the bytes say. TLS may have something to answer, also when it fails."""
        pipe = self._pipe
        assert pipe
        try:
            return pipe.feed(data)
        finally:
            if pipe.is_secure:
                if pipe.flush(self._send):
                    self._watch()
                elif self._closing and pipe.finished:
                    self._shutdown(socket.SHUT_WR)

    def _answer(self, visitor: ProtocolSniffer) -> None:
        """What has to be answered beside lines: the core sends it, for it alone writes."""
        if visitor.answer:
            answer, visitor.answer = visitor.answer, b""
            self._deliver(RawReply(self, answer, visitor.socket, visitor.ended))
        if visitor.unwelcome:
            words, visitor.unwelcome = visitor.unwelcome, ""
            self._deliver(Rejected(self, words))

    def _receive(self, size: int) -> bytes:
        if not DONT_WAIT:
            select.select([self._sock], [], [])
        return self._sock.recv(size)

    def _hand_over(
        self, lines: list[bytes | TooLong], read: Callable[[list[bytes | TooLong]], list[Item]]
    ) -> None:
        """Give the core as many as the budget allows, again and again until all are given."""
        while not self._closing:
            granted = self.bucket.take(len(lines), time.monotonic())
            if granted or not lines:
                self._deliver(Received(self, read(lines[:granted])))
                self._gate.acquire()
                lines = lines[granted:]
                if not lines:
                    return
            else:
                self._gate.acquire(timeout=self.bucket.wait())

    def _pay(self, cost: float) -> None:
        """Read nothing until the budget covers also what came beside lines. What is below 0 costs nothing."""
        wait = self.bucket.charge(max(0.0, cost), time.monotonic())
        while wait and not self._closing:
            self._gate.acquire(timeout=wait)
            wait = self.bucket.charge(0, time.monotonic())

    # writing

    def put(self, data: bytes) -> None:
        """Something for the client, sent at the next flush."""
        self._out.append(data)

    def send_raw(self, data: bytes, framer: LineFramer | None) -> None:
        """Send bytes that are no lines. `framer` puts later lines into frames, if there is one."""
        assert self._pipe
        self._framer = framer
        self._pipe.write(data)
        self.flush()

    @property
    def backlog(self) -> int:
        """Bytes that the client has not taken yet."""
        return self._pipe.pending if self._pipe else 0

    @property
    def is_secure(self) -> bool:
        """Whether nobody between can read along."""
        return self._is_shielded or (self._pipe is not None and self._pipe.is_secure)

    @property
    def certificate(self) -> bytes:
        """The client's certificate in DER, empty when it has shown none."""
        return self._pipe.certificate if self._pipe else b""

    def flush(self) -> int:
        """Send what the socket takes at once, and have the rest watched. Gives the bytes that are left."""
        pipe = self._pipe
        if pipe is None:
            return 0
        if self._out:
            data = self._out[0] if len(self._out) == 1 else b"".join(self._out)
            pipe.write(self._framer.encode(data) if self._framer else data)
            self._out.clear()
        if self._closing and not self._parted:
            self._part(pipe)
        left = pipe.flush(self._send)
        if not left:
            if self._closing and pipe.finished:
                self._shutdown(socket.SHUT_WR)
        elif not self._watched:
            self._watched = True
            self._watch()
        return left

    def _watch(self) -> None:
        self._was_watched = True
        self._ask_watcher(self)

    def _send(self, data: bytes | bytearray | memoryview) -> int:
        if self.is_disposed:
            return len(data)
        try:
            return self._sock.send(data, DONT_WAIT)
        except (BlockingIOError, InterruptedError):
            return 0
        except OSError:
            return len(data)  # lost with the connection, as the reader will find

    def on_writable(self) -> None:
        """The socket takes more: go on."""
        self._watched = False
        self.flush()

    def charge(self, commands: float) -> None:
        """Count what a command cost beside itself. The reader waits for the core meanwhile."""
        self.bucket.charge(commands, time.monotonic())

    def resume(self) -> None:
        """The core is done with a batch: the reader goes on."""
        if self._gate.locked():
            self._gate.release()

    def close(self) -> None:
        """No more lines in; what was put goes out, then the peer is told that this is the end.

        A peer that has not said yet whether it speaks TLS is waited for, see `start_without_tls`; so is the
        handshake of one that does. `abort` ends that.
        """
        self._closing = True
        self.flush()
        self.resume()

    def _part(self, pipe: PlainPipe | TlsPipe) -> None:
        """After the last line: the ends of what lies over the socket."""
        self._parted = True
        if self._framer:
            pipe.write(self._framer.close())
        pipe.close()

    def start_without_tls(self) -> bool:
        """Take a peer that has sent nothing yet for one without TLS, and send what waits for it.

        Returns:
            Whether the server may talk to it in clear: not to a TLS client, nor where TLS is required.
        """
        with self._deciding:
            if self._pipe is None:
                self._pipe = PlainPipe()
        self.flush()
        if self._is_shielded:
            return True
        return not self.is_secure and self._door.admits_clear_text(self.address)

    def abort(self) -> None:
        """Do not wait for the peer any longer: the reader ends."""
        self._closing = True
        self._shutdown(socket.SHUT_RDWR)
        self.resume()

    def dispose(self) -> None:
        """The reader has ended: give back the socket, and what TLS holds."""
        self.is_disposed = True
        self._pipe = PlainPipe()
        if self._was_watched:
            self._ask_watcher(self)  # it may still be registered there
        else:
            self.release()

    def release(self) -> None:
        """Close the socket. Thread: the watcher, if it has ever watched it; else the core"""
        self._sock.close()

    def fileno(self) -> int:
        return self._sock.fileno()

    def _shutdown(self, how: int) -> None:
        if self.is_disposed:
            return
        try:
            self._sock.shutdown(how)
        except OSError:
            return  # not connected any more


def _cost(data: bytes) -> float:
    """What it costs to receive these bytes, if they complete nothing that is counted by itself."""
    return PIECE_COST + len(data) * BYTE_COST
