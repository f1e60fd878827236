"""The pressed key on different keyboard layouts and systems."""

from __future__ import annotations

import unittest

from chatapp.gui.widgets.key_codes import pressed
from tests.gui.widgets.key_events import CAPS, CONTROL, MOD1, SHIFT, key_event


class PressedTest(unittest.TestCase):
    def test_a_latin_letter_counts_at_any_position(self) -> None:
        for layout, keysym, keycode, found in (
            ("US", "k", 45, "k"),
            ("French: a stands where the US has q", "a", 24, "a"),
            ("Dvorak: k stands where the US has v", "k", 55, "k"),
            ("Dvorak: a period where the US has e", "period", 26, "period"),
        ):
            with self.subTest(layout):
                self.assertEqual(pressed(key_event(keysym, keycode), "linux"), found)

    def test_without_latin_letters_the_position_of_the_key_counts(self) -> None:
        for layout, keysym, keycode, found in (
            ("Russian", "Cyrillic_el", 45, "k"),
            ("Greek", "Greek_kappa", 45, "k"),
            ("Hebrew", "hebrew_lamed", 45, "k"),
            ("Arabic", "Arabic_noon", 45, "k"),
            ("Thai", "Thai_saraaa", 45, "k"),
            ("Hindi", "U0915", 45, "k"),
            ("a key that Tk has no name for", "??", 45, "k"),
            ("Russian", "period", 61, "slash"),
            ("Arabic", "Arabic_zah", 61, "slash"),
        ):
            with self.subTest(layout):
                self.assertEqual(pressed(key_event(keysym, keycode), "linux"), found)

    def test_digits_go_by_the_position_of_the_key(self) -> None:
        for layout, keysym, state, found in (
            ("US", "1", CONTROL, "1"),
            ("French", "ampersand", CONTROL, "1"),
            ("French with Shift", "1", CONTROL | SHIFT, "1"),
            ("Czech", "plus", CONTROL, "1"),
            ("Arabic", "Arabic_1", CONTROL, "1"),
            ("US with Shift writes a character", "exclam", CONTROL | SHIFT, "exclam"),
        ):
            with self.subTest(layout):
                self.assertEqual(pressed(key_event(keysym, 10, state), "linux"), found)

    def test_caps_lock_changes_nothing_and_shift_is_part_of_the_name(self) -> None:
        self.assertEqual(pressed(key_event("K", 45, CONTROL | CAPS), "linux"), "k")
        self.assertEqual(pressed(key_event("K", 45, CONTROL | SHIFT), "linux"), "Shift-k")
        self.assertEqual(pressed(key_event("Up", 111, CONTROL | SHIFT), "linux"), "Shift-Up")
        self.assertEqual(pressed(key_event("Cyrillic_EL", 45, CONTROL | CAPS), "linux"), "k")
        self.assertEqual(pressed(key_event("Cyrillic_YA", 52, CONTROL | SHIFT), "linux"), "Shift-z")

    def test_punctuation_keeps_its_names(self) -> None:
        for keysym, keycode in (("plus", 21), ("equal", 21), ("minus", 20), ("slash", 61), ("KP_Add", 86)):
            with self.subTest(keysym):
                self.assertEqual(pressed(key_event(keysym, keycode), "linux"), keysym)

    def test_with_alt_the_key_is_not_a_shortcut(self) -> None:
        self.assertEqual(pressed(key_event("k", 45, CONTROL | MOD1), "linux"), "")
        self.assertEqual(pressed(key_event("at", 0x51, CONTROL | 0x20000), "win32"), "")

    def test_windows_and_macos_have_their_own_codes(self) -> None:
        for system, keycode, state, found in (
            ("win32", ord("K"), CONTROL, "k"),
            ("win32", ord("1"), CONTROL, "1"),
            ("win32", 0xBF, CONTROL, "slash"),
            ("darwin", 40 << 24 | 0x43B, MOD1, "k"),
            ("darwin", 18 << 24 | ord("&"), MOD1, "1"),
        ):
            with self.subTest(system, keycode=keycode):
                self.assertEqual(pressed(key_event("Cyrillic_el", keycode, state), system), found)
