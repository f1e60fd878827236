"""What a file is."""

from __future__ import annotations

import unittest

from chatapp.client.files.media_types import is_program, media_type


class MediaTypes(unittest.TestCase):
    def test_the_name_tells_the_type(self) -> None:
        table = {
            "plan.pdf": "application/pdf",
            "A.JPG": "image/jpeg",
            "notes.txt": "text/plain",
            "all.tar.gz": "application/octet-stream",
            "strange.qqq": "application/octet-stream",
            "": "application/octet-stream",
        }
        for name, expected in table.items():
            with self.subTest(name):
                self.assertEqual(expected, media_type(name))

    def test_programs_are_told_from_documents(self) -> None:
        for name in (
            "setup.exe",
            "SETUP.EXE",
            "setup.exe. ",
            "a.pdf.scr",
            "run.sh",
            "x.jar",
            "macro.docm",
            "a.lnk",
        ):
            with self.subTest(name):
                self.assertTrue(is_program(name))
        for name in ("plan.pdf", "exe", "photo.jpg", "notes", "a.docx"):
            with self.subTest(name):
                self.assertFalse(is_program(name))
