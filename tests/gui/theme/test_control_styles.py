"""The styles of controls: sizes, and a visible focus."""

from __future__ import annotations

from tkinter import ttk

from chatapp.client.local.settings import DEFAULT_FONT_SIZE
from chatapp.gui.theme.style_tables import BUTTONS, SURFACES
from tests.gui.base import WindowTest


class ControlStylesTest(WindowTest):
    def test_buttons_are_as_high_as_designed_and_higher_with_large_text(self) -> None:
        for size in (11, 24):
            self.theme.zoom(size)
            for role, look in BUTTONS.items():
                button = ttk.Button(self.root, text="Join", style=f"{role}TButton")
                with self.subTest(role=role, size=size):
                    self.assertGreaterEqual(button.winfo_reqheight(), self.theme.px(look.height) - 1)
                    self.assertGreaterEqual(
                        button.winfo_reqheight(), self.theme.fonts[look.font].metrics("linespace")
                    )

    def test_every_kind_of_button_can_be_used_on_every_surface(self) -> None:
        style = ttk.Style(self.root)
        for role in (*BUTTONS, "Icon.", "SoftIcon."):
            for surface, background in SURFACES.items():
                name = f"{role}{surface}TButton"
                self.assertEqual(style.lookup(name, "background"), self.theme.colours.role(background))
                self.assertTrue(str(style.layout(name)[0][0]).startswith("Chat"), name)

    def test_marks_are_as_large_as_the_text_in_every_theme(self) -> None:
        boxes = ttk.Checkbutton(self.root), ttk.Radiobutton(self.root)
        usual = [box.winfo_reqwidth() for box in boxes]
        for name in ("dark", "light", "dark"):
            with self.subTest(name):
                self.theme.use(name)
                self.theme.zoom(24)
                self.settle()
                mark = round(self.theme.grown(18))
                for box, before in zip(boxes, usual, strict=True):
                    self.assertEqual(box.winfo_reqwidth() - before, self.theme.px(mark) - self.theme.px(18))
                self.theme.zoom(DEFAULT_FONT_SIZE)
                self.settle()
                self.assertEqual([box.winfo_reqwidth() for box in boxes], usual)

    def test_fields_are_32_high(self) -> None:
        for widget in (ttk.Entry(self.root), ttk.Combobox(self.root)):
            self.assertIn(widget.winfo_reqheight() - self.theme.px(32), (0, 1))
