"""WebSocket frames, the server's half, without input and output: bytes in, lines out, and back.

A frame carries one line of IRC without its CR LF.

Source  RFC 6455; IRCv3 websocket
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import NamedTuple

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


class _Frame(NamedTuple):
    """A frame, and where the next one begins."""

    opcode: int
    is_final: bool
    payload: bytes
    end: int


class WebSocket:
    """One connection's frames.

    Takes  binary: whether lines go out as binary frames; lines: cuts and judges what comes in
    """

    def __init__(self, binary: bool, lines: LineBuffer) -> None:
        self.answers = bytearray()  # control frames to send, for the caller to take
        self.ended = False  # a close frame was sent: send `answers`, then hang up
        self.scraps = 0  # frames that made no line, for the caller to count
        self._opcode = _BINARY if binary else _TEXT
        self._lines = lines
        self._rest = b""  # the beginning of a frame
        self._message = bytearray()
        self._message_opcode = 0  # of the fragmented message that goes on, 0 for none

    def feed(self, data: bytes) -> list[bytes | TooLong]:
        """The lines in these bytes. What must be answered is added to `answers`."""
        lines: list[bytes | TooLong] = []
        if self.ended:
            return lines
        if self._rest:
            data = self._rest + data
        start = frames = 0
        try:
            while not self.ended and (frame := _frame(data, start)):
                start = frame.end
                frames += 1
                for message in self._take(frame):
                    lines += self._lines.feed(message + b"\n")
        except _Broken as broken:
            self._close(broken.code)
        self._rest = data[start:]
        self.scraps += max(0, frames - len(lines))
        return lines

    def encode(self, data: bytes) -> bytes:
        """Whole lines, each with its CR LF, as frames."""
        return b"".join(_framed(self._opcode, line) for line in data.split(b"\r\n") if line)

    def close(self) -> bytes:
        """The frame that says goodbye, if it was not said yet."""
        self._close(_NORMAL)
        return self.take()

    def take(self) -> bytes:
        """What must be answered now."""
        answers = bytes(self.answers)
        self.answers.clear()
        return answers

    def _take(self, frame: _Frame) -> Iterator[bytes]:
        """A whole message, if this frame completes one. Raises  _Broken"""
        opcode = frame.opcode
        if opcode in _CONTROL:
            _CONTROL[opcode](self, frame.payload)
        elif opcode in (_TEXT, _BINARY) if not self._message_opcode else opcode == _CONTINUATION:
            self._message_opcode = self._message_opcode or opcode
            self._message += frame.payload
            if len(self._message) > MESSAGE_BYTES:
                raise _Broken(_TOO_BIG)
            if frame.is_final:
                message = bytes(self._message)
                self._message.clear()
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


def _frame(data: bytes, start: int) -> _Frame | None:
    """The frame that begins at this place, if it is there as a whole. Raises  _Broken"""
    if len(data) < start + 2:
        return None
    first, second = data[start], data[start + 1]
    opcode, length, start = first & _OPCODE, second & _LENGTH, start + 2
    if first & _RESERVED or not second & _MASKED:
        raise _Broken(_PROTOCOL_ERROR)
    if opcode >= _CLOSE and (length > _SHORT or not first & _FINAL):
        raise _Broken(_PROTOCOL_ERROR)
    if length > _SHORT:
        size = 2 if length == _LENGTH_16 else 8
        length = int.from_bytes(data[start : start + size]) if len(data) >= start + size else 0
        start += size
    if length > MESSAGE_BYTES:
        raise _Broken(_TOO_BIG)
    payload = start + 4
    end = payload + length
    if len(data) < end:
        return None
    return _Frame(opcode, bool(first & _FINAL), _unmasked(data[payload:end], data[start:payload]), end)


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
    if not size:
        return b""
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
