"""Times that another computer sends."""

from __future__ import annotations

import unittest

from chatapp.protocol.timestamps import (
    LATEST,
    iso_of_seconds,
    iso_or_star,
    parse_criterion_seconds,
    parse_seconds,
)

NOON = 1773316800.0  # 2026-03-12T12:00:00Z


class Timestamp(unittest.TestCase):
    def test_only_the_years_1970_to_2100_are_a_time(self) -> None:
        for stamp, expected in {
            "2026-03-12T12:00:00.000Z": NOON,
            "1970-01-01T00:00:00.000Z": 0.0,
            "2100-12-31T23:59:59.999Z": LATEST - 0.001,
            "1969-12-31T23:59:59.999Z": None,
            "1970-01-01T00:00:00+01:00": None,
            "2101-01-01T00:00:00.000Z": None,
            "0001-01-01T00:00:00.000Z": None,
            "9999-12-31T23:59:59.999Z": None,
            "9999-12-31T23:59:59.999-23:59": None,
            "0000-00-00T00:00:00Z": None,
            "99999-01-01T00:00:00Z": None,
            "-2026-03-12T12:00:00Z": None,
            "2026-13-12T12:00:00Z": None,
            "NaN": None,
            "inf": None,
            "1773316800": None,
            "2026-03-12T12:00:00.000Z" + "0" * 5000: None,
            "٢٠٢٦-٠٣-١٢T12:00:00Z": None,
            "": None,
        }.items():
            with self.subTest(stamp[:40]):
                self.assertEqual(expected, parse_seconds(stamp))
        self.assertIsNone(parse_seconds(None))

    def test_only_a_timestamp_criterion_has_a_time(self) -> None:
        for text, expected in {
            "timestamp=2026-03-12T12:00:00.000Z": NOON,
            "timestamp=9999-03-12T12:00:00.000Z": None,
            "timestamp=": None,
            "msgid=2026-03-12T12:00:00.000Z": None,
            "*": None,
            "": None,
        }.items():
            with self.subTest(text):
                self.assertEqual(expected, parse_criterion_seconds(text))

    def test_a_time_is_written_with_milliseconds_and_never_before_1970(self) -> None:
        for time, expected in {
            NOON: "2026-03-12T12:00:00.000Z",
            NOON + 0.2499: "2026-03-12T12:00:00.250Z",
            -0.001: "1970-01-01T00:00:00.000Z",
        }.items():
            with self.subTest(time):
                self.assertEqual(expected, iso_of_seconds(time))

    def test_no_time_is_written_as_a_star(self) -> None:
        self.assertEqual("2026-03-12T12:00:00.123Z", iso_or_star(1773316800123))
        self.assertEqual("*", iso_or_star(0))

    def test_a_written_time_is_parsed_to_the_same_time(self) -> None:
        self.assertEqual(NOON + 0.123, parse_seconds(iso_of_seconds(NOON + 0.123)))


if __name__ == "__main__":
    unittest.main()
