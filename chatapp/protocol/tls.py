"""TLS between bytes and bytes, for a connection that one thread reads and another one writes.

    recv  > feed(wire)   gives the plain bytes in them
    write(plain)         the wire bytes that come of it wait in order
    take / sent  > send  hands the waiting wire bytes to whichever thread sends, and to one at a time

What is written waits as it is, and is encrypted piece by piece as the wire takes it: lines that many are to
get are in memory once for all who are slow, and the buffers of OpenSSL, which never shrink, stay small.

An `ssl.SSLSocket` cannot be shared so. Here one lock is held around the calls of OpenSSL, and never around
`recv` or `send`, so that a peer who does not read cannot keep us from reading. Any call may leave wire bytes,
`feed` too (handshake, alerts, also when it raises): send after each.

    wire = pipe.take()
    while wire:
        wire = pipe.sent(send(wire))  # 0 when the socket is full
"""

from __future__ import annotations

import hashlib
import ssl
from collections import deque
from contextlib import AbstractContextManager, suppress

Bytes = bytes | memoryview
"""A view when a part of them has gone already."""

_RECORD_BYTES = 16384  # the most that one holds
_PIECE_BYTES = 65536  # the most that is encrypted by one call, and
_AHEAD_BYTES = 32768  # no more is while as much as this waits to be sent: more costs memory, less costs calls
_WORDS = (  # parts of OpenSSL's names of reasons, the first that fits
    ("WRONG_VERSION_NUMBER", "the other side does not speak TLS here"),
    ("HTTP", "the other side does not speak TLS here"),
    ("UNSUPPORTED_PROTOCOL", "both sides have no version of TLS in common"),
    ("PROTOCOL_VERSION", "both sides have no version of TLS in common"),
    ("NO_SHARED_CIPHER", "both sides have no cipher in common"),
    ("HANDSHAKE_FAILURE", "the other side finds nothing in common for TLS"),
    ("UNKNOWN_CA", "the other side does not trust our certificate"),
    ("ALERT_CERTIFICATE_REQUIRED", "the other side asks for a certificate"),
    ("DID_NOT_RETURN_A_CERTIFICATE", "the other side shows no certificate"),
    ("CERTIFICATE", "the other side does not accept our certificate"),
    ("BAD_RECORD_MAC", "the bytes were damaged on their way"),
)


class TlsError(Exception):
    """TLS with this peer cannot go on; says why. The alert that tells the peer waits to be sent."""


class CertificateError(TlsError):
    """The peer's certificate is not one that the context trusts; `code` is OpenSSL's number of the reason."""

    def __init__(self, words: str, code: int) -> None:
        super().__init__(words)
        self.code = code


