"""The bytes of a connection whose own thread reads and writes."""

from __future__ import annotations

import socket
import ssl
import threading
import unittest
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from chatapp.protocol.tls import PlainPipe, TlsPipe
from chatapp.server.config import TlsConfig
from chatapp.server.net import transfer_stream
from chatapp.server.net.tls import context as tls_context
from chatapp.server.net.transfer_pace import TooSlow
from chatapp.server.net.transfer_stream import (
    BUFFER_PIECES,
    FAST_BYTES,
    LARGE_PIECE_BYTES,
    PIECE_BYTES,
    SMALL_BYTES,
    SMALLEST_PIECE_BYTES,
    StreamEnded,
    TransferStream,
)
from chatapp.system.sockets import DONT_WAIT
from tests.server.net.test_link import DEADLINE, client_context
from tests.waiting import wait_until

MUCH = bytes(range(256)) * 16384  # 4 MiB, more than the system buffers


class StreamTest(unittest.TestCase):
    """A stream on a real socket; `peer` is the client's end."""

    def setUp(self) -> None:
        mine, self.peer = socket.socketpair()
        self.addCleanup(mine.close)
        self.addCleanup(self.peer.close)
        self.peer.settimeout(DEADLINE)
        self.mine = mine
        self.owed = 0.0
        self.charged = 0
        self.waits: list[float] = []
        self.turn = threading.Lock()
        self.stream = self.open(PlainPipe())

    def open(self, pipe: PlainPipe | TlsPipe, start: bytes = b"") -> TransferStream:
        return TransferStream(self.mine, pipe, self.charge, self.wait, self.turn, start)

    def charge(self, count: int) -> float:
        self.charged += count
        return self.owed

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.stream.abort()

    def in_the_background(self, work: threading.Thread) -> None:
        work.start()
        self.addCleanup(work.join, DEADLINE)

    def everything(self, sock: socket.socket) -> bytes:
        data = b""
        while more := sock.recv(65536):
            data += more
        return data


