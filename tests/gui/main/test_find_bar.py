"""The bar to find a text in a conversation."""

from __future__ import annotations

from chatapp.gui.main.find_bar import FindBar
from tests.gui.base import WindowTest


class FindBarTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.calls: list[tuple[object, ...]] = []
        self.bar = FindBar(
            self.root,
            self.theme,
            on_change=lambda: self.calls.append(("change", self.bar.text, self.bar.is_whole_words)),
            on_step=lambda step: self.calls.append(("step", step)),
            on_everywhere=lambda text: self.calls.append(("everywhere", text)),
            on_close=lambda: self.calls.append(("close",)),
        )
        self.bar.grid(sticky="ew")
        self.root.columnconfigure(0, weight=1)
        self.settle()

    def test_changes_of_the_text_and_of_the_option_are_reported(self) -> None:
        self.bar.field.set("x")
        self.bar.whole_words.invoke()
        self.assertEqual([("change", "x", False), ("change", "x", True)], self.calls[-2:])

    def test_keys_step_through_the_hits_and_close(self) -> None:
        self.focus(self.bar.field.entry)
        self.press(self.bar.field.entry, "<Return>", "<Shift-Return>", "<Up>", "<Down>", "<Escape>")
        self.assertEqual([("step", 1), ("step", -1), ("step", 1), ("step", -1), ("close",)], self.calls)

    def test_without_hits_the_buttons_are_disabled(self) -> None:
        self.bar.show("No hits", has_hits=False)
        self.bar.older.invoke()
        self.assertEqual([], self.calls)
        self.bar.show("3 of 17", has_hits=True)
        self.bar.older.invoke()
        self.bar.newer.invoke()
        self.assertEqual([("step", 1), ("step", -1)], self.calls)

    def test_the_text_can_be_searched_everywhere(self) -> None:
        self.bar.field.set("x")
        self.calls.clear()
        self.bar.everywhere.invoke()
        self.assertEqual([("everywhere", "x")], self.calls)

    def test_in_a_narrow_window_an_icon_stands_for_the_words(self) -> None:
        self.assertTrue(self.bar.everywhere.winfo_ismapped() and self.bar.whole_words.winfo_ismapped())
        self.size(380, 300)
        self.settle()
        self.assertFalse(self.bar.everywhere.winfo_ismapped())
        self.assertTrue(self.bar.close.winfo_ismapped())
        right = self.bar.close.winfo_x() + self.bar.close.winfo_width()
        self.assertLessEqual(right, self.theme.px(380))

    def test_opening_it_selects_the_text(self) -> None:
        self.bar.open("timeout")
        self.settle()
        self.assertEqual("timeout", self.root.tk.call("selection", "get"))
        self.bar.open()
        self.assertEqual("timeout", self.bar.text)

    def test_the_button_to_close_it_stays_on_screen_with_large_text(self) -> None:
        self.theme.zoom(24)
        self.size(330, 300)
        self.settle()
        right = self.bar.close.winfo_x() + self.bar.close.winfo_width()
        self.assertLessEqual(right, self.root.winfo_width())
