"""Passwords become keys, and only the correct password matches."""

from __future__ import annotations

import unittest

from chatapp.protocol.credentials import FEWEST_ROUNDS, ROUNDS, Credentials, InvalidPassword, prepare

SALT = bytes(range(16))


class Preparing(unittest.TestCase):
    def test_a_password_has_one_form(self) -> None:
        """Source: RFC 4013 section 3 for the first five."""
        for typed, prepared in (
            ("I\u00adX", "IX"),
            ("user", "user"),
            ("USER", "USER"),
            ("\u00aa", "a"),
            ("\u2168", "IX"),
            ("pass word", "pass word"),
            ("pass\u00a0word\u3000", "pass word "),
            ("e\u0301", "é"),
            ("é", "é"),
            ("ﬁsh", "fish"),
            ("a\u200bb\u200dc\ufe0f", "abc"),
            ("😀", "😀"),
            ("\u0645\u0631\u062d\u0628\u0627", "\u0645\u0631\u062d\u0628\u0627"),
            ("\u06271\u0628", "\u06271\u0628"),
        ):
            with self.subTest(typed):
                self.assertEqual(prepare(typed), prepared)
                self.assertEqual(prepare(prepared), prepared)

    def test_characters_that_cannot_be_typed_everywhere_are_refused(self) -> None:
        """Source: RFC 4013 section 3 for the first two; the others are one for each prohibited table."""
        for typed in (
            "\x07",
            "\u06271",
            "",
            "\u00ad",
            "a\nb",
            "a\x7f",
            "a\u0085",
            "a\u2028",
            "a\ue000",
            "a\ufdd0",
            "a\ud800",
            "a\ufffd",
            "a\u2ff0",
            "a\u202e",
            "a\U000e0041",
            "a\u0628b",
            "1\u0628",
        ):
            with self.subTest(typed), self.assertRaises(InvalidPassword):
                prepare(typed)


class Keys(unittest.TestCase):
    STORED = (
        "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY="
        ":wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="
    )

    def test_the_password_of_the_specification_has_known_keys(self) -> None:
        """Source: RFC 7677 section 3, whose exchange uses these keys."""
        stored = Credentials.parse(self.STORED)
        self.assertEqual(stored, Credentials.make("pencil", stored.salt, 4096))
        self.assertEqual(stored.stored(), self.STORED)

    def test_only_the_correct_password_matches(self) -> None:
        stored = Credentials.make("pass wörd", SALT, FEWEST_ROUNDS)
        for typed, fits in (
            ("pass wörd", True),
            ("pass wo\u0308rd", True),
            ("pass\u00a0wörd", True),
            ("Pass wörd", False),
            ("pass wörd ", False),
            ("", False),
            ("\x07", False),
        ):
            with self.subTest(typed):
                self.assertEqual(stored.matches(typed), fits)

    def test_new_credentials_take_at_least_100_000_rounds(self) -> None:
        self.assertGreaterEqual(ROUNDS, 100_000)
        stored = Credentials.make("x", SALT)
        self.assertEqual(stored.iterations, ROUNDS)
        self.assertTrue(Credentials.parse(stored.stored()).matches("x"))

    def test_equal_passwords_have_different_keys(self) -> None:
        one, other = (Credentials.make("x", salt, FEWEST_ROUNDS) for salt in (SALT, SALT[::-1]))
        self.assertNotEqual(one.stored_key, other.stored_key)
        self.assertNotEqual(one.server_key, other.server_key)
        self.assertNotEqual(one.stored_key, one.server_key)

    def test_credentials_contain_no_password_and_are_not_shown(self) -> None:
        stored = Credentials.make("pencil", SALT, FEWEST_ROUNDS)
        self.assertNotIn("pencil", stored.stored())
        self.assertEqual((repr(stored), str(stored)), ("<Credentials>", "<Credentials>"))

    def test_an_invalid_stored_form_is_refused(self) -> None:
        head, salt, stored, server = "SCRAM-SHA-256", "AAAA", "A" * 43 + "=", "B" * 43 + "="
        self.assertEqual(Credentials.parse(f"{head}$4096:{salt}${stored}:{server}").iterations, 4096)
        for text in (
            "",
            "pencil",
            f"SCRAM-SHA-1$4096:{salt}${stored}:{server}",
            f"{head}$4095:{salt}${stored}:{server}",
            f"{head}$0:{salt}${stored}:{server}",
            f"{head}$-4096:{salt}${stored}:{server}",
            f"{head}$4096 :{salt}${stored}:{server}",
            f"{head}$99999999999:{salt}${stored}:{server}",
            f"{head}$\u0664096:{salt}${stored}:{server}",
            f"{head}$4096:${stored}:{server}",
            f"{head}$4096:AAA${stored}:{server}",
            f"{head}$4096:{salt}${stored[1:]}:{server}",
            f"{head}$4096:{salt}${stored}:{server[1:]}",
            f"{head}$4096:{salt}${stored}",
            f"{head}$4096:{salt}${stored}:{server}\n",
            f" {head}$4096:{salt}${stored}:{server}",
        ):
            with self.subTest(text), self.assertRaises(ValueError):
                Credentials.parse(text)


class Decoys(unittest.TestCase):
    def test_a_name_without_an_account_always_has_the_same_salt_and_no_password(self) -> None:
        one, again = Credentials.decoy("ann", b"secret"), Credentials.decoy("ann", b"secret")
        self.assertEqual(one, again)
        self.assertEqual((len(one.salt), one.iterations), (16, ROUNDS))
        self.assertEqual(Credentials.parse(one.stored()), one)
        self.assertFalse(one.matches("ann"))
        for other in (Credentials.decoy("ben", b"secret"), Credentials.decoy("ann", b"other")):
            self.assertNotEqual(one.salt, other.salt)
            self.assertNotEqual(one.stored_key, other.stored_key)


if __name__ == "__main__":
    unittest.main()
