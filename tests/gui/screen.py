"""What is really on the screen: the colours of its pixels, read from the X server."""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
import tkinter as tk
import unittest
from array import array

ALL_PLANES, Z_PIXMAP = 0xFFFFFFFF, 2  # arguments of XGetImage
BITS = 32  # of a pixel


class _Image(ctypes.Structure):
    """The beginning of XImage."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("width", "height", "xoffset", "format")),
        ("data", ctypes.POINTER(ctypes.c_ubyte)),
        *((name, ctypes.c_int) for name in ("byte_order", "bitmap_unit", "bitmap_bit_order", "bitmap_pad")),
        *((name, ctypes.c_int) for name in ("depth", "bytes_per_line", "bits_per_pixel")),
    )


class Screen:
    """The screen of a display; a test without X11 is skipped."""

    def __init__(self, root: tk.Tk) -> None:
        name = ctypes.util.find_library("X11")
        if name is None or root.tk.call("tk", "windowingsystem") != "x11":
            raise unittest.SkipTest("pixels can be read only from an X server")
        self._x11 = x11 = ctypes.CDLL(name)
        x11.XOpenDisplay.restype = ctypes.c_void_p
        x11.XDefaultRootWindow.restype = ctypes.c_ulong
        x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        x11.XGetImage.restype = ctypes.POINTER(_Image)
        place = [ctypes.c_int, ctypes.c_int, ctypes.c_uint, ctypes.c_uint]
        x11.XGetImage.argtypes = [
            ctypes.c_void_p,
            ctypes.c_ulong,
            *place,
            ctypes.c_ulong,
            ctypes.c_int,
        ]
        x11.XDestroyImage.argtypes = [ctypes.POINTER(_Image)]
        x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
        self._size = root.winfo_screenwidth(), root.winfo_screenheight()
        self._display = x11.XOpenDisplay(None)
        if not self._display:
            raise unittest.SkipTest("the X server cannot be reached a second time")

    def close(self) -> None:
        """Close the connection to the X server."""
        self._x11.XCloseDisplay(self._display)

    def count(self, widget: tk.Misc, colour: str, margin: int = 0) -> int:
        """Return how many pixels of a widget have exactly this colour.

        Args:
            colour: `#rrggbb`.
            margin: Around the widget, in pixels.
        """
        left, top = max(widget.winfo_rootx() - margin, 0), max(widget.winfo_rooty() - margin, 0)
        right = min(widget.winfo_rootx() + widget.winfo_width() + margin, self._size[0])
        bottom = min(widget.winfo_rooty() + widget.winfo_height() + margin, self._size[1])
        widget.winfo_pointerxy()  # asks the X server, which has then drawn everything that Tk has sent
        x11, display = self._x11, self._display
        image = x11.XGetImage(
            display,
            x11.XDefaultRootWindow(display),
            left,
            top,
            right - left,
            bottom - top,
            ALL_PLANES,
            Z_PIXMAP,
        )
        found = image.contents
        if found.bits_per_pixel != BITS:
            raise unittest.SkipTest("the screen has no colours of 24 bits")
        data = ctypes.string_at(found.data, found.bytes_per_line * found.height)
        is_little = found.byte_order == 0
        x11.XDestroyImage(image)
        pixels = array("I", data)
        if is_little != (sys.byteorder == "little"):
            pixels.byteswap()
        return pixels.count(int(colour.removeprefix("#"), 16))
