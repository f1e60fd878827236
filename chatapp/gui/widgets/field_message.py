"""What is said below a field: a sentence with an icon, a button that helps, and words to use instead."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from tkinter import ttk
from typing import Literal

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.chip_button import Chip, ChipButton

ICON, INDENT, GAP = 14, 22, 8  # pixels at 96 dpi
STYLES = {"danger": "Danger.TLabel", "ok": "Ok.TLabel", "muted": "Muted.TLabel", "warn": "Warn.TLabel"}

Action = Callable[[], object]
Role = Literal["danger", "ok", "muted", "warn"]


@dataclass(frozen=True, slots=True)
class MessageContent:
    """What is said.

    Attributes:
        icon: A name in `icon_shapes.ICONS`; empty for none.
        footnote: A second, muted text below it; then the button is beside this one.
        action: The label of a button, and what it does; an empty label for none.
        lead: A text before the words.
        words: Each is a chip; what a click on it does.
    """

    text: str
    role: Role = "danger"
    icon: str = ""
    footnote: str = ""
    action: tuple[str, Action] = ("", lambda: None)
    lead: str = ""
    words: Mapping[str, Action] = field(default_factory=dict)


class FieldMessage(ttk.Frame):
    """The message.

    Args:
        width: In pixels at 96 dpi; the text wraps there.
    """

    def __init__(self, master: tk.Misc, theme: Theme, width: int) -> None:
        super().__init__(master)
        self._theme = theme
        self._width = width
        self._content = MessageContent("")
        self._icon = ttk.Label(self)
        self.label = ttk.Label(self, justify="left")
        self._footnote = ttk.Label(self, style="Muted.TLabel")
        self.button = ttk.Button(self, style="Link.TButton")
        self._tail = ttk.Frame(self)
        self._lead = ttk.Label(self._tail, justify="left")
        self.chips: list[ChipButton] = []
        theme.watch(self, self._place)

    @property
    def text(self) -> str:
        """The sentence that is said, "" for none."""
        return self._content.text

    @property
    def words(self) -> list[str]:
        """The words that are offered."""
        return list(self._content.words)

    def show(self, content: MessageContent) -> None:
        """Say this; the caller places the widget, or removes it when the text is empty."""
        self._content = content
        for chip in self.chips:
            chip.destroy()
        self.chips = [
            ChipButton(self._tail, self._theme, Chip(word), action) for word, action in content.words.items()
        ]
        label, action = content.action
        self.button.configure(text=label, command=action)
        self._place()

    def choose(self, word: str) -> None:
        """Do what a click on a word does."""
        self._content.words[word]()

    def _place(self) -> None:
        content, px = self._content, self._theme.px
        indent = px(self._theme.grown(INDENT)) if content.icon else 0
        width = px(self._width) - indent
        for label in (self.label, self._lead):
            label.configure(style=STYLES[content.role])
        for widget in (self._icon, self.label, self._footnote, self.button, self._tail):
            widget.grid_forget()
        if content.icon:
            icon = self._theme.icon(content.icon, content.role, self._theme.grown(ICON))
            self._icon.configure(image=icon)
            self._icon.grid(row=0, column=0, sticky="nw", padx=(px(1), 0), pady=(px(1), 0))
            self.columnconfigure(0, minsize=indent)
        else:
            self.columnconfigure(0, minsize=0)
        self.label.configure(text=content.text, wraplength=width)
        self.label.grid(row=0, column=1, columnspan=1 if content.action[0] else 2, sticky="w")
        if content.footnote:
            self._footnote.configure(text=content.footnote, wraplength=width)
            self._footnote.grid(row=1, column=1, columnspan=2, sticky="w", pady=(px(2), 0))
        if content.action[0]:
            self._place_button(width)
        if self.chips:
            self._place_words(width)

    def _place_button(self, width: int) -> None:
        """Put the button beside the text, or below it where there is no room."""
        fonts, px = self._theme.fonts, self._theme.px
        beside = self._content.footnote or self._content.text
        left = fonts["ChatSmall"].measure(beside) + px(GAP)
        row = 1 if self._content.footnote else 0
        self.label.grid(columnspan=3)
        if left + self.button.winfo_reqwidth() <= width:
            self.button.grid(row=row, column=1, columnspan=3, sticky="w", padx=(left, 0))
        else:
            self.button.grid(row=row + 1, column=1, columnspan=3, sticky="w", pady=(px(2), 0))

    def _place_words(self, width: int) -> None:
        """Put the words behind their lead, and those that have no room there below it."""
        px, gap = self._theme.px, self._theme.px(6)
        self._tail.grid(row=3, column=1, columnspan=2, sticky="w", pady=(px(2), 0))
        self._lead.configure(text=self._content.lead, wraplength=width)
        rows: list[list[tk.Misc]] = [[self._lead] if self._content.lead else []]
        used = self._lead.winfo_reqwidth() if self._content.lead else 0
        for chip in self.chips:
            needed = chip.winfo_reqwidth() + gap
            if rows[-1] and used + needed > width:
                rows.append([])
                used = 0
            rows[-1].append(chip)
            used += needed
        frames = [each for each in self._tail.winfo_children() if isinstance(each, ttk.Frame)]
        for frame in frames:
            frame.destroy()
        for row in rows:
            frame = ttk.Frame(self._tail)
            frame.lower()
            frame.pack(anchor="w", pady=(0, px(2)))
            for number, widget in enumerate(row):
                assert isinstance(widget, ttk.Label | ChipButton)
                widget.pack(in_=frame, side="left", padx=(gap if number else 0, 0))


def words(names: tuple[str, ...], use: Callable[[str], object]) -> dict[str, Action]:
    """Return chips for names, each of which calls `use` with its name."""
    return {name: partial(use, name) for name in names}
