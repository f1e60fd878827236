"""A one-line field that shows a hint while it is empty."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import editing_keys
from chatapp.gui.widgets.text_fit import shorten


class HintEntry(ttk.Entry):
    """An entry with a hint.

    Args:
        on_change: Called with the text after every change.
        is_plain: Whether it has no border, because one is drawn around it.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        hint: str = "",
        on_change: Callable[[str], object] = lambda text: None,
        is_plain: bool = False,
        font: str = "ChatBody",
    ) -> None:
        self._text = tk.StringVar(master)
        style = "Plain.TEntry" if is_plain else "TEntry"
        super().__init__(master, textvariable=self._text, font=font, style=style)
        self._on_change = on_change
        self._label = ttk.Label(self, text=hint, style="Muted.Field.TLabel", font=font, cursor="xterm")
        editing_keys.forward_clicks(self._label, self, theme, lambda text: self.insert("insert", text))
        self._theme, self._hint, self._font = theme, hint, font
        self._left = theme.px(1 if is_plain else 8)
        self._trace = self._text.trace_add("write", lambda *_: self._changed())
        self.bind("<Escape>", self._on_escape)
        self.bind("<Configure>", lambda event: self._show_hint(), add=True)
        self._show_hint()

    def destroy(self) -> None:
        """Remove the trace too: Tk holds its callback, and with that this entry."""
        self._text.trace_remove("write", self._trace)
        super().destroy()

    def get(self) -> str:
        """Return the text; inside `on_change` Tk's own `get` would still return the old one."""
        return self._text.get()

    def clear(self) -> None:
        """Delete the text."""
        if self._text.get():
            self._text.set("")

    def _changed(self) -> None:
        self._show_hint()
        self._on_change(self._text.get())

    def _show_hint(self) -> None:
        if self._text.get():
            self._label.place_forget()
        else:
            self._label.configure(text=self._fitting_hint())
            self._label.place(x=self._left, rely=0.5, anchor="w")

    def _fitting_hint(self) -> str:
        """Return as much of the hint as has room."""
        if self.winfo_width() <= 1:
            return self._hint  # not on the screen yet
        width = self.winfo_width() - 2 * self._left - self._theme.px(2)
        return shorten(self._hint, self._theme.fonts[self._font].measure, width)

    def _on_escape(self, event: tk.Event[tk.Misc]) -> str | None:
        """Clear the field; in an empty field Escape is left to the window."""
        if not self._text.get():
            return None
        self.clear()
        return "break"
