"""The clipboard of X11 and Wayland, by a program or without one."""

from __future__ import annotations

import os
import unittest
from collections.abc import Sequence
from pathlib import Path
from unittest import mock

from chatapp.system import x11_clipboard
from chatapp.system.clipboard_contents import PNG_START, ClipboardContents

PICTURE = PNG_START + b"..."


class X11ClipboardTest(unittest.TestCase):
    def read(
        self, offered: dict[str, bytes], wants_picture: bool = True, programs: Sequence[str] = ("xclip",)
    ) -> ClipboardContents:
        """Read a clipboard that has these types."""
        self.commands: list[list[str]] = []

        def output_of(command: list[str], seconds: float) -> bytes:
            self.commands.append(command)
            if command[-1] in ("TARGETS", "--list-types"):
                return "\n".join(offered).encode()
            return offered[command[-1]]

        def fallback(kinds: Sequence[str]) -> tuple[str, bytes]:
            kind = next((each for each in kinds if each in offered), "")
            return kind, offered.get(kind, b"")

        with (
            mock.patch.object(x11_clipboard, "output_of", output_of),
            mock.patch("shutil.which", lambda name: name if name in programs else None),
        ):
            return x11_clipboard.read_clipboard(wants_picture, fallback)

    def test_files_of_a_file_manager(self) -> None:
        for kind, data in (
            ("x-special/gnome-copied-files", b"copy\nfile:///tmp/a%20b\nfile:///tmp/c"),
            ("x-special/gnome-copied-files", b"cut\nfile:///tmp/a%20b\nfile:///tmp/c\0"),
            ("text/uri-list", b"# two\r\nfile:///tmp/a%20b\r\nfile:///tmp/c\r\n"),
        ):
            for programs in (("xclip",), ()):
                with self.subTest(kind, programs=programs):
                    found = self.read({kind: data, "image/png": PICTURE}, programs=programs)
                    self.assertEqual(found, ClipboardContents((Path("/tmp/a b"), Path("/tmp/c"))))

    def test_a_picture_only_where_it_is_wanted(self) -> None:
        self.assertEqual(self.read({"image/png": PICTURE}).picture, PICTURE)
        self.assertEqual(self.read({"image/png": PICTURE}, wants_picture=False), ClipboardContents())
        self.assertEqual(self.read({"image/png": b"no picture"}), ClipboardContents())

    def test_nothing(self) -> None:
        self.assertEqual(self.read({"UTF8_STRING": b"text"}), ClipboardContents())
        self.assertEqual(self.read({}, programs=()), ClipboardContents())

    def test_links_that_are_no_files(self) -> None:
        self.assertEqual(self.read({"text/uri-list": b"https://example.org/"}), ClipboardContents())

    def test_wayland_has_its_own_program(self) -> None:
        with mock.patch.dict(os.environ, {"WAYLAND_DISPLAY": "wayland-0"}):
            self.read({"image/png": PICTURE}, programs=("wl-paste", "xclip"))
            self.assertEqual({command[0] for command in self.commands}, {"wl-paste"})
            self.read({"image/png": PICTURE}, programs=("xclip",))
            self.assertEqual({command[0] for command in self.commands}, {"xclip"})
