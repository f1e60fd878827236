"""A bar with round ends that is filled in part: how much of something is done, or used."""

from __future__ import annotations

import tkinter as tk
from typing import NamedTuple

from chatapp.gui.theme.theme import Theme


class BarLook(NamedTuple):
    """How a bar looks.

    Attributes:
        height: In pixels at 96 dpi.
        surface: Colour role of what is around it.
        grows: Whether it is higher with larger text.
        shows_little: Whether even very little is seen, as a dot.
    """

    height: int
    surface: str
    grows: bool
    shows_little: bool


PROGRESS = BarLook(4, "field", grows=True, shows_little=False)
SHARE = BarLook(8, "pane", grows=False, shows_little=True)


class ProgressBar(tk.Canvas):
    """It is as wide as its owner places it, and only shows something."""

    def __init__(self, master: tk.Misc, theme: Theme, look: BarLook = PROGRESS) -> None:
        super().__init__(master, highlightthickness=0, borderwidth=0, takefocus=False, width=1, height=1)
        self._theme = theme
        self._look = look
        self._fraction = 0.0
        self._images: list[tk.PhotoImage] = []
        self.bind("<Configure>", lambda event: self._draw())
        theme.watch(self, self._paint)

    def show(self, fraction: float) -> None:
        """Show how much it is, from 0 to 1; more is shown as all of it."""
        self._fraction = min(max(fraction, 0.0), 1.0)
        self._draw()

    @property
    def fraction(self) -> float:
        """How much is shown, from 0 to 1."""
        return self._fraction

    @property
    def filled(self) -> int:
        """How many pixels of it are filled."""
        return self._images[-1].width() if len(self._images) > 1 else 0

    def _draw(self) -> None:
        width, height = self.winfo_width(), self._height()
        self.delete("all")
        self._images = []
        if width <= height:  # not on the screen yet
            return
        done = round(width * self._fraction)
        if done or (self._look.shows_little and self._fraction):
            done = max(done, height)
        radius = height / 2 / self._theme.scale
        for length, role in ((width, "divider"), (done, "accent")):
            if length:
                image = self._theme.box(length, height, radius, role)
                self._images.append(image)
                self.create_image(0, 0, image=image, anchor="nw")

    def _height(self) -> int:
        height = self._theme.grown(self._look.height) if self._look.grows else self._look.height
        return self._theme.px(height)

    def _paint(self) -> None:
        self.configure(height=self._height(), background=self._theme.colours.role(self._look.surface))
        self._draw()
