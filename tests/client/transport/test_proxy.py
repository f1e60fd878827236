"""The tunnel through a proxy: what it carries, what it may not reveal, and every refusal in words."""

from __future__ import annotations

import socket
import threading
from typing import Any
from unittest import mock

from chatapp.client.transport.certificates import ServerTarget
from chatapp.client.transport.dial import Unreachable
from chatapp.client.transport.link import LinkConnected, LinkFailed, ServerLink
from chatapp.client.transport.proxy import dial_through
from chatapp.protocol.proxy_address import ProxyAddress
from tests.client.transport.authority import PATIENCE
from tests.client.transport.proxies import HttpProxy, LittleProxy, SocksProxy
from tests.client.transport.test_tls_dial import TlsTest

NAME = "chat.example"  # no resolver of this computer knows it: RFC 6761
KINDS: dict[str, type[LittleProxy]] = {"socks5": SocksProxy, "http": HttpProxy}
REFUSALS = {
    ("socks5", 1): ("proxy", "It answered: code 1."),
    ("socks5", 2): ("proxy", "does not allow connections to chat.example:5000"),
    ("socks5", 3): ("host", "cannot reach the network of chat.example:5000"),
    ("socks5", 4): ("host", "cannot reach chat.example:5000"),
    ("socks5", 5): ("refused", "no server answers on port 5000"),
    ("socks5", 6): ("timeout", "did not answer the proxy"),
    ("socks5", 7): ("proxy", "does not make connections for chat"),
    ("socks5", 8): ("proxy", "does not support this kind of address"),
    ("http", 403): ("proxy", "does not allow connections to chat.example:5000"),
    ("http", 405): ("proxy", "does not make connections for chat"),
    ("http", 418): ("proxy", "It answered: 418 Not here."),
    ("http", 502): ("host", "cannot reach chat.example:5000"),
    ("http", 503): ("host", "at present"),
    ("http", 504): ("timeout", "did not answer the proxy"),
}


class ProxyTest(TlsTest):
    """Proxies of both kinds."""

    def proxy(self, kind: str, **how: Any) -> LittleProxy:
        port = self.server.port if hasattr(self, "server") else 1
        proxy = KINDS[kind](("127.0.0.1", port), **how)
        self.addCleanup(proxy.close)
        return proxy

    def dial(self, proxy: LittleProxy, kind: str, host: str = NAME, login: str = "", **how: Any) -> Any:
        """Dial through a proxy and close the socket at the end of the test."""
        user, _, password = login.partition(":")
        wake, waker = socket.socketpair()
        self.addCleanup(waker.close)
        self.addCleanup(wake.close)
        self.waker = waker
        address = ProxyAddress.of(
            "http" if kind == "http" else "socks5", f"127.0.0.1:{proxy.port}", user, password
        )
        sock = dial_through(address, host, 5000, wake, how.pop("cancelled", lambda: False), **how)
        if sock is not None:
            self.addCleanup(sock.close)
        return sock

    def failure(self, *arguments: Any, **how: Any) -> Unreachable:
        with self.assertRaises(Unreachable) as caught:
            self.dial(*arguments, **how)
        return caught.exception


