"""Slash commands of the terminal about the own account."""

from __future__ import annotations

import unittest

from chatapp.client.model.own_account import REGISTRATION
from chatapp.client.outgoing.slash_commands import NOT_OFFERED
from chatapp.terminal.account_commands import (
    CHANGED,
    ENDED,
    NO_SESSION,
    PROTECTED,
    AccountCommands,
    is_secret,
    masked,
)
from tests.client.base import ClientTest

TIMES = "2026-03-12T11:00:00.000Z 2026-03-12T11:59:00.000Z"
ENTRY = f"NOTE SESSIONS ENTRY {{}} {{}} {TIMES} 192.0.2.7 Chatapp Linux {{}} :x"


class AccountCommandsTest(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.online()
        self.told: list[str] = []
        self.commands = AccountCommands(self.client, self.told.append)
        self.number = 0
        self.sent()

    def log_in(self) -> None:
        self.receive(
            ":srv 900 ana ana!a@h ana :You are now logged in as ana",
            ":srv 005 ana chatapp/SESSIONS chatapp/SETPASS :are supported",
        )
        self.client.network.privacy = "encrypted"
        self.sent()

    def answer(self, *lines: str) -> list[str]:
        """Answer the step of an order that was sent; return the commands that were sent."""
        commands = self.sent()
        self.number += 1
        label = (
            f"@label=order-{self.number} " if "labeled-response" in self.client.network.capabilities else ""
        )
        self.receive(*(f"{label}:srv {line}" for line in lines), f":srv PONG srv order-{self.number}")
        self.commands.apply(self.changes)
        return commands

    def test_without_an_account_only_what_the_server_offers_is_done(self) -> None:
        for command in (self.commands.protect, self.commands.change_password, self.commands.sessions):
            self.assertEqual(command("open-sesame"), NOT_OFFERED)

    def test_the_name_is_protected(self) -> None:
        self.client.network.capability_values = {REGISTRATION: ""}
        self.client.network.privacy = "encrypted"
        self.assertIsNone(self.commands.protect("open-sesame"))
        (register, *_) = self.answer("REGISTER SUCCESS ana :Registered")
        self.assertIn("REGISTER * * open-sesame", register.replace(" :", " "))
        self.assertEqual(self.told, [PROTECTED])

    def test_a_refusal_is_told(self) -> None:
        self.client.network.capability_values = {REGISTRATION: ""}
        self.client.network.privacy = "open"
        self.assertIsNone(self.commands.protect("open-sesame"))
        self.assertIn("not encrypted", self.told[0])

    def test_the_password_is_changed_with_the_old_one(self) -> None:
        self.log_in()
        self.assertEqual(self.commands.change_password("only-one"), "Type /password OLD NEW")
        self.assertIsNone(self.commands.change_password("old-one new-one"))
        self.answer("NOTE CONFIRM DONE ana :Thanks")
        self.answer("NOTE SETPASS CHANGED ana :Changed")
        self.assertEqual(self.told, [CHANGED])

    def test_sessions_are_listed_and_ended_by_their_place(self) -> None:
        self.log_in()
        self.assertEqual(self.commands.sessions("end 2"), NO_SESSION.format(number=2))
        self.assertIsNone(self.commands.sessions(""))
        self.answer(
            ENTRY.format("s1", "this", "desk"), ENTRY.format("s2", "other", "phone"),
            "NOTE SESSIONS END ana 2026-03-01T11:00:00.000Z :2 sessions",
        )  # fmt: skip
        self.assertIn("this one", self.told[0])
        self.assertIn("2  Chatapp · Linux · phone · 192.0.2.7", self.told[1])
        self.assertIsNone(self.commands.sessions("end 2"))
        (end, *_) = self.answer("NOTE SESSIONS ENDED 1 :1 session")
        self.assertIn("SESSIONS END s2", end.replace(" :", " "))
        self.assertEqual(self.told[2:], [ENDED])


class Secrets(unittest.TestCase):
    def test_passwords_are_shown_as_dots(self) -> None:
        for text, shown in (
            ("/protect sesame", "/protect ••••••"),
            ("/PASSWORD old new", "/PASSWORD •••••••"),
            ("/protect", "/protect"),
            ("/sessions end 2", "/sessions end 2"),
            ("protect me", "protect me"),
        ):
            self.assertEqual(masked(text), shown)
            self.assertEqual(is_secret(text), text != shown)


if __name__ == "__main__":
    unittest.main()
