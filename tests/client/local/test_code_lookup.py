"""An invite code leads to the server on this network that knows it. The servers are real processes."""

from __future__ import annotations

import socket
import threading
import unittest
from collections.abc import Callable
from contextlib import closing
from queue import SimpleQueue

from chatapp.client.local.code_lookup import CodeFound, CodeLookup, CodeResult, CodeUnknown, ask
from chatapp.protocol.dnssd import Offer
from chatapp.server.storage import invite_codes
from chatapp.server.storage.data_folder import DATABASE
from chatapp.server.storage.database import Database
from chatapp.system.server_record import ServerRecord
from tests.client.transport.authority import Authority
from tests.client.transport.authority import Server as TlsServer
from tests.live.base import DEADLINE, LiveTest

CODE = "k7qx-29fm"


class FakeSearch:
    """A search that finds what the test says."""

    def __init__(self, found: Callable[[list[Offer]], None]) -> None:
        self.found = found
        self.is_running = False
        self.started = threading.Event()

    def start(self) -> None:
        self.is_running = True
        self.started.set()

    def stop(self) -> None:
        self.is_running = False


class Lookups(LiveTest):
    def setUp(self) -> None:
        super().setUp()
        self.results: SimpleQueue[CodeResult] = SimpleQueue()

    def offer(self) -> Offer:
        """Start a server that knows the code."""
        self.start()
        with closing(Database(self.data / DATABASE)) as store:
            store.write([invite_codes.upsert(invite_codes.make_record(CODE, 5, 0, "ann", 1))])
        record = ServerRecord.load(self.data)
        assert record is not None
        return Offer("Room", "lab", record.port, ("fe80::1", "127.0.0.1"), "Room 12", record.fingerprint)

    def pretender(self, fingerprint: str = "") -> Offer:
        """Start a server that takes connections and answers nothing useful."""
        pair = Authority().sign("127.0.0.1")
        server = TlsServer(pair)
        self.addCleanup(server.close)
        return Offer("X", "x", server.port, ("127.0.0.1",), "X", fingerprint or pair.fingerprint)

    def look_up(self, code: str, seconds: float = DEADLINE) -> FakeSearch:
        searches: list[FakeSearch] = []

        def make(found: Callable[[list[Offer]], None]) -> FakeSearch:
            searches.append(FakeSearch(found))
            return searches[0]

        self.lookup = CodeLookup(code, self.results.put, make, seconds)
        self.addCleanup(self.lookup.stop)
        self.lookup.start()
        return searches[0]

    def test_the_server_that_knows_the_code_is_found_while_the_search_runs(self) -> None:
        offer = self.offer()
        search = self.look_up("K7QX29FM")
        search.found([])
        search.found([offer])
        found = self.results.get(timeout=DEADLINE)
        assert isinstance(found, CodeFound)
        self.assertEqual("Room 12", found.name)
        invite = found.invite
        self.assertEqual((offer.port, offer.fingerprint, "K7QX-29FM"), (invite.port, invite.pin, invite.code))

    def test_a_wrong_code_is_known_to_nobody(self) -> None:
        offer = self.offer()
        search = self.look_up("K7QX-29FN", seconds=1.0)
        search.found([offer])
        found = self.results.get(timeout=DEADLINE)
        text = "No chat on this network has the code K7QX-29FN. Ask for the link instead."
        self.assertEqual(CodeUnknown(text), found)
        self.assertFalse(search.is_running)

    def test_a_server_that_cannot_prove_it_is_not_found(self) -> None:
        self.assertIsNone(ask(self.pretender("ab" * 32), CODE))

    def test_a_server_that_is_gone_is_not_found(self) -> None:
        with socket.socket() as sock:
            sock.bind(("127.0.0.1", 0))
            port = sock.getsockname()[1]
        self.assertIsNone(ask(Offer("X", "x", port, ("127.0.0.1",), "X", "ab" * 32), CODE))

    def test_a_server_without_tls_is_not_asked(self) -> None:
        search = self.look_up(CODE, seconds=0.1)
        search.found([Offer("X", "x", 9, ("127.0.0.1",), "X", "")])
        self.assertIsInstance(self.results.get(timeout=DEADLINE), CodeUnknown)

    def test_a_lookup_that_is_stopped_reports_nothing(self) -> None:
        search = self.look_up(CODE)
        self.lookup.stop()
        self.lookup._thread.join(DEADLINE)
        self.assertTrue(self.results.empty())
        self.assertFalse(search.is_running)


if __name__ == "__main__":
    unittest.main()
