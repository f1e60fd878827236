"""The server's TLS: its certificate, which it makes itself at the first start, and the context that holds it.

A certificate of the configuration (Let's Encrypt, say) takes the place of the own one.
"""

from __future__ import annotations

import os
import socket
import ssl
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from chatapp.protocol.tls import fingerprint
from chatapp.server.config import BadConfig, TlsConfig
from chatapp.server.net.tls.self_signed import make
from chatapp.system import multicast

CERTIFICATE, KEY = "certificate.pem", "key.pem"
PROTOCOL = "irc"  # ALPN, as registered with IANA


def context(config: TlsConfig, data: Path) -> ssl.SSLContext | None:
    """The context for links, or None when TLS is off.

    Takes   data: the folder of the own certificate, which is made if it is not there
    Raises  BadConfig when the configured certificate cannot be used; OSError
    """
    if config.mode == "off":
        return None
    certificate, key = _files(config, data)
    if not (config.certificate or (certificate.exists() and key.exists())):
        _make(certificate, key)
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.options |= ssl.OP_NO_RENEGOTIATION | ssl.OP_NO_COMPRESSION | ssl.OP_CIPHER_SERVER_PREFERENCE
    made.set_ciphers("ECDHE+AESGCM:ECDHE+CHACHA20")
    made.set_alpn_protocols([PROTOCOL])
    try:
        made.load_cert_chain(certificate, key)
    except OSError as error:
        raise BadConfig(f"[tls] certificate {certificate} and key {key} {_why(error)}") from error
    if config.client_authority:
        _ask_clients(made, config.client_authority)
    return made


def _ask_clients(context: ssl.SSLContext, authority: str) -> None:
    """Clients may show a certificate of this authority. OpenSSL takes none that nobody vouches for."""
    context.verify_mode = ssl.CERT_OPTIONAL
    try:
        context.load_verify_locations(authority)
    except OSError as error:
        raise BadConfig(f"[tls] client_authority {authority} {_why(error)}") from error


def _why(error: OSError) -> str:
    """Also of an SSLError, which is one: its reason is in the words of OpenSSL."""
    return f"cannot be used: {getattr(error, 'reason', None) or error.strerror or error}"


def fingerprint_of(config: TlsConfig, data: Path) -> str:
    """By which people know the server's certificate: 64 hexadecimal digits, or nothing when TLS is off.

    Raises  OSError, ValueError
    """
    if config.mode == "off":
        return ""
    return fingerprint(certificate_of(config, data))


def certificate_of(config: TlsConfig, data: Path) -> bytes:
    """The server's certificate in DER.

    Raises:
        OSError, ValueError: it cannot be read.
    """
    pem = _files(config, data)[0].read_text("ascii", errors="replace")  # there may be comments
    start = pem.index(ssl.PEM_HEADER)  # the first of a chain is the server's own
    end = pem.index(ssl.PEM_FOOTER, start) + len(ssl.PEM_FOOTER)
    return ssl.PEM_cert_to_DER_cert(pem[start:end])


def _files(config: TlsConfig, data: Path) -> tuple[Path, Path]:
    """Where certificate and key are, or will be."""
    if config.certificate:
        return Path(config.certificate), Path(config.key or config.certificate)
    return data / CERTIFICATE, data / KEY


def _make(certificate: Path, key: Path) -> None:
    """Make the server's own certificate. Only a server does, which has the data folder to itself."""
    certificate_pem, key_pem = make(*_who(), datetime.now(UTC))
    _write(key, key_pem)
    _write(certificate, certificate_pem)


def _write(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    new = path.with_name(f"{path.name}.new")
    number = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(number, "w", encoding="ascii") as file:
        file.write(text)
    new.replace(path)


def _who() -> tuple[list[str], list[str]]:
    """The names and addresses by which this computer can be reached, as far as it knows them."""
    name = socket.gethostname()
    addresses = {"127.0.0.1", "::1"}
    with suppress(OSError):
        addresses |= {str(info[4][0]).partition("%")[0] for info in socket.getaddrinfo(name, None)}
    with suppress(OSError):
        addresses |= {address for own in multicast.own_addresses().values() for address in own}
    own = [name] if name.isascii() and name.replace("-", "").replace(".", "").isalnum() else []
    return [*own, "localhost"], sorted(addresses)
