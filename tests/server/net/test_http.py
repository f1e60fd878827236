"""HTTP in bytes: the page, /health, the upgrade to a WebSocket, and errors for everything else."""

from __future__ import annotations

import unittest

from chatapp.server.net.http import HttpError, check_host, is_request, is_upgrade, read, serve, upgrade
from chatapp.server.net.policy import Site

SITE = Site(
    "Room 12 <LAN>",
    "ircs://192.168.1.20:5000/?pin=sha256:aa&x",
    ("https://web.example",),
    frozenset({"chat.example", "*.lan.example", "laptop.local"}),
)
KEY = "dGhlIHNhbXBsZSBub25jZQ=="


def request(first: str, **fields: str) -> bytes:
    lines = [first, *(f"{name.replace('_', '-')}: {value}" for name, value in fields.items()), "", ""]
    return "\r\n".join(lines).encode()


def opening(**fields: str) -> bytes:
    """Return a browser's request for a WebSocket, with these fields instead of the defaults."""
    usual = {
        "Host": "chat.example:5000", "Upgrade": "websocket", "Connection": "keep-alive, Upgrade",
        "Sec_WebSocket_Key": KEY, "Sec_WebSocket_Version": "13",
    }  # fmt: skip
    return request("GET / HTTP/1.1", **{**usual, **fields})


