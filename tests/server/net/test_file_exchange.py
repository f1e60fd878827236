"""Requests about files on one connection, with a core that the test plays and contents in a real folder."""

from __future__ import annotations

import errno
import hashlib
import random
import socket
import threading
import unittest
from collections.abc import Callable
from http import HTTPStatus
from http.client import HTTPResponse
from itertools import chain, repeat
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from chatapp.protocol.tls import PlainPipe
from chatapp.server.core.inbox import FileAsked, UploadEnded
from chatapp.server.net import http
from chatapp.server.net.core_door import CoreDoor
from chatapp.server.net.file_exchange import FileExchange
from chatapp.server.net.http import HttpRequest
from chatapp.server.net.policy import TransferService
from chatapp.server.net.transfer_limits import TransferLimits
from chatapp.server.net.transfer_pace import TooSlow, TransferPace
from chatapp.server.net.transfer_stream import TransferStream
from chatapp.server.state.connection import NullConnection
from chatapp.server.state.file_transfers import (
    FileAnswer,
    FileFound,
    FileRequest,
    HttpReply,
    StoredContents,
    UploadPermit,
)
from chatapp.server.storage.file_contents import FileStore, PartialFile
from tests.server.net.test_http import request
from tests.server.net.test_link import DEADLINE
from tests.server.net.test_thumbnails import png_head

TEXT = b"Minutes of the meeting"
PUBLIC = "8.8.8.8"
MOST_BYTES = 1000
ORIGIN = "https://web.example"
NOT_FOUND = HttpReply(HTTPStatus.NOT_FOUND, "Nothing here\n")


class ExchangeTest(unittest.TestCase):
    """A connection that asks for files. `answer` and `last_answer` are what the core says."""

    def setUp(self) -> None:
        self.data = Path(self.enterContext(TemporaryDirectory()))
        self.store = FileStore(self.data / "files")
        self.limits = TransferLimits(0, 0, 0)
        self.forgiven: list[str] = []
        self.streams: list[TransferStream] = []
        self.asked: list[FileRequest] = []
        self.ended: list[tuple[StoredContents | None, bool]] = []
        self.on_end: Callable[[], None] = lambda: None
        self.answer: FileAnswer | None = NOT_FOUND
        self.last_answer: FileAnswer | None = HttpReply(
            HTTPStatus.CREATED, "the URL\n", {"Location": "http://chat.example/files/id/x"}
        )

    def connect(self) -> socket.socket:
        """Return the client's end of a new connection, whose requests are served in the background."""
        mine, peer = socket.socketpair()
        peer.settimeout(DEADLINE)
        thread = threading.Thread(target=self.serve, args=(mine,))
        self.addCleanup(thread.join, DEADLINE)
        self.addCleanup(peer.close)
        thread.start()
        return peer

    def serve(self, mine: socket.socket) -> None:
        """Do what a link does: read the first request and leave the connection to the exchange."""
        with mine:
            data = b""
            head: HttpRequest | None = None
            while head is None:
                data += mine.recv(4096)
                head = http.read(data)
            rest = data.partition(b"\r\n\r\n")[2]
            stream = TransferStream(mine, PlainPipe(), lambda _: 0.0, lambda _: None, self.limits.turn, rest)
            self.streams.append(stream)
            door = CoreDoor(NullConnection(), lambda arrival: self.decide(door, arrival))
            service = TransferService(
                self.store, self.limits, lambda address, _: self.forgiven.append(address)
            )
            try:
                FileExchange(service, stream, door, PUBLIC, (ORIGIN,), lambda: None).run(head)
            except OSError:
                return  # the client is gone

    def decide(self, door: CoreDoor, arrival: FileAsked | UploadEnded) -> None:
        """Answer as the core would; a door that gets no answer is closed."""
        if isinstance(arrival, FileAsked):
            self.asked.append(arrival.request)
            answer = self.answer
        else:
            self.ended.append((arrival.contents, arrival.is_disk_full))
            self.on_end()
            answer = self.last_answer
        if answer:
            door.answer(answer)
        else:
            door.close()

    def permit(self, is_thumbnail: bool = False, is_repeated: bool = False) -> None:
        self.answer = UploadPermit("id", "a.txt", "text/plain", MOST_BYTES, is_thumbnail, is_repeated)

    def offer(self, data: bytes = TEXT, thumbnail: bytes = b"") -> None:
        """Have the core find a file with these contents."""
        preview = self.keep(thumbnail).sha256 if thumbnail else ""
        self.answer = FileFound(*self.keep(data), "a.txt", "text/plain", 0, None, preview)

    def keep(self, data: bytes) -> StoredContents:
        """Store contents."""
        partial = self.store.begin(len(data))
        partial.write(data)
        return partial.finish()

    def response(self, peer: socket.socket, method: str = "GET") -> tuple[HTTPResponse, bytes]:
        """Receive a response and its body."""
        found = HTTPResponse(peer, method=method)
        found.begin()
        return found, found.read()

    def status(self, *pieces: bytes) -> int:
        """Send a request in pieces and return the status of the response, after which the client leaves."""
        peer = self.connect()
        for piece in pieces:
            peer.sendall(piece)
        found, _ = self.response(peer)
        peer.close()
        return found.status

    def put(self, data: bytes = TEXT, **fields: str) -> bytes:
        """Return a request that uploads data."""
        return request("POST /upload/token HTTP/1.1", Content_Length=str(len(data)), **fields) + data

    def files(self) -> list[str]:
        return sorted(path.name for path in self.data.rglob("*") if path.is_file())


