"""Commands that hold a password."""

from __future__ import annotations

import unittest

from chatapp.client.outgoing.confidential import holds_password


class HoldsPasswordTest(unittest.TestCase):
    def test_commands_with_a_password_are_recognised_in_any_spelling(self) -> None:
        for text in (
            "/oper ana secret",
            "/OPER ana secret",
            "/oper  ana secret",
            "/quote OPER ana secret",
            "/quote :ana oper ana secret",
            "/quote @label=1 PASS secret",
            "/quote  PASS secret",
            "/quote ns identify secret",
            "/quote REGISTER * * secret",
            "/quote AUTHENTICATE c2VjcmV0",
            "/quote PRIVMSG NickServ :IDENTIFY secret",
            "/msg nickserv identify secret",
            "/msg NickServ@services.example identify secret",
            "/ns identify secret",
            "/pass secret",
        ):
            with self.subTest(text):
                self.assertTrue(holds_password(text))

    def test_other_texts_are_not_recognised(self) -> None:
        for text in (
            "",
            "/",
            "/quote",
            "//oper ana secret",
            "oper ana secret",
            "/kick ben",
            "/msg ben the password is on the board",
            "/me passes",
            "/topic pass the exam",
            "/quote PRIVMSG #general :pass",
        ):
            with self.subTest(text):
                self.assertFalse(holds_password(text))
