"""SCRAM-SHA-256 for both sides: each proves that it knows the password, without sending it.

Each state of an exchange is a value that allows only the next step:

    client  Hello(account, nonce)               .message is sent: n,,n=ann,r=<nonce>
    server  ScramClient.read(message)           .account is what the server looks up
            .challenge(credentials, nonce)      returns a Challenge
                                                .message is sent: r=<both nonces>,s=<salt>,i=<iterations>
    client  Hello.read(message)                 returns a KeyDerivation; .salt and .iterations are the
                                                arguments of the slow `credentials.salt_password`
            .prove(salted password)             returns a Proof
                                                .message is sent: c=biws,r=<both nonces>,p=<proof>
    server  Challenge.check(message)            returns the answer to send: v=<server signature>
    client  Proof.check(message)                succeeds; an empty response ends the exchange

The caller makes the nonces: at least 18 random bytes, in base64 or hexadecimal.

Source: RFC 5802 (without channel binding), RFC 7677.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b64decode
from dataclasses import dataclass, field

from chatapp.protocol.credentials import (
    BASE64_KEY,
    FEWEST_ROUNDS,
    MOST_ROUNDS,
    Credentials,
    client_key,
    keyed_hash,
    server_key,
)
from chatapp.protocol.sasl import BASE64, SaslError, base64_text, check_authorization, response_text

_NONCE = r"[!-+\--~]+"  # printable ASCII without the comma
_EXTENSIONS = r"(?:,[A-Za-z]=[^\0,]+)*"
_HELLO = re.compile(
    r"(?P<header>(?:[ny]|(?P<binding>p=[A-Za-z0-9.-]+)),(?:a=(?P<identity>[^\0,]+))?,)(?P<bare>.+)", re.DOTALL
)
_BARE = re.compile(rf"n=(?P<name>[^\0,]+),r=(?P<nonce>{_NONCE}){_EXTENSIONS}")
_CHALLENGE = re.compile(
    rf"r=(?P<nonce>{_NONCE}),s=(?P<salt>{BASE64}),i=(?P<iterations>[1-9][0-9]{{0,9}}){_EXTENSIONS}"
)
_PROOF = re.compile(
    rf"(?P<unproven>c=(?P<header>{BASE64}),r=(?P<nonce>{_NONCE}){_EXTENSIONS}),p=(?P<proof>{BASE64_KEY})"
)
_VERDICT = re.compile(rf"(?:v=(?P<signature>{BASE64_KEY})|e=(?P<error>[^\0,]+)){_EXTENSIONS}")
_ESCAPED_NAME = re.compile(r"(?:[^=]|=2C|=3D)*")


@dataclass(frozen=True, slots=True)
class ScramClient:
    """Server: the first message of a client that wants to log in and has not proven anything yet.

    Attributes:
        header: The GS2 header of the message.
        bare: The message without the header. The proof signs both.
        nonce: The client's nonce.
    """

    account: str
    header: str
    bare: str
    nonce: str

    @classmethod
    def read(cls, hello: bytes) -> ScramClient:
        """Read the first message of the client.

        Raises:
            SaslError: It is malformed, or requests what is not supported.
        """
        header = _match(_HELLO, hello)
        if header["binding"]:
            raise SaslError("channel-binding-not-supported")
        bare = header["bare"]
        if bare.startswith("m="):
            raise SaslError("extensions-not-supported")
        parts = _match(_BARE, bare.encode())
        account = _unescape(parts["name"])
        check_authorization(_unescape(header["identity"] or ""), account)
        return cls(account, header["header"], bare, parts["nonce"])

    def challenge(self, credentials: Credentials, nonce: str) -> Challenge:
        """Return the challenge; for an unknown account use `Credentials.decoy`."""
        both = self.nonce + nonce
        message = f"r={both},s={base64_text(credentials.salt)},i={credentials.iterations}"
        return Challenge(message.encode(), self, credentials, both)


@dataclass(frozen=True, slots=True)
class Challenge:
    """Server: salt and rounds were sent, the proof is expected."""

    message: bytes
    login: ScramClient
    credentials: Credentials
    nonce: str

    def check(self, proof: bytes) -> bytes:
        """Check the client's proof and return the server's.

        Raises:
            SaslError: The proof is wrong or malformed.
        """
        parts = _match(_PROOF, proof)
        if parts["header"] != base64_text(self.login.header.encode()):
            raise SaslError("channel-bindings-dont-match")
        if parts["nonce"] != self.nonce:
            raise SaslError("other-error")
        auth_message = _auth_message(self.login.bare, self.message, parts["unproven"])
        signature = keyed_hash(self.credentials.stored_key, auth_message)
        key = _xor(b64decode(parts["proof"]), signature)
        if not hmac.compare_digest(hashlib.sha256(key).digest(), self.credentials.stored_key):
            raise SaslError("invalid-proof")
        return f"v={base64_text(keyed_hash(self.credentials.server_key, auth_message))}".encode()


@dataclass(frozen=True, slots=True)
class Hello:
    """Client: the first message."""

    account: str
    nonce: str

    @property
    def bare(self) -> str:
        return f"n={_escape(self.account)},r={self.nonce}"

    @property
    def message(self) -> bytes:
        return f"n,,{self.bare}".encode()

    def read(self, challenge: bytes) -> KeyDerivation:
        """Read the server's challenge.

        Raises:
            SaslError: It is malformed, or asks for so few rounds that the proof could be cracked, or for too
                many.
        """
        parts = _match(_CHALLENGE, challenge)
        nonce, salt, iterations = parts["nonce"], b64decode(parts["salt"]), int(parts["iterations"])
        if not nonce.startswith(self.nonce) or nonce == self.nonce:
            raise SaslError("the server's challenge is not for this login")
        if not salt or not FEWEST_ROUNDS <= iterations <= MOST_ROUNDS:
            raise SaslError(f"the server asks for {iterations} rounds")
        return KeyDerivation(salt, iterations, self, challenge, nonce)


@dataclass(frozen=True, slots=True)
class KeyDerivation:
    """Client: salt and rounds are known, the password has to be salted."""

    salt: bytes
    iterations: int
    hello: Hello
    challenge: bytes
    nonce: str

    def prove(self, salted_password: bytes) -> Proof:
        """Return the proof.

        Args:
            salted_password: `credentials.salt_password` of the password with this salt and these iterations.
        """
        unproven = f"c={base64_text(b'n,,')},r={self.nonce}"
        auth_message = _auth_message(self.hello.bare, self.challenge, unproven)
        key = client_key(salted_password)
        signature = keyed_hash(hashlib.sha256(key).digest(), auth_message)
        message = f"{unproven},p={base64_text(_xor(key, signature))}"
        return Proof(message.encode(), keyed_hash(server_key(salted_password), auth_message))


@dataclass(frozen=True, slots=True)
class Proof:
    """Client: the proof was sent, the server's is expected."""

    message: bytes
    expected: bytes = field(repr=False)

    def check(self, verdict: bytes) -> None:
        """Check the server's proof.

        Raises:
            SaslError: The server refuses the login, or does not know the password itself.
        """
        parts = _match(_VERDICT, verdict)
        if parts["error"]:
            raise SaslError(parts["error"])
        if not hmac.compare_digest(b64decode(parts["signature"]), self.expected):
            raise SaslError("the server does not know this password, so it is not the one it claims to be")


def _match(form: re.Pattern[str], message: bytes) -> re.Match[str]:
    match = form.fullmatch(response_text(message))
    if not match:
        raise SaslError("other-error")
    return match


def _auth_message(bare: str, challenge: bytes, unproven: str) -> bytes:
    """Return the AuthMessage, all messages so far, which both sides sign."""
    return b",".join((bare.encode(), challenge, unproven.encode()))


def _escape(name: str) -> str:
    return name.replace("=", "=3D").replace(",", "=2C")


def _unescape(name: str) -> str:
    if not _ESCAPED_NAME.fullmatch(name):
        raise SaslError("invalid-username-encoding")
    return name.replace("=2C", ",").replace("=3D", "=")


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