class TunnelTest(ProxyTest):
    def test_the_first_bytes_of_the_server_stay_in_the_socket(self) -> None:
        for kind in KINDS:
            with self.subTest(kind):
                self.serve(None, b"NOTICE * :hello\r\n")
                sock = self.dial(self.proxy(kind), kind)
                sock.setblocking(True)
                self.assertEqual(b"NOTICE * :hello\r\n", sock.recv(100))

    def test_the_name_of_the_server_is_looked_up_by_the_proxy_alone(self) -> None:
        asked: list[str] = []
        resolve = socket.getaddrinfo

        def spy(host: str, *rest: Any, **named: Any) -> Any:
            asked.append(host)
            return resolve(host, *rest, **named)

        self.serve(None)
        for kind in KINDS:
            proxy = self.proxy(kind)
            with self.subTest(kind), mock.patch("socket.getaddrinfo", spy):
                self.dial(proxy, kind)
            self.assertEqual([f"{NAME}:5000"], proxy.requests)
        self.assertEqual({"127.0.0.1"}, set(asked))

    def test_hosts_are_written_as_the_protocol_demands(self) -> None:
        self.serve(None)
        cases = {
            "192.0.2.7": {"socks5": "192.0.2.7:5000", "http": "192.0.2.7:5000"},
            "2001:db8::1": {"socks5": "2001:db8::1:5000", "http": "[2001:db8::1]:5000"},
            "bücher.example.": dict.fromkeys(KINDS, "xn--bcher-kva.example:5000"),
        }
        for host, expected in cases.items():
            for kind in KINDS:
                proxy = self.proxy(kind)
                with self.subTest(host, kind=kind):
                    self.dial(proxy, kind, host)
                    self.assertEqual([expected[kind]], proxy.requests)

    def test_a_login_is_sent_if_the_proxy_demands_it(self) -> None:
        self.serve(None)
        for kind in KINDS:
            with self.subTest(kind):
                self.assertIsNotNone(
                    self.dial(self.proxy(kind, login="ana:geheim ü"), kind, login="ana:geheim ü")
                )

    def test_a_login_does_no_harm_if_the_proxy_needs_none(self) -> None:
        self.serve(None)
        for kind in KINDS:
            with self.subTest(kind):
                self.assertIsNotNone(self.dial(self.proxy(kind), kind, login="ana:secret"))

    def test_a_proxy_may_have_an_ipv6_address(self) -> None:
        self.serve(None)
        proxy = self.proxy("socks5", host="::1")
        wake, waker = socket.socketpair()
        with wake, waker:
            address = ProxyAddress("socks5", "::1", proxy.port)
            sock = dial_through(address, NAME, 5000, wake, lambda: False)
        assert sock
        sock.close()


class RefusalTest(ProxyTest):
    def test_every_refusal_is_explained(self) -> None:
        for (kind, code), (field, words) in REFUSALS.items():
            with self.subTest(kind, code=code):
                failure = self.failure(self.proxy(kind, refusal=code), kind)
                self.assertEqual(field, failure.kind)
                self.assertIn(words, failure.reason)

    def test_a_missing_login_is_explained(self) -> None:
        for kind in KINDS:
            with self.subTest(kind):
                failure = self.failure(self.proxy(kind, login="ana:secret"), kind)
                self.assertIn("needs a user name and a password", failure.reason)

    def test_a_wrong_password_is_explained(self) -> None:
        for kind in KINDS:
            with self.subTest(kind):
                failure = self.failure(self.proxy(kind, login="ana:secret"), kind, login="ana:other")
                self.assertIn("does not accept this user name and password", failure.reason)

    def test_a_proxy_that_does_not_listen_is_named(self) -> None:
        proxy = self.proxy("socks5")
        proxy.close()
        failure = self.failure(proxy, "socks5")
        self.assertEqual("proxy", failure.kind)
        self.assertIn(f"The proxy 127.0.0.1:{proxy.port} cannot be reached.", failure.reason)

    def test_another_program_in_place_of_the_proxy_is_told(self) -> None:
        for kind in KINDS:
            with self.subTest(kind):
                proxy = self.proxy(
                    kind, answer=lambda sock: (sock.sendall(b"220 mail\r\n\r\n"), sock.recv(9999))
                )
                self.assertIn("is not a proxy of the kind", self.failure(proxy, kind).reason)

    def test_a_head_without_end_is_not_read_for_ever(self) -> None:
        proxy = self.proxy("http", answer=lambda sock: sock.sendall(b"HTTP/1.1 " + b"x" * 100_000))
        self.assertIn("is not a proxy", self.failure(proxy, "http").reason)

    def test_a_closed_connection_is_told(self) -> None:
        for kind in KINDS:
            with self.subTest(kind):
                proxy = self.proxy(kind, answer=lambda sock: sock.recv(1))
                self.assertIn("closed the connection", self.failure(proxy, kind).reason)

    def test_a_silent_proxy_is_given_up(self) -> None:
        for kind in KINDS:
            with self.subTest(kind):
                proxy = self.proxy(kind, answer=lambda sock: [None for _ in iter(lambda: sock.recv(99), b"")])
                failure = self.failure(proxy, kind, answer_seconds=0.05)
                self.assertIn("did not answer within", failure.reason)

    def test_a_cancelled_attempt_returns_no_socket(self) -> None:
        cancelled = threading.Event()

        def cancel(sock: socket.socket) -> None:
            sock.recv(99)
            cancelled.set()
            self.waker.send(b"\0")
            while sock.recv(99):
                pass

        self.assertIsNone(self.dial(self.proxy("http", answer=cancel), "http", cancelled=cancelled.is_set))

    def test_hosts_that_no_proxy_can_reach_are_not_sent(self) -> None:
        for host in ("fe80::1%eth0", "two words", "a\r\nb", "", "x" * 300):
            proxy = self.proxy("http")
            with self.subTest(host):
                self.assertEqual("host", self.failure(proxy, "http", host).kind)
            self.assertEqual([], proxy.requests)


