"""What the tests of a session share: what it answers and understands when the server says these lines."""

from __future__ import annotations

from queue import SimpleQueue
from typing import Any

from chatapp.client.incoming.events import Event
from chatapp.client.login import Login
from chatapp.client.session.handshake import Handshake
from chatapp.client.session.salting import KeyDerived, derive_key
from chatapp.client.transport.certificates import ServerTarget
from chatapp.protocol.message import Message
from chatapp.protocol.sasl import pieces
from tests.client.base import FakeLink
from tests.client.transport.authority import PATIENCE
from tests.errors import Quiet

PASSWORD = "correct horse"


class SessionTest(Quiet):
    """A session of somebody without a password, which has said nothing yet."""

    def setUp(self) -> None:
        super().setUp()
        self.session = Handshake(Login("h", nick="ana"))
        self.events: list[Event] = []

    def started(self, login: Login, fallback: bool = False) -> list[str]:
        """Another session; gives its first lines."""
        self.session = Handshake(login, fallback, lambda: "n" * 24)
        self.events = []
        return [str(message) for message in self.session.start()]

    def says(self, *lines: str) -> list[str]:
        """What we answer to the server."""
        sent: list[str] = []
        for line in lines:
            messages, found = self.session.receive(Message.parse(line))
            sent += map(str, messages)
            self.events += found
        return sent


class LoginTest(SessionTest):
    """A session of somebody with a password."""

    def begin(self, mechanisms: str = "PLAIN,SCRAM-SHA-256,EXTERNAL", **login: Any) -> list[str]:
        """A session with a password, up to the capability sasl."""
        self.start(**login)
        offered = f"sasl={mechanisms}" if mechanisms else "sasl"
        self.assertEqual(self.says(f":srv CAP * LS :batch {offered}"), ["CAP REQ :batch sasl"])
        return self.says(":srv CAP * ACK :batch sasl")

    def start(self, **login: Any) -> None:
        """A session with a password."""
        self.password = login.get("password", PASSWORD)
        self.started(Login("h", nick="ana", **{"password": PASSWORD, **login}))

    def speaks(self, data: bytes) -> list[str]:
        """What we answer to a step of the mechanism."""
        return self.says(*(f"AUTHENTICATE {piece}" for piece in pieces(data)))

    def salted(self) -> list[str]:
        """Somebody has salted the password that the session wanted to have salted."""
        inbox: SimpleQueue[Any] = SimpleQueue()
        task = self.session.take_derivation()
        assert task is not None
        derive_key(inbox, FakeLink(ServerTarget("h", 1), inbox), self.password, task)
        item = inbox.get(timeout=PATIENCE)
        assert isinstance(item, KeyDerived)
        return [str(message) for message in self.session.key_derived(item.key)]

    def refused(self) -> str:
        """Why the login was refused."""
        refusal = self.session.refusal
        assert refusal is not None
        return refusal.reason
