"""Context menus: their items, and how they open."""

from __future__ import annotations

import unittest

from chatapp.gui.widgets import context_menus
from chatapp.gui.widgets.context_menus import MenuItem
from chatapp.gui.widgets.keyboard_focus import RELEASE_FOCUS
from tests.gui.base import WindowTest


class PopUpTest(WindowTest):
    def test_a_menu_shows_and_runs_its_items(self) -> None:
        done: list[str] = []
        items = [
            MenuItem("One", lambda: done.append("one")),
            MenuItem(),
            MenuItem("Two", lambda: done.append("two")),
        ]
        menu = context_menus.pop_up(self.root, self.theme, items, 10, 10)
        self.settle()
        self.assertEqual([menu.type(index) for index in range(3)], ["command", "separator", "command"])
        menu.invoke(2)
        menu.unpost()
        self.assertEqual(done, ["two"])

    def test_the_focus_is_released_before_a_menu_opens(self) -> None:
        self.settle()
        released: list[str] = []
        self.root.bind(RELEASE_FOCUS, lambda event: released.append(str(event.widget)))
        context_menus.pop_up(self.root, self.theme, [MenuItem("One")], 10, 10).unpost()
        self.assertEqual(released, ["."])

    def test_only_the_last_menu_exists(self) -> None:
        for _ in range(3):
            context_menus.pop_up(self.root, self.theme, [MenuItem("One")], 10, 10).unpost()
        self.assertEqual(
            len([child for child in self.root.winfo_children() if child.winfo_class() == "Menu"]), 1
        )


if __name__ == "__main__":
    unittest.main()
