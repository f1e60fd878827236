"""Sharing on the network: where the server listens, and whether it is announced."""

from __future__ import annotations

import socket
import sys
import unittest
from collections.abc import Callable
from typing import Any, cast
from unittest import mock

from chatapp.protocol.dnssd import Offer
from chatapp.server.config import Config, ServerConfig
from chatapp.server.core.inbox import Connected, Disconnected
from chatapp.server.net import sharing
from chatapp.server.net.link import Link
from chatapp.server.net.listener import CannotListen, Listener
from chatapp.server.net.sharing import Sharing, lan_hosts
from chatapp.system import multicast
from tests.errors import Quiet
from tests.waiting import wait_until

DEADLINE = 20.0  # seconds
LAN = "127.0.0.2"  # Linux answers on all of 127.0.0.0/8, so it can stand for another address
OFFER = Offer("Room 12", "room", 5000, (), "Room 12", "ab" * 32)


class FakeAnnouncer:
    """An announcer that only counts."""

    started: list[FakeAnnouncer]
    looked_at: Callable[[], object] = bool

    def __init__(self, describe: Any) -> None:
        self.describe = describe
        self.calls: list[str] = []
        self.started.append(self)

    def __getattr__(self, name: str) -> Any:
        return lambda: self.calls.append(name)

    def __bool__(self) -> bool:
        self.looked_at()
        return True