class ProxyAndTlsTest(ProxyTest):
    elsewhere = False

    def link_through(self, proxy: str, host: str = NAME, **how: Any) -> LinkConnected | LinkFailed:
        target = ServerTarget(host, self.server.port, proxy=proxy, **how)
        link = ServerLink(target, self.inbox, PATIENCE)
        self.addCleanup(link.join, PATIENCE)
        self.addCleanup(link.close)
        while (item := self.inbox.get(timeout=PATIENCE)).link is not link:
            continue  # an earlier link still receives
        assert isinstance(item, LinkConnected | LinkFailed), item
        return item

    def test_the_certificate_must_be_that_of_the_server(self) -> None:
        self.serve(self.authority.sign(NAME))
        for kind in KINDS:
            with self.subTest(kind):
                item = self.link_through(f"{kind}://127.0.0.1:{self.proxy(kind).port}")
                assert isinstance(item, LinkConnected), item
                self.assertTrue(item.encrypted)
                self.assertFalse(item.here)

    def test_a_server_behind_a_proxy_on_this_computer_does_not_count_as_local(self) -> None:
        self.serve(self.authority.sign("other.example"))
        item = self.link_through(f"socks5://127.0.0.1:{self.proxy('socks5').port}")
        assert isinstance(item, LinkFailed), item
        self.assertEqual("certificate", item.kind)

    def test_a_pin_is_compared_with_the_certificate_of_the_server(self) -> None:
        pair = self.authority.sign("other.example")
        self.serve(pair)
        item = self.link_through(f"http://127.0.0.1:{self.proxy('http').port}", pin=pair.fingerprint)
        self.assertIsInstance(item, LinkConnected)

    def test_a_server_without_tls_behind_a_proxy_is_not_accepted(self) -> None:
        self.serve(None, b"NOTICE * :hello\r\n")
        item = self.link_through(f"socks5://127.0.0.1:{self.proxy('socks5').port}")
        assert isinstance(item, LinkFailed), item
        self.assertEqual("no-tls", item.kind)

    def test_a_server_on_this_computer_is_reached_directly(self) -> None:
        self.serve(None)
        proxy = self.proxy("socks5")
        item = self.link_through(f"socks5://127.0.0.1:{proxy.port}", "127.0.0.1", encrypt="never")
        self.assertIsInstance(item, LinkConnected)
        self.assertEqual([], proxy.requests)

    def test_a_damaged_proxy_is_a_failure_in_words(self) -> None:
        self.serve(None)
        item = self.link_through("ftp://proxy")
        assert isinstance(item, LinkFailed), item
        self.assertEqual("proxy", item.kind)
