"""Identifies the pressed key independently of the keyboard layout.

Tk names a key by the character it types: `k`, `K` with Caps Lock, `Cyrillic_el` on a Russian layout.
On layouts with Latin letters, a shortcut is the key with its letter; on others, the key in its US position.
Digits always go by position: on a French or Czech layout these keys type other characters.
"""

from __future__ import annotations

import sys
import tkinter as tk
from collections.abc import Mapping

from chatapp.gui.widgets.platform_events import CONTROL, MOD1, WINDOWS_ALT

SHIFT = 0x1  # bit of an event's state
ARROWS = frozenset({"Up", "Down", "Left", "Right"})
ASCII_NAMES = frozenset({
    "space", "exclam", "quotedbl", "numbersign", "dollar", "percent", "ampersand", "apostrophe",
    "quoteright", "parenleft", "parenright", "asterisk", "plus", "comma", "minus", "period", "slash",
    "colon", "semicolon", "less", "equal", "greater", "question", "at", "bracketleft", "backslash",
    "bracketright", "asciicircum", "underscore", "grave", "quoteleft", "braceleft", "bar", "braceright",
    "asciitilde",
})  # fmt: skip
"""Tk's names of the ASCII characters that are neither letters nor digits."""


def _row(first: int, keys: str) -> dict[int, str]:
    """Return neighbouring keys whose codes are consecutive."""
    return dict(enumerate(keys, first))


# Key code -> key of the US layout. X11: evdev, the Linux key code plus 8. Windows: virtual key codes, which
# follow the layout where it is Latin. macOS: the codes of Carbon's Events.h.
X11 = {
    **_row(10, "1234567890"), **_row(24, "qwertyuiop"), **_row(38, "asdfghjkl"), **_row(52, "zxcvbnm"),
    61: "slash",
}  # fmt: skip
WINDOWS = {**_row(0x30, "0123456789"), **_row(0x41, "abcdefghijklmnopqrstuvwxyz"), 0xBF: "slash"}
MACOS = {
    **_row(0, "asdfhgzxcv"), **_row(11, "bqweryt1234"), 22: "6", 23: "5", 25: "9", 26: "7", 28: "8", 29: "0",
    31: "o", 32: "u", 34: "i", 35: "p", 37: "l", 38: "j", 40: "k", 44: "slash", 45: "n", 46: "m",
}  # fmt: skip
MAC_SHIFT = 24  # number of low bits in Tk's keycode on macOS that do not belong to the key code
CODES: Mapping[str, Mapping[int, str]] = {"win32": WINDOWS, "darwin": MACOS}


def digit(event: tk.Event[tk.Misc], system: str = sys.platform) -> str:
    """Return the digit of the key by its position; "" for another key, or if it types another character."""
    code = event.keycode >> MAC_SHIFT if system == "darwin" else event.keycode
    key = CODES.get(system, X11).get(code, "")
    types_other = system == "win32" and event.char.isprintable() and event.char not in ("", key)
    return key if key.isdigit() and not types_other else ""


def pressed(event: tk.Event[tk.Misc], system: str = sys.platform) -> str:
    """Return the key of a shortcut with Control (Command on macOS): `k`, `1`, `plus`; `Shift-k` with Shift.

    Args:
        system: The operating system, as in `sys.platform`.

    Returns:
        "" if Alt or AltGr is down too: these type characters.
    """
    state = int(event.state)
    alt = {"win32": WINDOWS_ALT, "darwin": CONTROL}.get(system, MOD1)
    if state & alt:
        return ""
    shift = bool(state & SHIFT)
    keysym = event.keysym
    code = event.keycode >> MAC_SHIFT if system == "darwin" else event.keycode
    us_key = CODES.get(system, X11).get(code, "")
    is_ascii = len(keysym) == 1 and keysym.isascii()
    if us_key.isdigit() and not shift and not (is_ascii and keysym.isalpha()):
        key = us_key
    elif is_ascii:
        key = keysym.lower()
    elif keysym in ASCII_NAMES and not (us_key == "slash" and keysym in ("period", "comma")):
        key = keysym
    else:
        key = us_key or keysym
    is_named = key in ARROWS or (len(key) == 1 and key.isalpha())
    return f"Shift-{key}" if shift and is_named else key
