"""How many may connect, and that every place comes back whatever fails on the way in."""

from __future__ import annotations

import errno
import socket
import unittest
from typing import Any, cast
from unittest import mock

from chatapp.server.config import Config, LimitsConfig, parse
from chatapp.server.core.inbox import Disconnected
from chatapp.server.net import proxy_protocol
from chatapp.server.net.connection_limits import FULL, TOO_MANY, TOO_MANY_NEW, ConnectionLimits
from chatapp.server.net.listener import Listener
from tests.errors import Quiet

PUBLIC, OTHER, LOCAL = "8.8.8.8", "8.8.4.4", "192.168.1.5"


class Counting(unittest.TestCase):
    def places(self, **limits: int) -> ConnectionLimits:
        return ConnectionLimits(LimitsConfig(**limits))

    def take(self, places: ConnectionLimits, *addresses: str) -> list[str]:
        return [places.take(address, False, 0.0) for address in addresses]

    def test_connections_of_a_public_and_of_a_local_address(self) -> None:
        places = self.places(connections_per_address=1, local_connections_per_address=2)
        self.assertEqual(self.take(places, PUBLIC, PUBLIC, OTHER), ["", TOO_MANY, ""])
        self.assertEqual(self.take(places, LOCAL, LOCAL, LOCAL), ["", "", TOO_MANY])
        places.give_back(PUBLIC)
        self.assertEqual(self.take(places, PUBLIC), [""])

    def test_new_ones_of_a_public_and_of_a_local_address(self) -> None:
        places = self.places(new_connections_per_address=1, local_new_connections_per_address=2)
        for address, allowed in ((PUBLIC, 1), (LOCAL, 2)):
            for _ in range(allowed):
                self.assertEqual(self.take(places, address), [""])
                places.give_back(address)
            self.assertEqual(self.take(places, address), [TOO_MANY_NEW])
            self.assertEqual(places.take(address, False, 600.0), "")

    def test_a_local_address_has_never_less_and_0_is_no_limit_for_both(self) -> None:
        places = self.places(connections_per_address=3, local_connections_per_address=1)
        self.assertEqual(self.take(places, *[LOCAL] * 4), ["", "", "", TOO_MANY])
        places = self.places(connections_per_address=0, local_connections_per_address=1)
        self.assertEqual(set(self.take(places, *[LOCAL] * 10, *[PUBLIC] * 10)), {""})
        places = self.places(connections_per_address=1, local_connections_per_address=0)
        self.assertEqual(set(self.take(places, *[LOCAL] * 10)), {""})

    def test_the_addresses_of_one_computer_count_together(self) -> None:
        places = self.places(connections_per_address=2)
        self.assertEqual(self.take(places, "2001:db9::1", "2001:db9::2", "2001:db9::3"), ["", "", TOO_MANY])
        self.assertEqual(self.take(places, "2001:db9:0:1::1"), [""])
        self.assertEqual(self.take(places, f"::ffff:{PUBLIC}", PUBLIC, PUBLIC), ["", "", TOO_MANY])

    def test_connections_in_all(self) -> None:
        places = self.places(connections=2)
        self.assertEqual(self.take(places, PUBLIC, OTHER, LOCAL), ["", "", FULL])

    def test_a_proxy_connects_for_others(self) -> None:
        places = self.places(connections_per_address=1, new_connections_per_address=1)
        self.assertEqual({places.take(PUBLIC, True, 0.0) for _ in range(10)}, {""})

    def test_a_whole_class_behind_one_router_gets_in_by_default(self) -> None:
        """60 people with a laptop and a phone each, whose connections break three times."""
        places = ConnectionLimits(LimitsConfig())
        for _ in range(4):
            self.assertEqual(set(self.take(places, *[PUBLIC] * 120)), {""})
            for _ in range(120):
                places.give_back(PUBLIC)

    def test_one_local_address_cannot_fill_the_server_by_default(self) -> None:
        refused = [
            each for each in self.take(ConnectionLimits(LimitsConfig()), *["127.0.0.1"] * 10_000) if each
        ]
        self.assertEqual(len(refused), 5000)

    def test_a_million_addresses_are_not_remembered(self) -> None:
        places = self.places()
        for number in range(200_000):
            address = f"9.{number >> 16}.{number >> 8 & 255}.{number & 255}"
            places.take(address, False, number / 1000)
            places.give_back(address)
        self.assertEqual(len(places), 0)
        self.assertLessEqual(places.remembered, 50_000)


