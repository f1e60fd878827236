"""TLS and plain connections as byte pipes: plain bytes on one side, network bytes on the other, no socket.

    recv  > feed(network bytes)      returns the plain bytes in them
    write(plain bytes)               queues them in order
    flush(send)                      passes network bytes to `send` until it takes no more

`TlsPipe` encrypts, `PlainPipe` does not. Both have the interface `Pipe`, so their users need not know which
one they hold.

A TlsPipe may be read by one thread and written by another, which an `ssl.SSLSocket` does not survive. It
works over two `ssl.MemoryBIO` and holds its lock only around calls of OpenSSL, never around `recv` or `send`:
a peer that does not read cannot block the reading thread. Any call may produce network bytes, `feed` too
(handshake, alerts, even when it raises), so flush after each call.

Plain bytes wait unencrypted and are encrypted piece by piece as the network takes them. A line for many slow
readers is therefore stored in memory once, and OpenSSL's buffers, which never shrink, stay small.
"""

from __future__ import annotations

import hashlib
import ssl
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from typing import Protocol, cast

from chatapp.languages.translation import N_, _

Bytes = bytes | memoryview
"""A memoryview when the first part has been sent already."""

Send = Callable[[bytes | bytearray | memoryview], int]
"""Sends what the socket takes at once and returns that number of bytes, 0 when its buffer is full."""

_RECORD_BYTES = 16384  # the most that one TLS record holds
_PIECE_BYTES = 65536  # the most that one call encrypts
_TAKEN_BYTES = 131072  # the most that OpenSSL gets at once; the buffer for it never shrinks
_AHEAD_BYTES = 32768  # above this much encrypted and unsent data, encryption pauses; more would cost memory
_REASON_TEXTS = (  # parts of OpenSSL's reason names; the first that matches counts
    ("WRONG_VERSION_NUMBER", N_("the other side does not speak TLS")),
    ("HTTP", N_("the other side does not speak TLS")),
    ("UNSUPPORTED_PROTOCOL", N_("both sides have no TLS version in common")),
    ("PROTOCOL_VERSION", N_("both sides have no TLS version in common")),
    ("NO_SHARED_CIPHER", N_("both sides have no cipher in common")),
    ("HANDSHAKE_FAILURE", N_("both sides have no TLS parameters in common")),
    ("UNKNOWN_CA", N_("the other side does not trust our certificate")),
    ("ALERT_CERTIFICATE_REQUIRED", N_("the other side requires a certificate")),
    ("DID_NOT_RETURN_A_CERTIFICATE", N_("the other side sent no certificate")),
    ("CERTIFICATE", N_("the other side does not accept our certificate")),
    ("BAD_RECORD_MAC", N_("the data was corrupted in transit")),
    ("RECORD_LAYER_FAILURE", N_("the data was corrupted in transit")),  # OpenSSL 3.2 and newer
)


class TlsError(Exception):
    """TLS with this peer cannot continue; the text says why. The alert for the peer waits to be sent."""


class CertificateError(TlsError):
    """The context does not trust the peer's certificate; `code` is OpenSSL's verification error number."""

    def __init__(self, text: str, code: int) -> None:
        super().__init__(text)
        self.code = code


class Pipe(Protocol):
    """The interface of PlainPipe and TlsPipe.

    Attributes:
        is_secure: Whether the pipe encrypts.
        ended: Whether the peer will send nothing more.
    """

    is_secure: bool
    ended: bool

    @property
    def ready(self) -> bool:
        """Whether written bytes can be sent: a TLS handshake is complete."""

    @property
    def finished(self) -> bool:
        """Whether nothing more will be written, after `close` or a failure."""

    @property
    def pending(self) -> int:
        """The number of bytes that are not sent."""

    @property
    def certificate(self) -> bytes:
        """The peer's certificate in DER; empty when it sent none."""

    def feed(self, network: bytes) -> bytes: ...
    def write(self, plain: bytes) -> None: ...
    def flush(self, send: Send) -> int: ...
    def close(self) -> None: ...


class PlainPipe:
    """The twin of TlsPipe without TLS: bytes pass unchanged.

    It needs no lock: `feed` touches nothing that the other methods use, and those belong to the writing
    thread.
    """

    __slots__ = ("_unsent", "ended", "finished")

    is_secure = False
    ready = True
    certificate = b""

    def __init__(self) -> None:
        self.ended = False
        self.finished = False
        self._unsent: bytes | bytearray = b""  # a bytearray for slow readers: it grows and shrinks cheaply

    @property
    def pending(self) -> int:
        """The number of bytes that are not sent."""
        return len(self._unsent)

    def feed(self, network: bytes) -> bytes:
        """Return the bytes unchanged; none mean the end, as from `recv`."""
        self.ended = not network
        return network

    def write(self, plain: bytes) -> None:
        """Queue bytes to be sent. After `close` they are dropped."""
        if self.finished:
            return
        if not self._unsent:
            self._unsent = plain
        elif isinstance(self._unsent, bytearray):
            self._unsent += plain
        else:
            self._unsent = bytearray(self._unsent + plain)

    def flush(self, send: Send) -> int:
        """Call `send` once with all that waits.

        Returns:
            The number of bytes that are left.
        """
        sent = send(self._unsent) if self._unsent else 0
        if sent >= len(self._unsent):
            self._unsent = b""
        elif isinstance(self._unsent, bytearray):
            del self._unsent[:sent]
        else:
            self._unsent = self._unsent[sent:]
        return len(self._unsent)

    def close(self) -> None:
        """Accept no more bytes to send. TCP has no message for this; the caller shuts the socket down."""
        self.finished = True


