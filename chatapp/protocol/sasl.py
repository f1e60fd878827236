"""SASL over AUTHENTICATE: responses in pieces of 400 characters, and the mechanisms PLAIN and EXTERNAL.

    client   AUTHENTICATE PLAIN            server   AUTHENTICATE +
    client   AUTHENTICATE AGFubgBzM2NyZXQ=

SCRAM-SHA-256 is in `scram.py`. The caller handles an abort (`AUTHENTICATE *`).

Source: IRCv3 sasl-3.1, RFC 4422, RFC 4616.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from chatapp.protocol.names import fold

PIECE = 400  # the most base64 characters in one AUTHENTICATE
RESPONSE = 16 * PIECE  # the most base64 characters in one response
BASE64 = r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"

_BASE64 = re.compile(BASE64)


class Mechanism(NamedTuple):
    """The properties of a mechanism that both sides need. Each side has its own table of steps.

    Attributes:
        name: As AUTHENTICATE names it.
        reveals_password: The response contains the password itself, so the connection must be private.
        needs_certificate: The client has to send a certificate in the TLS handshake.
    """

    name: str
    reveals_password: bool = False
    needs_certificate: bool = False


PLAIN = Mechanism("PLAIN", reveals_password=True)
SCRAM_SHA_256 = Mechanism("SCRAM-SHA-256")
EXTERNAL = Mechanism("EXTERNAL", needs_certificate=True)
MECHANISMS = {each.name: each for each in (PLAIN, SCRAM_SHA_256, EXTERNAL)}
"""All mechanisms by name, in the order in which a server lists them."""


class SaslError(ValueError):
    """The peer's message is malformed, or its proof is wrong (numeric 904)."""


class PieceTooLong(SaslError):
    """An AUTHENTICATE has more than PIECE characters (numeric 905)."""


def split_response(response: bytes) -> list[str]:
    """Return the parameters of the AUTHENTICATE lines that send these bytes."""
    text = base64_text(response)
    cuts = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
    return cuts if len(text) % PIECE else [*cuts, "+"]  # an empty response, or a full last piece


class Response:
    """Joins the pieces of one response.

    Args:
        longest: The largest number of base64 characters of all pieces together.
    """

    __slots__ = ("_longest", "_text")

    def __init__(self, longest: int = RESPONSE) -> None:
        self._longest = longest
        self._text = ""

    def feed(self, piece: str) -> bytes | None:
        """Add a piece.

        Returns:
            The whole response after its last piece; None before.

        Raises:
            PieceTooLong: The piece has more than PIECE bytes. The response is dropped.
            SaslError: The response is too long, or not base64. It is dropped.
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
    """Check the length of the parameter of an AUTHENTICATE.

    Raises:
        PieceTooLong: It has more than PIECE bytes.
    """
    if len(piece.encode()) > PIECE:
        raise PieceTooLong("too long")


@dataclass(frozen=True, slots=True)
class Plain:
    """A login with PLAIN: account and password."""

    account: str
    password: str = field(repr=False)

    def __bytes__(self) -> bytes:
        return f"\0{self.account}\0{self.password}".encode()

    @classmethod
    def read(cls, response: bytes) -> Plain:
        """Read a response of the client.

        Raises:
            SaslError: It is malformed, or for another account.
        """
        parts = response_text(response).split("\0")
        if len(parts) != 3 or not parts[1] or not parts[2]:
            raise SaslError("not a PLAIN response")
        identity, account, password = parts
        check_authorization(identity, account)
        return cls(account, password)


def read_external(response: bytes) -> str:
    """Return the identity that an EXTERNAL response requests; empty means the one of the certificate.

    Raises:
        SaslError: It is malformed.

    Source:
        RFC 4422 appendix A.
    """
    identity = response_text(response)
    if "\0" in identity:
        raise SaslError("not an EXTERNAL response")
    return identity


def response_text(response: bytes) -> str:
    """Decode a response.

    Raises:
        SaslError: It is not UTF-8.
    """
    try:
        return response.decode()
    except UnicodeDecodeError as error:
        raise SaslError("invalid-encoding") from error


def check_authorization(identity: str, account: str) -> None:
    """Check that the authorization identity is the account itself, or missing.

    Raises:
        SaslError: It is another one; logging in for another account is not supported.
    """
    if identity and fold(identity) != fold(account):
        raise SaslError("other-error")


def base64_text(data: bytes) -> str:
    """Write bytes in base64, padded."""
    return base64.b64encode(data).decode()
