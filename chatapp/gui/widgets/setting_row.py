"""Rows of settings: a label with an explanation, and the control beside it; headings and cards for them."""

from __future__ import annotations

import tkinter as tk
from dataclasses import dataclass
from tkinter import ttk
from typing import TypeVar

from chatapp.gui.theme.style_tables import LABELS
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.descendants import with_descendants
from chatapp.gui.widgets.wrapping import EDGES, unwrapped_width, wrap_control
from chatapp.languages.translation import _

# Pixels at 96 dpi
PAD, GAP, LOW_GAP = 16, 12, 6  # inside a row at its ends; above and below; the same in a low row
LEAST_TEXT = 200  # width of the texts below which the control moves under them, at the default size of text
EDGE = 3  # of a card, so that its rows leave its round corners free
# Pixels that the texts leave free: a row that requests all of its width may get one pixel less in a column
# of a grid, wrap, request less, get the pixel back, and so on without an end
SLACK = 2
FLASH_MILLISECONDS = 2000

Control = TypeVar("Control", bound=tk.Widget)


@dataclass(frozen=True, slots=True)
class SettingText:
    """What a row says.

    Attributes:
        key: Identifies the row on its page.
        note: An explanation in small letters.
        keywords: Other words by which the row is found.
        has_command: Whether "Jump to" has a command that does the same, so that it does not offer the row.
    """

    key: str
    label: str
    note: str = ""
    keywords: str = ""
    has_command: bool = False

    def translated(self) -> SettingText:
        """Return these texts, which are marked for translation, in the language that is chosen."""
        return SettingText(self.key, _(self.label), _(self.note), _(self.keywords), self.has_command)


