"""Avatars: what they show, and how long they are kept."""

from __future__ import annotations

import tkinter as tk

from chatapp.client.text.nick_colours import nick_colour
from chatapp.gui.theme.avatars import Presence, letters_for
from chatapp.gui.theme.image_cache import KEPT
from chatapp.gui.theme.palette import DARK
from tests.gui.base import WindowTest


class AvatarTest(WindowTest):
    NEW_ROOT = True  # they count its images

    def colour(self, image: tk.PhotoImage, x: float, y: float) -> str:
        """Return the colour of a pixel; x and y from 0 to 1. "" where it is transparent."""
        at = int(x * image.width()), int(y * image.height())
        if image.transparency_get(*at):
            return ""
        red, green, blue = image.get(*at)
        return f"#{red:02x}{green:02x}{blue:02x}"

    def colours(self, image: tk.PhotoImage) -> set[str]:
        steps = [step / image.width() for step in range(image.width())]
        return {self.colour(image, x, y) for x in steps for y in steps}

    def count(self) -> int:
        return len(self.root.image_names())

    def test_an_avatar_is_a_disc_in_the_colour_of_the_nick_with_initials(self) -> None:
        image = self.theme.avatar("Chen Li", 28, key="chen_li")
        self.assertEqual(image.width(), self.theme.px(28))
        self.assertEqual(self.colour(image, 0, 0), "")
        self.assertEqual(self.colour(image, 0.5, 0.05), DARK.nick(nick_colour("chen_li")))
        self.assertEqual(letters_for("Chen Li", 28), "CL")
        self.assertIn(DARK.avatar_ink, self.colours(image))

    def test_a_small_avatar_has_one_letter(self) -> None:
        self.assertEqual([letters_for("Chen Li", size) for size in (16, 20, 24)], ["C"] * 3)

    def test_a_name_that_cannot_be_drawn_gets_head_and_shoulders(self) -> None:
        image = self.theme.avatar("李雷", 24)
        self.assertEqual(self.colour(image, 0.5, 0.4), DARK.avatar_ink)
        self.assertEqual(self.colour(image, 0.5, 0.85), DARK.avatar_ink)
        self.assertEqual(self.colour(image, 0.05, 0.95), "")

    def test_presence_is_a_sign_parted_by_the_colour_of_the_surface(self) -> None:
        at = (13.4 / 16, 13.4 / 16)
        looks: list[tuple[Presence, str]] = [
            ("online", DARK.ok),
            ("away", DARK.sidebar),
            ("offline", DARK.sidebar),
        ]
        for presence, middle in looks:
            for size in (20, 24, 28, 32, 40, 64):
                image = self.theme.avatar("Ann", size, presence=presence, surface="sidebar")
                with self.subTest(presence=presence, size=size):
                    self.assertEqual(self.colour(image, *at), middle)
                    self.assertIn(DARK.sidebar, self.colours(image))
        self.assertIn(DARK.warn, self.colours(self.theme.avatar("Ann", 64, presence="away")))
        self.assertNotIn(DARK.warn, self.colours(self.theme.avatar("Ann", 64)))

    def test_a_server_has_a_tile_with_round_corners(self) -> None:
        image = self.theme.tile("Room 12", 36)
        self.assertEqual(self.colour(image, 0, 0), "")
        self.assertNotEqual(self.colour(image, 0.02, 0.5), "")
        self.assertIn(DARK.avatar_ink, self.colours(image))

    def test_the_same_avatar_is_one_image_and_another_theme_has_another(self) -> None:
        first = self.theme.avatar("Ann", 28)
        self.assertIs(self.theme.avatar("Ann", 28), first)
        self.theme.use("light")
        self.assertIsNot(self.theme.avatar("Ann", 28), first)

    def test_many_different_nicks_do_not_fill_the_memory(self) -> None:
        for number in range(3000):
            letters = chr(65 + number % 26) + " " + chr(65 + number // 26 % 26)
            self.theme.avatar(letters, 28, key=str(number))
            if number % 100 == 0:
                self.settle()
        self.settle()
        self.assertLess(self.count(), KEPT + 300)

    def test_an_avatar_on_screen_stays_when_thousands_of_others_follow(self) -> None:
        label = tk.Label(self.root, image=self.theme.avatar("Ann B", 28))
        label.pack()
        shown = str(label.cget("image"))
        for number in range(2000):
            letters = chr(65 + number % 26) + " " + chr(65 + number // 26 % 26)
            self.theme.avatar(letters, 28, key=str(number))
        self.settle()
        self.assertIn(shown, self.root.image_names())
        self.assertEqual(self.theme.avatar("Ann B", 28).name, shown)

    def test_images_made_in_one_turn_are_kept_until_that_turn_ends(self) -> None:
        text = tk.Text(self.root)
        names = [self.theme.avatar(f"{chr(65 + n % 26)} {chr(65 + n // 26)}", 28).name for n in range(650)]
        for name in names:
            text.image_create("end", image=name)
        self.settle()
        self.assertLessEqual(set(names), set(self.root.image_names()))
