"""Stored credentials: SCRAM-SHA-256 keys instead of the password. They are not enough to log in.

    SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>

`salt_password`, and so `Credentials.make` and `Credentials.matches`, computes PBKDF2. That takes about 20 ms,
during which other threads run. Call them on a worker thread, never in a turn of the core.

Source: RFC 5802 section 3, RFC 7677, RFC 4013 and 3454 (SASLprep); the format above is PostgreSQL's.
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

ROUNDS = 100_000  # iterations of PBKDF2 for new credentials
FEWEST_ROUNDS = 4096  # RFC 7677 section 4
MOST_ROUNDS = 10_000_000  # about two seconds; only a malicious server asks for more
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


class InvalidPassword(ValueError):
    """A text is not a valid password: it is empty, or contains characters that SASLprep prohibits."""


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """The keys derived from a password, with the salt and the number of rounds."""

    iterations: int
    salt: bytes
    stored_key: bytes
    server_key: bytes

    @classmethod
    def make(cls, password: str, salt: bytes, iterations: int = ROUNDS) -> Credentials:
        """Derive the keys of a password.

        Args:
            salt: SALT_BYTES new random bytes.

        Raises:
            InvalidPassword: The password is not valid.
        """
        return cls.from_salted(salt_password(password, salt, iterations), salt, iterations)

    @classmethod
    def from_salted(cls, salted_password: bytes, salt: bytes, iterations: int) -> Credentials:
        """Derive the keys from a password that `salt_password` has salted."""
        stored_key = hashlib.sha256(client_key(salted_password)).digest()
        return cls(iterations, salt, stored_key, server_key(salted_password))

    @classmethod
    def decoy(cls, name: str, secret: bytes, iterations: int = ROUNDS) -> Credentials:
        """Return credentials that no password fits, always the same for a name.

        They stand for a name without an account, so that neither the reply nor its time reveals which
        accounts exist.

        Args:
            secret: Secret random bytes of the server.
        """
        salt, stored, server = (keyed_hash(secret, label + name.encode()) for label in (b"s:", b"c:", b"k:"))
        return cls(iterations, salt[:SALT_BYTES], stored, server)

    @classmethod
    def parse(cls, text: str) -> Credentials:
        """Read the format that `stored` writes.

        Raises:
            ValueError: It is another format.
        """
        match = _STORED.fullmatch(text)
        if not match or not match[2] or int(match[1]) < FEWEST_ROUNDS:
            raise ValueError("not stored credentials")
        return cls(int(match[1]), *map(base64.b64decode, match.groups()[1:]))

    def stored(self) -> str:
        """Write the format in which they are stored."""
        salt, stored, server = map(base64_text, (self.salt, self.stored_key, self.server_key))
        return f"SCRAM-SHA-256${self.iterations}:{salt}${stored}:{server}"

    def __repr__(self) -> str:
        return "<Credentials>"  # no secrets in logs and tracebacks

    def matches(self, password: str) -> bool:
        """Return whether this is the password. The check takes the same time for a wrong one."""
        try:
            key = salt_password(password, self.salt, self.iterations)
        except InvalidPassword:
            return False
        mine = Credentials.from_salted(key, self.salt, self.iterations)
        return hmac.compare_digest(mine.stored_key, self.stored_key)


def salt_password(password: str, salt: bytes, iterations: int) -> bytes:
    """Return the SaltedPassword of RFC 5802, the only slow step.

    Raises:
        InvalidPassword: The password is not valid.
    """
    return hashlib.pbkdf2_hmac("sha256", prepare(password).encode(), salt, iterations)


def client_key(salted_password: bytes) -> bytes:
    """Return the key that proves knowledge of the password."""
    return keyed_hash(salted_password, b"Client Key")


def server_key(salted_password: bytes) -> bytes:
    """Return the key that proves knowledge of the credentials."""
    return keyed_hash(salted_password, b"Server Key")


def keyed_hash(key: bytes, text: bytes) -> bytes:
    """Return the HMAC of a text with SHA-256."""
    return hmac.digest(key, text, "sha256")


def prepare(text: str) -> str:
    """Apply SASLprep: return the form of a password that is hashed, the same from any keyboard.

    Characters that Unicode 3.2 does not have stay unchanged ("query" in RFC 3454 section 7).

    Raises:
        InvalidPassword: The password is empty, or contains prohibited characters.

    Source:
        RFC 4013 section 2.
    """
    if not (text.isascii() and text.isprintable()):
        text = "".join(
            " " if stringprep.in_table_c12(c) else c for c in text if not stringprep.in_table_b1(c)
        )
        text = unicodedata.ucd_3_2_0.normalize("NFKC", text)
        if any(prohibited(character) for prohibited in _PROHIBITED for character in text):
            raise InvalidPassword("a password cannot contain control characters")
        _check_direction(text)
    if not text:
        raise InvalidPassword("a password cannot be empty")
    return text


def _check_direction(text: str) -> None:
    """Check RFC 3454 section 6: one writing direction; if right-to-left, such letters at both ends."""
    leftward = [stringprep.in_table_d1(character) for character in text]
    if any(leftward):
        mixed = any(stringprep.in_table_d2(character) for character in text)
        if mixed or not (leftward[0] and leftward[-1]):
            raise InvalidPassword("a password cannot mix left-to-right and right-to-left letters")
