"""From a target to a stream that may be used: connected, encrypted, and with the right certificate.

    dial > TLS > whose certificate is it? > stream

Nothing is said before all of that is settled. TLS is tried first. Without it only this computer is talked to,
unless a person has asked for it: a server elsewhere that does not speak TLS is an error, for somebody in
between could make any server look so. Plain text is offered ("no-tls") only where the other side answered in
plain text, and not where it hung up, failed, was silent, or said why it lets nobody in.
"""

from __future__ import annotations

import logging
import re
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Literal

from chatapp.client.transport.certificates import ServerTarget, doubt, is_here
from chatapp.client.transport.dial import CONNECT_SECONDS, Unreachable, dial
from chatapp.client.transport.stream import Stream
from chatapp.protocol.tls import CertificateError, Pipe, PlainPipe, TlsError, TlsPipe, fingerprint

HANDSHAKE_SECONDS = 10.0
HANDSHAKE_HERE_SECONDS = 2.0  # after which a server on this computer is taken for one without TLS

_RECORDS = range(0x14, 0x18)  # the first byte of everything that TLS sends: RFC 8446 section 5.1
_REFUSAL = re.compile(rb"^(?::\S+ +)?ERROR +:?([^\r\n]*)", re.MULTILINE | re.IGNORECASE)
_ABOUT_TLS = re.compile(rb"\b(?:TLS|SSL)\b", re.IGNORECASE)  # that is why it hangs up
_ADVICE = {
    "closed": "Try again in a minute.",
    "timeout": "If the server has no encryption, switch it off in the settings of the connection.",
    "host": "Use another name of the server.",
}

log = logging.getLogger(__name__)


class Cancelled(Exception):
    """Nobody wants the connection any more."""


class _NoTls(Exception):
    """TLS with the other side came to nothing.

    Args:
        kind: "refused" when it said in plain text why it lets nobody in; "no-tls" when it answered in plain
            text otherwise; "closed", "timeout" and "host" as in UnreachableKind.
        words: why.
    """

    def __init__(self, kind: Literal["refused", "no-tls", "closed", "timeout", "host"], words: str) -> None:
        super().__init__(words)
        self.kind = kind
        self.words = words


@dataclass(frozen=True, slots=True)
class Reached:
    """A stream, and whether it leads to this very computer."""

    stream: Stream
    here: bool


