"""Whom a ban fits, and how long a duration is."""

from __future__ import annotations

import unittest

from chatapp.server.state.bans import Ban, Bans, BanSubject, fits, full_mask, seconds

ANN = BanSubject("192.0.2.7", "ann", "a", "f00.people", "Anna")
BOB = BanSubject("2001:db8::5", "bob", "b", "ba7.people", "")


class Masks(unittest.TestCase):
    def test_what_was_typed_becomes_a_whole_mask(self) -> None:
        cases = {
            "192.0.2.7": "192.0.2.7",
            "192.0.2.7/24": "192.0.2.0/24",
            "2001:DB8::/32": "2001:db8::/32",
            "::/8": "0::/8",
            "~a:anna": "~a:anna",
            "~account:anna": "~account:anna",
            "ann": "ann!*@*",
            "*.people": "*!*@*.people",
            "a@*": "*!a@*",
        }
        for typed, mask in cases.items():
            with self.subTest(typed):
                self.assertEqual(full_mask(typed), mask)

    def test_what_is_no_mask_or_would_fit_everybody_is_none(self) -> None:
        for typed in ("", "*", "*!*@*", "?*", "~account:*", "~account:", "~m:ann", "~x:ann", "a b"):
            with self.subTest(typed):
                self.assertEqual(full_mask(typed), "")

    def test_whom_it_fits(self) -> None:
        cases = {
            "192.0.2.7": (True, False),
            "192.0.2.0/24": (True, False),
            "192.0.3.0/24": (False, False),
            "2001:db8::/32": (False, True),
            "~account:anna": (True, False),
            "~a:*": (True, False),
            "ANN!*@*": (True, False),
            "*!*@*.people": (True, True),
            "*!b@*": (False, True),
            "*!*@192.0.2.*": (True, False),
            "*!*@2001:db8:*": (False, True),
        }
        for mask, expected in cases.items():
            with self.subTest(mask):
                self.assertEqual((fits(mask, ANN), fits(mask, BOB)), expected)


class Durations(unittest.TestCase):
    def test_units_and_plain_minutes(self) -> None:
        cases = {
            "90": 5400, "30s": 30, "5m": 300, "12h": 43_200, "7d": 604_800, "2w": 1_209_600,
            "1d12h": 129_600, "0": 0,
        }  # fmt: skip
        for text, expected in cases.items():
            with self.subTest(text):
                self.assertEqual(seconds(text), expected)

    def test_anything_else_is_none(self) -> None:
        for text in ("", "h", "1x", "-5", "1.5h", "ann", "192.0.2.7", "1234567", "٣"):
            with self.subTest(text):
                self.assertIsNone(seconds(text))


class Lists(unittest.TestCase):
    def setUp(self) -> None:
        self.bans = Bans()

    def put(self, mask: str, until: int = 0) -> None:
        self.bans.put(Ban(mask, "spam", "eve", 0, until))

    def test_addresses_are_found_without_a_name(self) -> None:
        self.put("192.0.2.0/24")
        self.put("ann!*@*")
        found = self.bans.of_address("192.0.2.7", 5)
        assert found
        self.assertEqual(found.mask, "192.0.2.0/24")
        self.assertIsNone(self.bans.of_address("192.0.3.7", 5))
        self.assertIsNone(self.bans.of_address("no address", 5))

    def test_a_ban_ends_at_its_time(self) -> None:
        self.put("192.0.2.7", until=1000)
        self.put("~account:anna", until=2000)
        self.assertIsNotNone(self.bans.of_address("192.0.2.7", 999))
        self.assertIsNone(self.bans.of_address("192.0.2.7", 1000))
        self.assertIsNotNone(self.bans.of(ANN, 1999))
        self.assertIsNone(self.bans.of(ANN, 2000))

    def test_the_same_mask_in_other_letters_is_the_same_ban(self) -> None:
        self.put("Ann!*@*", until=1000)
        self.put("ann!*@*")
        self.assertEqual([ban.until for ban in self.bans], [0])
        self.assertIsNotNone(self.bans.remove("ANN!*@*"))
        self.assertEqual(list(self.bans), [])
        self.assertIsNone(self.bans.remove("ann!*@*"))


if __name__ == "__main__":
    unittest.main()
