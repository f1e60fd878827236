"""A QR code over the whole screen."""

from __future__ import annotations

import unittest

from chatapp.gui.widgets.code_screen import CodeScreen
from tests.gui.base import WindowTest

LINK = "ircs://192.168.1.20:5000/general?code=k7qx-29fm"


class Screen(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.screen = CodeScreen(self.root, self.theme, "Room 12", LINK)
        self.until(lambda: self.screen.picture.winfo_height() > self.theme.px(300))

    def test_the_code_is_as_large_as_the_screen_allows(self) -> None:
        height = self.screen.winfo_height()
        self.assertGreater(self.screen.picture.winfo_height(), height // 2)
        self.assertLess(self.screen.picture.winfo_height(), height)

    def test_an_invite_code_stands_below_it_in_large_letters(self) -> None:
        self.assertFalse(self.screen.invite_code.winfo_manager())
        screen = CodeScreen(self.root, self.theme, "Room 12", LINK, "k7qx-29fm")
        self.until(lambda: screen.picture.winfo_height() > self.theme.px(300))
        label = screen.invite_code
        self.assertEqual((str(label.cget("text")), str(label.cget("font"))), ("k7qx-29fm", "ChatTitle"))
        self.assertLessEqual(
            label.winfo_rooty() + label.winfo_height(), screen.winfo_rooty() + screen.winfo_height()
        )
        self.assertGreaterEqual(
            label.winfo_rooty(), screen.picture.winfo_rooty() + screen.picture.winfo_height()
        )

    def test_escape_and_a_click_close_it(self) -> None:
        for event in ("<Escape>", "<ButtonRelease-1>"):
            with self.subTest(event):
                screen = CodeScreen(self.root, self.theme, "Room 12", LINK)
                self.settle()
                self.press(screen, event)
                self.assertFalse(screen.winfo_exists())


if __name__ == "__main__":
    unittest.main()
