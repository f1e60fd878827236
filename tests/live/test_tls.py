"""TLS and plain text on one port: correct and incorrect clients."""

from __future__ import annotations

import hashlib
import shutil
import socket
import ssl
import stat
import subprocess
import threading
import time
import unittest
import warnings
from collections.abc import Callable
from statistics import quantiles
from typing import TypeVar

from chatapp.protocol.tls import TlsPipe
from tests.live.base import DEADLINE, LiveTest, RawClient

T = TypeVar("T")


def client_context() -> ssl.SSLContext:
    """Return a context that trusts every server."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    made.set_alpn_protocols(["irc"])
    return made


class TlsClient(RawClient):
    """A TLS connection of a test."""

    def __init__(self, port: int, own: ssl.SSLContext | None = None) -> None:
        super().__init__(port)
        self.sock = self.tls = (own or client_context()).wrap_socket(self.sock, server_hostname="localhost")


class Encrypted(LiveTest):
    CONFIG = "[limits]\nflood_per_second = 0"

    def setUp(self) -> None:
        super().setUp()
        self.start()

    def enter_tls(self, nick: str) -> TlsClient:
        client = TlsClient(self.server.port)
        self.addCleanup(client.close)
        client.send(f"NICK {nick}", f"USER {nick} 0 * :{nick}", "JOIN #c")
        client.settle()
        return client

    def test_plain_text_and_tls_clients_chat_on_one_port(self) -> None:
        ann, bob = self.enter_tls("ann"), self.enter("bob", channel="#c")
        ann.send("PRIVMSG #c :secret")
        self.assertEqual(bob.until("PRIVMSG").text, "secret")
        bob.send("PRIVMSG #c :open")
        self.assertEqual(ann.until("PRIVMSG").text, "open")
        self.assertEqual(ann.tls.selected_alpn_protocol(), "irc")
        self.assertEqual(ann.tls.version(), "TLSv1.3")

    def test_the_certificate_is_created_once_and_its_fingerprint_is_printed(self) -> None:
        der = self.enter_tls("ann").tls.getpeercert(binary_form=True)
        assert der
        self.assertEqual(self.server.fingerprint, hashlib.sha256(der).hexdigest())
        groups = self.server.printed("Certificate fingerprint").partition(": ")[2]
        self.assertRegex(groups, r"^([0-9A-F]{4} ){15}[0-9A-F]{4}$")
        self.assertEqual(stat.S_IMODE((self.data / "key.pem").stat().st_mode), 0o600)
        self.server.stop()
        self.start()
        self.assertEqual(self.enter_tls("bob").tls.getpeercert(binary_form=True), der)

    def test_a_connection_ends_with_close_notify(self) -> None:
        ann = self.enter_tls("ann")
        ann.send("QUIT")
        self.assertEqual(ann.rest()[-1].command, "ERROR")  # a truncation would raise ssl.SSLEOFError

    def test_a_handshake_may_arrive_in_single_bytes(self) -> None:
        outgoing, incoming = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = client_context().wrap_bio(incoming, outgoing, server_hostname="localhost")
        raw = self.connect().sock

        def step(action: Callable[[], T]) -> T:
            while True:
                try:
                    return action()
                except ssl.SSLWantReadError:
                    for byte in outgoing.read():
                        raw.sendall(bytes([byte]))
                    incoming.write(raw.recv(1))

        step(tls.do_handshake)
        tls.write(b"PING fragments\r\n")
        for byte in outgoing.read():
            raw.sendall(bytes([byte]))
        self.assertIn(b"PONG chatapp.local fragments", step(tls.read))

    def test_both_directions_can_send_as_much_as_possible_at_once(self) -> None:
        """As much as the socket takes in both directions; nothing is corrupted or lost."""
        raw = self.connect().sock
        pipe = TlsPipe(client_context(), threading.Lock())
        count = 20_000
        lines = [f"PING {number:05d}{'x' * 100}\r\n".encode() for number in range(count)]

        def send() -> None:
            for line in lines:
                pipe.write(line)
                flush()

        def flush() -> None:
            wire = pipe.take()
            while wire:
                wire = pipe.sent(raw.send(wire))

        flush()
        sender = threading.Thread(target=send)
        sender.start()
        received = b""
        while received.count(b"\n") < count:
            received += pipe.feed(raw.recv(65536))
            flush()
        sender.join()
        numbers = [line.split()[-1][:5] for line in received.splitlines()]
        self.assertEqual(numbers, [b"%05d" % number for number in range(count)])

    def test_two_hundred_handshakes_at_once_while_others_chat(self) -> None:
        ann, bob = self.enter("ann", channel="#c"), self.enter("bob", channel="#c")
        clients: list[TlsClient] = []

        def shake() -> None:
            for _ in range(20):
                clients.append(TlsClient(self.server.port))

        threads = [threading.Thread(target=shake) for _ in range(10)]
        for thread in threads:
            thread.start()
        waits: list[float] = []
        while any(thread.is_alive() for thread in threads):
            began = time.perf_counter()
            ann.send(f"NOTICE bob :{len(waits)}")
            bob.until("NOTICE")
            waits.append(time.perf_counter() - began)
        for thread in threads:
            thread.join()
        self.assertEqual(len(clients), 200)
        for client in clients:
            client.close()
        self.assertGreater(len(waits), 5)
        # a bench measures it; this test checks that no client starves
        self.assertLess(quantiles(waits, n=100)[98], 1.0)


class WrongProtocol(LiveTest):
    """A client that speaks the wrong protocol is answered or disconnected, and others are unharmed."""

    CONFIG = "[limits]\nregistration_seconds = 2\nflood_per_second = 0"

    def setUp(self) -> None:
        super().setUp()
        self.start()
        self.ann = self.enter("ann", channel="#c")

    def read_to_end(self, sock: socket.socket) -> bytes:
        """Return the bytes that a connection receives until the server closes it."""
        sock.settimeout(DEADLINE)
        data = b""
        try:
            while chunk := sock.recv(4096):
                data += chunk
        except ConnectionError:
            pass
        return data

    def test_garbage_after_the_first_two_bytes_of_tls_gets_an_alert(self) -> None:
        raw = self.connect().sock
        raw.sendall(b"\x16\x03" + b"garbage" * 100)
        self.assertEqual(self.read_to_end(raw)[:1], b"\x15")  # an alert
        self.ann.settle()

    @unittest.skipUnless(shutil.which("openssl"), "needs the command openssl: Python cannot renegotiate")
    def test_renegotiation_is_refused(self) -> None:
        """Renegotiation costs a server much more than a client."""
        address = f"127.0.0.1:{self.server.port}"
        command = ("openssl", "s_client", "-tls1_2", "-connect", address)
        pipe = subprocess.PIPE
        with subprocess.Popen(
            command, text=True, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT
        ) as client:
            assert client.stdin and client.stdout
            client.stdin.write("NICK bob\nUSER bob 0 * :Bob\n")
            client.stdin.flush()
            while " 366 " not in client.stdout.readline():
                continue
            client.stdin.write("R\n")  # makes s_client renegotiate
            client.stdin.flush()
            self.assertIn("no renegotiation", client.stdout.read())
        self.ann.settle()

    def test_a_peer_that_stops_in_the_middle_of_the_handshake_is_disconnected(self) -> None:
        outgoing = ssl.MemoryBIO()
        tls = client_context().wrap_bio(ssl.MemoryBIO(), outgoing, server_hostname="localhost")
        with self.assertRaises(ssl.SSLWantReadError):
            tls.do_handshake()
        hello = outgoing.read()
        raw = self.connect().sock
        raw.sendall(hello[: len(hello) // 2])
        self.assertEqual(self.read_to_end(raw), b"")
        self.ann.settle()

    def test_a_tls_connection_cut_without_close_notify_quits(self) -> None:
        client = TlsClient(self.server.port)
        client.send("NICK bob", "USER bob 0 * :bob", "JOIN #c")
        self.assertEqual(self.ann.until("JOIN").nick, "bob")
        socket.socket(fileno=client.tls.detach()).close()  # without close_notify
        self.assertEqual(self.ann.until("QUIT").nick, "bob")

    def test_an_old_version_of_tls_is_refused(self) -> None:
        old = client_context()
        old.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            old.minimum_version = ssl.TLSVersion.TLSv1
            old.maximum_version = ssl.TLSVersion.TLSv1_1
        raw = self.connect().sock
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            old.wrap_socket(raw, server_hostname="localhost")


class Required(LiveTest):
    CONFIG = "[tls]\nmode = 'required'"

    def test_plain_text_is_refused_with_advice(self) -> None:
        self.start()
        client = self.connect()
        client.send("NICK ann")
        [*_, error] = client.rest()
        self.assertEqual(error.command, "ERROR")
        self.assertIn("requires TLS", error.text)


class Off(LiveTest):
    CONFIG = "[tls]\nmode = 'off'"

    def test_a_client_hello_is_not_taken_for_tls(self) -> None:
        self.start()
        self.assertFalse((self.data / "key.pem").exists())
        ann = self.enter("ann")
        raw = self.connect().sock
        raw.sendall(b"\x16\x03\x01\x00\x05hello\r\n")
        self.assertEqual(ann.settle(), [])
