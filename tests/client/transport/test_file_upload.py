"""Files are sent by HTTP: with their names, without metadata, and not at all if the server refuses them."""

from __future__ import annotations

import base64
import hashlib
import tempfile
from pathlib import Path
from unittest import mock

from chatapp.client.transport.certificates import ServerTarget
from chatapp.client.transport.file_connection import FileConnection
from chatapp.client.transport.file_requests import TransferFailed
from chatapp.client.transport.file_upload import UploadFile
from chatapp.client.transport.transfer_control import TransferControl
from tests.client.files.pictures import PLACE, exif, jpeg, segment
from tests.client.transport.authority import Authority
from tests.client.transport.http_server import TOKEN, FileServer, Handler, Received
from tests.errors import Quiet


class UploadTest(Quiet):
    def setUp(self) -> None:
        super().setUp()
        self.server = FileServer()
        self.addCleanup(self.server.close)
        self.control = TransferControl()
        self.addCleanup(self.control.close)
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def upload(self, source: Path | bytes, name: str = "a.bin", **how: object) -> str:
        target = ServerTarget("127.0.0.1", self.server.port, "never")
        url = f"{self.server.url}/upload/{TOKEN}"
        task = UploadFile(target, url, "", source, name, **how)  # type: ignore[arg-type]
        return task.run(self.control)

    def failed(self, source: Path | bytes = b"12345") -> tuple[str, str]:
        with self.assertRaises(TransferFailed) as caught:
            self.upload(source)
        return caught.exception.kind, caught.exception.reason

    @property
    def body(self) -> bytes:
        return self.server.requests[-1].body


class Uploads(UploadTest):
    def test_the_contents_and_the_name_arrive(self) -> None:
        path = self.folder / "x"
        path.write_bytes(b"12345" * 100_000)
        url = self.upload(path, "Größe “1”.pdf")
        self.assertEqual(path.read_bytes(), self.body)
        (stored,) = self.server.state.files.values()
        self.assertEqual(("Größe “1”.pdf", "application/pdf"), (stored.name, stored.media_type))
        self.assertTrue(url.startswith("http://files.example:7/files/"), url)
        self.assertEqual((500_000, 500_000), (self.control.done, self.control.total))

    def test_contents_without_a_file_are_sent_too(self) -> None:
        self.upload(b"12345")
        self.assertEqual(b"12345", self.body)

    def test_pictures_are_sent_without_metadata(self) -> None:
        picture = jpeg(segment(0xE1, b"Exif\0\0" + exif()))
        self.upload(picture, "strange.name")
        self.assertNotIn(PLACE, self.body)
        self.assertEqual("image/jpeg", self.server.requests[-1].fields["Content-Type"])
        self.assertEqual(str(len(self.body)), self.server.requests[-1].fields["Content-Length"])

    def test_a_damaged_picture_is_not_sent_with_its_metadata(self) -> None:
        picture = b"\xff\xd8" + segment(0xE1, b"Exif\0\0" + exif()) + b"no marker"
        with self.assertRaises(TransferFailed) as caught:
            self.upload(picture)
        self.assertEqual((caught.exception.kind, self.server.requests), ("metadata", []))
        self.upload(picture, removes_metadata=False)
        self.assertEqual(picture, self.body)

    def test_metadata_is_kept_if_the_user_wants_that(self) -> None:
        picture = jpeg(segment(0xE1, b"Exif\0\0" + exif()))
        self.upload(picture, removes_metadata=False)
        self.assertEqual(picture, self.body)

    def test_each_try_to_send_a_file_has_the_same_key(self) -> None:
        path = self.folder / "x"
        path.write_bytes(b"12345")
        for source in (path, b"12345"):
            self.upload(source, key="k1")
            self.upload(source, key="k1")
            self.upload(source, key="k2")
            first, second, third = (
                each.fields["Idempotency-Key"] for each in self.server.requests if each.method == "POST"
            )
            self.assertRegex(first, '^"k1-.*"$')
            self.assertEqual(first, second)
            self.assertNotEqual(first, third)
            self.server.requests.clear()

    def test_a_file_that_has_changed_has_another_key(self) -> None:
        path = self.folder / "x"
        keys = set()
        for text in (b"12345", b"123456"):
            path.write_bytes(text)
            self.upload(path, key="k1")
            keys.add(self.server.requests[-1].fields["Idempotency-Key"])
        self.assertEqual(2, len(keys))

    def test_with_and_without_metadata_it_has_different_keys(self) -> None:
        for removes_metadata in (True, False):
            self.upload(b"12345", key="k1", removes_metadata=removes_metadata)
        first, second = (each.fields["Idempotency-Key"] for each in self.server.requests)
        self.assertNotEqual(first, second)

    def test_another_try_tells_the_digest_of_what_is_sent(self) -> None:
        picture = jpeg(segment(0xE1, b"Exif\0\0" + exif()))
        self.upload(picture, key="k1")
        self.assertNotIn("Content-Digest", self.server.requests[-1].fields)
        self.upload(picture, key="k1", is_repeated=True)
        digest = base64.b64encode(hashlib.sha256(self.body).digest()).decode()
        self.assertEqual(f"sha-256=:{digest}:", self.server.requests[-1].fields["Content-Digest"])

    def test_it_can_be_cancelled_before_the_digest_is_known(self) -> None:
        self.control.cancel()
        with (
            mock.patch("chatapp.client.transport.file_upload.FileConnection") as connection,
            self.assertRaises(TransferFailed) as caught,
        ):
            self.upload(b"12345", key="k1", is_repeated=True)
        self.assertEqual("cancelled", caught.exception.kind)
        connection.return_value.begin.assert_not_called()

    def test_a_relative_link_is_completed(self) -> None:
        self.server.state.location = "/files/abc/a.bin"
        self.assertEqual(f"{self.server.url}/files/abc/a.bin", self.upload(b"1"))

    def test_a_link_that_cannot_be_sent_is_refused(self) -> None:
        for location in (
            "javascript:alert(1)",
            "https://[a/",
            "https://a b/",
            "https://a/\x01",
            f"https://a/{'x' * 2000}",
        ):
            with self.subTest(location):
                self.server.state.location = location
                self.assertEqual("refused", self.failed()[0])


