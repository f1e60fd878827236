"""Where a login leads."""

from __future__ import annotations

import unittest

from chatapp.client.login import PORT, Login, at


class Places(unittest.TestCase):
    def test_a_person_goes_where_an_address_leads(self) -> None:
        for text, login in (
            ("chat.example:6667", Login("chat.example", 6667, "ana")),
            ("[::1]:5000", Login("::1", 5000, "ana")),
            ("chat.example", Login("chat.example", PORT, "ana")),
            ("ircs://h:1/a", Login("h", 1, "ana", channels=("#a",), encrypt="always")),
        ):
            with self.subTest(text):
                self.assertEqual(at(Login("", nick="ana"), text), login)

    def test_an_address_is_written_as_it_is_read(self) -> None:
        for login, text in (
            (Login("chat.example", 6667), "chat.example:6667"),
            (Login("::1", 5000), "[::1]:5000"),
        ):
            with self.subTest(text=text):
                self.assertEqual(login.address, text)
                self.assertEqual(at(Login(""), text), login)
