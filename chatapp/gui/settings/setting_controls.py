"""Controls of settings that follow a field of `Settings`, and change it at once."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping
from tkinter import ttk

from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets.switch import Switch


class SettingSwitch(Switch):
    """A switch for a field of `Settings`."""

    def __init__(self, master: tk.Misc, tools: PageTools, name: str) -> None:
        super().__init__(master, tools.theme, on_change=lambda is_on: tools.set(name, is_on))
        self._tools = tools
        self._name = name

    def follow(self) -> None:
        """Show the value of the setting."""
        self.show(getattr(self._tools.settings, self._name))


class SettingChoice(ttk.Combobox):
    """A list of values for a field of `Settings`.

    Args:
        labels: Value -> what the list says.
    """

    def __init__(self, master: tk.Misc, tools: PageTools, name: str, labels: Mapping[str, str]) -> None:
        width = max(map(len, labels.values())) + 1
        super().__init__(master, font="ChatBody", values=list(labels.values()), state="readonly", width=width)
        self._tools = tools
        self._name = name
        self._labels = dict(labels)
        self.bind("<<ComboboxSelected>>", lambda event: self._choose())

    def follow(self) -> None:
        """Show the value of the setting."""
        self.set(self._labels.get(getattr(self._tools.settings, self._name), ""))

    def _choose(self) -> None:
        self.selection_clear()
        chosen = self.get()
        self._tools.set(self._name, next(key for key, label in self._labels.items() if label == chosen))
