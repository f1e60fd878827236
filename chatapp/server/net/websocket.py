"""The server's side of WebSocket framing, without I/O: bytes to lines, and lines to bytes.

A frame carries one IRC line without its CR LF.

Source: RFC 6455; IRCv3 websocket.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from chatapp.protocol.lines import LineBuffer, TooLong

SUBPROTOCOLS = ("text.ircv3.net", "binary.ircv3.net")
MESSAGE_BYTES = 16 * 1024  # the most of a message; a line with tags is always shorter

_MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_CONTINUATION, _TEXT, _BINARY, _CLOSE, _PING, _PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
_FINAL, _RESERVED, _OPCODE = 0x80, 0x70, 0x0F
_MASKED, _LENGTH = 0x80, 0x7F
_SHORT, _LENGTH_16, _LENGTH_64 = 125, 126, 127
_NORMAL, _PROTOCOL_ERROR, _NOT_UTF8, _TOO_BIG = 1000, 1002, 1007, 1009


def accept_key(key: str) -> str:
    """Return the Sec-WebSocket-Accept for a Sec-WebSocket-Key (RFC 6455 section 4.2.2)."""
    return base64.b64encode(hashlib.sha1((key + _MAGIC).encode()).digest()).decode()


class _ProtocolViolation(Exception):
    """The client broke the protocol; `code` is the status code of the close frame."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class _Frame(NamedTuple):
    """A frame; `end` is where the next one begins."""

    opcode: int
    is_final: bool
    payload: bytes
    end: int


class WebSocket:
    """The frames of one connection.

    Args:
        binary: Whether lines are sent as binary frames.
        lines: Splits received text into lines and checks their length.

    Attributes:
        answers: Control frames to send; `take` returns them.
        ended: Whether a close frame is among them: send it, then disconnect.
        blank: The number of frames without a line; the caller resets it.
    """

    def __init__(self, binary: bool, lines: LineBuffer) -> None:
        self.answers = bytearray()
        self.ended = False
        self.blank = 0
        self._opcode = _BINARY if binary else _TEXT
        self._lines = lines
        self._rest = b""  # the beginning of an incomplete frame
        self._message = bytearray()
        self._message_opcode = 0  # of a fragmented message in progress, 0 for none

    def feed(self, data: bytes) -> list[bytes | TooLong]:
        """Return the lines in these bytes. Replies are added to `answers`."""
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
        except _ProtocolViolation as violation:
            self._close(violation.code)
        self._rest = data[start:]
        self.blank += max(0, frames - len(lines))
        return lines

    def encode(self, data: bytes) -> bytes:
        """Put whole lines, each with its CR LF, into frames."""
        return b"".join(_framed(self._opcode, line) for line in data.split(b"\r\n") if line)

    def close(self) -> bytes:
        """Return the close frame, if it was not sent yet."""
        self._close(_NORMAL)
        return self.take()

    def take(self) -> bytes:
        """Return the control frames to send now."""
        answers = bytes(self.answers)
        self.answers.clear()
        return answers

    def _take(self, frame: _Frame) -> Iterator[bytes]:
        """Yield a whole message, if this frame completes one."""
        opcode = frame.opcode
        if opcode in _CONTROL:
            _CONTROL[opcode](self, frame.payload)
        elif opcode in (_TEXT, _BINARY) if not self._message_opcode else opcode == _CONTINUATION:
            self._message_opcode = self._message_opcode or opcode
            self._message += frame.payload
            if len(self._message) > MESSAGE_BYTES:
                raise _ProtocolViolation(_TOO_BIG)
            if frame.is_final:
                message = bytes(self._message)
                self._message.clear()
                was, self._message_opcode = self._message_opcode, 0
                if was == _TEXT and not _is_utf8(message):
                    raise _ProtocolViolation(_NOT_UTF8)
                yield message
        else:
            raise _ProtocolViolation(_PROTOCOL_ERROR)

    def _on_ping(self, payload: bytes) -> None:
        self.answers += _framed(_PONG, payload)

    def _on_pong(self, payload: bytes) -> None:
        """Do nothing: any received data shows that the client is alive."""

    def _on_close(self, payload: bytes) -> None:
        code = int.from_bytes(payload[:2])
        if len(payload) == 1 or (payload and not _is_close_code(code)):
            raise _ProtocolViolation(_PROTOCOL_ERROR)
        if not _is_utf8(payload[2:]):
            raise _ProtocolViolation(_NOT_UTF8)
        self._close(code or _NORMAL)

    def _close(self, code: int) -> None:
        if not self.ended:
            self.ended = True
            self.answers += _framed(_CLOSE, code.to_bytes(2))


_CONTROL = {_CLOSE: WebSocket._on_close, _PING: WebSocket._on_ping, _PONG: WebSocket._on_pong}


def _frame(data: bytes, start: int) -> _Frame | None:
    """Read the frame that begins at an offset; None while it is incomplete."""
    if len(data) < start + 2:
        return None
    first, second = data[start], data[start + 1]
    opcode, length, start = first & _OPCODE, second & _LENGTH, start + 2
    if first & _RESERVED or not second & _MASKED:
        raise _ProtocolViolation(_PROTOCOL_ERROR)
    if opcode >= _CLOSE and (length > _SHORT or not first & _FINAL):
        raise _ProtocolViolation(_PROTOCOL_ERROR)
    if length > _SHORT:
        size = 2 if length == _LENGTH_16 else 8
        length = int.from_bytes(data[start : start + size]) if len(data) >= start + size else 0
        start += size
    if length > MESSAGE_BYTES:
        raise _ProtocolViolation(_TOO_BIG)
    payload = start + 4
    end = payload + length
    if len(data) < end:
        return None
    return _Frame(opcode, bool(first & _FINAL), _unmasked(data[payload:end], data[start:payload]), end)


def _framed(opcode: int, payload: bytes) -> bytes:
    """Write one unfragmented frame, unmasked as a server sends it."""
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


def _is_close_code(code: int) -> bool:
    """Return whether a close frame may carry this status code (RFC 6455 section 7.4)."""
    return 1000 <= code <= 1003 or 1007 <= code <= 1014 or 3000 <= code <= 4999
