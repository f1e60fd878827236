"""How context menus open."""

from __future__ import annotations

import tkinter as tk
import unittest
from tkinter import ttk
from unittest import mock

from chatapp.gui.widgets import context_menus, platform_events
from chatapp.gui.widgets.icon_menu import IconMenu, MenuItem
from chatapp.gui.widgets.keyboard_focus import RELEASE_FOCUS
from tests.gui.base import WindowTest


class PopUpTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.settle()
        self.done: list[str] = []
        self.items = [
            MenuItem("One", lambda: self.done.append("one")),
            MenuItem(),
            MenuItem("Two", lambda: self.done.append("two"), key="Ctrl+C"),
        ]

    def menus(self) -> list[IconMenu]:
        """Return the open menus."""
        self.settle()
        return [child for child in self.root.winfo_children() if isinstance(child, IconMenu)]

    def test_a_menu_shows_and_runs_its_items(self) -> None:
        context_menus.pop_up(self.root, self.theme, self.items, 10, 10)
        (menu,) = self.menus()
        self.assertEqual([item.label for item in menu.items], ["One", "", "Two"])
        menu.invoke(1)
        menu.invoke(2)
        self.assertEqual((self.done, self.menus()), (["two"], []))

    def test_a_menu_opened_by_keyboard_has_its_first_entry_selected(self) -> None:
        context_menus.pop_up(self.root, self.theme, self.items, 10, 10, by_keyboard=True)
        (menu,) = self.menus()
        self.assertEqual(menu.selected, "One")

    def test_a_menu_is_opened_by_keyboard_if_a_button_or_a_list_has_the_focus(self) -> None:
        for widget, selected in (
            (tk.Text(self.root), ""),
            (ttk.Button(self.root), "One"),
            (tk.Canvas(self.root, takefocus=True), "One"),
        ):
            with self.subTest(widget=widget.winfo_class()):
                widget.pack()
                self.focus(widget)
                context_menus.pop_up(self.root, self.theme, self.items, 10, 10)
                (menu,) = self.menus()
                self.assertEqual(menu.selected, selected)
                menu.close()

    def test_a_second_click_does_not_make_a_menu_one_of_the_keyboard(self) -> None:
        for _ in range(2):
            context_menus.pop_up(self.root, self.theme, self.items, 10, 10)
            (menu,) = self.menus()
            self.assertEqual(menu.selected, "")

    def test_another_menu_takes_the_place_of_the_first(self) -> None:
        for _ in range(3):
            context_menus.pop_up(self.root, self.theme, self.items, 10, 10)
        self.assertEqual(len(self.menus()), 1)

    def test_macos_has_menus_of_the_system(self) -> None:
        released: list[str] = []
        self.root.bind(RELEASE_FOCUS, lambda event: released.append(str(event.widget)))
        with (
            mock.patch.object(platform_events, "IS_MAC", True),
            mock.patch.object(tk.Menu, "tk_popup") as opened,
        ):
            context_menus.pop_up(self.root, self.theme, self.items, 10, 20)
        opened.assert_called_once_with(10, 20)
        (menu,) = [child for child in self.root.winfo_children() if isinstance(child, tk.Menu)]
        self.assertEqual([menu.type(index) for index in range(3)], ["command", "separator", "command"])
        self.assertEqual(str(menu.entrycget(2, "accelerator")), "⌘C")
        menu.invoke(2)
        self.assertEqual((self.done, released), (["two"], ["."]))


if __name__ == "__main__":
    unittest.main()