class TlsDial:
    """Takes   wake: becomes readable when `cancelled` shall be looked at
            seconds: for each try to connect; TLS has its own
    Thread  one that may wait
    """

    def __init__(
        self,
        target: ServerTarget,
        wake: socket.socket,
        cancelled: Callable[[], bool],
        seconds: float = CONNECT_SECONDS,
    ) -> None:
        self._target = target
        self._wake = wake
        self._cancelled = cancelled
        self._seconds = seconds

    def reach(self) -> Reached:
        """Raises  Unreachable, Cancelled"""
        target = self._target
        sock = self._dial()
        here = _leads_here(sock)
        if target.encrypt == "never" and not target.pin:
            return Reached(self._stream(sock, PlainPipe()), here)
        try:
            return Reached(self._secured_here(sock) if here and not target.pin else self._secured(sock), here)
        except _NoTls as error:
            log.info("no TLS with %s port %s: %s", target.host, target.port, error)
            if here and target.encrypt == "auto" and not target.pin and error.kind != "refused":
                return Reached(self._stream(self._dial(), PlainPipe()), here)
            raise _unreachable(target, error) from error

    def _secured_here(self, sock: socket.socket) -> Stream:
        return self._shaken(sock, _anybody(), HANDSHAKE_HERE_SECONDS)[0]

    def _secured(self, sock: socket.socket) -> Stream:
        """Encrypted, with a certificate that is expected, or that an authority vouches for."""
        target = self._target
        expected = target.pin or target.known
        if expected:
            stream, shown = self._shaken(sock, _anybody(), HANDSHAKE_SECONDS)
            if shown == expected:
                return stream
            stream.close()
            if target.pin:
                raise self._doubtful(shown, 0)
            sock = self._dial()
        try:
            return self._shaken(sock, _vouched_for(), HANDSHAKE_SECONDS)[0]
        except CertificateError as error:
            stream, shown = self._shaken(self._dial(), _anybody(), HANDSHAKE_SECONDS)
            stream.close()
            log.info("the certificate %s of %s: %s", shown, target.host, error)
            raise self._doubtful(shown, error.code) from error

    def _doubtful(self, shown: str, code: int) -> Unreachable:
        found = doubt(self._target, shown, code)
        return Unreachable("certificate", found.title, found)

    def _dial(self) -> socket.socket:
        sock = dial(self._target.host, self._target.port, self._wake, self._cancelled, self._seconds)
        if sock is None:
            raise Cancelled
        return sock

    def _stream(self, sock: socket.socket, pipe: Pipe) -> Stream:
        return Stream(sock, self._wake, pipe)

    def _shaken(self, sock: socket.socket, context: ssl.SSLContext, seconds: float) -> tuple[Stream, str]:
        """A stream after the handshake, and the fingerprint of the certificate that was shown.

        Raises  CertificateError, _NoTls, Cancelled
        """
        try:
            pipe = TlsPipe(context, nullcontext(), host=_named(self._target.host))
        except ValueError as error:
            sock.close()
            raise _NoTls("host", "no certificate can be for such an address") from error
        stream = self._stream(sock, pipe)
        deadline = time.monotonic() + seconds
        try:
            while not pipe.ready:
                left = deadline - time.monotonic()
                if self._cancelled():
                    raise Cancelled
                if left <= 0:
                    raise _NoTls("timeout", "the other side does not answer to TLS")
                stream.turn((), True, left)
        except BaseException as error:
            stream.close()
            if isinstance(error, TlsError) and not isinstance(error, CertificateError):
                raise _failure(stream.start, str(error)) from error
            if isinstance(error, OSError):
                raise _failure(stream.start, error.strerror or str(error)) from error
            raise
        return stream, fingerprint(pipe.certificate)


def _failure(start: bytes, words: str) -> _NoTls:
    """What it means that a handshake failed.

    Args:
        start: the first bytes of the other side.
        words: what TLS says about it.
    """
    if not start or start[0] in _RECORDS:
        return _NoTls("closed", words)
    refusal = _REFUSAL.search(start)
    if refusal and not _ABOUT_TLS.search(refusal[1]):
        return _NoTls("refused", refusal[1].decode(errors="replace").strip())
    return _NoTls("no-tls", words)


def _unreachable(target: ServerTarget, error: _NoTls) -> Unreachable:
    """The same in words for people."""
    where = f"{target.host} on port {target.port}"
    match error.kind:
        case "refused":
            return Unreachable("closed", f"The server closed the connection: {error.words}")
        case "no-tls":
            words = f"There is no encryption with {where}: {error.words}. Without it, others can read along."
            return Unreachable("no-tls", words)
        case _:
            return Unreachable(
                error.kind, f"No encrypted connection to {where}: {error.words}. {_ADVICE[error.kind]}"
            )


def _leads_here(sock: socket.socket) -> bool:
    """Not if the other side has gone already: then nobody knows."""
    try:
        return is_here(sock.getpeername()[0])
    except OSError:
        return False


def _vouched_for() -> ssl.SSLContext:
    """Who shows a certificate for the right name, by an authority of this computer."""
    return _irc(ssl.create_default_context())


def _anybody() -> ssl.SSLContext:
    """Whoever: the certificate is looked at afterwards, by its fingerprint."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return _irc(context)


def _irc(context: ssl.SSLContext) -> ssl.SSLContext:
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["irc"])
    return context


def _named(host: str) -> str:
    """A host as certificates name it: without the dot at its end, or the interface after its address."""
    return host.partition("%")[0].removesuffix(".")
