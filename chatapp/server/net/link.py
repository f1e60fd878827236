"""One connection: a thread of its own reads, splits and parses; the core thread writes, and never waits."""

# The idea
# --------
# A Link stands between a socket and the core. Its reading thread blocks in `recv`, feeds the bytes to a pipe
# (TLS or plain), lets the sniffer find out what the client speaks, splits lines, parses them, and puts the
# batch into the inbox. The core thread collects what it wants to send with `put` and sends it with `flush`,
# once for each connection and turn. Both threads use the pipe: a TlsPipe has a lock of its own. `_deciding`
# is held when one thread writes what the other one looks at, and the other way round (`_pipe` and what waits
# for it, `_stream` and `_closing`), so that at least one of them sees what the other has done.
#
# Why a blocking thread for each connection, and not one event loop: decrypting, splitting and parsing then
# happen outside of the core thread, which only applies commands. A thread costs little: 10,000 idle
# connections took 21 KB each, which is why RECEIVE_BYTES is small and grows only for busy senders.
#
# Why the core writes: an answer leaves in the turn that made it, in order, without another queue. It must
# never wait for a client, so `flush` sends what the socket takes at once. The rest stays in the pipe, and the
# write watcher reports with `Writable` when the socket takes more. A client whose `backlog` exceeds its limit
# is disconnected. One `bytes` object for a whole audience and one `send` for each connection and turn gave 6
# to 9 million delivered lines a second in the sketch that this design is based on.
#
# TLS works over two memory BIOs (see protocol/tls.py). An `ssl.SSLSocket` shared by a reading and a writing
# thread corrupted records in half of the test runs and crashed once. The pipe's lock is held around OpenSSL
# calls only, never around `recv` or `send`: a client that does not read cannot block the reader. TLS and
# plain text use one port. The first byte shows which one it is; until then `_pipe` is None and the data of
# the core waits in `_out`.
#
# One thread makes the OpenSSL calls of all handshakes. The reader receives and sends; it hands over the bytes
# of the client and waits for the result, so a client that is slow delays no other. There are two reasons:
# - A thread keeps what a handshake needs until it ends: two random generators of OpenSSL (5 KiB), deep stack
#   (8 KiB), blocks that malloc has cached for it (7 KiB). An idle connection takes 46 KiB with TLS and 22
#   without; with handshakes on the readers it took 66. Of the rest, 18 are OpenSSL's state of the connection.
# - When hundreds of clients connect at once, their handshakes compete with the core for the interpreter as
#   one thread and not as hundreds. While 200 clients at a time shook hands, the median PING of another took
#   3 ms instead of 25 to 50, and all handshakes together took as long as before.
#
# Back-pressure: at most one batch of lines of a connection is on its way to the core, and one waits here. The
# reader passes `_gate` before it delivers a batch, and the core calls `resume` when it has executed it. So a
# fast sender is slowed down by its own socket, and a session whose command waits for a job holds back its
# later commands. The reader does not wait after it has delivered but goes back to `recv`: when lines come one
# by one, the gate is open again before the next. This saves two thread switches a line, a tenth of its cost.
# The flood budget (`bucket`) works the same way: a client over it is not read for a while. It counts
# everything that takes time to read: lines, empty ones too, WebSocket frames, and pieces of any of these.
#
# Closing: `close` sends the queued data, the WebSocket close frame and close_notify, and then shuts down the
# sending side only. The reader goes on until the client closes too, and discards its input: closing a socket
# with unread input resets the connection, and a reset can discard the last line. `abort` ends the wait.
#
# A connection that asks for a file by HTTP is not a chat: from then on its own thread also writes, through
# a `TransferStream`, and the core only answers its questions. Lines for it are dropped, and `close` cuts it
# off.
#
# What would break it: closing the socket before the reader has reported Disconnected. The system reuses a
# file number at once, so the reader or the watcher would then use another client's socket. Therefore only the
# core calls `dispose`, after that report, and the watcher closes the sockets that it has ever watched.

