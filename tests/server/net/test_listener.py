"""Accepting connections: listening sockets, refusals, and the counting after failures."""

from __future__ import annotations

import errno
import socket
import unittest
from queue import SimpleQueue
from typing import Any, cast
from unittest import mock

from chatapp.server.config import Config, ServerConfig, parse
from chatapp.server.core.inbox import Connected, Disconnected, Received
from chatapp.server.net import proxy_protocol
from chatapp.server.net.connection_limits import FULL
from chatapp.server.net.link import Link
from chatapp.server.net.listener import CannotListen, Listener
from chatapp.server.net.policy import ConnectionPolicy
from chatapp.system.worker_thread import WorkerThread
from tests.errors import Quiet

DEADLINE = 20.0  # seconds, for anything that a test waits for
PUBLIC = "8.8.8.8"


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
    """An error occurs between `accept` and the first line."""

    def listener(self, config: Config | None = None) -> Listener:
        self.delivered: list[Any] = []
        return Listener(config or Config(), self.delivered.append, lambda link: None)

    def admit(self, listener: Listener, *failing: str) -> Socket:
        sock = Socket(*failing)
        listener.admit(cast(socket.socket, sock), (PUBLIC, 40_000))
        return sock

    def test_a_reset_socket_is_not_counted(self) -> None:
        """On macOS setsockopt raises EINVAL then."""
        for failing in ("setsockopt", "setblocking"):
            with self.subTest(failing):
                listener = self.listener()
                with self.assertLogs("chatapp.server.net.listener", "INFO"):
                    sock = self.admit(listener, failing)
                self.assertTrue(sock.is_closed)
                self.assertEqual((len(listener.limits), self.delivered), (0, []))

    def test_a_connection_without_a_thread_is_not_counted(self) -> None:
        listener = self.listener()
        with (
            mock.patch("_thread.start_new_thread", side_effect=RuntimeError("can't start new thread")),
            self.assertLogs("chatapp.server.net.listener", "ERROR"),
        ):
            self.admit(listener)
        self.assertEqual(len(listener.limits), 0)
        self.assertIsInstance(self.delivered[-1], Disconnected)  # then the core closes the socket

    def test_a_proxied_connection_without_a_thread_is_not_counted(self) -> None:
        listener = self.listener(parse(f"[proxy]\ntrusted = ['{PUBLIC}']"))
        with (
            mock.patch("threading.Thread.start", side_effect=RuntimeError("can't start new thread")),
            self.assertLogs("chatapp.server.net.listener", "ERROR"),
        ):
            sock = self.admit(listener)
        self.assertTrue(sock.is_closed)
        self.assertEqual((len(listener.limits), self.delivered), (0, []))

    def test_a_reset_socket_behind_a_proxy_is_not_counted(self) -> None:
        listener = self.listener(parse(f"[proxy]\ntrusted = ['{PUBLIC}']"))
        header = b"PROXY TCP4 9.9.9.9 192.0.2.1 4000 5000\r\n"
        with (
            mock.patch("threading.Thread.start", lambda thread: thread.run()),
            mock.patch("chatapp.server.net.listener._header", lambda sock: proxy_protocol.read(header)),
            self.assertLogs("chatapp.server.net.listener", "INFO"),
        ):
            sock = self.admit(listener, "setsockopt")
        self.assertTrue(sock.is_closed)
        self.assertEqual((len(listener.limits), self.delivered), (0, []))

    def test_after_a_bug_the_connection_is_not_counted(self) -> None:
        listener = self.listener()
        with (
            mock.patch("chatapp.server.net.listener.Link", side_effect=ValueError("a bug")),
            self.assertLogs("chatapp.server.net.listener", "ERROR"),
        ):
            sock = self.admit(listener)
        self.assertTrue(sock.is_closed)
        self.assertEqual(len(listener.limits), 0)


class Proxies(Quiet):
    def test_a_silent_proxy_is_not_counted_after_a_while(self) -> None:
        arrivals: SimpleQueue[object] = SimpleQueue()
        config = parse("[server]\nport = 0\n[proxy]\ntrusted = ['127.0.0.1']\n[limits]\nconnections = 1")
        listener = Listener(config, arrivals.put, arrivals.put)
        listener.policy = ConnectionPolicy(config.limits, ("PING",))
        (address,) = listener.bind()
        listener.start()
        self.addCleanup(listener.close)
        with (
            mock.patch("chatapp.server.net.listener.PROXY_SECONDS", 0.05),
            socket.create_connection(address) as proxy,
        ):
            proxy.settimeout(DEADLINE)
            self.assertIn(b"timed out", proxy.recv(4096))
        with socket.create_connection(address) as proxy:
            proxy.settimeout(DEADLINE)
            proxy.sendall(b"PROXY TCP4 198.51.100.22 203.0.113.7 1 2\r\nPING x\r\n")
            opened = arrivals.get(timeout=DEADLINE)
            assert isinstance(opened, Connected)
            self.assertEqual(opened.link.peer, ("198.51.100.22", 1))
            self.assertIsInstance(arrivals.get(timeout=DEADLINE), Received)
        opened.link.abort()
        self.assertIsInstance(arrivals.get(timeout=DEADLINE), Disconnected)
        opened.link.dispose()


