"""Rows of settings."""

from __future__ import annotations

from tkinter import ttk

from chatapp.gui.widgets.setting_row import RowFlash, SectionHeading, SettingCard, SettingRow, SettingText
from tests.gui.base import WindowTest

TEXT = SettingText("clock", "24-hour clock", "14:05 instead of 2:05 pm, in messages and in the search.")


class SettingRowTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.card = SettingCard(self.root, self.theme)
        self.row = self.card.add(SettingRow(self.card, self.theme, TEXT))
        self.row.attach(ttk.Button(self.row, text="Change something…"))
        self.card.place(x=0, y=0, width=600)
        self.settle()

    def test_the_control_stands_beside_the_texts_or_below_them_in_a_narrow_window(self) -> None:
        control = self.row.control
        assert control is not None
        self.assertGreater(control.winfo_x(), 300)
        height = self.row.winfo_height()
        self.card.place(width=220)
        self.settle()
        self.assertLess(control.winfo_x(), 30)
        self.assertGreater(self.row.winfo_height(), height)
        self.card.place(width=600)
        self.settle()
        self.assertGreater(control.winfo_x(), 300)

    def test_a_row_never_requests_all_of_its_width(self) -> None:
        """Two columns of an odd width that request all of it would take a pixel from each other for ever."""
        row = self.card.add(SettingRow(self.card, self.theme, SettingText("ban", "Ben", "a word " * 20)))
        row.attach(ttk.Button(row, text="Lift"))
        for width in range(380, 440):
            with self.subTest(width):
                self.card.place(width=width)
                self.settle()
                self.assertLess(row.winfo_reqwidth(), row.winfo_width())

    def test_notes_and_problems_come_and_go(self) -> None:
        height = self.row.winfo_height()
        self.row.show_problem("The server has refused it.")
        self.settle()
        self.assertEqual(self.row.problem, "The server has refused it.")
        self.assertGreater(self.row.winfo_height(), height)
        self.row.show_problem("")
        self.row.show_note("")
        self.settle()
        self.assertLess(self.row.winfo_height(), height)

    def test_a_cleared_card_is_empty(self) -> None:
        self.card.add(SettingRow(self.card, self.theme, TEXT))
        self.assertEqual(len(self.card.winfo_children()), 3)
        self.card.clear()
        self.assertEqual(self.card.winfo_children(), [])

    def test_a_flashed_row_is_as_before_when_the_time_is_over(self) -> None:
        flash = RowFlash(self.row)
        self.assertEqual(str(self.row.cget("style")), "Notice.TFrame")
        flash.end()
        self.assertIn(str(self.row.cget("style")), ("", "TFrame"))

    def test_a_card_that_is_flashed_is_coloured_up_to_its_edge(self) -> None:
        flash = RowFlash(self.card)
        style = str(self.card.cget("style"))
        self.assertEqual(style, "Outline.Notice.TFrame")
        self.assertEqual(ttk.Style(self.root).lookup(style, "background"), self.theme.colours.notice)
        flash.end()
        self.assertEqual(str(self.card.cget("style")), "Outline.TFrame")

    def test_a_row_may_be_destroyed_while_it_is_flashed(self) -> None:
        flash = RowFlash(self.row)
        self.card.clear()
        flash.end()
        self.settle()

    def test_a_heading_holds_a_control_at_its_end(self) -> None:
        heading = SectionHeading(self.root, self.theme, "Banned", "2", "They cannot join.")
        button = heading.add(ttk.Button(heading, text="Lift all"))
        heading.place(x=0, y=200, width=500)
        self.settle()
        self.assertEqual(button.winfo_x() + button.winfo_width(), 500)