class TlsPipe:
    """The TLS of one connection. A client's first handshake bytes wait from the start.

    Args:
        lock: A `threading.Lock()` for this connection only; this package uses no threads itself.
        server_side: Whether this is the server's half of the handshake.
        host: For a client, the name or address that the certificate must be valid for.

    Thread: any, for every method.
    """

    __slots__ = (
        "_backlog", "_closing", "_error", "_head", "_incoming", "_is_sending", "_lock", "_outgoing",
        "_sent_close_notify", "_tls", "_waiting", "clean", "ended", "ready",
    )  # fmt: skip

    is_secure = True

    def __init__(
        self,
        context: ssl.SSLContext,
        lock: AbstractContextManager[object],
        *,
        server_side: bool = False,
        host: str | None = None,
    ) -> None:
        self.ready = False  # the handshake is complete
        self.ended = False  # the peer will send nothing more
        self.clean = False  # and has sent close_notify; otherwise the connection was cut
        self._lock = lock
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_side, host)
        self._backlog: deque[Bytes] = deque()  # not yet encrypted
        self._waiting = 0  # number of bytes in it
        self._closing = False
        self._sent_close_notify = False
        self._error: TlsError | None = None
        self._head: Bytes = b""  # network bytes that the sending thread holds
        self._is_sending = False
        if not server_side:
            self._advance()

    def feed(self, network: bytes) -> bytes:
        """Take bytes from the network; none mean the end, as from `recv`.

        Returns:
            The plain bytes that have become readable.

        Raises:
            TlsError: TLS has failed; every later call raises the same error.
        """
        with self._lock:
            if self._error:
                raise self._error
            if not network:
                return self._end()
            self._incoming.write(network)
            try:
                self._advance()
                plain = self._read() if self.ready else b""
                if self._closing:
                    self._send_close_notify()
                return plain
            except ssl.SSLError as error:
                raise self._fail(error) from error

    def feed_large(self, network: memoryview) -> bytearray:
        """Do the same as `feed` after the handshake, faster for many bytes: no record is copied.

        In alternating runs an upload over TLS was faster than through `feed` by a tenth to a sixth.

        Raises:
            TlsError: TLS has failed; every later call raises the same error.
        """
        plain = bytearray(len(network) + _RECORD_BYTES)  # the first record may have begun before
        count = 0
        with self._lock, memoryview(plain) as room:
            if self._error:
                raise self._error
            try:
                for start in range(0, len(network), _TAKEN_BYTES):
                    self._incoming.write(network[start : start + _TAKEN_BYTES])
                    self._advance()
                    count += self._read_into(room[count:])
                if self._closing:
                    self._send_close_notify()
            except ssl.SSLError as error:
                raise self._fail(error) from error
        del plain[count:]
        return plain

    def write(self, plain: bytes) -> None:
        """Encrypt these bytes, or queue them until the handshake is complete.

        After `close`, or after an error that `feed` reports, they are dropped.
        """
        with self._lock:
            if plain and not self._closing and not self._error:
                self._backlog.append(plain)
                self._waiting += len(plain)
                self._encrypt_if_possible()

    def close(self) -> None:
        """Send close_notify after all that was written. Reading continues until `ended`."""
        with self._lock:
            self._closing = True
            self._encrypt_if_possible()

    def flush(self, send: Send) -> int:
        """Call `send` until nothing is left or it takes nothing. A thread that already sends does the rest.

        Returns:
            The number of bytes that could be sent and are not: see `unsent`.
        """
        network = self.take()
        while network:
            network = self.sent(send(network))
        return self.unsent

    def take(self) -> Bytes:
        """Begin to send: return the bytes to send first, none while another thread is sending."""
        with self._lock:
            if self._is_sending:
                return b""
            self._head = self._head or self._next()
            self._is_sending = bool(self._head)
            return self._head

    def sent(self, count: int) -> Bytes:
        """Return what to send after this many bytes have been sent.

        The sending ends when nothing is left, or with a count of 0; then a later `take` must continue it.
        """
        with self._lock:
            if not count:
                self._is_sending = False
                return b""
            if count < len(self._head):
                self._head = memoryview(self._head)[count:]
            else:
                self._head = self._next()
                self._is_sending = bool(self._head)
            return self._head

    @property
    def pending(self) -> int:
        """The number of bytes that wait to be encrypted or sent."""
        with self._lock:
            return self._waiting + self._outgoing.pending + len(self._head)

    @property
    def unsent(self) -> int:
        """The same without bytes that cannot be sent before the peer continues the handshake."""
        with self._lock:
            return (self._waiting if self.ready else 0) + self._outgoing.pending + len(self._head)

    @property
    def finished(self) -> bool:
        """Whether everything is sent: close_notify, or the alert of a failure, and all before it."""
        with self._lock:
            has_ended = self._sent_close_notify or self._error is not None
            return has_ended and not self._outgoing.pending and not self._head

    @property
    def version(self) -> str:
        """Such as `TLSv1.3`; empty before the handshake is complete."""
        with self._lock:
            return (self._tls.version() or "") if self.ready else ""

    @property
    def certificate(self) -> bytes:
        """The peer's certificate in DER; empty when it sent none, or before the handshake is complete."""
        with self._lock:
            return (self._tls.getpeercert(binary_form=True) or b"") if self.ready else b""

    # The methods below are called with the lock held.

    def _advance(self) -> None:
        """Continue the handshake if it is not complete, then encrypt what waited for it."""
        if not self.ready:
            try:
                self._tls.do_handshake()
            except ssl.SSLWantReadError:
                return
            self.ready = True
        self._encrypt()

    def _encrypt_if_possible(self) -> None:
        """Encrypt for a writing thread. An error is only stored: the reading thread gets it from `feed`."""
        if self.ready and not self._error:
            try:
                self._encrypt()
                if self._closing:
                    self._send_close_notify()
            except ssl.SSLError as error:
                self._fail(error)

    def _encrypt(self) -> None:
        while self._backlog and self._outgoing.pending < _AHEAD_BYTES:
            plain = self._backlog[0]
            is_whole = len(plain) <= _PIECE_BYTES
            try:
                self._tls.write(plain if is_whole else memoryview(plain)[:_PIECE_BYTES])
            except ssl.SSLWantReadError:
                return  # renegotiation: OpenSSL wants the same bytes again when it is complete
            self._waiting -= min(len(plain), _PIECE_BYTES)
            if is_whole:
                self._backlog.popleft()
            else:
                self._backlog[0] = memoryview(plain)[_PIECE_BYTES:]

    def _next(self) -> bytes:
        """Return the network bytes that are ready, after encrypting what fits."""
        if self._backlog:
            self._encrypt_if_possible()
        return self._outgoing.read()

    def _fail(self, error: ssl.SSLError) -> TlsError:
        self._error = _readable_error(error)
        self._backlog.clear()
        self._waiting = 0
        return self._error

    def _send_close_notify(self) -> None:
        if self.ready and not self._backlog and not self._sent_close_notify:
            self._sent_close_notify = True
            with suppress(ssl.SSLWantReadError):  # the peer's close_notify has not arrived yet
                self._tls.unwrap()

    def _read(self) -> bytes:
        """Return the plain bytes of all complete records."""
        chunks = []
        while self._incoming.pending and (chunk := self._read_record()):
            chunks.append(chunk)
        return b"".join(chunks)

    def _read_into(self, room: memoryview) -> int:
        """Do the same into a buffer, and return the number of bytes."""
        count = 0
        while self._incoming.pending and (size := self._read_record(room[count:])):
            count += cast("int", size)  # typeshed: always bytes
        return count

    def _read_record(self, room: memoryview | None = None) -> bytes:
        """Return the plain bytes of the next complete record, or their number if they are put into `room`.

        OpenSSL takes the bytes of one record from the BIO, never of the next one.
        """
        try:
            plain = self._tls.read(_RECORD_BYTES, room)
        except ssl.SSLWantReadError:
            return b""
        except ssl.SSLZeroReturnError:
            plain = b""
        self.ended = self.clean = not plain
        return plain

    def _end(self) -> bytes:
        if not self.ready:
            self._error = TlsError(_("the other side hung up before the TLS handshake was complete"))
            raise self._error
        self.ended = True
        return b""


def unverified_context() -> ssl.SSLContext:
    """Return a context that accepts any certificate: compare its fingerprint after the handshake."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def fingerprint(certificate: bytes) -> str:
    """Identify a certificate: SHA-256 of its DER, 64 hexadecimal digits."""
    return hashlib.sha256(certificate).hexdigest()


def format_fingerprint(fingerprint: str, groups_per_line: int = 16) -> str:
    """Write a fingerprint so that it is easy to compare: capitals, in groups of four."""
    groups = [fingerprint[place : place + 4].upper() for place in range(0, len(fingerprint), 4)]
    starts = range(0, len(groups), groups_per_line)
    return "\n".join(" ".join(groups[place : place + groups_per_line]) for place in starts)


def _readable_error(error: ssl.SSLError) -> TlsError:
    if isinstance(error, ssl.SSLCertVerificationError):
        text = _("the certificate of the other side is not trusted: {reason}").format(
            reason=error.verify_message
        )
        return CertificateError(text, error.verify_code)
    reason = error.reason or "UNKNOWN_REASON"
    for part, text in _REASON_TEXTS:
        if part in reason:
            return TlsError(_(text))
    return TlsError(_("TLS failed: {reason}").format(reason=reason.lower().replace("_", " ")))
