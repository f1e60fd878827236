"""The pane at the right to search everything: a field, chips for filters, the hits."""

from __future__ import annotations

import re
import time
import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from tkinter import ttk
from typing import NamedTuple

from chatapp.client.model.network import Network
from chatapp.client.model.search import SearchHit
from chatapp.gui.main.search_chips import Filter, FilterChip, SearchChips
from chatapp.gui.main.search_empty import EmptySearch, SearchEmptiness
from chatapp.gui.main.search_hit_files import FileDoors
from chatapp.gui.main.search_hit_list import SearchHitList
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.icon_button import IconButton
from chatapp.gui.widgets.search_field import SearchField
from chatapp.gui.widgets.text_fit import shorten
from chatapp.languages.translation import N_, _

MARGIN, HEADER, FOOTER = 16, 48, 36  # pixels at 96 dpi
TITLE = N_("Search everywhere")
KEYS = N_("↑ ↓ next hit   Enter opens   Esc back to the composer")
KEY_GAP = "   "  # between them
LOW_PANE = 12  # lines of text; in a lower pane the hits need the room of title and keys


class SearchHandlers(NamedTuple):
    """Functions that the pane calls."""

    on_text: Callable[[str], object]
    """The text in the field has changed."""
    on_enter: Callable[[], object]
    """Enter in the field: search now, or open the chosen hit."""
    on_pick: Callable[[Filter], object]
    """Let the user choose a value for this filter."""
    on_remove: Callable[[Filter], object]
    """Remove this filter."""
    on_open: Callable[[SearchHit], object]
    """Show this hit in its place."""
    on_more: Callable[[], object]
    """Search older messages, too: the user has reached the last hit."""
    on_visible: Callable[[Sequence[SearchHit]], object]
    """These hits have come into sight, and their neighbours are not known."""
    on_suggestion: Callable[[str], object]
    """Search for these words instead."""
    on_without_filters: Callable[[], object]
    """Search for the same words without filters."""
    on_scroll: Callable[[int], object]
    """Scroll the messages by so many pages."""
    on_close: Callable[[], object]
    """Close the pane."""