class Uploads(ExchangeTest):
    def test_an_upload_is_stored_and_answered_by_the_core(self) -> None:
        self.permit()
        peer = self.connect()
        peer.sendall(self.put(Content_Disposition='attachment; filename="a.txt"'))
        found, body = self.response(peer)
        self.assertEqual((found.status, body), (201, b"the URL\n"))
        self.assertEqual(found.getheader("Location"), "http://chat.example/files/id/x")
        self.assertEqual(self.asked, [FileRequest("upload", name="a.txt", size=len(TEXT), token="token")])
        sha256 = hashlib.sha256(TEXT).hexdigest()
        self.assertEqual(self.ended, [(StoredContents(sha256, len(TEXT)), False)])
        self.assertEqual(self.files(), [sha256])

    def test_an_upload_in_chunks(self) -> None:
        self.permit()
        start = request("POST /upload HTTP/1.1", Transfer_Encoding="chunked")
        self.assertEqual(
            self.status(start, b"8\r\nMinutes ", b"\r\ne\r\nof the meeting\r\n0\r\n", b"\r\n"), 201
        )
        self.assertEqual(self.files(), [hashlib.sha256(TEXT).hexdigest()])

    def test_a_page_that_the_configuration_allows_may_upload(self) -> None:
        self.permit()
        peer = self.connect()
        peer.sendall(self.put(Origin=ORIGIN))
        self.assertEqual(self.response(peer)[0].getheader("Access-Control-Allow-Origin"), ORIGIN)
        self.assertEqual(len(self.files()), 1)

    def test_a_page_of_another_site_may_not_upload_although_the_browser_knows_the_password(self) -> None:
        self.permit()
        self.assertEqual(
            self.status(self.put(Origin="https://evil.example", Authorization="Basic eDp5")), 403
        )
        self.assertEqual((self.asked, self.files()), ([], []))

    def test_an_empty_file_can_be_sent(self) -> None:
        self.permit()
        self.assertEqual(self.status(self.put(b"")), 201)

    def test_a_client_that_waits_for_it_is_told_to_send_the_body(self) -> None:
        self.permit()
        peer = self.connect()
        peer.sendall(self.put(TEXT, Expect="100-continue").removesuffix(TEXT))
        self.assertEqual(peer.recv(1000), b"HTTP/1.1 100 Continue\r\n\r\n")
        peer.sendall(TEXT)
        self.assertEqual(self.response(peer)[0].status, 201)

    def test_a_refusal_comes_before_the_body_is_sent(self) -> None:
        self.answer = HttpReply(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "at most 25 MB\n")
        peer = self.connect()
        peer.sendall(self.put(TEXT, Expect="100-continue").removesuffix(TEXT))
        found, body = self.response(peer)
        self.assertEqual((found.status, body), (413, b"at most 25 MB\n"))
        self.assertEqual(found.getheader("Connection"), "close")

    def test_a_client_that_sends_the_body_all_the_same_sees_the_refusal(self) -> None:
        self.answer = HttpReply(HTTPStatus.FORBIDDEN, "no\n")
        self.assertEqual(self.status(self.put(bytes(4_000_000))), 403)
        self.assertEqual(self.ended, [])

    def test_too_many_bytes_are_not_stored(self) -> None:
        chunk = b"%x\r\n%s\r\n" % (MOST_BYTES + 1, bytes(MOST_BYTES + 1))
        for is_repeated, status in ((False, 413), (True, 422)):
            with self.subTest(is_repeated=is_repeated):
                self.permit(is_repeated=is_repeated)
                head = request("POST /upload HTTP/1.1", Transfer_Encoding="chunked")
                self.assertEqual(self.status(head + chunk), status)
                self.assertEqual((self.ended.pop(), self.files()), ((None, False), []))

    def test_malformed_chunks_are_not_stored(self) -> None:
        self.permit()
        self.assertEqual(
            self.status(request("POST /upload HTTP/1.1", Transfer_Encoding="chunked") + b"x\r\n"), 400
        )
        self.assertEqual((self.ended, self.files()), ([(None, False)], []))

    def test_a_connection_that_is_lost_leaves_nothing(self) -> None:
        self.permit()
        peer = self.connect()
        peer.sendall(self.put()[:-1])
        peer.close()
        self.doCleanups()
        self.assertEqual(self.ended, [(None, False)])
        self.assertFalse(self.data.exists() and self.files())

    def test_a_full_disk_is_reported_to_the_core_which_answers(self) -> None:
        self.permit()
        self.last_answer = HttpReply(HTTPStatus.INSUFFICIENT_STORAGE, "full\n")
        full = OSError(errno.ENOSPC, "No space left on device")
        for where, method in ((FileStore, "begin"), (PartialFile, "write")):
            with self.subTest(method=method):
                self.ended.clear()
                with mock.patch.object(where, method, side_effect=full):
                    self.assertEqual(self.status(self.put()), 507)
                self.assertEqual(self.ended, [(None, True)])

    def test_another_failure_of_the_disk_is_logged(self) -> None:
        self.permit()
        with (
            self.assertLogs("chatapp.server.net.file_exchange", "ERROR"),
            mock.patch.object(Path, "replace", side_effect=OSError(errno.EIO, "Input/output error")),
        ):
            self.assertEqual(self.status(self.put()), 503)
        self.assertEqual((self.ended, self.files()), ([(None, False)], []))

    def test_contents_that_the_core_refuses_at_the_end_can_be_deleted(self) -> None:
        self.permit()
        self.last_answer = HttpReply(HTTPStatus.INSUFFICIENT_STORAGE, "full\n")
        self.on_end = lambda: self.store.delete(hashlib.sha256(TEXT).hexdigest(), lambda: True)
        self.assertEqual(self.status(self.put()), 507)
        self.assertEqual(self.files(), [])

    def test_a_server_that_shuts_down_keeps_what_may_be_stored(self) -> None:
        self.permit()
        self.last_answer = None
        peer = self.connect()
        peer.sendall(self.put())
        self.assertEqual(peer.recv(100), b"")
        self.assertEqual(len(self.files()), 1)

    def test_a_thumbnail_is_a_small_png(self) -> None:
        self.permit(is_thumbnail=True)
        small, large = png_head(300, 200), png_head(3000, 2000)
        for picture, status in ((small, 201), (large, 415), (b"GIF89a", 415), (b"", 415)):
            with self.subTest(picture=picture):
                start = request("PUT /thumbnails/id HTTP/1.1", Content_Length=str(len(picture)))
                self.assertEqual(self.status(start + picture), status)
        self.assertEqual(self.files(), [hashlib.sha256(small).hexdigest()])


