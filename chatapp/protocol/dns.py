"""DNS packets as multicast DNS uses them: bytes to records and back, without I/O.

Bytes from the network may be malformed or hostile: `parse` returns a packet or raises MalformedPacket, never
loops, and never reads beyond the end.

Source: RFC 1035 section 4, RFC 2782 (SRV), RFC 3596 (AAAA), RFC 6762 sections 5.4, 10.2 and 18
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

from chatapp.protocol.addresses import packed, unpacked

A, PTR, TXT, AAAA, SRV, ANY = 1, 12, 16, 28, 33, 255
RESPONSE = 0x8400  # an authoritative answer

_IN = 1
_TOP = 0x8000  # in a class: "unicast response" of a question, "cache flush" of a record
_POINTER = 0xC0
_LABEL_BYTES = 63
_NAME_BYTES = 255
_LABELS = 127  # the largest number in a name of 255 bytes
_RECORDS = 400  # the largest number in a packet; a real packet of 9000 bytes has fewer
_TXT_BYTES = 255

Name = tuple[str, ...]
"""Labels, without dots: `("Room 12", "_ircs", "_tcp", "local")`. Compare them with `is_same_name`."""


class MalformedPacket(ValueError):
    """Bytes are not a DNS packet."""


@dataclass(frozen=True, slots=True)
class Question:
    name: Name
    type: int
    unicast: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """The data of an SRV record: where a service is."""

    port: int
    target: Name


RecordData = Name | Service | Mapping[str, str] | str | bytes
"""Of a PTR, an SRV, a TXT, an A or AAAA record, in this order; of any other type the raw bytes."""


@dataclass(frozen=True, slots=True)
class Record:
    """A resource record.

    Attributes:
        ttl: Seconds for which it is valid; 0 withdraws it.
        flush: Whether it replaces all earlier records of its name and type (RFC 6762 section 10.2).
    """

    name: Name
    type: int
    data: RecordData
    ttl: int
    flush: bool = False


@dataclass(frozen=True, slots=True)
class Packet:
    """A query or a response.

    Attributes:
        flags: RESPONSE, or 0 for a query.
        id: 0, except in responses to resolvers that do not speak multicast DNS.
    """

    questions: tuple[Question, ...] = ()
    answers: tuple[Record, ...] = ()
    authorities: tuple[Record, ...] = ()
    additionals: tuple[Record, ...] = ()
    flags: int = 0
    id: int = 0

    @property
    def is_response(self) -> bool:
        return bool(self.flags & 0x8000)

    @property
    def records(self) -> tuple[Record, ...]:
        """Return the answers and the additional records."""
        return (*self.answers, *self.additionals)


def is_same_name(one: Name, other: Name) -> bool:
    """Return whether two names are equal; letter case does not matter."""
    return len(one) == len(other) and name_key(one) == name_key(other)


def name_key(name: Name) -> Name:
    """Return a name with ASCII letters in lower case, to compare it.

    Source:
        RFC 6762 section 16: letters other than ASCII are compared as they are.
    """
    return tuple(label.translate(_LOWER) for label in name)


_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def build(packet: Packet) -> bytes:
    """Write a packet. Names are not compressed: compression is optional."""
    sections = (packet.answers, packet.authorities, packet.additionals)
    parts = [struct.pack("!6H", packet.id, packet.flags, len(packet.questions), *map(len, sections))]
    for question in packet.questions:
        unicast = _TOP if question.unicast else 0
        parts.append(_name(question.name) + struct.pack("!2H", question.type, _IN | unicast))
    for section in sections:
        parts += map(_record, section)
    return b"".join(parts)


def parse(data: bytes) -> Packet:
    """Read a packet.

    Raises:
        MalformedPacket: The bytes are not a DNS packet.
    """
    try:
        return _Reader(data).packet()
    except (struct.error, IndexError, UnicodeDecodeError, ValueError) as error:
        raise MalformedPacket(str(error)) from error


def _name(name: Name) -> bytes:
    labels = [label.encode()[:_LABEL_BYTES] for label in name]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def _record(record: Record) -> bytes:
    data = _data(record)
    flush = _TOP if record.flush else 0
    head = struct.pack("!2HIH", record.type, _IN | flush, record.ttl, len(data))
    return _name(record.name) + head + data


def _data(record: Record) -> bytes:
    data = record.data
    if isinstance(data, bytes):
        return data
    if isinstance(data, str):
        return packed(data)
    if isinstance(data, Service):
        return struct.pack("!3H", 0, 0, data.port) + _name(data.target)
    if isinstance(data, Mapping):
        items = [f"{name}={value}".encode()[:_TXT_BYTES] for name, value in data.items()]
        return b"".join(bytes([len(item)]) + item for item in items) or b"\0"
    return _name(data)


@dataclass(slots=True)
class _Reader:
    data: bytes
    at: int = field(default=0)
    names: dict[int, Name] = field(default_factory=dict)  # by the offset that a pointer led to

    def packet(self) -> Packet:
        number, flags, *counts = self.take("!6H")
        if sum(counts) > _RECORDS:
            raise MalformedPacket("too many records")
        questions = tuple(self.question() for _ in range(counts[0]))
        answers, authorities, additionals = (
            tuple(self.record() for _ in range(count)) for count in counts[1:]
        )
        return Packet(questions, answers, authorities, additionals, flags, number)

    def take(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return values

    def question(self) -> Question:
        name = self.name()
        kind, group = self.take("!2H")
        return Question(name, kind, bool(group & _TOP))

    def record(self) -> Record:
        name = self.name()
        kind, group, ttl, length = self.take("!2HIH")
        end = self.at + length
        if end > len(self.data):
            raise MalformedPacket("a record beyond the end")
        data = self.record_data(kind, end)
        self.at = end
        return Record(name, kind, data, ttl, bool(group & _TOP))

    def record_data(self, kind: int, end: int) -> RecordData:
        raw = self.data[self.at : end]
        if kind == PTR:
            return self.name()
        if kind == SRV:
            _, _, port = self.take("!3H")
            return Service(port, self.name())
        if kind == TXT:
            return _pairs(raw)
        if kind in (A, AAAA):
            return unpacked(raw)
        return raw

    def name(self) -> Name:
        """Read a name, which may continue elsewhere. Pointers must lead backwards: they cannot form a loop.

        The name behind a pointer is read once. Otherwise a packet of pointers to one long chain of pointers
        would take time proportional to the square of its size.
        """
        labels: list[str] = []
        passed: list[tuple[int, int]] = []  # the target of each pointer, and the number of labels before it
        at, limit = self.at, len(self.data)
        while length := self.data[at]:
            if length & _POINTER == _POINTER:
                target = (length & ~_POINTER) << 8 | self.data[at + 1]
                if target >= min(limit, at):
                    raise MalformedPacket("a pointer that does not lead backwards")
                if not passed:
                    self.at = at + 2
                passed.append((target, len(labels)))
                if target in self.names:
                    labels += self.names[target]
                    break
                at = limit = target
                continue
            if length > _LABEL_BYTES or at + 1 + length > len(self.data) or len(labels) >= _LABELS:
                raise MalformedPacket("a name that is too long")
            labels.append(self.data[at + 1 : at + 1 + length].decode())
            at += 1 + length
        if not passed:
            self.at = at + 1
        if len(labels) > _LABELS or sum(len(label.encode()) + 1 for label in labels) > _NAME_BYTES:
            raise MalformedPacket("a name that is too long")
        for target, before in passed:
            self.names[target] = tuple(labels[before:])
        return tuple(labels)


def _pairs(raw: bytes) -> dict[str, str]:
    """Read the `name=value` strings of a TXT record; the first of equal names counts (RFC 6763 6.4)."""
    pairs: dict[str, str] = {}
    at = 0
    while at < len(raw):
        item = raw[at + 1 : at + 1 + raw[at]].decode(errors="replace")
        at += 1 + raw[at]
        name, _, value = item.partition("=")
        if name:
            pairs.setdefault(name.lower(), value)
    return pairs
