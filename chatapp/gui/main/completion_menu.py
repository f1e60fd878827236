"""The menu of completions above the message field: names, channels, commands, emoji."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import Literal

from chatapp.client.outgoing.completion import Completion, CompletionOption
from chatapp.gui.theme import emoji
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import platform_events
from chatapp.gui.widgets.text_fit import shorten

ROW = 32  # least height of a row, in pixels at 96 dpi
MAX_ROWS = 8  # that are shown at once
WIDTH = 420  # at most, at the usual size of text, in pixels at 96 dpi
MARGIN = 6  # of the rows, in pixels at 96 dpi
ICON, TEXT = 20, 38  # centre of the icon, start of the label at the usual size of text, in pixels at 96 dpi
GAP = 4  # between the menu and the box of the composer, in pixels at 96 dpi
CORNER, ROW_CORNER = 8, 6  # radius, in pixels at 96 dpi
KEY = "Tab"  # that takes the first option


class CompletionMenu(tk.Canvas):
    """A card over the window. Nothing is chosen until an arrow key is pressed, so that Enter still sends.

    Args:
        anchor: The widget above which it opens.
        on_choose: Called with an option that was clicked.
    """

    def __init__(
        self, anchor: tk.Misc, theme: Theme, on_choose: Callable[[CompletionOption], object]
    ) -> None:
        super().__init__(anchor.winfo_toplevel(), highlightthickness=0, borderwidth=0, takefocus=False)
        self._anchor = anchor
        self._theme = theme
        self._on_choose = on_choose
        self.completion: Completion | None = None  # what the menu shows; None while it is closed
        self._at: int | None = None  # index of the chosen option
        self._first = 0  # index of the first option that is shown
        self._size = (1, 1)  # in pixels
        self._images: list[tk.PhotoImage] = []  # Tk deletes an image that Python does not hold
        self.bind("<Button-1>", self._on_click)
        self.bind("<Motion>", lambda event: self._choose(self._index_at(event.y), scrolls=False))
        platform_events.bind_wheel(self, self._scroll)
        anchor.bind("<Configure>", lambda event: self._place(), add=True)
        anchor.bind("<Destroy>", self._on_anchor_destroyed, add=True)
        theme.watch(self, self._draw)

    @property
    def is_open(self) -> bool:
        """Whether the menu is shown."""
        return self.completion is not None

    @property
    def chosen(self) -> CompletionOption | None:
        """The option that was chosen with an arrow key or the pointer."""
        return None if self._at is None else self._rows[self._at]

    def show(self, completion: Completion | None) -> None:
        """Show the options of a completion; None closes the menu."""
        if completion == self.completion:
            return
        self.completion, self._at, self._first = completion, None, 0
        if completion:
            self._place()
            self._draw()
        else:
            self.place_forget()

    @property
    def _rows(self) -> tuple[CompletionOption, ...]:
        return self.completion.options if self.completion else ()

    def move(self, step: int) -> None:
        """Choose the next (1) or previous (-1) option."""
        count = len(self._rows)
        self._choose((0 if step > 0 else count - 1) if self._at is None else (self._at + step) % count)

    def _choose(self, index: int, scrolls: bool = True) -> None:
        if index == self._at or not 0 <= index < len(self._rows):
            return
        self._at = index
        if scrolls:
            self._first = min(max(self._first, index - MAX_ROWS + 1), index)
        self._draw()

    def _scroll(self, pixels: int) -> None:
        last = max(0, len(self._rows) - MAX_ROWS)
        self._first = min(max(self._first + (1 if pixels > 0 else -1), 0), last)
        self._draw()

    def _on_click(self, event: tk.Event[tk.Misc]) -> None:
        index = self._index_at(event.y)
        if 0 <= index < len(self._rows):
            self._on_choose(self._rows[index])

    def _index_at(self, y: int) -> int:
        return self._first + (y - self._theme.px(MARGIN)) // self._row_height()

    def _row_height(self) -> int:
        theme = self._theme
        return max(theme.px(ROW), theme.fonts["ChatBody"].metrics("linespace") + theme.px(8))

    def _place(self) -> None:
        """Place the menu above its anchor; it may be narrower in a narrow window."""
        if not self._rows:
            return
        px, anchor, window = self._theme.px, self._anchor, self.winfo_toplevel()
        above = anchor.winfo_rooty() - window.winfo_rooty() - px(GAP + 2 * MARGIN)
        rows = min(len(self._rows), MAX_ROWS, max(1, above // self._row_height()))
        width, height = (
            min(px(self._theme.grown(WIDTH)), anchor.winfo_width()),
            rows * self._row_height() + px(2 * MARGIN),
        )
        if (width, height) != self._size:
            self._size = width, height
            self._draw()
        self.place(in_=anchor, y=-px(GAP), anchor="sw", width=width, height=height)
        tk.Misc.tkraise(self)

    def _draw(self) -> None:
        colours = self._theme.colours
        self.configure(background=colours.pane)  # shows at the round corners
        self.delete("all")
        self._images.clear()
        self._image(0, 0, self._theme.box(self._size[0], self._size[1], CORNER, "raised", "edge"), "nw")
        shown = self._rows[self._first : self._first + MAX_ROWS]
        for row, option in enumerate(shown):
            self._draw_row(row, option, is_chosen=self._first + row == self._at)

    def _draw_row(self, row: int, option: CompletionOption, is_chosen: bool) -> None:
        theme, px, height = self._theme, self._theme.px, self._row_height()
        width = self._size[0]
        top = px(MARGIN) + row * height
        middle = top + height // 2
        if is_chosen:
            box = theme.box(width - 2 * px(MARGIN), height, ROW_CORNER, "select")
            self._image(px(MARGIN), top, box, "nw")
        self._draw_icon(middle, option)
        right = width - px(2 * MARGIN)
        if (row == 0 and self._at is None) or is_chosen:
            key = platform_events.shown_keys(KEY)
            self.create_text(right, middle, text=key, anchor="e", fill=theme.colours.muted, font="ChatSmall")
            right -= theme.fonts["ChatSmall"].measure(key) + px(12)
        left = px(MARGIN + theme.grown(TEXT))
        label = shorten(option.label, theme.fonts["ChatBody"].measure, right - left)
        self.create_text(left, middle, text=label, anchor="w", fill=theme.colours.text, font="ChatBody")
        left += theme.fonts["ChatBody"].measure(label) + px(10)
        detail = shorten(" ".join(option.detail.split()), theme.fonts["ChatSmall"].measure, right - left)
        self.create_text(left, middle, text=detail, anchor="w", fill=theme.colours.muted, font="ChatSmall")

    def _draw_icon(self, middle: int, option: CompletionOption) -> None:
        theme, x = self._theme, self._theme.px(MARGIN + self._theme.grown(ICON))
        size = theme.grown(16)
        match option.kind:
            case "emoji" if emoji.can_be_drawn():
                self.create_text(x, middle, text=option.name, font="ChatEmoji", fill=theme.colours.text)
                return
            case "person":
                image = theme.avatar(option.label, round(theme.grown(20)), key=option.name)
            case "channel":
                image = theme.icon("hash", "muted", size)
            case "emoji":
                image = theme.icon("smile", "muted", size)
            case _:
                image = theme.icon("chevron-right", "muted", size)
        self._image(x, middle, image, "center")

    def _image(self, x: int, y: int, image: tk.PhotoImage, anchor: Literal["nw", "center"]) -> None:
        self._images.append(image)
        self.create_image(x, y, image=image, anchor=anchor)

    def _on_anchor_destroyed(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is self._anchor and self.winfo_exists():
            self.destroy()
