"""What differs between systems in mouse and keyboard: menu clicks, wheels, the command key."""

from __future__ import annotations

import sys
import tkinter as tk
from collections.abc import Callable

MAC = sys.platform == "darwin"
COMMAND = "Command" if MAC else "Control"  # in the name of a Tk event
MENU_KEYS = ("<Shift-F10>", *{"win32": ["<App>"], "linux": ["<Menu>"]}.get(sys.platform, []))
MENU_CLICKS = ("<Button-2>", "<Control-Button-1>") if MAC else ("<Button-3>",)
CONTROL, MOD1, WINDOWS_ALT = 0x4, 0x8, 0x20000  # bits of an event's state; Mod1 is Alt or Command
NOTCH = 60  # pixels at 96 dpi that one notch of a wheel scrolls


def bind_menu(widget: tk.Misc, opened: Callable[[tk.Event[tk.Misc]], object]) -> None:
    """Call `opened` when a click asks for the menu of what is under the pointer."""
    for click in MENU_CLICKS:
        widget.bind(click, opened)


def bind_wheel(widget: tk.Misc, scroll: Callable[[int], object]) -> None:
    """Call `scroll` with the pixels that the wheel asks for, downwards positive."""
    notch = round(NOTCH * max(1.0, widget.winfo_fpixels("1i") / 96))
    if widget.tk.call("tk", "windowingsystem") == "x11":
        widget.bind("<Button-4>", lambda event: scroll(-notch))
        widget.bind("<Button-5>", lambda event: scroll(notch))
    else:
        unit = 1 if MAC else 120  # what a notch counts there
        widget.bind("<MouseWheel>", lambda event: scroll(round(-event.delta / unit * notch)))


def typed(event: tk.Event[tk.Misc]) -> str:
    """The character that a pressed key writes; nothing for a shortcut or a key that writes none."""
    state = int(event.state)
    if sys.platform == "win32":
        shortcut = state & CONTROL and not state & WINDOWS_ALT  # both are AltGr, which writes
    else:
        shortcut = state & (CONTROL | MOD1)
    return event.char if event.char and event.char.isprintable() and not shortcut else ""
