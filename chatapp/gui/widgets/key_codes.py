"""Which key was pressed, whatever layout the keyboard has.

Tk names a key by what the layout writes with it: `k`, `K` with Caps Lock, `Cyrillic_el` on a Russian layout.
A shortcut is meant by the letter where the layout has Latin letters, and by the place of the key where it has
none. Digits are meant by the place: a French or Czech layout writes other characters with these keys.
"""

from __future__ import annotations

import sys
import tkinter as tk
from collections.abc import Mapping

from chatapp.gui.widgets.platform_events import CONTROL, MOD1, WINDOWS_ALT

SHIFT = 0x1  # bit of an event's state
ASCII_NAMES = frozenset({
    "space", "exclam", "quotedbl", "numbersign", "dollar", "percent", "ampersand", "apostrophe",
    "quoteright", "parenleft", "parenright", "asterisk", "plus", "comma", "minus", "period", "slash",
    "colon", "semicolon", "less", "equal", "greater", "question", "at", "bracketleft", "backslash",
    "bracketright", "asciicircum", "underscore", "grave", "quoteleft", "braceleft", "bar", "braceright",
    "asciitilde",
})  # fmt: skip
"""What Tk calls the characters of ASCII that are neither letters nor digits."""


def _row(first: int, keys: str) -> dict[int, str]:
    """Keys side by side, whose codes follow each other."""
    return dict(enumerate(keys, first))


# Code of a key -> what a US layout has there. X11: evdev, the key's number in Linux plus 8. Windows: virtual
# keys, which follow the layout where it is Latin. macOS: the codes of Carbon's Events.h.
X11 = {
    **_row(10, "1234567890"), **_row(24, "qwertyuiop"), **_row(38, "asdfghjkl"), **_row(52, "zxcvbnm"),
    61: "slash",
}  # fmt: skip
WINDOWS = {**_row(0x30, "0123456789"), **_row(0x41, "abcdefghijklmnopqrstuvwxyz"), 0xBF: "slash"}
MACOS = {
    **_row(0, "asdfhgzxcv"), **_row(11, "bqweryt1234"), 22: "6", 23: "5", 25: "9", 26: "7", 28: "8", 29: "0",
    31: "o", 32: "u", 34: "i", 35: "p", 37: "l", 38: "j", 40: "k", 44: "slash", 45: "n", 46: "m",
}  # fmt: skip
MAC_SHIFT = 24  # bits of Tk's key code on macOS below the code of the key
CODES: Mapping[str, Mapping[int, str]] = {"win32": WINDOWS, "darwin": MACOS}


def pressed(event: tk.Event[tk.Misc], system: str = sys.platform) -> str:
    """The key of a shortcut with Control (on macOS Command): `k`, `1`, `plus`; `Shift-k` with Shift.

    Returns:
        "" when Alt or AltGr is down too, which write characters.
    """
    state = int(event.state)
    alt = {"win32": WINDOWS_ALT, "darwin": CONTROL}.get(system, MOD1)
    if state & alt:
        return ""
    shift = bool(state & SHIFT)
    keysym = event.keysym
    code = event.keycode >> MAC_SHIFT if system == "darwin" else event.keycode
    place = CODES.get(system, X11).get(code, "")
    is_ascii = len(keysym) == 1 and keysym.isascii()
    if place.isdigit() and not shift and not (is_ascii and keysym.isalpha()):
        key = place
    elif is_ascii:
        key = keysym.lower()
    elif keysym in ASCII_NAMES and not (place == "slash" and keysym in ("period", "comma")):
        key = keysym
    else:
        key = place or keysym
    return f"Shift-{key}" if shift and len(key) == 1 and key.isalpha() else key