from __future__ import annotations

import _thread
import logging
import select
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from chatapp.protocol.addresses import client_block
from chatapp.protocol.lines import LineBuffer, TooLong
from chatapp.protocol.tls import PlainPipe, TlsError, TlsPipe
from chatapp.server.core import plain_text
from chatapp.server.core.inbound import Item, read
from chatapp.server.core.inbox import Disconnected, FromLink, RawReply, Received, Rejected
from chatapp.server.net.core_door import CoreDoor
from chatapp.server.net.file_exchange import FileExchange
from chatapp.server.net.flood_budget import FloodBudget
from chatapp.server.net.http import HttpRequest
from chatapp.server.net.policy import ConnectionPolicy
from chatapp.server.net.sniffer import TLS_HANDSHAKE, ProtocolSniffer
from chatapp.server.net.transfer_stream import TransferStream
from chatapp.server.state.connection import LineFramer
from chatapp.server.state.file_transfers import FileAnswer, HttpReply
from chatapp.system.sockets import DONT_WAIT
from chatapp.system.thread_names import name_this_thread
from chatapp.system.worker_thread import WorkerThread

RECEIVE_BYTES = 2048  # the buffer at first: ten thousand idle connections have one each
BUSY_BYTES = 64 * 1024  # the buffer after a receive that filled it
PIECE_COST = 0.02  # the cost of a receive, which may be a single byte; in commands of the flood budget
BYTE_COST = 1 / BUSY_BYTES  # the cost of each received byte; in commands
REQUEST_COST = 0.25  # the cost of a request about a file, in commands
DISCARDED_BYTES = 1024 * 1024  # the input that is discarded at full speed after `close`
DISCARD_PAUSE_SECONDS = 0.02  # before each further receive

_OPEN_ALREADY = suppress(RuntimeError)  # a new one for each line costs more than the release

log = logging.getLogger(__name__)


