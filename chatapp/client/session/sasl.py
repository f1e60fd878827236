"""Proving to a server who we are, without I/O: the client's half of SASL.

    AUTHENTICATE SCRAM-SHA-256  ->  +  ->  hello  ->  challenge  ->  (salting)  ->  proof  ->  verdict  ->  +
    AUTHENTICATE PLAIN          ->  +  ->  name and password

A mechanism that the server does not know is followed by the next one; a wrong password by none.

Source  IRCv3 sasl-3.1, sasl-3.2
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Literal

from chatapp.protocol.message import Message
from chatapp.protocol.sasl import Plain, Response, SaslError, pieces
from chatapp.protocol.scram import Hello, KeyDerivation, Proof

SCRAM, PLAIN = "SCRAM-SHA-256", "PLAIN"
PREFERRED = (SCRAM, PLAIN)

Awaited = Literal["leave", "challenge", "key", "verdict", "end"]


class SaslLogin:
    """Takes  mechanisms: that the server says it knows; none for one that does not say
    new_nonce: a fresh one at each call
    """

    def __init__(
        self, account: str, password: str, mechanisms: Collection[str], new_nonce: Callable[[], str]
    ) -> None:
        self.account = account
        self.password = password
        self.task: KeyDerivation | None = (
            None  # to be salted by somebody who has the time; `salted` goes on with it
        )
        self._untried = [name for name in PREFERRED if name in mechanisms or not mechanisms]
        self._mechanism = ""
        self._awaited: Awaited = "leave"
        self._response = Response()
        self._hello = Hello(account, new_nonce())
        self._proof: Proof | None = None

    def begin(self) -> list[Message]:
        """Try the next mechanism. Nothing when none is left."""
        if not self._untried:
            return []
        self._mechanism = self._untried.pop(0)
        self._awaited = "leave"
        self._response = Response()
        return [Message("AUTHENTICATE", [self._mechanism])]

    def hear(self, piece: str) -> list[Message]:
        """What to say to this AUTHENTICATE. `task` is set when something must be salted first.

        Raises  SaslError
        """
        response = self._response.feed(piece)
        if response is None:
            return []
        if self._awaited == "leave":
            if self._mechanism == PLAIN:
                self._awaited = "end"
                return _said(bytes(Plain(self.account, self.password)))
            self._awaited = "challenge"
            return _said(self._hello.message)
        if self._awaited == "challenge":
            self._awaited = "key"
            self.task = self._hello.read(response)
            return []
        if self._awaited == "verdict" and self._proof:
            self._proof.check(response)
            self._awaited = "end"
            return _said(b"")
        raise SaslError("the server says more than it should")

    def salted(self, key: bytes) -> list[Message]:
        """Go on with the salted password."""
        if self.task is None:
            return []
        self._proof, self.task = self.task.prove(key), None
        self._awaited = "verdict"
        return _said(self._proof.message)

    @property
    def was_let_try(self) -> bool:
        """Whether the server knows the mechanism, so that a refusal is about the password."""
        return self._awaited != "leave"

    def check_end(self) -> None:
        """The server says that we are in. Raises  SaslError when it has not proven what it had to"""
        if self._awaited != "end":
            raise SaslError("the server does not know this password: it is not the one it claims to be")


def _said(response: bytes) -> list[Message]:
    return [Message("AUTHENTICATE", [piece]) for piece in pieces(response)]
