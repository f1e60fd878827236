"""Buttons whose face is drawn on a canvas."""

from __future__ import annotations

from chatapp.gui.widgets.canvas_button import CanvasButton, Face
from tests.gui.base import WindowTest
from tests.gui.canvas import items, option


class CanvasButtonTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.pressed: list[str] = []
        self.faces: list[Face] = []
        self.button = CanvasButton(
            self.root, self.theme, lambda: self.pressed.append("pressed"), self.faces.append
        )
        self.button.place(width=100, height=40)
        self.settle()

    def images(self) -> list[str]:
        return [option(self.button, item, "image") for item in items(self.button, "image")]

    def test_a_click_enter_and_space_press_it(self) -> None:
        self.focus(self.button)
        self.button.event_generate("<ButtonRelease-1>", x=5, y=5)
        self.press(self.button, "<Return>", "<KP_Enter>", "<space>")
        self.assertEqual(self.pressed, ["pressed"] * 4)

    def test_a_click_that_ends_outside_does_not_press_it(self) -> None:
        self.button.event_generate("<ButtonRelease-1>", x=500, y=5)
        self.assertEqual(self.pressed, [])

    def test_it_is_highlighted_under_the_pointer(self) -> None:
        self.press(self.button, "<Enter>")
        self.assertTrue(self.faces[-1].hovered)
        self.assertEqual(self.images(), [str(self.theme.box(100, 40, 6, "side_hover"))])
        self.press(self.button, "<Leave>")
        self.assertEqual((self.faces[-1].hovered, self.images()), (False, []))

    def test_it_has_a_focus_ring(self) -> None:
        self.focus(self.button)
        self.assertEqual(self.images(), [str(self.theme.box(100, 40, 6, "", "accent", 2))])

    def test_a_change_of_theme_repaints_it(self) -> None:
        before = len(self.faces)
        self.theme.use("light")
        self.assertGreater(len(self.faces), before)
        self.assertEqual(self.button.cget("background"), self.theme.colours.sidebar)
