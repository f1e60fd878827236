"""Whether what was pasted is a file."""

from __future__ import annotations

import sys
import tempfile
import time
import unittest
from pathlib import Path
from unittest import mock

from chatapp.gui.main import pasted_files
from chatapp.gui.main.pasted_files import PastedFiles, may_be_files, offer_label, picture_name
from chatapp.system.clipboard_contents import ClipboardContents


class MayBeFilesTest(unittest.TestCase):
    def test_only_for_what_may_be_files_the_clipboard_is_asked(self) -> None:
        for platform, text, may_be in (
            ("linux", "", True),
            ("linux", "/home/ana/notes.txt", True),
            ("linux", "notes.txt", False),
            ("linux", "see /home/ana/notes.txt", False),
            ("darwin", "notes.txt\nplan.pdf", True),
            ("darwin", "x" * 300, False),
            ("darwin", "two\n\nparagraphs", False),
        ):
            with self.subTest((platform, text[:20])), mock.patch.object(sys, "platform", platform):
                self.assertEqual(may_be_files(text), may_be)


class FindTest(unittest.TestCase):
    def find(self, text: str, contents: ClipboardContents) -> tuple[PastedFiles, bool]:
        with mock.patch.object(pasted_files, "read_clipboard", return_value=contents) as read:
            found = pasted_files.find(text, lambda kinds: ("", b""))
        return found, read.call_args.kwargs["wants_picture"]

    def test_copied_files_and_pictures_come_before_the_text(self) -> None:
        copied = (Path("/home/ana/notes.txt"),)
        self.assertEqual(self.find("notes.txt", ClipboardContents(copied)), (PastedFiles(copied), False))
        self.assertEqual(
            self.find("", ClipboardContents(picture=b"PNG")), (PastedFiles(picture=b"PNG"), True)
        )

    def test_a_path_is_offered_if_there_is_a_file(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a b.txt"
            path.touch()
            for text, named in (
                (str(path), (path,)),
                (path.as_uri(), (path,)),
                (f"{path}\n{path}", (path, path)),
                (f"{path}\n{folder}", ()),
                (folder, ()),
                (f"{path}.txt", ()),
                ("", ()),
            ):
                with self.subTest(text):
                    self.assertEqual(self.find(text, ClipboardContents())[0], PastedFiles(named=named))


class NameTest(unittest.TestCase):
    def test_a_picture_is_named_by_its_time(self) -> None:
        now = time.mktime((2026, 11, 30, 15, 4, 0, 0, 0, -1))
        first = "picture 2026-11-30 15.04.png"
        self.assertEqual(picture_name(now, ()), first)
        self.assertEqual(picture_name(now, [first]), "picture 2026-11-30 15.04 (2).png")
        self.assertEqual(
            picture_name(now, [first, "picture 2026-11-30 15.04 (2).png"]), "picture 2026-11-30 15.04 (3).png"
        )

    def test_the_offer_names_the_file(self) -> None:
        self.assertEqual(offer_label([Path("/a/notes.txt")]), "Attach notes.txt")
        self.assertEqual(offer_label([Path("/a"), Path("/b")]), "Attach 2 files")
