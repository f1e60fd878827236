"""A short text beside the pointer, shown when the pointer rests on a widget or Tab moves the focus to it."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.platform_events import shown_keys

DELAY = 500  # milliseconds of rest before it opens
OFFSET = 14  # distance from the pointer, in pixels at 96 dpi
PASSIVE = ("TLabel", "TFrame")  # classes of widgets that show something and do nothing
LAST_MOTION = "::chatapp_last_motion"  # variable of Tcl with the place where the pointer was last seen
WIDTH = 360  # at which the text wraps, in pixels at 96 dpi
MARGIN = 20  # to both edges of the screen


class Tooltip:
    """The tooltip of one widget.

    Args:
        text: If given, the tooltip opens by itself when the pointer rests on the widget, and when Tab moves
            the keyboard focus to it.
        key: The key that does the same as the widget, shown after the text.
    """

    def __init__(self, widget: tk.Misc, theme: Theme, text: str = "", key: str = "") -> None:
        self._widget = widget
        self._theme = theme
        self._window: tk.Toplevel | None = None
        self._timer = ""
        _follow_pointer(widget)
        if text:
            widget.bind("<Enter>", lambda event: self.show(text, key), add=True)
            widget.bind("<<TraverseIn>>", lambda event: self.show(text, key, is_below=True), add=True)
        if widget.winfo_class() in PASSIVE:
            widget.configure(takefocus=False)  # type: ignore[call-arg]  # else the bindings make it a stop of Tab
        for event in ("<Leave>", "<Button>", "<Key>", "<FocusOut>", "<Unmap>", "<Destroy>"):
            widget.bind(event, lambda event: self.hide(), add=True)

    def show(
        self,
        text: str,
        key: str = "",
        is_below: bool = False,
        at: tuple[int, int] | None = None,
        above: tuple[int, int] | None = None,
    ) -> None:
        """Open with this text after DELAY; without text, close.

        Args:
            is_below: Whether it opens below the widget, not below the pointer.
            at: A place on the screen where it opens instead.
            above: A place in the widget; it opens above that, its middle there, if the pointer has moved.
        """
        self.hide()
        if text and (is_below or at is not None or self._has_pointer_moved()):
            self._timer = self._widget.after(DELAY, lambda: self._open(text, key, is_below, at, above))

    def _has_pointer_moved(self) -> bool:
        """Return whether the pointer has come to the widget, and not the widget to a resting pointer."""
        last = self._widget.tk.splitlist(self._widget.tk.call("set", LAST_MOTION))
        return tuple(map(int, last)) != self._widget.winfo_pointerxy()

    def hide(self) -> None:
        """Close the tooltip, or cancel its opening."""
        if self._timer:
            self._widget.after_cancel(self._timer)
            self._timer = ""
        if self._window is not None:
            self._window.destroy()
            self._window = None

    def _open(
        self,
        text: str,
        key: str,
        is_below: bool,
        at: tuple[int, int] | None,
        above: tuple[int, int] | None,
    ) -> None:
        self._timer = ""
        px = self._theme.px
        self._window = window = tk.Toplevel(self._widget, background=self._theme.colours.text)
        window.wm_overrideredirect(True)
        width = min(px(self._theme.grown(WIDTH)), window.winfo_screenwidth() - px(2 * MARGIN))
        label = ttk.Label(
            window, text=text, style="TipBold.TLabel" if key else "Tip.TLabel", wraplength=width
        )
        label.pack(side="left", padx=px(10), pady=px(5))
        if key:
            ttk.Label(window, text=shown_keys(key), style="Tip.TLabel").pack(
                side="left", padx=(px(6), px(10)), pady=px(5)
            )
        window.update_idletasks()
        x, y, height = self._anchor(is_below) if at is None else (*at, 0)
        if above is not None:
            left = self._widget.winfo_rootx() + above[0] - window.winfo_reqwidth() // 2
            top = self._widget.winfo_rooty() + above[1] - px(4) - window.winfo_reqheight()
            x, y = (left, top) if top >= 0 else (left, y)
        x = max(min(x, window.winfo_screenwidth() - window.winfo_reqwidth()), 0)
        if y + window.winfo_reqheight() > window.winfo_screenheight():
            y -= height + window.winfo_reqheight()
        window.wm_geometry(f"+{x}+{y}")

    def _anchor(self, is_below: bool) -> tuple[int, int, int]:
        """Return where it opens, and how far to move up from there if it does not fit above the edge."""
        widget, offset = self._widget, self._theme.px(OFFSET)
        if is_below:
            gap = self._theme.px(4)
            bottom = widget.winfo_rooty() + widget.winfo_height()
            return widget.winfo_rootx(), bottom + gap, widget.winfo_height() + 2 * gap
        x, y = widget.winfo_pointerxy()
        return x, y + offset, 2 * offset


def _follow_pointer(widget: tk.Misc) -> None:
    """Let Tcl note where the pointer moves, in any widget of the program; Python is too slow for that."""
    if not int(widget.tk.call("info", "exists", LAST_MOTION)):
        widget.tk.call("set", LAST_MOTION, "-1 -1")
        widget.tk.call("bind", "all", "<Motion>", f"+set {LAST_MOTION} {{%X %Y}}")
