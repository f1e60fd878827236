"""The settings dialog. Every change takes effect at once."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from tkinter import ttk

from chatapp.client.local.settings import Settings
from chatapp.gui.theme.theme import MAX_SIZE, MIN_SIZE, Theme
from chatapp.gui.widgets.dialog import Dialog

THEME_LABELS = {"system": "Same as system", "dark": "Dark", "light": "Light", "contrast": "High contrast"}


@dataclass(frozen=True, slots=True)
class Option:
    """A setting that is on or off."""

    label: str
    name: str  # of the field of Settings


OPTIONS = (
    Option("24-hour clock", "clock24"),
    Option("Show others when I am typing", "typing"),
    Option("Connect when the window opens", "connect_at_start"),
)


class SettingsWindow(Dialog):
    """Changes the settings.

    Args:
        settings: The settings to show and to change.
        on_change: Called with the name of the changed setting.
        on_switch_server: Called when the user wants another server or another name.
        on_shortcuts: Called when the user wants to see the keyboard shortcuts.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        settings: Settings,
        on_change: Callable[[str], object],
        on_switch_server: Callable[[], object],
        on_shortcuts: Callable[[], object],
    ) -> None:
        super().__init__(master, theme, "Settings")
        self._settings = settings
        self._on_change = on_change
        self._on_switch_server = on_switch_server
        self._on_shortcuts = on_shortcuts
        self._build_options(self.body)
        theme.watch(self._size, self._show_size)
        self.open(self.theme_box)

    def _build_options(self, frame: ttk.Frame) -> None:
        px, settings = self.theme.px, self._settings
        ttk.Label(frame, text="Settings", style="Header.TLabel").grid(row=0, columnspan=4, sticky="w")
        ttk.Label(frame, text="Theme").grid(
            row=1, column=0, sticky="w", pady=(px(16), px(4)), padx=(0, px(16))
        )
        self.theme_box = ttk.Combobox(
            frame, values=list(THEME_LABELS.values()), state="readonly", width=16, font="ChatBody"
        )
        self.theme_box.set(THEME_LABELS.get(settings.theme, THEME_LABELS["system"]))
        self.theme_box.bind("<<ComboboxSelected>>", self._choose_theme)
        self.theme_box.grid(row=1, column=1, columnspan=3, sticky="ew", pady=(px(16), px(4)))
        ttk.Label(frame, text="Text size").grid(row=2, column=0, sticky="w", padx=(0, px(16)))
        self.smaller = ttk.Button(frame, text="A−", command=lambda: self._resize(-1))
        self._size = ttk.Label(frame, anchor="center")
        self.larger = ttk.Button(frame, text="A+", command=lambda: self._resize(1))
        self.smaller.grid(row=2, column=1, sticky="w", pady=px(4))
        self._size.grid(row=2, column=2, sticky="ew")
        self.larger.grid(row=2, column=3, sticky="e")
        frame.columnconfigure(2, weight=1)
        self.options: dict[str, ttk.Checkbutton] = {}
        self._values: dict[str, tk.BooleanVar] = {}
        for row, option in enumerate(OPTIONS, 3):
            value = self._values[option.name] = tk.BooleanVar(self, value=getattr(settings, option.name))
            toggle = partial(self._toggle, option.name)
            box = ttk.Checkbutton(frame, text=option.label, variable=value, command=toggle)
            box.grid(row=row, columnspan=4, sticky="w", pady=(px(6), 0))
            self.options[option.name] = box
        self.switch_server = ttk.Button(frame, text="Change server or name…", command=self._close_and_switch)
        self.switch_server.grid(row=3 + len(OPTIONS), columnspan=4, sticky="w", pady=(px(20), 0))
        self.shortcuts = ttk.Button(frame, text="Keyboard shortcuts…", command=self._close_and_list)
        self.shortcuts.grid(row=4 + len(OPTIONS), columnspan=4, sticky="w", pady=(px(8), 0))
        self.close_button = ttk.Button(frame, text="Close", command=self.close)
        self.close_button.grid(row=5 + len(OPTIONS), columnspan=4, sticky="e", pady=(px(16), 0))

    def _choose_theme(self, event: tk.Event[tk.Misc]) -> None:
        self.theme_box.selection_clear()
        self._set(
            "theme", next(name for name, label in THEME_LABELS.items() if label == self.theme_box.get())
        )

    def _resize(self, step: int) -> None:
        self._set("font_size", min(max(self.theme.size + step, MIN_SIZE), MAX_SIZE))

    def _show_size(self) -> None:
        """Show the text size; also called after a keyboard shortcut has changed it."""
        self._size.configure(text=str(self.theme.size))
        self.smaller.state(["disabled" if self.theme.size == MIN_SIZE else "!disabled"])
        self.larger.state(["disabled" if self.theme.size == MAX_SIZE else "!disabled"])

    def _close_and_switch(self) -> None:
        self.close()
        self._on_switch_server()

    def _close_and_list(self) -> None:
        self.close()
        self._on_shortcuts()

    def _toggle(self, name: str) -> None:
        self._set(name, self._values[name].get())

    def _set(self, name: str, value: object) -> None:
        setattr(self._settings, name, value)
        self._on_change(name)
