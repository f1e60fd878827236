"""Messages of D-Bus as bytes, as far as notifications need them.

A value goes with a signature: `s` text, `o` object path, `g` signature, `u` and `i` 32-bit integers, `y`
byte, `b` boolean, `v` a variant, which is a pair of signature and value, `a…` a list, `a{sv}` a
dictionary. Texts end with a NUL that their length does not count.

Source: D-Bus Specification, sections "Type System" and "Message Protocol"
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

CALL, RETURN, ERROR, SIGNAL = 1, 2, 3, 4  # types of messages
PATH, INTERFACE, MEMBER, ERROR_NAME, REPLY_SERIAL, DESTINATION, SENDER, SIGNATURE = range(
    1, 9
)  # header fields
FIELD_TYPES = {PATH: "o", REPLY_SERIAL: "u", SIGNATURE: "g"}  # the others are texts
VERSION = 1
FIXED_HEADER = 16  # bytes up to the end of the length of the fields
MAX_BYTES = 1 << 20  # of a message that is accepted; the specification allows 128 MiB
ALIGNMENT = {"y": 1, "b": 4, "u": 4, "i": 4, "s": 4, "o": 4, "a": 4, "g": 1, "v": 1, "(": 8, "{": 8}
NUMBERS = {"y": "B", "b": "I", "u": "I", "i": "i"}  # type -> format of `struct`


class BadBusMessage(Exception):
    """Bytes that are no message of D-Bus, or one with types that are not known here."""


@dataclass(frozen=True, slots=True)
class BusMessage:
    """A message of the bus.

    Attributes:
        reply_serial: The serial number of the call that it answers.
        signature: Of the body.
    """

    type: int
    serial: int = 0
    path: str = ""
    interface: str = ""
    member: str = ""
    destination: str = ""
    sender: str = ""
    reply_serial: int = 0
    signature: str = ""
    body: list[object] = field(default_factory=list)


def encode(message: BusMessage) -> bytes:
    """Return a message as bytes, in little-endian order."""
    body = _Writer()
    body.write_all(message.signature, message.body)
    values: dict[int, object] = {
        PATH: message.path,
        INTERFACE: message.interface,
        MEMBER: message.member,
        REPLY_SERIAL: message.reply_serial,
        DESTINATION: message.destination,
        SENDER: message.sender,
        SIGNATURE: message.signature,
    }
    header = _Writer()
    header.data += struct.pack("<cBBBII", b"l", message.type, 0, VERSION, len(body.data), message.serial)
    fields = [(code, (FIELD_TYPES.get(code, "s"), value)) for code, value in values.items() if value]
    header.write("a(yv)", fields)
    header.align(8)
    return bytes(header.data + body.data)


def size_of(start: bytes) -> int:
    """Return how many bytes the message has that begins with these FIXED_HEADER bytes.

    Raises:
        BadBusMessage: This is no message.
    """
    if start[:1] not in (b"l", b"B"):
        raise BadBusMessage(f"byte order {start[:1]!r}")
    order = _order(start)
    body, _, fields = struct.unpack_from(f"{order}III", start, 4)
    size: int = FIXED_HEADER + fields + -fields % 8 + body
    if size > MAX_BYTES:
        raise BadBusMessage(f"{size} bytes")
    return size


def decode(data: bytes) -> BusMessage:
    """Return the message of these bytes.

    Raises:
        BadBusMessage: This is no message.
    """
    try:
        return _decode(data)
    except (struct.error, IndexError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise BadBusMessage(str(error)) from error


def _decode(data: bytes) -> BusMessage:
    reader = _Reader(data, _order(data))
    kind = data[1]
    (serial,) = struct.unpack_from(f"{reader.order}I", data, 8)
    reader.at = FIXED_HEADER - 4
    fields = dict(cast("list[tuple[object, object]]", reader.read("a(yv)")))
    reader.align(8)
    signature = str(fields.get(SIGNATURE, ""))
    reply = fields.get(REPLY_SERIAL, 0)
    return BusMessage(
        type=kind,
        serial=serial,
        path=str(fields.get(PATH, "")),
        interface=str(fields.get(INTERFACE, "")),
        member=str(fields.get(MEMBER, "")),
        destination=str(fields.get(DESTINATION, "")),
        sender=str(fields.get(SENDER, "")),
        reply_serial=reply if isinstance(reply, int) else 0,
        signature=signature,
        body=[reader.read(each) for each in split_signature(signature)],
    )


def split_signature(signature: str) -> list[str]:
    """Return the complete types of a signature: `susa{sv}` has four."""
    types, start, depth = [], 0, 0
    for index, letter in enumerate(signature):
        depth += (letter in "({") - (letter in ")}")
        if not depth and letter != "a":
            types.append(signature[start : index + 1])
            start = index + 1
    if start != len(signature):
        raise BadBusMessage(f"signature {signature}")
    return types


def _order(data: bytes) -> str:
    return ">" if data[:1] == b"B" else "<"


class _Writer:
    """Appends values, each aligned as its type demands."""

    def __init__(self) -> None:
        self.data = bytearray()

    def align(self, size: int) -> None:
        self.data += bytes(-len(self.data) % size)

    def write_all(self, signature: str, values: Iterable[object]) -> None:
        for kind, value in zip(split_signature(signature), values, strict=True):
            self.write(kind, value)

    def write(self, kind: str, value: object) -> None:
        self.align(ALIGNMENT[kind[0]])
        match kind[0], value:
            case ("s" | "o", str(text)):
                encoded = text.encode()
                self.data += struct.pack("<I", len(encoded)) + encoded + b"\0"
            case ("g", str(text)):
                self.data += bytes([len(text)]) + text.encode("ascii") + b"\0"
            case ("v", (str(inner), content)):
                self.write("g", inner)
                self.write(inner, content)
            case ("a", dict(pairs)):
                self._write_list(kind[1:], pairs.items())
            case ("a", list(items)):
                self._write_list(kind[1:], items)
            case ("(" | "{", tuple(parts)):
                self.write_all(kind[1:-1], parts)
            case (number, int(amount)) if number in NUMBERS:
                self.data += struct.pack(f"<{NUMBERS[number]}", amount)
            case _:
                raise BadBusMessage(f"{value!r} is no {kind}")

    def _write_list(self, kind: str, items: Iterable[object]) -> None:
        at = len(self.data)
        self.data += bytes(4)
        self.align(ALIGNMENT[kind[0]])
        start = len(self.data)
        for item in items:
            self.write(kind, item)
        struct.pack_into("<I", self.data, at, len(self.data) - start)


class _Reader:
    """Reads values one after the other."""

    def __init__(self, data: bytes, order: str) -> None:
        self.data = data
        self.order = order
        self.at = 0

    def align(self, size: int) -> None:
        self.at += -self.at % size

    def read(self, kind: str) -> object:
        self.align(ALIGNMENT[kind[0]])
        match kind[0]:
            case "s" | "o":
                return self._text(self._number("I"))
            case "g":
                return self._text(self._number("B"))
            case "v":
                (inner,) = split_signature(str(self.read("g")))
                return self.read(inner)
            case "a":
                return self._list(kind[1:])
            case "(" | "{":
                return tuple(self.read(each) for each in split_signature(kind[1:-1]))
            case number:
                return self._number(NUMBERS[number])

    def _number(self, letter: str) -> int:
        (number,) = struct.unpack_from(self.order + letter, self.data, self.at)
        self.at += struct.calcsize(letter)
        return int(number)

    def _text(self, size: int) -> str:
        text = self.data[self.at : self.at + size].decode()
        self.at += size + 1
        return text

    def _list(self, kind: str) -> list[object]:
        size = self._number("I")
        self.align(ALIGNMENT[kind[0]])
        end, found = self.at + size, []
        if end > len(self.data):
            raise BadBusMessage("a list is longer than its message")
        while self.at < end:
            found.append(self.read(kind))
        return found
