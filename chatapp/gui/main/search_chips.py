"""The chips under the search field: each is a filter that can be set, changed and removed."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from tkinter import ttk
from typing import Literal

from chatapp.client.model.network import Network
from chatapp.client.model.search import SearchQuery, may_look_for_files
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.chip_button import Chip, ChipButton
from chatapp.languages.dates import day_and_month
from chatapp.languages.translation import _

GAP = 6  # between chips, in pixels at 96 dpi

Filter = Literal["conversation", "nick", "after", "before", "file", "link"]


@dataclass(frozen=True, slots=True)
class FilterChip:
    """A filter and its chip."""

    name: Filter
    chip: Chip


class SearchChips(ttk.Frame):
    """The chips, in as many rows as they need.

    Args:
        on_pick: Called with the filter whose chip was clicked.
        on_remove: Called with the filter whose cross was clicked.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_pick: Callable[[Filter], object],
        on_remove: Callable[[Filter], object],
    ) -> None:
        super().__init__(master, style="Sidebar.TFrame")
        self._theme = theme
        self._on_pick, self._on_remove = on_pick, on_remove
        self.chips: dict[Filter, ChipButton] = {}
        self.bind("<Configure>", lambda event: self._arrange())
        theme.watch(self, lambda: self.after_idle(self._arrange))

    def show(self, filters: list[FilterChip]) -> None:
        """Show these chips; those that stay keep the keyboard focus."""
        wanted = {each.name for each in filters}
        for name in set(self.chips) - wanted:
            self.chips.pop(name).destroy()
        for each in filters:
            if each.name not in self.chips:
                self.chips[each.name] = self._make(each)
            elif self.chips[each.name].chip != each.chip:
                self.chips[each.name].show(each.chip)
            tk.Misc.lift(self.chips[each.name])  # the Tab key follows this order
        self.chips = {each.name: self.chips[each.name] for each in filters}
        self._arrange()

    def _make(self, each: FilterChip) -> ChipButton:
        name = each.name
        return ChipButton(
            self, self._theme, each.chip,
            on_click=lambda: self._on_pick(name), on_remove=lambda: self._on_remove(name), surface="sidebar",
        )  # fmt: skip

    def _arrange(self) -> None:
        """Place the chips one after the other, in rows."""
        gap, width = self._theme.px(GAP), self.winfo_width()
        x = y = height = 0
        for chip in self.chips.values():
            chip.limit(width if width > 1 else 0)
            wide, height = chip.winfo_reqwidth(), chip.winfo_reqheight()
            if x and x + wide > width:
                x, y = 0, y + height + gap
            chip.place(x=x, y=y)
            x += wide + gap
        self.configure(height=max(y + height, 1))


def filter_chips(network: Network, query: SearchQuery, today: date) -> list[FilterChip]:
    """Return the chips for the filters of a query; those that the server does not allow are left out."""
    conversation = query.conversation and _title(network, query.conversation)
    chips = [
        _chip("conversation", "hash", conversation, _("Any conversation")),
        _chip("nick", "person", _from_text(network, query.nick), _("From anybody")),
        _chip("after", "clock", _since_text(query.after, today) if query.after else "", _("Since…")),
    ]
    if query.before:
        chips.append(_chip("before", "clock", _before_text(query.before, today), ""))
    if may_look_for_files(network) or "file" in query.has:
        text = _("Has a file")
        chips.append(_chip("file", "file", text if "file" in query.has else "", text))
    text = _("Has a link")
    chips.append(_chip("link", "link", text if "link" in query.has else "", text))
    return chips


def filter_texts(network: Network, query: SearchQuery, today: date) -> list[str]:
    """Return the filters that are set, as their chips name them: `Since 1 March`."""
    return [each.chip.text for each in filter_chips(network, query, today) if each.chip.is_selected]


def _from_text(network: Network, nick: str) -> str:
    return _("From {name}").format(name=network.display_name(nick)) if nick else ""


def _since_text(day: date, today: date) -> str:
    near = {0: _("Since today"), 1: _("Since yesterday")}
    return near.get((today - day).days) or _("Since {date}").format(date=day_and_month(day, today))


def _before_text(day: date, today: date) -> str:
    near = {0: _("Before today"), 1: _("Before yesterday")}
    return near.get((today - day).days) or _("Before {date}").format(date=day_and_month(day, today))


def _chip(name: Filter, icon: str, value: str | None, default: str) -> FilterChip:
    return FilterChip(name, Chip(value or default, icon, bool(value), bool(value)))


def _title(network: Network, name: str) -> str:
    return name if network.is_channel(name) else network.display_name(name)
