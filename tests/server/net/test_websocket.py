"""WebSocket frames in bytes: the examples of RFC 6455, every rule that a peer can break, any cut."""

from __future__ import annotations

import unittest

from chatapp.protocol.lines import LineBuffer, TooLong
from chatapp.server.net.websocket import MESSAGE_BYTES, WebSocket, accept_key

MASK = bytes.fromhex("37fa213d")


def frame(opcode: int, payload: bytes, final: bool = True, masked: bool = True) -> bytes:
    """Return a client's frame."""
    head = bytes([(0x80 if final else 0) | opcode])
    bit = 0x80 if masked else 0
    size = len(payload)
    if size < 126:
        head += bytes([bit | size])
    elif size < 65536:
        head += bytes([bit | 126]) + size.to_bytes(2)
    else:
        head += bytes([bit | 127]) + size.to_bytes(8)
    if not masked:
        return head + payload
    return head + MASK + bytes(byte ^ MASK[place % 4] for place, byte in enumerate(payload))


class Frames(unittest.TestCase):
    def setUp(self) -> None:
        self.socket = WebSocket(binary=False, lines=LineBuffer())

    def closes(self, data: bytes, code: int) -> None:
        """Check that these bytes are answered with a close frame that carries this code."""
        self.assertEqual(self.socket.feed(data), [])
        self.assertTrue(self.socket.ended)
        self.assertEqual(self.socket.answers[-4:], bytes([0x88, 2]) + code.to_bytes(2))

    def test_the_key_of_the_specification(self) -> None:
        """RFC 6455 section 1.3."""
        self.assertEqual(accept_key("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")

    def test_the_masked_hello_of_the_specification(self) -> None:
        """RFC 6455 section 5.7, "A single-frame masked text message"."""
        self.assertEqual(self.socket.feed(bytes.fromhex("818537fa213d7f9f4d5158")), [b"Hello"])

    def test_any_split_gives_the_same_lines(self) -> None:
        data = frame(1, b"NICK ann") + frame(9, b"?") + frame(1, b"PING ", False) + frame(0, "ü".encode())
        for size in (1, 2, 3, 5, len(data)):
            with self.subTest(size=size):
                socket = WebSocket(binary=False, lines=LineBuffer())
                lines: list[bytes | TooLong] = []
                for at in range(0, len(data), size):
                    lines += socket.feed(data[at : at + size])
                self.assertEqual(lines, [b"NICK ann", "PING ü".encode()])
                self.assertEqual(socket.answers, bytes([0x8A, 1]) + b"?")

    def test_lines_are_sent_as_frames_without_line_ends(self) -> None:
        self.assertEqual(self.socket.encode(b"A\r\nB c\r\n"), b"\x81\x01A\x81\x03B c")
        long = b"x" * 200
        self.assertEqual(self.socket.encode(long + b"\r\n"), b"\x81\x7e\x00\xc8" + long)
        self.assertEqual(WebSocket(True, LineBuffer()).encode(b"A\r\n"), b"\x82\x01A")

    def test_the_limits_of_lines_apply(self) -> None:
        [refused] = self.socket.feed(frame(1, b"x" * 600))
        self.assertIsInstance(refused, TooLong)

    def test_a_protocol_error_closes_with_the_right_code(self) -> None:
        cases = {
            frame(1, b"hi", masked=False): 1002,
            bytes([0xC1, 0x80]) + MASK: 1002,
            frame(3, b""): 1002,
            frame(0, b"x"): 1002,
            frame(9, b"x" * 126): 1002,
            frame(9, b"", final=False): 1002,
            frame(1, b"a", final=False) + frame(1, b"b"): 1002,
            frame(1, b"\xff"): 1007,
            frame(1, b"x" * 70_000): 1009,
            frame(8, b"\x01"): 1002,
            frame(8, (1005).to_bytes(2)): 1002,
            frame(8, (1000).to_bytes(2) + b"\xff"): 1007,
        }
        for data, code in cases.items():
            with self.subTest(data=data[:12]):
                self.setUp()
                self.closes(data, code)

    def test_a_close_is_answered_with_its_code(self) -> None:
        self.closes(frame(8, (3001).to_bytes(2) + b"bye"), 3001)
        self.setUp()
        self.closes(frame(8, b""), 1000)

    def test_nothing_is_read_after_the_end(self) -> None:
        self.assertEqual(self.socket.feed(frame(8, b"") + frame(1, b"late")), [])
        self.assertEqual(self.socket.feed(frame(1, b"later")), [])

    def test_the_close_frame_is_sent_once(self) -> None:
        self.assertEqual(self.socket.close(), b"\x88\x02" + (1000).to_bytes(2))
        self.assertEqual(self.socket.close(), b"")

    def test_frames_without_a_line_are_counted(self) -> None:
        cases = {
            frame(1, b"NICK ann") * 3: 0,
            frame(1, b"") * 1000: 1000,
            frame(1, b"\r\n") * 1000: 1000,
            frame(9, b"?") * 1000 + frame(10, b"!") * 1000: 2000,
            frame(1, b"NI", False) + frame(0, b"", False) * 1000 + frame(0, b"CK ann"): 1001,
        }
        for data, blank in cases.items():
            with self.subTest(data=data[:20]):
                self.setUp()
                self.socket.feed(data)
                self.assertEqual(self.socket.blank, blank)

    def test_endless_fragments_are_not_stored_beyond_the_limit(self) -> None:
        self.assertEqual(self.socket.feed(frame(1, b"x" * 125, False)), [])
        for _ in range(MESSAGE_BYTES // 125 - 1):
            self.assertEqual(self.socket.feed(frame(0, b"x" * 125, False)), [])
        self.closes(frame(0, b"x" * 125, False), 1009)
