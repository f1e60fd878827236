"""Responses to downloads: what a browser may do with a file, ranges, and what it has already."""

from __future__ import annotations

import unittest

from chatapp.server.net.file_responses import CACHE_SECONDS, Download, Preview, grants, respond
from chatapp.server.state.file_transfers import FileFound
from tests.server.net.test_file_requests import head
from tests.server.net.test_http_fields import CREATED, DATE

SHA256 = "ab" * 32
NOW = CREATED + 1000


def found(media_type: str = "image/png", size: int = 100, expires: int | None = None) -> FileFound:
    """Return a file with the name "a b.png"."""
    return FileFound(SHA256, size, "a b.png", media_type, CREATED, expires)


class Responses(unittest.TestCase):
    def get(self, file: FileFound, method: str = "GET", **fields: str) -> Download:
        return respond(file, head(f"{method} /files/id/name", **fields), NOW, is_last=False)

    def fields(self, download: Download) -> dict[str, str]:
        first, *lines = download.head.decode().removesuffix("\r\n\r\n").split("\r\n")
        return {"": first.split(" ")[1], **dict(line.split(": ", 1) for line in lines)}

    def test_a_picture_is_shown_with_its_type(self) -> None:
        download = self.get(found())
        fields = self.fields(download)
        self.assertEqual(download.bytes, range(100))
        self.assertEqual(fields[""], "200")
        self.assertEqual(fields["Content-Type"], "image/png")
        self.assertEqual(fields["Content-Length"], "100")
        self.assertEqual(
            fields["Content-Disposition"], "inline; filename=\"a b.png\"; filename*=UTF-8''a%20b.png"
        )
        self.assertEqual(fields["Accept-Ranges"], "bytes")
        self.assertEqual(fields["ETag"], f'"{SHA256}"')
        self.assertEqual(fields["Last-Modified"], DATE)

    def test_only_harmless_types_are_shown(self) -> None:
        cases = {
            "image/gif": "image/gif", "image/jpeg": "image/jpeg", "image/webp": "image/webp",
            "application/pdf": "application/pdf", "text/plain": "text/plain; charset=utf-8",
            "audio/ogg": "audio/ogg", "video/mp4": "video/mp4",
            "text/html": "", "image/svg+xml": "", "application/xhtml+xml": "", "text/xml": "",
            "application/javascript": "", "application/x-msdownload": "", "": "", "audio": "",
        }  # fmt: skip
        for media_type, shown in cases.items():
            with self.subTest(media_type=media_type):
                fields = self.fields(self.get(found(media_type)))
                self.assertEqual(fields["Content-Type"], shown or "application/octet-stream")
                start = "inline" if shown else "attachment"
                self.assertEqual(fields["Content-Disposition"].partition(";")[0], start)
                self.assertEqual(fields["X-Content-Type-Options"], "nosniff")
                self.assertIn("default-src 'none'", fields["Content-Security-Policy"])

    def test_a_browser_puts_everything_but_a_pdf_into_a_sandbox(self) -> None:
        for media_type, expected in (("text/html", True), ("image/png", True), ("application/pdf", False)):
            with self.subTest(media_type=media_type):
                policy = self.fields(self.get(found(media_type)))["Content-Security-Policy"]
                self.assertIs("sandbox" in policy, expected)

    def test_head_has_the_fields_of_get(self) -> None:
        download = self.get(found(), "HEAD", Range="bytes=0-4")
        self.assertEqual(download.head, self.get(found()).head)
        self.assertEqual(len(download.bytes), 0)

    def test_a_part(self) -> None:
        download = self.get(found(), Range="bytes=10-19")
        fields = self.fields(download)
        self.assertEqual(download.bytes, range(10, 20))
        self.assertEqual((fields[""], fields["Content-Length"]), ("206", "10"))
        self.assertEqual(fields["Content-Range"], "bytes 10-19/100")

    def test_a_part_outside_of_the_file(self) -> None:
        download = self.get(found(), Range="bytes=100-")
        fields = self.fields(download)
        self.assertEqual(
            (fields[""], fields["Content-Range"], fields["Content-Length"]), ("416", "bytes */100", "0")
        )
        self.assertEqual(len(download.bytes), 0)

    def test_several_parts_at_once_get_the_whole_file(self) -> None:
        self.assertEqual(self.get(found(), Range="bytes=0-1,5-6").bytes, range(100))

    def test_a_part_of_another_version_gets_the_whole_file(self) -> None:
        self.assertEqual(self.get(found(), Range="bytes=5-", If_Range='"old"').bytes, range(100))
        self.assertEqual(self.get(found(), Range="bytes=5-", If_Range=f'"{SHA256}"').bytes, range(5, 100))

    def test_a_client_that_has_the_file_gets_none(self) -> None:
        since = "Wed, 15 Nov 2023 00:00:00 GMT"
        cases: list[tuple[dict[str, str], str]] = [
            ({"If_None_Match": f'"{SHA256}"'}, "304"),
            ({"If_None_Match": '"old"'}, "200"),
            ({"If_None_Match": '"old"', "If_Modified_Since": since}, "200"),
            ({"If_Modified_Since": since}, "304"),
            ({"If_None_Match": f'"{SHA256}"', "Range": "bytes=0-4"}, "304"),
        ]
        for fields, status in cases:
            with self.subTest(fields=fields):
                download = self.get(found(), **fields)
                self.assertEqual(self.fields(download)[""], status)
                self.assertEqual(bool(download.bytes), status == "200")

    def test_no_copy_is_kept_longer_than_the_file(self) -> None:
        for expires, seconds in (
            (None, CACHE_SECONDS),
            (NOW + 60_000, 60),
            (NOW - 1, 0),
            (NOW * 2, CACHE_SECONDS),
        ):
            with self.subTest(expires=expires):
                fields = self.fields(self.get(found(expires=expires)))
                self.assertEqual(fields["Cache-Control"], f"private, max-age={seconds}")
                self.assertIs("Sunset" in fields, expires is not None)

    def test_the_path_of_the_thumbnail_and_its_size(self) -> None:
        preview = Preview("/thumbnails/id", 640, 400)
        download = respond(found(), head("HEAD /files/id/name"), NOW, is_last=False, preview=preview)
        link = '</thumbnails/id>; rel="preview"; type="image/png"; sizes="640x400"'
        self.assertEqual(self.fields(download)["Link"], link)

    def test_the_last_response_on_a_connection_says_so(self) -> None:
        self.assertNotIn(b"Connection", self.get(found()).head)
        self.assertIn(b"\r\nConnection: close\r\n", respond(found(), head("GET /files/id/x"), NOW).head)


