"""A switch that is on or off, for settings that act at once."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.gui.theme.theme import Theme


class Switch(ttk.Checkbutton):
    """A switch, optionally with a text at its right that can be clicked too.

    Args:
        on_change: Called with the new position when the user moves it.
        style: The surface it stands on, as in names of styles: "", "Raised.", …
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        text: str = "",
        on_change: Callable[[bool], object] = lambda is_on: None,
        style: str = "",
    ) -> None:
        self._is_on = tk.BooleanVar(master, False)
        super().__init__(
            master, text=f"  {text}" if text else "", style=f"Switch.{style}TCheckbutton",
            variable=self._is_on, command=lambda: on_change(self.is_on), cursor="hand2",
        )  # fmt: skip

    def show_text(self, text: str) -> None:
        """Show another text at its right."""
        self.configure(text=f"  {text}")

    @property
    def is_on(self) -> bool:
        """Its position."""
        return self._is_on.get()

    def show(self, is_on: bool) -> None:
        """Set its position without calling `on_change`."""
        self._is_on.set(is_on)
