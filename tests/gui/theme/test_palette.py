"""Every text is readable on every surface on which it appears."""

from __future__ import annotations

import re
import unittest
from dataclasses import fields

from chatapp.gui.theme.palette import (
    CONTRAST,
    CONTRAST_MINIMUM,
    DARK,
    LIGHT,
    PALETTES,
    SHAPE_CONTRAST_MINIMUM,
    SHAPES_ON,
    SURFACES,
    TEXT_ON,
    Palette,
    contrast,
    readable,
    readable_role,
)


def roles() -> list[str]:
    """Return the names of all single colours of a palette."""
    return [field.name for field in fields(Palette) if field.name not in ("name", "nicks")]


def colours(palette: Palette, role: str) -> tuple[str, ...]:
    """Return the colour of a role; of the role "nicks", all sixteen."""
    return palette.nicks if role == "nicks" else (palette.role(role),)


def pairs(palette: Palette, table: dict[str, tuple[str, ...]]) -> list[tuple[str, str, float]]:
    """Return (role, surface, lowest contrast) of all pairs of a table."""
    return [
        (
            role,
            name,
            min(contrast(one, two) for one in colours(palette, role) for two in colours(palette, name)),
        )
        for role, surfaces in table.items()
        for name in surfaces
    ]


class PaletteTest(unittest.TestCase):
    def test_text_has_a_contrast_of_4_5_on_every_surface(self) -> None:
        for palette in PALETTES.values():
            for role, surface, ratio in pairs(palette, TEXT_ON):
                with self.subTest(theme=palette.name, text=role, on=surface):
                    self.assertGreaterEqual(ratio, CONTRAST_MINIMUM)

    def test_the_high_contrast_theme_reaches_7(self) -> None:
        for role, surface, ratio in pairs(CONTRAST, TEXT_ON):
            with self.subTest(text=role, on=surface):
                self.assertGreaterEqual(ratio, 7)

    def test_lines_icons_and_filled_controls_have_a_contrast_of_3(self) -> None:
        """WCAG 2.1, 1.4.11: parts of the interface need 3:1."""
        for palette in PALETTES.values():
            for role, surface, ratio in pairs(palette, SHAPES_ON):
                with self.subTest(theme=palette.name, shape=role, on=surface):
                    self.assertGreaterEqual(ratio, SHAPE_CONTRAST_MINIMUM)

    def test_boxes_in_a_message_are_told_from_it_while_the_pointer_is_on_it(self) -> None:
        for palette in PALETTES.values():
            for role in ("chip", "chip_mine", "code", "codehead"):
                with self.subTest(theme=palette.name, box=role):
                    self.assertGreater(contrast(palette.role(role), palette.hover), 1.05)

    def test_the_focus_ring_has_no_colour_that_marks_something_else(self) -> None:
        for palette in PALETTES.values():
            marks = {palette.hit_now, palette.mention_bar, palette.badge, palette.select, palette.owner}
            with self.subTest(palette.name):
                self.assertNotIn(palette.accent, marks | {palette.border, palette.link})

    def test_text_that_would_be_too_weak_on_a_surface_takes_a_stronger_role_there(self) -> None:
        for role, surface, instead in (
            ("faint", "mention", "muted"),
            ("faint", "side_hover", "muted"),
            ("faint", "hit", "text"),
            ("nicks", "select", "text"),
            ("danger", "select", "text"),
            ("faint", "pane", "faint"),
            ("nicks", "mention", "nicks"),
        ):
            with self.subTest(text=role, on=surface):
                self.assertEqual(readable_role(role, surface), instead)

    def test_every_text_role_has_a_readable_form_on_every_surface(self) -> None:
        for role in ("text", "muted", "faint", "link", "danger", "ok", "warn", "owner", "nicks"):
            for surface in SURFACES:
                with self.subTest(text=role, on=surface):
                    self.assertIn(surface, TEXT_ON[readable_role(role, surface)])

    def test_every_colour_is_six_hexadecimal_digits_and_there_are_sixteen_nicks(self) -> None:
        for palette in PALETTES.values():
            self.assertEqual(len(set(palette.nicks)), 16)
            for colour in (*palette.nicks, *(palette.role(role) for role in roles())):
                self.assertRegex(colour, re.compile(r"^#[0-9a-f]{6}$"))

    def test_contrast_ranges_from_1_to_21(self) -> None:
        self.assertAlmostEqual(contrast("#ffffff", "#000000"), 21)
        self.assertAlmostEqual(contrast("#123456", "#123456"), 1)
        self.assertEqual(contrast("#123456", "#eeeeee"), contrast("#eeeeee", "#123456"))


class ReadableTest(unittest.TestCase):
    def test_a_readable_colour_does_not_change(self) -> None:
        self.assertEqual(readable("#ffff00", DARK.pane), "#ffff00")

    def test_dark_blue_becomes_a_lighter_blue_on_dark(self) -> None:
        shade = readable("#00007f", DARK.pane)
        self.assertGreaterEqual(contrast(shade, DARK.pane), CONTRAST_MINIMUM)
        self.assertEqual(max(shade[1:3], shade[3:5], shade[5:7]), shade[5:7])

    def test_all_sixteen_colours_of_irc_are_readable_on_every_surface(self) -> None:
        mirc = "ffffff 000000 00007f 009300 ff0000 7f0000 9c009c fc7f00 ffff00 00fc00 009393 00ffff 0000fc"
        for colour in [f"#{digits}" for digits in (mirc + " ff00ff 7f7f7f d2d2d2").split()]:
            for palette in (DARK, LIGHT):
                for surface in (palette.pane, palette.mention, "#7f7f7f"):
                    with self.subTest(colour=colour, surface=surface):
                        self.assertGreaterEqual(contrast(readable(colour, surface), surface), 4.5)
