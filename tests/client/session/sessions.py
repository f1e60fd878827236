"""The base classes of handshake tests: the handshake receives lines from the server and sends its own."""

from __future__ import annotations

from queue import SimpleQueue
from typing import Any

from chatapp.client.incoming.events import Event
from chatapp.client.login import Login
from chatapp.client.session.handshake import Handshake
from chatapp.client.session.salting import KeyDerived, derive_key
from chatapp.client.transport.certificates import ServerTarget
from chatapp.protocol.message import Message
from chatapp.protocol.sasl import split_response
from tests.client.base import FakeLink
from tests.client.transport.authority import PATIENCE
from tests.errors import Quiet

PASSWORD = "correct horse"


class SessionTest(Quiet):
    """A handshake without a password that has sent nothing yet."""

    def setUp(self) -> None:
        super().setUp()
        self.session = Handshake(Login("h", nick="ana"))
        self.events: list[Event] = []

    def started(self, login: Login, fallback: bool = False) -> list[str]:
        """Start another handshake and return its first lines."""
        self.session = Handshake(login, fallback, lambda: "n" * 24)
        self.events = []
        return [str(message) for message in self.session.start()]

    def receive(self, *lines: str) -> list[str]:
        """Receive these lines from the server and return the answers."""
        sent: list[str] = []
        for line in lines:
            messages, found = self.session.receive(Message.parse(line))
            sent += map(str, messages)
            self.events += found
        return sent


class LoginTest(SessionTest):
    """A handshake with a password."""

    def begin(self, mechanisms: str = "PLAIN,SCRAM-SHA-256,EXTERNAL", **login: Any) -> list[str]:
        """Start a handshake with a password, up to the ACK of sasl, and return the answers."""
        self.start(**login)
        offered = f"sasl={mechanisms}" if mechanisms else "sasl"
        self.assertEqual(self.receive(f":srv CAP * LS :batch {offered}"), ["CAP REQ :batch sasl"])
        return self.receive(":srv CAP * ACK :batch sasl")

    def start(self, **login: Any) -> None:
        """Start a handshake with a password."""
        self.password = login.get("password", PASSWORD)
        self.started(Login("h", nick="ana", **{"password": PASSWORD, **login}))

    def receive_step(self, data: bytes) -> list[str]:
        """Receive a step of the mechanism from the server and return the answers."""
        return self.receive(*(f"AUTHENTICATE {piece}" for piece in split_response(data)))

    def salted(self) -> list[str]:
        """Derive the key that the handshake needs and return what it sends then."""
        inbox: SimpleQueue[Any] = SimpleQueue()
        task = self.session.take_derivation()
        assert task is not None
        derive_key(inbox, FakeLink(ServerTarget("h", 1), inbox), self.password, task)
        item = inbox.get(timeout=PATIENCE)
        assert isinstance(item, KeyDerived)
        return [str(message) for message in self.session.key_derived(item.key)]

    def refused(self) -> str:
        """Return the reason of the refusal."""
        refusal = self.session.refusal
        assert refusal is not None
        return refusal.reason
