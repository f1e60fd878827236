"""Messages of D-Bus as bytes."""

from __future__ import annotations

import struct
import unittest

from chatapp.system import dbus_wire
from chatapp.system.dbus_wire import BadBusMessage, BusMessage, decode, encode, size_of, split_signature

HELLO = bytes.fromhex(
    # little-endian, call, no flags, version 1; body of 0 bytes, serial 1; fields of 109 bytes
    "6c01000100000000010000006d000000"
    # 1: path "/org/freedesktop/DBus"
    "01016f00150000002f6f72672f667265656465736b746f702f44427573000000"
    # 6: destination, 2: interface "org.freedesktop.DBus"
    "02017300140000006f72672e667265656465736b746f702e4442757300000000"
    "030173000500000048656c6c6f000000"
    "06017300140000006f72672e667265656465736b746f702e4442757300000000"
)


def call(signature: str = "", *body: object) -> BusMessage:
    return BusMessage(dbus_wire.CALL, 7, "/a", "b.c", "Do", "x.y", signature=signature, body=list(body))


class WireTest(unittest.TestCase):
    def test_a_message_has_the_bytes_of_the_specification(self) -> None:
        name = "org.freedesktop.DBus"
        hello = BusMessage(dbus_wire.CALL, 1, "/org/freedesktop/DBus", name, "Hello", name)
        self.assertEqual(encode(hello), HELLO)
        self.assertEqual(decode(HELLO), hello)

    def test_what_is_encoded_is_decoded_again(self) -> None:
        for signature, body in (
            ("s", ["<b> 'quoted' \\ 😀"]),
            ("susi", ["", 0, "x" * 10_000, -1]),
            ("as", [["default", "Open"]]),
            ("as", [[]]),
            ("yub", [255, 2**32 - 1, 1]),
            ("a(ss)", [[("a", "b"), ("c", "d")]]),
        ):
            with self.subTest(signature):
                data = encode(call(signature, *body))
                self.assertEqual(size_of(data[: dbus_wire.FIXED_HEADER]), len(data))
                self.assertEqual(decode(data), call(signature, *body))

    def test_dictionaries_and_variants(self) -> None:
        data = encode(call("a{sv}", {"urgency": ("y", 1), "category": ("s", "im.received")}))
        self.assertEqual(decode(data).body, [[("urgency", 1), ("category", "im.received")]])

    def test_a_message_may_be_big_endian(self) -> None:
        start = struct.pack(">cBBBIII", b"B", dbus_wire.SIGNAL, 0, 1, 4, 9, 7)
        data = start + b"\x08\x01g\x00\x01u\x00" + b"\0" + struct.pack(">I", 5)
        self.assertEqual(size_of(data[:16]), len(data))
        self.assertEqual(decode(data), BusMessage(dbus_wire.SIGNAL, 9, signature="u", body=[5]))

    def test_signatures_are_split_into_complete_types(self) -> None:
        for signature, types in (
            ("susssasa{sv}i", ["s", "u", "s", "s", "s", "as", "a{sv}", "i"]),
            ("a(yv)aas", ["a(yv)", "aas"]),
            ("", []),
        ):
            with self.subTest(signature):
                self.assertEqual(split_signature(signature), types)

    def test_broken_messages_are_refused(self) -> None:
        data = encode(call("sas", "hello", ["a"]))
        for broken in (data[:20], data[:-6], data.replace(b"\x03sas", b"\x03s(s")):
            with self.subTest(broken), self.assertRaises(BadBusMessage):
                decode(broken)
        for start in (
            b"x" + data[1:16],
            data[:12] + b"\xff\xff\xff\x7f",
            struct.pack("<4I", 108, 2**31, 1, 0),
        ):
            with self.subTest(start), self.assertRaises(BadBusMessage):
                size_of(start)

    def test_a_value_of_another_type_is_refused(self) -> None:
        for signature, value in (("s", 5), ("u", "five"), ("as", "text"), ("v", "text")):
            with self.subTest(signature), self.assertRaises(BadBusMessage):
                encode(call(signature, value))
