"""Names that look alike have a key in common, other names have none."""

from __future__ import annotations

import unittest

from chatapp.protocol.confusables import keys


class Keys(unittest.TestCase):
    def test_names_that_look_alike(self) -> None:
        for one, other in (
            ("Anna Smith", "anna_smith"),
            ("Anna Smith", "  ANNA-SMITH. "),
            ("Anna", "Аnnа"),  # Cyrillic А and а
            ("Anna", "Αnna"),  # Greek Α
            ("Tom", "Том"),
            ("BOB", "ВОВ"),
            ("bob", "b0b"),
            ("Alan", "AIan"),
            ("Bill", "Bi11"),
            ("vin", "νin"),  # Greek ν
            ("NIN", "ΝΙΝ"),
            ("Arnold", "Amold"),
            ("William", "VVilliam"),
            ("Anna", "Ａｎｎａ"),
            ("Anna", "𝐀𝓷𝕟𝒶"),
            ("Anna", "🅰🅽🅽🅰"),
            ("Anna", "🇦🇳🇳🇦"),
            ("Anna", "ᴀɴɴᴀ"),
            ("Anna", "An\u200bna"),
            ("Anna", "An\u202ena"),
            ("José", "Jose\u0301"),
            ("Ёлка", "Е\u0308лка"),
            ("Straße", "STRASSE"),
            ("Bot10", "Bot١٠"),
            ("ꓐꓳꓐ", "Bob"),
            ("...", "…"),
        ):
            with self.subTest(one=one, other=other):
                self.assertFalse(keys(one).isdisjoint(keys(other)), (keys(one), keys(other)))

    def test_names_that_differ_visibly(self) -> None:
        for one, other in (
            ("Anna", "Ana"),
            ("Kai", "Kal"),
            ("Tom1", "Tom2"),
            ("José", "Jose"),
            ("Анна", "Инна"),
            ("Δημήτρης", "Δημητρα"),
            ("李", "林"),
            ("Anna 🙂", "Anna"),
            ("🙂", "🙃"),
            ("!", "?"),
        ):
            with self.subTest(one=one, other=other):
                self.assertTrue(keys(one).isdisjoint(keys(other)), (keys(one), keys(other)))

    def test_ascii_names_have_the_keys_that_other_names_would_have(self) -> None:
        for code in range(32, 127):
            with self.subTest(chr(code)):
                self.assertEqual(keys(f"a{chr(code)}a"), keys(f"а{chr(code)}a"))

    def test_every_name_has_a_key_that_is_not_empty(self) -> None:
        for name in ("a", "-", "…", "🙂", "\u200b", " "):
            with self.subTest(name):
                self.assertTrue(keys(name))
                self.assertNotIn("", keys(name))
