"""One HTTP request over a connection like that of the chat."""

from __future__ import annotations

import contextlib
import socket
import threading
from contextlib import closing
from http.client import HTTPException
from unittest import mock

from chatapp.client.transport import file_connection
from chatapp.client.transport.certificates import ServerTarget
from chatapp.client.transport.file_connection import FileConnection
from chatapp.client.transport.tls_dial import Cancelled
from chatapp.client.transport.transfer_control import TransferControl
from tests.client.transport.authority import Authority
from tests.client.transport.http_server import FileServer, Handler, Received
from tests.client.transport.proxies import SocksProxy
from tests.errors import Quiet


class Connections(Quiet):
    def setUp(self) -> None:
        super().setUp()
        self.server = FileServer()
        self.addCleanup(self.server.close)
        self.control = TransferControl()
        self.addCleanup(self.control.close)

    def open(self, target: ServerTarget | None = None, silence: float = 10.0) -> FileConnection:
        target = target or ServerTarget("127.0.0.1", self.server.port, "never")
        connection = FileConnection(target, self.control, silence)
        self.addCleanup(connection.close)
        return connection

    def test_a_request_has_the_name_of_the_server_and_its_fields(self) -> None:
        path = self.server.add("a.txt", b"12345")
        connection = self.open()
        connection.begin("GET", path, {"Accept-Encoding": "identity"})
        self.assertEqual(b"12345", connection.answer("GET").read())
        fields = self.server.requests[0].fields
        self.assertEqual(f"127.0.0.1:{self.server.port}", fields["Host"])
        self.assertEqual(("close", "identity"), (fields["Connection"], fields["Accept-Encoding"]))

    def test_it_waits_until_the_server_wants_the_body(self) -> None:
        connection = self.open()
        connection.begin("POST", "/upload/token-1", {"Expect": "100-continue", "Content-Length": "5"})
        self.assertTrue(connection.may_continue())
        connection.send(b"12345")
        self.assertEqual(201, connection.answer("POST").status)

    def test_it_learns_that_the_server_does_not_want_it(self) -> None:
        self.server.refuse(413)
        connection = self.open()
        connection.begin("POST", "/upload/token-1", {"Expect": "100-continue", "Content-Length": "5"})
        self.assertFalse(connection.may_continue())
        self.assertEqual(413, connection.answer("POST").status)

    def answers_with(self, *pieces: bytes, reads: int = 0) -> FileConnection:
        """Return a connection with a request; the server sends these pieces, one after the other."""

        def answer(handler: Handler, request: Received) -> bool:
            handler.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for piece in pieces:
                handler.wfile.write(piece)
            request.body = handler.rfile.read(reads)
            handler.reply(201, b"")
            return True

        self.server.fault(answer)
        connection = self.open()
        connection.begin("POST", "/upload/token-1", {"Expect": "100-continue", "Content-Length": "5"})
        return connection

    def test_answers_that_another_one_follows_are_not_the_last_one(self) -> None:
        for pieces in (
            (b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
            tuple(bytes([each]) for each in b"HTTP/1.1 100 Continue\r\nX: y\r\n\r\n"),
        ):
            with self.subTest(pieces):
                connection = self.answers_with(*pieces, reads=5)
                self.assertTrue(connection.may_continue())
                connection.send(b"12345")
                self.assertEqual(201, connection.answer("POST").status)

    def test_a_server_may_ask_for_the_body_while_it_is_sent(self) -> None:
        with mock.patch.object(file_connection, "CONTINUE_SECONDS", 0.0):
            asked = threading.Event()

            def late(handler: Handler, request: Received) -> bool:
                handler.rfile.read(1)
                handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
                asked.set()
                handler.rfile.read(4)
                handler.reply(201, b"")
                return True

            self.server.fault(late)
            connection = self.open()
            connection.begin("POST", "/upload/token-1", {"Expect": "100-continue", "Content-Length": "5"})
            self.assertTrue(connection.may_continue())
            connection.send(b"1")
            self.assertTrue(asked.wait(10.0))
            connection.send(b"23")
            connection.send(b"45")
            self.assertEqual(201, connection.answer("POST").status)

    def test_an_endless_answer_is_none(self) -> None:
        connection = self.answers_with(b"HTTP/1.1 100 " + b"x" * 100_000)
        self.assertRaises(HTTPException, connection.may_continue)

    def test_a_connection_that_ends_is_noticed_at_once(self) -> None:
        def end(handler: Handler, request: Received) -> bool:
            return True

        self.server.fault(end)
        connection = self.open()
        connection.begin("POST", "/upload/token-1", {"Expect": "100-continue", "Content-Length": "5"})
        with mock.patch.object(file_connection, "CONTINUE_SECONDS", 600.0):
            self.assertTrue(connection.may_continue())
        with self.assertRaises(OSError):
            connection.send(b"12345")
            connection.answer("POST")

    def test_an_answer_that_is_not_read_is_closed_with_it(self) -> None:
        connection = self.open()
        connection.begin("GET", self.server.add("a.txt", b"12345"), {})
        response = connection.answer("GET")
        connection.close()
        self.assertTrue(response.isclosed())

    def test_silence_ends_it(self) -> None:
        def stall(handler: Handler, request: Received) -> bool:
            handler.rfile.read(1)
            return True

        self.server.fault(stall)
        with closing(self.open(silence=0.1)) as connection:
            connection.begin("GET", "/files/x/y", {})
            self.assertRaises(TimeoutError, connection.answer, "GET")

    def test_a_server_that_sends_a_byte_now_and_then_does_not_keep_it_for_ever(self) -> None:
        def drip(handler: Handler, request: Received) -> bool:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
            with contextlib.suppress(OSError):
                while True:
                    handler.wfile.write(b"X: y\r\n"[:1])
                    handler.connection.settimeout(0.01)
                    with contextlib.suppress(TimeoutError):
                        if not handler.connection.recv(1):
                            return True
            return True

        self.server.fault(drip)
        target = ServerTarget("127.0.0.1", self.server.port, "never")
        with closing(FileConnection(target, self.control, seconds=0.2)) as connection:
            connection.begin("GET", "/files/x/y", {})
            self.assertRaises(TimeoutError, connection.answer, "GET")

    def test_a_cancelled_transfer_ends_at_once(self) -> None:
        def stall(handler: Handler, request: Received) -> bool:
            self.control.cancel()
            handler.rfile.read(1)
            return True

        self.server.fault(stall)
        with closing(self.open()) as connection:
            connection.begin("GET", "/files/x/y", {})
            self.assertRaises(Cancelled, connection.answer, "GET")

    def test_it_goes_through_the_proxy_of_the_chat_with_tls(self) -> None:
        pair = Authority().sign("chat.example")
        server = FileServer(pair)
        self.addCleanup(server.close)
        proxy = SocksProxy(("127.0.0.1", server.port))
        self.addCleanup(proxy.close)
        path = server.add("a.txt", b"12345" * 100_000)
        address = f"socks5://127.0.0.1:{proxy.port}"
        connection = self.open(ServerTarget("chat.example", 5000, "always", pair.fingerprint, proxy=address))
        connection.begin("GET", path, {})
        self.assertEqual(500_000, len(connection.answer("GET").read()))
        self.assertEqual(["chat.example:5000"], proxy.requests)
        self.assertEqual("chat.example:5000", server.requests[0].fields["Host"])
