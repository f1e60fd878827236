"""The client's half of a SASL login, without I/O.

    AUTHENTICATE SCRAM-SHA-256  ->  +  ->  hello  ->  challenge  ->  (key)  ->  proof  ->  verdict  ->  +
    AUTHENTICATE PLAIN          ->  +  ->  account and password

If the server does not know a mechanism, the next one is tried. If it refuses the password, none is.

Source: IRCv3 sasl-3.1, sasl-3.2
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Literal, Protocol

from chatapp.languages.translation import N_, _
from chatapp.protocol.message import Message
from chatapp.protocol.sasl import PLAIN, SCRAM_SHA_256, Plain, Response, SaslError, split_response
from chatapp.protocol.scram import Hello, KeyDerivation, Proof

_TOO_MUCH = N_("the server sent more than the mechanism allows")


class SaslExchange(Protocol):
    """The client's part of one mechanism.

    Attributes:
        is_finished: Whether all responses were sent and all checks of the server have passed.
        derivation: The key to derive from the password; `derived` takes the result. None if there is none.
    """

    is_finished: bool
    derivation: KeyDerivation | None

    def respond(self, challenge: bytes) -> bytes | None:
        """Return the response to a challenge, the first of which is empty; None if `derivation` comes first.

        Raises:
            SaslError: The challenge breaks the rules of the mechanism, or the server failed to prove itself.
        """

    def derived(self, key: bytes) -> bytes:
        """Return the response for which `derivation` was needed."""


class PlainExchange:
    """PLAIN: one response with account and password."""

    def __init__(self, account: str, password: str, nonce: str) -> None:
        self.is_finished = False
        self.derivation: KeyDerivation | None = None
        self._response = bytes(Plain(account, password))

    def respond(self, challenge: bytes) -> bytes | None:
        if self.is_finished:
            raise SaslError(_(_TOO_MUCH))
        self.is_finished = True
        return self._response

    def derived(self, key: bytes) -> bytes:
        raise SaslError("PLAIN derives no key")


class ScramExchange:
    """SCRAM-SHA-256: the password is never sent, and the server proves that it knows it too."""

    def __init__(self, account: str, password: str, nonce: str) -> None:
        self.is_finished = False
        self.derivation: KeyDerivation | None = None
        self._next: Literal["hello", "challenge", "key", "verdict"] = "hello"
        self._hello = Hello(account, nonce)
        self._proof: Proof | None = None

    def respond(self, challenge: bytes) -> bytes | None:
        if self._next == "hello":
            self._next = "challenge"
            return self._hello.message
        if self._next == "challenge":
            self._next = "key"
            self.derivation = self._hello.read(challenge)
            return None
        if self._next == "verdict" and self._proof and not self.is_finished:
            self._proof.check(challenge)
            self.is_finished = True
            return b""
        raise SaslError(_(_TOO_MUCH))

    def derived(self, key: bytes) -> bytes:
        if self.derivation is None:
            raise SaslError(_("no key was asked for"))
        self._proof, self.derivation = self.derivation.prove(key), None
        self._next = "verdict"
        return self._proof.message


EXCHANGES: dict[str, Callable[[str, str, str], SaslExchange]] = {
    SCRAM_SHA_256.name: ScramExchange,
    PLAIN.name: PlainExchange,
}
"""Mechanism -> exchange of account, password and nonce, in the order of preference."""


class SaslLogin:
    """One login: the mechanisms that both sides know are tried until the server accepts one.

    Args:
        account: The account to log in to.
        password: Its password.
        mechanisms: Names that the server lists; empty if it lists none.
        new_nonce: Returns a fresh nonce at each call.
    """

    def __init__(
        self, account: str, password: str, mechanisms: Collection[str], new_nonce: Callable[[], str]
    ) -> None:
        self.account = account
        self.password = password
        self._untried = [name for name in EXCHANGES if name in mechanisms or not mechanisms]
        self._new_nonce = new_nonce
        self._exchange: SaslExchange | None = None
        self._is_known = False  # the server has answered to the mechanism
        self._challenge = Response()

    def try_next(self) -> list[Message]:
        """Return what begins the next mechanism; nothing if none is left."""
        if not self._untried:
            return []
        name = self._untried.pop(0)
        self._exchange = EXCHANGES[name](self.account, self.password, self._new_nonce())
        self._is_known = False
        self._challenge = Response()
        return [Message("AUTHENTICATE", [name])]

    def receive(self, piece: str) -> list[Message]:
        """Return the answer to the parameter of an AUTHENTICATE. It may set `derivation` instead.

        Raises:
            SaslError: See `SaslExchange.respond`; or the piece is too long or not base64.
        """
        challenge = self._challenge.feed(piece)
        if challenge is None or self._exchange is None:
            return []
        self._is_known = True
        response = self._exchange.respond(challenge)
        return [] if response is None else _messages(response)

    @property
    def derivation(self) -> KeyDerivation | None:
        """The key that has to be derived from the password, which takes long; `derived` takes the result."""
        return self._exchange.derivation if self._exchange else None

    def derived(self, key: bytes) -> list[Message]:
        """Return the messages for a derived key; none if no key was requested."""
        if self._exchange is None or self._exchange.derivation is None:
            return []
        return _messages(self._exchange.derived(key))

    @property
    def is_mechanism_known(self) -> bool:
        """Whether the server knows the mechanism, so that a refusal is about the password."""
        return self._is_known

    def check_accepted(self) -> None:
        """Check the exchange, because the server says that the login succeeded.

        Raises:
            SaslError: It has not proved that it knows the password, or the exchange is not over.
        """
        if self._exchange is None or not self._exchange.is_finished:
            raise SaslError(_("the server does not know this password: it is not the one it claims to be"))


def _messages(response: bytes) -> list[Message]:
    return [Message("AUTHENTICATE", [piece]) for piece in split_response(response)]
