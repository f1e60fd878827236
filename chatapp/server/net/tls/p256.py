"""The part of the curve P-256 that signing a certificate needs: keys, public points, signatures.

The time of this arithmetic depends on the numbers, so it could reveal the key to an attacker who measures it.
It is used once, when the server makes its certificate on its own computer. TLS itself signs with OpenSSL.

Source: FIPS 186-5 (curve in SP 800-186), RFC 6979.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator

BYTES = 32  # of a coordinate or scalar

Point = tuple[int, int]
Triple = tuple[int, int, int]

_P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
_N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_G: Point = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def new_key() -> int:
    """Make a private key."""
    return secrets.randbelow(_N - 1) + 1


def public(key: int) -> bytes:
    """Return the public point of a private key, uncompressed.

    Source:
        SEC 1 section 2.3.3.
    """
    x, y = _multiple(key)
    return b"\x04" + x.to_bytes(BYTES, "big") + y.to_bytes(BYTES, "big")


def sign(key: int, message: bytes) -> tuple[int, int]:
    """Return the ECDSA signature of a message with SHA-256: r and s.

    Source:
        FIPS 186-5 section 6.4.1.
    """
    digest = int.from_bytes(hashlib.sha256(message).digest(), "big")
    signatures = (_signature(key, digest, nonce) for nonce in nonces(key, digest))
    return next((r, s) for r, s in signatures if r and s)


def nonces(key: int, digest: int) -> Iterator[int]:
    """Yield the secret numbers for a signature; the first suitable one is used.

    They are derived from key and message, so that a bad source of random numbers cannot reveal the key.

    Source:
        RFC 6979 section 3.2, whose variable names are used.
    """
    seed = key.to_bytes(BYTES, "big") + (digest % _N).to_bytes(BYTES, "big")
    k, v = b"\0" * BYTES, b"\1" * BYTES
    for step in (b"\0", b"\1"):
        k = hmac.digest(k, v + step + seed, "sha256")
        v = hmac.digest(k, v, "sha256")
    while True:
        v = hmac.digest(k, v, "sha256")
        nonce = int.from_bytes(v, "big")
        if 0 < nonce < _N:
            yield nonce
        k = hmac.digest(k, v + b"\0", "sha256")
        v = hmac.digest(k, v, "sha256")


def _signature(key: int, digest: int, nonce: int) -> tuple[int, int]:
    r = _multiple(nonce)[0] % _N
    return r, pow(nonce, -1, _N) * (digest + r * key) % _N


def _multiple(times: int) -> Point:
    """Multiply the generator by a number between 0 and N, by doubling and adding."""
    total = (*_G, 1)
    for bit in f"{times:b}"[1:]:
        total = _double(*total)
        if bit == "1":
            total = _add_generator(*total)
    x, y, z = total
    inverse = pow(z, -1, _P)
    return x * inverse**2 % _P, y * inverse**3 % _P


# Jacobian coordinates: (x, y, z) is the point (x / z², y / z³), so that only the last step divides.
# Source: hyperelliptic.org/EFD, short Weierstrass curves with a = -3, dbl-2001-b and madd.


def _double(x: int, y: int, z: int) -> Triple:
    delta, gamma = z * z % _P, y * y % _P
    beta, alpha = x * gamma % _P, 3 * (x - delta) * (x + delta) % _P
    new_x = (alpha * alpha - 8 * beta) % _P
    return new_x, (alpha * (4 * beta - new_x) - 8 * gamma * gamma) % _P, 2 * y * z % _P


def _add_generator(x: int, y: int, z: int) -> Triple:
    """Add the generator to a point that is neither the generator nor its opposite, as in `_multiple`."""
    square = z * z % _P
    run, rise = (_G[0] * square - x) % _P, (_G[1] * square * z - y) % _P
    run_square = run * run % _P
    run_cube, shared = run * run_square % _P, x * run_square % _P
    new_x = (rise * rise - run_cube - 2 * shared) % _P
    return new_x, (rise * (shared - new_x) - y * run_cube) % _P, z * run % _P
