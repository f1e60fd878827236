"""A bar with round ends that is filled in part: how much of something is used."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.theme.theme import Theme

HEIGHT = 8  # pixels at 96 dpi


class ShareBar(tk.Canvas):
    """It is as wide as its place, and only shows something."""

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        super().__init__(
            master, height=theme.px(HEIGHT), width=1, highlightthickness=0, borderwidth=0, takefocus=False
        )
        self._theme = theme
        self._images: list[tk.PhotoImage] = []
        self.share = 0.0
        self.bind("<Configure>", lambda event: self._paint())
        theme.watch(self, self._paint)

    def show(self, share: float) -> None:
        """Show how much is used, from 0 to 1; more is shown as all of it."""
        self.share = min(max(share, 0.0), 1.0)
        self._paint()

    def _paint(self) -> None:
        height, whole = self._theme.px(HEIGHT), self.winfo_width()
        self.configure(background=self._theme.colours.pane)
        self.delete("all")
        self._images.clear()
        if whole <= height:
            return
        used = max(round(whole * self.share), height) if self.share else 0
        for width, role in ((whole, "divider"), (used, "accent")):
            if width:
                image = self._theme.box(width, height, HEIGHT / 2, role)
                self._images.append(image)
                self.create_image(0, 0, image=image, anchor="nw")
