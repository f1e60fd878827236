"""The tables of which names of styles are made."""

from __future__ import annotations

import unittest
from dataclasses import fields

from chatapp.gui.theme.palette import DARK, TEXT_ON, Palette
from chatapp.gui.theme.style_tables import BARS, BUTTONS, LABELS, SURFACES
from chatapp.gui.theme.theme import FONTS


class StyleTablesTest(unittest.TestCase):
    def test_every_colour_is_a_role_and_every_font_exists(self) -> None:
        roles = {field.name for field in fields(Palette)}
        self.assertLessEqual(set(SURFACES.values()), roles)
        self.assertLessEqual({colour for colour, _ in LABELS.values()}, set(TEXT_ON))
        self.assertLessEqual({look.colour for look in BUTTONS.values()}, set(TEXT_ON))
        self.assertLessEqual(
            {font for _, font in LABELS.values()} | {b.font for b in BUTTONS.values()}, set(FONTS)
        )

    def test_a_bar_has_the_colour_of_the_labels_in_it(self) -> None:
        for name, (fill, _) in BARS.items():
            with self.subTest(name):
                self.assertEqual(fill, SURFACES[name])
                self.assertTrue(DARK.role(fill))

    def test_names_can_be_joined(self) -> None:
        for name in (*SURFACES, *LABELS, *BUTTONS, *BARS):
            self.assertTrue(name == "" or name.endswith("."), name)
