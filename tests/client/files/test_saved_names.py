"""Names under which files are saved."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

from chatapp.client.files.saved_names import LONGEST_BYTES, free_path, part_of, safe_name


class SafeNames(unittest.TestCase):
    def test_a_name_can_do_no_harm(self) -> None:
        table = {
            "plan.pdf": "plan.pdf",
            "Übersicht für März.pdf": "Übersicht für März.pdf",
            "../../.bashrc": "bashrc",
            "..\\..\\evil.exe": "evil.exe",
            "/etc/passwd": "passwd",
            "C:\\x\\y.txt": "y.txt",
            "C:y.txt": "C_y.txt",
            "a\x00b\nc.txt": "abc.txt",
            "report\u202efdp.exe": "reportfdp.exe",
            "a\u200bb\ufeff.txt": "ab.txt",
            'what?<is>|"this"*.txt': "what__is___this__.txt",
            "name. . .": "name",
            "...": "file",
            "": "file",
            "  ": "file",
            "CON": "_CON",
            "con.txt": "_con.txt",
            "aux .h": "_aux .h",
            "LPT¹.log": "_LPT¹.log",
            "console.txt": "console.txt",
            "\ud83d.txt": "_.txt",
            "family 👩‍👩‍👧.jpg": "family 👩‍👩‍👧.jpg",
        }
        for name, expected in table.items():
            with self.subTest(name):
                self.assertEqual(expected, safe_name(name))

    def test_a_long_name_keeps_its_suffix(self) -> None:
        for name, suffix in (("ä" * 400 + ".tar.gz", ".tar.gz"), ("x" * 300, ""), ("x." + "y" * 300, "y")):
            with self.subTest(suffix):
                short = safe_name(name)
                self.assertLessEqual(len(short.encode()), LONGEST_BYTES)
                self.assertTrue(short.endswith(suffix))


class FreePaths(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def test_no_file_is_replaced(self) -> None:
        names = []
        for _ in range(3):
            path = free_path(self.folder, "plan.tar.gz")
            path.write_bytes(b"x")
            names.append(path.name)
        self.assertEqual(["plan.tar.gz", "plan (2).tar.gz", "plan (3).tar.gz"], names)

    def test_a_file_that_is_being_downloaded_counts(self) -> None:
        part_of(self.folder / "plan").write_bytes(b"x")
        self.assertEqual("plan (2)", free_path(self.folder, "plan").name)
