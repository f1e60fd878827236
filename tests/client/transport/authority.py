"""A certificate authority for tests, and a server that presents its certificates."""

from __future__ import annotations

import base64
import contextlib
import secrets
import socket
import ssl
import tempfile
import textwrap
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from chatapp.protocol.tls import fingerprint
from chatapp.server.net.tls import der, p256

DAY = timedelta(days=1)
PATIENCE = 10.0  # seconds; the operations take milliseconds

_SIGNED_WITH = der.sequence(der.identifier("1.2.840.10045.4.3.2"))
_CURVE = der.sequence(der.identifier("1.2.840.10045.2.1"), der.identifier("1.2.840.10045.3.1.7"))


@dataclass(frozen=True)
class Pair:
    """A certificate and its key, in PEM."""

    certificate: str
    key: str

    @property
    def fingerprint(self) -> str:
        return fingerprint(ssl.PEM_cert_to_DER_cert(self.certificate))


class Authority:
    """Sign certificates. `certificate` is the one that a computer has to trust."""

    def __init__(self, name: str = "Test authority") -> None:
        self._name = name
        self._key = p256.new_key()
        rights = [
            _extension("2.5.29.19", der.sequence(der.boolean(True))),  # it is a CA
            _extension("2.5.29.15", der.bit_string(b"\x04", unused=2)),
        ]
        now = datetime.now(UTC)
        self.certificate = _pem("CERTIFICATE", self._signed(name, self._key, now - DAY, now + DAY, rights))

    def sign(self, *names: str, since: datetime | None = None, until: datetime | None = None) -> Pair:
        """Return a certificate for these names and addresses, by default valid yesterday to tomorrow."""
        key, now = p256.new_key(), datetime.now(UTC)
        also = [_extension("2.5.29.17", der.sequence(*map(_alternative, names)), False)]
        body = self._signed(names[0], key, since or now - DAY, until or now + DAY, also)
        private = der.sequence(
            der.integer(1), der.octet_string(key.to_bytes(p256.BYTES, "big")), der.tagged(1, _public(key))
        )
        return Pair(
            _pem("CERTIFICATE", body),
            _pem("PRIVATE KEY", der.sequence(der.integer(0), _CURVE, der.octet_string(private))),
        )

    def _signed(
        self, name: str, key: int, since: datetime, until: datetime, extensions: Sequence[bytes]
    ) -> bytes:
        identity = der.octet_string(_public(key)[-20:])
        authority = der.sequence(der.value(0x80, _public(self._key)[-20:]))
        every = [
            *extensions,
            _extension("2.5.29.14", identity, False),
            _extension("2.5.29.35", authority, False),
        ]
        body = der.sequence(
            der.tagged(0, der.integer(2)),
            der.integer(secrets.randbits(100) + 1),
            _SIGNED_WITH,
            _called(self._name),
            der.sequence(der.time(since), der.time(until)),
            _called(name),
            der.sequence(_CURVE, _public(key)),
            der.tagged(3, der.sequence(*every)),
        )
        signature = der.sequence(*map(der.integer, p256.sign(self._key, body)))
        return der.sequence(body, _SIGNED_WITH, der.bit_string(signature))


class Server:
    """Accept connections on a free port of this computer until closed, and record what is received.

    Args:
     shown: The certificate; None for a server without TLS.
     greeting: What a server without TLS sends at once.
     hangs_up: Whether it closes the connection after the greeting.
    """

    def __init__(
        self, shown: Pair | None, greeting: bytes = b"", host: str = "127.0.0.1", hangs_up: bool = False
    ) -> None:
        self._hangs_up = hangs_up
        self.shown = shown
        self.received: list[bytearray] = []  # for each connection; decrypted if it uses TLS
        self.greeting = greeting
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, 0), family=family)
        self.port: int = self._listener.getsockname()[1]
        self._ending = threading.Event()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        """Stop accepting and wait for the end of the connections."""
        self._ending.set()
        with contextlib.suppress(OSError):
            socket.create_connection(self._listener.getsockname()[:2], PATIENCE).close()
        for thread in self._threads:
            thread.join(PATIENCE)
        self._listener.close()

    def _accept(self) -> None:
        while not self._ending.is_set():
            sock, _ = self._listener.accept()
            if self._ending.is_set():
                sock.close()
                return
            self._threads.append(threading.Thread(target=self._serve, args=(sock,), daemon=True))
            self._threads[-1].start()

    def _serve(self, sock: socket.socket) -> None:
        received = bytearray()
        self.received.append(received)
        with contextlib.suppress(OSError), sock:
            if self.shown is None:
                if self._hangs_up:
                    received += sock.recv(4096)
                sock.sendall(self.greeting)
                if not self._hangs_up:
                    self._listen(sock, received)
            else:
                with _context(self.shown).wrap_socket(sock, server_side=True) as secure:
                    secure.sendall(b":srv NOTICE * :Hello\r\n")
                    self._listen(secure, received)

    def _listen(self, sock: socket.socket, received: bytearray) -> None:
        while data := sock.recv(4096):
            received += data


def _context(shown: Pair) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(["irc"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pair.pem"
        path.write_text(shown.certificate + shown.key)
        context.load_cert_chain(path)
    return context


def _public(key: int) -> bytes:
    return der.bit_string(p256.public(key))


def _called(name: str) -> bytes:
    return der.sequence(der.set_of(der.sequence(der.identifier("2.5.4.3"), der.text(name))))


def _extension(name: str, content: bytes, critical: bool = True) -> bytes:
    return der.sequence(
        der.identifier(name), der.boolean(True) if critical else b"", der.octet_string(content)
    )


def _alternative(name: str) -> bytes:
    try:
        return der.value(0x87, ip_address(name).packed)
    except ValueError:
        return der.value(0x82, name.encode("idna"))


def _pem(label: str, content: bytes) -> str:
    lines = textwrap.wrap(base64.b64encode(content).decode(), 64)
    return "\n".join((f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""))
