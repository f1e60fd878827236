"""The target and the validation of a login."""

from __future__ import annotations

import unittest

from chatapp.client.login import (
    PORT,
    SYSTEM_PROXY,
    Login,
    for_invite,
    for_server,
    problem_of,
    proxy_choice,
    without_proxy_password,
)
from chatapp.protocol.invite_links import Invite


class Targets(unittest.TestCase):
    def test_an_address_sets_host_port_and_encryption(self) -> None:
        for text, login in (
            ("chat.example:6667", Login("chat.example", 6667, "ana")),
            ("[::1]:5000", Login("::1", 5000, "ana")),
            ("chat.example", Login("chat.example", PORT, "ana")),
            ("ircs://h:1/a", Login("h", 1, "ana", channels=("#a",), encrypt="always")),
        ):
            with self.subTest(text):
                self.assertEqual(for_server(Login("", nick="ana"), text), login)

    def test_a_link_sets_the_target_and_not_the_name(self) -> None:
        login = Login("", 5000, "ana", "secret", "Ana", ("#old",))
        for link_, expected in (
            (Invite("h", 1, ("#a",), "3" * 64, "k"), ("h", 1, ("#a",), "always", "3" * 64, "k")),
            (Invite("h", 1, secure=False), ("h", 1, (), "auto", "", "")),
        ):
            found = for_invite(login, link_)
            where = (found.host, found.port, found.channels, found.encrypt, found.pin, found.code)
            self.assertEqual(expected, where)
            self.assertEqual(("ana", "secret", "Ana"), (found.nick, found.password, found.realname))

    def test_an_address_is_written_as_it_is_read(self) -> None:
        for login, text in (
            (Login("chat.example", 6667), "chat.example:6667"),
            (Login("::1", 5000), "[::1]:5000"),
        ):
            with self.subTest(text=text):
                self.assertEqual(login.address, text)
                self.assertEqual(for_server(Login(""), text), login)


class Proxies(unittest.TestCase):
    def test_a_typed_proxy_is_normalised(self) -> None:
        cases = {"": "", " System ": SYSTEM_PROXY, "socks5h://H": "socks5://h:1080"}
        for text, proxy in cases.items():
            with self.subTest(text):
                self.assertEqual(proxy, proxy_choice(text))

    def test_a_proxy_is_stored_without_its_password(self) -> None:
        cases = {"": "", SYSTEM_PROXY: SYSTEM_PROXY, "http://ana:secret@h:1": "http://ana@h:1", "?": ""}
        for proxy, stored in cases.items():
            with self.subTest(proxy):
                self.assertEqual(stored, without_proxy_password(proxy))


class Problems(unittest.TestCase):
    def test_a_valid_login_has_no_problem(self) -> None:
        self.assertIsNone(problem_of(Login("chat.example", 5000, "ana")))

    def test_the_field_to_correct_is_named(self) -> None:
        for login, field in (
            (Login("h", 5000, " "), "name"),
            (Login("h", 5000, "Ben Okafor"), "name"),
            (Login(" ", 5000, "ana"), "host"),
            (Login("h", 0, "ana"), "port"),
            (Login("h", 65536, "ana"), "port"),
            (Login("h", 5000, "ana", proxy="ftp://h"), "proxy"),
        ):
            with self.subTest(login):
                problem = problem_of(login)
                assert problem is not None
                self.assertEqual(problem.field, field)

    def test_a_name_with_a_space_gets_a_suggestion(self) -> None:
        problem = problem_of(Login("h", 5000, "Ben Okafor"))
        assert problem is not None
        self.assertEqual(problem.suggestion, "Ben_Okafor")