class SettingRow(ttk.Frame):
    """One setting. In a narrow window the control stands below the texts.

    Args:
        is_bold: Whether the label stands out, as in a list of things that have a name.
        is_low: Whether there is little room above and below, as in a long list.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        text: SettingText,
        is_bold: bool = False,
        is_low: bool = False,
    ) -> None:
        px = theme.px
        super().__init__(master, padding=(px(PAD), px(LOW_GAP if is_low else GAP)))
        self._theme = theme
        self._texts = ttk.Frame(self)
        style = "Bold.TLabel" if is_bold else "TLabel"
        self._label = ttk.Label(self._texts, text=text.label, style=style, justify="left")
        self._note = ttk.Label(self._texts, style="Muted.TLabel", justify="left")
        self._problem = ttk.Label(self._texts, style="Danger.TLabel", justify="left")
        if text.label:
            self._label.grid(row=0, sticky="w")
        self._texts.grid(row=0, column=0, sticky="w")
        self.control: tk.Widget | None = None
        self.columnconfigure(0, weight=1)
        self._is_narrow: bool | None = None
        self.show_note(text.note)
        self.bind("<Configure>", lambda event: self._fit(), add=True)
        theme.watch(self, self._fit)

    def attach(self, control: Control) -> Control:
        """Place a control, which is a child of this row, beside the texts."""
        self.control = control
        self._is_narrow = None
        self._fit()
        return control

    @property
    def label(self) -> str:
        """What the row is about."""
        return str(self._label.cget("text"))

    @property
    def note(self) -> str:
        """The explanation that is shown."""
        return str(self._note.cget("text"))

    @property
    def problem(self) -> str:
        """The problem that is shown; "" for none."""
        return str(self._problem.cget("text"))

    def show_note(self, text: str) -> None:
        """Replace the explanation; "" hides it."""
        self._show(self._note, 1, text)

    def show_problem(self, text: str) -> None:
        """Show why a change was not possible; "" hides it."""
        self._show(self._problem, 2, text)

    def _show(self, label: ttk.Label, row: int, text: str) -> None:
        label.configure(text=text)
        if text:
            label.grid(row=row, sticky="w", pady=(self._theme.px(2), 0))
        else:
            label.grid_remove()

    def _fit(self) -> None:
        """Wrap the texts, and place the control beside or below them."""
        px = self._theme.px
        room = self.winfo_width() - 2 * px(PAD)
        least = px(self._theme.grown(LEAST_TEXT))
        if room <= 0:
            room = least
        taken = unwrapped_width(self.control) + px(PAD) if self.control is not None else 0
        is_narrow = self.control is not None and room - taken < min(self._wanted(), least)
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._place(is_narrow)
        if is_narrow and self.control is not None:
            wrap_control(self.control, room)
        width = max((room if is_narrow else room - taken) - EDGES - SLACK, 1)
        for label in (self._label, self._note, self._problem):
            label.configure(wraplength=width)

    def _wanted(self) -> int:
        """Return the width of the label on one line."""
        return self._theme.fonts["ChatBody"].measure(str(self._label.cget("text")))

    def _place(self, is_narrow: bool) -> None:
        px = self._theme.px
        if self.control is None:
            return
        if is_narrow:
            self.control.grid(row=1, column=0, sticky="w", pady=(px(8), 0), padx=0)
        else:
            self.control.grid(row=0, column=1, sticky="e", padx=(px(PAD), 0), pady=0)


class SettingCard(ttk.Frame):
    """A box with rows below one another, and rules between them."""

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        super().__init__(master, style="Outline.TFrame", padding=theme.px(EDGE))
        self._theme = theme
        self._rules: dict[tk.Widget, ttk.Frame] = {}
        self.rows: list[tk.Widget] = []
        self.columnconfigure(0, weight=1)

    def add(self, row: Control) -> Control:
        """Add a row, which is a child of this card, at the end."""
        px = self._theme.px
        if self.rows:
            rule = self._rules[row] = ttk.Frame(self, style="Divider.TFrame", height=max(px(1), 1))
            rule.grid(column=0, sticky="ew", padx=px(PAD))
        row.grid(column=0, sticky="ew")
        self.rows.append(row)
        return row

    def clear(self) -> None:
        """Destroy all rows."""
        for widget in (*self._rules.values(), *self.rows):
            widget.destroy()
        self._rules.clear()
        self.rows.clear()


class SectionHeading(ttk.Frame):
    """The name of a group of settings, with a short note beside it and an explanation below."""

    def __init__(self, master: tk.Misc, theme: Theme, title: str, note: str = "", below: str = "") -> None:
        px = theme.px
        super().__init__(master)
        self._theme = theme
        self._control: tk.Widget | None = None
        self.columnconfigure(2, weight=1)
        self._title = ttk.Label(self, text=title, style="Header.TLabel", justify="left")
        self._title.grid(row=0, column=0, sticky="w")
        self._note = ttk.Label(self, text=note, style="Muted.TLabel")
        self._note.grid(row=0, column=1, sticky="w", padx=(px(8), 0))
        self._below = ttk.Label(self, text=below, style="Muted.TLabel", justify="left")
        if below:
            self._below.grid(row=1, column=0, columnspan=4, sticky="w", pady=(px(2), 0))
        self.bind("<Configure>", lambda event: self._fit(event.width))

    def add(self, control: Control) -> Control:
        """Place a control, which is a child of this heading, at its right end; below where it has no room."""
        self._control = control
        control.grid(row=0, column=3, sticky="e")
        return control

    def _fit(self, width: int) -> None:
        """Wrap the texts, and place the control."""
        room = width
        if self._control is not None and self._control.winfo_manager():
            gap = self._theme.px(8)
            self._title.configure(wraplength=0)
            taken = unwrapped_width(self._control) + gap
            wanted = self._title.winfo_reqwidth() + self._note.winfo_reqwidth() + gap + taken
            if wanted > width:
                wrap_control(self._control, width)
                self._control.grid(row=2, column=0, columnspan=4, sticky="w", pady=(gap // 2, 0))
            else:
                self._control.grid(row=0, column=3, columnspan=1, sticky="e", pady=0)
                room -= taken
        self._title.configure(wraplength=max(room - self._note.winfo_reqwidth() - EDGES, 1))
        self._below.configure(wraplength=max(width - EDGES, 1))

    def show_note(self, note: str) -> None:
        """Replace the note beside the title."""
        self._note.configure(text=note)


class RowFlash:
    """Colours a row for two seconds, so that the eye finds it."""

    def __init__(self, row: tk.Misc) -> None:
        self._row = row
        self._before = {each: _style(each) for each in with_descendants(row) if isinstance(each, ttk.Widget)}
        for each, style in self._before.items():
            self._dress(each, _on_notice(style))
        self._timer = row.after(FLASH_MILLISECONDS, self.end)
        row.bind("<Destroy>", lambda event: self._stop_timer(), add=True)

    @property
    def is_running(self) -> bool:
        """Whether the row is still coloured."""
        return bool(self._before)

    def end(self) -> None:
        """Show the row as it was."""
        self._stop_timer()
        for each, style in self._before.items():
            if each.winfo_exists():
                self._dress(each, style)
        self._before.clear()

    def _dress(self, widget: tk.Misc, style: str) -> None:
        self._row.tk.call(widget, "configure", "-style", style)

    def _stop_timer(self) -> None:
        if self._timer:
            self._row.after_cancel(self._timer)
            self._timer = ""


def _style(widget: ttk.Widget) -> str:
    return str(widget.cget("style")) or widget.winfo_class()


def _on_notice(style: str) -> str:
    """Return a style on the surface Notice; the same style if there is none."""
    role, _, widget = style.rpartition(".")
    role = f"{role}." if role else ""
    if (widget == "TLabel" and role in LABELS) or (
        widget in ("TFrame", "TCheckbutton") and role in ("", "Switch.", "Outline.")
    ):
        return f"{role}Notice.{widget}"
    return style
