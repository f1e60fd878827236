"""Whether a link leads where a reader expects."""

from __future__ import annotations

import unittest

from chatapp.client.text.link_checks import may_open, real_host


class LinkChecksTest(unittest.TestCase):
    def test_only_links_of_the_web_of_chats_and_of_mail_are_opened(self) -> None:
        for target, opened in (
            ("https://a.example/x", True),
            ("HTTP://a.example", True),
            ("ircs://a.example/room", True),
            ("mailto:ben@a.example", True),
            ("javascript:alert(1)", False),
            ("file:///etc/passwd", False),
            ("data:text/html,x", False),
            ("a.example", False),
            ("https://a.example/ x", False),
        ):
            with self.subTest(target):
                self.assertEqual(may_open(target), opened)

    def test_the_real_host_is_named_where_a_reader_may_expect_another(self) -> None:
        for target, host in (
            ("https://a.example/@ben", ""),
            ("https://bank.example@evil.example/", "evil.example"),
            ("https://bank.example:pw@evil.example:8/", "evil.example"),
            ("https://раураl.example/", "xn--l-7sba6dbr.example"),
            ("https://аррӏе.example/", "xn--80ak6aa92e.example"),
            ("https://почта.рф/", ""),
            ("https://münchen.example/", ""),
            ("https://例え.example/", ""),
            ("https://a.example/\u202egpj.exe", "a.example"),
            ("https://a.exa\u200bmple/", "a.example"),
            ("mailto:ben@a.example", ""),
        ):
            with self.subTest(target):
                self.assertEqual(real_host(target), host)

    def test_a_link_that_cannot_be_understood_is_shown_whole(self) -> None:
        self.assertEqual(real_host("https://[::1"), "https://[::1")
