"""The card "Jump to": a field, and below it what matches: conversations, people, commands and settings."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import NamedTuple

from chatapp.gui.dialogs.jump_search import JumpResult, JumpSearch
from chatapp.gui.dialogs.jump_targets import Target
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.list_row import RowSource
from chatapp.gui.widgets.platform_events import shown_keys
from chatapp.gui.widgets.popup import Popup
from chatapp.gui.widgets.row_list import RowList, bind_steps
from chatapp.gui.widgets.search_field import SearchField
from chatapp.languages.translation import N_, _

# Pixels at 96 dpi
WIDTH, HEIGHT = 576, 512
ROW, INSET, PAD = 36, 8, 12
EDGE = 2  # that the popup adds around its body
LABEL_EDGE = 4  # that a label adds around its text

STEPS = {"Up": -1, "Down": 1, "Prior": -8, "Next": 8}
HINT = N_("Channel, person, command or setting")
PEOPLE_HINT = N_("Name of a person")
NOBODY_KNOWN = N_("Type the name of somebody who is on this server.")
KEYS = (N_("↑ ↓ choose"), N_("Enter opens"), N_("@ people"), N_("# channels"), N_("> commands"))
PEOPLE_KEYS = KEYS[:2]
PREPARE_MILLISECONDS = 40  # after which the search collects what can be found
NOTHING = JumpResult(RowSource.of(()), ())
GAP = "     "  # between the keys in the last line


class JumpState(NamedTuple):
    """What is typed and chosen in the card."""

    only_people: bool
    text: str
    chosen: str


class JumpDialog(Popup):
    """The first row is chosen; arrows move the choice, Enter or a click takes it, Escape closes.

    Of mere offers none is chosen at first, so that an Enter too soon makes nothing.

    Args:
        search: Finds the rows.
        on_choose: Called with what was chosen, after the card has closed.
        only_people: Whether only people are searched.
        text: What is in the field at first.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        search: JumpSearch,
        on_choose: Callable[[Target], object],
        only_people: bool = False,
        text: str = "",
    ) -> None:
        super().__init__(master, theme)
        px = theme.px
        self._search, self._only_people = search, only_people
        self._on_choose = on_choose
        self._found = NOTHING
        self._keys: list[str] = []
        self._marked = ""
        hint = _(PEOPLE_HINT if only_people else HINT)
        self._empty = _(NOBODY_KNOWN) if only_people else ""
        self.field = SearchField(self.body, theme, hint, lambda text: self._find(), is_high=True)
        self.field.show_right(_("Esc closes"))
        self.entry = self.field.entry
        self.rows = RowList(
            self.body, theme, "pane", on_choose=self._choose,
            row=ROW, inset=INSET - EDGE, pad=PAD, chosen_hint=shown_keys("Enter"), takes_focus=False,
        )  # fmt: skip
        line = ttk.Frame(self.body, style="Divider.TFrame", height=max(px(1), 1))
        self._foot_keys = [_(each) for each in (PEOPLE_KEYS if only_people else KEYS)]
        self.foot = ttk.Label(self.body, style="Muted.TLabel")
        margin = px(16 - EDGE)
        self.field.grid(row=0, sticky="ew", padx=margin, pady=(margin, px(12)))
        self.rows.grid(row=1, sticky="nsew", pady=(0, px(4)))
        line.grid(row=2, sticky="ew")
        self.foot.grid(row=3, sticky="w", padx=px(24 - EDGE), pady=px(8))
        self.body.columnconfigure(0, weight=1)
        self.body.rowconfigure(1, weight=1)
        self.body.grid_propagate(False)
        self.body.configure(width=px(WIDTH - 2 * EDGE), height=px(HEIGHT - 2 * EDGE))
        self.body.bind("<Configure>", lambda event: self._fit_foot())
        bind_steps(self.entry, STEPS, self._move)
        self.entry.bind("<Escape>", lambda event: self._escape())
        for key in ("<Return>", "<KP_Enter>"):
            self.entry.bind(key, lambda event: self._on_enter())
        self.field.set(text)
        self.entry.icursor("end")
        self._find()
        self.open_in_window(self.entry)
        timer = self.after(PREPARE_MILLISECONDS, search.prepare)
        self.entry.bind("<Destroy>", lambda event: self.after_cancel(timer), add=True)

    @property
    def typed(self) -> JumpState:
        """What is typed and chosen."""
        return JumpState(self._only_people, self.field.get(), self._marked)

    def choose(self, key: str) -> None:
        """Choose a row without opening it, if it is there."""
        if key in self._keys:
            self._marked = key
            self._show()

    def _fit_foot(self) -> None:
        """Name as many keys as there is room for."""
        measure = self._theme.fonts["ChatSmall"].measure
        width = self.body.winfo_width() - self._theme.px(2 * (24 - EDGE) + LABEL_EDGE)
        keys = self._foot_keys
        shown = (GAP.join(keys[:number]) for number in range(len(keys), 0, -1))
        self.foot.configure(text=next((text for text in shown if measure(text) <= width), ""))

    def _find(self) -> None:
        """Show what matches the text, and choose the first row unless it is an offer."""
        self._found = self._search.find(self.field.get())
        self._keys = [key for key in self._found.rows.keys if key]
        self._marked = self._keys[0] if self._keys and not self._found.is_offer else ""
        self._show()

    def _show(self) -> None:
        text = self.field.get().strip()
        nothing = _("Nothing is called “{text}”.").format(text=text) if text else self._empty
        self.rows.show(self._found.rows, self._marked, nothing)

    def _move(self, step: int) -> str:
        if self._keys and not self._marked:
            self._mark_first()
        elif self._keys:
            index = self._keys.index(self._marked) + step
            self._marked = self._keys[min(max(index, 0), len(self._keys) - 1)]
            self._show()
        return "break"

    def _on_enter(self) -> str:
        """Take the chosen row; if none is, choose the first one, which the next Enter takes."""
        if self._keys and not self._marked:
            self._mark_first()
            return "break"
        return self._choose(self._marked)

    def _mark_first(self) -> None:
        self._marked = self._keys[0]
        self._show()

    def _escape(self) -> str:
        self.close()
        return "break"

    def _choose(self, key: str) -> str:
        target = self._found.target(key)
        if target is not None:
            self.close()
            self._on_choose(target)
        return "break"
