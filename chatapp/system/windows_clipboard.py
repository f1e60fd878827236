"""Files and pictures in the clipboard of Windows.

Source: Win32 API: OpenClipboard, GetClipboardData, DragQueryFileW; standard clipboard formats
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_int, c_size_t, c_uint, c_void_p, c_wchar_p
from pathlib import Path
from typing import Any

from chatapp.system.bitmap_picture import png_of_bitmap
from chatapp.system.clipboard_contents import PNG_START, ClipboardContents

CF_DIB, CF_HDROP = 8, 15
PNG_NAME = "PNG"  # the format that browsers register
TRIES, PAUSE_SECONDS = 10, 0.02  # while another program has the clipboard
MOST_BYTES = 400_000_000  # of a picture

_ALL = 0xFFFFFFFF  # asks DragQueryFileW for the number of files


class WindowsClipboard:
    """The functions of the system.

    Args:
        user32: The library, as are the others; fakes in tests.
    """

    def __init__(self, user32: Any, kernel32: Any, shell32: Any) -> None:
        self._user32, self._kernel32, self._shell32 = user32, kernel32, shell32
        user32.OpenClipboard.argtypes = [c_void_p]
        user32.GetClipboardData.argtypes, user32.GetClipboardData.restype = [c_uint], c_void_p
        user32.RegisterClipboardFormatW.argtypes = [c_wchar_p]
        kernel32.GlobalLock.argtypes, kernel32.GlobalLock.restype = [c_void_p], c_void_p
        kernel32.GlobalSize.argtypes, kernel32.GlobalSize.restype = [c_void_p], c_size_t
        kernel32.GlobalUnlock.argtypes = [c_void_p]
        shell32.DragQueryFileW.argtypes = [c_void_p, c_uint, c_void_p, c_uint]
        shell32.DragQueryFileW.restype = c_uint
        user32.IsClipboardFormatAvailable.restype = c_int

    def read(self, wants_picture: bool) -> ClipboardContents:
        """Return the files in the clipboard, or its picture; see `clipboard`."""
        with self._opened() as is_open:
            if not is_open:
                return ClipboardContents()
            paths = tuple(map(Path, self._files()))
            if paths or not wants_picture:
                return ClipboardContents(paths)
            picture = self._data(self._png_format())
            bitmap = b"" if picture.startswith(PNG_START) else self._data(CF_DIB)
        return ClipboardContents(picture=picture if not bitmap else png_of_bitmap(bitmap))

    def has_files_or_picture(self) -> bool:
        """Return whether there are any; without opening it."""
        formats = (CF_HDROP, self._png_format(), CF_DIB)
        return any(self._user32.IsClipboardFormatAvailable(each) for each in formats)

    def _png_format(self) -> int:
        return int(self._user32.RegisterClipboardFormatW(PNG_NAME))

    @contextmanager
    def _opened(self) -> Iterator[bool]:
        for _ in range(TRIES):
            if self._user32.OpenClipboard(None):
                break
            time.sleep(PAUSE_SECONDS)
        else:
            yield False
            return
        try:
            yield True
        finally:
            self._user32.CloseClipboard()

    def _files(self) -> Iterator[str]:
        handle = self._user32.GetClipboardData(CF_HDROP)
        query = self._shell32.DragQueryFileW
        for number in range(query(handle, _ALL, None, 0) if handle else 0):
            length = query(handle, number, None, 0) + 1
            name = ctypes.create_unicode_buffer(length)
            if query(handle, number, name, length):
                yield name.value

    def _data(self, kind: int) -> bytes:
        handle = self._user32.GetClipboardData(kind)
        size = self._kernel32.GlobalSize(handle) if handle else 0
        address = self._kernel32.GlobalLock(handle) if 0 < size <= MOST_BYTES else None
        if not address:
            return b""
        try:
            return ctypes.string_at(address, size)
        finally:
            self._kernel32.GlobalUnlock(handle)


def read_clipboard(wants_picture: bool) -> ClipboardContents:
    """Return the files in the clipboard, or its picture; see `clipboard`."""
    return _of_this_system().read(wants_picture)


def has_files_or_picture() -> bool:
    """Return at once whether the clipboard has files or a picture."""
    return _of_this_system().has_files_or_picture()


def _of_this_system() -> WindowsClipboard:
    libraries: Any = vars(ctypes)["windll"]  # only on Windows
    return WindowsClipboard(libraries.user32, libraries.kernel32, libraries.shell32)
