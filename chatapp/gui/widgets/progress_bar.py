"""A bar with round ends that says how much of something is done."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.theme.theme import Theme

HEIGHT = 4  # in pixels at 96 dpi


class ProgressBar(tk.Canvas):
    """It is as wide as its owner places it.

    Args:
        surface: Colour role of what is around it.
    """

    def __init__(self, master: tk.Misc, theme: Theme, surface: str = "field") -> None:
        super().__init__(master, highlightthickness=0, borderwidth=0, takefocus=False, width=1, height=1)
        self._theme = theme
        self._surface = surface
        self._fraction = 0.0
        self._images: list[tk.PhotoImage] = []
        self.bind("<Configure>", lambda event: self._draw())
        theme.watch(self, self._paint)

    def show(self, fraction: float) -> None:
        """Show how much is done, from 0 to 1."""
        self._fraction = min(max(fraction, 0.0), 1.0)
        self._draw()

    @property
    def filled(self) -> int:
        """How many pixels of it are filled."""
        return self._images[-1].width() if len(self._images) > 1 else 0

    def _draw(self) -> None:
        width, height = self.winfo_width(), self._height()
        self.delete("all")
        if width <= 1:  # not on the screen yet
            self._images = []
            return
        radius = height / 2 / self._theme.scale
        self._images = [self._theme.box(width, height, radius, "divider")]
        done = round(width * self._fraction)
        if done:
            self._images.append(self._theme.box(max(done, height), height, radius, "accent"))
        for image in self._images:
            self.create_image(0, 0, image=image, anchor="nw")

    def _height(self) -> int:
        return self._theme.px(self._theme.grown(HEIGHT))

    def _paint(self) -> None:
        self.configure(height=self._height(), background=self._theme.colours.role(self._surface))
        self._draw()
