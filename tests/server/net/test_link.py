"""A link between a real socket and a test that plays the role of the core."""

from __future__ import annotations

import queue
import socket
import ssl
import struct
import threading
import unittest
import weakref
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from chatapp.protocol.tls import TlsPipe
from chatapp.server.config import LimitsConfig, TlsConfig
from chatapp.server.core.inbox import Disconnected, FileAsked, RawReply, Received, Rejected, UploadEnded
from chatapp.server.net import link
from chatapp.server.net.link import Link
from chatapp.server.net.policy import ConnectionPolicy, PlaintextPolicy, TransferService
from chatapp.server.net.tls import context as tls_context
from chatapp.server.net.transfer_limits import TransferLimits
from chatapp.server.net.transfer_stream import TransferStream
from chatapp.server.state.file_transfers import FileRequest, HttpReply, UploadPermit
from chatapp.server.storage.file_contents import FileStore
from chatapp.system.worker_thread import WorkerThread
from tests.waiting import wait_until

COMMANDS = ("NICK", "USER", "JOIN", "PING")
DEADLINE = 20.0  # seconds, for anything that a test waits for
TEXT = b"ERROR :Go away\r\n"


def client_context() -> ssl.SSLContext:
    """Return the TLS context of a client that accepts any certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class LinkTest(unittest.TestCase):
    """A link on a real socket; the test thread plays the role of the core."""

    def setUp(self) -> None:
        folder = self.enterContext(TemporaryDirectory())
        self.context = tls_context.context(TlsConfig(), Path(folder))
        contents = FileStore(Path(folder, "files"))
        self.files = TransferService(contents, TransferLimits(0, 0, 0), lambda address, now: None)
        self.handshakes = WorkerThread("handshakes", idle_seconds=None)
        self.addCleanup(self.handshakes.close)

    def open(
        self,
        plaintext: PlaintextPolicy = "anyone",
        address: str = "127.0.0.1",
        limits: LimitsConfig | None = None,
    ) -> None:
        self.arrivals: queue.SimpleQueue[Any] = queue.SimpleQueue()
        listening = socket.create_server(("127.0.0.1", 0))
        self.peer = socket.create_connection(listening.getsockname(), DEADLINE)
        mine, _ = listening.accept()
        listening.close()
        self.addCleanup(self.peer.close)
        policy = ConnectionPolicy(
            limits or LimitsConfig(), COMMANDS, self.context, plaintext, files=self.files
        )
        self.link = Link(mine, (address, 1), policy, self.arrivals.put, self.arrivals.put, self.handshakes)
        self.link.start()
        self.addCleanup(mine.close)

    def put_and_close(self) -> None:
        self.link.put(TEXT)
        self.link.flush()
        self.link.close()

    def serve(self) -> None:
        """Do what the core does until the client has disconnected."""
        while not isinstance(arrival := self.arrivals.get(timeout=DEADLINE), Disconnected):
            if arrival is self.link:
                self.link.on_writable()
            else:
                self.link.resume()
        self.link.dispose()

    def serve_in_the_background(self) -> None:
        core = threading.Thread(target=self.serve)
        core.start()
        self.addCleanup(core.join, DEADLINE)

    def everything(self, sock: socket.socket) -> bytes:
        data = b""
        while more := sock.recv(4096):
            data += more
        sock.close()
        return data


class BeforeTheFirstByte(LinkTest):
    def test_data_put_before_the_handshake_arrive_inside_tls(self) -> None:
        self.open()
        self.put_and_close()
        self.serve_in_the_background()
        secure = client_context().wrap_socket(self.peer, server_hostname="localhost")
        self.assertEqual(self.everything(secure), TEXT)

    def test_a_client_without_tls_gets_plain_text(self) -> None:
        self.open()
        self.put_and_close()
        self.serve_in_the_background()
        self.peer.sendall(b"NICK ann\r\n")
        self.assertEqual(self.everything(self.peer), TEXT)

    def test_a_silent_client_gets_plain_text_after_a_while(self) -> None:
        self.open()
        self.put_and_close()
        self.link.start_without_tls()
        self.serve_in_the_background()
        self.assertEqual(self.everything(self.peer), TEXT)

    def test_during_a_handshake_data_wait_for_its_end(self) -> None:
        self.open()
        outgoing, incoming = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = client_context().wrap_bio(incoming, outgoing, server_hostname="localhost")
        with self.assertRaises(ssl.SSLWantReadError):
            tls.do_handshake()
        hello = outgoing.read()
        self.peer.sendall(hello[:5])
        self.arrivals.get(timeout=DEADLINE)
        self.put_and_close()
        self.serve_in_the_background()
        self.peer.sendall(hello[5:])
        data = b""
        while not data:
            incoming.write(self.peer.recv(65536))
            try:
                data = tls.read(4096)
            except ssl.SSLWantReadError:
                self.peer.sendall(outgoing.read())
        self.assertEqual(data, TEXT)
        self.peer.close()


class Handshakes(LinkTest):
    def shake_hands(self) -> ssl.SSLSocket:
        self.serve_in_the_background()
        return client_context().wrap_socket(self.peer, server_hostname="localhost")

    def test_a_thread_for_all_makes_them_and_the_reader_does_the_rest(self) -> None:
        feeds: list[tuple[bool, str]] = []

        def feed(pipe: TlsPipe, network: bytes) -> bytes:
            feeds.append((pipe.ready, threading.current_thread().name))
            return real_feed(pipe, network)

        real_feed = TlsPipe.feed
        self.enterContext(mock.patch.object(TlsPipe, "feed", feed))
        self.open()
        self.link.put(TEXT)
        self.link.flush()
        secure = self.shake_hands()
        self.assertEqual(secure.recv(len(TEXT)), TEXT)  # the server has completed the handshake, too
        secure.sendall(b"NICK ann\r\n")
        secure.close()
        wait_until(lambda: self.link.is_disposed, "the connection has ended")
        self.assertEqual({name for ready, name in feeds if not ready}, {"handshakes"})
        names = {name for ready, name in feeds if ready}
        self.assertEqual((len(names), "handshakes" in names), (1, False))

    def test_one_that_is_slow_delays_no_other(self) -> None:
        self.open()
        slow_link, slow_peer, slow_arrivals = self.link, self.peer, self.arrivals
        slow_peer.sendall(b"\x16\x03\x01")
        self.assertIsInstance(slow_arrivals.get(timeout=DEADLINE), Received)
        self.open()
        self.put_and_close()
        self.assertEqual(self.everything(self.shake_hands()), TEXT)
        slow_link.abort()
        self.assertIsInstance(slow_arrivals.get(timeout=DEADLINE), Disconnected)
        slow_link.dispose()


class StartingWithoutTls(LinkTest):
    def test_only_clients_that_may_use_plain_text_get_it(self) -> None:
        cases: list[tuple[PlaintextPolicy, str, bool]] = [
            ("anyone", "192.0.2.7", True),
            ("this computer", "127.0.0.1", True),
            ("this computer", "::ffff:127.0.0.1", True),
            ("this computer", "192.0.2.7", False),
            ("nobody", "127.0.0.1", False),
        ]
        for plaintext, address, expected in cases:
            with self.subTest(plaintext, address=address):
                self.open(plaintext, address)
                self.assertIs(self.link.start_without_tls(), expected)
                self.serve_in_the_background()
                self.peer.close()

    def test_a_client_that_has_begun_a_handshake_gets_no_plain_text(self) -> None:
        self.open()
        self.peer.sendall(b"\x16")
        self.arrivals.get(timeout=DEADLINE)  # the byte was read
        self.assertFalse(self.link.start_without_tls())
        self.link.resume()
        self.serve_in_the_background()
        self.peer.close()

    def test_a_late_handshake_succeeds_if_nothing_was_sent(self) -> None:
        self.open("this computer", "192.0.2.7")
        self.assertFalse(self.link.start_without_tls())
        self.link.put(TEXT)
        self.serve_in_the_background()
        secure = client_context().wrap_socket(self.peer, server_hostname="localhost")
        secure.close()


class Reading(LinkTest):
    """Without TLS, so that bytes and lines are the same."""

    def arrival(self) -> Any:
        return self.arrivals.get(timeout=DEADLINE)

    def received(self) -> list[str]:
        """Return the commands of the next batch."""
        arrival = self.arrival()
        self.assertIsInstance(arrival, Received)
        return [item.command for item in arrival.items]

    def finish(self) -> None:
        self.peer.close()
        self.link.resume()
        self.serve()

    def test_the_core_gets_one_batch_at_a_time(self) -> None:
        """The reader delivers nothing more until the core has resumed it."""
        self.open()
        self.peer.sendall(b"NICK ann\r\nUSER ann 0 * :Ann\r\n")
        self.assertEqual(self.received(), ["NICK", "USER"])
        self.peer.sendall(b"JOIN #c\r\n")
        self.assertTrue(self.arrivals.empty())
        self.link.resume()
        self.assertEqual(self.received(), ["JOIN"])
        self.finish()

    def test_its_thread_is_named_by_the_port_of_the_client(self) -> None:
        with mock.patch.object(link, "name_this_thread") as name:
            self.open()
            self.peer.sendall(b"NICK ann\r\n")
            self.arrival()
        name.assert_called_once_with("link 1")
        self.finish()

    def test_the_end_is_reported_when_the_last_batch_is_executed(self) -> None:
        """The core drops the held commands of a session at its end; a client may send and hang up at once."""
        no_linger = struct.pack("ii", 1, 0)
        for end in ("closed", "reset"):
            with self.subTest(end):
                self.open()
                self.peer.sendall(b"NICK ann\r\n")
                self.assertEqual(self.received(), ["NICK"])
                if end == "reset":
                    self.peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, no_linger)
                self.peer.close()
                with self.assertRaises(queue.Empty):
                    self.arrivals.get(timeout=0.05)
                self.link.resume()
                self.assertIsInstance(self.arrival(), Disconnected)
                self.link.dispose()

    def test_an_end_that_waits_for_the_last_batch_is_reported_when_the_core_closes(self) -> None:
        self.open()
        self.peer.sendall(b"NICK ann\r\n")
        self.assertEqual(self.received(), ["NICK"])
        self.peer.close()
        self.link.close()
        self.assertIsInstance(self.arrival(), Disconnected)
        self.link.dispose()

    def test_a_client_over_its_flood_budget_is_read_later(self) -> None:
        self.open(limits=LimitsConfig(flood_burst=3, flood_per_second=1000))
        self.peer.sendall(b"PING x\r\n" * 5)
        batches: list[list[str]] = []
        while sum(len(batch) for batch in batches) < 5:
            batches.append(self.received())
            self.link.resume()
        self.assertLessEqual(len(batches[0]), 3)
        self.assertEqual([command for batch in batches for command in batch], ["PING"] * 5)
        self.finish()

    def test_the_end_of_the_connection_is_reported_last(self) -> None:
        self.open()
        self.peer.sendall(b"NICK ann\r\n")
        self.peer.close()
        self.assertEqual(self.received(), ["NICK"])
        self.link.resume()
        arrival = self.arrival()
        self.assertEqual((type(arrival), arrival[1]), (Disconnected, "Connection closed"))
        self.link.dispose()

    def test_a_failed_handshake_is_the_reason_of_the_end(self) -> None:
        self.open()
        self.peer.sendall(b"\x16\x03\x01\x00\x05hello")
        while not isinstance(arrival := self.arrival(), Disconnected):
            self.link.resume()
        self.assertTrue(arrival[1].startswith("TLS failed: "), arrival)
        self.link.dispose()

    def test_a_request_of_a_browser_is_answered_by_the_core(self) -> None:
        self.open()
        self.peer.sendall(b"GET /health HTTP/1.1\r\n\r\n")
        while not isinstance(arrival := self.arrival(), RawReply):
            self.link.resume()
        _, data, framer, is_last = arrival
        self.assertEqual((framer, is_last), (None, True))
        self.link.send_raw(data, framer)
        self.link.close()
        self.serve_in_the_background()
        self.assertIn(b"\r\n\r\nok\n", self.everything(self.peer))

    def test_another_protocol_is_rejected_with_a_reason(self) -> None:
        self.open()
        self.peer.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")
        while not isinstance(arrival := self.arrival(), Rejected):
            self.link.resume()
        self.assertIn("Speak IRC", arrival[1])
        self.finish()


class Writing(LinkTest):
    def opened(self) -> None:
        self.open()
        self.peer.sendall(b"NICK ann\r\n")
        self.arrivals.get(timeout=DEADLINE)

    def test_lines_are_sent_in_order_at_the_next_flush(self) -> None:
        self.opened()
        for number in range(3):
            self.link.put(b"PRIVMSG ann :%d\r\n" % number)
        self.assertEqual(self.link.flush(), 0)
        self.put_and_close()
        self.serve_in_the_background()
        lines = self.everything(self.peer).split(b"\r\n")
        self.assertEqual(
            lines[:4], [b"PRIVMSG ann :0", b"PRIVMSG ann :1", b"PRIVMSG ann :2", b"ERROR :Go away"]
        )

    def test_lines_that_wait_for_a_flush_count_in_the_backlog(self) -> None:
        self.opened()
        self.link.put(TEXT)
        self.link.put(TEXT)
        self.assertEqual(self.link.backlog, 2 * len(TEXT))
        self.assertEqual((self.link.flush(), self.link.backlog), (0, 0))

    def test_lines_that_wait_for_a_flush_are_sent_before_raw_bytes(self) -> None:
        """Otherwise lines would follow the frame that closes a WebSocket."""
        self.opened()
        self.link.put(TEXT)
        self.link.send_raw(b"raw", None)
        self.link.close()
        self.serve_in_the_background()
        self.assertEqual(self.everything(self.peer), TEXT + b"raw")

    def test_a_client_that_does_not_read_never_blocks_the_core(self) -> None:
        """The rest is its backlog, and the watcher is asked once to report when the socket is writable."""
        self.opened()
        block = b"x" * 1_000_000
        while self.link.flush() == 0:
            self.link.put(block)
        self.assertGreater(self.link.backlog, 0)
        self.assertIs(self.arrivals.get(timeout=DEADLINE), self.link)
        self.link.put(TEXT)
        self.link.flush()
        self.assertTrue(self.arrivals.empty(), "it is watched once")
        self.link.close()
        reader = threading.Thread(target=self.drain)
        reader.start()
        while self.link.backlog:
            self.link.on_writable()
        reader.join(DEADLINE)
        self.serve()

    def drain(self) -> None:
        self.assertTrue(self.everything(self.peer).endswith(TEXT))

    def test_a_disposed_link_sends_nothing_more(self) -> None:
        self.opened()
        self.peer.close()
        self.link.resume()
        self.serve()
        self.link.put(TEXT)
        self.assertEqual((self.link.flush(), self.link.fileno()), (0, -1))


class Files(LinkTest):
    UPLOAD = b"POST /upload/token HTTP/1.1\r\nContent-Length: 5\r\n\r\n"
    PERMIT = UploadPermit("id", "a.txt", "text/plain", 5)

    def asked(self) -> FileAsked:
        """Do what the core does until the connection asks for a file."""
        while not isinstance(arrival := self.arrivals.get(timeout=DEADLINE), FileAsked):
            self.link.resume()
        return arrival

    def test_an_upload_through_tls(self) -> None:
        self.open()
        secure = client_context().wrap_socket(
            self.peer, server_hostname="localhost", do_handshake_on_connect=False
        )
        client = threading.Thread(target=secure.sendall, args=(self.UPLOAD + b"hello",))
        client.start()
        self.assertEqual(self.asked(), FileAsked(self.link, FileRequest("upload", size=5, token="token")))
        self.link.answer(self.PERMIT)
        ended = self.arrivals.get(timeout=DEADLINE)
        assert isinstance(ended, UploadEnded)
        self.assertEqual((ended.link, ended.permit), (self.link, self.PERMIT))
        assert ended.contents
        with self.files.contents.open(ended.contents.sha256) as file:
            self.assertEqual(file.read(), b"hello")
        self.link.answer(HttpReply(HTTPStatus.CREATED, "the URL\n"))
        client.join(DEADLINE)
        self.assertTrue(secure.recv(4096).startswith(b"HTTP/1.1 201 Created\r\n"))
        secure.close()
        self.serve()

    def test_a_connection_that_is_used_for_files_gets_no_lines(self) -> None:
        self.open()
        self.peer.sendall(b"GET /files/id/x HTTP/1.0\r\n\r\n")
        self.asked()
        self.link.put(TEXT)
        self.assertEqual(self.link.flush(), 0)
        self.link.send_raw(TEXT, None)
        self.link.answer(HttpReply(HTTPStatus.NOT_FOUND, "Nothing here\n"))
        received = self.everything(self.peer)
        self.assertTrue(received.startswith(b"HTTP/1.1 404 Not Found\r\n"))
        self.assertNotIn(TEXT, received)
        self.serve()

    def test_a_disposed_link_holds_nothing_of_a_transfer_any_more(self) -> None:
        streams: list[weakref.ref[TransferStream]] = []

        def stream(*values: Any) -> TransferStream:
            made = TransferStream(*values)
            streams.append(weakref.ref(made))
            return made

        self.enterContext(mock.patch.object(link, "TransferStream", stream))
        self.open()
        self.peer.sendall(b"GET /files/id/x HTTP/1.0\r\n\r\n")
        self.asked()
        self.link.answer(HttpReply(HTTPStatus.NOT_FOUND, "Nothing here\n"))
        self.everything(self.peer)
        self.serve()
        (made,) = streams
        wait_until(lambda: made() is None, "nothing holds the stream")

    def test_the_core_can_close_a_connection_that_waits_for_its_answer(self) -> None:
        self.open()
        self.peer.sendall(self.UPLOAD)
        self.asked()
        self.link.close()
        self.assertEqual(self.everything(self.peer), b"")
        self.serve()

    def test_the_core_can_close_a_connection_in_the_middle_of_an_upload(self) -> None:
        self.open()
        self.peer.sendall(self.UPLOAD + b"hel")
        self.asked()
        self.link.answer(self.PERMIT)
        self.link.close()
        ended = self.arrivals.get(timeout=DEADLINE)
        assert isinstance(ended, UploadEnded)
        self.assertIsNone(ended.contents)
        self.serve()


if __name__ == "__main__":
    unittest.main()
