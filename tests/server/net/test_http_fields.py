"""Header fields of uploads and downloads: types, lengths, ranges, validators."""

from __future__ import annotations

import unittest

from chatapp.server.net.http_fields import (
    Unsatisfiable,
    byte_range,
    content_length,
    http_date,
    is_same_version,
    is_unchanged_since,
    media_type,
    names_etag,
    sha256_digest,
)

CREATED = 1_700_000_000_500
DATE = "Tue, 14 Nov 2023 22:13:20 GMT"


class Types(unittest.TestCase):
    def test_the_type_without_its_parameters(self) -> None:
        cases = {
            "image/png": "image/png",
            "Text/HTML; charset=utf-8": "text/html",
            " application/vnd.a+xml ;x": "application/vnd.a+xml",
            "image": "",
            "image/": "",
            "text/html\r\nX: y": "",
            "text/html, text/plain": "",
            "": "",
        }
        for field, expected in cases.items():
            with self.subTest(field=field):
                self.assertEqual(media_type(field), expected)


class Lengths(unittest.TestCase):
    def test_a_length(self) -> None:
        self.assertEqual(content_length("26214400"), 26214400)
        self.assertEqual(content_length("0"), 0)

    def test_everything_else_is_malformed(self) -> None:
        for text in ("", "-1", "+5", "1.5", "5, 5", "0x10", "1_000", "٣", " 5", "9" * 16):
            with self.subTest(text=text), self.assertRaises(ValueError):
                content_length(text)


class Digests(unittest.TestCase):
    def test_the_sha256_among_the_digests_of_the_body(self) -> None:
        """RFC 9530 section 2: a dictionary whose values are byte sequences."""
        sha256 = "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:"
        found = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
        cases = {
            sha256: found,
            f"sha-512=:YWJj:, {sha256}": found,
            f"{sha256},md5=:YWJj:": found,
            "sha-512=:YWJj:": "",
            "sha-256=LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=": "",
            "sha-256=:LPJN:": "",
            "": "",
        }
        for field, expected in cases.items():
            with self.subTest(field=field):
                self.assertEqual(sha256_digest(field), expected)


class Ranges(unittest.TestCase):
    def test_the_bytes_of_a_range(self) -> None:
        cases = {
            "bytes=0-0": range(1),
            "bytes=2-5": range(2, 6),
            "bytes=5-": range(5, 10),
            "bytes=-3": range(7, 10),
            "bytes=-100": range(10),
            "bytes=8-1000000": range(8, 10),
            "Bytes = 1-2": range(1, 3),
        }
        for field, expected in cases.items():
            with self.subTest(field=field):
                self.assertEqual(byte_range(field, 10), expected)

    def test_a_range_that_may_be_ignored(self) -> None:
        for field in (
            "",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=5-2",
            "lines=1-2",
            "bytes=0-1,4-5",
            "bytes=a-b",
        ):
            with self.subTest(field=field):
                self.assertIsNone(byte_range(field, 10))

    def test_a_range_outside_of_the_file(self) -> None:
        for field, size in (
            ("bytes=10-", 10),
            ("bytes=10-12", 10),
            ("bytes=-0", 10),
            ("bytes=0-", 0),
            ("bytes=-1", 0),
        ):
            with self.subTest(field=field), self.assertRaises(Unsatisfiable):
                byte_range(field, size)


class Validators(unittest.TestCase):
    def test_if_none_match(self) -> None:
        cases = {
            '"aa"': True,
            'W/"aa"': True,
            '"x", "aa"': True,
            "*": True,
            '"x"': False,
            "aa": False,
            "": False,
        }
        for field, expected in cases.items():
            with self.subTest(field=field):
                self.assertIs(names_etag(field, "aa"), expected)

    def test_if_range(self) -> None:
        """RFC 9110 section 13.1.5: a weak tag never matches."""
        cases = {'"aa"': True, 'W/"aa"': False, '"x"': False, DATE: True, "never": False, "": False}
        for field, expected in cases.items():
            with self.subTest(field=field):
                self.assertIs(is_same_version(field, "aa", CREATED), expected)

    def test_if_modified_since(self) -> None:
        cases = {
            DATE: True,
            "Wed, 15 Nov 2023 00:00:00 GMT": True,
            "Tue, 14 Nov 2023 22:13:19 GMT": False,
            "Tue, 99 Nov 2023 22:13:19 GMT": False,
            "yesterday": False,
            "": False,
        }
        for field, expected in cases.items():
            with self.subTest(field=field):
                self.assertIs(is_unchanged_since(field, CREATED), expected)

    def test_a_date(self) -> None:
        self.assertEqual(http_date(CREATED), DATE)
