"""What is kept in place of a password: SCRAM-SHA-256 keys, from which nobody can log in.

    SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>

`salted`, and with it `Credentials.make` and `fits`, counts the rounds of PBKDF2: it takes some 20 ms and lets
other threads run meanwhile. It belongs into a job, never into a turn.

Source  RFC 5802 section 3, RFC 7677, RFC 4013 and 3454 (SASLprep); the form above is PostgreSQL's
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import stringprep
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from chatapp.protocol.sasl import BASE64, base64_text

ROUNDS = 100_000  # of PBKDF2, for new credentials
FEWEST_ROUNDS = 4096  # RFC 7677 section 4
MOST_ROUNDS = 10_000_000  # some two seconds; who asks for more wants to keep us busy
SALT_BYTES = 16
BASE64_KEY = r"[A-Za-z0-9+/]{43}="  # 32 bytes, as SHA-256 gives them

_STORED = re.compile(rf"SCRAM-SHA-256\$([1-9][0-9]{{0,8}}):({BASE64})\$({BASE64_KEY}):({BASE64_KEY})")
_PROHIBITED: tuple[Callable[[str], bool], ...] = (  # RFC 4013 section 2.3
    stringprep.in_table_c12,
    stringprep.in_table_c21_c22,
    stringprep.in_table_c3,
    stringprep.in_table_c4,
    stringprep.in_table_c5,
    stringprep.in_table_c6,
    stringprep.in_table_c7,
    stringprep.in_table_c8,
    stringprep.in_table_c9,
)


class Unprepared(ValueError):
    """A text that can be no password: empty, or with characters that SASLprep forbids."""


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """The keys that one password leaves behind, with the salt and the rounds that led to them."""

    iterations: int
    salt: bytes
    stored_key: bytes
    server_key: bytes

    @classmethod
    def make(cls, password: str, salt: bytes, iterations: int = ROUNDS) -> Credentials:
        """The credentials of a password.

        Takes   salt: SALT_BYTES fresh random bytes
        Raises  Unprepared
        """
        return cls.of_key(salted(password, salt, iterations), salt, iterations)

    @classmethod
    def of_key(cls, salted_password: bytes, salt: bytes, iterations: int) -> Credentials:
        stored_key = hashlib.sha256(client_key(salted_password)).digest()
        return cls(iterations, salt, stored_key, server_key(salted_password))

    @classmethod
    def nobodys(cls, name: str, secret: bytes, iterations: int = ROUNDS) -> Credentials:
        """Credentials that no password fits, always the same for a name: for a name without an account, so
        that nobody learns from an answer, or from the time it takes, which accounts there are.

        Takes  secret: random bytes that the server keeps for itself
        """
        salt, stored, server = (keyed_hash(secret, label + name.encode()) for label in (b"s:", b"c:", b"k:"))
        return cls(iterations, salt[:SALT_BYTES], stored, server)

    @classmethod
    def parse(cls, text: str) -> Credentials:
        """Raises  ValueError when this is not the form that `stored` writes"""
        match = _STORED.fullmatch(text)
        if not match or not match[2] or int(match[1]) < FEWEST_ROUNDS:
            raise ValueError("these are no stored credentials")
        return cls(int(match[1]), *map(base64.b64decode, match.groups()[1:]))

    def stored(self) -> str:
        """The form in which they are kept."""
        salt, stored, server = map(base64_text, (self.salt, self.stored_key, self.server_key))
        return f"SCRAM-SHA-256${self.iterations}:{salt}${stored}:{server}"

    def __repr__(self) -> str:
        return "<Credentials>"  # nothing for a log or a traceback

    def fits(self, password: str) -> bool:
        """Whether this is the password; as slow for a wrong one as for the right one."""
        try:
            key = salted(password, self.salt, self.iterations)
        except Unprepared:
            return False
        mine = Credentials.of_key(key, self.salt, self.iterations)
        return hmac.compare_digest(mine.stored_key, self.stored_key)


def salted(password: str, salt: bytes, iterations: int) -> bytes:
    """The SaltedPassword of RFC 5802: the one slow step.

    Raises  Unprepared
    """
    return hashlib.pbkdf2_hmac("sha256", prepare(password).encode(), salt, iterations)


def client_key(salted_password: bytes) -> bytes:
    """What proves that one knows the password."""
    return keyed_hash(salted_password, b"Client Key")


def server_key(salted_password: bytes) -> bytes:
    """What proves that one knows the credentials."""
    return keyed_hash(salted_password, b"Server Key")


def keyed_hash(key: bytes, text: bytes) -> bytes:
    """HMAC with SHA-256."""
    return hmac.digest(key, text, "sha256")


def prepare(text: str) -> str:
    """The form of a password that is hashed, so that it is the same from any keyboard: SASLprep.

    Characters that Unicode 3.2 did not have pass as they are ("query" of RFC 3454 section 7).

    Raises  Unprepared
    Source  RFC 4013 section 2
    """
    if not (text.isascii() and text.isprintable()):
        text = "".join(
            " " if stringprep.in_table_c12(c) else c for c in text if not stringprep.in_table_b1(c)
        )
        text = unicodedata.ucd_3_2_0.normalize("NFKC", text)
        if any(prohibited(character) for prohibited in _PROHIBITED for character in text):
            raise Unprepared("a password cannot hold control characters or the like")
        _check_direction(text)
    if not text:
        raise Unprepared("a password cannot be empty")
    return text


def _check_direction(text: str) -> None:
    """RFC 3454 section 6: letters of one direction; if that is leftward, one of them at either end."""
    leftward = [stringprep.in_table_d1(character) for character in text]
    if any(leftward):
        mixed = any(stringprep.in_table_d2(character) for character in text)
        if mixed or not (leftward[0] and leftward[-1]):
            raise Unprepared("a password cannot mix letters of both directions")
