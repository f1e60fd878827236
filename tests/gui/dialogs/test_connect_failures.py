"""What is said about failed connections."""

from __future__ import annotations

import unittest
from datetime import UTC, datetime

from chatapp.client.login import Login
from chatapp.client.model.changes import ConnectFailed
from chatapp.client.model.network import FailureKind
from chatapp.gui.dialogs.connect_failures import ShownFailure, other_names, shown_failure

LOGIN = Login("chat.example", nick="ben", realname="Ben King")
NOW = datetime(2026, 3, 12, 9, tzinfo=UTC).timestamp()


def shown(kind: FailureKind, reason: str, login: Login = LOGIN, **more: str) -> ShownFailure:
    return shown_failure(ConnectFailed(kind, reason, **more), login, NOW)  # type: ignore[arg-type]


class ConnectFailuresTest(unittest.TestCase):
    def test_each_kind_stands_in_the_place_that_it_concerns(self) -> None:
        for kind, place in (
            ("name", "name"), ("name-taken", "name"), ("password", "password"), ("logged-out", "password"),
            ("code", "code"), ("port", "port"), ("server-password", "server-password"), ("host", "server"),
            ("refused", "server"), ("timeout", "server"), ("no-tls", "server"), ("wants-tls", "server"),
            ("not-chat", "server"), ("closed", "server"), ("stopped", "server"), ("banned", "server"),
            ("launch", "server"), ("runs-already", "server"),
        ):  # fmt: skip
            with self.subTest(kind):
                failure = shown(kind, "It did not work.")  # type: ignore[arg-type]
                self.assertEqual(failure.place, place)
                self.assertIn("It did not work" if kind != "banned" else "banned", failure.text)

    def test_a_protected_name_asks_for_the_password_or_another_name(self) -> None:
        failure = shown("password", "The name ben is protected.", suggestion="ben_2")
        self.assertEqual(failure.text, "“ben” is protected. Is this you? Type the password,")
        self.assertEqual((failure.lead, failure.names), ("or choose another name:", ("ben_2", "ben_k")))
        self.assertEqual((failure.place, failure.asks_password), ("name", True))

    def test_a_wrong_password_keeps_its_place(self) -> None:
        failure = shown("password", "This password is wrong.")
        self.assertEqual((failure.place, failure.names, failure.step), ("password", (), ""))

    def test_a_taken_name_offers_others(self) -> None:
        failure = shown("name-taken", "The name ben is already in use.", suggestion="ben_2")
        self.assertEqual((failure.names, failure.asks_password), (("ben_2", "ben_k"), False))

    def test_other_names(self) -> None:
        for realname, expected in (
            ("Ben King", ("ben_2", "ben_k")),
            ("Ben", ("ben_2", "ben_3")),
            ("", ("ben_2", "ben_3")),
            ("Ben Łuk", ("ben_2", "ben_3")),
        ):
            with self.subTest(realname):
                self.assertEqual(other_names("ben", "ben_2", realname), expected)

    def test_a_chat_of_this_computer_that_does_not_run_can_be_started(self) -> None:
        local = shown("refused", "Nothing answers.", Login("127.0.0.1", nick="ben"))
        self.assertEqual((local.text, local.step), ("Nothing answers. Is the server running?", "start"))
        self.assertEqual(shown("refused", "Nothing answers.").step, "")

    def test_encryption_can_be_switched_but_not_against_a_link(self) -> None:
        self.assertEqual(shown("no-tls", "It has none.").step, "unencrypted")
        self.assertEqual(shown("wants-tls", "It wants it.").step, "encrypted")
        failed = ConnectFailed("no-tls", "It has none.")
        self.assertEqual(shown_failure(failed, LOGIN, NOW, is_link=True).step, "")
        for kind in ("closed", "timeout", "host", "refused", "not-chat"):
            with self.subTest(kind):
                self.assertNotIn("unencrypted", shown(kind, "No.").step)

    def test_a_ban_says_its_end_and_its_reason(self) -> None:
        until = "2026-03-13T08:00:00.000Z"
        text = shown("banned", f"You are banned from this server until {until} by ana: spam").text
        self.assertRegex(
            text, r"^You are banned from chat\.example by ana until tomorrow \d\d:00\. The reason: spam\.$"
        )
        text = shown("banned", "You are banned from this server for ever by ana: spam").text
        self.assertEqual(text, "You are banned from chat.example for ever by ana. The reason: spam.")
        self.assertIn("go away", shown("banned", "go away").text)

    def test_what_a_ban_does_not_say_is_left_out(self) -> None:
        for reason, text in (
            ("You are banned from this server for ever by ana: ", " for ever by ana."),
            ("You are banned from this server until soon by ana: ", " by ana."),
            ("", "."),
        ):
            with self.subTest(reason):
                self.assertEqual(shown("banned", reason).text, f"You are banned from chat.example{text}")

    def test_a_full_server_and_an_offline_computer_are_explained(self) -> None:
        for kind, reason, expected in (
            (
                "closed",
                "The server closed the connection: The server is full, try again later",
                "Try again in a few",
            ),
            (
                "closed",
                "The server closed the connection: Too many connections from your address",
                "Wait a minute",
            ),
            ("host", "192.168.1.20 cannot be reached: Network is unreachable.", "seems to be offline"),
            (
                "host",
                "The address of h could not be looked up. Check that this computer is online.",
                "offline",
            ),
            ("host", "There is no server called h. Check the spelling.", "Check the spelling"),
        ):
            with self.subTest(reason):
                self.assertIn(expected, shown(kind, reason).text)  # type: ignore[arg-type]

    def test_where_accounts_can_be_made_that_is_offered(self) -> None:
        failed = ConnectFailed("password", "For members only.", makes_accounts=True)
        self.assertEqual(shown_failure(failed, LOGIN, NOW).step, "account")


if __name__ == "__main__":
    unittest.main()
