"""Sets the urgency hint of a window on X11, which Tk cannot do.

It uses a connection of its own to the X server, by the Xlib that Tk has loaded already.

Source: ICCCM section 4.1.2.4; Xlib, "XSetWMHints"
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, byref, c_char_p, c_int, c_long, c_uint, c_ulong, c_void_p

XLIB = "libX11.so.6"
URGENT = 1 << 8


class WindowHints(ctypes.Structure):
    """XWMHints of Xlib."""

    _fields_ = (
        ("flags", c_long),
        ("input", c_int),
        ("initial_state", c_int),
        ("icon_pixmap", c_ulong),
        ("icon_window", c_ulong),
        ("icon_x", c_int),
        ("icon_y", c_int),
        ("icon_mask", c_ulong),
        ("window_group", c_ulong),
    )


Handler = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)


def set_urgent(window: int, display: str, urgent: bool) -> bool:
    """Set or remove the urgency hint; return whether that was possible.

    Args:
        window: The number that Tk's `winfo id` returns: a child of the window with the hints.
        display: The name of the display, as Tk's `winfo screen` returns it.

    Thread:
        That of Tk: errors of the X server are ignored meanwhile.
    """
    try:
        xlib = _load()
    except OSError:
        return False
    connection = xlib.XOpenDisplay(display.encode() or None)
    if not connection:
        return False
    ignored = Handler(lambda connection, error: 0)
    previous = xlib.XSetErrorHandler(ctypes.cast(ignored, c_void_p))  # the usual one ends the process
    try:
        return _set(xlib, connection, window, urgent)
    finally:
        xlib.XSync(connection, 0)
        xlib.XSetErrorHandler(previous)
        xlib.XCloseDisplay(connection)


def _set(xlib: ctypes.CDLL, connection: int, window: int, urgent: bool) -> bool:
    outer = _parent(xlib, connection, window)
    for each in (outer, window):
        hints = xlib.XGetWMHints(connection, each) if each else None
        if hints:
            flags = hints.contents.flags
            hints.contents.flags = flags | URGENT if urgent else flags & ~URGENT
            if hints.contents.flags != flags:
                xlib.XSetWMHints(connection, each, hints)
            xlib.XFree(hints)
            return True
    return False


def _parent(xlib: ctypes.CDLL, connection: int, window: int) -> int:
    """Return the window that contains another one; 0 if there is no such window."""
    root, parent, children, count = c_ulong(), c_ulong(), c_void_p(), c_uint()
    found = xlib.XQueryTree(connection, window, byref(root), byref(parent), byref(children), byref(count))
    if children:
        xlib.XFree(children)
    return parent.value if found else 0


def _load() -> ctypes.CDLL:
    xlib = ctypes.CDLL(XLIB)
    xlib.XOpenDisplay.argtypes, xlib.XOpenDisplay.restype = [c_char_p], c_void_p
    xlib.XSetErrorHandler.argtypes, xlib.XSetErrorHandler.restype = [c_void_p], c_void_p
    xlib.XQueryTree.argtypes = [c_void_p, c_ulong, *(c_void_p,) * 4]
    xlib.XGetWMHints.argtypes, xlib.XGetWMHints.restype = [c_void_p, c_ulong], POINTER(WindowHints)
    xlib.XSetWMHints.argtypes = [c_void_p, c_ulong, POINTER(WindowHints)]
    xlib.XFree.argtypes = [c_void_p]
    xlib.XSync.argtypes = [c_void_p, c_int]
    xlib.XCloseDisplay.argtypes = [c_void_p]
    return xlib
