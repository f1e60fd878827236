"""Fields of dialogs: what stays selected in them."""

from __future__ import annotations

from chatapp.gui.widgets.dialog import Field
from tests.gui.base import WindowTest


class FieldTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.name = Field(self.root, self.theme, "Your name")
        self.server = Field(self.root, self.theme, "Server", values=["This computer"])
        for field in (self.name, self.server):
            field.pack()
        self.name.value = "root"
        self.focus(self.name.entry)
        self.name.entry.select_range(0, "end")

    def test_after_a_look_at_another_window_one_still_types_over_what_was_proposed(self) -> None:
        self.press(self.name.entry, "<FocusOut>", "<FocusIn>", "<Key-A>")
        self.assertEqual(self.name.value, "A")

    def test_nothing_stays_selected_in_a_field_that_was_left(self) -> None:
        self.focus(self.server.entry)
        self.press(self.name.entry, "<FocusOut>")
        self.assertFalse(self.name.entry.selection_present())
