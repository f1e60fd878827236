"""What can be done to a message."""

from __future__ import annotations

import unittest
from typing import Any

from chatapp.client.model.files import Attachment
from chatapp.client.model.model import EntryKind, PendingDeletion
from chatapp.gui.transcript.message_actions import ACTIONS, actions_of, copied_text, last_own, perform
from tests.gui.transcript.conversations import ConversationMaker
from tests.gui.transcript.handlers import ALL, noting_handlers


class MessageActionsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.maker = ConversationMaker()

    def test_what_is_offered_depends_on_the_entry(self) -> None:
        everything = ["react", "reply", "copy", "mark_unread", "edit", "delete"]
        cases: list[tuple[EntryKind, dict[str, Any], list[str]]] = [
            ("message", {}, everything),
            ("action", {}, everything),
            ("message", {"state": "pending"}, ["copy"]),
            ("message", {"state": "pending", "attachments": (Attachment(b"", "a"),)}, ["copy", "cancel"]),
            ("message", {"state": "failed"}, ["copy", "retry", "edit_failed", "discard"]),
            ("message", {"deleted_by": "ben"}, []),
            ("join", {}, []),
            ("system", {}, []),
        ]
        for kind, fields, offered in cases:
            with self.subTest(kind, **fields):
                self.assertEqual(actions_of(self.maker.entry(kind, text="x", **fields), ALL), offered)

    def test_a_deletion_can_be_undone_until_it_is_sent(self) -> None:
        deletion = PendingDeletion(due=8, reason="", text="x", about="", mention=False, reactions={})
        entry = self.maker.entry("message", deleted_by="ana", pending_deletion=deletion)
        self.assertEqual(actions_of(entry, ALL), ["undo_delete"])
        deletion.is_sent = True
        self.assertEqual(actions_of(entry, ALL), [])

    def test_what_the_server_does_not_offer_is_absent(self) -> None:
        entry = self.maker.entry("message", text="x")
        self.assertEqual(actions_of(entry, frozenset({"reply"})), ["reply", "copy"])

    def test_a_message_is_copied_without_formatting_codes(self) -> None:
        self.assertEqual(
            copied_text(self.maker.entry("message", text="\x02bold\x02 and `code`")), "bold and code"
        )

    def test_of_a_message_with_files_the_text_is_copied_and_else_the_links(self) -> None:
        url = "https://h:1/files/k3Xq9pA1b2C3d4E5f6G7h8I9j0_-/a.txt"
        for text, expected in (
            (f"look\n{url}", "look"),
            (url, url),
            (f"see {url} first", f"see {url} first"),
        ):
            with self.subTest(text):
                self.assertEqual(copied_text(self.maker.entry("message", text=text), "k3Xq9p"), expected)

    def test_the_last_own_message_is_the_last_one_that_was_not_deleted(self) -> None:
        self.assertIsNone(last_own(self.maker.conversation))
        first = self.maker.say("ana", "first")
        self.maker.say("ana", "", deleted_by="ana")
        self.maker.say("ben", "of ben")
        self.assertIs(last_own(self.maker.conversation), first)

    def test_each_action_that_needs_only_the_message_calls_its_handler(self) -> None:
        calls: list[tuple[object, ...]] = []
        entry = self.maker.entry("message", text="x")
        names = [name for name in ACTIONS if name not in ("copy", "react")]
        for name in names:
            perform(name, entry, noting_handlers(calls))
        self.assertEqual(calls, [(name, "x") for name in names])
