"""SASL inside AUTHENTICATE: responses in pieces of 400, and the mechanisms PLAIN and EXTERNAL.

    client   AUTHENTICATE PLAIN            server   AUTHENTICATE +
    client   AUTHENTICATE AGFubgBzM2NyZXQ=

SCRAM-SHA-256 has a module of its own, `scram`. An abort (`AUTHENTICATE *`) is the caller's to notice.

Source  IRCv3 sasl-3.1, RFC 4422, RFC 4616
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from chatapp.protocol.names import fold

PIECE = 400  # characters of base64 in one AUTHENTICATE
RESPONSE = 16 * PIECE  # most characters of base64 in one response
BASE64 = r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"

_BASE64 = re.compile(BASE64)


class Mechanism(NamedTuple):
    """What both sides know of a mechanism. Each side has a table of what it does for it.

    Attributes:
        name: As AUTHENTICATE names it.
        reveals_password: The response contains the password itself, so it is for private connections only.
        needs_certificate: The client has to show a certificate in the TLS handshake.
    """

    name: str
    reveals_password: bool = False
    needs_certificate: bool = False


PLAIN = Mechanism("PLAIN", reveals_password=True)
SCRAM_SHA_256 = Mechanism("SCRAM-SHA-256")
EXTERNAL = Mechanism("EXTERNAL", needs_certificate=True)
MECHANISMS = {each.name: each for each in (PLAIN, SCRAM_SHA_256, EXTERNAL)}
"""By name, in the order in which a server lists them."""


class SaslError(ValueError):
    """The peer's words break the rules of the mechanism, or prove nothing (numeric 904)."""


class PieceTooLong(SaslError):
    """One AUTHENTICATE has more than PIECE characters (numeric 905)."""


def pieces(response: bytes) -> list[str]:
    """What stands after AUTHENTICATE, line by line, to say these bytes."""
    text = base64_text(response)
    cuts = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
    return cuts if len(text) % PIECE else [*cuts, "+"]  # nothing at all, or a full last piece


class Response:
    """Puts one response together from the pieces of its lines.

    Takes  longest: characters of base64 in all
    """

    __slots__ = ("_longest", "_text")

    def __init__(self, longest: int = RESPONSE) -> None:
        self._longest = longest
        self._text = ""

    def feed(self, piece: str) -> bytes | None:
        """The whole response once this was its last piece; then the next response may begin.

        Raises  PieceTooLong, SaslError; what was collected is forgotten then
        """
        text = self._text + ("" if piece == "+" else piece)
        self._text = ""
        check_piece(piece)
        if len(text) > self._longest:
            raise SaslError("too long")
        if len(piece) == PIECE:
            self._text = text
            return None
        if not _BASE64.fullmatch(text):
            raise SaslError("invalid-encoding")
        return base64.b64decode(text)


def check_piece(piece: str) -> None:
    """Check the length of what one AUTHENTICATE says.

    Raises:
        PieceTooLong: It has more than PIECE bytes.
    """
    if len(piece.encode()) > PIECE:
        raise PieceTooLong("too long")


@dataclass(frozen=True, slots=True)
class Plain:
    """A login with PLAIN: who, with which password."""

    account: str
    password: str = field(repr=False)

    def __bytes__(self) -> bytes:
        return f"\0{self.account}\0{self.password}".encode()

    @classmethod
    def read(cls, response: bytes) -> Plain:
        """Raises  SaslError"""
        words = response_text(response).split("\0")
        if len(words) != 3 or not words[1] or not words[2]:
            raise SaslError("no PLAIN response")
        behalf, account, password = words
        refuse_another(behalf, account)
        return cls(account, password)


def read_external(response: bytes) -> str:
    """The identity that an EXTERNAL response asks for; empty is the one that the certificate stands for.

    Raises  SaslError
    Source  RFC 4422 appendix A
    """
    identity = response_text(response)
    if "\0" in identity:
        raise SaslError("no EXTERNAL response")
    return identity


def response_text(response: bytes) -> str:
    """Raises  SaslError when these bytes are no UTF-8"""
    try:
        return response.decode()
    except UnicodeDecodeError as error:
        raise SaslError("invalid-encoding") from error


def refuse_another(behalf: str, account: str) -> None:
    """Nobody logs in on behalf of somebody else: an authorization identity is the account, or not said.

    Raises  SaslError
    """
    if behalf and fold(behalf) != fold(account):
        raise SaslError("other-error")


def base64_text(data: bytes) -> str:
    """These bytes in base64, padded."""
    return base64.b64encode(data).decode()
