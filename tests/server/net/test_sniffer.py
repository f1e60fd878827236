"""The protocol of a client is detected from its first bytes."""

from __future__ import annotations

import unittest

from chatapp.protocol.lines import LineBuffer, TooLong
from chatapp.server.net.policy import Site
from chatapp.server.net.sniffer import NO_TLS, ProtocolSniffer
from tests.server.net.test_http import opening, request
from tests.server.net.test_websocket import frame

SITE = Site("Chatapp", "ircs://192.0.2.1", (), frozenset({"chat.example"}))
COMMANDS = ("NICK", "USER", "PING", "CAP")


class Sniffing(unittest.TestCase):
    def setUp(self) -> None:
        self.was_asked = False
        self.sniffer = self.new()

    def new(self, refusal: str = "", has_files: bool = True) -> ProtocolSniffer:
        return ProtocolSniffer(LineBuffer(), SITE, refusal, COMMANDS, lambda: self.was_asked, has_files)

    def feed(self, *pieces: bytes) -> list[bytes | TooLong]:
        return [line for piece in pieces for line in self.sniffer.feed(piece)]

    def test_an_irc_client(self) -> None:
        lines = self.feed(b"NICK ann\r\nUSER ann 0 * :Ann\r\n", b"PING x\r\n")
        self.assertEqual(lines, [b"NICK ann", b"USER ann 0 * :Ann", b"PING x"])
        self.assertFalse(self.sniffer.is_person or self.sniffer.rejection or self.sniffer.reply)

    def test_an_irc_client_byte_by_byte(self) -> None:
        self.assertEqual(self.feed(*(b"%c" % byte for byte in b"NICK ann\r\n")), [b"NICK ann"])

    def test_a_person_who_types_a_name(self) -> None:
        self.assertEqual(self.feed(b"Keshav\n", b"hello there\n"), [b"Keshav", b"hello there"])
        self.assertTrue(self.sniffer.is_person)

    def test_after_the_question_several_words_are_a_name(self) -> None:
        self.was_asked = True
        self.assertEqual(self.feed(b"Rahul Rao\n"), [b"Rahul Rao"])
        self.assertTrue(self.sniffer.is_person)

    def test_empty_lines_do_not_decide(self) -> None:
        self.assertEqual(self.feed(b"\n\n", b"NICK ann\r\n"), [b"NICK ann"])
        self.assertFalse(self.sniffer.is_person)
        self.assertEqual((self.sniffer.take_blank(), self.sniffer.take_blank()), (2, 0))

    def test_another_protocol_is_rejected_and_the_rest_discarded(self) -> None:
        self.assertEqual(self.feed(b"SSH-2.0-OpenSSH_9.6\r\n", b"NICK ann\r\n"), [])
        self.assertIn("Speak IRC", self.sniffer.rejection)

    def test_tls_is_rejected_where_it_is_off(self) -> None:
        self.assertEqual(self.feed(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"), [])
        self.assertEqual(self.sniffer.rejection, NO_TLS)

    def test_a_client_that_must_use_tls_is_rejected_before_its_first_line(self) -> None:
        self.sniffer = self.new(refusal="Use TLS")
        self.assertEqual(self.feed(b"PASS secret\r\n"), [])
        self.assertEqual(self.sniffer.rejection, "Use TLS")

    def test_a_browser_gets_the_page_and_is_disconnected(self) -> None:
        self.assertEqual(self.feed(b"GET / HT", b"TP/1.1\r\nHost: chat.example\r\n\r\n", b"NICK ann\r\n"), [])
        self.assertTrue(self.sniffer.reply.startswith(b"HTTP/1.1 200 OK\r\n"))
        self.assertTrue(self.sniffer.ended)

    def test_a_browser_gets_the_page_without_tls_too_but_no_websocket(self) -> None:
        for asked, status in ((request("GET / HTTP/1.1"), b"200 OK"), (opening(), b"403 Forbidden")):
            with self.subTest(status):
                self.sniffer = self.new(refusal="Use TLS")
                self.assertEqual(self.feed(asked), [])
                self.assertTrue(self.sniffer.reply.startswith(b"HTTP/1.1 " + status))

    def test_an_unknown_path_is_an_http_error(self) -> None:
        self.feed(request("GET /wp-login.php HTTP/1.1"))
        self.assertTrue(self.sniffer.reply.startswith(b"HTTP/1.1 404 "))

    def test_lines_come_through_a_websocket_from_the_first_frame_on(self) -> None:
        self.assertEqual(self.feed(opening() + frame(1, b"NICK ann")), [b"NICK ann"])
        self.assertTrue(self.sniffer.reply.startswith(b"HTTP/1.1 101 "))
        self.assertIsNotNone(self.sniffer.websocket)
        self.assertEqual(self.feed(frame(1, b"PING x")), [b"PING x"])

    def test_frames_without_a_line_are_counted(self) -> None:
        self.feed(opening())
        self.feed(frame(9, b"?") * 3)
        self.assertEqual((self.sniffer.take_blank(), self.sniffer.take_blank()), (3, 0))

    def test_a_closed_websocket_ends_the_connection(self) -> None:
        self.feed(opening())
        self.feed(frame(8, b"\x03\xe8"))
        self.assertTrue(self.sniffer.ended)


class Files(Sniffing):
    UPLOAD = request("POST /upload/token HTTP/1.1", Host="anything.example", Content_Length="5")

    def test_a_request_about_a_file_is_left_to_others(self) -> None:
        for byte in self.UPLOAD[:-1]:
            self.assertEqual(self.feed(b"%c" % byte), [])
        self.assertEqual(self.feed(self.UPLOAD[-1:] + b"hel"), [])
        assert self.sniffer.file_request
        self.assertEqual(self.sniffer.file_request.path, "/upload/token")
        self.assertEqual((self.sniffer.rest, self.sniffer.reply, self.sniffer.ended), (b"hel", b"", False))

    def test_a_client_that_must_use_tls_is_refused(self) -> None:
        self.sniffer = self.new(refusal="Use TLS")
        self.feed(self.UPLOAD)
        self.assertIsNone(self.sniffer.file_request)
        self.assertTrue(self.sniffer.reply.startswith(b"HTTP/1.1 403 "))
        self.assertTrue(self.sniffer.reply.endswith(b"Use TLS\n"))

    def test_without_files_there_is_nothing(self) -> None:
        self.sniffer = self.new(has_files=False)
        self.feed(request("GET /files/id/x HTTP/1.1"))
        self.assertTrue(self.sniffer.reply.startswith(b"HTTP/1.1 404 "))


if __name__ == "__main__":
    unittest.main()
