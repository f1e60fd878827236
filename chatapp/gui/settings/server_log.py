"""The moderation log on the page "This server"."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from datetime import date
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.setting_row import SectionHeading
from chatapp.gui.widgets.wrapping import wrap_at
from chatapp.languages.dates import day_and_month
from chatapp.languages.translation import N_, _

HEIGHT_LINES = 16  # of the list
PAD = 16  # pixels at 96 dpi
SAVE, SAVING = N_("Save as a file…"), N_("Reading the log…")
OLDER, LOADING = N_("Show older entries"), N_("Loading…")
EMPTY = N_("No moderator has done anything yet.")

LogLine = tuple[str, str, str]
"""When, who, what."""


class ServerLog(ttk.Frame):
    """Time, name and deed of each entry, the newest first. One Text shows any number of them.

    Args:
        on_older: Called when the user wants more entries.
        on_save: Called when the user wants all of them in a file.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_older: Callable[[], object],
        on_save: Callable[[], object],
    ) -> None:
        super().__init__(master)
        px = theme.px
        self._theme = theme
        self._shown: Sequence[LogLine] | None = None
        self.columnconfigure(0, weight=1)
        heading = SectionHeading(self, theme, _("Moderation log"))
        heading.grid(sticky="ew", pady=(0, px(8)))
        self.save = heading.add(ttk.Button(heading, text=_(SAVE), style="Link.TButton", command=on_save))
        self._card = ttk.Frame(self, style="Outline.TFrame", padding=px(2))
        self._card.grid(sticky="ew")
        self._card.columnconfigure(0, weight=1)
        self.text = tk.Text(
            self._card, height=HEIGHT_LINES, width=1, wrap="word", borderwidth=0, highlightthickness=0,
            cursor="arrow", state="disabled", padx=px(PAD), pady=px(8),
        )  # fmt: skip
        self._bar = ttk.Scrollbar(self._card, command=self.text.yview)
        self.text.configure(yscrollcommand=self._on_view)
        self.text.grid(row=0, column=0, sticky="ew")
        self.note = ttk.Label(self, style="Muted.TLabel", justify="left")
        self.note.grid(sticky="w", pady=(px(4), 0))
        self.note.grid_remove()
        self.older = ttk.Button(self, text=_(OLDER), style="Link.TButton", command=on_older)
        self.older.grid(sticky="w", pady=(px(4), 0))
        self.bind("<Configure>", lambda event: wrap_at(self.note, event.width))
        theme.watch(self, self._paint)

    def show(self, lines: Sequence[LogLine], has_more: bool, is_reading: bool, is_saving: bool) -> None:
        """Show these entries."""
        if lines != self._shown:
            self._shown = lines
            self._fill()
        self.older.configure(text=_(LOADING if is_reading else OLDER))
        self.older.state(["disabled" if is_reading else "!disabled"])
        self.older.grid() if has_more else self.older.grid_remove()
        self.save.configure(text=_(SAVING if is_saving else SAVE))
        self.save.state(["disabled" if is_saving else "!disabled"])

    def show_note(self, text: str) -> None:
        """Show what became of the file; an empty text hides it."""
        self.note.configure(text=text)
        self.note.grid() if text else self.note.grid_remove()

    def _fill(self) -> None:
        top = self.text.yview()[0]
        pieces: list[object] = []
        for when, who, what in self._shown or ():
            pieces += [f"{when}\t", ("time",), f"{who}\n", ("who",), f"\t{what}\n", ("what",)]
        self.text.configure(state="normal")
        self.text.delete("1.0", "end")
        self.text.insert("1.0", *(pieces or [f"{_(EMPTY)}\n", ("what",)]))  # type: ignore[arg-type]
        self.text.delete("end-1c")
        self.text.configure(state="disabled", height=min(HEIGHT_LINES, max(2 * len(self._shown or ()), 2)))
        self.text.yview_moveto(top)

    def _paint(self) -> None:
        theme, px = self._theme, self._theme.px
        colours = theme.colours
        days = [date(2026, month, 28) for month in range(1, 13)]
        longest = max(theme.fonts["ChatSmall"].measure(f"{day_and_month(day, day)}  ") for day in days)
        left = max(px(76), longest)
        self.text.configure(
            background=colours.pane, foreground=colours.text, font="ChatSmall", tabs=(left,),
            selectbackground=colours.select, selectforeground=colours.text,
            inactiveselectbackground=colours.select,
        )  # fmt: skip
        self.text.tag_configure("time", foreground=colours.muted, lmargin2=left, spacing1=px(6))
        self.text.tag_configure("who", font="ChatSmallBold", lmargin2=left, spacing1=px(6))
        self.text.tag_configure("what", foreground=colours.muted, lmargin2=left, spacing3=px(4))

    def _on_view(self, first: float, last: float) -> None:
        if float(first) <= 0 and float(last) >= 1:
            self._bar.grid_remove()
        else:
            self._bar.grid(row=0, column=1, sticky="ns")
        self._bar.set(first, last)