@unittest.skipUnless(sys.platform == "linux", "needs a second address of this computer")
class SharingTest(Quiet):
    def setUp(self) -> None:
        super().setUp()
        FakeAnnouncer.started = []
        self.own = [LAN]
        self.enterContext(mock.patch.object(sharing, "Announcer", FakeAnnouncer))
        self.enterContext(mock.patch.object(sharing, "lan_hosts", lambda: self.own))
        self.changes: list[list[tuple[str, int]]] = []
        self.admitted: list[Any] = []

    def make(
        self, host: str = "127.0.0.1", is_announced: bool = False, offer: Offer | None = OFFER
    ) -> Sharing:
        config = Config(server=ServerConfig(host=host, port=0))
        self.listener = Listener(config, self.admitted.append, self.admitted.append)
        self.addCleanup(self.end_connections)
        self.addCleanup(self.listener.close)
        self.offer = offer
        found = Sharing(self.listener, host, is_announced, lambda: self.offer, self.changes.append)
        self.addCleanup(found.stop)
        return found

    def end_connections(self) -> None:
        for link in {arrival.link for arrival in self.admitted if isinstance(arrival, Connected)}:
            link.abort()

            def has_ended(link: object = link) -> bool:
                return any(isinstance(each, Disconnected) and each.link is link for each in self.admitted)

            wait_until(has_ended, "the connection has ended")
            link.dispose()
            cast(Link, link).release()

    def start(self, chosen: bool | None = None, **options: Any) -> Sharing:
        found = self.make(**options)
        found.bind(chosen)
        self.listener.start()
        found.start()
        return found

    def hosts(self) -> list[str]:
        return [host for host, _ in self.listener.addresses]

    def answers(self, host: str) -> bool:
        """Return whether something listens there."""
        try:
            socket.create_connection((host, self.listener.addresses[0][1]), DEADLINE).close()
        except OSError:
            return False
        return True

    def test_a_server_for_this_computer_is_not_shared(self) -> None:
        found = self.start()
        self.assertEqual((found.is_on, self.hosts(), FakeAnnouncer.started), (False, ["127.0.0.1"], []))

    def test_switching_it_on_listens_and_announces(self) -> None:
        found = self.start()
        found.switch(True)
        self.assertEqual((found.is_on, self.hosts()), (True, ["127.0.0.1", LAN]))
        self.assertTrue(self.answers(LAN))
        self.assertEqual(FakeAnnouncer.started[0].calls, ["start"])
        self.assertEqual(self.changes[-1], self.listener.addresses)

    def test_switching_it_off_ends_both_and_keeps_the_port(self) -> None:
        found = self.start()
        (before,) = self.listener.addresses
        found.switch(True)
        found.switch(False)
        self.assertEqual(self.listener.addresses, [before])
        self.assertFalse(self.answers(LAN))
        self.assertEqual(FakeAnnouncer.started[0].calls, ["start", "stop"])

    def test_a_server_for_all_addresses_can_be_switched_off_and_on(self) -> None:
        found = self.start(host="0.0.0.0", is_announced=True)
        self.assertEqual((found.is_on, FakeAnnouncer.started[0].calls), (True, ["start"]))
        found.switch(False)
        self.assertEqual(self.hosts(), ["127.0.0.1"])
        self.assertFalse(self.answers(LAN))
        found.switch(None)
        self.assertIn("0.0.0.0", self.hosts())
        self.assertTrue(self.answers(LAN))

    def test_the_choice_of_an_owner_is_used_at_the_start(self) -> None:
        self.start(False, host="0.0.0.0", is_announced=True)
        self.assertEqual((self.hosts(), FakeAnnouncer.started), (["127.0.0.1"], []))
        self.listener.close()
        self.start(True)
        self.assertEqual(self.hosts(), ["127.0.0.1", LAN])

    def test_connections_that_exist_stay(self) -> None:
        found = self.start(host="0.0.0.0")
        port = self.listener.addresses[0][1]
        client = self.enterContext(socket.create_connection(("127.0.0.1", port), DEADLINE))
        wait_until(lambda: self.admitted, "the connection is admitted")
        found.switch(False)
        client.setblocking(False)
        self.assertRaises(BlockingIOError, client.recv, 1)

    def test_a_port_in_use_is_an_error_and_changes_nothing(self) -> None:
        found = self.start()
        other = self.enterContext(socket.socket())
        other.bind((LAN, self.listener.addresses[0][1]))
        other.listen()
        with self.assertRaisesRegex(CannotListen, "in use by another program"):
            found.switch(True)
        self.assertEqual((found.is_on, self.hosts(), FakeAnnouncer.started), (False, ["127.0.0.1"], []))

    def test_a_new_address_is_listened_on(self) -> None:
        self.own = []
        with mock.patch.object(sharing, "CHECK_SECONDS", 0.01):
            found = self.start(True)
            self.assertEqual((found.is_on, self.hosts()), (True, ["127.0.0.1"]))
            self.own = [LAN]
            wait_until(lambda: self.changes, "the new address is noticed")
        self.assertEqual(self.hosts(), ["127.0.0.1", LAN])

    def test_a_server_without_tls_is_not_announced(self) -> None:
        self.start(True, offer=None)
        self.assertEqual(FakeAnnouncer.started, [])

    def test_a_reload_without_tls_ends_the_announcement_and_one_with_tls_begins_it_again(self) -> None:
        found = self.start(True)
        self.offer = None
        self.assertEqual(FakeAnnouncer.started[0].describe(), OFFER)  # it asks before the reload is over
        found.update()
        self.assertEqual(FakeAnnouncer.started[0].calls, ["start", "stop"])
        self.offer = OFFER
        found.update()
        self.assertEqual(FakeAnnouncer.started[1].calls, ["start", "refresh"])

    def test_a_new_name_is_announced(self) -> None:
        found = self.start(True)
        found.refresh()
        self.assertEqual(FakeAnnouncer.started[0].calls, ["start", "refresh"])

    def test_whether_it_is_on_while_another_thread_switches_it(self) -> None:
        found = self.start(True, host="0.0.0.0")
        choices = mock.PropertyMock(side_effect=[True, None])  # None: as configured, which is on too
        with mock.patch.object(Sharing, "_chosen", choices, create=True):
            self.assertIs(found.is_on, True)

    def test_a_new_name_while_another_thread_ends_the_announcement(self) -> None:
        found = self.start(True)

        def end() -> None:
            found._announcer = None

        FakeAnnouncer.started[0].looked_at = end
        found.refresh()


class LanHosts(unittest.TestCase):
    def test_link_local_addresses_are_left_out(self) -> None:
        own = {"eth0": ("192.0.2.1", "fe80::1"), "wlan0": ("192.0.2.1", "2001:db8::1")}
        with mock.patch.object(multicast, "own_addresses", lambda: own):
            self.assertEqual(lan_hosts(), ["192.0.2.1", "2001:db8::1"])


if __name__ == "__main__":
    unittest.main()
