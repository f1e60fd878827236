"""What a server does with files."""

from __future__ import annotations

import unittest

from chatapp.client.model.file_service import (
    FileService,
    can_send_files,
    file_prefix,
    file_service,
    shown_text,
    size_problem,
    upload_address,
    with_file_names,
)
from chatapp.client.model.network import Network

ADDRESS = "https://chat.example:5000/upload/token"


class Services(unittest.TestCase):
    def setUp(self) -> None:
        self.network = Network()
        self.network.state, self.network.privacy = "online", "encrypted"

    def announce(self, **tokens: str) -> None:
        names = {"files": "chatapp/FILES", "soju": "soju.im/FILEHOST", "draft": "draft/FILEHOST"}
        self.network.isupport = {names[name]: value for name, value in tokens.items()}

    def test_a_server_says_what_it_takes(self) -> None:
        self.announce(files="id:k3Xq9p,max:25000000,days:90,who:members")
        self.assertEqual(FileService("k3Xq9p", 25_000_000, 90, "members"), file_service(self.network))
        self.assertEqual("k3Xq9p", file_prefix(self.network))

    def test_a_line_about_a_message_has_the_names_of_its_files(self) -> None:
        self.announce(files="id:k3Xq9p")
        link = f"https://chat.example/files/k3Xq9p{'0' * 22}/plan%20b.pdf"
        self.assertEqual("Slides:\nFile: plan b.pdf", with_file_names(self.network, f"Slides:\n{link}"))
        self.assertEqual("Slides:\nplan b.pdf", shown_text(self.network, f"Slides:\n{link}"))
        self.assertEqual(f"see {link} first", with_file_names(self.network, f"see {link} first"))
        other = link.replace("k3Xq9p", "zzzzzz")
        self.assertEqual(other, with_file_names(self.network, other))

    def test_what_it_does_not_say_has_no_limit(self) -> None:
        self.announce(files="id:k3Xq9p,max:,days:many,who:cats,later:1")
        self.assertEqual(FileService("k3Xq9p"), file_service(self.network))

    def test_a_server_without_the_token_or_a_prefix_keeps_no_files(self) -> None:
        for tokens in ({}, {"files": ""}, {"files": "max:100"}, {"soju": ADDRESS}):
            with self.subTest(tokens):
                self.announce(**tokens)
                self.assertIsNone(file_service(self.network))
                self.assertEqual("", file_prefix(self.network))

    def test_files_can_be_sent_where_the_server_says_so(self) -> None:
        table = {
            "": False,
            "https://chat.example/upload": True,
            ADDRESS: True,
            "http://chat.example/upload": False,
            "ftp://chat.example/upload": False,
            "https://[chat.example/upload": False,
            "https:///upload": False,
            "https://chat.example:99999/upload": False,
        }
        for url, expected in table.items():
            with self.subTest(url):
                self.announce(soju=url)
                self.assertEqual(expected, can_send_files(self.network))
                self.assertEqual(url if expected else "", upload_address(self.network))

    def test_the_draft_name_of_the_token_will_do(self) -> None:
        self.announce(draft=ADDRESS)
        self.assertEqual(ADDRESS, upload_address(self.network))

    def test_without_encryption_of_the_messages_the_files_need_none(self) -> None:
        self.network.privacy = "open"
        self.announce(soju="http://chat.example/upload")
        self.assertTrue(can_send_files(self.network))

    def test_a_password_of_this_computer_does_not_go_to_another_one_without_encryption(self) -> None:
        self.network.privacy = "here"
        for url, expected in {
            "http://chat.example/upload": False,
            "http://127.0.0.1:5000/upload": True,
            "http://[::1]/upload": True,
            "http://localhost/upload": True,
            "https://chat.example/upload": True,
        }.items():
            with self.subTest(url):
                self.announce(soju=url)
                self.assertEqual(expected, can_send_files(self.network))

    def test_the_server_itself_is_reached_where_it_is_whatever_it_announces(self) -> None:
        self.network.privacy = "here"
        self.announce(soju="http://192.168.1.7:5000/upload/token", files="id:k3Xq9p")
        self.assertTrue(can_send_files(self.network))

    def test_they_can_be_chosen_while_the_connection_is_down_but_not_after_the_end(self) -> None:
        self.announce(soju=ADDRESS)
        self.network.state = "waiting"
        self.assertTrue(can_send_files(self.network))
        self.network.state = "offline"
        self.assertFalse(can_send_files(self.network))

    def test_a_file_above_the_limit_is_not_taken(self) -> None:
        self.announce(files="id:k3Xq9p,max:1000")
        self.assertEqual("", size_problem(self.network, "a.txt", 1000))
        self.assertEqual(
            "“a.txt” is 1.5 kB. This server takes files of up to 1.0 kB.",
            size_problem(self.network, "a.txt", 1500),
        )
        self.announce(files="id:k3Xq9p,max:0")
        self.assertEqual("", size_problem(self.network, "a.txt", 10**12))
