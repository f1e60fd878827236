"""Connects to a server, sets up TLS, and checks the certificate.

    dial > TLS handshake > certificate > stream

Nothing is sent before all of that has succeeded. TLS is tried first. Plain text is used only with a server on
this computer that is not known to have TLS, or if the user asks for it: another server without TLS is an
error, because an attacker in between could make any server look like that. The error offers plain text
("no-tls") only if the server answered in plain text, not if it disconnected, failed, stayed silent, or sent a
reason for refusing the connection.
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

from chatapp.client.transport.certificates import ServerTarget, find_problem
from chatapp.client.transport.dial import CONNECT_SECONDS, Unreachable, dial
from chatapp.client.transport.proxy import dial_through
from chatapp.client.transport.proxy_choice import proxy_for
from chatapp.client.transport.stream import Stream
from chatapp.languages.translation import N_, _
from chatapp.protocol.addresses import is_this_computer
from chatapp.protocol.proxy_address import BadProxy, ProxyAddress
from chatapp.protocol.tls import (
    CertificateError,
    Pipe,
    PlainPipe,
    TlsError,
    TlsPipe,
    fingerprint,
    unverified_context,
)

HANDSHAKE_SECONDS = 10.0  # for the TLS handshake
LOCAL_HANDSHAKE_SECONDS = 2.0  # after which a server on this computer is assumed to have no TLS

_RECORD_TYPES = range(0x14, 0x18)  # the first byte of each TLS record: RFC 8446 section 5.1
_REFUSAL = re.compile(rb"^(?::\S+ +)?ERROR +:?([^\r\n]*)", re.MULTILINE | re.IGNORECASE)
_ABOUT_TLS = re.compile(rb"\b(?:TLS|SSL)\b", re.IGNORECASE)  # the refusal is about TLS itself
_ADVICE = {
    "closed": N_("Try again in a minute."),
    "timeout": N_("If the server does not support encryption, switch it off in the connection settings."),
    "host": N_("Use another name of the server."),
}

log = logging.getLogger(__name__)


class Cancelled(Exception):
    """The connection is not wanted any more."""


class _NoTls(Exception):
    """TLS could not be set up.

    Attributes:
        kind: "refused" when the server sent in plain text why it refuses the connection; "no-tls" when it
            sent other plain text; "closed", "timeout" and "host" as in UnreachableKind.
        reason: Why.
    """

    def __init__(self, kind: Literal["refused", "no-tls", "closed", "timeout", "host"], reason: str) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason


@dataclass(frozen=True, slots=True)
class OpenConnection:
    """A stream that is ready to use.

    Attributes:
        stream: The stream.
        is_local: Whether its server is on this computer.
        certificate: The fingerprint of a certificate that was accepted only because its server is on this
            computer; empty for any other.
    """

    stream: Stream
    is_local: bool
    certificate: str = ""


class TlsDial:
    """One attempt to connect.

    Args:
        wake: Becomes readable when `cancelled` has to be checked.
        cancelled: Whether to give up.
        seconds: The limit for each connection; the TLS handshake has its own.
        protocol: What is spoken over the connection, as ALPN names it.

    Thread:
        One that may block.
    """

    def __init__(
        self,
        target: ServerTarget,
        wake: socket.socket,
        cancelled: Callable[[], bool],
        seconds: float = CONNECT_SECONDS,
        protocol: str = "irc",
    ) -> None:
        self._target = target
        self._protocol = protocol
        self._wake = wake
        self._cancelled = cancelled
        self._seconds = seconds
        self._proxy: ProxyAddress | None = None

    def connect(self) -> OpenConnection:
        """Connect.

        Raises:
            Unreachable: It failed, with the reason for the user.
            Cancelled: `cancelled` returned True.
        """
        target = self._target
        self._proxy = self._choose_proxy()
        sock = self._dial()
        is_local = self._proxy is None and _is_local(sock)  # a proxy on this computer leads to any other
        if target.encrypt == "never" and not target.pin:
            return OpenConnection(self._stream(sock, PlainPipe()), is_local)
        is_first = is_local and not target.pin and not target.known
        try:
            if is_first:
                stream, shown = self._handshake(sock, _accept_any(), LOCAL_HANDSHAKE_SECONDS)
                return OpenConnection(stream, is_local, shown)
            return OpenConnection(self._secure(sock, is_local), is_local)
        except _NoTls as error:
            log.info("No TLS with %s port %s: %s", target.host, target.port, error)
            if is_first and target.encrypt == "auto" and error.kind != "refused":
                return OpenConnection(self._stream(self._dial(), PlainPipe()), is_local)
            raise _unreachable(target, error) from error

    def _secure(self, sock: socket.socket, is_local: bool) -> Stream:
        """Set up TLS; the certificate must be the expected one, or signed by a CA."""
        target = self._target
        expected = target.pin or target.known
        if expected:
            stream, shown = self._handshake(sock, _accept_any(), HANDSHAKE_SECONDS)
            if shown == expected:
                return stream
            stream.close()
            if target.pin:
                raise self._refused(shown, 0, is_local)
            sock = self._dial()
        try:
            return self._handshake(sock, _verify_by_ca(), HANDSHAKE_SECONDS)[0]
        except CertificateError as error:
            stream, shown = self._handshake(self._dial(), _accept_any(), HANDSHAKE_SECONDS)
            stream.close()
            log.info("Certificate %s of %s: %s", shown, target.host, error)
            raise self._refused(shown, error.code, is_local) from error

    def _refused(self, shown: str, code: int, is_local: bool) -> Unreachable:
        problem = find_problem(self._target, shown, code, is_local)
        return Unreachable("certificate", problem.title, problem)

    def _dial(self) -> socket.socket:
        host, port = self._target.host, self._target.port
        if self._proxy is None:
            sock = dial(host, port, self._wake, self._cancelled, self._seconds)
        else:
            sock = dial_through(self._proxy, host, port, self._wake, self._cancelled, self._seconds)
        if sock is None:
            raise Cancelled
        return sock

    def _choose_proxy(self) -> ProxyAddress | None:
        try:
            return proxy_for(self._target.host, self._target.proxy)
        except BadProxy as error:
            raise Unreachable("proxy", str(error)) from error

    def _stream(self, sock: socket.socket, pipe: Pipe) -> Stream:
        return Stream(sock, self._wake, pipe)

    def _handshake(self, sock: socket.socket, context: ssl.SSLContext, seconds: float) -> tuple[Stream, str]:
        """Perform the TLS handshake.

        Returns:
            The stream, and the fingerprint of the server's certificate.

        Raises:
            CertificateError, _NoTls, Cancelled: The socket is closed then.
        """
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_alpn_protocols([self._protocol])
        try:
            pipe = TlsPipe(context, nullcontext(), host=_certificate_name(self._target.host))
        except ValueError as error:
            sock.close()
            raise _NoTls("host", _("no certificate can be valid for this address")) from error
        stream = self._stream(sock, pipe)
        deadline = time.monotonic() + seconds
        try:
            while not pipe.ready:
                left = deadline - time.monotonic()
                if self._cancelled():
                    raise Cancelled
                if left <= 0:
                    raise _NoTls("timeout", _("the server does not answer to TLS"))
                stream.turn((), True, left)
        except BaseException as error:
            stream.close()
            if isinstance(error, TlsError) and not isinstance(error, CertificateError):
                raise _failure(stream.start, str(error)) from error
            if isinstance(error, OSError):
                raise _failure(stream.start, error.strerror or str(error)) from error
            raise
        return stream, fingerprint(pipe.certificate)


def _failure(start: bytes, reason: str) -> _NoTls:
    """Find out why a handshake failed.

    Args:
        start: The first bytes from the server.
        reason: The reason that TLS gives.
    """
    if not start or start[0] in _RECORD_TYPES:
        return _NoTls("closed", reason)
    refusal = _REFUSAL.search(start)
    if refusal and not _ABOUT_TLS.search(refusal[1]):
        return _NoTls("refused", refusal[1].decode(errors="replace").strip())
    return _NoTls("no-tls", reason)


def _unreachable(target: ServerTarget, error: _NoTls) -> Unreachable:
    """Return the failure as an explanation for the user."""
    where = _("{host} on port {port}").format(host=target.host, port=target.port)
    match error.kind:
        case "refused":
            return Unreachable(
                "closed", _("The server closed the connection: {reason}").format(reason=error.reason)
            )
        case "no-tls":
            reason = _("{where} has no encryption: {reason}. Others could read your messages.").format(
                where=where, reason=error.reason
            )
            return Unreachable("no-tls", reason)
        case _:
            return Unreachable(
                error.kind,
                _("No encrypted connection to {where}: {reason}. {advice}").format(
                    where=where, reason=error.reason, advice=_(_ADVICE[error.kind])
                ),
            )


def _is_local(sock: socket.socket) -> bool:
    """Return whether a connection leads to this computer. False if the server has disconnected already."""
    try:
        return is_this_computer(sock.getpeername()[0])
    except OSError:
        return False


def _verify_by_ca() -> ssl.SSLContext:
    """Return a context that accepts certificates signed by a CA of this computer for the right name."""
    return ssl.create_default_context()


def _accept_any() -> ssl.SSLContext:
    """Return a context that accepts any certificate. Its fingerprint is checked after the handshake."""
    return unverified_context()


def _certificate_name(host: str) -> str:
    """Return a host as certificates name it: without a trailing dot, and without the zone of an address."""
    return host.partition("%")[0].removesuffix(".")
