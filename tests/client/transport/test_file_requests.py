"""Small requests about files."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import partial
from random import Random

from chatapp.client.transport.certificates import ServerTarget
from chatapp.client.transport.file_requests import (
    AskAboutFile,
    DeleteFile,
    FetchThumbnail,
    FileFacts,
    MakeThumbnail,
    SendThumbnail,
    TransferFailed,
    is_thumbnail,
    path_of,
)
from chatapp.client.transport.file_tasks import FileTask
from chatapp.client.transport.transfer_control import TransferControl
from chatapp.protocol.file_ids import THUMBNAIL_BYTES
from chatapp.system.picture_tools import Converter
from tests.client.files.pictures import jpeg, png
from tests.client.transport.http_server import FileServer, Handler, Received
from tests.errors import Quiet


def _converters(made: bytes) -> list[Converter]:
    """Return a converter that makes this."""
    return [lambda *given: made]


class Requests(Quiet):
    def setUp(self) -> None:
        super().setUp()
        self.server = FileServer()
        self.addCleanup(self.server.close)
        self.target = ServerTarget("127.0.0.1", self.server.port, "never")
        self.control = TransferControl()
        self.addCleanup(self.control.close)

    def failed(self, task: FileTask) -> tuple[str, str]:
        with self.assertRaises(TransferFailed) as caught:
            task.run(self.control)
        return caught.exception.kind, caught.exception.reason

    def test_the_server_says_what_it_knows_of_a_file(self) -> None:
        until = datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC)
        path = self.server.add(
            "Plan für März.pdf",
            b"12345",
            media_type="application/pdf; version=1",
            thumbnail=png(),
            sunset=format_datetime(until, usegmt=True),
        )
        (stored,) = self.server.state.files.values()
        self.assertEqual(
            FileFacts("Plan für März.pdf", 5, "application/pdf", until.timestamp(), stored.etag, True),
            AskAboutFile(self.target, path).run(self.control),
        )
        self.assertEqual("HEAD", self.server.requests[-1].method)

    def test_of_a_small_picture_without_a_thumbnail_one_is_made(self) -> None:
        path = self.server.add("a.jpg", jpeg(), media_type="image/jpeg")
        for converted, expected in ((png(), png()), (b"", b""), (png()[:20], b"")):
            with self.subTest(converted):
                task = MakeThumbnail(self.target, path, partial(_converters, converted))
                self.assertEqual(expected, task.run(self.control))

    def test_one_that_is_as_a_thumbnail_has_to_be_is_used_as_it_is(self) -> None:
        path = self.server.add("a.png", png(), media_type="image/png")
        self.assertEqual(png(), MakeThumbnail(self.target, path, list).run(self.control))

    def test_of_what_is_too_large_or_no_picture_none_is_made(self) -> None:
        def fail(*given: object) -> bytes:
            raise AssertionError("nothing is to be converted")

        for data in (png() + bytes(THUMBNAIL_BYTES), b"MZ", png(width=4000, height=4000)):
            path = self.server.add("a.png", data, media_type="image/png")
            self.assertEqual(b"", MakeThumbnail(self.target, path, lambda: [fail]).run(self.control))

    def test_what_the_server_does_not_say_is_unknown(self) -> None:
        def silent(handler: Handler, request: Received) -> bool:
            handler.send_response_only(200)
            handler.send_header("Sunset", "soon")
            handler.send_header("Content-Length", "many")
            handler.end_headers()
            return True

        self.server.fault(silent)
        facts = AskAboutFile(self.target, "/files/1/a").run(self.control)
        self.assertEqual(FileFacts("", None, "", None, "", False), facts)

    def test_a_file_that_is_gone_is_gone(self) -> None:
        for task in (
            AskAboutFile(self.target, "/files/no/a"),
            FetchThumbnail(self.target, "/thumbnails/no"),
            DeleteFile(self.target, "/files/no/a", "Bearer token"),
        ):
            with self.subTest(task):
                self.assertEqual(("gone", "The server does not have this file any more."), self.failed(task))

    def test_a_thumbnail_is_sent_and_fetched(self) -> None:
        ident = self.server.add("a.png", b"1").split("/")[2]
        path = f"/thumbnails/{ident}"
        SendThumbnail(self.target, path, "Bearer token", png()).run(self.control)
        self.assertEqual("Bearer token", self.server.requests[-1].fields["Authorization"])
        self.assertEqual("image/png", self.server.requests[-1].fields["Content-Type"])
        self.assertEqual(png(), FetchThumbnail(self.target, path).run(self.control))

    def test_a_thumbnail_that_could_do_harm_is_not_used(self) -> None:
        ident = self.server.add("a.png", b"1", thumbnail=png(width=641)).split("/")[2]
        self.assertEqual(b"", FetchThumbnail(self.target, f"/thumbnails/{ident}").run(self.control))

    def test_only_a_small_png_is_a_thumbnail(self) -> None:
        self.assertTrue(is_thumbnail(png()))
        for data in (
            b"",
            jpeg(),
            png(width=641),
            png(height=401),
            png(width=0),
            png(after=bytes(THUMBNAIL_BYTES)),
        ):
            with self.subTest(data[:20]):
                self.assertFalse(is_thumbnail(data))

    def test_a_file_is_deleted(self) -> None:
        path = self.server.add("a.png", b"1")
        DeleteFile(self.target, path, "Bearer token").run(self.control)
        self.assertEqual({}, self.server.state.files)

    def test_the_path_is_taken_from_a_url(self) -> None:
        self.assertEqual("/upload/token?x=1", path_of("https://h:1/upload/token?x=1#y"))
        self.assertEqual("/", path_of("https://h"))

    def test_the_size_of_the_thumbnail_is_learned_with_the_file(self) -> None:
        for field, expected in {
            '</thumbnails/x>; rel="preview"; type="image/png"; sizes="320x200"': (True, (320, 200)),
            "</t>; rel=preview; sizes=32x20": (True, (32, 20)),
            '</t>; rel="preview"': (True, None),
            '</t>; rel="preview"; sizes="any"': (True, None),
            '</s>; rel="icon"; sizes="16x16", </t>; rel="preview"': (True, None),
            '</s>; rel="icon"; sizes="16x16"': (False, None),
        }.items():
            answer = f"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nLink: {field}\r\n\r\n".encode()

            def speak(handler: Handler, request: Received, answer: bytes = answer) -> bool:
                handler.wfile.write(answer)
                return True

            self.server.fault(speak)
            with self.subTest(field):
                facts = AskAboutFile(self.target, "/f/x").run(self.control)
                self.assertEqual(expected, (facts.has_thumbnail, facts.thumbnail_size))

    def test_garbage_from_the_server_is_a_failure_and_no_bug(self) -> None:
        answer = (
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: image/png\r\nRetry-After: 5\r\n"
            b"Link: </thumbnails/x>; rel=preview\r\nSunset: Sat, 02 Jan 2027 03:04:05 GMT\r\n"
            b"Content-Disposition: attachment; filename*=UTF-8''%C3%A4.txt\r\n\r\nhello"
        )
        random = Random(1)
        for number in range(150):
            garbage = bytearray(answer)
            for _ in range(random.randint(1, 8)):
                at = random.randrange(len(garbage))
                garbage[at : at + random.randint(0, 3)] = random.randbytes(random.randint(0, 3))

            def speak(handler: Handler, request: Received, garbage: bytes = bytes(garbage)) -> bool:
                handler.wfile.write(garbage)
                return True

            self.server.fault(speak)
            task: FileTask = AskAboutFile(self.target, "/f/x")
            if number % 2:
                task = FetchThumbnail(self.target, "/t/x")
            with self.subTest(bytes(garbage)), suppress(TransferFailed):
                task.run(self.control)
