"""The files that users keep on the server, on the page "This server"."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.deed_list import DeedList, DeedText
from chatapp.gui.widgets.setting_row import SectionHeading, SettingText
from chatapp.languages.translation import N_, _

NO_FILES = N_("Nobody has sent a file yet.")
DELETE = N_("Delete…")
PEOPLE, FILES = 3, 5  # that are shown before "Show all"
BAR, GAP = 8, 8  # pixels at 96 dpi


class ServerFiles(ttk.Frame):
    """How much is kept, by whom, and the largest files.

    Args:
        on_delete: Called with the id of a file.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_delete: Callable[[str], object]) -> None:
        super().__init__(master)
        px = theme.px
        self._theme = theme
        self.columnconfigure(0, weight=1)
        heading = SectionHeading(self, theme, _("Files"))
        heading.grid(sticky="ew")
        self.facts = heading.add(ttk.Label(heading, style="Muted.TLabel", justify="left"))
        self.track = tk.Frame(self, height=px(BAR), borderwidth=0)
        self.track.grid(sticky="ew", pady=(px(GAP), 0))
        self._fill = tk.Frame(self.track, borderwidth=0)
        self._people_heading = ttk.Label(self, text=_("By person"), style="Muted.TLabel")
        self._people_heading.grid(sticky="w", pady=(px(GAP), px(GAP // 2)))
        self.people = DeedList(self, theme, "", None, most=PEOPLE, is_low=True)
        self.people.grid(sticky="ew")
        self._files_heading = ttk.Label(self, text=_("Largest files"), style="Muted.TLabel")
        self._files_heading.grid(sticky="w", pady=(px(GAP), px(GAP // 2)))
        self.list = DeedList(self, theme, _(NO_FILES), on_delete, most=FILES, is_low=True)
        self.list.grid(sticky="ew")
        theme.watch(self, self._paint)

    def show(
        self, facts: str, share: float | None, people: Sequence[SettingText], files: Sequence[SettingText]
    ) -> None:
        """Show what the server keeps.

        Args:
            share: How much of the room is used, from 0 to 1; None if there is no limit.
            people: Who keeps files, and how much.
            files: The id of each file as key, its name, and the facts as note.
        """
        self.facts.configure(text=facts)
        if share is None:
            self.track.grid_remove()
        else:
            self.track.grid()
            self._fill.place(x=0, y=0, relheight=1, relwidth=min(share, 1.0))
        self.people.show([DeedText(each) for each in people])
        self.list.show([DeedText(each, DELETE) for each in files])
        for widget in (self._people_heading, self.people, self._files_heading):
            (widget.grid if files else widget.grid_remove)()

    @property
    def share(self) -> float:
        """How much of the bar is filled, from 0 to 1."""
        return float(self._fill.place_info().get("relwidth", 0) or 0)

    def show_problem(self, file_id: str, text: str) -> None:
        """Show below a file why it was not deleted."""
        self.list.show_problem(file_id, text)

    def _paint(self) -> None:
        colours = self._theme.colours
        self.track.configure(background=colours.divider)
        self._fill.configure(background=colours.accent)
