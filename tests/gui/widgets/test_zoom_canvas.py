"""A picture is fitted, zoomed and dragged; only what is visible is drawn."""

from __future__ import annotations

import tkinter as tk
from fractions import Fraction

from chatapp.gui.widgets.zoom_canvas import LEVELS, ONE, ZoomCanvas
from tests.gui.base import WindowTest


class ZoomCanvasTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.scales: list[Fraction] = []
        self.canvas = ZoomCanvas(self.root, self.theme, self.scales.append)
        self.canvas.place(x=0, y=0, width=300, height=200)
        self.settle()

    def picture(self, width: int, height: int) -> tk.PhotoImage:
        image = tk.PhotoImage(master=self.root, width=width, height=height)
        image.put("#ff0000", to=(0, 0, width // 2, height))
        image.put("#0000ff", to=(width // 2, 0, width, height))
        return image

    def show(self, width: int, height: int) -> None:
        self.image = self.picture(width, height)
        self.canvas.show(self.image)
        self.drawn()

    def drawn(self) -> tk.PhotoImage:
        self.until(lambda: not self.canvas._timers)
        shown = self.canvas._shown
        assert shown is not None
        return shown

    def test_a_large_picture_is_fitted(self) -> None:
        self.show(1200, 400)
        self.assertEqual(self.scales[-1], Fraction(1, 4))
        self.assertEqual((self.drawn().width(), self.drawn().height()), (300, 100))

    def test_a_small_picture_is_not_made_larger(self) -> None:
        self.show(30, 20)
        self.assertEqual(self.scales[-1], ONE)
        self.assertEqual(self.canvas.coords("all"), [135, 90])

    def test_of_an_enlarged_picture_only_what_is_visible_is_drawn(self) -> None:
        self.show(300, 200)
        for _ in range(20):
            self.canvas.zoom(1)
        self.assertEqual(self.scales[-1], LEVELS[-1])
        self.assertLess(self.drawn().width(), 300 + 2 * 8 + 8)
        for _ in range(40):
            self.canvas.zoom(-1)
        self.assertEqual(self.scales[-1], LEVELS[0])
        self.drawn()

    def test_it_is_dragged_as_far_as_its_edges(self) -> None:
        self.show(300, 200)
        self.canvas.show_at(Fraction(2))
        self.drawn()
        for x, colour in ((-10_000, (0, 0, 255)), (10_000, (255, 0, 0))):
            self.canvas.event_generate("<Button-1>", x=150, y=100)
            self.canvas.event_generate("<B1-Motion>", x=150 + x, y=100)
            self.canvas.event_generate("<ButtonRelease-1>", x=150 + x, y=100)
            shown = self.drawn()
            self.assertEqual(shown.get(shown.width() // 2, 5)[:3], colour)

    def test_fit_shows_all_of_it_again(self) -> None:
        self.show(1200, 400)
        self.canvas.show_at(ONE)
        self.canvas.pan(100, 0)
        self.canvas.fit()
        self.assertEqual(self.scales[-1], Fraction(1, 4))
        self.assertEqual(self.drawn().width(), 300)

    def test_without_a_picture_keys_do_nothing(self) -> None:
        self.canvas.zoom(1)
        self.canvas.fit()
        self.canvas.show(None)
        self.settle()
        self.assertEqual(self.scales, [])
