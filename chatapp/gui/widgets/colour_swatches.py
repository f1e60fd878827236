"""A row of colours, one of which is chosen."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import Any

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.gui.widgets.widget_paths import has_focus

# Pixels at 96 dpi
STEP = 28  # of a colour with its surroundings
DISC, CHOSEN, RING = 20, 13, 26  # diameters: of a colour, of the chosen one in its circle, of the focus ring


class ColourSwatches(tk.Canvas):
    """Discs in the colours of nicks. Tab goes to the chosen one, arrows choose another.

    Args:
        names: Of the colours, for the tooltip.
        on_choose: Called with the index of the colour that the user chooses.
    """

    def __init__(
        self, master: tk.Misc, theme: Theme, names: Sequence[str], on_choose: Callable[[int], object]
    ) -> None:
        super().__init__(
            master, highlightthickness=0, borderwidth=0, takefocus=True, cursor="hand2", height=1, width=1
        )
        self._theme = theme
        self._names = names
        self._on_choose = on_choose
        self.chosen = 0
        self._images: list[tk.PhotoImage] = []
        self._tooltip = Tooltip(self, theme)
        self._pointed = -1
        for key, step in (("<Left>", -1), ("<Right>", 1), ("<Up>", -1), ("<Down>", 1)):
            self.bind(key, lambda event, step=step: self._move(step))  # type: ignore[misc]
        for key, index in (("<Home>", 0), ("<End>", len(names) - 1)):
            self.bind(key, lambda event, index=index: self._choose(index))  # type: ignore[misc]
        self.bind("<Button-1>", self._on_click)
        self.bind("<Motion>", self._on_motion)
        for event in ("<FocusIn>", "<FocusOut>", "<Configure>"):
            self.bind(event, lambda event: self._paint(), add=True)
        theme.watch(self, self._paint)

    def show(self, chosen: int) -> None:
        """Choose a colour without calling `on_choose`."""
        if chosen != self.chosen:
            self.chosen = chosen
            self._paint()

    def centre(self, index: int) -> tuple[int, int]:
        """Return the middle of a colour, in pixels of the display."""
        step = self._theme.px(STEP)
        row, column = divmod(index, self._per_row())
        return column * step + step // 2, row * step + step // 2

    def _per_row(self) -> int:
        width = self.winfo_width() if self.winfo_width() > 1 else self._theme.px(STEP) * len(self._names)
        return max(width // self._theme.px(STEP), 1)

    def _move(self, step: int) -> str:
        return self._choose((self.chosen + step) % len(self._names))

    def _choose(self, index: int) -> str:
        if index != self.chosen:
            self.show(index)
            self._on_choose(index)
        return "break"

    def _at(self, event: tk.Event[Any]) -> int:
        """Return the colour under the pointer; -1 for none."""
        step = self._theme.px(STEP)
        column, row = event.x // step, event.y // step
        index = row * self._per_row() + column
        is_inside = 0 <= column < self._per_row() and event.y >= 0 and 0 <= index < len(self._names)
        return int(index) if is_inside else -1

    def _on_click(self, event: tk.Event[Any]) -> None:
        self.focus_set()
        index = self._at(event)
        if index >= 0:
            self._choose(index)

    def _on_motion(self, event: tk.Event[Any]) -> None:
        index = self._at(event)
        if index != self._pointed:
            self._pointed = index
            self._tooltip.show(self._names[index] if index >= 0 else "")

    def _paint(self) -> None:
        theme, px = self._theme, self._theme.px
        rows = -(-len(self._names) // self._per_row())
        self.configure(background=theme.colours.pane, height=rows * px(STEP))
        self.delete("all")
        self._images = []
        for index in range(len(self._names)):
            is_chosen = index == self.chosen
            x, y = self.centre(index)
            if is_chosen and has_focus(self):
                self._add(x, y, theme.box(px(RING), px(RING), RING / 2, border="accent", line=2))
            if is_chosen:
                self._add(x, y, theme.box(px(DISC), px(DISC), DISC / 2, border="text", line=1.5))
            self._add(x, y, theme.nick_disc(index, CHOSEN if is_chosen else DISC))

    def _add(self, x: int, y: int, image: tk.PhotoImage) -> None:
        self._images.append(image)
        self.create_image(x, y, image=image)
