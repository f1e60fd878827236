"""Finds out whether a server knows an invite code, without telling the code to one that does not.

    client    T = g^a · M^w                     w is made from the code
    server    S = g^b · N^w, and a proof that depends on g^ab, w and the certificate of the server

A party that does not know the code learns nothing from T or S, and can check one guess for each question.
The proof holds for one certificate, so another server cannot pass the question on and answer with it.

Source: RFC 9382 (SPAKE2), with the group 14 of RFC 3526 and only the server's confirmation.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

from chatapp.protocol.code_text import letters

PRIME = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AACAA68FFFFFFFFFFFFFFFF",
    16,
)
GENERATOR = 2
NUMBER_BYTES = 256
SECRET_BITS = 256


class BadNumber(ValueError):
    """A number of the other side is not one of the group."""


class CodeQuestion:
    """What a client asks, once: each server gets another question."""

    def __init__(self, code: str) -> None:
        self._secret = secrets.randbits(SECRET_BITS) | 1
        self._code = _number_of(code)
        self._sent = pow(GENERATOR, self._secret, PRIME) * pow(_M, self._code, PRIME) % PRIME
        self.text = _write(self._sent)

    def is_proof(self, answer: str, proof: str, fingerprint: str) -> bool:
        """Return whether an answer proves that the server with this certificate knows the code."""
        try:
            number = _read(answer)
        except BadNumber:
            return False
        shared = pow(number * pow(_N, -self._code, PRIME), self._secret, PRIME)
        expected = _proof(shared, self._code, self._sent, number, fingerprint)
        return hmac.compare_digest(expected.encode(), proof.encode(errors="replace"))


def answer(code: str, question: str, fingerprint: str) -> tuple[str, str]:
    """Return a server's answer and its proof.

    Args:
        code: A code that the server knows.
        question: The text of a `CodeQuestion`.
        fingerprint: SHA-256 of its certificate, 64 hexadecimal digits.

    Raises:
        BadNumber: The question is none.
    """
    asked, known = _read(question), _number_of(code)
    secret = secrets.randbits(SECRET_BITS) | 1
    number = pow(GENERATOR, secret, PRIME) * pow(_N, known, PRIME) % PRIME
    shared = pow(asked * pow(_M, -known, PRIME), secret, PRIME)
    return _write(number), _proof(shared, known, asked, number, fingerprint)


def _proof(shared: int, code: int, asked: int, answered: int, fingerprint: str) -> str:
    parts = b"".join(each.to_bytes(NUMBER_BYTES, "big") for each in (shared, code, asked, answered))
    return hmac.new(hashlib.sha256(parts).digest(), fingerprint.lower().encode(), "sha256").hexdigest()


def _number_of(code: str) -> int:
    return int.from_bytes(hashlib.sha256(b"chatapp invite code " + letters(code).encode()).digest(), "big")


def _constant(name: bytes) -> int:
    """Return a number of the group whose logarithm nobody knows."""
    wide = hashlib.shake_256(b"chatapp invite code constant " + name).digest(NUMBER_BYTES + 16)
    return pow(int.from_bytes(wide, "big") % PRIME, 2, PRIME)


def _write(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(NUMBER_BYTES, "big")).decode().rstrip("=")


def _read(text: str) -> int:
    try:
        data = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (ValueError, binascii.Error) as error:
        raise BadNumber from error
    number = int.from_bytes(data, "big") if len(data) == NUMBER_BYTES else 0
    if not 1 < number < PRIME - 1:
        raise BadNumber
    return number


_M, _N = _constant(b"M"), _constant(b"N")