class OtherSites(unittest.TestCase):
    ORIGIN = "https://web.example"

    def test_only_pages_that_the_configuration_allows_may_use_files(self) -> None:
        for origin in ("https://evil.example", "null", "https://web.example.evil.example", ""):
            with self.subTest(origin=origin):
                self.assertEqual(grants(head("GET /files/id/x", Origin=origin), (self.ORIGIN,)), {})
        self.assertEqual(grants(head("GET /files/id/x"), (self.ORIGIN,)), {})
        fields = grants(head("GET /files/id/x", Origin=self.ORIGIN), (self.ORIGIN,))
        self.assertEqual((fields["Access-Control-Allow-Origin"], fields["Vary"]), (self.ORIGIN, "Origin"))
        download = respond(found(), head("GET /files/id/x", Origin=self.ORIGIN), NOW, origins=(self.ORIGIN,))
        self.assertIn(b"\r\nAccess-Control-Allow-Origin: https://web.example\r\n", download.head)

    def test_the_question_before_an_upload(self) -> None:
        asked = head("OPTIONS /upload/token", Origin=self.ORIGIN, Access_Control_Request_Method="POST")
        fields = grants(asked, (self.ORIGIN,))
        self.assertIn("POST", fields["Access-Control-Allow-Methods"])
        self.assertIn("Content-Disposition", fields["Access-Control-Allow-Headers"])
