"""Which HTTP requests are about files, and what they ask the core for."""

from __future__ import annotations

import hashlib
import unittest

from chatapp.server.net import http
from chatapp.server.net.file_requests import body_of, has_body, is_file_path, read
from chatapp.server.net.http import HttpError, HttpRequest
from chatapp.server.net.http_body import ChunkedBody, SizedBody
from chatapp.server.state.file_transfers import FileRequest
from tests.server.net.test_http import request


def head(first: str, **fields: str) -> HttpRequest:
    """Return the head of a request."""
    found = http.read(request(f"{first} HTTP/1.1", **fields))
    assert found
    return found


class Paths(unittest.TestCase):
    def test_paths_about_files(self) -> None:
        cases = {
            "/upload": True, "/upload/token": True, "/files/id/name": True, "/files/": True,
            "/thumbnails/id": True, "/": False, "/files": False, "/uploads": False, "/upload2": False,
            "//files/x": False, "/health": False,
        }  # fmt: skip
        for path, expected in cases.items():
            with self.subTest(path=path):
                self.assertIs(is_file_path(path), expected)


class Requests(unittest.TestCase):
    def test_an_upload_with_a_token(self) -> None:
        asked = read(head("POST /upload/T0-ken", Content_Length="5", Content_Type="text/plain; charset=utf-8",
                          Content_Disposition='attachment; filename="a.txt"'))  # fmt: skip
        expected = FileRequest("upload", name="a.txt", media_type="text/plain", size=5, token="T0-ken")
        self.assertEqual(asked, expected)

    def test_an_upload_that_may_be_repeated(self) -> None:
        asked = read(head("POST /upload/T0-ken", Content_Length="5", Idempotency_Key='"k1"'))
        self.assertEqual(asked, FileRequest("upload", size=5, token="T0-ken", key='"k1"'))
        digest = "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:"
        asked = read(head("POST /upload/T0-ken", Content_Length="5", Content_Digest=digest))
        self.assertEqual(asked.sha256, hashlib.sha256(b"hello").hexdigest())

    def test_an_upload_with_a_password_or_a_bearer_token(self) -> None:
        for field in ("Basic YW5uOnNlY3JldA==", "Bearer T0-ken"):
            with self.subTest(field=field):
                asked = read(head("POST /upload", Authorization=field, Transfer_Encoding="chunked"))
                self.assertEqual(asked, FileRequest("upload", authorization=field))

    def test_the_other_requests(self) -> None:
        cases = {
            "GET /files/id/a%20b.txt": FileRequest("download", "id"),
            "HEAD /files/id/a/b/c": FileRequest("download", "id"),
            "GET /files/id": FileRequest("download", "id"),
            "GET /files//": FileRequest("download"),
            "GET /files/../../etc/passwd": FileRequest("download", ".."),
            "DELETE /files/id/x": FileRequest("delete", "id"),
            "GET /thumbnails/id": FileRequest("thumbnail", "id"),
            "HEAD /thumbnails/id": FileRequest("thumbnail", "id"),
            "OPTIONS /upload": FileRequest("options"),
            "OPTIONS /upload/token": FileRequest("options", token="token"),
        }
        for first, expected in cases.items():
            with self.subTest(first=first):
                self.assertEqual(read(head(first)), expected)
        put = read(head("PUT /thumbnails/id", Content_Length="9", Content_Type="image/png"))
        self.assertEqual(put, FileRequest("put thumbnail", "id", media_type="image/png", size=9))

    def test_every_wrong_request_has_its_status(self) -> None:
        cases: list[tuple[str, dict[str, str], int]] = [
            ("GET /upload", {}, 405),
            ("POST /files/id/x", {"Content_Length": "1"}, 405),
            ("PUT /files/id/x", {"Content_Length": "1"}, 405),
            ("DELETE /thumbnails/id", {}, 405),
            ("POST /upload", {}, 411),
            ("PUT /thumbnails/id", {}, 411),
            ("POST /upload", {"Content_Length": "-1"}, 400),
            ("POST /upload", {"Content_Length": "5, 5"}, 400),
            ("GET /files/id/x", {"Content_Length": "x"}, 400),
            ("POST /upload", {"Content_Length": "5", "Transfer_Encoding": "chunked"}, 400),
            ("POST /upload", {"Transfer_Encoding": "gzip, chunked"}, 501),
            ("POST /upload", {"Content_Length": "5", "Expect": "a miracle"}, 417),
            ("POST /upload", {"Content_Length": "5", "Content_Range": "bytes 0-4/10"}, 400),
            ("POST /upload", {"Content_Length": "5", "Content_Encoding": "gzip"}, 415),
        ]
        for first, fields, status in cases:
            with self.subTest(first=first, fields=fields), self.assertRaises(HttpError) as raised:
                read(head(first, **fields))
            self.assertEqual(int(raised.exception.response.split()[1]), status, (first, fields))

    def test_a_refusal_says_which_methods_there_are(self) -> None:
        with self.assertRaises(HttpError) as raised:
            read(head("PATCH /upload"))
        self.assertIn(b"\r\nAllow: POST, OPTIONS\r\n", raised.exception.response)

    def test_who_uploads_with_another_method_is_told_how(self) -> None:
        with self.assertRaises(HttpError) as raised:
            read(head("PUT /upload/token/a.txt", Content_Length="5"))
        self.assertIn(b"curl --data-binary @FILE URL", raised.exception.response)

    def test_a_body_of_either_kind(self) -> None:
        self.assertIsInstance(body_of(head("POST /upload", Content_Length="5")), SizedBody)
        self.assertIsInstance(body_of(head("POST /upload", Transfer_Encoding="Chunked")), ChunkedBody)

    def test_whether_there_is_a_body(self) -> None:
        self.assertFalse(has_body(head("GET /files/id/x")))
        self.assertFalse(has_body(head("GET /files/id/x", Content_Length="00")))
        self.assertTrue(has_body(head("GET /files/id/x", Content_Length="5")))
        self.assertTrue(has_body(head("GET /files/id/x", Transfer_Encoding="chunked")))
