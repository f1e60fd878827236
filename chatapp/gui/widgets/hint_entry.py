"""A one-line field that says what belongs into it as long as it is empty."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import editing_keys


class HintEntry(ttk.Entry):
    """An entry with a hint behind its text.

    Takes  on_change: called with the text whenever it changed
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        hint: str = "",
        on_change: Callable[[str], object] = lambda text: None,
    ) -> None:
        self._text = tk.StringVar(master)
        super().__init__(master, textvariable=self._text, font="ChatBody")
        self._on_change = on_change
        self._label = ttk.Label(self, text=hint, style="Muted.Field.TLabel", font="ChatBody", cursor="xterm")
        editing_keys.stand_for(self._label, self, theme, lambda words: self.insert("insert", words))
        self._left = theme.px(8)
        self._trace = self._text.trace_add("write", lambda *_: self._changed())
        self.bind("<Escape>", self._on_escape)
        self._show_hint()

    def destroy(self) -> None:
        """Let go of the text too: Tk holds what follows it, and with that this entry."""
        self._text.trace_remove("write", self._trace)
        super().destroy()

    def get(self) -> str:
        """What was typed; right also while others are being told of a change."""
        return self._text.get()

    def hint(self, words: str) -> None:
        """What to say while the field is empty."""
        self._label.configure(text=words)

    def clear(self) -> None:
        """Take away what was typed."""
        if self._text.get():
            self._text.set("")

    def _changed(self) -> None:
        self._show_hint()
        self._on_change(self._text.get())

    def _show_hint(self) -> None:
        if self._text.get():
            self._label.place_forget()
        else:
            self._label.place(x=self._left, rely=0.5, anchor="w")

    def _on_escape(self, event: tk.Event[tk.Misc]) -> str | None:
        """The first Escape clears; one in an empty field goes on to the window."""
        if not self._text.get():
            return None
        self.clear()
        return "break"
