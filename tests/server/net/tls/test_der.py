"""DER values, byte for byte."""

from __future__ import annotations

import unittest
from datetime import UTC, datetime, timedelta, timezone

from chatapp.server.net.tls import der


class Values(unittest.TestCase):
    def test_values_are_encoded_as_the_standard_defines(self) -> None:
        """Source: X.690 sections 8 and 11, including the lengths at the boundaries of their forms."""
        for written, wire in (
            (der.boolean(True), "01 01 ff"),
            (der.boolean(False), "01 01 00"),
            (der.integer(0), "02 01 00"),
            (der.integer(127), "02 01 7f"),
            (der.integer(128), "02 02 00 80"),
            (der.integer(255), "02 02 00 ff"),
            (der.integer(256), "02 02 01 00"),
            (der.integer(32768), "02 03 00 80 00"),
            (der.bit_string(b"\x0a\x3b"), "03 03 00 0a 3b"),
            (der.bit_string(b"\x80", unused=7), "03 02 07 80"),
            (der.octet_string(b""), "04 00"),
            (der.octet_string(b"ab"), "04 02 61 62"),
            (der.identifier("2.5.4.3"), "06 03 55 04 03"),
            (der.identifier("1.2.840.113549"), "06 06 2a 86 48 86 f7 0d"),
            (der.identifier("2.999.3"), "06 03 88 37 03"),
            (der.text("é"), "0c 02 c3 a9"),
            (der.sequence(), "30 00"),
            (der.sequence(der.integer(1), der.boolean(True)), "30 06 02 01 01 01 01 ff"),
            (der.set_of(der.integer(1)), "31 03 02 01 01"),
            (der.tagged(3, der.integer(1)), "a3 03 02 01 01"),
            (der.value(0x82, b"a", b"b"), "82 02 61 62"),
        ):
            with self.subTest(wire):
                self.assertEqual(written.hex(" "), wire)

    def test_a_long_value_has_a_long_length(self) -> None:
        for size, head in (
            (127, "04 7f"),
            (128, "04 81 80"),
            (255, "04 81 ff"),
            (256, "04 82 01 00"),
            (65536, "04 83 01 00 00"),
        ):
            with self.subTest(size):
                self.assertEqual(der.octet_string(bytes(size)), bytes.fromhex(head) + bytes(size))

    def test_a_time_has_the_form_of_its_century(self) -> None:
        """Source: RFC 5280 section 4.1.2.5."""
        east = timezone(timedelta(hours=5, minutes=30))
        for when, written in (
            (datetime(2026, 3, 12, 9, 58, 1, 999, UTC), b"\x17\x0d260312095801Z"),
            (datetime(2026, 1, 1, 5, 0, 0, 0, east), b"\x17\x0d251231233000Z"),
            (datetime(2049, 12, 31, 23, 59, 59, 0, UTC), b"\x17\x0d491231235959Z"),
            (datetime(2050, 1, 1, 0, 0, 0, 0, UTC), b"\x18\x0f20500101000000Z"),
        ):
            with self.subTest(when):
                self.assertEqual(der.time(when), written)


if __name__ == "__main__":
    unittest.main()
