"""The PROXY protocol on a real server: the address of the client behind the proxy counts."""

from __future__ import annotations

import struct
from ipaddress import ip_address

from tests.live.base import LiveTest, RawClient
from tests.live.test_tls import client_context

ANN = b"PROXY TCP4 198.51.100.22 203.0.113.7 56324 5000\r\n"
THROUGH_TLS = struct.pack("!BHBI", 0x20, 5, 1, 1)


def binary(source: str, values: bytes = b"") -> bytes:
    """Return a PROXY header of version 2."""
    block = ip_address(source).packed + ip_address("203.0.113.7").packed + bytes(4) + values
    return bytes.fromhex("0d0a0d0a000d0a515549540a 21 11") + struct.pack("!H", len(block)) + block


class ProxyTest(LiveTest):
    CONFIG = "[proxy]\ntrusted = ['127.0.0.0/8']\n[limits]\nconnections_per_address = 2"

    def setUp(self) -> None:
        super().setUp()
        self.start()

    def behind(self, header: bytes) -> RawClient:
        """Connect like a proxy for a client."""
        client = self.connect()
        client.send_bytes(header)
        return client

    def enter_behind(self, nick: str, header: bytes) -> RawClient:
        client = self.behind(header)
        client.send(f"NICK {nick}", f"USER {nick} 0 * :{nick}")
        client.settle()
        return client

    def enter_through_tls(self, nick: str, header: bytes) -> RawClient:
        client = self.behind(header)
        client.sock = client_context().wrap_socket(client.sock, server_hostname="localhost")
        self.addCleanup(client.sock.close)
        client.send(f"NICK {nick}", f"USER {nick} 0 * :{nick}")
        client.settle()
        return client


class Behind(ProxyTest):
    def address(self, client: RawClient, nick: str) -> str:
        """Return the address that the server shows for a nick."""
        client.send(f"WHOIS {nick}")
        return client.until("338").params[2]

    def test_the_address_behind_the_proxy_counts(self) -> None:
        ann = self.enter_through_tls("ann", ANN)
        self.assertEqual(self.address(ann, "ann"), "198.51.100.22")
        self.server.printed("Connected with ('198.51.100.22', 56324)")
        self.assertNotIn("127.0.0.1', ", "".join(self.server.lines))

    def test_a_proxy_may_report_that_the_client_used_tls(self) -> None:
        ann = self.enter_behind("ann", binary("198.51.100.22", THROUGH_TLS))
        self.assertEqual(self.address(ann, "ann"), "198.51.100.22")

    def test_a_client_that_reached_the_proxy_without_tls_is_refused(self) -> None:
        for header in (ANN, binary("198.51.100.22")):
            client = self.behind(header + b"NICK ann\r\n")
            [*_, error] = client.rest()
            self.assertIn("requires TLS", error.text)

    def test_a_client_on_the_proxys_computer_counts_as_local(self) -> None:
        for header in (b"PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n", b"PROXY UNKNOWN\r\n"):
            ann = self.enter_behind("ann", header)
            self.assertEqual(self.address(ann, "ann"), "127.0.0.1")
            ann.send("QUIT")
            ann.rest()

    def test_header_and_command_may_arrive_in_single_bytes(self) -> None:
        client = self.connect()
        for byte in binary("198.51.100.22", THROUGH_TLS) + b"PING there\r\n":
            client.send_bytes(bytes([byte]))
        self.assertEqual(client.until("PONG").text, "there")

    def test_limits_count_the_clients_behind_the_proxy(self) -> None:
        header = binary("9.9.9.9", THROUGH_TLS)
        for nick in ("ann", "bob"):
            self.enter_behind(nick, header)
        [error] = self.behind(header).rest()
        self.assertEqual(error.text, "Too many connections from your address")
        self.enter_behind("carl", binary("9.9.9.10", THROUGH_TLS))

    def test_a_connection_without_a_proxy_header_is_refused(self) -> None:
        ann = self.enter_through_tls("ann", ANN)
        for start in (b"NICK bob\r\n", b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01", b"PROXY TCP4 x\r\n"):
            [error] = self.behind(start).rest()
            self.assertIn("reserved for proxies", error.text)
        ann.settle()


class Untrusted(LiveTest):
    CONFIG = "[proxy]\ntrusted = ['192.0.2.1']"

    def test_a_header_from_an_untrusted_address_is_ignored(self) -> None:
        self.start()
        client = self.connect()
        client.send_bytes(ANN)
        self.assertIn("127.0.0.1", self.server.printed("Refused"))


class SecureProxy(ProxyTest):
    CONFIG = "[proxy]\ntrusted = ['127.0.0.1']\nsecure = true"

    def test_a_proxy_configured_as_secure_need_not_report_tls(self) -> None:
        self.enter_behind("ann", ANN)
