"""Error replies become sentences for the user."""

from __future__ import annotations

import unittest
from datetime import UTC, datetime

from chatapp.client.incoming.error_texts import (
    JOIN_ERRORS,
    MESSAGE_ERRORS,
    PROTECTED,
    error_text,
    nick_error_text,
)
from chatapp.client.incoming.events import ErrorReply, NickRefused


class Errors(unittest.TestCase):
    def test_a_known_error_names_its_subject(self) -> None:
        for code, about, text in (
            ("401", ("zoe",), "There is no user called zoe."),
            ("441", ("ben", "#c"), "ben is not in #c."),
            ("471", ("#c",), "You cannot join #c: it is full."),
            ("473", ("#c",), "You cannot join #c: you need an invitation."),
            ("474", ("#c",), "You cannot join #c: you are banned."),
            ("475", ("#c",), "You cannot join #c without its key: /join #c KEY"),
            ("482", ("#c",), "Only operators of #c can do that."),
        ):
            with self.subTest(code):
                self.assertEqual(text, error_text(ErrorReply(code, "No", about=about)))

    def test_any_other_error_is_shown_as_received(self) -> None:
        for error, text in (
            (ErrorReply("404", "Cannot send", about=("#c",)), "Cannot send"),
            (ErrorReply("461", "Not enough parameters", about=("",)), "Not enough parameters"),
            (ErrorReply("401", "No such nick"), "No such nick"),
            (ErrorReply("441", "They are not there", about=("ben",)), "ben: They are not there"),
            (ErrorReply("INVALID_TARGET", "No", "CHATHISTORY", ("LATEST", "#c")), "LATEST #c: No"),
        ):
            with self.subTest(error):
                self.assertEqual(text, error_text(error))

    def test_why_one_cannot_write_is_told_in_words(self) -> None:
        end = datetime(2026, 3, 12, 9, 5).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        for text, expected in (
            ("Only members with voice can write here (+m)", "Only members with voice can write here"),
            (
                f"You are muted here until {end}: Calm down (+b)",
                "You are muted here until 12 March 09:05: Calm down",
            ),
            (f"You are banned here until {end} (+b)", "You are banned here until 12 March 09:05"),
            ("You are banned here: Spam (+b)", "You are banned here: Spam"),
            ("Wait until 2026-99-99T00:00:00Z", "Wait until 2026-99-99T00:00:00Z"),
            ("", ""),
        ):
            with self.subTest(text):
                self.assertEqual(expected, error_text(ErrorReply("404", text, about=("#c",))))

    def test_every_error_of_a_refused_join_is_a_numeric(self) -> None:
        for code in JOIN_ERRORS | MESSAGE_ERRORS:
            self.assertRegex(code, r"^[45]\d\d$")


class Nicks(unittest.TestCase):
    def test_a_refused_nick_is_explained(self) -> None:
        for refused, text in (
            (
                NickRefused(
                    "ben", True, "This name is kept for a guest who was here before: choose another one"
                ),
                "The name ben is kept for a guest who was here before.",
            ),
            (NickRefused("ben", True, "Nickname is already in use"), "The name ben is already in use."),
            (
                NickRefused("ben", True, "Nickname is reserved"),
                "The name ben is protected: log in with its password, or choose another name.",
            ),
            (
                NickRefused("ben", False, "Banned in #c", "437"),
                "You cannot change your name now. The server says: Banned in #c",
            ),
            (NickRefused("a b", False, "Erroneous"), "A name cannot contain spaces."),
            (NickRefused("x" * 33, False, "Erroneous"), "A name can have at most 32 characters"),
            (
                NickRefused("ana", False, "Forbidden"),
                "This server does not accept the name ana. It says: Forbidden",
            ),
            (
                NickRefused("小明", False, "Erroneous"),
                "This server does not accept the name 小明. It may accept only the letters a to z.",
            ),
        ):
            with self.subTest(refused):
                self.assertIn(text, nick_error_text(refused))

    def test_all_wordings_for_a_protected_nick_are_recognised(self) -> None:
        for reason in ("belongs to an Account", "is registered", "is reserved", "is Protected"):
            self.assertRegex(f"This nickname {reason}", PROTECTED)
        self.assertNotRegex("Nickname is already in use", PROTECTED)
