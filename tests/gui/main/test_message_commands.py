"""What the user does to messages reaches the client and the composer."""

from __future__ import annotations

from chatapp.client.model.model import Entry
from tests.gui.window_case import WindowCase


class MessageCommandsTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.enter()
        self.pane = self.window.pane
        self.handlers = self.pane.transcript.input._handlers

    def failed(self, text: str) -> Entry:
        """Send a message that the server refuses."""
        self.write(text)
        entry = self.conversation("#general").entries[-1]
        self.until(lambda: self.server.received(f"@label={entry.label}"))
        self.server.send(f"@label={entry.label} :s 404 ana #general :Cannot send to channel")
        self.until(lambda: entry.state == "failed")
        return entry

    def test_a_failed_message_is_edited_in_the_composer(self) -> None:
        entry = self.failed("too long")
        self.pane.insert_text("half a sentence")
        self.handlers.on_edit_failed(entry)
        self.assertEqual(self.pane.composer.text, "too long\nhalf a sentence")
        self.assertNotIn(entry, self.conversation("#general").entries)

    def test_a_failed_message_is_sent_again(self) -> None:
        entry = self.failed("again")
        self.handlers.on_retry(entry)
        self.assertEqual([each.text for each in self.conversation("#general").pending()], ["again"])

    def test_a_failed_message_is_discarded(self) -> None:
        entry = self.failed("never")
        self.handlers.on_discard(entry)
        self.assertNotIn(entry, self.conversation("#general").entries)

    def test_a_quotation_goes_into_the_composer_line_by_line(self) -> None:
        self.handlers.on_quote_text("one\ntwo\n")
        self.assertEqual(self.pane.composer.text, "> one\n> two\n")

    def test_a_quotation_begins_a_line_of_its_own(self) -> None:
        self.pane.insert_text("see:")
        self.handlers.on_quote_text("one")
        self.assertEqual(self.pane.composer.text, "see:\n> one\n")

    def test_typing_over_the_messages_goes_into_the_composer(self) -> None:
        self.handlers.on_type("x")
        self.assertEqual(self.pane.composer.text, "x")

    def test_messages_are_marked_as_unread_from_one_on(self) -> None:
        for text in ("one", "two", "three"):
            self.say("ben", text)
        self.wait_for_text("three")
        conversation = self.conversation("#general")
        entry = conversation.entries[-2]
        self.assertIn("mark_unread", self.handlers.abilities(entry))
        self.handlers.on_mark_unread(entry)
        self.until(lambda: "New messages" in self.text())
        self.assertLess(self.text().index("one"), self.text().index("New messages"))
        self.assertLess(self.text().index("New messages"), self.text().index("two"))
        self.assertEqual((conversation.first_unread, conversation.unread), (entry.key, 2))

    def test_escape_marks_them_as_read_again_and_the_line_stays(self) -> None:
        self.say("ben", "one")
        self.wait_for_text("one")
        conversation = self.conversation("#general")
        self.handlers.on_mark_unread(conversation.entries[-1])
        self.until(lambda: "New messages" in self.text())
        self.pane.scroll_to_newest()
        self.assertEqual(conversation.unread, 0)
        self.assertIn("New messages", self.text())

    def test_without_a_server_that_offers_it_there_is_neither_reply_nor_deletion(self) -> None:
        self.say("ben", "one")
        self.wait_for_text("one")
        entry = self.conversation("#general").entries[-1]
        self.assertEqual(self.handlers.abilities(entry), {"mark_unread"})
