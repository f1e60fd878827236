"""A bar over the composer that says what is the matter: icon, bold sentence, reason, and one button."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.bar_layout import BarLayout, BarParts
from chatapp.gui.widgets.tooltip import Tooltip

LOW, HIGH = 40, 52  # without and with a reason, in pixels at 96 dpi
WIDTH = 100  # at least
ICON = 17
ICON_ROLES = {"notice": "text", "warnbg": "warn", "dangerbg": "danger", "okbg": "ok"}


@dataclass(frozen=True, slots=True)
class Bar:
    """What a bar says.

    Args:
        icon: A name in `icon_shapes.ICONS`.
        text: One sentence.
        reason: A second line, "" for none.
        button: Its label, "" for none.
        surface: Colour role: "notice", "warnbg", "dangerbg" or "okbg".
        is_primary: Whether the button is filled.
    """

    icon: str
    text: str
    reason: str = ""
    button: str = ""
    surface: str = "notice"
    is_primary: bool = False
    button_icon: str = ""


class MessageBar(ttk.Frame):
    """Shows a Bar. The owner grids it; without a Bar it hides itself.

    Args:
        on_button: Called when the button is pressed.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_button: Callable[[], object]) -> None:
        super().__init__(master)
        self._theme = theme
        self._bar = Bar("info", "")
        self._icon, self._text, self._reason = (ttk.Label(self) for _ in range(3))
        self.button = ttk.Button(self, command=on_button)
        self._tooltips = [(label, Tooltip(label, theme)) for label in (self._text, self._reason)]
        self._text.bind("<Enter>", lambda event: self._explain(0))
        self._reason.bind("<Enter>", lambda event: self._explain(1))
        parts = BarParts(self._icon, self._text, self._reason, self.button, ("ChatBold", "ChatSmall"))
        self._layout = BarLayout(self, theme, parts, ICON)
        self.bind("<Configure>", lambda event: self._fit())
        theme.watch(self, self._paint)

    def show(self, bar: Bar | None) -> None:
        """Show a bar, or hide it."""
        if bar is None:
            self.grid_remove()
            return
        if bar != self._bar:
            self._bar = bar
            self._paint()
        self.grid()

    def _paint(self) -> None:
        theme, bar = self._theme, self._bar
        surface = f"{bar.surface.capitalize()}."
        self._icon.configure(
            style=f"{surface}TLabel",
            image=theme.icon(bar.icon, ICON_ROLES[bar.surface], theme.grown(ICON)),
        )
        self._text.configure(style=f"Bold.{surface}TLabel")
        self._reason.configure(style=f"Muted.{surface}TLabel")
        kind = "SmallPrimary" if bar.is_primary else "Small"
        self.button.configure(text=bar.button, style=f"{kind}.{surface}TButton", image="")
        if bar.button_icon:
            icon = theme.icon(bar.button_icon, "on_primary" if bar.is_primary else "text", theme.grown(14))
            self.button.configure(text=f" {bar.button}", image=icon, compound="left")
        # without a width, the grid around it does not notice another height
        self.configure(style=f"Bar.{surface}TFrame", width=theme.px(WIDTH))
        self._fit()

    def _fit(self) -> None:
        """Break both texts into lines of the available width; what does not fit into them is cut off."""
        bar = self._bar
        height = self._theme.px(HIGH if bar.reason else LOW)
        self._layout.fit(bar.text, bar.reason, bool(bar.button), height)

    def _explain(self, line: int) -> None:
        """Show a shortened line in whole in its tooltip."""
        whole = (self._bar.text, self._bar.reason)[line]
        label, tooltip = self._tooltips[line]
        tooltip.show(whole if str(label.cget("text")).split() != whole.split() else "")
