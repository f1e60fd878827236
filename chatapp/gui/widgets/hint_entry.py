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
        stored: Returns the text that is stored, for a field that takes effect without a button: Escape
            restores what was stored when the field got the keyboard. Without it, Escape clears the field.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        hint: str = "",
        on_change: Callable[[str], object] = lambda text: None,
        is_plain: bool = False,
        font: str = "ChatBody",
        stored: Callable[[], str] | None = None,
    ) -> None:
        self._text = tk.StringVar(master)
        style = "Plain.TEntry" if is_plain else "TEntry"
        super().__init__(master, textvariable=self._text, font=font, style=style)
        self._on_change = on_change
        self._stored = stored
        self._kept = ""  # what Escape restores
        self._label = ttk.Label(self, text=hint, style="Muted.Field.TLabel", font=font, cursor="xterm")
        editing_keys.forward_clicks(self._label, self, theme, lambda text: self.insert("insert", text))
        self._theme, self._hint, self._font = theme, hint, font
        self._left = theme.px(1 if is_plain else 8)
        self._trace = self._text.trace_add("write", lambda *_: self._changed())
        self.bind("<Escape>", self._on_escape)
        self.bind("<FocusIn>", lambda event: self.keep(), add=True)
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

    def put(self, text: str) -> None:
        """Replace the text."""
        if self._text.get() != text:
            self._text.set(text)

    def keep(self, text: str | None = None) -> None:
        """Remember what Escape restores.

        Args:
            text: None for what is stored now.
        """
        if self._stored is not None:
            self._kept = self._stored() if text is None else text

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
        """Restore what is stored, or clear the field. If there is nothing to do, leave the field.

        From a search field, and from a field in a card, the key goes on to the window or the card.
        """
        if self._text.get() != self._kept:
            self.put(self._kept)
            self.icursor("end")
            return "break"
        window = self.winfo_toplevel()
        if self._stored is None or str(window) == ".":
            return None
        window.focus_set()
        return "break"