class Binding(Quiet):
    def listener(self, host: str, port: int = 0) -> Listener:
        listener = Listener(Config(server=ServerConfig(host=host, port=port)), lambda _: None, lambda _: None)
        self.addCleanup(listener.close)
        return listener

    def refused(self, host: str, port: int, error: Exception | None = None) -> str:
        """Return why an address cannot be listened on."""
        bind = (
            mock.patch("socket.socket.bind", side_effect=error)
            if error
            else mock.patch.object(errno, "EBADF")
        )
        with bind, self.assertRaises(CannotListen) as refused:
            self.listener(host, port).bind()
        return str(refused.exception)

    def test_all_addresses_use_one_port(self) -> None:
        addresses = self.listener("0.0.0.0").bind()
        self.assertEqual(addresses[0][0], "0.0.0.0")
        self.assertEqual(len({port for _, port in addresses}), 1)

    def test_the_error_for_a_port_in_use_suggests_a_solution(self) -> None:
        ((host, port),) = self.listener("127.0.0.1").bind()
        self.assertEqual(
            self.refused(host, port),
            f"port {port} of 127.0.0.1 is in use by another program; choose another port with --port",
        )

    def test_other_errors(self) -> None:
        for error, text in (
            (PermissionError(errno.EACCES, "no"), "requires administrator rights"),
            (OSError(errno.EADDRNOTAVAIL, "no"), "192.0.2.7 is not an address of this computer"),
            (OSError(errno.EADDRINUSE, "no"), "AirPlay"),
            (OSError(errno.ENETDOWN, "the network is down"), "the network is down"),
        ):
            with self.subTest(text):
                self.assertIn(text, self.refused("192.0.2.7", 5000, error))

    def test_a_computer_without_ipv6_listens_on_ipv4(self) -> None:
        real = socket.getaddrinfo

        def ipv4_only(host: str, *rest: Any, **more: Any) -> Any:
            if ":" in host:
                raise socket.gaierror(socket.EAI_NONAME, "no IPv6")
            return real(host, *rest, **more)

        with mock.patch("socket.getaddrinfo", ipv4_only):
            self.assertEqual([host for host, _ in self.listener("0.0.0.0").bind()], ["0.0.0.0"])


class Accepting(Quiet):
    def setUp(self) -> None:
        super().setUp()
        self.arrivals: SimpleQueue[Any] = SimpleQueue()
        self.listener = Listener(parse("[server]\nport = 0"), self.arrivals.put, self.arrivals.put)
        (self.address,) = self.listener.bind()
        self.listener.start()
        self.addCleanup(self.listener.close)

    def connect(self) -> Connected:
        """Connect and return what the core gets."""
        self.enterContext(socket.create_connection(self.address, DEADLINE))
        arrival = self.arrivals.get(timeout=DEADLINE)
        assert isinstance(arrival, Connected)
        return arrival

    def end(self, arrival: Connected) -> None:
        arrival.link.abort()
        while not isinstance(self.arrivals.get(timeout=DEADLINE), Disconnected):
            continue  # the link may ask the watcher first
        assert isinstance(arrival.link, Link)
        arrival.link.dispose()
        arrival.link.release()

    def test_a_connection_is_counted_until_it_ends(self) -> None:
        arrival = self.connect()
        self.assertEqual((arrival.refusal, len(self.listener.limits)), ("", 1))
        self.end(arrival)
        self.assertEqual(len(self.listener.limits), 0)

    def test_the_switch_interval_follows_the_number_of_connections(self) -> None:
        counts: list[int] = []
        with mock.patch("chatapp.server.net.listener.switch_interval.fit_to", counts.append):
            first, second = self.connect(), self.connect()
            for each in (first, second):
                self.end(each)
        self.assertEqual(counts, [1, 2, 1, 0])

    def test_the_switch_interval_follows_a_number_that_changes_meanwhile(self) -> None:
        arrival = self.connect()
        counts: list[int] = []

        def fit_to(count: int) -> None:
            if not counts:  # another connection, whose thread fits the interval before this one does
                self.listener.limits.acquire(PUBLIC, False, 0.0)
            counts.append(count)

        with mock.patch("chatapp.server.net.listener.switch_interval.fit_to", fit_to):
            self.end(arrival)
        self.assertEqual(counts, [0, 1])

    def test_a_reloaded_configuration_applies_to_new_connections(self) -> None:
        first = self.connect()
        config = parse("[limits]\nconnections = 1")
        self.listener.configure(config, ConnectionPolicy(config.limits, ()))
        second = self.connect()
        self.assertEqual((first.refusal, second.refusal), ("", FULL))
        for each in (first, second):
            self.end(each)

    def test_at_the_end_the_thread_of_the_handshakes_ends(self) -> None:
        with mock.patch.object(WorkerThread, "close") as close:
            self.listener.close()
        close.assert_called_once_with()

    def test_after_the_end_nothing_is_accepted(self) -> None:
        self.doCleanups()
        self.assertRaises(OSError, socket.create_connection, self.address, DEADLINE)


if __name__ == "__main__":
    unittest.main()
