"""The clipboard of Windows, with fakes of its libraries."""

from __future__ import annotations

import ctypes
import unittest
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from chatapp.system import windows_clipboard
from chatapp.system.clipboard_contents import PNG_START, ClipboardContents
from chatapp.system.windows_clipboard import CF_DIB, CF_HDROP, WindowsClipboard
from tests.system.test_bitmap_picture import bitmap

PNG = 49161  # the number that Windows gives a registered format


class FakeSystem:
    """A clipboard with files and data of formats; a handle is the number of its format."""

    def __init__(
        self, files: Sequence[str] = (), data: Mapping[int, bytes] | None = None, busy: int = 0
    ) -> None:
        self.files = files
        self.busy = busy
        self.buffers = {
            kind: ctypes.create_string_buffer(each, len(each)) for kind, each in (data or {}).items()
        }
        self.calls: list[str] = []

    def clipboard(self) -> WindowsClipboard:
        return WindowsClipboard(self.library("user32"), self.library("kernel32"), self.library("shell32"))

    def library(self, name: str) -> SimpleNamespace:
        tables: dict[str, dict[str, Callable[..., object]]] = {
            "user32": {
                "OpenClipboard": self.open,
                "CloseClipboard": lambda: self.calls.append("close"),
                "GetClipboardData": self.handle,
                "RegisterClipboardFormatW": lambda name: PNG,
                "IsClipboardFormatAvailable": lambda kind: int(bool(self.handle(kind))),
            },
            "kernel32": {
                "GlobalLock": lambda handle: ctypes.addressof(self.buffers[handle]),
                "GlobalSize": lambda handle: len(self.buffers[handle]),
                "GlobalUnlock": lambda handle: self.calls.append("unlock"),
            },
            "shell32": {"DragQueryFileW": self.query},
        }
        functions = tables[name]
        return SimpleNamespace(
            **{each: mock.Mock(side_effect=function) for each, function in functions.items()}
        )

    def open(self, window: None) -> int:
        self.busy -= 1
        self.calls.append("open")
        return int(self.busy < 0)

    def handle(self, kind: int) -> int | None:
        return kind if kind in self.buffers or (kind == CF_HDROP and self.files) else None

    def query(self, handle: int, number: int, buffer: object, length: int) -> int:
        if number == 0xFFFFFFFF:
            return len(self.files)
        if isinstance(buffer, ctypes.Array):
            buffer.value = self.files[number]
        return len(self.files[number])


class WindowsClipboardTest(unittest.TestCase):
    def test_copied_files(self) -> None:
        system = FakeSystem(["C:/Users/Ana/a b.txt", "D:/ü.png"], {CF_DIB: bitmap()})
        found = system.clipboard().read(wants_picture=True)
        self.assertEqual(found, ClipboardContents((Path("C:/Users/Ana/a b.txt"), Path("D:/ü.png"))))
        self.assertEqual(system.calls, ["open", "close"])

    def test_a_png_is_taken_as_it_is(self) -> None:
        picture = PNG_START + b"\0..."
        system = FakeSystem(data={PNG: picture, CF_DIB: bitmap()})
        self.assertEqual(system.clipboard().read(True).picture, picture)
        self.assertEqual(system.calls, ["open", "unlock", "close"])

    def test_a_bitmap_becomes_a_png(self) -> None:
        system = FakeSystem(data={CF_DIB: bitmap()})
        self.assertTrue(system.clipboard().read(True).picture.startswith(PNG_START))
        self.assertEqual(system.clipboard().read(False), ClipboardContents())

    def test_it_is_tried_again_while_another_program_has_it(self) -> None:
        with mock.patch.object(windows_clipboard, "PAUSE_SECONDS", 0):
            system = FakeSystem(["C:/a"], busy=2)
            self.assertEqual(len(system.clipboard().read(True).paths), 1)
            system = FakeSystem(["C:/a"], busy=1000)
            self.assertEqual(system.clipboard().read(True), ClipboardContents())
        self.assertNotIn("close", system.calls)

    def test_whether_there_is_something_is_known_without_opening_it(self) -> None:
        for system, has in (
            (FakeSystem(["C:/a"]), True),
            (FakeSystem(data={CF_DIB: b"x"}), True),
            (FakeSystem(), False),
        ):
            self.assertEqual(system.clipboard().has_files_or_picture(), has)
            self.assertEqual(system.calls, [])

    def test_the_libraries_of_the_system_are_used(self) -> None:
        system = FakeSystem(["C:/a"])
        libraries = SimpleNamespace(
            **{each: system.library(each) for each in ("user32", "kernel32", "shell32")}
        )
        with mock.patch.object(ctypes, "windll", libraries, create=True):
            self.assertEqual(windows_clipboard.read_clipboard(True).paths, (Path("C:/a"),))
            self.assertTrue(windows_clipboard.has_files_or_picture())
