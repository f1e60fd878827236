"""DNS packets: a built packet is read again, example bytes follow the RFC, malformed packets are refused."""

from __future__ import annotations

import random
import struct
import unittest
from typing import Any

from chatapp.protocol.dns import (
    AAAA,
    ANY,
    PTR,
    RESPONSE,
    SRV,
    TXT,
    A,
    MalformedPacket,
    Packet,
    Question,
    Record,
    Service,
    build,
    is_same_name,
    parse,
)

TYPE = ("_ircs", "_tcp", "local")
ROOM = ("Room 12. Überraum", *TYPE)
HOST = ("lab", "local")
PACKET = Packet(
    questions=(Question(TYPE, PTR, unicast=True), Question(ROOM, ANY)),
    answers=(Record(TYPE, PTR, ROOM, 4500),),
    authorities=(Record(ROOM, SRV, Service(5000, HOST), 120),),
    additionals=(
        Record(ROOM, SRV, Service(5000, HOST), 120, flush=True),
        Record(ROOM, TXT, {"network": "Room 12", "pin": "sha256:ab=="}, 4500, flush=True),
        Record(HOST, A, "192.168.1.20", 120, flush=True),
        Record(HOST, AAAA, "fe80::1", 120, flush=True),
        Record(HOST, 47, b"\1\2", 120),
    ),
    flags=RESPONSE,
    id=7,
)
COMPRESSED = bytes.fromhex(
    "000084000000000200000000"
    "055f69726373045f746370056c6f63616c00"  # at 12: _ircs._tcp.local
    "000c0001000011940007" "04526f6f6dc00c"  # PTR, Room + pointer to 12, at 40
    "c028" "0021800100000078000c" "000000001388036c6162c017"  # SRV of it, lab + pointer to 23 (.local)
)  # fmt: skip


class Packets(unittest.TestCase):
    def test_a_built_packet_is_read_again(self) -> None:
        self.assertEqual(parse(build(PACKET)), PACKET)
        self.assertEqual(parse(build(Packet())), Packet())

    def test_the_header_follows_the_rfc(self) -> None:
        """RFC 1035 section 4.1.1; a multicast query has id 0 and no flags."""
        data = build(Packet(questions=(Question(("a", "local"), A),)))
        head, name = "000000000001000000000000", "0161056c6f63616c00"
        self.assertEqual(data.hex(), head + name + "00010001")

    def test_compressed_names_are_followed(self) -> None:
        packet = parse(COMPRESSED)
        self.assertEqual(packet.answers[0].data, ("Room", *TYPE))
        self.assertEqual(packet.answers[1].name, ("Room", *TYPE))
        self.assertEqual(packet.answers[1].data, Service(5000, ("lab", "local")))
        self.assertTrue(packet.answers[1].flush)

    def test_names_are_compared_without_case_in_ascii_only(self) -> None:
        self.assertTrue(is_same_name(("Lab", "LOCAL"), ("lab", "local")))
        self.assertFalse(is_same_name(("Über", "local"), ("über", "local")))

    def test_a_txt_record(self) -> None:
        """RFC 6763 section 6.4: no value, no name, names in any case, the first of equal names wins."""
        raw = b"".join(bytes([len(item)]) + item for item in (b"A=1", b"a=2", b"=x", b"flag", b"b=c=d", b""))
        record = Record(ROOM, TXT, raw, 1)
        [read] = parse(build(Packet(answers=(record,)))).answers
        self.assertEqual(read.data, {"a": "1", "flag": "", "b": "c=d"})


class Malformed(unittest.TestCase):
    def test_pointers_in_circles_or_forward_are_refused(self) -> None:
        head = bytes.fromhex("000000000001000000000000")
        for name in (b"\xc0\x0c", b"\xc0\x0e\xc0\x0c", b"\x01a\xc0\x0c", b"\xc0\xff", b"\x40aa\0", b"\x80\0"):
            with self.subTest(name=name), self.assertRaises(MalformedPacket):
                parse(head + name + b"\0\x0c\0\x01")

    def test_every_truncated_packet_is_refused(self) -> None:
        for data in (build(PACKET), COMPRESSED):
            for size in range(len(data)):
                with self.subTest(size=size), self.assertRaises(MalformedPacket):
                    parse(data[:size])

    def test_wrong_counts_are_refused(self) -> None:
        with self.assertRaises(MalformedPacket):
            parse(bytes.fromhex("0000000000000000ffffffff"))

    def test_random_bytes_raise_only_malformed(self) -> None:
        dice = random.Random(6762)
        good = build(PACKET)
        for _ in range(3000):
            noise = bytearray(good)
            for _ in range(dice.randrange(1, 8)):
                noise[dice.randrange(len(noise))] = dice.randrange(256)
            try:
                parse(bytes(noise))
            except MalformedPacket:
                continue

    def test_a_long_chain_of_pointers_is_followed_once(self) -> None:
        """Four hundred records point to the end of a chain of 2,000 pointers."""
        data = _Counted(chained(records=400, pointers=2000))
        self.assertEqual(400, len(parse(data).answers))
        self.assertLess(data.bytes_read, 5 * len(data))


class _Counted(bytes):
    """Count how many bytes are read one by one."""

    bytes_read = 0

    def __getitem__(self, place: Any) -> Any:
        self.bytes_read += isinstance(place, int)
        return super().__getitem__(place)


def chained(records: int, pointers: int) -> bytes:
    """Return a packet whose first record contains a chain of pointers; all other records point to its end."""
    head = struct.pack("!6H", 0, RESPONSE, 0, records, 0, 0)
    start = len(head) + 11
    chain = b"\0\0" + b"".join(
        struct.pack("!H", 0xC000 | start + 2 * number) for number in range(pointers - 1)
    )
    end = struct.pack("!H", 0xC000 | start + len(chain) - 2)
    about = struct.pack("!2HI", 999, 1, 1)
    first = b"\0" + about + struct.pack("!H", len(chain)) + chain
    return head + first + (end + about + b"\0\0") * (records - 1)
