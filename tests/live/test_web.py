"""Browsers on the same port: the page, /health, and IRC over WebSocket, in plain text and through TLS."""

from __future__ import annotations

import socket
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection

from tests.live.base import DEADLINE, LiveTest
from tests.live.test_tls import client_context
from tests.server.net.test_http import opening
from tests.server.net.test_websocket import frame


class WebTest(LiveTest):
    def setUp(self) -> None:
        super().setUp()
        self.start()

    def read_until(self, raw: socket.socket, end: bytes | None) -> bytes:
        """Receive until these bytes have arrived, or until the connection ends if none are given."""
        received = b""
        while end is None or end not in received:
            data = raw.recv(4096)
            if not data:
                self.assertIsNone(end, received)
                return received
            received += data
        return received


class Web(WebTest):
    def get(
        self, path: str, method: str = "GET", encrypted: bool = False, **fields: str
    ) -> tuple[HTTPResponse, str]:
        """Send a request and return the response and its body."""
        port = self.server.port
        client = (
            HTTPSConnection("localhost", port, timeout=DEADLINE, context=client_context())
            if encrypted
            else HTTPConnection("127.0.0.1", port, timeout=DEADLINE)
        )
        self.addCleanup(client.close)
        client.request(method, path, headers=fields)
        answer = client.getresponse()
        return answer, answer.read().decode()

    def test_a_browser_gets_a_page_with_instructions_to_join(self) -> None:
        for encrypted in (False, True):
            with self.subTest(encrypted=encrypted):
                answer, page = self.get("/", encrypted=encrypted)
                self.assertEqual(answer.status, 200)
                self.assertIn("<h1>Chatapp</h1>", page)
                self.assertIn(f":{self.server.port}", page)

    def test_health_and_unknown_paths(self) -> None:
        self.assertEqual(self.get("/health")[1], "ok\nChatapp\n")
        self.assertEqual(self.get("/wp-login.php")[0].status, 404)
        self.assertEqual(self.get("/", "POST")[0].status, 405)

    def test_irc_through_a_websocket(self) -> None:
        ann = self.enter("ann")
        raw = self.connect().sock
        start = opening(Host="localhost", Sec_WebSocket_Protocol="text.ircv3.net")
        raw.sendall(start + frame(1, b"NICK web"))
        self.read_until(raw, b"101 Switching Protocols")
        raw.sendall(frame(1, b"USER web 0 * :web") + frame(9, b"alive?"))
        received = self.read_until(raw, b"JOIN #general")
        pong = bytes([0x8A, 6]) + b"alive?"
        if pong not in received:
            received += self.read_until(raw, pong)
        self.assertNotIn(b"\r\n", received.partition(b"\r\n\r\n")[2])
        self.assertEqual(ann.until("JOIN").nick, "web")
        raw.sendall(frame(1, "PRIVMSG #general :grüß Gott".encode()))
        self.assertEqual(ann.until("PRIVMSG").text, "grüß Gott")
        ann.send("PRIVMSG #general :hello web")
        self.read_until(raw, b"PRIVMSG #general :hello web")
        raw.sendall(frame(8, (1000).to_bytes(2)))
        self.assertIn(b"\x88\x02\x03\xe8", self.read_until(raw, None))
        self.assertEqual(ann.until("QUIT").nick, "web")

    def test_a_foreign_host_name_is_refused(self) -> None:
        """DNS rebinding, in plain text and through TLS, on every path."""
        for encrypted in (False, True):
            for path in ("/", "/health", "/nothing"):
                with self.subTest(encrypted=encrypted, path=path):
                    answer, body = self.get(path, encrypted=encrypted, Host="evil.example:5000")
                    self.assertEqual(answer.status, 403)
                    self.assertNotIn("pin=", body)
        raw = self.connect().sock
        raw.sendall(opening(Host="evil.example", Origin="http://evil.example"))
        self.assertIn(b"403 Forbidden", self.read_until(raw, None))

    def test_the_host_names_of_this_computer_and_its_certificate_are_accepted(self) -> None:
        computer = socket.gethostname()
        for host in ("localhost", "127.0.0.1", "[::1]:1", "chatapp.local", computer, f"{computer}.local"):
            with self.subTest(host=host):
                self.assertEqual(self.get("/health", Host=host)[0].status, 200)

    def test_invalid_urls_are_answered(self) -> None:
        head = b"GET / HTTP/1.1\r\nHost: localhost\r\n"
        cases = {
            b"GET http://[ HTTP/1.1\r\n\r\n": b"400",
            b"GET / HTTP/1.1\r\nHost: [\r\n\r\n": b"400",
            b"GET / HTTP/1.1\r\nHost: localhost:99999999\r\n\r\n": b"400",
            head + b"Host: localhost\r\n\r\n": b"400",
            opening(Origin="http://[", Host="localhost"): b"403",
        }
        for data, status in cases.items():
            with self.subTest(data=data):
                raw = self.connect().sock
                raw.sendall(data)
                self.assertEqual(self.read_until(raw, None).split()[1], status)

    def test_a_page_of_another_site_may_not_connect(self) -> None:
        raw = self.connect().sock
        raw.sendall(opening(Host="localhost", Origin="https://evil.example"))
        self.assertIn(b"403 Forbidden", self.read_until(raw, None))


class WithoutFloodLimit(WebTest):
    """Without a limit on the rate of commands."""

    CONFIG = "[limits]\nflood_per_second = 0"

    def test_a_client_that_pings_and_never_reads_the_pongs_is_dropped(self) -> None:
        ann = self.enter("ann")
        raw = self.connect().sock
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        raw.sendall(opening(Host="localhost") + frame(1, b"NICK deaf") + frame(1, b"USER deaf 0 * :deaf"))
        ann.until("JOIN")
        pings = frame(9, b"?" * 125) * 1000
        with self.assertRaises(OSError):
            while True:
                raw.sendall(pings)
        self.assertIn("SendQ exceeded", ann.until("QUIT").text)
