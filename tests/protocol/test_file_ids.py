"""Links to files of a server, and names of files."""

from __future__ import annotations

import unittest

from chatapp.protocol.file_ids import LONGEST_NAME, clean_name, linked, path

ONE, OTHER = "abc123" + "x" * 22, "abc123" + "-_" * 11


class Links(unittest.TestCase):
    def test_links_of_the_server_are_found_whatever_their_host_is(self) -> None:
        text = f"https://a/files/{ONE}/x.png and http://[::1]:5000/files/{OTHER}/y?z"
        self.assertEqual(linked(text, "abc123"), [ONE, OTHER])

    def test_each_file_is_found_once(self) -> None:
        self.assertEqual(linked(f"https://a/files/{ONE}/x https://b/files/{ONE}/x", "abc123"), [ONE])

    def test_other_links_are_not_found(self) -> None:
        for text in (
            f"https://a/files/zzz999{'x' * 22}/x",
            f"https://a/files/{ONE}x/x",
            f"https://a/files/{ONE[:-1]}/x",
            f"https://a/thumbnails/{ONE}",
            "",
        ):
            with self.subTest(text):
                self.assertEqual(linked(text, "abc123"), [])

    def test_a_server_without_a_prefix_has_no_links(self) -> None:
        self.assertEqual(linked(f"https://a/files/{ONE}/x", ""), [])

    def test_a_path_has_the_name_in_escapes(self) -> None:
        self.assertEqual(path("id", "a/b é?.txt"), "/files/id/a%2Fb%20%C3%A9%3F.txt")


class Names(unittest.TestCase):
    def test_usual_names_stay(self) -> None:
        for name in ("holiday.jpg", "Übung 3 (neu).pdf", "résumé", ".profile", "写真.png", "a.tar.gz"):
            with self.subTest(name):
                self.assertEqual(clean_name(name), name)

    def test_what_is_not_a_name_is_removed(self) -> None:
        for name, expected in (
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\ann\\a.txt", "a.txt"),
            ("a\x00b\r\n.txt", "ab.txt"),
            ("invoice\u202efdp.exe", "invoicefdp.exe"),
            ("a\u200bb\u2066.txt", "ab.txt"),
            ("\ud800x", "x"),
            ("  a.txt ", "a.txt"),
            ("..", "file"),
            (".", "file"),
            ("", "file"),
            ("folder/", "file"),
            ("\u202e", "file"),
        ):
            with self.subTest(name):
                self.assertEqual(clean_name(name), expected)

    def test_a_long_name_is_cut_and_keeps_its_ending(self) -> None:
        name = clean_name("é" * 300 + ".jpeg")
        self.assertTrue(name.endswith("é.jpeg"))
        self.assertLessEqual(len(name.encode()), LONGEST_NAME)

    def test_a_long_ending_is_cut_like_the_rest(self) -> None:
        self.assertEqual(clean_name("a." + "b" * 300), "a." + "b" * (LONGEST_NAME - 2))
