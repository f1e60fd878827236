"""The dialog that chooses one of many rows."""

from __future__ import annotations

import unittest

from chatapp.gui.widgets.list_row import ListRow
from chatapp.gui.widgets.picker import Picker
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts


class PickerTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.calls: list[str] = []
        names = ["anna", "ben", "chen", *(f"n{number:03}" for number in range(200))]
        self.picker = Picker(
            self.root,
            self.theme,
            "Find",
            "Name",
            find=lambda text: [ListRow(name, name) for name in names if text in name],
            on_choose=self.calls.append,
            on_close=lambda: self.calls.append("closed"),
        )
        self.focus(self.picker.entry)

    def test_enter_chooses_the_first_match(self) -> None:
        self.picker.entry.insert(0, "en")
        self.press(self.picker.entry, "<Return>")
        self.assertEqual(self.calls, ["closed", "ben"])

    def test_arrows_move_the_selection_and_stop_at_the_ends(self) -> None:
        self.press(self.picker.entry, "<Up>", "<Down>", "<Down>", "<Return>")
        self.assertEqual(self.calls, ["closed", "chen"])

    def test_the_selected_row_stays_visible(self) -> None:
        self.press(self.picker.entry, *["<Next>"] * 5)
        self.assertIn("n037", drawn_texts(self.picker.rows.canvas))

    def test_without_a_match_no_row_is_chosen(self) -> None:
        self.picker.entry.insert(0, "zzz")
        self.press(self.picker.entry, "<Return>")
        self.assertEqual(self.calls, [])

    def test_escape_clears_the_filter_and_then_closes(self) -> None:
        self.picker.entry.insert(0, "zzz")
        self.press(self.picker.entry, "<Escape>")
        self.assertEqual((self.picker.entry.get(), self.calls), ("", []))
        self.press(self.picker.entry, "<Escape>")
        self.assertEqual(self.calls, ["closed"])

    def test_a_click_chooses(self) -> None:
        x, y = drawn_texts(self.picker.rows.canvas)["chen"]
        self.picker.rows.canvas.event_generate("<Button-1>", x=x, y=y)
        self.assertEqual(self.calls, ["closed", "chen"])


if __name__ == "__main__":
    unittest.main()