class Stream(StreamTest):
    def test_bytes_that_arrived_before_come_first(self) -> None:
        stream = self.open(PlainPipe(), b"begin")
        self.peer.sendall(b" end")
        self.assertTrue(stream.has_start)
        self.assertEqual(stream.receive() + stream.receive(), b"begin end")
        stream.put_back(b"again")
        self.assertEqual(stream.receive(), b"again")

    def test_the_end_of_the_client_is_no_bytes_but_an_error(self) -> None:
        self.peer.shutdown(socket.SHUT_WR)
        self.assertRaises(StreamEnded, self.stream.receive)
        self.assertRaises(StreamEnded, self.stream.receive)

    def test_a_client_that_sends_nothing_is_too_slow(self) -> None:
        self.assertRaises(TooSlow, self.stream.receive, 0.0)

    def test_everything_sent_arrives_before_the_end(self) -> None:
        def work() -> None:
            self.stream.send(MUCH)
            self.stream.finish()

        self.in_the_background(threading.Thread(target=work))
        self.assertEqual(self.everything(self.peer), MUCH)
        self.assertEqual(self.charged, len(MUCH))

    def test_a_client_that_goes_on_sending_still_gets_the_last_bytes(self) -> None:
        def work() -> None:
            self.stream.send(b"refused")
            self.stream.finish()

        self.in_the_background(threading.Thread(target=work))
        self.peer.sendall(MUCH)
        self.assertEqual(self.everything(self.peer), b"refused")

    def test_a_client_that_is_gone_ends_the_sending(self) -> None:
        self.peer.close()
        with self.assertRaises(OSError):
            self.stream.send(MUCH)

    def test_the_rate_makes_both_directions_wait(self) -> None:
        self.owed = DEADLINE
        self.stream.send(b"x")
        self.assertEqual(len(self.waits), 1)
        self.stream = self.open(PlainPipe())
        self.peer.sendall(b"12345")
        self.assertEqual(self.stream.receive(), b"12345")
        self.assertEqual((len(self.waits), self.charged), (2, 6))
        self.assertGreater(self.waits[0], 0)

    def test_large_pieces_wait_for_their_turn_and_small_ones_do_not(self) -> None:
        with self.turn:
            self.peer.sendall(b"small")
            self.assertEqual(self.stream.receive(), b"small")
            self.stream.send(b"small")
            sender = threading.Thread(target=self.stream.send, args=(bytes(SMALL_BYTES + 1),))
            self.in_the_background(sender)
            self.assertEqual(self.peer.recv(SMALL_BYTES), b"small")
            self.peer.setblocking(False)
            self.assertRaises(BlockingIOError, self.peer.recv, 1)
        sender.join(DEADLINE)
        self.assertEqual(len(self.peer.recv(2 * SMALL_BYTES)), SMALL_BYTES + 1)

    def test_pieces_are_large_while_the_client_sends_faster_than_they_are_received(self) -> None:
        arrived = iter((PIECE_BYTES, LARGE_PIECE_BYTES, PIECE_BYTES, PIECE_BYTES - 1, 1))
        self.mine = mock.Mock()
        self.mine.recv.side_effect = lambda size, _: bytes(min(size, next(arrived)))
        stream = self.open(PlainPipe())
        sizes = [len(stream.receive()) for _ in range(5)]
        self.assertEqual(sizes, [PIECE_BYTES, LARGE_PIECE_BYTES, PIECE_BYTES, PIECE_BYTES - 1, 1])
        asked = [call.args[0] for call in self.mine.recv.call_args_list]
        self.assertEqual(asked, [PIECE_BYTES, *[LARGE_PIECE_BYTES] * 3, PIECE_BYTES])

    def test_pieces_are_small_while_the_rates_make_the_client_wait(self) -> None:
        self.mine = mock.Mock()
        self.mine.recv.side_effect = lambda size, _: bytes(size)
        stream = self.open(PlainPipe())
        for self.owed, size in ((0, PIECE_BYTES), (1e-9, LARGE_PIECE_BYTES), (0, PIECE_BYTES)):
            self.assertEqual(len(stream.receive()), size)

    def test_a_piece_is_as_large_as_the_system_takes_at_once(self) -> None:
        for room in (1 << 10, 1 << 17, 1 << 22):
            self.mine.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, room)
            real = self.mine.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)  # the system may allow less
            most = min(PIECE_BYTES, max(SMALLEST_PIECE_BYTES, real // BUFFER_PIECES))
            with self.subTest(room=room):
                self.assertEqual(self.stream.wait_for_room(), most)

    def test_without_tls_only_what_the_system_takes_is_sent(self) -> None:
        count = self.stream.offer(MUCH)
        self.assertTrue(0 < count < len(MUCH), count)
        self.stream.abort()
        self.mine.shutdown(socket.SHUT_WR)
        self.assertEqual(self.everything(self.peer), MUCH[:count])
        self.assertEqual(self.charged, count)

    def test_no_piece_is_read_for_a_client_that_takes_nothing(self) -> None:
        self.enterContext(mock.patch.object(transfer_stream, "STALL_SECONDS", 0))
        self.enterContext(mock.patch.object(transfer_stream, "SLOW_SECONDS", 0))
        self.assertRaises(TooSlow, self.stream.send, MUCH)
        self.assertRaises(TooSlow, self.stream.wait_for_room)

    def test_after_abort_nothing_is_sent_or_received(self) -> None:
        self.peer.sendall(b"x")
        self.stream.abort()
        self.assertRaises(StreamEnded, self.stream.receive)
        self.assertRaises(StreamEnded, self.stream.send, b"x")


class StreamOverTls(StreamTest):
    def setUp(self) -> None:
        super().setUp()
        folder = self.enterContext(TemporaryDirectory())
        context = tls_context.context(TlsConfig(), Path(folder))
        assert context
        self.stream = self.open(TlsPipe(context, threading.Lock(), server_side=True))

    def test_pieces_are_small_until_the_client_has_taken_many_bytes_and_when_it_is_slow_again(self) -> None:
        self.assertEqual(self.stream.wait_for_room(), SMALLEST_PIECE_BYTES)

        def work() -> None:
            self.stream.receive()
            for _ in range(FAST_BYTES // len(MUCH)):
                self.assertEqual(self.stream.offer(MUCH), len(MUCH))

        sender = threading.Thread(target=work)
        self.in_the_background(sender)
        with client_context().wrap_socket(self.peer, server_hostname="localhost") as secure:
            secure.sendall(b"x")
            left = FAST_BYTES
            while left:
                left -= len(secure.recv(65536))
            sender.join(DEADLINE)
            self.mine.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 22)
            room = self.mine.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) // BUFFER_PIECES
            self.assertEqual(self.stream.wait_for_room(), min(PIECE_BYTES, max(SMALLEST_PIECE_BYTES, room)))
            for name in ("SLOW_SECONDS", "STALL_SECONDS"):
                self.enterContext(mock.patch.object(transfer_stream, name, 0))
            with self.assertRaises(TooSlow):
                for _ in range(20):  # more than any buffer holds
                    self.stream.offer(MUCH)
            self.enterContext(mock.patch.object(transfer_stream, "SLOW_SECONDS", DEADLINE))
            secure.setblocking(False)
            with suppress(ssl.SSLWantReadError):
                while secure.recv(65536):
                    pass
            self.assertEqual(self.stream.wait_for_room(), SMALLEST_PIECE_BYTES)

    def test_large_pieces_arrive_whole_and_the_end_after_them_is_noticed(self) -> None:
        peek = socket.MSG_PEEK | DONT_WAIT

        def has_large_piece() -> bool:
            with suppress(BlockingIOError):
                return len(self.mine.recv(PIECE_BYTES, peek)) == PIECE_BYTES
            return False

        def send() -> None:
            secure = client_context().wrap_socket(self.peer, server_hostname="localhost")
            self.addCleanup(secure.close)
            secure.sendall(b"x" + MUCH)
            secure.shutdown(socket.SHUT_WR)

        self.in_the_background(threading.Thread(target=send))
        data = bytearray(self.stream.receive())
        wait_until(has_large_piece, "more than a piece has arrived")
        feed_large = mock.Mock(side_effect=TlsPipe.feed_large)
        counted = mock.patch.object(TlsPipe, "feed_large", lambda *given: feed_large(*given))
        with counted, self.assertRaises(StreamEnded):
            while True:
                data += self.stream.receive()
        self.assertTrue(data == b"x" + MUCH)
        feed_large.assert_called()

    def test_both_directions_and_the_end(self) -> None:
        received: list[bytes | bytearray] = []

        def work() -> None:
            count = 0
            while count < len(MUCH):
                received.append(self.stream.receive())
                count += len(received[-1])
            self.stream.send(MUCH)
            self.stream.finish()

        self.in_the_background(threading.Thread(target=work))
        with client_context().wrap_socket(self.peer, server_hostname="localhost") as secure:
            secure.sendall(MUCH)
            self.assertEqual(self.everything(secure), MUCH)  # also a clean end: no SSLEOFError
            self.assertEqual(b"".join(received), MUCH)
