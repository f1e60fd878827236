"""The emoji picker."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.dialogs.emoji_picker import CHOOSE_HINT, RECENT, EmojiPicker, with_used
from chatapp.gui.widgets.keyboard_focus import RELEASE_FOCUS
from tests.gui.base import WindowTest


class EmojiPickerTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.chosen: list[str] = []
        self.settle()
        self.picker = self.open()

    def open(self, x: int = 60, y: int = 560, takes_many: bool = True) -> EmojiPicker:
        picker = EmojiPicker(
            self.root, self.theme, ["🚀", "👍"], self.chosen.append,
            x=self.root.winfo_rootx() + x, y=self.root.winfo_rooty() + y, takes_many=takes_many,
        )  # fmt: skip
        self.focus(picker.search.entry)
        return picker

    def search(self, text: str) -> None:
        self.picker.search.entry.delete(0, "end")
        self.picker.search.entry.insert(0, text)
        self.settle()

    def key(self, *keys: str) -> None:
        self.press(self.picker.search.entry, *keys)

    def is_open(self) -> bool:
        return bool(self.picker.winfo_exists())

    def test_recent_emoji_come_first_and_enter_takes_the_first(self) -> None:
        self.key("<Return>")
        self.assertEqual((self.chosen, self.is_open()), (["🚀"], False))

    def test_before_any_use_the_first_emoji_are_not_called_recent(self) -> None:
        for recent, title in (([], "Often used"), (["🎉"], "Recent")):
            picker = EmojiPicker(self.root, self.theme, recent, lambda sequence: None, x=0, y=0)
            self.assertEqual(picker._sections[0].title, title)
            picker.close()

    def test_arrows_move_in_the_grid(self) -> None:
        self.key("<Right>", "<Return>")
        self.assertEqual(self.chosen, ["👍"])

    def test_typing_searches_by_name_and_short_name(self) -> None:
        for query, found in (("tada", "🎉"), ("tears of joy", "😂"), (":heart:", "❤\ufe0f")):
            self.search(query)
            assert self.picker.emoji.chosen is not None
            self.assertEqual(self.picker.emoji.chosen.sequence, found)

    def test_a_name_that_nothing_has_is_told(self) -> None:
        self.search("xyzzy")
        self.assertTrue(self.picker.nothing.winfo_ismapped())
        self.key("<Return>")
        self.assertEqual((self.chosen, self.is_open()), ([], True))
        self.search("")
        self.assertFalse(self.picker.nothing.winfo_ismapped())

    def test_shift_and_enter_take_more_than_one(self) -> None:
        self.key("<Shift-Return>", "<Right>", "<Shift-Return>")
        self.assertEqual((self.chosen, self.is_open()), (["🚀", "👍"], True))

    def test_a_reaction_is_only_one(self) -> None:
        self.picker.close()
        self.picker = self.open(takes_many=False)
        self.assertIn(CHOOSE_HINT, str(self.picker.footer._detail.cget("text")))
        self.key("<Shift-Return>")
        self.assertEqual((self.chosen, self.is_open()), (["🚀"], False))

    def test_escape_closes_it_without_a_choice(self) -> None:
        self.key("<Escape>")
        self.assertEqual((self.chosen, self.is_open()), ([], False))

    def test_closed_by_a_choice_or_escape_it_gives_the_keyboard_back(self) -> None:
        released: list[str] = []
        self.root.bind(RELEASE_FOCUS, lambda event: released.append("released"))
        self.key("<Return>")
        self.picker = self.open()
        self.key("<Escape>")
        self.assertEqual(released, ["released", "released"])

    def test_it_closes_when_the_keyboard_goes_elsewhere(self) -> None:
        self.focus(self.root)
        self.settle()
        self.assertFalse(self.is_open())

    def test_a_tab_goes_to_its_group_and_marks_it(self) -> None:
        names = [section.title for section in self.picker._sections]
        self.search("heart")
        self.picker.tabs.buttons[names.index("Food and drink")].invoke()
        self.settle()
        assert self.picker.emoji.chosen is not None
        self.assertEqual(self.picker.emoji.chosen.name, "grapes")
        self.assertEqual(self.picker.tabs._shown, names.index("Food and drink"))
        self.assertEqual(self.picker.search.get(), "")
        self.assertTrue(self.is_open())

    def test_the_footer_names_the_chosen_emoji(self) -> None:
        self.search("tears of joy")
        footer = self.picker.footer
        self.assertEqual(str(footer._name_label.cget("text")), "face with tears of joy")
        self.assertTrue(str(footer._detail.cget("text")).startswith(":joy:"))

    def test_it_fits_into_the_window_wherever_it_is_asked_for(self) -> None:
        for size in ((800, 600), (520, 360)):
            self.size(*size)
            self.settle()
            for x, y in ((0, 340), (790, 340), (300, 10), (300, 180)):
                self.picker.close()
                self.picker = self.open(x, y)
                self.settle()
                with self.subTest(size=size, x=x, y=y):
                    picker = self.picker
                    self.assertGreaterEqual(min(picker.winfo_x(), picker.winfo_y()), 0)
                    self.assertLessEqual(picker.winfo_x() + picker.winfo_width(), self.root.winfo_width())
                    self.assertLessEqual(picker.winfo_y() + picker.winfo_height(), self.root.winfo_height())

    def test_the_latest_emoji_is_the_first_recent_one(self) -> None:
        self.assertEqual(with_used(["a", "b"], "b"), ["b", "a"])
        self.assertEqual(len(with_used([str(n) for n in range(RECENT)], "x")), RECENT)

    def test_the_keyboard_goes_back_to_where_it_was(self) -> None:
        self.picker.close()
        field = tk.Entry(self.root)
        field.pack()
        for key in ("<Escape>", "<Return>"):
            with self.subTest(key):
                self.focus(field)
                self.picker = self.open()
                self.key(key)
                self.assertIs(self.root.focus_get(), field)

    def test_in_a_low_window_with_large_text_some_rows_can_be_seen(self) -> None:
        self.picker.close()
        self.theme.zoom(24)
        self.size(520, 360)
        self.settle()
        self.picker = self.open(y=300)
        self.settle()
        grid = self.picker.emoji
        self.assertGreater(grid.winfo_height(), 3 * grid._cell())
        self.assertGreaterEqual(grid.columns, 5)
        right = max(tab.winfo_x() + tab.winfo_width() for tab in self.picker.tabs.buttons)
        self.assertLessEqual(right, self.picker.winfo_width())
        bottom = self.picker.winfo_rooty() + self.picker.winfo_height()
        self.assertLessEqual(bottom, self.root.winfo_rooty() + self.root.winfo_height())