class SearchPane(ttk.Frame):
    """Everything at the right while one searches.

    Args:
        files: What the client knows of the files in the hits.
        now: Returns Unix seconds.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        handlers: SearchHandlers,
        files: FileDoors,
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(master, style="Sidebar.TFrame")
        px = theme.px
        self._theme = theme
        self._handlers = handlers
        self._note_text = ""
        self._title = ttk.Label(self, style="Header.Sidebar.TLabel")
        self.close_button = IconButton(self, theme, "x", _("Close"), handlers.on_close, "Sidebar.", key="Esc")
        self.field = SearchField(self, theme, _("Words, or from:ben in:general"), handlers.on_text)
        self.chips = SearchChips(self, theme, handlers.on_pick, handlers.on_remove)
        self._note = ttk.Label(self, style="Warn.Sidebar.TLabel", wraplength=px(340), justify="left")
        self.hits = SearchHitList(
            self, theme, handlers.on_open, handlers.on_more, handlers.on_visible, files, now
        )
        self.empty = EmptySearch(
            self, theme, handlers.on_suggestion, handlers.on_without_filters, handlers.on_more
        )
        self._foot_line = ttk.Frame(self, style="Divider.TFrame", height=1)
        self._keys = ttk.Label(self, style="Muted.Sidebar.TLabel")
        self._arrange()
        self._bind_events()
        theme.watch(self, lambda: self._fit(self.winfo_width(), self.winfo_height()))

    def show_filters(self, chips: list[FilterChip]) -> None:
        """Show the filters."""
        self.chips.show(chips)

    def show_note(self, text: str) -> None:
        """Show what the user must know about the hits; "" for nothing."""
        self._note_text = text
        self._note.configure(text=text)
        if text:
            self._note.grid()
        else:
            self._note.grid_remove()

    def show_hits(
        self,
        hits: Sequence[SearchHit],
        words: re.Pattern[str] | None,
        twelve_hours: bool,
        keep: bool = False,
        has_more: bool = False,
        servers: Mapping[Network, str] | None = None,
    ) -> None:
        """Show hits; the arguments are those of `SearchHitList.show`."""
        self.empty.grid_remove()
        self.hits.grid()
        self.hits.show(hits, words, twelve_hours, keep, has_more, servers)

    def show_empty(self, emptiness: SearchEmptiness) -> None:
        """Say that nothing was found, or that nothing was searched yet."""
        self.hits.grid_remove()
        self.empty.show(emptiness)
        self.empty.grid()

    def show_count(self, text: str) -> None:
        """Show how many messages were found."""
        self.field.show_right(text)

    def focus_field(self) -> None:
        """Give the field the keyboard."""
        self.field.focus_field()

    def _arrange(self) -> None:
        px = self._theme.px
        margin = px(MARGIN)
        self._title.grid(row=0, column=0, sticky="w", padx=(margin, 0))
        self.close_button.grid(row=0, column=1, sticky="e", padx=(0, px(10)))
        self.rowconfigure(0, minsize=px(HEADER))
        self.field.grid(row=1, column=0, columnspan=2, sticky="ew", padx=margin, pady=(px(4), px(10)))
        self.chips.grid(row=2, column=0, columnspan=2, sticky="ew", padx=margin, pady=(0, px(12)))
        ttk.Frame(self, style="Divider.TFrame", height=1).grid(row=3, columnspan=2, sticky="ew")
        self._note.grid(row=4, column=0, columnspan=2, sticky="ew", padx=margin, pady=px(8))
        self._note.grid_remove()
        for widget in (self.hits, self.empty):
            widget.grid(row=5, column=0, columnspan=2, sticky="nsew")
            widget.grid_remove()
        self.rowconfigure(5, weight=1)
        self._foot_line.grid(row=6, columnspan=2, sticky="ew")
        self._keys.grid(row=7, column=0, columnspan=2, sticky="w", padx=margin)
        self.rowconfigure(7, minsize=px(FOOTER))
        self.columnconfigure(0, weight=1)
        self.grid_propagate(False)

    def _bind_events(self) -> None:
        entry, handlers = self.field.entry, self._handlers
        for key in ("<Return>", "<KP_Enter>"):
            entry.bind(key, lambda event: _then(handlers.on_enter))
        entry.bind("<Up>", lambda event: self.hits.step(-1))
        entry.bind("<Down>", lambda event: self.hits.step(1))
        for widget in (entry, self.hits.text):
            widget.bind("<Prior>", lambda event: _then(lambda: handlers.on_scroll(-1)))
            widget.bind("<Next>", lambda event: _then(lambda: handlers.on_scroll(1)))
            widget.bind("<Escape>", lambda event: _then(handlers.on_close))
        self.bind("<Configure>", lambda event: self._fit(event.width, event.height))

    def _fit(self, width: int, height: int) -> None:
        if width <= 1:  # not on the screen yet
            return
        px = self._theme.px
        room = width - 2 * px(MARGIN)
        self._note.configure(wraplength=max(room, px(100)))
        title_room = room - self.close_button.winfo_reqwidth()
        self._title.configure(
            text=shorten(_(TITLE), self._theme.fonts["ChatHeader"].measure, max(title_room, 0))
        )
        measure = self._theme.fonts["ChatSmall"].measure
        keys = _(KEYS).split(KEY_GAP)
        texts = [KEY_GAP.join(keys[:number]) for number in range(len(keys), 0, -1)]
        self._keys.configure(text=next((text for text in texts if measure(text) <= room), ""))
        self._arrange_edges(height < LOW_PANE * self._theme.fonts["ChatBody"].metrics("linespace"))

    def _arrange_edges(self, is_low: bool) -> None:
        """Leave title and keys out of a low pane: the hits need the room."""
        px = self._theme.px
        for widget in (self._title, self._foot_line, self._keys):
            (widget.grid_remove if is_low else widget.grid)()
        self.rowconfigure(0, minsize=0 if is_low else px(HEADER))
        self.rowconfigure(7, minsize=0 if is_low else px(FOOTER))
        top = px(8) if is_low else px(4)
        self.field.grid(columnspan=1 if is_low else 2, pady=(top, px(10)))
        self.close_button.grid(row=1 if is_low else 0, pady=(top, px(10)) if is_low else 0)


def _then(action: Callable[[], object]) -> str:
    action()
    return "break"
