"""The strip at the bottom: who is typing, or what went wrong. Its height is always kept free."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk

from chatapp.gui.theme import Theme

NAMED = 2  # people who are named; more are "several"


class StatusStrip(ttk.Frame):
    """One line of small text."""

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        super().__init__(master)
        self._label = ttk.Label(self, style="Muted.TLabel")
        self._label.pack(side="left", padx=theme.px(18), pady=(0, theme.px(6)))

    def show(self, typing: Sequence[str], problem: str = "") -> None:
        """Show the problem if there is one, else who is typing."""
        if problem:
            self._label.configure(text=problem, style="Danger.TLabel")
        else:
            self._label.configure(text=typing_words(typing), style="Muted.TLabel")


def typing_words(names: Sequence[str]) -> str:
    """`Ben and Dee are typing…`"""
    if not names:
        return ""
    if len(names) > NAMED:
        return "Several people are typing…"
    return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} typing…"
