"""Places what a bar shows: an icon, a sentence, a line below it, and a button at the right or below them."""

from __future__ import annotations

from tkinter import ttk
from typing import NamedTuple

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.text_fit import wrap

LEFT, GAP, END = 12, 10, 8  # left of the icon, beside it, and beside the button; pixels at 96 dpi
LABEL_EDGES = 4  # of a label, left and right of its picture or text
ABOVE, BETWEEN = 6, 6  # above and below everything, and above a button below the text
LINES, LINES_ABOVE_BUTTON = 2, 3  # of each text, beside a button and above one
LOW_WINDOW = 15  # lines of text; in a lower window the messages need the room of the second text


class BarParts(NamedTuple):
    """The widgets of a bar.

    Attributes:
        fonts: The names of the fonts of both texts.
    """

    icon: ttk.Label
    text: ttk.Label
    detail: ttk.Label
    button: ttk.Button
    fonts: tuple[str, str]


class BarLayout:
    """Breaks the texts of a bar into lines, places its parts, and gives it the height that they need.

    Args:
        bar: The frame of the parts.
        icon_size: In pixels at 96 dpi, with text of the default size.
    """

    def __init__(self, bar: ttk.Frame, theme: Theme, parts: BarParts, icon_size: int) -> None:
        self._bar, self._theme, self._parts, self._icon_size = bar, theme, parts, icon_size
        self._placed: tuple[bool, bool, bool] | None = None
        bar.grid_propagate(False)
        bar.columnconfigure(1, weight=1)

    @property
    def is_button_below(self) -> bool:
        """Whether the button is below the text, because the text would be cut off beside it."""
        return self._placed is not None and self._placed[1]

    def room(self) -> int:
        """Return the width for texts and button, in pixels."""
        used = LEFT + self._theme.grown(self._icon_size) + GAP + END + 2 * LABEL_EDGES
        return max(self._bar.winfo_width() - self._theme.px(used), 0)

    def fit(
        self, text: str, detail: str, has_button: bool, height: int, most_height: int | None = None
    ) -> None:
        """Show these texts.

        Args:
            detail: "" for none; a low window has no room for it.
            height: The smallest height, in pixels.
            most_height: For which a text above the button is shortened, to one line at least; None for no
                limit.
        """
        parts, px = self._parts, self._theme.px
        if self._bar.winfo_toplevel().winfo_height() < LOW_WINDOW * self._line("ChatBody"):
            detail = ""
        room = self.room()
        beside = max(room - parts.button.winfo_reqwidth() - px(END), 0) if has_button else room
        is_below = has_button and room > 0 and self._is_cut(text, detail, beside)
        button = parts.button.winfo_reqheight() if has_button else 0
        width, most = (room, LINES_ABOVE_BUTTON) if is_below else (beside, LINES)
        if is_below and most_height is not None:
            left = most_height - px(BETWEEN) - button - px(2 * ABOVE)
            most = max(min(left // self._line(parts.fonts[0]), most), 1)
        lines = 0
        for label, words, font in zip(parts[1:3], (text, detail), parts.fonts, strict=True):
            broken = self._wrapped(words, font, width, most)
            label.configure(text="\n".join(broken))
            lines += max(len(broken), bool(words)) * self._line(font)
        needed = lines + px(BETWEEN) + button if is_below else max(lines, button - px(2))
        self._bar.configure(height=max(height, needed + px(2 * ABOVE)))
        self._place(bool(detail), is_below, has_button)

    def _place(self, has_detail: bool, is_below: bool, has_button: bool) -> None:
        if self._placed == (has_detail, is_below, has_button):
            return
        self._placed = (has_detail, is_below, has_button)
        parts, px, bar = self._parts, self._theme.px, self._bar
        lines = 2 if has_detail else 1
        parts.icon.grid(row=0, column=0, padx=(px(LEFT), px(GAP)), rowspan=lines)
        parts.text.grid(row=0, column=1, sticky="sw" if has_detail else "w")
        if has_detail:
            parts.detail.grid(row=1, column=1, sticky="nw")
        else:
            parts.detail.grid_remove()
        if not has_button:
            parts.button.grid_remove()
        elif is_below:
            parts.button.grid(row=2, column=1, rowspan=1, sticky="w", padx=0, pady=(0, px(ABOVE)))
        else:
            parts.button.grid(row=0, column=2, rowspan=lines, sticky="", padx=px(END), pady=0)
        bar.rowconfigure(0, weight=1)
        bar.rowconfigure(1, weight=1 if has_detail else 0)

    def _is_cut(self, text: str, detail: str, width: int) -> bool:
        """Return whether a text does not fit into its lines beside the button."""
        texts = zip((text, detail), self._parts.fonts, strict=True)
        return any(
            words.split() != " ".join(self._wrapped(words, font, width, LINES)).split()
            for words, font in texts
        )

    def _wrapped(self, text: str, font: str, width: int, lines: int) -> list[str]:
        return wrap(text, self._theme.fonts[font].measure, width, lines)

    def _line(self, font: str) -> int:
        return int(self._theme.fonts[font].metrics("linespace"))
