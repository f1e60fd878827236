"""Asks for the user's attention: marks the window in the list of windows until the user goes there.

On macOS Tk can do that itself.
"""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class FlashInfo(ctypes.Structure):
        """FLASHWINFO of the Windows API."""

        _fields_ = (
            ("cbSize", wintypes.UINT),
            ("hwnd", wintypes.HWND),
            ("dwFlags", wintypes.DWORD),
            ("uCount", wintypes.UINT),
            ("dwTimeout", wintypes.DWORD),
        )

    FLASH_TRAY, UNTIL_FOREGROUND, STOP = 2, 12, 0

    def set_urgent(window: int, display: str, urgent: bool) -> bool:
        """Let the entry of a window in the task bar flash until the user goes there; return whether it does.

        Args:
            window: The number that Tk's `wm frame` returns.
            display: Not used.
        """
        flags = FLASH_TRAY | UNTIL_FOREGROUND if urgent else STOP
        info = FlashInfo(ctypes.sizeof(FlashInfo), window, flags, 0, 0)
        ctypes.windll.user32.FlashWindowEx(ctypes.byref(info))
        return True

else:
    from chatapp.system.x11_urgency import set_urgent

__all__ = ["set_urgent"]
