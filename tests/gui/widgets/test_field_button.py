"""Buttons that look like a search field."""

from __future__ import annotations

from chatapp.gui.widgets.field_button import FieldButton
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts


class FieldButtonTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.pressed: list[str] = []
        self.button = FieldButton(
            self.root, self.theme, "Jump to…", "Ctrl+K", lambda: self.pressed.append("pressed")
        )

    def texts(self, width: int) -> list[str]:
        self.button.place(width=self.theme.px(width))
        self.settle()
        return list(drawn_texts(self.button))

    def test_it_shows_text_and_shortcut_where_there_is_room(self) -> None:
        self.assertEqual(self.texts(220), ["Ctrl+K", "Jump to…"])
        self.assertEqual(self.texts(120), ["Jump to…"])
        self.assertTrue(self.texts(80)[0].endswith("…"))

    def test_it_is_a_button(self) -> None:
        self.texts(220)
        self.focus(self.button)
        self.press(self.button, "<Return>")
        self.assertEqual(self.pressed, ["pressed"])

    def test_it_grows_with_the_font(self) -> None:
        before = self.button.winfo_reqheight()
        self.theme.zoom(24)
        self.settle()
        self.assertGreater(self.button.winfo_reqheight(), before)