class Socket:
    """A socket on which some calls fail."""

    def __init__(self, *failing: str) -> None:
        self.is_closed = False
        self._failing = failing

    def __getattr__(self, name: str) -> Any:
        def call(*_: Any) -> bytes:
            if name in self._failing:
                raise OSError(errno.EINVAL, "Invalid argument")
            return b""

        return call

    def close(self) -> None:
        self.is_closed = True


class Admitting(Quiet):
    """Something fails between the system's accept and the first line that is read."""

    def listener(self, config: Config | None = None) -> Listener:
        self.delivered: list[Any] = []
        return Listener(config or Config(), self.delivered.append, lambda link: None)

    def admit(self, listener: Listener, *failing: str) -> Socket:
        sock = Socket(*failing)
        listener.admit(cast(socket.socket, sock), (PUBLIC, 40_000))
        return sock

    def test_a_socket_that_was_reset_gives_its_place_back(self) -> None:
        """On macOS setsockopt raises EINVAL then."""
        for failing in ("setsockopt", "setblocking"):
            with self.subTest(failing):
                listener = self.listener()
                with self.assertLogs("chatapp.server.net.listener", "INFO"):
                    sock = self.admit(listener, failing)
                self.assertTrue(sock.is_closed)
                self.assertEqual((len(listener.places), self.delivered), (0, []))

    def test_the_system_has_no_more_threads(self) -> None:
        listener = self.listener()
        with (
            mock.patch("threading.Thread.start", side_effect=RuntimeError("can't start new thread")),
            self.assertLogs("chatapp.server.net.listener", "ERROR"),
        ):
            self.admit(listener)
        self.assertEqual(len(listener.places), 0)
        self.assertIsInstance(self.delivered[-1], Disconnected)  # the core closes the socket then

    def test_the_system_has_no_more_threads_for_a_proxy(self) -> None:
        listener = self.listener(parse(f"[proxy]\ntrusted = ['{PUBLIC}']"))
        with (
            mock.patch("threading.Thread.start", side_effect=RuntimeError("can't start new thread")),
            self.assertLogs("chatapp.server.net.listener", "ERROR"),
        ):
            sock = self.admit(listener)
        self.assertTrue(sock.is_closed)
        self.assertEqual((len(listener.places), self.delivered), (0, []))

    def test_behind_a_proxy_the_socket_was_reset(self) -> None:
        listener = self.listener(parse(f"[proxy]\ntrusted = ['{PUBLIC}']"))
        header = b"PROXY TCP4 9.9.9.9 192.0.2.1 4000 5000\r\n"
        with (
            mock.patch("threading.Thread.start", lambda thread: thread.run()),
            mock.patch("chatapp.server.net.listener._header", lambda sock: proxy_protocol.read(header)),
            self.assertLogs("chatapp.server.net.listener", "INFO"),
        ):
            sock = self.admit(listener, "setsockopt")
        self.assertTrue(sock.is_closed)
        self.assertEqual((len(listener.places), self.delivered), (0, []))

    def test_a_bug_gives_the_place_back(self) -> None:
        listener = self.listener()
        with (
            mock.patch("chatapp.server.net.listener.Link", side_effect=ValueError("a bug")),
            self.assertLogs("chatapp.server.net.listener", "ERROR"),
        ):
            sock = self.admit(listener)
        self.assertTrue(sock.is_closed)
        self.assertEqual(len(listener.places), 0)


if __name__ == "__main__":
    unittest.main()
