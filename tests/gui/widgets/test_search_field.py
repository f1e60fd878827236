"""The field to search in."""

from __future__ import annotations

from tkinter import ttk

from chatapp.gui.widgets.search_field import SearchField
from tests.gui.base import WindowTest


class SearchFieldTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.changes: list[str] = []
        self.field = SearchField(self.root, self.theme, "Jump to…", self.changes.append, key="Ctrl+K")
        self.field.pack(fill="x")
        self.settle()

    def labels(self) -> list[str]:
        """Return the texts that are visible beside the entry."""
        found = [each for each in self.field.winfo_children() if isinstance(each, ttk.Label)]
        return [str(each.cget("text")) for each in found if each.winfo_viewable() and str(each.cget("text"))]

    def test_the_key_is_shown_while_the_field_is_empty(self) -> None:
        self.assertEqual(self.labels(), ["Ctrl+K"])
        self.field.set("gen")
        self.settle()
        self.assertEqual((self.labels(), self.changes[-1]), ([], "gen"))
        self.field.clear()
        self.settle()
        self.assertEqual(self.labels(), ["Ctrl+K"])

    def test_a_number_of_hits_takes_the_place_of_the_key(self) -> None:
        self.field.show_right("3 of 17")
        self.settle()
        self.assertEqual(self.labels(), ["3 of 17"])
        self.field.show_right("")
        self.settle()
        self.assertEqual(self.labels(), ["Ctrl+K"])

    def test_a_click_anywhere_goes_into_the_field_and_its_border_shows_the_focus(self) -> None:
        self.root.focus_force()
        self.field.event_generate("<Button-1>")
        self.settle()
        self.assertIs(self.root.focus_get(), self.field.entry)
        self.assertTrue(self.field.instate(["focus"]))
        self.focus(self.root)
        self.assertFalse(self.field.instate(["focus"]))

    def test_escape_clears_the_text(self) -> None:
        self.field.set("gen")
        self.focus(self.field.entry)
        self.press(self.field.entry, "<Escape>")
        self.assertEqual(self.field.get(), "")

    def test_focusing_it_again_selects_the_text(self) -> None:
        self.field.set("gen")
        self.field.focus_field()
        self.assertTrue(self.field.entry.selection_present())

    def test_its_height_follows_the_font(self) -> None:
        self.assertEqual(self.field.winfo_height(), self.theme.px(32))
        self.theme.zoom(24)
        self.settle()
        self.assertGreaterEqual(self.field.winfo_height(), self.field.entry.winfo_reqheight())
        self.assertGreater(self.field.winfo_height(), self.theme.px(32))

    def test_the_key_gives_way_to_the_hint_in_a_narrow_field(self) -> None:
        self.size(140, 200)
        self.settle()
        self.assertEqual(self.labels(), [])

    def test_a_low_field_has_the_height_of_a_header_button(self) -> None:
        low = SearchField(self.root, self.theme, "Search", is_low=True)
        low.pack()
        self.settle()
        self.assertEqual(low.winfo_height(), self.theme.px(28))

    def test_the_number_gives_way_to_what_is_typed(self) -> None:
        self.field.show_right("23 messages")
        self.size(400, 100)
        self.settle()
        self.assertEqual(self.labels(), ["23 messages"])
        self.theme.zoom(24)
        self.size(260, 100)
        self.settle()
        self.assertEqual(self.labels(), [])
