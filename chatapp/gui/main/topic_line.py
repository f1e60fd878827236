"""The topic in the header. A click, or Enter on it, turns it into a field; Enter sets it, Escape cancels."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.text_fit import shorten
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.gui.widgets.widget_paths import last_focused
from chatapp.languages.translation import N_, _

NO_TOPIC = N_("Set a topic")
STYLE = "Topic.SmallQuiet.Chrome.TButton"
PAD = 8  # left and right of the text, in pixels at 96 dpi


class TopicLine(ttk.Frame):
    """One line with the topic of a channel, or with what a person says of being away.

    Args:
        on_topic: Called with the new topic.
        on_edit: Called with True when the field opens, with False when it closes.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_topic: Callable[[str], object],
        on_edit: Callable[[bool], object] = lambda editing: None,
    ) -> None:
        super().__init__(master, style="Chrome.TFrame", height=theme.px(28))
        self._theme = theme
        self._on_topic = on_topic
        self._on_edit = on_edit
        self._topic = self._whole = ""
        self.button = ttk.Button(self, style=STYLE, command=self.edit)
        self.field = ttk.Entry(self, font="ChatSmall")
        self.button.grid(row=0, column=0, sticky="w")
        self.columnconfigure(0, weight=1)
        self.grid_propagate(False)
        tip = Tooltip(self.button, theme)
        self.button.bind("<Enter>", lambda event: tip.show(self._whole))
        self.button.bind("<Return>", lambda event: self.edit())
        self.field.bind("<Return>", self._set_topic)
        self.field.bind("<KP_Enter>", self._set_topic)
        self.field.bind("<Escape>", self._cancel)
        self.field.bind("<FocusOut>", lambda event: self._on_focus_out())
        self.bind("<Configure>", lambda event: self._fit())
        theme.watch(self, self._paint)

    def show(self, topic: str, whole: str = "", may_edit: bool = False) -> None:
        """Show a topic on one line.

        Args:
            whole: What the tooltip shows; by default the topic.
        """
        self._topic, self._whole = topic, whole or topic
        self.button.state(["!disabled" if may_edit else "disabled"])
        # What cannot be edited is not a place for the keyboard
        self.button.configure(takefocus=may_edit, cursor="hand2" if may_edit else "")
        self._fit()

    @property
    def text(self) -> str:
        """The text that is shown, as far as there is room."""
        return str(self.button.cget("text"))

    @property
    def wanted_width(self) -> int:
        """The width that the whole topic needs, in pixels."""
        text = self._topic or (_(NO_TOPIC) if self.button.instate(["!disabled"]) else "")
        return self._theme.fonts["ChatSmall"].measure(text) + self._theme.px(2 * PAD) if text else 0

    @property
    def is_all_or_nothing(self) -> bool:
        """Whether it is not shortened: the invitation to set a topic is shown whole or not at all."""
        return not self._topic and not self.is_editing

    @property
    def is_editing(self) -> bool:
        """Whether the field is open."""
        return bool(self.field.winfo_manager())

    def edit(self) -> None:
        """Show the topic in a field, to edit it."""
        self.button.grid_remove()
        self.field.grid(row=0, column=0, sticky="ew")
        self.field.delete(0, "end")
        self.field.insert(0, self._topic)
        self.field.select_range(0, "end")
        self._on_edit(True)
        self.field.focus_set()

    def stop_editing(self) -> None:
        """Close the field without setting the topic."""
        if self.is_editing:
            self.field.grid_forget()
            self.button.grid()
            self._on_edit(False)

    def _on_focus_out(self) -> None:
        """Stop editing when the focus moves within this window, but not when another window gets it."""
        if last_focused(self) is not self.field:
            self.stop_editing()

    def _set_topic(self, event: tk.Event[tk.Misc]) -> str:
        topic = " ".join(self.field.get().split())
        self.stop_editing()
        if topic != self._topic:
            self._on_topic(topic)
        return "break"

    def _cancel(self, event: tk.Event[tk.Misc]) -> str:
        self.stop_editing()
        return "break"

    def _paint(self) -> None:
        px, line = self._theme.px, self._theme.fonts["ChatSmall"].metrics("linespace")
        self.configure(height=max(px(28), line + px(10)))
        ttk.Style(self).configure(STYLE, foreground=self._theme.colours.muted, anchor="w")
        ttk.Style(self).map(STYLE, foreground=[("disabled", self._theme.colours.muted)])
        self._fit()

    def _fit(self) -> None:
        """Shorten the topic to the available width."""
        measure = self._theme.fonts["ChatSmall"].measure
        width = self.winfo_width() - self._theme.px(2 * PAD)
        text = shorten(self._topic, measure, width)
        if not self._topic and self.button.instate(["!disabled"]) and measure(_(NO_TOPIC)) <= width:
            text = _(NO_TOPIC)
        self.button.configure(text=text)
