"""WebSocket frames, the server's half, without input and output: bytes in, lines out, and back.

A frame carries one line of IRC without its CR LF.

Source  RFC 6455; IRCv3 websocket
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator

from chatapp.protocol.lines import LineBuffer, TooLong

SUBPROTOCOLS = ("text.ircv3.net", "binary.ircv3.net")
MESSAGE_BYTES = 16 * 1024  # more than any line with tags may have

_MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_CONTINUATION, _TEXT, _BINARY, _CLOSE, _PING, _PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
_FINAL, _RESERVED, _OPCODE = 0x80, 0x70, 0x0F
_MASKED, _LENGTH = 0x80, 0x7F
_SHORT, _LENGTH_16, _LENGTH_64 = 125, 126, 127
_NORMAL, _PROTOCOL_ERROR, _NOT_UTF8, _TOO_BIG = 1000, 1002, 1007, 1009


def accept_key(key: str) -> str:
    """What a server answers to a Sec-WebSocket-Key. Source  RFC 6455 section 4.2.2"""
    return base64.b64encode(hashlib.sha1((key + _MAGIC).encode()).digest()).decode()


class _Broken(Exception):
    """The peer broke the protocol; the code tells it how."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class WebSocket:
    """One connection's frames.

    Takes  binary: whether lines go out as binary frames; lines: cuts and judges what comes in
    """

    def __init__(self, binary: bool, lines: LineBuffer) -> None:
        self.answers = b""  # control frames to send, for the caller to take
        self.ended = False  # a close frame was sent: send `answers`, then hang up
        self._opcode = _BINARY if binary else _TEXT
        self._lines = lines
        self._rest = b""
        self._message = b""
        self._message_opcode = 0  # of the fragmented message that goes on, 0 for none

    def feed(self, data: bytes) -> list[bytes | TooLong]:
        """The lines in these bytes. What must be answered is added to `answers`."""
        lines: list[bytes | TooLong] = []
        self._rest += data
        try:
            while not self.ended and (frame := self._frame()):
                for message in self._take(*frame):
                    lines += self._lines.feed(message + b"\n")
        except _Broken as broken:
            self._close(broken.code)
        return lines

    def encode(self, data: bytes) -> bytes:
        """Whole lines, each with its CR LF, as frames."""
        return b"".join(_framed(self._opcode, line) for line in data.split(b"\r\n") if line)

    def close(self) -> bytes:
        """The frame that says goodbye, if it was not said yet."""
        self._close(_NORMAL)
        answers, self.answers = self.answers, b""
        return answers

    def _frame(self) -> tuple[int, bool, bytes] | None:
        """The next whole frame: opcode, whether it is final, payload. Raises  _Broken"""
        data = self._rest
        if len(data) < 2:
            return None
        first, second = data[0], data[1]
        opcode, length, start = first & _OPCODE, second & _LENGTH, 2
        if first & _RESERVED or not second & _MASKED:
            raise _Broken(_PROTOCOL_ERROR)
        if opcode >= _CLOSE and (length > _SHORT or not first & _FINAL):
            raise _Broken(_PROTOCOL_ERROR)
        if length in (_LENGTH_16, _LENGTH_64):
            start += 2 if length == _LENGTH_16 else 8
            length = int.from_bytes(data[2:start]) if len(data) >= start else 0
        if length > MESSAGE_BYTES:
            raise _Broken(_TOO_BIG)
        end = start + 4 + length
        if len(data) < end:
            return None
        self._rest = data[end:]
        return opcode, bool(first & _FINAL), _unmasked(data[start + 4 : end], data[start : start + 4])

    def _take(self, opcode: int, final: bool, payload: bytes) -> Iterator[bytes]:
        """A whole message, if this frame completes one. Raises  _Broken"""
        if opcode in _CONTROL:
            _CONTROL[opcode](self, payload)
        elif opcode in (_TEXT, _BINARY) if not self._message_opcode else opcode == _CONTINUATION:
            self._message_opcode = self._message_opcode or opcode
            self._message += payload
            if len(self._message) > MESSAGE_BYTES:
                raise _Broken(_TOO_BIG)
            if final:
                message, self._message = self._message, b""
                was, self._message_opcode = self._message_opcode, 0
                if was == _TEXT and not _is_utf8(message):
                    raise _Broken(_NOT_UTF8)
                yield message
        else:
            raise _Broken(_PROTOCOL_ERROR)

    def _on_ping(self, payload: bytes) -> None:
        self.answers += _framed(_PONG, payload)

    def _on_pong(self, payload: bytes) -> None:
        """That it came is life enough."""

    def _on_close(self, payload: bytes) -> None:
        code = int.from_bytes(payload[:2])
        if len(payload) == 1 or (payload and not _may_be_sent(code)):
            raise _Broken(_PROTOCOL_ERROR)
        if not _is_utf8(payload[2:]):
            raise _Broken(_NOT_UTF8)
        self._close(code or _NORMAL)

    def _close(self, code: int) -> None:
        if not self.ended:
            self.ended = True
            self.answers += _framed(_CLOSE, code.to_bytes(2))


_CONTROL = {_CLOSE: WebSocket._on_close, _PING: WebSocket._on_ping, _PONG: WebSocket._on_pong}


def _framed(opcode: int, payload: bytes) -> bytes:
    """One unfragmented frame, not masked, as a server sends it."""
    length = len(payload)
    if length <= _SHORT:
        head = bytes([_FINAL | opcode, length])
    elif length < 1 << 16:
        head = bytes([_FINAL | opcode, _LENGTH_16]) + length.to_bytes(2)
    else:
        head = bytes([_FINAL | opcode, _LENGTH_64]) + length.to_bytes(8)
    return head + payload


def _unmasked(payload: bytes, mask: bytes) -> bytes:
    size = len(payload)
    key = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload) ^ int.from_bytes(key)).to_bytes(size)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _may_be_sent(code: int) -> bool:
    """Whether a close frame may carry this code. Source  RFC 6455 section 7.4"""
    return 1000 <= code <= 1003 or 1007 <= code <= 1014 or 3000 <= code <= 4999
