"""Choices with an explanation each, of which one is chosen: cards below one another."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from chatapp.gui.theme.palette import readable_role
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.text_fit import wrap
from chatapp.gui.widgets.widget_paths import has_focus

HEIGHT, PLAIN_HEIGHT, GAP = 48, 42, 4  # of a card, the same without boxes, between two; pixels at 96 dpi
LEFT, TEXT = 14, 44  # of the radio button and of the texts
PLAIN_LEFT = 4  # of the radio button without boxes
CHOICE = 18
MOST_LINES = 3  # of a text that has to wrap
LEAST_WIDTH = 200  # before it is placed


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice."""

    key: str
    text: str
    detail: str = ""


class RadioCards(tk.Canvas):
    """Cards to choose from by mouse or with the arrows.

    Args:
        on_change: Called with the key when the user chooses another card.
        surface: Colour role of what the cards stand on.
        has_boxes: Whether the chosen card has a box; without one it has only its focus ring.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        choices: Sequence[Choice],
        on_change: Callable[[str], object] = lambda key: None,
        surface: str = "pane",
        has_boxes: bool = True,
    ) -> None:
        super().__init__(
            master, highlightthickness=0, borderwidth=0, takefocus=True, width=theme.px(320), cursor="hand2"
        )
        self._theme = theme
        self._choices = list(choices)
        self._on_change = on_change
        self._surface = surface
        self._has_boxes = has_boxes
        self._left = LEFT if has_boxes else PLAIN_LEFT
        self._chosen = 0
        self._images: list[tk.PhotoImage] = []
        self.bind("<ButtonRelease-1>", self._on_click)
        for key, step in (("Up", -1), ("Left", -1), ("Down", 1), ("Right", 1)):
            self.bind(f"<{key}>", partial(self._on_arrow, step))
        self.bind("<space>", lambda event: "break")  # the chosen card stays; nothing goes to the composer
        for event in ("<Configure>", "<FocusIn>", "<FocusOut>"):
            self.bind(event, lambda event: self._paint(), add=True)
        theme.watch(self, self._paint)

    @property
    def chosen(self) -> str:
        """The key of the chosen card."""
        return self._choices[self._chosen].key

    def choose(self, index: int) -> None:
        """Choose the card with this index, if there is one, as the user does."""
        if 0 <= index < len(self._choices) and index != self._chosen:
            self._chosen = index
            self._paint()
            self._on_change(self.chosen)

    def move(self, step: int) -> None:
        """Choose the next card (1) or the previous one (-1), around the ends."""
        self.choose((self._chosen + step) % len(self._choices))

    def show(self, choices: Sequence[Choice], chosen: str) -> None:
        """Show these cards, one of them chosen, without calling `on_change`."""
        self._choices = list(choices)
        keys = [choice.key for choice in choices]
        self._chosen = keys.index(chosen) if chosen in keys else 0
        self._paint()

    def _on_click(self, event: tk.Event[tk.Misc]) -> None:
        self.focus_set()
        index = event.y // (self._height() + self._theme.px(GAP))
        if 0 <= event.x < self.winfo_width():
            self.choose(index)

    def _on_arrow(self, step: int, event: tk.Event[tk.Misc]) -> str:
        self.move(step)
        return "break"

    def _height(self) -> int:
        """Return the height of each card: that of the one with most lines."""
        px, fonts = self._theme.px, self._theme.fonts
        lines = fonts["ChatBold"].metrics("linespace") + fonts["ChatSmall"].metrics("linespace")
        needed = (
            sum(fonts[font].metrics("linespace") for line, font, role in self._lines(choice, self._has_boxes))
            for choice in self._choices
        )
        return max(
            px(HEIGHT if self._has_boxes else PLAIN_HEIGHT), lines + px(10), max(needed, default=0) + px(10)
        )

    def _text_left(self) -> int:
        return self._theme.px(self._left + self._theme.grown(TEXT - LEFT))

    def _lines(self, choice: Choice, is_bold: bool) -> list[tuple[str, str, str]]:
        """Return the lines of a card: text, font, colour role."""
        fonts = self._theme.fonts
        room = (
            max(self.winfo_width(), self._theme.px(LEAST_WIDTH))
            - self._text_left()
            - self._theme.px(self._left)
        )
        rows = [
            (choice.text, "ChatBold" if is_bold else "ChatBody", "text"),
            (choice.detail, "ChatSmall", "muted"),
        ]
        return [
            (line, font, role)
            for text, font, role in rows
            for line in wrap(text, fonts[font].measure, room, MOST_LINES)
        ]

    def _paint(self) -> None:
        px, height = self._theme.px, self._height()
        pitch = height + px(GAP)
        total = len(self._choices) * pitch - px(GAP)
        background = self._theme.colours.role(self._surface)
        self.configure(background=background, height=max(total, 1))
        self.delete("all")
        self._images.clear()
        for index, choice in enumerate(self._choices):
            self._draw(choice, index * pitch, height, index == self._chosen)

    def _draw(self, choice: Choice, top: int, height: int, is_chosen: bool) -> None:
        theme, px = self._theme, self._theme.px
        width, middle = self.winfo_width(), top + height // 2
        left = self._text_left()
        has_ring, has_box = has_focus(self), is_chosen and self._has_boxes
        surface = "select" if has_box else self._surface
        if has_box or (is_chosen and has_ring):
            fill, line = "select" if has_box else "", 2 if has_ring else 1
            box = theme.box(width, height, 6, fill, "accent", line)
            self.create_image(0, top, image=box, anchor="nw")
        parts = (("radio", "primary"), ("radio-dot", "on_primary")) if is_chosen else (
            ("radio", "field"), ("radio-border", "border")
        )  # fmt: skip
        image = theme.stack(theme.grown(CHOICE), *parts)
        self._images.append(image)
        self.create_image(px(self._left), middle, image=image, anchor="w")
        rows = self._lines(choice, has_box)
        heights = [theme.fonts[font].metrics("linespace") for text, font, role in rows]
        y = middle - sum(heights) // 2
        for (text, font, role), line_height in zip(rows, heights, strict=True):
            fill = theme.colours.role(readable_role(role, surface))
            self.create_text(left, y + line_height // 2, text=text, font=font, fill=fill, anchor="w")
            y += line_height
