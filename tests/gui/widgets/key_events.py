"""Key events of other keyboard layouts."""

from __future__ import annotations

import tkinter as tk

SHIFT, CAPS, CONTROL, MOD1 = 0x1, 0x2, 0x4, 0x8


def key_event(
    keysym: str, keycode: int, state: int = CONTROL, widget: tk.Misc | None = None
) -> tk.Event[tk.Misc]:
    """Return the event of a key pressed with Control."""
    event: tk.Event[tk.Misc] = tk.Event()
    event.keysym, event.keycode, event.state = keysym, keycode, state
    if widget is not None:
        event.widget = widget
    return event