class Downloads(ExchangeTest):
    def test_a_file_is_sent(self) -> None:
        self.offer()
        peer = self.connect()
        peer.sendall(request("GET /files/id/a.txt HTTP/1.1"))
        found, body = self.response(peer)
        self.assertEqual((found.status, body), (200, TEXT))
        self.assertEqual(self.asked, [FileRequest("download", "id")])

    def test_a_large_file_and_a_part_of_it(self) -> None:
        data = random.Random(1).randbytes(300_000)
        self.offer(data)
        peer = self.connect()
        for field, part in (("", data), ("bytes=100000-", data[100_000:]), ("bytes=5-9", data[5:10])):
            with self.subTest(field=field):
                peer.sendall(request("GET /files/id/a.txt HTTP/1.1", **({"Range": field} if field else {})))
                self.assertEqual(self.response(peer)[1], part)

    def test_head_sends_no_contents(self) -> None:
        self.offer(thumbnail=png_head(320, 200))
        peer = self.connect()
        peer.sendall(request("HEAD /files/id/a.txt HTTP/1.1"))
        found, body = self.response(peer, "HEAD")
        self.assertEqual((found.getheader("Content-Length"), body), (str(len(TEXT)), b""))
        link = '</thumbnails/id>; rel="preview"; type="image/png"; sizes="320x200"'
        self.assertEqual(found.getheader("Link"), link)

    def test_a_thumbnail_that_cannot_be_read_is_not_offered(self) -> None:
        self.offer(thumbnail=png_head(320, 200))
        assert isinstance(self.answer, FileFound)
        thumbnail = self.answer.thumbnail
        (self.data / "files" / thumbnail[:2] / thumbnail).unlink()
        peer = self.connect()
        peer.sendall(request("HEAD /files/id/a.txt HTTP/1.1"))
        found, _ = self.response(peer, "HEAD")
        self.assertEqual((found.status, found.getheader("Link")), (200, None))

    def test_contents_that_are_missing_are_not_found(self) -> None:
        self.answer = FileFound("ab" * 32, 5, "a.txt", "text/plain", 0, None)
        with self.assertLogs("chatapp.server.net.file_exchange", "ERROR"):
            self.assertEqual(self.status(request("GET /files/id/a.txt HTTP/1.1")), 404)

    def test_contents_that_became_shorter_end_the_connection(self) -> None:
        self.offer()
        assert isinstance(self.answer, FileFound)
        (self.data / "files" / self.answer.sha256[:2] / self.answer.sha256).write_bytes(b"Min")
        peer = self.connect()
        with self.assertLogs("chatapp.server.net.file_exchange", "ERROR"):
            peer.sendall(request("GET /files/id/a.txt HTTP/1.1"))
            received = b""
            while data := peer.recv(4096):
                received += data
        self.assertTrue(received.endswith(b"\r\n\r\nMin"))


