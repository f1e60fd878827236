"""The clipboard of macOS."""

from __future__ import annotations

import unittest
from pathlib import Path
from unittest import mock

from chatapp.system import mac_clipboard
from chatapp.system.clipboard_contents import PNG_START, ClipboardContents


class MacClipboardTest(unittest.TestCase):
    def read(
        self, files: bytes = b"", first: bytes = b"", picture: bytes = b"", wants_picture: bool = True
    ) -> ClipboardContents:
        answers = {
            mac_clipboard.FILES: files,
            mac_clipboard.FIRST_FILE: first,
            mac_clipboard.PICTURE: picture,
        }
        with mock.patch.object(mac_clipboard, "output_of", lambda command, seconds: answers[command[-1]]):
            return mac_clipboard.read_clipboard(wants_picture)

    def test_copied_files(self) -> None:
        found = self.read(files="/Users/ana/a b.txt\0/Users/ana/ü\n".encode())
        self.assertEqual(found.paths, (Path("/Users/ana/a b.txt"), Path("/Users/ana/ü")))

    def test_the_first_one_where_the_other_script_fails(self) -> None:
        self.assertEqual(self.read(first=b"/Users/ana/folder/\n").paths, (Path("/Users/ana/folder"),))

    def test_a_picture(self) -> None:
        picture = f"«data PNGf{PNG_START.hex().upper()}»\n".encode()
        self.assertEqual(self.read(picture=picture).picture, PNG_START)
        self.assertEqual(self.read(picture=picture, wants_picture=False), ClipboardContents())
        for damaged in (b"", "«data PNGf895»".encode(), "«data PNGf0011»".encode(), b"\xff"):
            self.assertEqual(self.read(picture=damaged), ClipboardContents())
