"""Files and pictures in the clipboard, on any system. Reading may take long: not for the thread of a window.

Text is not read here: the window has it from Tk, which is faster.
"""

from __future__ import annotations

import sys

from chatapp.system.clipboard_contents import ClipboardContents, Fallback


def read_clipboard(wants_picture: bool, fallback: Fallback) -> ClipboardContents:
    """Return the files in the clipboard, or its picture.

    Args:
        wants_picture: Whether a picture is wanted, too: not if there is a text.
    """
    if sys.platform == "win32":
        from chatapp.system.windows_clipboard import read_clipboard as read_windows

        return read_windows(wants_picture)
    if sys.platform == "darwin":
        from chatapp.system.mac_clipboard import read_clipboard as read_mac

        return read_mac(wants_picture)
    from chatapp.system.x11_clipboard import read_clipboard as read_x11

    return read_x11(wants_picture, fallback)


def has_more_than_text() -> bool:
    """Return at once whether the clipboard may have files or a picture, where the system tells without Tk."""
    if sys.platform == "win32":
        from chatapp.system.windows_clipboard import has_files_or_picture

        return has_files_or_picture()
    return sys.platform == "darwin"
