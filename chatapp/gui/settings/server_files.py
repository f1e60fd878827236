"""The files that users keep on the server, on the page "This server"."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.deed_list import DeedList, DeedText
from chatapp.gui.widgets.progress_bar import SHARE, ProgressBar
from chatapp.gui.widgets.setting_row import SectionHeading, SettingText
from chatapp.languages.translation import N_, _

NO_FILES = N_("Nobody has sent a file yet.")
DELETE = N_("Delete…")
LARGEST, HIDE = N_("Largest files"), N_("Hide the list")
PEOPLE, FILES = 3, 5  # that are shown before "Show all"
GAP = 8  # pixels at 96 dpi


class ServerFiles(ttk.Frame):
    """How much is kept; on demand by whom, and the largest files.

    Args:
        on_delete: Called with the id of a file.
        on_limits: Called to change the limits.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_delete: Callable[[str], object],
        on_limits: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(master)
        px = theme.px
        self._theme = theme
        self.columnconfigure(0, weight=1)
        heading = SectionHeading(self, theme, _("Files"))
        heading.grid(sticky="ew")
        self.facts = heading.add(ttk.Label(heading, style="Muted.TLabel", justify="left"))
        self.bar = ProgressBar(self, theme, SHARE)
        self.bar.grid(sticky="ew", pady=(px(GAP), 0))
        self.buttons = ttk.Frame(self)
        self.buttons.grid(sticky="w", pady=(px(12), 0))
        self.largest = ttk.Button(self.buttons, style="Small.TButton", command=self._toggle)
        self.largest.grid(row=0, column=0, padx=(0, px(GAP // 2)))
        self.limits = ttk.Button(
            self.buttons, text=_("Change limits…"), style="Small.TButton", command=on_limits
        )
        self.limits.grid(row=0, column=1)
        self.limits.grid_remove()
        self._shows_lists, self._has_files = False, False
        self._people_heading = ttk.Label(self, text=_("By person"), style="Muted.TLabel")
        self._people_heading.grid(sticky="w", pady=(px(GAP), px(GAP // 2)))
        self.people = DeedList(self, theme, "", None, most=PEOPLE, is_low=True)
        self.people.grid(sticky="ew")
        self._files_heading = ttk.Label(self, text=_(LARGEST), style="Muted.TLabel")
        self._files_heading.grid(sticky="w", pady=(px(GAP), px(GAP // 2)))
        self.list = DeedList(self, theme, _(NO_FILES), on_delete, most=FILES, is_low=True)
        self.list.grid(sticky="ew", pady=(px(GAP // 2), 0))
        self._place()

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
            self.bar.grid_remove()
        else:
            self.bar.grid()
            self.bar.show(share)
        self.people.show([DeedText(each) for each in people])
        self.list.show([DeedText(each, DELETE) for each in files])
        self._has_files = bool(files)
        self._place()

    def offer_limits(self, is_offered: bool) -> None:
        """Show the button for the limits, or hide it."""
        (self.limits.grid if is_offered else self.limits.grid_remove)()

    def show_problem(self, file_id: str, text: str) -> None:
        """Show below a file why it was not deleted."""
        self.list.show_problem(file_id, text)

    def _toggle(self) -> None:
        self._shows_lists = not self._shows_lists
        self._place()

    def _place(self) -> None:
        """Show the lists if the user wants them; without files there is only a sentence."""
        self.largest.configure(text=_(HIDE) if self._shows_lists else _(LARGEST))
        (self.largest.grid if self._has_files else self.largest.grid_remove)()
        for widget in (self._people_heading, self.people, self._files_heading):
            (widget.grid if self._has_files and self._shows_lists else widget.grid_remove)()
        (self.list.grid if self._shows_lists or not self._has_files else self.list.grid_remove)()