class Refusals(UploadTest):
    def test_a_refusal_is_seen_before_the_contents_are_sent(self) -> None:
        table = {
            401: ("token", "The server wants you to log in first."),
            403: ("refused", "Members only."),
            408: ("lost", "The connection was lost."),
            413: ("refused", "The file is too large for this server."),
            415: ("refused", "The server does not take this kind of file."),
            422: ("changed", "The file has changed in the meantime."),
            429: ("refused", "Members only."),
            503: ("lost", "Members only."),
            507: ("full", "The server has no room for files now."),
        }
        for status, expected in table.items():
            with self.subTest(status):
                self.server.refuse(status, "Members only.\n")
                self.assertEqual(expected, self.failed())
                self.assertEqual(0, self.control.done)

    def test_too_many_transfers_at_the_same_time_are_tried_again(self) -> None:
        for seconds, kind in (("5", "lost"), ("3600", "refused"), ("", "refused"), ("soon", "refused")):
            with self.subTest(seconds):
                self.server.refuse(429, "Too many.", fields={"Retry-After": seconds})
                self.assertEqual((kind, "Too many."), self.failed())

    def test_a_refusal_without_words_has_ours(self) -> None:
        self.server.refuse(403)
        self.assertEqual(("refused", "You are not allowed to do that here."), self.failed())
        self.server.refuse(418)
        self.assertIn("418", self.failed()[1])

    def test_a_refusal_in_the_middle_ends_the_sending(self) -> None:
        def refuse(handler: Handler, request: Received) -> bool:
            handler.send_response_only(100)
            handler.end_headers()
            handler.rfile.read(70_000)
            handler.reply(507, b"")
            handler.rfile.read(300_000)  # so that the answer is not lost
            return True

        self.server.fault(refuse)
        self.assertEqual("The server has no room for files now.", self.failed(bytes(30_000_000))[1])
        self.assertLess(self.control.done, 30_000_000)

    def test_a_server_that_does_not_know_expect_is_asked_again_without_it(self) -> None:
        self.server.refuse(417)
        self.upload(b"12345")
        self.assertEqual(b"12345", self.body)
        self.assertNotIn("Expect", self.server.requests[-1].fields)

    def test_a_server_that_does_not_answer_expect_gets_the_contents_after_a_while(self) -> None:
        def silent(handler: Handler, request: Received) -> bool:
            del handler.headers["Expect"]
            return False

        self.server.fault(silent)
        with mock.patch("chatapp.client.transport.file_connection.CONTINUE_SECONDS", 0.05):
            self.upload(b"12345")
        self.assertEqual(b"12345", self.body)

    def test_a_lost_connection_can_be_tried_again(self) -> None:
        self.server.cut(3)
        self.assertEqual(("lost", "The connection was lost."), self.failed(bytes(5_000_000)))

    def test_an_answer_that_is_no_http_is_no_success(self) -> None:
        def speak(handler: Handler, request: Received) -> bool:
            handler.wfile.write(b"ERROR :Too many connections\r\n")
            return True

        self.server.fault(speak)
        self.assertEqual("lost", self.failed()[0])

    def test_a_server_that_is_not_there_is_lost(self) -> None:
        self.server.close()
        kind, reason = self.failed()
        self.assertEqual("lost", kind)
        self.assertIn("no server answers", reason)

    def test_a_file_that_cannot_be_read_is_not_sent(self) -> None:
        self.assertEqual(("disk", "It does not exist any more."), self.failed(self.folder / "no"))
        self.assertEqual([], self.server.requests)

    def test_a_file_that_becomes_shorter_meanwhile_is_not_sent(self) -> None:
        path = self.folder / "x"
        path.write_bytes(bytes(1_000_000))

        def shorten(handler: Handler, request: Received) -> bool:
            path.write_bytes(b"1")
            return False

        self.server.fault(shorten)
        self.assertEqual(("refused", "The file has changed in the meantime."), self.failed(path))

    def test_it_can_be_cancelled_at_any_time(self) -> None:
        def cancel(handler: Handler, request: Received) -> bool:
            self.control.cancel()
            handler.read_body(request)
            return True

        self.server.fault(cancel)
        self.assertEqual("cancelled", self.failed(bytes(30_000_000))[0])

    def test_silence_ends_it(self) -> None:
        def stall(handler: Handler, request: Received) -> bool:
            handler.send_response_only(100)
            handler.end_headers()
            handler.rfile.read(30_000_000 + 1)  # until the client gives up
            return True

        self.server.fault(stall)
        patched = mock.patch.object(FileConnection.__init__, "__defaults__", (0.2, None))
        with patched:
            self.assertEqual(("lost", "The connection was lost."), self.failed())


class Encrypted(Quiet):
    def test_the_certificate_must_be_the_expected_one(self) -> None:
        pair = Authority().sign("127.0.0.1")
        server = FileServer(pair)
        self.addCleanup(server.close)
        for pin, expected in ((pair.fingerprint, ""), ("f" * 64, "certificate")):
            with self.subTest(expected):
                control = TransferControl()
                self.addCleanup(control.close)
                target = ServerTarget("127.0.0.1", server.port, "always", pin)
                task = UploadFile(target, f"{server.url}/upload/{TOKEN}", "", bytes(2_000_000), "a.bin")
                if expected:
                    with self.assertRaises(TransferFailed) as caught:
                        task.run(control)
                    self.assertEqual(expected, caught.exception.kind)
                else:
                    task.run(control)
                    self.assertEqual(2_000_000, len(server.requests[-1].body))
        self.assertEqual(1, len(server.requests))