class TlsPipe:
    """One connection's TLS. The first wire bytes of a client wait from the start.

    Takes   lock: a `threading.Lock()` of this connection's own, for this package knows no threads
            server_side: which half of the handshake is ours
            host: for a client, the name or address that the certificate must hold
    Thread  any method, any thread
    """

    __slots__ = (
        "_backlog", "_closing", "_error", "_head", "_incoming", "_lock", "_outgoing", "_parted", "_sending",
        "_tls", "_waiting", "clean", "ended", "ready",
    )  # fmt: skip

    def __init__(
        self,
        context: ssl.SSLContext,
        lock: AbstractContextManager[object],
        *,
        server_side: bool = False,
        host: str | None = None,
    ) -> None:
        self.ready = False  # the handshake is done
        self.ended = False  # the peer will say no more
        self.clean = False  # and has said so itself (close_notify); else the connection was cut
        self._lock = lock
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_side, host)
        self._backlog: deque[Bytes] = deque()  # still to be encrypted
        self._waiting = 0  # bytes of that
        self._closing = False
        self._parted = False  # goodbye is said
        self._error: TlsError | None = None
        self._head: Bytes = b""  # wire bytes in the hands of the sender
        self._sending = False
        self._advance()

    def feed(self, wire: bytes) -> bytes:
        """The plain bytes that have become readable with these; no wire bytes mean the end, as from `recv`.

        Raises  TlsError, and the same again whenever it is called afterwards
        """
        with self._lock:
            if self._error:
                raise self._error
            if not wire:
                return self._cut_off()
            self._incoming.write(wire)
            try:
                self._advance()
                plain = self._read() if self.ready else b""
                if self._closing:
                    self._part()
                return plain
            except ssl.SSLError as error:
                raise self._fail(error) from error

    def write(self, plain: bytes) -> None:
        """Encrypts these bytes, or keeps them until the handshake is done.

        After `close`, or an error, of which `feed` tells, they are dropped.
        """
        with self._lock:
            if plain and not self._closing and not self._error:
                self._backlog.append(plain)
                self._waiting += len(plain)
                self._encrypt_if_possible()

    def close(self) -> None:
        """Says goodbye (close_notify) after all that was written. Reading goes on until `ended`."""
        with self._lock:
            self._closing = True
            self._encrypt_if_possible()

    def take(self) -> Bytes:
        """The wire bytes to send next, and the turn to send them; nothing while another thread has that."""
        with self._lock:
            if self._sending:
                return b""
            self._head = self._head or self._next()
            self._sending = bool(self._head)
            return self._head

    def sent(self, count: int) -> Bytes:
        """What to send after so many of the bytes have gone.

        The turn ends with nothing to send, or with a count of 0; then somebody has to come back later.
        """
        with self._lock:
            if not count:
                self._sending = False
                return b""
            if count < len(self._head):
                self._head = memoryview(self._head)[count:]
            else:
                self._head = self._next()
                self._sending = bool(self._head)
            return self._head

    @property
    def pending(self) -> int:
        """How many bytes wait to be encrypted or sent."""
        with self._lock:
            return self._waiting + self._outgoing.pending + len(self._head)

    @property
    def unsent(self) -> int:
        """The same without what cannot be sent before the peer has done its part of the handshake."""
        with self._lock:
            return (self._waiting if self.ready else 0) + self._outgoing.pending + len(self._head)

    @property
    def parted(self) -> bool:
        """Whether nothing more will be written: the goodbye (close_notify) was made, or TLS has failed."""
        return self._parted or self._error is not None

    @property
    def version(self) -> str:
        """Such as `TLSv1.3`; empty before the handshake is done."""
        with self._lock:
            return (self._tls.version() or "") if self.ready else ""

    @property
    def certificate(self) -> bytes:
        """The peer's certificate in DER; empty when it has shown none, or not yet."""
        with self._lock:
            return (self._tls.getpeercert(binary_form=True) or b"") if self.ready else b""

    # from here on with the lock held

    def _advance(self) -> None:
        """Take the handshake as far as it goes, then encrypt what waited for it."""
        if not self.ready:
            try:
                self._tls.do_handshake()
            except ssl.SSLWantReadError:
                return
            self.ready = True
        self._encrypt()

    def _encrypt_if_possible(self) -> None:
        """As the writer does it, to whom an error is no news."""
        if self.ready and not self._error:
            try:
                self._encrypt()
                if self._closing:
                    self._part()
            except ssl.SSLError as error:
                self._fail(error)

    def _encrypt(self) -> None:
        while self._backlog and self._outgoing.pending < _AHEAD_BYTES:
            plain = self._backlog[0]
            is_whole = len(plain) <= _PIECE_BYTES
            try:
                self._tls.write(plain if is_whole else memoryview(plain)[:_PIECE_BYTES])
            except ssl.SSLWantReadError:
                return  # the peer negotiates anew; the same bytes once more when that is done
            self._waiting -= min(len(plain), _PIECE_BYTES)
            if is_whole:
                self._backlog.popleft()
            else:
                self._backlog[0] = memoryview(plain)[_PIECE_BYTES:]

    def _next(self) -> bytes:
        """The wire bytes that are ready, or can be made so."""
        if self._backlog:
            self._encrypt_if_possible()
        return self._outgoing.read()

    def _fail(self, error: ssl.SSLError) -> TlsError:
        self._error = _explained(error)
        self._backlog.clear()
        self._waiting = 0
        return self._error

    def _part(self) -> None:
        if self.ready and not self._backlog and not self._parted:
            self._parted = True
            with suppress(ssl.SSLWantReadError):  # the peer's goodbye is still to come
                self._tls.unwrap()

    def _read(self) -> bytes:
        chunks = []
        while self._incoming.pending and not self.ended:  # OpenSSL takes record by record, and not ahead
            try:
                chunk = self._tls.read(_RECORD_BYTES)
            except ssl.SSLWantReadError:
                break
            except ssl.SSLZeroReturnError:
                chunk = b""
            chunks.append(chunk)
            self.ended = self.clean = not chunk
        return b"".join(chunks)

    def _cut_off(self) -> bytes:
        if not self.ready:
            self._error = TlsError("the other side hung up before TLS was agreed")
            raise self._error
        self.ended = True
        return b""


def fingerprint(certificate: bytes) -> str:
    """By which a certificate is known: SHA-256 over its DER, 64 hexadecimal digits."""
    return hashlib.sha256(certificate).hexdigest()


def _explained(error: ssl.SSLError) -> TlsError:
    if isinstance(error, ssl.SSLCertVerificationError):
        words = f"the certificate of the other side is not trusted: {error.verify_message}"
        return CertificateError(words, error.verify_code)
    reason = error.reason or "UNKNOWN_REASON"
    for part, words in _WORDS:
        if part in reason:
            return TlsError(words)
    return TlsError(f"TLS failed: {reason.lower().replace('_', ' ')}")
