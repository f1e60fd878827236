"""The menu with icons and keys."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.widgets.icon_menu import IconMenu, MenuItem
from chatapp.gui.widgets.keyboard_focus import RELEASE_FOCUS
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts


class IconMenuTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.done: list[str] = []
        self.released: list[str] = []
        self.root.bind(RELEASE_FOCUS, lambda event: self.released.append("released"))
        self.settle()

    def open(self, x: int = 20, y: int = 20, selects_first: bool = False) -> IconMenu:
        def item(label: str, icon: str, key: str, dangerous: bool = False) -> MenuItem:
            return MenuItem(label, lambda: self.done.append(label), icon, key, dangerous)

        items = [
            item("React…", "smile", "E"),
            item("Reply", "reply", "R"),
            MenuItem(),
            item("Copy text", "copy", "Ctrl+C"),
            item("Delete…", "trash", "Del", True),
        ]
        menu = IconMenu(self.root, self.theme, items, x, y, selects_first)
        self.settle()
        return menu

    def middle(self, menu: IconMenu, label: str) -> int:
        """Return the height at which a label is drawn."""
        return int(drawn_texts(menu.canvas)[label][1])

    def keys(self, menu: IconMenu, *events: str) -> None:
        self.press(menu.canvas, *events)

    def test_it_shows_labels_and_keys_and_a_divider_before_what_destroys(self) -> None:
        menu = self.open()
        texts = list(drawn_texts(menu.canvas))
        self.assertEqual(texts, ["React…", "E", "Reply", "R", "Copy text", "Ctrl+C", "Delete…", "Del"])
        self.assertEqual([item.label for item in menu.items][-2:], ["", "Delete…"])

    def test_arrows_skip_separators_and_go_around_the_ends(self) -> None:
        menu = self.open(selects_first=True)
        seen = [menu.selected]
        for key in ("<Down>", "<Down>", "<Down>", "<Down>", "<Up>", "<Home>", "<End>"):
            self.keys(menu, key)
            seen.append(menu.selected)
        self.assertEqual(
            seen, ["React…", "Reply", "Copy text", "Delete…", "React…", "Delete…", "React…", "Delete…"]
        )

    def test_a_closed_menu_gives_the_keyboard_back_to_its_window(self) -> None:
        field = tk.Entry(self.root)
        field.pack()
        self.root.bind(RELEASE_FOCUS, lambda event: field.focus_set())
        self.focus(field)
        menu = self.open()
        self.assertIsNot(self.root.focus_get(), field)
        self.keys(menu, "<Escape>")
        self.assertIs(self.root.focus_get(), field)

    def test_enter_runs_the_selected_entry_after_closing(self) -> None:
        menu = self.open()
        self.keys(menu, "<Return>")
        self.assertEqual(self.done, [])
        self.keys(menu, "<Down>", "<Return>")
        self.assertEqual((self.done, self.released), (["React…"], ["released"]))
        self.assertFalse(menu.winfo_exists())

    def test_a_letter_runs_the_entry_with_that_key_or_selects_one_that_begins_with_it(self) -> None:
        menu = self.open()
        self.keys(menu, "<Key-d>")
        self.assertEqual((menu.selected, self.done), ("Delete…", []))
        self.keys(menu, "<Key-r>")
        self.assertEqual(self.done, ["Reply"])

    def test_a_key_of_the_window_closes_the_menu_and_acts(self) -> None:
        self.root.bind("<Control-k>", lambda event: self.done.append("jump"))
        self.root.bind("<Alt-Up>", lambda event: self.done.append("above"))
        for event, done in (("<Control-k>", "jump"), ("<Alt-Up>", "above")):
            self.focus(self.root)
            menu = self.open()
            self.keys(menu, event)
            self.assertEqual(self.done, [done])
            self.assertFalse(menu.winfo_exists())
            self.done.clear()

    def test_a_key_with_control_runs_its_entry(self) -> None:
        menu = self.open()
        self.keys(menu, "<Control-c>")
        self.assertEqual(self.done, ["Copy text"])

    def test_a_click_runs_the_entry_under_the_pointer(self) -> None:
        menu = self.open()
        y = self.middle(menu, "Copy text")
        menu.canvas.event_generate("<Motion>", x=40, y=y)
        self.assertEqual(menu.selected, "Copy text")
        menu.canvas.event_generate("<Button-1>", x=40, y=y)
        menu.canvas.event_generate("<ButtonRelease-1>", x=40, y=y)
        self.assertEqual(self.done, ["Copy text"])

    def test_escape_and_a_click_elsewhere_close_it(self) -> None:
        menu = self.open()
        self.keys(menu, "<Escape>")
        self.assertFalse(menu.winfo_exists())
        menu = self.open()
        menu.event_generate("<Button-1>", x=-30, y=5)
        self.settle()
        self.assertFalse(menu.winfo_exists())
        self.assertEqual((self.done, self.released), ([], ["released"] * 2))

    def test_it_closes_when_it_loses_the_focus(self) -> None:
        menu = self.open()
        self.focus(self.root)
        self.until(lambda: not menu.winfo_exists())
        self.assertEqual(self.done, [])

    def test_it_stays_on_the_screen(self) -> None:
        right, bottom = self.root.winfo_screenwidth(), self.root.winfo_screenheight()
        for x, y in ((right - 5, bottom - 5), (right - 5, 5), (5, bottom - 5), (0, 0)):
            menu = self.open(x, y)
            with self.subTest(x=x, y=y):
                self.assertGreaterEqual(min(menu.winfo_rootx(), menu.winfo_rooty()), 0)
                self.assertLessEqual(menu.winfo_rootx() + menu.winfo_width(), right)
                self.assertLessEqual(menu.winfo_rooty() + menu.winfo_height(), bottom)
            menu.close()

    def test_a_menu_for_the_end_of_a_window_opens_above_if_there_is_room(self) -> None:
        for y, above in ((300, True), (10, False)):
            menu = IconMenu(self.root, self.theme, [MenuItem("One"), MenuItem("Two")], 5, y, is_above=True)
            self.settle()
            self.assertEqual(menu.winfo_y() < y, above)
            menu.close()

    def test_a_menu_for_the_right_end_of_a_window_opens_to_the_left(self) -> None:
        for x, left in ((400, True), (5, False)):
            menu = IconMenu(self.root, self.theme, [MenuItem("One")], x, 20, is_left=True)
            self.settle()
            end = menu.winfo_rootx() + menu.winfo_width()
            self.assertEqual((end == x, menu.winfo_rootx() == 0), (left, not left))
            menu.close()

    def test_entries_can_be_hit_and_read_at_every_size(self) -> None:
        for size in (11, 24):
            self.theme.zoom(size)
            menu = self.open()
            rows = [self.middle(menu, label) for label in ("React…", "Reply")]
            self.assertGreaterEqual(rows[1] - rows[0], self.theme.px(28))
            self.assertGreater(rows[1] - rows[0], self.theme.fonts["ChatBody"].metrics("linespace"))
            menu.close()

    def test_separators_at_the_ends_and_doubled_ones_are_left_out(self) -> None:
        items = [MenuItem(), MenuItem("One"), MenuItem(), MenuItem(), MenuItem("Two"), MenuItem()]
        menu = IconMenu(self.root, self.theme, items, 5, 5)
        self.assertEqual([item.label for item in menu.items], ["One", "", "Two"])
        menu.close()

    def test_labels_begin_at_the_edge_if_no_entry_has_an_icon(self) -> None:
        lefts = []
        for icon in ("", "copy"):
            menu = IconMenu(self.root, self.theme, [MenuItem("One", icon=icon)], 5, 5)
            lefts.append(drawn_texts(menu.canvas)["One"][0])
            menu.close()
        self.assertLess(*lefts)

    def test_a_menu_without_entries_can_be_closed(self) -> None:
        menu = IconMenu(self.root, self.theme, [], 5, 5, selects_first=True)
        self.keys(menu, "<Down>", "<Return>", "<Key-a>", "<Escape>")
        self.assertFalse(menu.winfo_exists())

    def test_it_closes_with_the_widget_it_belongs_to(self) -> None:
        frame = tk.Frame(self.root)
        frame.pack()
        menu = IconMenu(frame, self.theme, [MenuItem("One")], 5, 5)
        frame.destroy()
        self.settle()
        menu.close()
        self.assertFalse(menu.winfo_exists())

    def test_a_menu_opened_by_keyboard_gives_the_keyboard_back_to_where_it_was(self) -> None:
        field = tk.Entry(self.root)
        field.pack()
        self.focus(field)
        for key in ("<Escape>", "<Return>"):
            with self.subTest(key):
                self.keys(self.open(selects_first=True), key)
                self.assertIs(self.root.focus_get(), field)
        menu = self.open(selects_first=True)
        field.pack_forget()
        self.keys(menu, "<Escape>")
        self.assertEqual(self.released, ["released"])
