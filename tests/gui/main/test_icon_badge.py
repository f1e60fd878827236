"""The icon of the window and its badge."""

from __future__ import annotations

import tkinter as tk
from unittest import mock

from chatapp.gui.main.icon_badge import IconBadge
from tests.gui.base import WindowTest


class IconBadgeTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.set: list[tk.PhotoImage] = []
        patched = mock.patch.object(self.root, "iconphoto", lambda default, image: self.set.append(image))
        patched.start()
        self.addCleanup(patched.stop)

    def test_it_shows_a_number_of_one_digit_or_9_plus(self) -> None:
        badge = IconBadge(self.root, self.theme)
        for count, text in ((0, ""), (1, "1"), (9, "9"), (10, "9+"), (400, "9+")):
            with self.subTest(count):
                badge.show(count)
                self.assertEqual(badge.text, text)

    def test_an_icon_is_set_only_when_it_is_another_one(self) -> None:
        badge = IconBadge(self.root, self.theme)
        for count in (0, 1, 1, 0, 1):
            badge.show(count)
        plain, one, *again = self.set
        self.assertEqual(again, [plain, one])
        corner = int(plain.width() * 10.9 / 16), int(plain.height() * 14 / 16)
        self.assertEqual(one.get(*corner), (0xD9, 0x2D, 0x3A))
        self.assertNotEqual(plain.get(*corner), one.get(*corner))
