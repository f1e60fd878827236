"""The server's TLS context, with the configured certificate or one that is made at the first start."""

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
    """Make the context for links; None when TLS is off.

    Args:
        data: The folder of the server's own certificate, which is made if it is missing.

    Raises:
        BadConfig: The configured certificate cannot be used.
        OSError: The server's own certificate cannot be read or written.
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
        raise BadConfig(f"[tls] certificate {certificate} and key {key} {_explain(error)}") from error
    if config.client_authority:
        _request_client_certificates(made, config.client_authority)
    return made


def _request_client_certificates(context: ssl.SSLContext, authority: str) -> None:
    """Let clients send a certificate of this CA. OpenSSL accepts no other certificates from clients."""
    context.verify_mode = ssl.CERT_OPTIONAL
    try:
        context.load_verify_locations(authority)
    except OSError as error:
        raise BadConfig(f"[tls] client_authority {authority} {_explain(error)}") from error


def _explain(error: OSError) -> str:
    """Return the reason of an OSError, or of an SSLError, whose reason is OpenSSL's."""
    return f"cannot be used: {getattr(error, 'reason', None) or error.strerror or error}"


def fingerprint_of(config: TlsConfig, data: Path) -> str:
    """Return the fingerprint of the server's certificate, 64 hexadecimal digits; empty when TLS is off.

    Raises:
        OSError, ValueError: The certificate cannot be read.
    """
    if config.mode == "off":
        return ""
    return fingerprint(certificate_of(config, data))


def certificate_of(config: TlsConfig, data: Path) -> bytes:
    """Return the server's certificate in DER.

    Raises:
        OSError, ValueError: It cannot be read.
    """
    pem = _files(config, data)[0].read_text("ascii", errors="replace")  # comments may be in another encoding
    start = pem.index(ssl.PEM_HEADER)  # the first certificate of a chain is the server's
    end = pem.index(ssl.PEM_FOOTER, start) + len(ssl.PEM_FOOTER)
    return ssl.PEM_cert_to_DER_cert(pem[start:end])


def _files(config: TlsConfig, data: Path) -> tuple[Path, Path]:
    """Return the files of certificate and key, which may be missing."""
    if config.certificate:
        return Path(config.certificate), Path(config.key or config.certificate)
    return data / CERTIFICATE, data / KEY


def _make(certificate: Path, key: Path) -> None:
    """Make the server's own certificate. Called only by a server, which has locked the data folder."""
    certificate_pem, key_pem = make(*_own_names(), datetime.now(UTC))
    _write(key, key_pem)
    _write(certificate, certificate_pem)


def _write(path: Path, text: str) -> None:
    """Write a file that only its owner can read. It is replaced as a whole."""
    new = path.with_name(f"{path.name}.new")
    number = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(number, "w", encoding="ascii") as file:
        file.write(text)
    new.replace(path)


def _own_names() -> tuple[list[str], list[str]]:
    """Return the known names and addresses of this computer."""
    name = socket.gethostname()
    addresses = {"127.0.0.1", "::1"}
    with suppress(OSError):
        addresses |= {str(info[4][0]).partition("%")[0] for info in socket.getaddrinfo(name, None)}
    with suppress(OSError):
        addresses |= {address for own in multicast.own_addresses().values() for address in own}
    own = [name] if name.isascii() and name.replace("-", "").replace(".", "").isalnum() else []
    return [*own, "localhost"], sorted(addresses)
