"""What the search pane shows instead of hits: how to search, or that nothing was found and what may help."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.text_fit import shorten
from chatapp.languages.translation import _

ICON, MARGIN = 32, 16  # pixels at 96 dpi


@dataclass(frozen=True, slots=True)
class SearchEmptiness:
    """Why there are no hits.

    Args:
        title: One sentence.
        text: What may help; empty for nothing.
        suggestion: Words to search for instead.
        has_filters: Whether filters may be the reason.
        has_more: Whether older messages can be searched, too.
    """

    title: str
    text: str = ""
    suggestion: str = ""
    has_filters: bool = False
    has_more: bool = False


class EmptySearch(ttk.Frame):
    """An icon, a sentence, an explanation and buttons, in the middle.

    Args:
        on_suggestion: Called with the words to search for instead.
        on_without_filters: Called to search without filters.
        on_more: Called to search older messages, too.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_suggestion: Callable[[str], object],
        on_without_filters: Callable[[], object],
        on_more: Callable[[], object],
    ) -> None:
        super().__init__(master, style="Sidebar.TFrame")
        px = theme.px
        self._theme = theme
        self._suggestion, self._has_filters = "", False
        self._icon = ttk.Label(self, style="Sidebar.TLabel")
        self.title = ttk.Label(self, style="Header.Sidebar.TLabel", justify="center", anchor="center")
        self.text = ttk.Label(self, style="Muted.Sidebar.TLabel", justify="center", anchor="center")
        self._buttons = ttk.Frame(self, style="Sidebar.TFrame")
        self.suggest = ttk.Button(
            self._buttons, style="Sidebar.TButton", command=lambda: on_suggestion(self._suggestion)
        )
        self.unfilter = ttk.Button(
            self._buttons, text=_("Without filters"), style="Sidebar.TButton", command=on_without_filters
        )
        self.more = ttk.Button(
            self, text=_("Search older messages"), style="Sidebar.TButton", command=on_more
        )
        self._icon.grid(row=1, pady=(0, px(12)))
        self.title.grid(row=2, pady=(0, px(8)))
        self.text.grid(row=3, pady=(0, px(12)))
        self.more.grid(row=4, pady=(0, px(8)))
        self._buttons.grid(row=5)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.rowconfigure(6, weight=2)
        self.bind("<Configure>", lambda event: self._fit(event.width))
        theme.watch(
            self, lambda: self._icon.configure(image=theme.icon("search", "muted", theme.grown(ICON)))
        )

    def show(self, emptiness: SearchEmptiness) -> None:
        """Show why there are no hits."""
        self._suggestion = emptiness.suggestion
        self.title.configure(text=emptiness.title)
        self.text.configure(text=emptiness.text)
        self._has_filters = emptiness.has_filters
        if emptiness.has_more:
            self.more.grid()
        else:
            self.more.grid_remove()
        self._fit(self.winfo_width())

    def _fit(self, width: int) -> None:
        px = self._theme.px
        room = max(width - 2 * px(MARGIN), px(100))
        for label in (self.title, self.text):
            label.configure(wraplength=room)
        measure = self._theme.fonts["ChatBody"].measure
        label_room = room - 2 * px(MARGIN)  # the edges of the button take the rest
        text = _("Search “{text}”").format(text=self._suggestion)
        self.suggest.configure(text=shorten(text, measure, label_room))
        self._place_buttons(room)
        wanted = self.winfo_reqheight() + (0 if self._icon.winfo_manager() else self._icon.winfo_reqheight())
        (self._icon.grid if self.winfo_height() >= wanted else self._icon.grid_remove)()

    def _place_buttons(self, room: int) -> None:
        """Place the buttons that are of use side by side, or below one another in a narrow pane."""
        shown = [each for each, is_shown in (
            (self.suggest, self._suggestion), (self.unfilter, self._has_filters)
        ) if is_shown]  # fmt: skip
        gap = self._theme.px(4)
        fits = sum(each.winfo_reqwidth() + 2 * gap for each in shown) <= room
        for button in (self.suggest, self.unfilter):
            button.grid_remove()
        for number, button in enumerate(shown):
            row, column = (0, number) if fits else (number, 0)
            button.grid(row=row, column=column, padx=gap, pady=0 if fits else gap)
