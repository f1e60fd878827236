"""Changed messages: the new text, who may change it, and what comes out of order."""

from __future__ import annotations

from chatapp.client.model.changes import ConversationChanged, Updated
from chatapp.client.model.message_edits import MAX_EDITS
from tests.client.messages import MessagesTest, edit, message


class Edits(MessagesTest):
    def test_the_new_text_replaces_the_old_one(self) -> None:
        self.receive(message(1, "helo"))
        self.receive(edit(9, "hello all"))
        entry = self.assert_changed(Updated).entry
        self.assertEqual(("hello all", 9), (entry.text, entry.edited_at % 60))

    def test_nobody_changes_the_message_of_another(self) -> None:
        self.receive(message(1, "hello"), edit(9, "I like spam", "chen"))
        self.assertEqual("hello", self.entry().text)

    def test_an_author_with_a_new_nick_or_the_same_account_may(self) -> None:
        self.receive(message(1, "one"), ":ben!b@h NICK :benny", edit(2, "two", "benny"))
        self.assertEqual("two", self.entry().text)
        self.receive(message(3, "three", "dee", tags="account=dee"))
        self.receive(edit(4, "four", "phone", "m3", "account=dee"))
        self.assertEqual("four", self.entry("m3").text)

    def test_mentions_follow_the_new_text(self) -> None:
        self.client.network.watching = False
        self.receive(message(1, "ana: look"), message(2, "hello"))
        self.assertEqual((2, 1), (self.general.unread, self.general.mentions))
        self.receive(edit(3, "look"))
        self.assert_changed(ConversationChanged)
        self.assertEqual((2, 0), (self.general.unread, self.general.mentions))
        self.receive(edit(4, "hello ana", to="m2"))
        self.assertEqual((2, 1), (self.general.unread, self.general.mentions))

    def test_a_change_waits_for_its_message(self) -> None:
        self.receive(message(30, "newer"), edit(31, "corrected"))
        self.client.load_older(self.general)
        self.page("#general", message(1, "mistake"))
        self.assertEqual("corrected", self.entry().text)
        self.assertNotEqual(0, self.entry().edited_at)

    def test_changes_of_messages_that_never_come_are_limited(self) -> None:
        self.receive(*(edit(2, "x", to=f"x{number}") for number in range(MAX_EDITS + 10)))
        self.assertEqual(MAX_EDITS, len(self.general.edits))

    def test_the_history_marks_changed_messages(self) -> None:
        self.page("#general", message(1, "new text", tags="chatapp/edited=2026-03-12T12:10:00.000Z"))
        self.assertEqual(10 * 60, self.entry().edited_at % 3600)
        self.page("#general", edit(2, "older text"))
        self.assertEqual("new text", self.entry().text, "the message is newer than this change")

    def test_a_deleted_message_stays_deleted(self) -> None:
        self.receive(message(1, "hello"), ":ben!b@h REDACT #general m1", edit(9, "back"))
        self.assertEqual("", self.entry().text)

    def test_a_text_is_never_emptied(self) -> None:
        self.receive(message(1, "hello"), edit(9, " "), "@draft/target-msgid=m1 :ben!b@h EDIT #general")
        self.assertEqual("hello", self.entry().text)
