"""What is typed where a link or an address is expected."""

from __future__ import annotations

import unittest

from chatapp.client.login import Login
from chatapp.gui.dialogs.typed_address import BadAddress, is_worth_checking, read_address

PIN = "0123456789abcdef" * 4


class TypedAddressTest(unittest.TestCase):
    def test_addresses_and_links_lead_to_a_server(self) -> None:
        for text, login in (
            ("chat.example", Login("chat.example")),
            (" 192.168.1.20:6667 ", Login("192.168.1.20", 6667)),
            ("[fd00::7]:5001", Login("fd00::7", 5001)),
            (
                "chat://192.168.1.20/?code=K7QX-29FM",
                Login("192.168.1.20", encrypt="always", code="K7QX-29FM"),
            ),
            (
                f"ircs://h:5000/a?pin=sha256:{PIN}",
                Login("h", 5000, channels=("#a",), encrypt="always", pin=PIN),
            ),
            ("irc://h/a", Login("h", 6667, channels=("#a",))),
        ):
            with self.subTest(text):
                self.assertEqual(read_address(text).login, login)

    def test_what_is_wrong_is_said_in_words(self) -> None:
        for text, reason in (
            ("", "Paste a link, or type the address"),
            ("https://chat.example", "begin with chat://"),
            ("chat.example:port", "port from 1 to 65535"),
            ("chat.example:0", "port from 1 to 65535"),
            ("my chat", "is not an address"),
            ("chat.example/room", "is not an address"),
            ("a" * 300, "too long"),
            ("chat://", "no valid address"),
            (f"ircs://h?pin=sha256:{PIN[:-1]}", "damaged"),
        ):
            with self.subTest(text), self.assertRaisesRegex(BadAddress, reason):
                read_address(text)

    def test_half_a_name_is_not_asked_for(self) -> None:
        for text, expected in (
            ("chat", False), ("chat.", False), (".", False), ("", False),
            ("chat.example", True), ("localhost", True), ("host:5000", True), ("chat://host", True),
        ):  # fmt: skip
            with self.subTest(text):
                self.assertIs(is_worth_checking(text), expected)


if __name__ == "__main__":
    unittest.main()
