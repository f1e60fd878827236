"""AUTHENTICATE in chunks, PLAIN and EXTERNAL."""

from __future__ import annotations

import base64
import unittest

from chatapp.protocol.sasl import (
    PIECE,
    RESPONSE,
    PieceTooLong,
    Plain,
    Response,
    SaslError,
    read_external,
    split_response,
)


class Chunks(unittest.TestCase):
    def test_a_response_is_sent_in_chunks_of_400(self) -> None:
        """Source: IRCv3 sasl-3.1. 300 bytes are 400 characters; a full last chunk is followed by a plus."""
        for size, lengths in (
            (0, [1]),
            (1, [4]),
            (297, [396]),
            (298, [400, 1]),
            (300, [400, 1]),
            (301, [400, 4]),
            (600, [400, 400, 1]),
            (601, [400, 400, 4]),
        ):
            with self.subTest(size):
                sent = split_response(b"\xfb" * size)
                self.assertEqual([len(piece) for piece in sent], lengths)
                self.assertEqual([piece for piece in sent if len(piece) == 1], ["+"] * (lengths[-1] == 1))

    def test_chunks_are_joined_to_the_same_response(self) -> None:
        received = Response()
        for size in (0, 1, 2, 299, 300, 301, 599, 600, 899, 900, 901):
            with self.subTest(size):
                response = bytes(number % 256 for number in range(size))
                *before, last = [received.feed(piece) for piece in split_response(response)]
                self.assertEqual(before, [None] * (len(before)))
                self.assertEqual(last, response)

    def test_invalid_base64_is_refused_and_discarded(self) -> None:
        for piece in (
            "A",
            "AA",
            "AAA",
            "AAA=A",
            "AA==AAAA",
            "A===",
            "AA A",
            "AA-_",
            "ÄÄÄÄ",
            "*",
            "++",
            "AAAA=",
        ):
            with self.subTest(piece):
                received = Response()
                with self.assertRaises(SaslError) as caught:
                    received.feed(piece)
                self.assertNotIsInstance(caught.exception, PieceTooLong)
                self.assertEqual(received.feed("YQ=="), b"a")

    def test_padding_within_a_response_is_refused(self) -> None:
        received = Response()
        self.assertIsNone(received.feed("A" * 396 + "AA=="))
        with self.assertRaises(SaslError):
            received.feed("AAAA")

    def test_a_chunk_of_more_than_400_is_too_long(self) -> None:
        received = Response()
        with self.assertRaises(PieceTooLong):
            received.feed("A" * (PIECE + 1))
        with self.assertRaises(PieceTooLong):
            received.feed("é" * (PIECE // 2 + 1))
        self.assertEqual(received.feed("+"), b"")

    def test_a_response_beyond_the_limit_fails(self) -> None:
        received = Response()
        for _ in range(RESPONSE // PIECE):
            self.assertIsNone(received.feed("A" * PIECE))
        with self.assertRaises(SaslError) as caught:
            received.feed("AAAA")
        self.assertNotIsInstance(caught.exception, PieceTooLong)
        self.assertEqual(received.feed("YQ=="), b"a")

    def test_a_response_of_exactly_the_limit_is_accepted(self) -> None:
        received = Response(longest=2 * PIECE)
        self.assertIsNone(received.feed("A" * PIECE))
        self.assertIsNone(received.feed("A" * PIECE))
        self.assertEqual(received.feed("+"), bytes(600))


class PlainLogin(unittest.TestCase):
    def test_the_example_of_the_specification_is_parsed(self) -> None:
        response = base64.b64decode("amlsbGVzAGppbGxlcwBzZXNhbWU=")
        self.assertEqual(Plain.read(response), Plain("jilles", "sesame"))

    def test_the_server_parses_the_response_of_the_client(self) -> None:
        for login in (Plain("ann", "s3cret"), Plain("ünal", "pass wörd 😀"), Plain("a=b,c", " ")):
            with self.subTest(login):
                self.assertEqual(Plain.read(bytes(login)), login)

    def test_the_authorization_identity_may_repeat_the_account_in_any_letter_case(self) -> None:
        self.assertEqual(Plain.read(b"Ann\0ann\0x"), Plain("ann", "x"))

    def test_an_invalid_response_is_refused(self) -> None:
        for response in (
            b"",
            b"ann",
            b"\0ann",
            b"ann\0x",
            b"\0\0x",
            b"\0ann\0",
            b"\0ann\0x\0",
            b"\0ann\0x\0y",
            b"\0\0\0",
            b"\0\xff\0x",
            b"\0ann\0\xc3",
            b"ben\0ann\0x",
        ):
            with self.subTest(response), self.assertRaises(SaslError):
                Plain.read(response)

    def test_the_representation_does_not_show_the_password(self) -> None:
        self.assertNotIn("s3cret", repr(Plain("ann", "s3cret")))


class ExternalLogin(unittest.TestCase):
    def test_the_identity_is_the_response(self) -> None:
        for response, identity in ((b"", ""), (b"ann", "ann"), ("ünal".encode(), "ünal")):
            with self.subTest(response):
                self.assertEqual(read_external(response), identity)

    def test_an_invalid_identity_is_refused(self) -> None:
        for response in (b"\0", b"ann\0", b"\xff"):
            with self.subTest(response), self.assertRaises(SaslError):
                read_external(response)


if __name__ == "__main__":
    unittest.main()