class Connections(ExchangeTest):
    def test_several_requests_on_one_connection(self) -> None:
        peer = self.connect()
        for _ in range(3):
            self.permit()
            peer.sendall(self.put())
            self.assertEqual(self.response(peer)[0].status, 201)
            self.offer()
            peer.sendall(request("GET /files/id/a.txt HTTP/1.1"))
            self.assertEqual(self.response(peer)[1], TEXT)
        self.assertEqual(len(self.asked), 6)

    def test_a_request_that_follows_at_once_is_not_taken_for_the_body(self) -> None:
        self.permit()
        peer = self.connect()
        peer.sendall(self.put() + self.put(b"second", Connection="close"))
        received = b""
        while data := peer.recv(4096):
            received += data
        self.assertEqual(received.count(b"HTTP/1.1 201 Created"), 2)
        self.assertEqual(len(self.files()), 2)

    def test_a_connection_does_not_count_as_a_new_one_if_a_file_is_served_on_it(self) -> None:
        self.assertEqual(self.status(request("GET /files/id/x HTTP/1.1")), 404)
        self.assertEqual(self.forgiven, [])
        self.offer()
        peer = self.connect()
        for _ in range(2):
            peer.sendall(request("GET /files/id/x HTTP/1.1"))
            self.assertEqual(self.response(peer)[0].status, 200)
        self.assertEqual(self.forgiven, [PUBLIC])

    def test_the_connection_ends_if_the_client_wants_that(self) -> None:
        for first, field in (
            ("GET /files/id/x HTTP/1.1", "close"),
            ("GET /files/id/x HTTP/1.0", "keep-alive"),
        ):
            with self.subTest(first=first):
                peer = self.connect()
                peer.sendall(request(first, Connection=field))
                found, _ = self.response(peer)
                self.assertEqual((found.status, found.getheader("Connection")), (404, "close"))
                self.assertEqual(peer.recv(10), b"")

    def test_a_malformed_request_ends_the_connection(self) -> None:
        cases = {
            b"POST /upload HTTP/1.1\r\n\r\n": 411,
            b"GET /x HTTP/1.1\r\n\r\n": 404,
            b"NICK ann\r\n\r\n": 400,
        }
        for later, status in cases.items():
            with self.subTest(later=later):
                peer = self.connect()
                peer.sendall(request("GET /files/id/x HTTP/1.1"))
                self.assertEqual(self.response(peer)[0].status, 404)
                peer.sendall(later)
                found, _ = self.response(peer)
                self.assertEqual((found.status, found.getheader("Connection")), (status, "close"))
                self.assertEqual(peer.recv(10), b"")

    def test_a_client_that_does_not_take_the_last_response_is_cut_off(self) -> None:
        with mock.patch.object(TransferStream, "finish", side_effect=TooSlow):
            peer = self.connect()
            peer.sendall(request("GET /files/id/x HTTP/1.1", Connection="close"))
            self.assertEqual(self.response(peer)[0].status, 404)

    def test_an_address_with_too_many_transfers_is_refused(self) -> None:
        with mock.patch("chatapp.server.net.transfer_limits.PER_ADDRESS", 1):
            self.limits.acquire(PUBLIC)
            with mock.patch("chatapp.server.net.file_exchange.SLOT_SECONDS", 0):
                self.assertEqual(self.status(request("GET /files/id/x HTTP/1.1")), 429)
            self.limits.release(PUBLIC)
            self.assertEqual(self.status(request("GET /files/id/x HTTP/1.1")), 404)
            # the transfer before may end only after the client has its response, so this one may have to wait
            self.assertEqual(self.status(request("GET /files/id/x HTTP/1.1")), 404)

    def test_a_transfer_that_is_too_slow_is_cut_off(self) -> None:
        self.permit()
        peer = self.connect()
        peer.sendall(self.put(TEXT, Expect="100-continue").removesuffix(TEXT))
        self.assertEqual(peer.recv(1000), b"HTTP/1.1 100 Continue\r\n\r\n")
        with mock.patch.object(TransferPace, "moved", side_effect=chain([TooSlow], repeat(None))):
            peer.sendall(b"abc")
            self.assertEqual(self.response(peer)[0].status, 408)
        self.assertEqual((self.ended, self.files()), ([(None, False)], []))

    def test_an_upload_that_the_core_breaks_off_gets_the_reason_and_leaves_nothing(self) -> None:
        self.permit()
        peer = self.connect()
        peer.sendall(self.put(TEXT, Expect="100-continue").removesuffix(TEXT))
        self.assertEqual(peer.recv(1000), b"HTTP/1.1 100 Continue\r\n\r\n")
        self.streams[0].break_off(HttpReply(HTTPStatus.FORBIDDEN, "You are banned\n"))
        found, body = self.response(peer)
        self.assertEqual(
            (found.status, body, found.getheader("Connection")), (403, b"You are banned\n", "close")
        )
        self.assertEqual((self.ended, self.files()), ([(None, False)], []))

    def test_an_upload_that_is_refused_at_its_end_ends_the_connection(self) -> None:
        self.permit()
        self.last_answer = HttpReply(HTTPStatus.FORBIDDEN, "You are banned\n")
        peer = self.connect()
        peer.sendall(self.put())
        found, _ = self.response(peer)
        self.assertEqual((found.status, found.getheader("Connection")), (403, "close"))


