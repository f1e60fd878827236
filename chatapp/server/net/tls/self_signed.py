"""Makes a self-signed certificate, so that TLS works from the first start.

No CA has signed it: clients learn its fingerprint from an invite link, or store it at the first connection.

Source: RFC 5280 (certificate), RFC 5480 and 5758 (P-256 with SHA-256), RFC 5958 and 5915 (key).
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import textwrap
from collections.abc import Sequence
from datetime import datetime, timedelta

from chatapp.protocol.addresses import packed
from chatapp.server.net.tls import der, p256

VALID = timedelta(days=3652)  # ten years
BEFORE = timedelta(days=1)  # valid since yesterday, because clocks of clients differ
SERIAL_BITS = 159  # at most 20 bytes, positive
COMMON_NAME_CHARACTERS = 64
KEY_IDENTIFIER_BYTES = 20

_HOST = re.compile(rb"[\w.*-]+", re.ASCII)
_ECDSA_WITH_SHA256 = der.sequence(der.identifier("1.2.840.10045.4.3.2"))
_EC_P256 = der.sequence(der.identifier("1.2.840.10045.2.1"), der.identifier("1.2.840.10045.3.1.7"))
_COMMON_NAME = der.identifier("2.5.4.3")
_SUBJECT_KEY_IDENTIFIER = der.identifier("2.5.29.14")
_KEY_USAGE = der.identifier("2.5.29.15")
_SUBJECT_ALT_NAME = der.identifier("2.5.29.17")
_BASIC_CONSTRAINTS = der.identifier("2.5.29.19")
_EXTENDED_KEY_USAGE = der.identifier("2.5.29.37")
_SERVER_AUTH = der.identifier("1.3.6.1.5.5.7.3.1")
_DNS = 0x82  # the tag of a dNSName
_VERSION_3 = der.tagged(0, der.integer(2))
_DIGITAL_SIGNATURE = der.bit_string(b"\x80", unused=7)


def make(names: Sequence[str], addresses: Sequence[str], now: datetime) -> tuple[str, str]:
    """Make a certificate and its private key, both in PEM.

    Args:
        names: Host names; the first one is the common name.
        addresses: IPv4 and IPv6 addresses.
        now: With a time zone.

    Raises:
        ValueError: A name or address is not valid, or there are none.
    """
    key = p256.new_key()
    to_sign = _to_sign(names, addresses, now, p256.public(key))
    signature = der.sequence(*map(der.integer, p256.sign(key, to_sign)))
    certificate = der.sequence(to_sign, _ECDSA_WITH_SHA256, der.bit_string(signature))
    return _pem("CERTIFICATE", certificate), _pem("PRIVATE KEY", _private(key))


def names(certificate: bytes) -> list[str]:
    """Return the host names of a certificate in DER, without the addresses.

    Source:
        RFC 5280 section 4.2.1.6.
    """
    _, found, after = certificate.partition(_SUBJECT_ALT_NAME)
    if not found:
        return []
    extension = [content for tag, content in der.values(after) if tag == der.OCTET_STRING][:1]
    several = [content for each in extension for _, content in der.values(each)]
    return [
        content.decode("ascii", errors="replace")
        for each in several
        for tag, content in der.values(each)
        if tag == _DNS
    ]


def _to_sign(names: Sequence[str], addresses: Sequence[str], now: datetime, public: bytes) -> bytes:
    """Write the TBSCertificate, the part that is signed."""
    subject = _name([*names, *addresses])
    return der.sequence(
        _VERSION_3,
        der.integer(secrets.randbelow(2**SERIAL_BITS - 1) + 1),
        _ECDSA_WITH_SHA256,
        subject,  # the issuer
        der.sequence(der.time(now - BEFORE), der.time(now + VALID)),
        subject,
        der.sequence(_EC_P256, der.bit_string(public)),
        der.tagged(3, der.sequence(*_extensions(names, addresses, public))),
    )


def _extensions(names: Sequence[str], addresses: Sequence[str], public: bytes) -> list[bytes]:
    key_identifier = hashlib.sha256(public).digest()[:KEY_IDENTIFIER_BYTES]  # RFC 7093 section 2, method 1
    return [
        _extension(_BASIC_CONSTRAINTS, der.sequence(), critical=True),  # it is not a CA
        _extension(_KEY_USAGE, _DIGITAL_SIGNATURE, critical=True),
        _extension(_EXTENDED_KEY_USAGE, der.sequence(_SERVER_AUTH)),
        _extension(_SUBJECT_KEY_IDENTIFIER, der.octet_string(key_identifier)),
        _extension(_SUBJECT_ALT_NAME, der.sequence(*map(_dns, names), *map(_address, addresses))),
    ]


def _extension(name: bytes, content: bytes, critical: bool = False) -> bytes:
    return der.sequence(name, der.boolean(True) if critical else b"", der.octet_string(content))


def _name(names: Sequence[str]) -> bytes:
    if not names:
        raise ValueError("a certificate needs a name or an address")
    return der.sequence(der.set_of(der.sequence(_COMMON_NAME, der.text(names[0][:COMMON_NAME_CHARACTERS]))))


def _dns(name: str) -> bytes:
    ascii_name = name.encode("idna")
    if not _HOST.fullmatch(ascii_name):
        raise ValueError(f"{name!r} is not a host name")
    return der.value(_DNS, ascii_name)


def _address(address: str) -> bytes:
    return der.value(0x87, packed(address))


def _private(key: int) -> bytes:
    inner = der.sequence(
        der.integer(1),
        der.octet_string(key.to_bytes(p256.BYTES, "big")),
        der.tagged(1, der.bit_string(p256.public(key))),
    )
    return der.sequence(der.integer(0), _EC_P256, der.octet_string(inner))


def _pem(label: str, content: bytes) -> str:
    lines = textwrap.wrap(base64.b64encode(content).decode(), 64)
    return "\n".join((f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""))
