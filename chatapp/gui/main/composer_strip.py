"""The line below the composer: who is typing, errors and command usage at the left, a hint at the right."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import NamedTuple

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.text_fit import shorten, wrap
from chatapp.gui.widgets.wrapping import EDGES
from chatapp.languages.translation import N_

HEIGHT = 28  # at least, in pixels at 96 dpi
LOW_HEIGHT = 8  # of an empty one in a low window
ICON = 14  # pixels at 96 dpi
MOST_LINES = 3  # of a text that the user has to know
HINT = N_("Enter sends · Shift+Enter for a new line")


class StripAction(NamedTuple):
    """What a button of the strip does; one with an icon stands out."""

    label: str = ""
    on_press: Callable[[], object] = lambda: None
    icon: str = ""


NO_ACTION = StripAction()


class ComposerStrip(ttk.Frame):
    """A strip that is always there, so that nothing moves when a text comes or goes."""

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        super().__init__(master)
        self._theme = theme
        self._text = self._problem = self._hint_text = ""
        self._lines = 1
        self._actions = [NO_ACTION, NO_ACTION]
        self._is_low = False
        self.label = ttk.Label(self, style="Muted.TLabel")
        self.hint = ttk.Label(self, style="Faint.TLabel")
        self.action = ttk.Button(self, style="Link.TButton", command=self._press)
        self.columnconfigure(0, weight=1)
        self.label.grid(row=0, column=0, sticky="w", padx=(theme.px(2), 0))
        self.bind("<Configure>", lambda event: self._fit())
        theme.watch(self, self._paint)

    def show(self, text: str, problem: str = "", hint: str = "", lines: int = 1) -> None:
        """Show texts; an error takes the place of the others, on as many lines as it needs.

        Args:
            text: For the left, cut to so many lines.
            hint: For the right, where there is room for it.
        """
        self._text, self._problem, self._hint_text, self._lines = text, problem, hint, lines
        self._fit()

    def show_low(self, is_low: bool) -> None:
        """Take height only while there is something to show, or always."""
        self._is_low = is_low
        self._paint()

    def show_action(self, label: str, on_press: Callable[[], object] = lambda: None, icon: str = "") -> None:
        """Show a button at the right for what was just done; "" removes it."""
        self._show_action(0, StripAction(label, on_press, icon))

    def show_standing_action(self, label: str, on_press: Callable[[], object] = lambda: None) -> None:
        """Show a button at the right as long as there is no other one; "" removes it."""
        if label != self._actions[1].label:
            self._show_action(1, StripAction(label, on_press))

    def _show_action(self, place: int, action: StripAction) -> None:
        self._actions[place] = action
        self._paint_action()
        if self._shown_action().label:
            self.action.grid(row=0, column=2, sticky="e")
        else:
            self.action.grid_forget()
        self._fit()

    def _paint_action(self) -> None:
        shown, theme = self._shown_action(), self._theme
        icon = theme.icon(shown.icon, "text", theme.grown(ICON)) if shown.icon else ""
        style = "Small.TButton" if shown.icon else "Link.TButton"
        gap = " " if shown.icon else ""  # between icon and text
        self.action.configure(text=gap + shown.label, style=style, image=icon, compound="left")

    def _shown_action(self) -> StripAction:
        return next((each for each in self._actions if each.label), NO_ACTION)

    def _press(self) -> None:
        self._shown_action().on_press()

    def _fit(self) -> None:
        px, measure = self._theme.px, self._theme.fonts["ChatSmall"].measure
        action = self.action.winfo_reqwidth() + px(8) if self.action.winfo_manager() else 0
        width = max(self.winfo_width() - px(4) - EDGES - action, px(100))
        hint_width = measure(self._hint_text) + px(12) + EDGES
        fits = width >= measure(self._text) + hint_width
        has_hint = bool(self._hint_text) and fits and not self._problem and not action
        text_width = width - hint_width if has_hint else width
        self.label.configure(
            text=self._problem or self._fitted(text_width),
            style="Danger.TLabel" if self._problem else "Muted.TLabel",
            wraplength=width if self._problem else 0,
        )
        self._fit_height()
        if has_hint:
            self.hint.configure(text=self._hint_text)
            self.hint.grid(row=0, column=1, sticky="e", padx=(px(8), px(2)))
        else:
            self.hint.grid_forget()

    def _fitted(self, width: int) -> str:
        """Return the text for the left, cut to its lines."""
        measure = self._theme.fonts["ChatSmall"].measure
        if self._lines == 1 or measure(self._text) <= width:
            return shorten(self._text, measure, width)
        return "\n".join(wrap(self._text, measure, width, self._lines))

    def _fit_height(self) -> None:
        px, linespace = self._theme.px, self._theme.fonts["ChatSmall"].metrics("linespace")
        is_away = self._is_low and not (self._text or self._problem or self._shown_action().label)
        if is_away:
            self.label.grid_remove()
            self.configure(height=px(LOW_HEIGHT))  # a frame keeps its height when the last part goes
        else:
            self.label.grid()
        self.rowconfigure(0, minsize=px(LOW_HEIGHT) if is_away else max(px(HEIGHT), linespace + px(8)))

    def _paint(self) -> None:
        self._paint_action()
        self._fit()
