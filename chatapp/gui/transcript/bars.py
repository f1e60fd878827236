"""The bars beside messages.

At the left edge beside mentions, the chosen message and one that flashes; before the text beside quotations.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping

from chatapp.gui.theme.theme import Theme

WIDTH, QUOTATION_WIDTH = 4, 3  # in pixels at 96 dpi
BARS = {"band": "mention_bar", "flash": "accent", "chosen": "accent"}  # tag of the lines, role of their bar
QUOTATION_BARS = {"quotation": "border"}


class Bars:
    """Narrow frames over a Text, one for each bar in sight.

    Args:
        master: The frame that holds the Text, at its upper left corner.
        roles: For each tag of lines the colour role of their bar.
        width: In pixels at 96 dpi.
        left: Returns the distance from the left edge in pixels.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        roles: Mapping[str, str] = BARS,
        width: float = WIDTH,
        left: Callable[[], int] = lambda: 0,
    ) -> None:
        self._master = master
        self._theme = theme
        self._roles = roles
        self._width = width
        self._left = left
        self._frames: list[tk.Frame] = []
        self.shown: list[tuple[int, int, str]] = []  # upper and lower edge in pixels, and the colour
        self._place = (0, 0)  # the left edge and the width in pixels

    def draw(self, text: tk.Text) -> None:
        """Show the bars of the lines that are in sight now."""
        shown = [bar for tag, role in self._roles.items() for bar in self._bars(text, tag, role)]
        place = self._left(), max(self._theme.px(self._width), 1)
        if (shown, place) == (self.shown, self._place):
            return
        self.shown, self._place = shown, place
        left, width = place
        while len(self._frames) < len(shown):
            self._frames.append(tk.Frame(self._master, borderwidth=0, takefocus=False))
        for frame, (top, bottom, colour) in zip(self._frames, shown, strict=False):
            frame.configure(background=colour)
            frame.place(x=left, y=top, width=width, height=bottom - top)
            frame.lift()
        for frame in self._frames[len(shown) :]:
            frame.place_forget()

    def _bars(self, text: tk.Text, tag: str, role: str) -> list[tuple[int, int, str]]:
        """Return the bars beside the visible lines with a tag."""
        found: list[tuple[int, int, str]] = []
        top_line, end = text.index("@0,0 linestart"), f"@0,{text.winfo_height()} lineend"
        begun = tag in text.tag_names(top_line)  # then `tag_nextrange` skips this range
        place = (text.tag_prevrange if begun else text.tag_nextrange)(tag, f"{top_line} +{int(begun)}c")
        while place and text.compare(place[0], "<=", end):
            first, start = place
            top, bottom = text.dlineinfo(first), text.dlineinfo(f"{start} -1c")
            upper = max(top[1], 0) if top else 0
            lower = bottom[1] + bottom[3] if bottom else text.winfo_height()
            if lower > upper:
                found.append((upper, lower, self._theme.colours.role(role)))
            place = text.tag_nextrange(tag, start, end)
        return found
