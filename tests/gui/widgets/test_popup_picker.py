"""The card that chooses one of many rows."""

from __future__ import annotations

from tkinter import ttk

from chatapp.gui.widgets.list_row import ListRow
from chatapp.gui.widgets.popup_picker import PopupPicker
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts


class PopupPickerTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.calls: list[str] = []
        names = ["anna", "ben", "chen", *(f"n{number:03}" for number in range(200))]
        self.anchor = ttk.Button(self.root, text="Any name")
        self.anchor.place(x=40, y=40)
        self.settle()
        self.picker = PopupPicker(
            self.anchor,
            self.theme,
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

    def test_it_opens_below_its_anchor(self) -> None:
        self.assertEqual(self.anchor.winfo_rootx(), self.picker.winfo_rootx())
        self.assertGreaterEqual(
            self.picker.winfo_rooty(), self.anchor.winfo_rooty() + self.anchor.winfo_height()
        )

    def test_a_row_without_a_key_is_a_note(self) -> None:
        picker = PopupPicker(
            self.anchor, self.theme, "Day", lambda text: [ListRow("", "“x” is not a day.")], self.calls.append
        )
        self.settle()
        self.assertIn("“x” is not a day.", drawn_texts(picker.rows.canvas))
        self.press(picker.entry, "<Down>", "<Return>")
        self.assertEqual([], [each for each in self.calls if each != "closed"])

    def test_without_a_match_no_row_is_chosen(self) -> None:
        self.picker.entry.insert(0, "zzz")
        self.press(self.picker.entry, "<Return>")
        self.assertEqual(self.calls, [])
        self.assertIn("Nothing found", drawn_texts(self.picker.rows.canvas))

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
