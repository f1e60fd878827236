"""A field to search in: an icon, the text, and at its right a number of hits or the key that leads to it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.hint_entry import HintEntry

HEIGHT, LOW, HIGH = 32, 28, 40  # in pixels at 96 dpi
ICON = 16
LETTERS = "timeout"  # what is typed has room for as much


class SearchField(ttk.Frame):
    """A field with a search icon. Escape clears it; in an empty field Escape is left to the window.

    Args:
        hint: Shown while the field is empty.
        on_change: Called with the text after every change.
        key: The key that leads to the field, shown in a box while it is empty.
        is_low: Whether it is as low as the buttons of a header, with small text.
        is_high: Whether it is the main field of a dialog.
        surface: What it stands on, as in names of styles: "", "Sidebar.", …
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        hint: str,
        on_change: Callable[[str], object] = lambda text: None,
        key: str = "",
        is_low: bool = False,
        is_high: bool = False,
        surface: str = "",
    ) -> None:
        super().__init__(master, style=f"Box.{surface}TFrame")
        px = theme.px
        self._theme = theme
        self._on_change = on_change
        self._height = LOW if is_low else HIGH if is_high else HEIGHT
        self._font = "ChatSmall" if is_low else "ChatBody"
        self._icon = ttk.Label(self, style="Field.TLabel", cursor="xterm")
        self.right = ttk.Label(self, style="Muted.Field.TLabel")
        self._key = ttk.Label(self, style="Key.Field.TLabel", text=key, cursor="xterm")
        self._has_key, self._hint = bool(key), hint
        self.entry = HintEntry(self, theme, hint, self._changed, is_plain=True, font=self._font)
        self._icon.grid(row=0, column=0, padx=(px(8), px(4)) if is_low else (px(8), px(5)))
        self.entry.grid(row=0, column=1, sticky="ew", padx=(0, px(4)))  # beside the border
        self.columnconfigure(1, weight=1)
        self.grid_propagate(False)
        for widget in (self, self._icon, self.right, self._key):
            widget.bind("<Button-1>", lambda event: self.entry.focus_set())
        self.entry.bind("<FocusIn>", lambda event: self.state(["focus"]), add=True)
        self.entry.bind("<FocusOut>", lambda event: self.state(["!focus"]), add=True)
        self.bind("<Configure>", lambda event: self._show_right_side())
        theme.watch(self, self._paint)

    def get(self) -> str:
        """Return the text."""
        return self.entry.get()

    def set(self, text: str) -> None:
        """Replace the text, with the caret at its end; `on_change` is called."""
        self.entry.delete(0, "end")
        self.entry.insert(0, text)

    def clear(self) -> None:
        """Delete the text."""
        self.entry.clear()

    def show_right(self, text: str) -> None:
        """Show a short text at the right, such as "3 of 17"; "" hides it."""
        self.right.configure(text=text)
        self._show_right_side()

    def focus_field(self) -> None:
        """Give the field the keyboard focus, with its text selected."""
        self.update_idletasks()  # shows it; a field that is not on the screen yet would get no focus now
        self.entry.focus_set()
        self.entry.selection_range(0, "end")

    def _changed(self, text: str) -> None:
        self._show_right_side()
        self._on_change(text)

    def _show_right_side(self) -> None:
        text = str(self.right.cget("text")) if self._has_room_for_right_side() else ""
        shown = self.right if text else self._key if self._has_room_for_key() else None
        for label in (self.right, self._key):
            if label is not shown:
                label.grid_remove()
        if shown is not None:
            gap = self._theme.px(5 if shown is self._key else 10)
            shown.grid(row=0, column=2, padx=(self._theme.px(2), gap))

    def _has_room_for_right_side(self) -> bool:
        """Return whether some letters of what is typed can be seen beside it."""
        px = self._theme.px
        letters = self._theme.fonts[self._font].measure(LETTERS)
        needed = px(self._theme.grown(ICON) + 22) + letters + self.right.winfo_reqwidth()
        return self.winfo_width() <= 1 or self.winfo_width() >= needed

    def _has_room_for_key(self) -> bool:
        px = self._theme.px
        hint = self._theme.fonts[self._font].measure(self._hint)
        needed = px(self._theme.grown(ICON) + 22) + hint + self._key.winfo_reqwidth()
        return self._has_key and not self.entry.get() and self.winfo_width() >= needed

    def _paint(self) -> None:
        px, theme = self._theme.px, self._theme
        icon = theme.grown(14 if self._height == LOW else ICON)
        self._icon.configure(image=theme.icon("search", "muted", icon))
        height = max(px(self._height), theme.fonts[self._font].metrics("linespace") + px(10))
        self.configure(height=height, width=px(132))
        self.rowconfigure(0, minsize=height, weight=1)
