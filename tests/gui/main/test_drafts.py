"""What a composer holds is kept in its conversation."""

from __future__ import annotations

import unittest

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.files import Attachment
from chatapp.client.model.model import Entry
from chatapp.gui.main.drafts import Draft, load, store


class DraftsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.conversation = Conversation("#general", "channel")
        self.parent = Entry(1, "message", 0.0, "ben", "hello", msgid="p")
        self.own = Entry(2, "message", 0.0, "ana", "my words", msgid="o", own=True)

    def test_a_text_with_its_reply_comes_back(self) -> None:
        draft = Draft("yes", self.parent)
        store(self.conversation, draft)
        self.assertEqual(load(self.conversation), draft)
        self.assertEqual(self.conversation.unsent_text, "yes")

    def test_an_edit_comes_back_and_so_does_the_text_before_it(self) -> None:
        draft = Draft("my new words", None, self.own, kept="half a sentence")
        store(self.conversation, draft)
        self.assertEqual(load(self.conversation), draft)
        self.assertEqual(self.conversation.draft, "half a sentence")

    def test_the_bar_of_a_deleted_message_does_not_come_back_but_the_text_does(self) -> None:
        store(self.conversation, Draft("yes", self.parent))
        self.parent.deleted_by = "ben"
        self.assertEqual(load(self.conversation), Draft("yes"))
        store(self.conversation, Draft("my new words", None, self.own))
        self.own.deleted_by = "ben"
        self.assertEqual(load(self.conversation), Draft("my new words"))

    def test_the_changed_text_of_an_edit_is_kept_over_a_restart_if_there_is_no_other(self) -> None:
        store(self.conversation, Draft("my new words", None, self.own))
        self.assertEqual(self.conversation.unsent_text, "my new words")
        store(self.conversation, Draft("my words", None, self.own))
        self.assertEqual(self.conversation.unsent_text, "")
        store(self.conversation, Draft("my new words", None, self.own, kept="before"))
        self.assertEqual(self.conversation.unsent_text, "before")

    def test_an_edit_with_its_files_that_changes_nothing_is_no_draft(self) -> None:
        url = "http://h:1/files/k3Xq9paaaaaaaaaaaaaaaaaaaaaa/a.txt"
        self.own.text = f"my words\n{url}"
        file = Attachment(b"", "a.txt", state="ready", url=url)
        draft = Draft("my words", None, self.own, files=(file,))
        store(self.conversation, draft)
        self.assertEqual((load(self.conversation), self.conversation.unsent_text), (draft, ""))

    def test_of_a_deleted_message_the_edited_text_comes_back_below_what_was_written_before(self) -> None:
        store(self.conversation, Draft("my new words", None, self.own, kept="before"))
        self.own.deleted_by = "ben"
        self.assertEqual(load(self.conversation), Draft("before\nmy new words"))