class Fuzz(ExchangeTest):
    def test_random_requests_get_a_response_or_an_end_and_leave_nothing(self) -> None:
        """A bug would raise here, or leave the client without an end."""
        chance = random.Random(20)
        chunks = b"3\r\nabc\r\n0\r\n\r\n"
        known = (
            self.put(),
            request("GET /files/id/x HTTP/1.1", Range="bytes=0-3"),
            request("POST /upload HTTP/1.1", Transfer_Encoding="chunked") + chunks,
            request("PUT /thumbnails/id HTTP/1.1", Content_Length="24") + png_head(3, 3)[:24],
        )
        for number in range(300):
            data = bytearray(chance.choice(known))
            for _ in range(chance.randrange(6)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            self.permit(is_thumbnail=number % 7 == 0)
            peer, server = socket.socketpair()
            with peer:
                peer.settimeout(DEADLINE)
                peer.sendall(data + b"\r\n\r\n")
                peer.shutdown(socket.SHUT_WR)
                try:
                    self.serve(server)
                except http.HttpError:
                    continue  # the sniffer answers it
                received = b""
                while more := peer.recv(65536):
                    received += more
            is_response = not received or received.startswith(b"HTTP/1.1 ")
            self.assertTrue(is_response, (number, bytes(data)))
        self.assertEqual([name for name in self.files() if len(name) != 64], [])
        self.assertFalse(any(self.data.glob("files/partial/*")))
