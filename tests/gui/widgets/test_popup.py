"""Cards beside what they belong to."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from chatapp.gui.widgets.keyboard_focus import RELEASE_FOCUS
from chatapp.gui.widgets.popup import Area, Popup
from tests.gui.base import WindowTest


class PopupTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.closed: list[str] = []
        self.released: list[str] = []
        self.typed: list[str] = []
        self.outside = ttk.Button(self.root, text="outside")
        self.outside.place(x=300, y=200)
        self.root.bind(RELEASE_FOCUS, lambda event: self.released.append("released"))
        self.root.bind("<Key>", lambda event: self.typed.append(event.keysym))
        self.settle()
        self.root.focus_force()
        self.popup = Popup(self.root, self.theme, lambda: self.closed.append("closed"))
        self.first, self.second = (ttk.Entry(self.popup.body) for _ in range(2))
        self.first.pack()
        self.second.pack()

    def open(self, beside: tk.Misc | Area | None = None, is_below: bool = False) -> None:
        self.popup.open(beside or self.outside, is_below=is_below)
        self.settle()

    def area(self) -> Area:
        return Area(
            self.popup.winfo_x(), self.popup.winfo_y(), self.popup.winfo_width(), self.popup.winfo_height()
        )

    def click(self, x: int, y: int) -> None:
        """Click at a place of the popup; with a grab, clicks elsewhere come to it too."""
        self.popup.event_generate("<Button-1>", x=x, y=y)
        self.settle()

    def test_it_opens_beside_its_anchor_with_the_focus_inside(self) -> None:
        self.open()
        self.assertIs(self.root.focus_get(), self.first)
        right = self.outside.winfo_x() + self.outside.winfo_width()
        self.assertGreaterEqual(self.area().x, right)
        self.assertEqual(self.area().y, self.outside.winfo_y())

    def test_it_stays_inside_the_window_wherever_its_anchor_is(self) -> None:
        x, y = self.root.winfo_rootx(), self.root.winfo_rooty()
        for left, top in ((0, 0), (790, 10), (790, 590), (5, 590), (400, 595)):
            for is_below in (False, True):
                self.open(Area(x + left, y + top, 10, 10), is_below)
                area = self.area()
                with self.subTest(left=left, top=top, is_below=is_below):
                    self.assertGreaterEqual(min(area.x, area.y), 0)
                    self.assertLessEqual(area.x + area.width, self.root.winfo_width())
                    self.assertLessEqual(area.y + area.height, self.root.winfo_height())

    def test_it_is_no_larger_than_the_window(self) -> None:
        ttk.Frame(self.popup.body, width=2000, height=2000).pack()
        self.open()
        self.assertLess(self.area().width, self.root.winfo_width())
        self.assertLess(self.area().height, self.root.winfo_height())

    def test_escape_closes_it_and_releases_the_focus(self) -> None:
        self.open()
        self.press(self.first, "<Escape>")
        self.assertEqual((self.closed, self.released), (["closed"], ["released"]))
        self.assertFalse(self.popup.winfo_exists())
        self.popup.close()
        self.assertEqual(self.closed, ["closed"])

    def test_the_focus_returns_to_where_it_was(self) -> None:
        self.focus(self.outside)
        self.open()
        self.press(self.first, "<Escape>")
        self.assertEqual((self.root.focus_get(), self.released), (self.outside, []))

    def test_a_click_elsewhere_is_reported(self) -> None:
        places: list[tuple[int, int]] = []
        popup = Popup(self.root, self.theme, on_outside=lambda x, y: places.append((x, y)))
        ttk.Entry(popup.body).pack()
        popup.open(self.outside)
        self.settle()
        popup.event_generate("<Button-1>", x=-5, y=-6, rootx=7, rooty=8)
        self.settle()
        self.assertEqual((places, popup.winfo_exists()), ([(7, 8)], 0))

    def test_a_click_elsewhere_closes_it_and_a_click_inside_does_not(self) -> None:
        self.open()
        self.click(3, 3)
        self.assertEqual(self.closed, [])
        self.click(-40, 3)
        self.assertEqual(self.closed, ["closed"])

    def test_it_closes_when_another_widget_gets_the_focus(self) -> None:
        self.open()
        self.focus(self.outside)
        self.assertEqual(self.closed, ["closed"])
        self.assertIs(self.root.focus_get(), self.outside)

    def test_tab_stays_inside(self) -> None:
        self.open()
        self.press(self.first, "<Tab>")
        self.assertIs(self.root.focus_get(), self.second)
        self.press(self.second, "<Tab>")
        self.assertIs(self.root.focus_get(), self.first)
        self.press(self.first, "<<PrevWindow>>")
        self.assertIs(self.root.focus_get(), self.second)
        self.assertEqual(self.closed, [])

    def test_keys_are_not_passed_to_the_window_behind_it(self) -> None:
        button = ttk.Button(self.popup.body, text="x")
        button.pack()
        self.open()
        self.focus(button)
        self.press(button, "<Key-a>", "<Control-k>")
        self.assertEqual(self.typed, [])

    def test_widgets_added_later_can_be_adopted(self) -> None:
        self.open()
        late = ttk.Entry(self.popup.body)
        late.pack()
        self.popup.adopt()
        self.focus(late)
        self.press(late, "<Escape>")
        self.assertEqual(self.closed, ["closed"])

    def test_many_popups_leave_nothing(self) -> None:
        self.popup.destroy()
        before = len(self.root.winfo_children())
        for _ in range(20):
            popup = Popup(self.root, self.theme)
            popup.open(self.outside)
            popup.close()
        self.settle()
        self.assertEqual(len(self.root.winfo_children()), before)
