"""Mouse and keyboard events that differ between operating systems: menu clicks, wheels, command key."""

from __future__ import annotations

import re
import sys
import tkinter as tk
from collections.abc import Callable

from chatapp.languages.translation import pgettext

IS_MAC = sys.platform == "darwin"
COMMAND = "Command" if IS_MAC else "Control"  # in the name of a Tk event
MENU_KEYS = ("<Shift-F10>", *{"win32": ["<App>"], "linux": ["<Menu>"]}.get(sys.platform, []))
MENU_CLICKS = ("<Button-2>", "<Control-Button-1>") if IS_MAC else ("<Button-3>",)
CONTROL, MOD1, WINDOWS_ALT = 0x4, 0x8, 0x20000  # bits of an event's state; Mod1 is Alt or Command
NOTCH = 60  # distance that one notch of a wheel scrolls, in pixels at 96 dpi


def shown_keys(keys: str) -> str:
    """Return keys such as `Ctrl+C` with the names that they have on this system, in the chosen language."""
    if IS_MAC:
        keys = keys.replace("Ctrl+", "⌘")
    names = _key_names()
    return re.sub(r"[A-Za-z]{2,}", lambda match: names.get(match[0], match[0]), keys)


def _key_names() -> dict[str, str]:
    return {
        "Ctrl": pgettext("key", "Ctrl"),
        "Alt": pgettext("key", "Alt"),
        "Shift": pgettext("key", "Shift"),
        "Enter": pgettext("key", "Enter"),
        "Esc": pgettext("key", "Esc"),
        "Del": pgettext("key", "Del"),
        "Tab": pgettext("key", "Tab"),
        "Home": pgettext("key", "Home"),
        "End": pgettext("key", "End"),
        "PgUp": pgettext("key", "PgUp"),
        "PgDn": pgettext("key", "PgDn"),
    }


def bind_menu(widget: tk.Misc, open_menu: Callable[[tk.Event[tk.Misc]], object]) -> None:
    """Call `open_menu` on a click that opens a context menu."""
    for click in MENU_CLICKS:
        widget.bind(click, open_menu)


def bind_wheel(widget: tk.Misc, scroll: Callable[[int], object]) -> None:
    """Call `scroll` with the number of pixels that the wheel scrolls, positive downwards."""
    notch = round(NOTCH * max(1.0, widget.winfo_fpixels("1i") / 96))
    if widget.tk.call("tk", "windowingsystem") == "x11":
        widget.bind("<Button-4>", lambda event: scroll(-notch))
        widget.bind("<Button-5>", lambda event: scroll(notch))
    else:
        unit = 1 if IS_MAC else 120  # `delta` of one notch
        widget.bind("<MouseWheel>", lambda event: scroll(round(-event.delta / unit * notch)))


def has_modifier(event: tk.Event[tk.Misc]) -> bool:
    """Return whether Control, Alt or Command is down. Tk runs the binding of `<Up>` for Alt+Up, too."""
    mod1 = 0 if sys.platform == "win32" else MOD1  # on Windows, that bit is Num Lock
    return bool(int(event.state) & (CONTROL | WINDOWS_ALT | mod1))


def typed_character(event: tk.Event[tk.Misc]) -> str:
    """Return the character that a key types; "" for a shortcut or a key that types nothing."""
    state = int(event.state)
    if sys.platform == "win32":
        shortcut = state & CONTROL and not state & WINDOWS_ALT  # both together are AltGr, which types
    else:
        shortcut = state & (CONTROL | MOD1)
    return event.char if event.char and event.char.isprintable() and not shortcut else ""
