"""Addresses of files in texts."""

from __future__ import annotations

import sys
import unittest
from pathlib import Path
from unittest import mock

from chatapp.system.file_addresses import path_of_uri, paths_in, paths_of_uris


@unittest.skipIf(sys.platform == "win32", "paths of other systems")
class FileAddressesTest(unittest.TestCase):
    def test_uris(self) -> None:
        """RFC 8089: the authority is empty, `localhost` or the name of the host."""
        with mock.patch("platform.node", return_value="mine"):
            for uri, path in (
                ("file:///home/ana/a%20b.txt", "/home/ana/a b.txt"),
                ("file://localhost/tmp/x", "/tmp/x"),
                ("FILE://MINE/tmp/x", "/tmp/x"),
                ("file://elsewhere/tmp/x", None),
                ("file:///tmp/%00", None),
                ("http://example.org/x", None),
                ("file://[/x", None),
                ("copy", None),
            ):
                with self.subTest(uri):
                    self.assertEqual(path_of_uri(uri), Path(path) if path else None)

    def test_a_list_of_uris_has_comments(self) -> None:
        self.assertEqual(
            paths_of_uris(["# two", "file:///a", "mailto:x", "file:///b"]), (Path("/a"), Path("/b"))
        )

    def test_a_text_of_paths(self) -> None:
        for text, paths in (
            ("/home/ana/notes.txt", ["/home/ana/notes.txt"]),
            (" /home/ana/a b.txt\n", ["/home/ana/a b.txt"]),
            ('"/home/ana/a.txt"', ["/home/ana/a.txt"]),
            ("file:///a\n/b", ["/a", "/b"]),
            ("see /home/ana/notes.txt", []),
            ("/a\nand more", []),
            ("/", []),
            ("", []),
            ("notes.txt", []),
            ("/x" * 5000, []),
            ("/x\n" * 5000, []),
        ):
            with self.subTest(text[:30]):
                self.assertEqual(paths_in(text), tuple(map(Path, paths)))
