"""A word with an icon on a round box, such as "Protected"."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.theme.palette import readable_role
from chatapp.gui.theme.theme import Theme

HEIGHT, PAD, ICON, GAP = 24, 10, 13, 6  # pixels at 96 dpi


class StatusBadge(tk.Canvas):
    """It only shows something."""

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        super().__init__(master, highlightthickness=0, borderwidth=0, takefocus=False, width=1, height=1)
        self._theme = theme
        self.text = ""
        self._icon, self._role, self._fill = "", "", ""
        self._images: list[tk.PhotoImage] = []
        theme.watch(self, self._paint)

    def show(self, text: str, icon: str, role: str, fill: str) -> None:
        """Show a word.

        Args:
            icon: Of `icon_shapes.ICONS`.
            role: Colour role of the word and the icon.
            fill: Colour role of the box.
        """
        shown = self.text, self._icon, self._role, self._fill
        if shown != (text, icon, role, fill):
            self.text, self._icon, self._role, self._fill = text, icon, role, fill
            self._paint()

    def _paint(self) -> None:
        theme, px = self._theme, self._theme.px
        self.delete("all")
        self.configure(background=theme.colours.pane)
        if not self.text:
            return
        font = theme.fonts["ChatSmall"]
        height = max(px(HEIGHT), font.metrics("linespace") + px(6))
        size = theme.grown(ICON)
        left = px(PAD + size + GAP)
        width = left + font.measure(self.text) + px(PAD)
        self.configure(width=width, height=height)
        role = readable_role(self._role, self._fill)
        box = theme.box(width, height, height / 2 / theme.scale, self._fill)
        icon = theme.icon(self._icon, role, size)
        self._images = [box, icon]
        self.create_image(0, 0, image=box, anchor="nw")
        self.create_image(px(PAD), height // 2, image=icon, anchor="w")
        self.create_text(
            left, height // 2, text=self.text, font="ChatSmall", fill=theme.colours.role(role), anchor="w"
        )
