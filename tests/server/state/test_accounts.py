"""Accounts: names, identities, authorship and passwords."""

from __future__ import annotations

import unittest
from dataclasses import replace

from chatapp.server.state.accounts import (
    Account,
    BadPassword,
    check_password,
    is_account_name,
    name_of_identity,
)

ANN = Account("Ann", "hash", "member", "", created=1000, number=255)
OLD = replace(ANN, number=0)


class Identities(unittest.TestCase):
    def test_an_identity_distinguishes_an_account_from_an_earlier_one_of_its_name(self) -> None:
        self.assertEqual((OLD.identity, ANN.identity), ("=ann", "=ann.ff"))

    def test_the_name_can_be_read_from_an_identity(self) -> None:
        for identity, name in (("=ann", "ann"), ("=ann.ff", "ann"), ("!17", ""), ("", "")):
            with self.subTest(identity):
                self.assertEqual(name_of_identity(identity), name)

    def test_the_hash_of_the_password_is_not_shown(self) -> None:
        self.assertNotIn("hash", repr(ANN))


class Authors(unittest.TestCase):
    def test_an_account_with_a_number_is_the_author_of_messages_with_this_number(self) -> None:
        self.assertTrue(ANN.is_author(255, "Ann", 2000))
        self.assertFalse(ANN.is_author(254, "Ann", 2000))

    def test_an_account_without_a_number_is_the_author_of_messages_since_it_exists(self) -> None:
        self.assertTrue(OLD.is_author(0, "ANN", 1000))
        self.assertFalse(OLD.is_author(0, "Ann", 999))
        self.assertFalse(OLD.is_author(0, "bob", 2000))


class Names(unittest.TestCase):
    def test_an_account_has_a_name_like_a_nick_but_not_that_of_a_service(self) -> None:
        for name, expected in (
            ("ann", True), ("Ann-2", True), ("", False), ("2ann", False), ("a b", False),
            ("annabella", False),            ("NickServ", False), ("chanserv", False),
        ):  # fmt: skip
            with self.subTest(name):
                self.assertIs(is_account_name(name, 8), expected)


class Passwords(unittest.TestCase):
    def test_a_good_password_is_accepted(self) -> None:
        check_password("sesame", 10, 4)

    def test_a_long_password_is_measured_in_bytes(self) -> None:
        check_password("ü" * 5, 10, 4)
        with self.assertRaisesRegex(BadPassword, "at most 10 bytes") as caught:
            check_password("ü" * 6, 10, 4)
        self.assertFalse(caught.exception.is_weak)

    def test_a_short_password_is_weak_and_measured_in_characters(self) -> None:
        with self.assertRaisesRegex(BadPassword, "at least 4 characters") as caught:
            check_password("üüü", 10, 4)
        self.assertTrue(caught.exception.is_weak)

    def test_a_control_character_is_refused(self) -> None:
        with self.assertRaises(BadPassword) as caught:
            check_password("ses\x00ame", 10, 4)
        self.assertFalse(caught.exception.is_weak)
