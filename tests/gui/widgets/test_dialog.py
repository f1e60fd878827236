"""The selection in fields of dialogs."""

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

    def test_a_hint_without_room_beside_the_label_stands_below_it(self) -> None:
        field = Field(self.root, self.theme, "Your name", "up to 64 characters")
        for width, is_beside in ((300, True), (160, False), (300, True)):
            field.place(width=self.theme.px(width), y=200)
            self.settle()
            label, hint = (each for each in field.winfo_children() if each.winfo_class() == "TLabel"
                           and each.winfo_ismapped())  # fmt: skip
            self.assertEqual(hint.winfo_y() < label.winfo_y() + label.winfo_height(), is_beside)
            self.assertLessEqual(hint.winfo_x() + hint.winfo_reqwidth(), field.winfo_width())

    def test_the_proposed_name_stays_selected_while_another_window_has_the_focus(self) -> None:
        self.press(self.name.entry, "<FocusOut>", "<FocusIn>", "<Key-A>")
        self.assertEqual(self.name.value, "A")

    def test_no_text_stays_selected_in_a_field_without_the_focus(self) -> None:
        self.focus(self.server.entry)
        self.press(self.name.entry, "<FocusOut>")
        self.assertFalse(self.name.entry.selection_present())
