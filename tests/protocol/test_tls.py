"""Two TLS pipes, connected with every piece size."""

from __future__ import annotations

import select
import socket
import ssl
import threading
import unittest
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from unittest import mock

from chatapp.protocol.tls import (
    CertificateError,
    PlainPipe,
    TlsError,
    TlsPipe,
    fingerprint,
    format_fingerprint,
)
from tests.protocol.wire import Wire, wire_of

CERTIFICATE = Path(__file__).with_name("certificate.pem")
FINGERPRINT = "43781e3781338050c06c079f715ab997c88f45a7d7156711e4a5e9aed70a629d"
VERSIONS = (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3)


def server_context(version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    context.minimum_version = context.maximum_version = version
    return context


def client_context(version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(CERTIFICATE)
    context.minimum_version = context.maximum_version = version
    return context


def client_pipe(context: ssl.SSLContext | None = None, host: str | None = "localhost") -> TlsPipe:
    return TlsPipe(context or client_context(), nullcontext(), host=host)


def server_pipe(context: ssl.SSLContext | None = None) -> TlsPipe:
    return TlsPipe(context or server_context(), nullcontext(), server_side=True)


def wired(client: TlsPipe | None = None, server: TlsPipe | None = None, size: int = 1 << 20) -> Wire:
    return Wire(client or client_pipe(), server or server_pipe(), size)


def wired_in(version: ssl.TLSVersion, size: int = 1 << 20) -> Wire:
    return wired(client_pipe(client_context(version)), server_pipe(server_context(version)), size)


class Transfer(unittest.TestCase):
    def test_both_sides_receive_the_data_in_any_piece_size(self) -> None:
        for version in VERSIONS:
            for size in (1, 2, 5, 100, 1 << 20):
                with self.subTest(version.name, size=size):
                    wire = wired_in(version, size)
                    wire.carry()
                    self.assertTrue(wire.client.ready and wire.server.ready)
                    self.assertEqual(wire.client.version, version.name.replace("_", "."))
                    for _ in range(3):
                        wire.client.write(b"hello server\r\n")
                        wire.server.write(b"hello client\r\n" * 2000)
                        wire.carry()
                    self.assertEqual(wire.server_read, b"hello server\r\n" * 3)
                    self.assertEqual(wire.client_read, b"hello client\r\n" * 6000)

    def test_data_written_before_the_end_of_the_handshake_arrive_in_order(self) -> None:
        for version in VERSIONS:
            with self.subTest(version.name):
                wire = wired_in(version)
                for number in range(10):
                    wire.client.write(b"c%d" % number)
                    wire.server.write(b"s%d" % number)
                self.assertGreaterEqual(wire.server.pending, 20)
                wire.carry()
                self.assertEqual(wire.server_read, b"".join(b"c%d" % number for number in range(10)))
                self.assertEqual(wire.client_read, b"".join(b"s%d" % number for number in range(10)))
                self.assertEqual((wire.client.pending, wire.server.pending), (0, 0))

    def test_only_a_client_begins_before_bytes_arrive(self) -> None:
        """What OpenSSL does takes stack, which the thread keeps: a server leaves it to the one that feeds."""
        for server_side in (False, True):
            context = mock.Mock()
            TlsPipe(context, nullcontext(), server_side=server_side)
            begin = context.wrap_bio.return_value.do_handshake
            self.assertEqual(begin.called, not server_side)

    def test_a_large_write_arrives_completely(self) -> None:
        big = bytes(range(256)) * 20_000
        wire = wired(size=4093)
        wire.client.write(big)
        wire.carry()
        wire.server.write(big)
        wire.carry()
        self.assertTrue(wire.server_read == big == wire.client_read)

    def test_many_bytes_at_once_are_the_same_as_a_few(self) -> None:
        """Also records of which only a part has arrived, and the end."""
        big = bytes(range(256)) * 4096
        for size in (100, 16_384, 300_000, 1 << 21):
            with self.subTest(size=size):
                wire = wired()
                wire.carry()
                wire.client.write(big)
                wire.client.close()
                network, plain = memoryview(wire_of(wire.client)), b""
                for start in range(0, len(network), size):
                    plain += wire.server.feed_large(network[start : start + size])
                self.assertTrue(plain == big)
                self.assertTrue(wire.server.ended and wire.server.clean)

    def test_damage_among_many_bytes_is_an_error_for_good(self) -> None:
        wire = wired()
        wire.carry()
        wire.client.write(bytes(300_000))
        network = bytearray(wire_of(wire.client))
        network[200_000] ^= 1
        for _ in range(2):
            with self.assertRaises(TlsError):
                wire.server.feed_large(memoryview(network))

    def test_an_empty_write_sends_nothing(self) -> None:
        wire = wired()
        wire.carry()
        wire.client.write(b"")
        self.assertEqual(wire_of(wire.client), b"")

    def test_each_side_knows_the_certificate_of_the_other(self) -> None:
        own = ssl.PEM_cert_to_DER_cert(CERTIFICATE.read_text().partition("-----END PRIVATE KEY-----\n")[2])
        context = server_context()
        context.verify_mode = ssl.CERT_OPTIONAL
        context.load_verify_locations(CERTIFICATE)
        showing = client_context()
        showing.load_cert_chain(CERTIFICATE)
        for client, shown in ((client_pipe(), b""), (client_pipe(showing), own)):
            wire = wired(client, server_pipe(context))
            self.assertEqual(wire.client.certificate, b"")
            wire.carry()
            self.assertEqual(wire.client.certificate, own)
            self.assertEqual(wire.server.certificate, shown)

    def test_a_certificate_is_known_by_its_fingerprint(self) -> None:
        wire = wired()
        wire.carry()
        self.assertEqual(fingerprint(wire.client.certificate), FINGERPRINT)


class Sending(unittest.TestCase):
    def setUp(self) -> None:
        self.wire = wired()
        self.wire.carry()
        self.pipe = self.wire.client

    def test_only_one_thread_may_send(self) -> None:
        self.pipe.write(b"first")
        turn = bytes(self.pipe.take())
        self.assertTrue(turn)
        self.pipe.write(b"second")
        self.assertFalse(self.pipe.take())
        rest = self.pipe.sent(len(turn))
        self.assertEqual(self.wire.server.feed(turn + bytes(rest)), b"firstsecond")
        self.assertFalse(self.pipe.sent(len(rest)))
        self.assertFalse(self.pipe.take())

    def test_bytes_that_the_socket_did_not_accept_are_returned_again(self) -> None:
        self.pipe.write(b"hello")
        waiting, received = self.pipe.pending, b""
        data = self.pipe.take()
        while data:
            received += self.wire.server.feed(bytes(data[:3]))
            data = self.pipe.sent(len(data[:3]))
            waiting -= 3
            self.assertEqual(self.pipe.pending, max(waiting, 0))
        self.assertEqual(received, b"hello")

    def test_a_full_socket_ends_sending_and_loses_nothing(self) -> None:
        self.pipe.write(b"hello")
        whole = bytes(self.pipe.take())
        self.assertEqual(self.pipe.sent(2), whole[2:])
        self.assertFalse(self.pipe.sent(0))
        self.assertEqual(self.pipe.pending, len(whole) - 2)
        self.assertEqual(self.pipe.take(), whole[2:])

    def test_a_large_write_is_encrypted_only_as_fast_as_it_is_sent(self) -> None:
        plain = bytes(1 << 20)
        self.pipe.write(plain)
        first = bytes(self.pipe.take())
        self.assertLess(len(first), 1 << 17)
        self.assertGreaterEqual(self.pipe.pending, len(plain))
        self.assertEqual(self.pipe.unsent, self.pipe.pending)
        received = self.wire.server.feed(first)
        rest = self.pipe.sent(len(first))
        while rest:
            received += self.wire.server.feed(bytes(rest))
            rest = self.pipe.sent(len(rest))
        self.assertTrue(received == plain)
        self.assertEqual(self.pipe.pending, 0)

    def test_many_bytes_at_once_are_all_decrypted(self) -> None:
        plain = bytes(range(256)) * 4096
        self.pipe.write(plain)
        network = wire_of(self.pipe)
        self.assertGreater(len(network), len(plain))
        self.assertTrue(self.wire.server.feed(network) == plain)
        self.assertEqual(self.wire.server.feed(b""), b"")

    def test_data_waiting_for_the_handshake_cannot_be_sent_yet(self) -> None:
        pipe = client_pipe()
        pipe.write(b"hello")
        self.assertEqual(pipe.unsent, pipe.pending - 5)
        wire_of(pipe)
        self.assertEqual((pipe.unsent, pipe.pending), (0, 5))

    def test_after_a_failure_only_the_alert_is_sent(self) -> None:
        pipe = server_pipe()
        pipe.write(b"hello")
        with self.assertRaises(TlsError):
            pipe.feed(b"garbage")
        wire_of(pipe)
        self.assertEqual(pipe.pending, 0)


class Ending(unittest.TestCase):
    def test_close_notify_comes_after_all_written_data(self) -> None:
        for version in VERSIONS:
            with self.subTest(version.name):
                wire = wired_in(version)
                wire.client.write(b"early ")
                wire.carry()
                wire.client.write(b"bye")
                wire.client.close()
                wire.client.write(b"too late")
                wire.client.close()
                wire.carry()
                self.assertEqual(wire.server_read, b"early bye")
                self.assertTrue(wire.server.ended and wire.server.clean)
                self.assertFalse(wire.client.ended)

    def test_after_close_notify_data_can_still_be_received(self) -> None:
        for version in VERSIONS:
            with self.subTest(version.name):
                wire = wired_in(version, 1)
                wire.carry()
                wire.client.close()
                wire.server.write(b"on its way")
                wire.carry()
                wire.server.write(b", and more")
                wire.server.close()
                wire.carry()
                self.assertEqual(wire.client_read, b"on its way, and more")
                self.assertTrue(wire.client.ended and wire.client.clean)

    def test_close_notify_waits_for_the_end_of_the_handshake(self) -> None:
        wire = wired()
        wire.client.write(b"PING x")
        wire.server.write(b"ERROR :full")
        wire.server.close()
        wire.carry()
        self.assertEqual((wire.client_read, wire.server_read), (b"ERROR :full", b"PING x"))
        self.assertTrue(wire.client.clean)

    def test_an_end_without_close_notify_is_not_clean(self) -> None:
        wire = wired()
        wire.carry()
        self.assertEqual(wire.server.feed(b""), b"")
        self.assertEqual((wire.server.ended, wire.server.clean), (True, False))
        wire.server.write(b"somebody may still listen")
        wire.carry()
        self.assertEqual(wire.client_read, b"somebody may still listen")

    def test_an_end_after_close_notify_is_clean(self) -> None:
        wire = wired()
        wire.carry()
        wire.client.close()
        wire.carry()
        self.assertEqual(wire.server.feed(b""), b"")
        self.assertTrue(wire.server.ended and wire.server.clean)

    def test_no_data_are_read_after_close_notify(self) -> None:
        wire = wired()
        wire.carry()
        wire.client.close()
        wire.carry()
        self.assertEqual(wire.server.feed(b"whatever"), b"")


class Failing(unittest.TestCase):
    def fails(self, pipe: TlsPipe, wire: bytes, words: str) -> None:
        for _ in range(2):
            with self.assertRaisesRegex(TlsError, words):
                pipe.feed(wire)
        pipe.write(b"nobody hears this")
        pipe.close()

    def test_a_client_that_disconnects_during_the_handshake(self) -> None:
        hello = wire_of(client_pipe())
        for size in (0, 1, 5, 6, len(hello) - 1, len(hello)):
            with self.subTest(size):
                server = server_pipe()
                if size:
                    self.assertEqual(server.feed(hello[:size]), b"")
                self.assertFalse(server.ready)
                self.fails(server, b"", "hung up before")

    def test_a_server_that_disconnects_during_the_handshake(self) -> None:
        client, server = client_pipe(), server_pipe()
        server.feed(wire_of(client))
        client.feed(wire_of(server)[:50])
        self.fails(client, b"", "hung up before")

    def test_data_that_are_not_tls_are_refused(self) -> None:
        for wire, expected in (
            (b"NICK ann\r\nUSER ann 0 * :Ann\r\n", "does not speak TLS"),
            (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "does not speak TLS"),
            (b"\x00" * 100, "."),
            (b"\xff" * 100, "."),
            (b"\x16\x03\x01\x00\x05garbage after the record's head", "."),
            (b"\x16\x03\x01\xff\xff" + b"x" * 100, "."),
        ):
            with self.subTest(wire[:20]):
                self.fails(server_pipe(), wire, expected)
        self.fails(client_pipe(), b":irc.example.com NOTICE * :Hello\r\n", "does not speak TLS")

    def test_an_alert_of_the_peer_is_explained(self) -> None:
        """Source: RFC 8446 section 6.2 for the numbers."""
        for number, expected in (
            (40, "no TLS parameters in common"),
            (42, "does not accept our certificate"),
            (48, "does not trust our certificate"),
            (70, "no TLS version in common"),
            (80, "internal error"),
        ):
            with self.subTest(number):
                self.fails(client_pipe(), b"\x15\x03\x03\x00\x02\x02%c" % number, expected)

    def test_corrupted_bytes_are_refused_and_the_peer_gets_an_alert(self) -> None:
        for version in VERSIONS:
            with self.subTest(version.name):
                wire = wired_in(version)
                wire.carry()
                wire.client.write(b"hello")
                data = bytearray(wire_of(wire.client))
                data[-1] ^= 1
                self.fails(wire.server, bytes(data), "corrupted")
                with self.assertRaisesRegex(TlsError, "corrupted"):
                    wire.carry()

    def test_the_general_error_of_newer_openssl_is_explained(self) -> None:
        """From OpenSSL 3.2 on it hides the error of the record that could not be read."""
        error = ssl.SSLError(ssl.SSLErrorNumber.SSL_ERROR_SSL, "record layer failure")
        error.reason = "RECORD_LAYER_FAILURE"
        server = server_pipe()
        server._tls = mock.Mock(**{"do_handshake.side_effect": error})
        self.fails(server, b"\x17", "corrupted")

    def test_bytes_after_the_handshake_that_are_not_tls_are_refused(self) -> None:
        wire = wired()
        wire.carry()
        self.fails(wire.server, b"PRIVMSG #c :hello\r\n", ".")

    def test_a_certificate_that_is_not_trusted(self) -> None:
        untrusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        for client, expected in (
            (client_pipe(untrusting), "not trusted: self.signed certificate"),
            (client_pipe(host="example.com"), "not trusted: Hostname mismatch"),
        ):
            with self.subTest(expected):
                wire = wired(client)
                with self.assertRaisesRegex(CertificateError, expected):
                    wire.carry()
                with self.assertRaisesRegex(TlsError, "our certificate"):
                    wire.server.feed(wire_of(client))

    def test_a_server_that_asks_for_a_certificate(self) -> None:
        context = server_context()
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(CERTIFICATE)
        wire = wired(server=server_pipe(context))
        with self.assertRaisesRegex(TlsError, "sent no certificate"):
            wire.carry()
        with self.assertRaisesRegex(TlsError, "requires a certificate"):
            wire.client.feed(wire_of(wire.server))

    def test_no_common_version_or_cipher(self) -> None:
        old = client_pipe(client_context(ssl.TLSVersion.TLSv1_2))
        wire = wired(old)
        with self.assertRaisesRegex(TlsError, "no TLS version in common"):
            wire.carry()
        with self.assertRaisesRegex(TlsError, "no TLS version in common"):
            old.feed(wire_of(wire.server))


class Flushing(unittest.TestCase):
    def setUp(self) -> None:
        self.sent = b""
        self.room = 1 << 20

    def send(self, data: bytes | bytearray | memoryview) -> int:
        """Send like a socket that has room for so many bytes."""
        taken = bytes(data[: self.room])
        self.sent += taken
        self.room -= len(taken)
        return len(taken)

    def shaken(self) -> tuple[TlsPipe, TlsPipe]:
        """Return a server pipe and a client whose handshake is done."""
        server = server_pipe()
        client = client_pipe()
        for _ in ("hello", "finished"):
            server.feed(wire_of(client))
            server.flush(self.send)
            client.feed(self.taken())
        return server, client

    def taken(self) -> bytes:
        taken, self.sent = self.sent, b""
        return taken

    def test_bytes_that_the_socket_does_not_accept_remain(self) -> None:
        wire = PlainPipe()
        wire.write(b"hello ")
        wire.write(b"world")
        self.room = 4
        self.assertEqual((wire.flush(self.send), wire.pending), (7, 7))
        self.room = 100
        self.assertEqual((wire.flush(self.send), self.sent), (0, b"hello world"))

    def test_remaining_bytes_keep_their_order_whatever_the_socket_accepts(self) -> None:
        """The backlog of a slow reader is written to and sent in small parts."""
        secure, client = self.shaken()
        wires: tuple[tuple[PlainPipe | TlsPipe, Callable[[bytes], bytes]], ...] = (
            (PlainPipe(), bytes),
            (secure, client.feed),
        )
        for wire, plain_of in wires:
            written = b""
            received = b""
            for number in range(300):
                piece = b"%d " % number * (number % 7 + 1)
                wire.write(piece)
                written += piece
                self.room = number % 11
                left = wire.flush(self.send)
                self.assertEqual(left, wire.pending)
                received += self.taken()
            self.room = 1 << 20
            self.assertEqual(wire.flush(self.send), 0)
            self.assertEqual(plain_of(received + self.taken()), written)

    def test_the_same_through_tls(self) -> None:
        wire, client = self.shaken()
        plain = b"hello" * 50_000
        wire.write(plain)
        self.room = 1000
        self.assertGreaterEqual(wire.flush(self.send), len(plain) - 1000)
        self.room = 1 << 20
        self.assertEqual(wire.flush(self.send), 0)
        self.assertTrue(client.feed(self.taken()) == plain)

    def test_a_peer_that_stopped_during_the_handshake_leaves_no_backlog(self) -> None:
        """The socket stays writable, so waiting for it would never end."""
        wire = server_pipe()
        hello = wire_of(client_pipe())
        wire.feed(hello[: len(hello) // 2])
        wire.write(b"ERROR :Registration timed out\r\n")
        wire.close()
        self.assertEqual(wire.flush(self.send), 0)
        self.assertGreater(wire.pending, 0)

    def test_nothing_is_sent_after_the_end(self) -> None:
        secure, client = self.shaken()
        for pipe in (PlainPipe(), secure):
            with self.subTest(type(pipe).__name__):
                self.assertFalse(pipe.finished)
                pipe.write(b"last")
                pipe.close()
                pipe.write(b"too late")
                pipe.flush(self.send)
                self.assertTrue(pipe.finished)
        self.assertEqual(self.sent[:4], b"last")
        self.assertEqual(client.feed(self.taken()[4:]), b"last")

    def test_it_is_not_finished_before_close_notify_is_sent(self) -> None:
        """Another thread may have written it, and the socket is shut down at the end."""
        secure, client = self.shaken()
        secure.write(b"last")
        secure.close()
        self.assertFalse(secure.finished)
        self.assertEqual(secure.flush(self.send), 0)
        self.assertTrue(secure.finished)
        self.assertEqual((client.feed(self.taken()), client.clean), (b"last", True))

    def test_a_plain_pipe_passes_bytes_unchanged_and_ends_with_the_connection(self) -> None:
        pipe = PlainPipe()
        self.assertEqual((pipe.feed(b"hello"), pipe.ended), (b"hello", False))
        self.assertEqual((pipe.feed(b""), pipe.ended), (b"", True))
        self.assertEqual((pipe.is_secure, pipe.ready, pipe.certificate), (False, True, b""))


class Peer:
    """One end of a socket with a reading and a writing thread that share a pipe.

    The reader answers each line with another one, so both threads write and send.
    """

    LINES = 20_000

    def __init__(self, name: bytes, sock: socket.socket, pipe: TlsPipe) -> None:
        self.received: list[bytes] = []
        self.answers: list[bytes] = []
        self._name = name
        self._sock = sock
        self._pipe = pipe
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._read, self._write)]
        sock.setblocking(False)

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def join(self) -> bool:
        for thread in self._threads:
            thread.join(60)
        return not any(thread.is_alive() for thread in self._threads)

    def _write(self) -> None:
        for number in range(self.LINES):
            self._pipe.write(b"%s %d\n" % (self._name, number))
            while self._pipe.pending > 100_000:
                self._send()
                select.select([], [self._sock], [])
            self._send()

    def _read(self) -> None:
        rest = b""
        while len(self.received) < self.LINES or len(self.answers) < self.LINES:
            select.select([self._sock], [self._sock] if self._pipe.pending else [], [])
            self._send()
            try:
                *lines, rest = (rest + self._pipe.feed(self._sock.recv(4096))).split(b"\n")
            except BlockingIOError:
                continue
            for line in lines:
                if line.startswith(b"re "):
                    self.answers.append(line)
                else:
                    self.received.append(line)
                    self._pipe.write(b"re %s\n" % line)
        while self._pipe.pending:
            select.select([], [self._sock], [])
            self._send()

    def _send(self) -> None:
        data = self._pipe.take()
        while data:
            try:
                data = self._pipe.sent(self._sock.send(data))
            except BlockingIOError:
                data = self._pipe.sent(0)


class TwoThreadsAtEachEnd(unittest.TestCase):
    def test_both_ends_send_at_once_and_no_byte_is_lost_or_reordered(self) -> None:
        for version in VERSIONS:
            with self.subTest(version.name):
                left, right = socket.socketpair()
                with left, right:
                    client = TlsPipe(client_context(version), threading.Lock(), host="localhost")
                    server = TlsPipe(server_context(version), threading.Lock(), server_side=True)
                    ann, ben = Peer(b"ann", left, client), Peer(b"ben", right, server)
                    ann.start()
                    ben.start()
                    self.assertTrue(ann.join() and ben.join())
                for one, other in ((ann, b"ben"), (ben, b"ann")):
                    self.assertEqual(one.received, [b"%s %d" % (other, n) for n in range(Peer.LINES)])
                for one, own in ((ann, b"ann"), (ben, b"ben")):
                    self.assertEqual(one.answers, [b"re %s %d" % (own, n) for n in range(Peer.LINES)])


class FingerprintTest(unittest.TestCase):
    def test_a_fingerprint_is_shown_in_groups_of_capitals(self) -> None:
        line = "0123 4567 89AB CDEF 0123 4567 89AB CDEF"
        self.assertEqual(format_fingerprint("0123456789abcdef" * 4, 8), f"{line}\n{line}")
        self.assertEqual(format_fingerprint("0123456789abcdef" * 4), f"{line} {line}")


if __name__ == "__main__":
    unittest.main()