class Http(unittest.TestCase):
    def answer(self, data: bytes) -> bytes:
        """Return the response to a request."""
        try:
            asked = read(data)
            assert asked, "the head is not complete"
            check_host(asked, SITE)
            return upgrade(asked, SITE)[0] if is_upgrade(asked) else serve(asked, SITE)
        except HttpError as error:
            return error.response

    def status(self, data: bytes) -> int:
        return int(self.answer(data).split()[1])

    def test_a_request_is_distinguished_from_irc(self) -> None:
        cases = {
            b"GET / HTTP/1.1": True,
            b"POST /x": True,
            b"NICK ann": False,
            b"GETS x": False,
            b"GET": False,
        }
        for data, expected in cases.items():
            with self.subTest(data=data):
                self.assertIs(is_request(data), expected)

    def test_the_page_contains_the_escaped_network_name_and_link(self) -> None:
        page = self.answer(request("GET / HTTP/1.1")).decode()
        self.assertTrue(page.startswith("HTTP/1.1 200 OK\r\n"))
        self.assertIn("<h1>Room 12 &lt;LAN&gt;</h1>", page)
        self.assertIn("ircs://192.168.1.20:5000/?pin=sha256:aa&amp;x", page)

    def test_the_content_length_is_correct_even_without_a_body(self) -> None:
        head, _, body = self.answer(request("GET / HTTP/1.1")).partition(b"\r\n\r\n")
        self.assertIn(f"Content-Length: {len(body)}".encode(), head)
        self.assertEqual(self.answer(request("HEAD / HTTP/1.1")), head + b"\r\n\r\n")

    def test_health(self) -> None:
        answer = self.answer(request("GET /health?x=1 HTTP/1.1"))
        self.assertTrue(answer.endswith(b"\r\n\r\nok\nRoom 12 <LAN>\n"))

    def test_every_other_request_has_its_status(self) -> None:
        cases = {
            request("GET /nothing HTTP/1.1"): 404,
            request("GET /../etc/passwd HTTP/1.1"): 404,
            request("POST / HTTP/1.1"): 405,
            request("GET / HTTP/2.0"): 505,
            request("GET /"): 400,
            b"GET / HTTP/1.1\r\nno colon\r\n\r\n": 400,
            b"GET / HTTP/1.1\r\nspace : x\r\n\r\n": 400,
            b"GET / HTTP/1.1\r\nContent-Length x: 3\r\n\r\n": 400,
            b"GET / HTTP/1.1\r\nHost: localhost\r\nX(y): 3\r\n\r\n": 400,
            b"GET / HTTP/1.1\r\nHost: localhost\r\nhost: localhost\r\n\r\n": 400,
            "GET /ü HTTP/1.1\r\n\r\n".encode(): 400,
            b"GET / HTTP/1.1\r\nx: " + b"y" * 9000 + b"\r\n\r\n": 431,
            opening(Sec_WebSocket_Version="8"): 426,
            opening(Sec_WebSocket_Key="short"): 400,
            opening(Connection="close"): 400,
            opening(Origin="https://evil.example"): 403,
            opening(): 101,
            opening(Origin="http://chat.example:5000"): 101,
            opening(Origin="https://web.example"): 101,
        }
        for data, status in cases.items():
            with self.subTest(data=data[:60]):
                self.assertEqual(self.status(data), status)

    def test_only_addresses_and_names_of_this_server_are_served(self) -> None:
        """DNS rebinding: a site whose name resolves to this server sends its own name in `Host`."""
        hosts = {
            "127.0.0.1:5000": 200,
            "[::1]:5000": 200,
            "[::ffff:127.0.0.1]": 200,
            "localhost": 200,
            "LOCALHOST:5000": 200,
            "localhost.": 200,
            "Chat.Example:5000": 200,
            "chat.example:": 200,
            "a.lan.example": 200,
            "laptop.local": 200,
            "evil.example": 403,
            "evil.example:5000": 403,
            "chat.example.evil.example": 403,
            "a.b.lan.example": 403,
            "localhost.evil.example": 403,
            "127.0.0.1.evil.example": 403,
            "2130706433": 403,
            "[": 400,
            "[::1": 400,
            "::1": 400,
            "[::1]x": 400,
            "[1.2.3.4]": 400,
            "[::1%lo]": 400,
            ":5000": 400,
            "": 400,
            "localhost:99999999": 400,
            "localhost:65536": 400,
            "localhost:-1": 400,
            "localhost, localhost": 400,
            "user@localhost": 400,
            "localhost/": 400,
            "a b": 400,
            "x" * 9000: 431,
        }
        for host, status in hosts.items():
            for path in ("/", "/health"):
                with self.subTest(host=host[:40], path=path):
                    self.assertEqual(self.status(request(f"GET {path} HTTP/1.1", Host=host)), status)
        self.assertEqual(self.status(request("GET /nothing HTTP/1.1", Host="evil.example")), 403)
        self.assertEqual(self.status(opening(Host="evil.example", Origin="http://evil.example")), 403)
        self.assertEqual(self.status(b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"), 400)
        self.assertEqual(self.status("GET / HTTP/1.1\r\nHost: löcalhost\r\n\r\n".encode()), 400)

    def test_an_absolute_target_must_name_the_server(self) -> None:
        """RFC 9112 section 3.2.2."""
        cases = {
            "http://chat.example:5000/health": 200,
            "HTTPS://chat.example": 200,
            "http://chat.example?x=[": 200,
            "/health?x=[#]": 200,
            "http://evil.example/": 403,
            "http://[": 400,
            "http://[/": 400,
            "http://[::1]:99999999/": 400,
            "http:///": 400,
            "http://": 400,
            "http://a@chat.example/": 400,
            "//evil.example/": 404,
            "*": 400,
            "?": 400,
            "chat.example:5000": 400,
            "ftp://chat.example/": 400,
        }
        for target, status in cases.items():
            with self.subTest(target=target):
                self.assertEqual(self.status(request(f"GET {target} HTTP/1.1", Host="localhost")), status)

    def test_control_characters_are_refused(self) -> None:
        for character in b"\0\x07\r\n\x0b\x1b\x7f":
            with self.subTest(character=character):
                data = b"GET / HTTP/1.1\r\nx: a" + bytes([character]) + b"b\r\n\r\n"
                self.assertEqual(self.status(data), 400)

    def test_an_origin_is_this_server_or_configured(self) -> None:
        cases = {
            "http://chat.example:5000": 101,
            "https://CHAT.example:5000": 101,
            "https://web.example": 101,
            "http://chat.example": 403,
            "http://chat.example:8000": 403,
            "https://evil.example": 403,
            "https://web.example.evil.example": 403,
            "null": 403,
            "http://[": 403,
            "http://": 403,
            "http://chat.example:5000/x": 403,
            "http://chat.example:99999999": 403,
            "chat.example:5000": 403,
            "http://chat.example:5000, http://chat.example:5000": 403,
        }
        for page, status in cases.items():
            with self.subTest(page=page):
                self.assertEqual(self.status(opening(Origin=page)), status)
        default = {"Host": "localhost", "Origin": "https://localhost:443"}
        self.assertEqual(self.status(opening(**default)), 101)
        without = opening(Origin="null").replace(b"Host: chat.example:5000\r\n", b"")
        self.assertEqual(self.status(without), 403)

    def test_an_incomplete_head_is_waited_for(self) -> None:
        self.assertIsNone(read(b"GET / HTTP/1.1\r\nHost: x\r\n"))
        with self.assertRaises(HttpError):
            read(b"GET / HTTP/1.1\r\nx: " + b"y" * 9000)

    def test_the_first_known_subprotocol_is_selected(self) -> None:
        cases = {
            "binary.ircv3.net, text.ircv3.net": "binary.ircv3.net",
            "chat, text.ircv3.net": "text.ircv3.net",
        }
        for offered, agreed in cases.items():
            with self.subTest(offered=offered):
                asked = read(opening(Sec_WebSocket_Protocol=offered))
                assert asked
                answer, name = upgrade(asked, SITE)
                self.assertEqual(name, agreed)
                self.assertIn(f"Sec-WebSocket-Protocol: {agreed}".encode(), answer)
                self.assertIn(b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", answer)
