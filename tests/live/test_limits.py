"""Limits for each address, on real sockets; the server runs in this process."""

from __future__ import annotations

import contextlib
import tempfile
import threading
import unittest
from pathlib import Path

from chatapp.server.app import Server
from chatapp.server.config import parse
from tests.live.base import RawClient
from tests.waiting import wait_until


class PerAddress(unittest.TestCase):
    CONFIG = """
        [server]
        port = 0
        [limits]
        connections_per_address = {0}
        local_connections_per_address = {0}
        new_connections_per_address = {1}
        local_new_connections_per_address = {1}
    """

    def start(self, at_once: int, new: int) -> None:
        folder = tempfile.TemporaryDirectory(prefix="chatapp-test-")
        self.addCleanup(folder.cleanup)
        config = parse(self.CONFIG.format(at_once, new))
        self.server = Server(lambda: config, Path(folder.name), threading.Event().set)
        self.server.start()
        self.addCleanup(self.server.stop)

    def connect(self) -> RawClient:
        client = RawClient(self.server.addresses[0][1])
        self.addCleanup(client.close)
        return client

    def enter(self, nick: str) -> RawClient:
        client = self.connect()
        client.send(f"NICK {nick}", f"USER {nick} 0 * :{nick}")
        client.settle()
        return client

    def enter_when_admitted(self, nick: str) -> RawClient:
        """Connect until the server admits the client. A closed connection is no longer counted a moment
        later."""
        entered: list[RawClient] = []

        def is_admitted() -> bool:
            with contextlib.suppress(EOFError, ConnectionError):
                entered.append(self.enter(nick))
            return bool(entered)

        wait_until(is_admitted, "the server admits the client")
        return entered[0]

    def refusal(self) -> str:
        """Connect and return what the server says before it closes the connection."""
        client = self.connect()
        client.send("NICK late")  # to a silent client it would speak only after some seconds
        return client.rest()[-1].text

    def assert_they_can_chat(self, one: RawClient, other: RawClient) -> None:
        """Check that the two can still chat."""
        one.send("PRIVMSG #general :still here")
        self.assertEqual(other.until("PRIVMSG").text, "still here")

    def test_connections_per_address(self) -> None:
        self.start(at_once=2, new=0)
        ann, bob = self.enter("ann"), self.enter("bob")
        self.assertEqual(self.refusal(), "Too many connections from your address")
        self.assert_they_can_chat(ann, bob)
        bob.send("QUIT")
        bob.rest()
        bob.close()
        ann.until("QUIT")
        self.assert_they_can_chat(ann, self.enter_when_admitted("dan"))

    def test_new_connections_per_address(self) -> None:
        self.start(at_once=0, new=3)
        ann, bob = self.enter("ann"), self.enter("bob")
        self.connect().close()
        expected = "Too many new connections from your address, try again in a few minutes"
        self.assertEqual(self.refusal(), expected)
        self.assert_they_can_chat(ann, bob)


if __name__ == "__main__":
    unittest.main()
