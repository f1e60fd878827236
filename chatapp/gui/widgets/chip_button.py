"""A small round button with a word: a filter, a reason, a name to choose."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass

from chatapp.gui.theme.palette import readable_role
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.text_fit import shorten
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.gui.widgets.widget_paths import has_focus

HEIGHT = 28  # the smallest, in pixels at 96 dpi
PAD, ICON, CROSS, GAP = 10, 13, 11, 6  # margins, icons, and between them; pixels at 96 dpi


@dataclass(frozen=True, slots=True)
class Chip:
    """What a chip shows."""

    text: str
    icon: str = ""  # of `icon_shapes.ICONS`
    is_selected: bool = False
    is_removable: bool = False  # whether it has a cross


class ChipButton(tk.Canvas):
    """A chip that can be clicked, and removed with its cross or Delete.

    Args:
        on_click: Called on a click, and on Enter and Space.
        on_remove: Called on a click on the cross, and on Delete.
        surface: Colour role of what it stands on.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        chip: Chip,
        on_click: Callable[[], object],
        on_remove: Callable[[], object] = lambda: None,
        surface: str = "pane",
    ) -> None:
        super().__init__(master, highlightthickness=0, borderwidth=0, takefocus=True, cursor="hand2")
        self._theme = theme
        self._chip = chip
        self._surface = surface
        self._on_click, self._on_remove = on_click, on_remove
        self._is_hovered = False
        self._is_pressed = False
        self._shown_text = chip.text
        self.bind("<Button-1>", self._on_press)
        self.bind("<ButtonRelease-1>", self._on_release)
        for key in ("<space>", "<Return>", "<KP_Enter>"):
            self.bind(key, lambda event: self._run(self._on_click))
        for key in ("<Delete>", "<BackSpace>"):
            self.bind(key, lambda event: self._run(self._on_remove) if self._chip.is_removable else None)
        self.bind("<Enter>", lambda event: self._hover(True))
        self.bind("<Leave>", lambda event: self._hover(False))
        for event in ("<FocusIn>", "<FocusOut>"):
            self.bind(event, lambda event: self._paint(), add=True)
        self._limit = 0  # the greatest width in pixels; 0 for none
        self._tip = Tooltip(self, theme)
        theme.watch(self, self._paint)

    @property
    def chip(self) -> Chip:
        """What it shows."""
        return self._chip

    def show(self, chip: Chip) -> None:
        """Show another text or state."""
        self._chip = chip
        self._paint()

    def limit(self, width: int) -> None:
        """Shorten the text so that the chip is not wider than this many pixels."""
        if width != self._limit:
            self._limit = width
            self._paint()

    def _run(self, action: Callable[[], object]) -> str:
        action()
        return "break"  # else the key would go to the composer, too

    def _on_press(self, event: tk.Event[tk.Misc]) -> None:
        self._is_pressed = True
        self._tip.hide()

    def _on_release(self, event: tk.Event[tk.Misc]) -> None:
        """Act on a click; a press that has closed a card over the window was none on the chip."""
        is_click, self._is_pressed = self._is_pressed, False
        width = self.winfo_width()
        if not (is_click and 0 <= event.x < width and 0 <= event.y < self.winfo_height()):
            return
        cross = self._theme.px(PAD + self._theme.grown(CROSS) + GAP)
        is_on_cross = self._chip.is_removable and event.x >= width - cross
        (self._on_remove if is_on_cross else self._on_click)()

    def _hover(self, is_hovered: bool) -> None:
        self._is_hovered = is_hovered
        self._paint()
        self._tip.show(self._chip.text if is_hovered and self._shown_text != self._chip.text else "")

    def _colours(self) -> tuple[str, str, float]:
        """Return the roles of fill and border, and the width of the border."""
        is_focused = has_focus(self)
        if self._chip.is_selected:
            return "select", "accent", 2 if is_focused else 1
        border = "border" if self._surface in ("sidebar", "chrome", "raised") else ""
        fill = "select" if self._is_hovered else "" if border else "chip"
        return (fill, "accent", 2) if is_focused else (fill, border, 1)

    def _paint(self) -> None:
        theme, px, chip = self._theme, self._theme.px, self._chip
        font = theme.fonts["ChatSmall"]
        height = max(px(HEIGHT), font.metrics("linespace") + px(8))
        icon, cross = theme.grown(ICON), theme.grown(CROSS)
        left = px(PAD) + (px(icon + GAP) if chip.icon else 0)
        right = px(PAD) + (px(cross + GAP) if chip.is_removable else 0)
        room = self._limit - left - right if self._limit else font.measure(chip.text)
        text = self._shown_text = shorten(chip.text, font.measure, max(room, 0))
        width = left + font.measure(text) + right
        fill, border, line = self._colours()
        colour = theme.colours.role(readable_role("text", fill or self._surface))
        self.configure(width=width, height=height, background=theme.colours.role(self._surface))
        self.delete("all")
        box = theme.box(width, height, height / 2 / theme.scale, fill, border, line)
        self.create_image(0, 0, image=box, anchor="nw")
        middle = height // 2
        if chip.icon:
            self.create_image(px(PAD), middle, image=theme.icon(chip.icon, "text", icon), anchor="w")
        self.create_text(left, middle, text=text, font="ChatSmall", fill=colour, anchor="w")
        if chip.is_removable:
            self.create_image(width - px(PAD), middle, image=theme.icon("x", "text", cross), anchor="e")
