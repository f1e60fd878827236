"""Says why the program cannot start, also where it has no console: on Windows in a message box."""

from __future__ import annotations

import sys

_ERROR_ICON = 0x10  # MB_ICONERROR


def tell(message: str) -> None:
    """Print a message to standard error; in a message box if there is none."""
    if sys.stderr is not None:
        print(message, file=sys.stderr)
    elif sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, message, "Chatapp", _ERROR_ICON)
