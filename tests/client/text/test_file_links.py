"""Links to files of the server."""

from __future__ import annotations

import unittest

from chatapp.client.text.file_links import (
    FileLink,
    at_origin,
    file_link,
    file_links,
    with_files,
    with_preview,
    without_files,
)

PREFIX = "k3Xq9p"
ID = PREFIX + "A1b2C3d4E5f6G7h8I9j0_-"
URL = f"https://chat.example:5000/files/{ID}/holiday%20plan.pdf"
LINK = FileLink(URL, ID, "holiday plan.pdf")


class Addresses(unittest.TestCase):
    def test_links_to_files_of_the_server_get_another_address(self) -> None:
        moved = URL.replace("https://chat.example:5000", "http://[::1]:6000")
        text = f"see {URL}#533x400, {URL} and https://chat.example:5000/x"
        expected = f"see {moved}#533x400, {moved} and https://chat.example:5000/x"
        self.assertEqual(expected, at_origin(text, PREFIX, "http://[::1]:6000"))

    def test_other_links_stay_and_so_do_those_with_a_known_address(self) -> None:
        origin = "https://chat.example:5000"
        for text, prefix in (
            (URL.replace(PREFIX, "other0"), PREFIX),
            (f"{PREFIX} {URL.replace(PREFIX, 'other0')}", PREFIX),
            (URL, ""),
            (URL.replace("chat", "CHAT"), PREFIX),
        ):
            with self.subTest(text=text, prefix=prefix):
                self.assertEqual(text, at_origin(text, prefix, "http://here", (origin,)))


class FileLinks(unittest.TestCase):
    def test_the_prefix_of_the_id_tells_the_files_of_the_server_whatever_its_host_name_is(self) -> None:
        other = URL.replace("chat.example:5000", "192.168.1.7:5000")
        self.assertEqual([LINK], file_links(f"see {URL}", PREFIX))
        self.assertEqual([FileLink(other, ID, "holiday plan.pdf")], file_links(other, PREFIX))

    def test_other_links_are_none_of_its_files(self) -> None:
        for text in (
            URL.replace(PREFIX, "other0"),
            URL.replace("/files/", "/file/"),
            URL.replace(ID, ID[:-1]),
            URL.replace(ID, f"{ID}x"),
            f"https://chat.example/files/{ID}",
            f"https://chat.example/files/{ID}/",
            "no link",
        ):
            with self.subTest(text):
                self.assertEqual([], file_links(text, PREFIX))
        self.assertEqual([], file_links(URL, ""))

    def test_its_name_can_be_shown(self) -> None:
        (found,) = file_links(URL.replace("holiday%20plan.pdf", "..%2Fa%00%E2%80%AEfdp.exe"), PREFIX)
        self.assertEqual("afdp.exe", found.name)

    def test_a_file_that_is_linked_twice_is_one_file(self) -> None:
        self.assertEqual([LINK], file_links(f"{URL}\n{URL}", PREFIX))

    def test_a_whole_link_is_recognised(self) -> None:
        self.assertEqual(LINK, file_link(URL, PREFIX))
        self.assertIsNone(file_link(f"{URL} ", PREFIX))
        self.assertEqual(f"/files/{ID}/holiday%20plan.pdf", LINK.path)

    def test_the_link_of_a_picture_may_say_how_large_its_thumbnail_is(self) -> None:
        sized = with_preview(URL, 533, 400)
        self.assertEqual(f"{URL}#533x400", sized)
        found = FileLink(sized, ID, "holiday plan.pdf", (533, 400))
        self.assertEqual([found], file_links(f"look at {sized}.", PREFIX))
        self.assertEqual(("look", [found]), without_files(f"look\n{sized}", PREFIX))
        self.assertEqual(found.path, LINK.path)
        self.assertEqual(f"{URL}#64x40", with_preview(sized, 64, 40))

    def test_a_size_that_no_thumbnail_has_is_no_size(self) -> None:
        for size in ("641x400", "640x401", "0x1", "9999x1"):
            with self.subTest(size):
                (found,) = file_links(f"{URL}#{size}", PREFIX)
                self.assertEqual((None, LINK.path), (found.preview, found.path))

    def test_a_malformed_host_and_a_name_of_any_letters_make_a_path(self) -> None:
        for url, path in {
            f"https://[x/files/{ID}/a.txt": f"/files/{ID}/a.txt",
            f"https://h:99999/files/{ID}/Отчёт.txt": f"/files/{ID}/%D0%9E%D1%82%D1%87%D1%91%D1%82.txt",
            f"https://h/files/{ID}/%0D%0AX:%20y": f"/files/{ID}/X%3A%20y",
            f"https://h/files/{ID}/\x01\x7f": f"/files/{ID}/file",
        }.items():
            with self.subTest(url):
                self.assertEqual([path], [link.path for link in file_links(f"see {url}", PREFIX)])

    def test_lines_with_only_a_link_are_no_part_of_the_text(self) -> None:
        table = {
            f"look\n{URL}": ("look", [LINK]),
            URL: ("", [LINK]),
            f"see {URL}, please.": (f"see {URL}, please.", [LINK]),
            "two\nlines": ("two\nlines", []),
        }
        for text, expected in table.items():
            with self.subTest(text):
                self.assertEqual(expected, without_files(text, PREFIX))

    def test_a_message_has_its_text_first_and_then_a_line_for_each_file(self) -> None:
        self.assertEqual(f"look\n{URL}\n{URL}", with_files("look", [URL, URL]))
        self.assertEqual(URL, with_files("", [URL]))
        self.assertEqual("look", with_files("look", []))
