"""The dialog with the limits of files on a server, for its owners."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from tkinter import ttk
from typing import Literal

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import Dialog, QuestionDialog
from chatapp.gui.widgets.scrolled import Scrolled
from chatapp.languages.numbers import KILO, format_number, format_size, parse_size
from chatapp.languages.translation import N_, _, ngettext
from chatapp.protocol.numbers import parse_whole

WIDTH, PAD, WRAP = 440, 20, 230  # of the content, around it, of the texts of a row; pixels at 96 dpi
REST = 220  # of the height of the screen, for what does not scroll; pixels at 96 dpi
MEGA, GIGA = KILO**2, KILO**3
KEEP = "keep_days"

Unit = Literal["choice", "size", "days"]


@dataclass(frozen=True, slots=True)
class Limit:
    """One of the limits.

    Args:
        title: What it limits, marked for translation, as is the detail.
        choices: The usual values: numbers, or words of the configuration with what stands for them.
        may_be_typed: Whether other values can be typed.
    """

    title: str
    detail: str
    unit: Unit
    choices: Mapping[str, str] | Sequence[int]

    @property
    def may_be_typed(self) -> bool:
        """Whether other values than the usual ones can be entered."""
        return self.unit != "choice"


LIMITS: dict[str, Limit] = {
    "who": Limit(
        N_("Who can send files"), "", "choice",
        {
            "everybody": N_("Everybody"), "members": N_("People with an account"),
            "moderators": N_("Moderators and owners"), "nobody": N_("Nobody"),
        },
    ),
    "max_bytes": Limit(
        N_("Largest file"), "", "size", (5 * MEGA, 25 * MEGA, 100 * MEGA, 500 * MEGA, 2 * GIGA, 0)
    ),
    "bytes_per_day": Limit(
        N_("Each person per day"), N_("Guests at the same address share this."), "size",
        (100 * MEGA, 500 * MEGA, 2 * GIGA, 10 * GIGA, 0),
    ),
    "total_bytes": Limit(
        N_("Room for all files"), "", "size", (GIGA, 2 * GIGA, 10 * GIGA, 50 * GIGA, 200 * GIGA, 0)
    ),
    "when_full": Limit(
        N_("When the room is full"), "", "choice",
        {"refuse": N_("No new files"), "oldest first": N_("Delete the oldest files")},
    ),
    KEEP: Limit(N_("Keep files"), N_("Older files are deleted."), "days", (7, 30, 90, 365, 0)),
}  # fmt: skip
"""The limits by the key in the configuration of the server, in the order of the dialog."""

NO_SIZE = N_("Please enter a size such as 25 MB.")
NO_DAYS = N_("Please enter a number of days.")


class FileLimits(Dialog):
    """The dialog. Limits that the server does not tell are absent.

    Args:
        values: The limits as they are now, as the server writes them.
        on_save: Called with those that the user has changed. `saved` tells what became of them.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        values: Mapping[str, str],
        on_save: Callable[[dict[str, str]], object],
    ) -> None:
        super().__init__(master, theme, _("Limits of files"))
        px = theme.px
        self._values = {key: values[key] for key in LIMITS if key in values}
        self._on_save = on_save
        self.fields: dict[str, ttk.Combobox] = {}
        self._problems: dict[str, ttk.Label] = {}
        self.body.configure(padding=px(PAD))
        width = min(px(theme.grown(WIDTH)), self.winfo_screenwidth() - px(3 * PAD))
        self.body.columnconfigure(0, weight=1, minsize=width)
        ttk.Label(self.body, text=_("Limits of files"), style="Header.TLabel").grid(row=0, sticky="w")
        self._scrolled = scrolled = Scrolled(self.body, theme)
        scrolled.grid(row=1, sticky="nsew", pady=(px(8), px(16)))
        scrolled.body.columnconfigure(0, weight=1)
        for key in self._values:
            self._build_row(scrolled.body, key)
        foot = ttk.Frame(self.body)
        foot.grid(row=2, sticky="e")
        self.cancel_button = ttk.Button(foot, text=_("Cancel"), command=self.close)
        self.cancel_button.pack(side="left")
        self.save_button = ttk.Button(foot, text=_("Save"), style="Primary.TButton", command=self._save)
        self.save_button.pack(side="left", padx=(px(12), 0))
        self.bind("<Return>", lambda event: self._save() if isinstance(event.widget, ttk.Entry) else None)
        self._fit()
        self.open(next(iter(self.fields.values()), self.cancel_button))

    def saved(self, problems: Mapping[str, str], values: Mapping[str, str]) -> None:
        """Close, or show why limits were not changed, with their values as they are.

        Args:
            problems: The reasons by the keys of the limits.
            values: All limits as they are now.
        """
        if not problems:
            self.close()
            return
        self.save_button.state(["!disabled"])
        self._values.update({key: values[key] for key in self._values if key in values})
        for key in problems:
            self._show_value(key)
        self._show_problems(problems)

    def _fit(self) -> None:
        """Make the dialog as high as its rows, if the screen is high enough."""
        self._scrolled.fit(self.winfo_screenheight() - self.theme.px(REST))

    def _build_row(self, master: tk.Misc, key: str) -> None:
        theme, px, limit = self.theme, self.theme.px, LIMITS[key]
        row = ttk.Frame(master)
        row.columnconfigure(0, weight=1)
        row.grid(sticky="ew", pady=(px(8), 0))
        wrap = px(theme.grown(WRAP))
        ttk.Label(row, text=_(limit.title), wraplength=wrap, justify="left").grid(row=0, column=0, sticky="w")
        if limit.detail:
            detail = ttk.Label(
                row, text=_(limit.detail), style="Muted.TLabel", wraplength=wrap, justify="left"
            )
            detail.grid(row=1, column=0, sticky="w")
        field = self.fields[key] = ttk.Combobox(
            row, font="ChatBody", width=20, state="normal" if limit.may_be_typed else "readonly"
        )
        field.bind("<<ComboboxSelected>>", lambda event: field.selection_clear())
        field.grid(row=0, column=1, rowspan=2 if limit.detail else 1, sticky="e", padx=(px(12), 0))
        problem = self._problems[key] = ttk.Label(
            row, style="Danger.TLabel", wraplength=px(theme.grown(WIDTH)), justify="left"
        )
        problem.grid(row=2, column=0, columnspan=2, sticky="w")
        problem.grid_remove()
        self._show_value(key)

    def _show_value(self, key: str) -> None:
        """Show a limit as it is, with the usual values to choose from."""
        limit, field = LIMITS[key], self.fields[key]
        field.configure(values=[_words(limit, value) for value in map(str, limit.choices)])
        field.set(_words(limit, self._values[key]))

    def _save(self) -> None:
        wanted, problems = self._wanted()
        self._show_problems(problems)
        if problems:
            return
        if not wanted:
            self.close()
            return
        days, before = (parse_whole(each.get(KEEP, "")) or 0 for each in (wanted, self._values))
        if KEEP not in wanted or days == 0 or 0 < before <= days:
            self._give(wanted)
            return
        text = ngettext(
            "Files that are older than {days} day are deleted for everybody. This cannot be undone.",
            "Files that are older than {days} days are deleted for everybody. This cannot be undone.",
            days,
        )
        QuestionDialog(
            self,
            self.theme,
            _("Delete older files?"),
            text.format(days=format_number(days)),
            {_("Cancel"): lambda: None, _("Save and delete"): lambda: self._give(wanted)},
            escape=_("Cancel"),
            danger=_("Save and delete"),
        )

    def _give(self, wanted: dict[str, str]) -> None:
        self.save_button.state(["disabled"])
        self._on_save(wanted)

    def _wanted(self) -> tuple[dict[str, str], dict[str, str]]:
        """Return the limits that the user has changed, and what is wrong with those that cannot be read."""
        wanted, problems = {}, {}
        for key, field in self.fields.items():
            limit, typed = LIMITS[key], " ".join(field.get().split())
            if typed == _words(limit, self._values[key]):
                continue
            value = _value(limit, typed)
            if value is None:
                problems[key] = _(NO_SIZE if limit.unit == "size" else NO_DAYS)
            elif value != self._values[key]:
                wanted[key] = value
        return wanted, problems

    def _show_problems(self, problems: Mapping[str, str]) -> None:
        for key, label in self._problems.items():
            label.configure(text=problems.get(key, ""))
            (label.grid if key in problems else label.grid_remove)()
        self._fit()
        self.keep_on_screen()
        first = next(iter(problems), None)
        if first is not None:
            self.fields[first].focus_set()


def _words(limit: Limit, value: str) -> str:
    """Return a value of the server in words."""
    if isinstance(limit.choices, Mapping):
        return _(limit.choices[value]) if value in limit.choices else value
    number = parse_whole(value)
    if number is None:
        return value
    if limit.unit == "days":
        return _days(format_number(number), number) if number else _("For ever")
    return format_size(number) if number else _("No limit")


def _value(limit: Limit, typed: str) -> str | None:
    """Return what the server calls what was chosen or typed; None if it cannot be read."""
    usual = {_words(limit, value).casefold(): value for value in map(str, limit.choices)}
    if typed.casefold() in usual:
        return usual[typed.casefold()]
    if limit.unit == "size":
        size = parse_size(typed)
        return None if size is None else str(size)
    count, _space, unit = typed.partition(" ")
    number = parse_whole(count)
    units = {_days("", each).strip().casefold() for each in (1, 2)}
    return str(number) if number and (not unit or unit.casefold() in units) else None


def _days(count: str, number: int) -> str:
    return ngettext("{count} day", "{count} days", number).format(count=count)
