"""The frame of the first dialog."""

from __future__ import annotations

from tkinter import ttk
from unittest import mock

from chatapp.gui.dialogs.connect_frame import HEIGHT, WIDTH, ConnectFrame
from tests.gui.base import WindowTest


class ConnectFrameTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.frame = ConnectFrame(self.root, self.theme, "Chatapp", print, print, print)
        self.frame.show_titles("Welcome", "Type a name.")
        self.frame.show_deed("Join Room 12")
        self.frame.show_links("", print, has_settings=True)
        self.page = ttk.Frame(self.frame.column, height=10, width=10)
        self.page.grid(row=1)
        self.frame.fit()
        self.frame.open(self.frame.deed)
        self.settle()

    def test_it_is_as_large_as_designed_although_its_page_is_small(self) -> None:
        size = self.frame.winfo_reqwidth(), self.frame.winfo_reqheight()
        self.assertEqual(size, (self.theme.px(WIDTH), self.theme.px(HEIGHT)))

    def test_it_grows_with_its_page(self) -> None:
        self.page.configure(height=self.theme.px(450))
        self.frame.fit()
        self.assertGreater(self.frame.winfo_reqheight(), self.theme.px(HEIGHT))

    def test_on_a_low_screen_the_page_scrolls_and_the_button_stays_in_sight(self) -> None:
        self.page.configure(height=self.theme.px(2000))
        with mock.patch.object(self.frame, "winfo_screenheight", return_value=self.theme.px(600)):
            self.frame.fit()
        self.settle()
        self.assertLess(self.frame.winfo_height(), self.theme.px(600))
        bottom = self.frame.deed.winfo_rooty() + self.frame.deed.winfo_height()
        self.assertLess(bottom, self.frame.winfo_rooty() + self.frame.winfo_height())
        self.assertTrue(self.frame.settings_link.winfo_ismapped())

    def test_a_long_name_does_not_widen_the_button(self) -> None:
        self.frame.show_deed("Join " + "a very long name " * 20)
        self.settle()
        self.assertEqual(self.frame.winfo_reqwidth(), self.theme.px(WIDTH))
        self.assertTrue(str(self.frame.deed.cget("text")).endswith("…"))

    def test_a_panel_takes_the_place_of_everything(self) -> None:
        panel = ttk.Frame(self.frame.over)
        self.frame.show_over(panel)
        self.settle()
        self.assertTrue(panel.winfo_ismapped())
        self.assertFalse(self.frame.deed.winfo_ismapped() or self.page.winfo_ismapped())
        self.frame.show_over(None)
        self.settle()
        self.assertTrue(self.frame.deed.winfo_ismapped() and self.page.winfo_ismapped())
        self.assertFalse(panel.winfo_ismapped())

    def test_links_are_shown_where_there_are_some(self) -> None:
        for back, has_settings in (("Back", True), ("", True), ("Back", False)):
            with self.subTest(back=back, has_settings=has_settings):
                self.frame.show_links(back, print, has_settings)
                self.settle()
                shown = (
                    bool(self.frame.back.winfo_ismapped()),
                    bool(self.frame.settings_link.winfo_ismapped()),
                )
                self.assertEqual(shown, (bool(back), has_settings))
