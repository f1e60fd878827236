"""Bodies of requests, in pieces of any size."""

from __future__ import annotations

import unittest

from chatapp.server.net.http_body import (
    CHUNK_LINE_BYTES,
    TRAILER_BYTES,
    Body,
    ChunkedBody,
    MalformedBody,
    SizedBody,
)


def received(body: Body, data: bytes, piece: int) -> bytes:
    """Feed data in pieces of this size until the body is complete; put what is left into `rest`."""
    found, at = b"", 0
    while not body.is_complete and at < len(data):
        found += body.feed(data[at : at + piece])
        at += piece
    return found


class Bodies(unittest.TestCase):
    def test_a_body_with_a_length(self) -> None:
        for piece in (1, 4, 100):
            with self.subTest(piece=piece):
                body = SizedBody(5)
                self.assertEqual(received(body, b"hello", piece), b"hello")
                self.assertTrue(body.is_complete)

    def test_an_empty_body_is_complete_at_once(self) -> None:
        self.assertTrue(SizedBody(0).is_complete)

    def test_bytes_after_the_body_are_kept(self) -> None:
        for body, data in ((SizedBody(5), b"hello"), (ChunkedBody(), b"5\r\nhello\r\n0\r\n\r\n")):
            with self.subTest(body=body):
                self.assertEqual(body.feed(data + b"GET / HTTP/1.1"), b"hello")
                self.assertEqual((body.is_complete, body.rest), (True, b"GET / HTTP/1.1"))

    def test_a_body_in_chunks(self) -> None:
        data = (
            b'5\r\nhello\r\n006 ;name="value"\r\n\r\nline\r\nA;x\r\n0123456789\r\n0\r\nExpires: never\r\n\r\n'
        )
        for piece in range(1, len(data) + 1):
            with self.subTest(piece=piece):
                body = ChunkedBody()
                self.assertEqual(received(body, data, piece), b"hello\r\nline0123456789")
                self.assertTrue(body.is_complete)
                self.assertEqual(body.rest, b"")

    def test_a_body_without_its_last_chunk_is_not_complete(self) -> None:
        for data in (
            b"",
            b"5\r\nhel",
            b"5\r\nhello\r\n",
            b"5\r\nhello\r\n0\r\n",
            b"0\r\nA: b\r\n",
            b"0\r\n\r",
        ):
            with self.subTest(data=data):
                body = ChunkedBody()
                body.feed(data)
                self.assertFalse(body.is_complete)

    def test_malformed_chunks(self) -> None:
        cases = (
            b"\r\n", b"x\r\n", b"-5\r\nhello\r\n", b"+5\r\n", b"0x5\r\n", b"5 5\r\n", b"5\nhello\r\n",
            b"5\r\nhello!\r\n", b"f" * 13 + b"\r\n", b"5" + b";x" * CHUNK_LINE_BYTES,
            b"0\r\n" + b"A: b\r\n" * TRAILER_BYTES,
        )  # fmt: skip
        for data in cases:
            for piece in (1, len(data)):
                with self.subTest(data=data[:20], piece=piece), self.assertRaises(MalformedBody):
                    received(ChunkedBody(), data, piece)
