"""Controls of settings that follow a field of `Settings`, and change it at once."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping
from tkinter import font as tkfont
from tkinter import ttk

from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets.switch import Switch
from chatapp.gui.widgets.text_fit import shorten


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
        self._font = tkfont.nametofont("ChatBody", self)
        self.bind("<<ComboboxSelected>>", lambda event: self._choose())
        self.bind("<Configure>", lambda event: self._fit())
        tools.theme.watch(self, self._fit)

    def follow(self) -> None:
        """Show the value of the setting."""
        value = getattr(self._tools.settings, self._name)
        if value in self._labels:
            self.current(list(self._labels).index(value))
        else:
            self.set("")

    def _fit(self) -> None:
        """Shorten the labels to the width, because Tk cuts them off anywhere."""
        measure, chosen = self._font.measure, self.current()
        around = self.winfo_reqwidth() - int(self.cget("width")) * measure("0")
        width = self.winfo_width() - around
        if self.winfo_width() <= 1:  # not placed yet
            return
        fitting = [shorten(label, measure, width) or label for label in self._labels.values()]
        if fitting != list(self.cget("values")):
            self.configure(values=fitting)
            if chosen >= 0:
                self.current(chosen)

    def _choose(self) -> None:
        self.selection_clear()
        self._tools.set(self._name, list(self._labels)[self.current()])
