"""HTTP in bytes: the page, /health, the way to a WebSocket, and a proper answer to everything else."""

from __future__ import annotations

import unittest

from chatapp.server.http import Rejected, Site, is_request, read, serve, upgrade, wants_websocket

SITE = Site("Room 12 <LAN>", "ircs://192.168.1.20:5000/?pin=sha256:aa&x", ("https://web.example",))
KEY = "dGhlIHNhbXBsZSBub25jZQ=="


def request(first: str, **fields: str) -> bytes:
    lines = [first, *(f"{name.replace('_', '-')}: {value}" for name, value in fields.items()), "", ""]
    return "\r\n".join(lines).encode()


def opening(**fields: str) -> bytes:
    """A browser's request for a WebSocket, with these fields instead of its own."""
    usual = {
        "Host": "chat.example:5000", "Upgrade": "websocket", "Connection": "keep-alive, Upgrade",
        "Sec_WebSocket_Key": KEY, "Sec_WebSocket_Version": "13",
    }  # fmt: skip
    return request("GET / HTTP/1.1", **{**usual, **fields})


class Http(unittest.TestCase):
    def answer(self, data: bytes) -> bytes:
        """What a client gets for a request."""
        try:
            asked = read(data)
            assert asked, "the head is not complete"
            return upgrade(asked, SITE)[0] if wants_websocket(asked) else serve(asked, SITE)
        except Rejected as rejected:
            return rejected.answer

    def status(self, data: bytes) -> int:
        return int(self.answer(data).split()[1])

    def test_a_request_is_told_from_irc(self) -> None:
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

    def test_the_page_names_the_network_and_the_link_escaped(self) -> None:
        page = self.answer(request("GET / HTTP/1.1")).decode()
        self.assertTrue(page.startswith("HTTP/1.1 200 OK\r\n"))
        self.assertIn("<h1>Room 12 &lt;LAN&gt;</h1>", page)
        self.assertIn("ircs://192.168.1.20:5000/?pin=sha256:aa&amp;x", page)

    def test_the_length_is_right_also_without_a_body(self) -> None:
        head, _, body = self.answer(request("GET / HTTP/1.1")).partition(b"\r\n\r\n")
        self.assertIn(f"Content-Length: {len(body)}".encode(), head)
        self.assertEqual(self.answer(request("HEAD / HTTP/1.1")), head + b"\r\n\r\n")

    def test_health(self) -> None:
        self.assertTrue(self.answer(request("GET /health?x=1 HTTP/1.1")).endswith(b"\r\n\r\nok\n"))

    def test_everything_else_has_its_status(self) -> None:
        cases = {
            request("GET /nothing HTTP/1.1"): 404,
            request("GET /../etc/passwd HTTP/1.1"): 404,
            request("POST / HTTP/1.1"): 405,
            request("GET / HTTP/2.0"): 505,
            request("GET /"): 400,
            b"GET / HTTP/1.1\r\nno colon\r\n\r\n": 400,
            b"GET / HTTP/1.1\r\nspace : x\r\n\r\n": 400,
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

    def test_half_a_head_is_waited_for(self) -> None:
        self.assertIsNone(read(b"GET / HTTP/1.1\r\nHost: x\r\n"))
        with self.assertRaises(Rejected):
            read(b"GET / HTTP/1.1\r\nx: " + b"y" * 9000)

    def test_the_first_known_subprotocol_is_agreed(self) -> None:
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