class Link:
    """A connection to one client.

    Args:
        deliver: Puts an arrival into the inbox.
        watch: Asks the write watcher to report when the socket can be written, or to close it after
            `dispose`.
        handshakes: Makes the TLS handshakes of all connections, see the top.
        is_behind_tls_proxy: Whether a trusted proxy has removed TLS already.

    Thread: `run` belongs to the reading thread, everything else to the core thread.
    """

    __slots__ = (
        "_ask_watcher", "_closing", "_deciding", "_deliver", "_door", "_framer", "_gate",
        "_handshakes", "_has_ended_protocols", "_is_behind_tls_proxy", "_is_watched", "_out", "_pipe",
        "_policy", "_sock", "_stream", "_was_watched", "address", "bucket", "is_disposed", "peer",
        "was_asked_for_name",
    )  # fmt: skip

    def __init__(
        self,
        sock: socket.socket,
        peer: tuple[str, int],
        policy: ConnectionPolicy,
        deliver: Callable[[FromLink], None],
        watch: Callable[[Link], None],
        handshakes: WorkerThread,
        is_behind_tls_proxy: bool = False,
    ) -> None:
        self.peer = peer
        self.address = peer[0]
        limits = policy.limits
        self.bucket = FloodBudget(limits.flood_burst, limits.flood_per_second, time.monotonic())
        self._sock = sock
        self._policy = policy
        self._is_behind_tls_proxy = is_behind_tls_proxy
        self._deciding = _thread.allocate_lock()  # see the top
        may_be_tls = policy.context is not None and not is_behind_tls_proxy
        self._pipe: PlainPipe | TlsPipe | None = None if may_be_tls else PlainPipe()
        self._framer: LineFramer | None = None
        self._deliver = deliver
        self._ask_watcher = watch
        self._handshakes = handshakes
        self._was_watched = False
        self.is_disposed = False
        self._gate = _thread.allocate_lock()  # locked from a batch's way to the core until `resume`
        self.was_asked_for_name = False
        self._out: list[bytes] = []
        self._is_watched = False
        self._door: CoreDoor | None = None  # the reader asks for files; see above
        self._stream: TransferStream | None = None  # and writes, too
        self._closing = False
        self._has_ended_protocols = False  # see `_end_protocols`
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        sock.setblocking(bool(DONT_WAIT))

    # reading

    def start(self) -> None:
        """Begin to read, on a thread of its own.

        As a `threading.Thread` it would take 3 to 6 KiB more while the connection is idle.
        """
        _thread.start_new_thread(self.run, ())

    def run(self, start: bytes = b"") -> None:
        """Read until the connection ends, then report that.

        Args:
            start: Bytes that have been received already.
        """
        # by the port, as in the log; not by the address: all users of this computer can read the names
        name_this_thread(f"link {self.peer[1]}")
        reason = "Connection closed"
        try:
            self._read(start)
        except TlsError as error:
            reason = f"TLS failed: {error}"
        except OSError as error:
            reason = error.strerror or "Connection lost"
        except Exception:
            log.exception("bug while reading from %s", self.peer)
            self.end("Internal error")
            return
        if self._stream is None and not self._closing:
            self._gate.acquire()  # the core forgets held commands at the end, so let it execute them first
        self.end(reason)

    def end(self, reason: str) -> None:
        """Report that nothing more will arrive. Thread: the reader, or the listener."""
        self._deliver(Disconnected(self, reason))

    def _read(self, start: bytes) -> None:
        data = start or self._receive(RECEIVE_BYTES)
        self._choose_pipe(data)
        is_allowed = self.is_secure or self._policy.allows_plaintext(self.address)
        sniffer = ProtocolSniffer(
            LineBuffer(unterminated=self._policy.limits.unterminated),
            self._policy.site,
            "" if is_allowed else self._policy.refusal,
            self._policy.commands,
            lambda: self.was_asked_for_name,
            self._policy.files is not None,
        )
        discarded = 0
        is_clear = isinstance(self._pipe, PlainPipe)
        while data:
            plain = data if is_clear else self._feed(data)
            if self._closing:
                discarded += len(data)
                if discarded > DISCARDED_BYTES:
                    self._gate.acquire(timeout=DISCARD_PAUSE_SECONDS)
            else:
                lines = sniffer.feed(plain)
                cost = _cost(data) + sniffer.take_blank() - len(lines) if self.bucket.is_limited else 0.0
                self._deliver_lines(lines, cost, plain_text.read if sniffer.is_person else read)
                if sniffer.reply or sniffer.rejection:
                    self._deliver_replies(sniffer)
            if sniffer.file_request:
                self._serve_files(sniffer.file_request, sniffer.rest)
                return
            data = self._receive(BUSY_BYTES if len(data) >= RECEIVE_BYTES else RECEIVE_BYTES)

    def _choose_pipe(self, start: bytes) -> None:
        """Choose TLS or plain text by the first bytes, and have the core send the data that waits."""
        with self._deciding:
            if start[:1] == TLS_HANDSHAKE and self._policy.context:
                self._pipe = TlsPipe(self._policy.context, threading.Lock(), server_side=True)
            elif self._pipe is None:
                self._pipe = PlainPipe()
            has_work = bool(self._out) or self._closing
        if has_work:
            self._watch()

    def _feed(self, data: bytes) -> bytes:
        """Return the plain bytes. TLS may have to send a reply, also when it fails."""
        pipe = self._pipe
        assert pipe
        try:
            return pipe.feed(data) if pipe.ready else self._handshakes.call(partial(pipe.feed, data))
        finally:
            if pipe.is_secure:
                if pipe.flush(self._send):
                    self._watch()
                elif self._closing and pipe.finished:
                    self._shutdown(socket.SHUT_WR)

    def _deliver_replies(self, sniffer: ProtocolSniffer) -> None:
        """Pass the replies of HTTP and WebSocket to the core, which alone writes."""
        if sniffer.reply:
            reply, sniffer.reply = sniffer.reply, b""
            self._deliver(RawReply(self, reply, sniffer.websocket, sniffer.ended))
        if sniffer.rejection:
            text, sniffer.rejection = sniffer.rejection, ""
            self._deliver(Rejected(self, text))

    def _receive(self, size: int) -> bytes:
        if not DONT_WAIT:
            select.select([self._sock], [], [])
        return self._sock.recv(size)

    def _deliver_lines(
        self,
        lines: list[bytes | TooLong],
        cost: float,
        read: Callable[[list[bytes | TooLong]], list[Item]],
    ) -> None:
        """Give the core as many lines as the flood budget allows, again and again until all are given.

        Waits before each batch, for the one before it, and not after the last one: see the top.

        Args:
            cost: What receiving these lines costs beside themselves, see `_cost`.
        """
        self._gate.acquire()
        if cost > 0:
            self._wait_for_budget(cost)
        while not self._closing:
            granted = self.bucket.take(len(lines), time.monotonic()) if self.bucket.is_limited else len(lines)
            if granted or not lines:
                self._deliver(Received(self, read(lines[:granted])))
                lines = lines[granted:]
                if not lines:
                    return
                self._gate.acquire()
            else:
                self._gate.acquire(timeout=self.bucket.seconds_until_next())

    def _wait_for_budget(self, cost: float) -> None:
        """Wait until the flood budget covers the cost of received data beside lines."""
        wait = self.bucket.charge(cost, time.monotonic())
        while wait and not self._closing:
            self._gate.acquire(timeout=wait)
            wait = self.bucket.charge(0, time.monotonic())

    # files

    def _serve_files(self, request: HttpRequest, rest: bytes) -> None:
        """Serve requests about files until the connection ends.

        Args:
            rest: The bytes after the head of the first one.
        """
        service, pipe = self._policy.files, self._pipe
        assert service and pipe
        block = client_block(self.address)
        door = CoreDoor(self, self._deliver)
        stream = TransferStream(
            self._sock,
            pipe,
            lambda count: service.limits.charge(block, count, time.monotonic()),
            lambda seconds: self._gate.acquire(timeout=seconds),
            service.limits.turn,
            rest,
        )
        with self._deciding:
            self._door, self._stream = door, stream
            is_wanted = not self._closing
        self._gate.acquire()
        self._deliver(Received(self, []))
        self._gate.acquire()  # now no flush that began before `_stream` was set is still writing
        if is_wanted:
            origins = self._policy.site.origins
            pay = partial(self._wait_for_budget, REQUEST_COST)
            FileExchange(service, stream, door, self.address, origins, pay).run(request)

    # writing

    def put(self, data: bytes) -> None:
        """Add whole lines for the next flush. A connection that is used for files gets none."""
        if self._stream is None:
            self._out.append(data)

    def send_raw(self, data: bytes, framer: LineFramer | None) -> None:
        """Send bytes that are not lines. `framer` puts all later lines into frames; None for none."""
        if self._stream:
            return
        assert self._pipe
        self.flush()
        self._framer = framer
        self._pipe.write(data)
        self.flush()

    @property
    def backlog(self) -> int:
        """The number of bytes that the client has not taken yet, also of lines that wait for a flush."""
        return (self._pipe.pending if self._pipe else 0) + sum(map(len, self._out))

    @property
    def is_secure(self) -> bool:
        """Whether the connection is encrypted, by this server or by a trusted proxy."""
        return self._is_behind_tls_proxy or (self._pipe is not None and self._pipe.is_secure)

    @property
    def certificate(self) -> bytes:
        """The client's certificate in DER; empty when it sent none."""
        return self._pipe.certificate if self._pipe else b""

    def flush(self) -> int:
        """Send what the socket takes at once, and have the watcher report when it takes more.

        Returns:
            The number of bytes that are left.
        """
        pipe = self._pipe
        if pipe is None:
            with self._deciding:  # either this sees the pipe, or the reader sees what waits for it
                pipe = self._pipe
        if pipe is None or self._stream:
            return 0
        if self._out:
            data = self._out[0] if len(self._out) == 1 else b"".join(self._out)
            self._out.clear()
            if type(pipe) is PlainPipe and not (pipe.pending or self._framer or self._closing):
                sent = self._send(data)  # the usual case, for every line to every member, without the pipe
                if sent == len(data):
                    return 0
                data = data[sent:]
            pipe.write(self._framer.encode(data) if self._framer else data)
        if self._closing and not self._has_ended_protocols:
            self._end_protocols(pipe)
        left = pipe.flush(self._send)
        if not left:
            if self._closing and pipe.finished:
                self._shutdown(socket.SHUT_WR)
        elif not self._is_watched:
            self._is_watched = True
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
            return len(data)  # lost with the connection; the reader will report that

    def on_writable(self) -> None:
        """Continue to send: the socket takes more."""
        self._is_watched = False
        self.flush()

    def charge(self, commands: float) -> None:
        """Charge the flood budget with the extra cost of a command."""
        self.bucket.charge(commands, time.monotonic())

    def resume(self) -> None:
        """Let the reader continue: the core is done with its batch, or the connection is closing.

        An open gate stays open. Asking `locked` first would not do: the reader can pass the gate in between.
        """
        with _OPEN_ALREADY:
            self._gate.release()

    def answer(self, answer: FileAnswer) -> None:
        """Give the reader the answer to its request about a file, and let it continue."""
        if self._door:
            self._door.answer(answer)

    def break_off(self, reply: HttpReply) -> None:
        """Have the reader refuse the upload that it receives."""
        if self._stream:
            self._stream.break_off(reply)

    def close(self) -> None:
        """Deliver no more lines, send the queued data, then end the sending side.

        Waits for a client that has not sent its first byte, see `start_without_tls`, and for a TLS handshake
        in progress. `abort` ends that. A transfer is cut off at once.
        """
        with self._deciding:
            self._closing = True
        if self._stream:
            self.abort()
            return
        self.flush()
        self.resume()

    def _end_protocols(self, pipe: PlainPipe | TlsPipe) -> None:
        """Append the ends of WebSocket and TLS to the last line."""
        self._has_ended_protocols = True
        if self._framer:
            pipe.write(self._framer.close())
        pipe.close()

    def start_without_tls(self) -> bool:
        """Treat a client that has sent nothing yet as one without TLS, and send what waits for it.

        Returns:
            Whether the server may send plain text: not to a TLS client, nor where TLS is required.
        """
        with self._deciding:
            if self._pipe is None:
                self._pipe = PlainPipe()
        self.flush()
        if self._is_behind_tls_proxy:
            return True
        return not self.is_secure and self._policy.allows_plaintext(self.address)

    def abort(self) -> None:
        """Stop waiting for the client: make the reader end."""
        with self._deciding:
            self._closing = True
        if self._stream:
            self._stream.abort()
        if self._door:
            self._door.close()
        self._shutdown(socket.SHUT_RDWR)
        self.resume()

    def dispose(self) -> None:
        """Free the socket and the TLS state. Called after the reader has ended.

        Timers of the core hold the link for a while.
        """
        self.is_disposed = True
        self._pipe = PlainPipe()
        self._stream = self._door = None
        if self._was_watched:
            self._ask_watcher(self)  # the socket may still be registered there
        else:
            self.release()

    def release(self) -> None:
        """Close the socket. Thread: the watcher, if it has ever watched this link; else the core."""
        self._sock.close()

    def fileno(self) -> int:
        """Return the file number of the socket, for selectors."""
        return self._sock.fileno()

    def _shutdown(self, how: int) -> None:
        if self.is_disposed:
            return
        try:
            self._sock.shutdown(how)
        except OSError:
            return  # not connected any more


def _cost(data: bytes) -> float:
    """Return what receiving these bytes costs, in commands, beside the lines that they complete."""
    return PIECE_COST + len(data) * BYTE_COST
