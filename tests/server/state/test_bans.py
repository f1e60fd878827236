"""Bans: which users they match, and how long they last."""

from __future__ import annotations

import unittest
from unittest.mock import patch

from chatapp.server.state import bans
from chatapp.server.state.bans import Ban, BanMask, Bans, BanSubject, full_mask, parse_duration

ANN = BanSubject("192.0.2.7", "ann", "a", "f00.people", "Anna")
BOB = BanSubject("2001:db8::5", "bob", "b", "ba7.people", "")


class Masks(unittest.TestCase):
    def test_typed_text_becomes_a_full_mask(self) -> None:
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

    def test_other_texts_and_masks_that_match_everyone_are_refused(self) -> None:
        for typed in ("", "*", "*!*@*", "?*", "~account:*", "~account:", "~m:ann", "~x:ann", "a b"):
            with self.subTest(typed):
                self.assertEqual(full_mask(typed), "")

    def test_a_mask_matches_addresses_accounts_and_sources(self) -> None:
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
                parsed = BanMask(mask)
                self.assertEqual((parsed.matches(ANN), parsed.matches(BOB)), expected)
                listed = Bans()
                listed.add(Ban(mask, "spam", "eve", 0, 0))
                found = [listed.find(each, 5) is not None for each in (ANN, BOB)]
                self.assertEqual(tuple(found), expected, "in a list of bans")


class Durations(unittest.TestCase):
    def test_units_add_up_and_a_number_alone_is_minutes(self) -> None:
        cases = {
            "90": 5400, "30s": 30, "5m": 300, "12h": 43_200, "7d": 604_800, "2w": 1_209_600,
            "1d12h": 129_600, "0": 0,
        }  # fmt: skip
        for text, expected in cases.items():
            with self.subTest(text):
                self.assertEqual(parse_duration(text), expected)

    def test_anything_else_is_not_a_duration(self) -> None:
        for text in ("", "h", "1x", "-5", "1.5h", "ann", "192.0.2.7", "1234567", "٣"):
            with self.subTest(text):
                self.assertIsNone(parse_duration(text))


class Lists(unittest.TestCase):
    def setUp(self) -> None:
        self.bans = Bans()

    def add(self, mask: str, until: int = 0) -> None:
        self.bans.add(Ban(mask, "spam", "eve", 0, until))

    def test_the_ban_of_an_address_is_found_before_a_nick_is_known(self) -> None:
        self.add("192.0.2.0/24")
        self.add("ann!*@*")
        found = self.bans.find_for_address("192.0.2.7", 5)
        assert found
        self.assertEqual(found.mask, "192.0.2.0/24")
        self.assertIsNone(self.bans.find_for_address("192.0.3.7", 5))
        self.assertIsNone(self.bans.find_for_address("no address", 5))

    def test_networks_of_all_sizes_are_found(self) -> None:
        masks = ("192.0.2.7", "192.0.2.0/24", "192.0.0.0/8", "2001:db8::5", "2001:db8::/32", "0::/1")
        for mask in masks:
            with self.subTest(mask):
                self.add(mask)
                subject = ANN if "." in mask else BOB
                other = BOB if subject is ANN else ANN
                found = self.bans.find_for_address(subject.address, 5)
                self.assertEqual(found and found.mask, mask)
                self.assertIsNone(self.bans.find_for_address(other.address, 5))
                self.bans.remove(mask)
                self.assertIsNone(self.bans.find_for_address(subject.address, 5))

    def test_an_ended_ban_does_not_hide_another_one(self) -> None:
        self.add("192.0.2.7", until=1000)
        self.add("192.0.2.0/24")
        for found in (self.bans.find_for_address("192.0.2.7", 2000), self.bans.find(ANN, 2000)):
            self.assertEqual(found and found.mask, "192.0.2.0/24")

    def test_the_network_is_not_read_again_for_each_new_connection(self) -> None:
        for number in range(100):
            self.add(f"198.51.100.{number}")
            self.add(f"nick{number}!*@*")
        with (
            patch.object(bans, "parse_network", side_effect=AssertionError),
            patch.object(bans, "UserMask", side_effect=AssertionError),
        ):
            self.assertIsNone(self.bans.find(ANN, 5))
            self.assertIsNone(self.bans.find_for_address("192.0.2.7", 5))

    def test_a_ban_expires(self) -> None:
        self.add("192.0.2.7", until=1000)
        self.add("~account:anna", until=2000)
        self.assertIsNotNone(self.bans.find_for_address("192.0.2.7", 999))
        self.assertIsNone(self.bans.find_for_address("192.0.2.7", 1000))
        self.assertIsNotNone(self.bans.find(ANN, 1999))
        self.assertIsNone(self.bans.find(ANN, 2000))

    def test_the_case_of_a_mask_does_not_matter(self) -> None:
        self.add("Ann!*@*", until=1000)
        self.add("ann!*@*")
        self.assertEqual([ban.until for ban in self.bans], [0])
        self.assertIsNotNone(self.bans.remove("ANN!*@*"))
        self.assertEqual(list(self.bans), [])
        self.assertIsNone(self.bans.remove("ann!*@*"))


if __name__ == "__main__":
    unittest.main()
