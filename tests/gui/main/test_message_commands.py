"""What the user does to messages reaches the client and the composer."""

from __future__ import annotations

from chatapp.client.model.model import Entry, PendingEdit
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

    def said(self, *texts: str) -> list[Entry]:
        """Let ben say this, a second apart."""
        for second, text in enumerate(texts):
            tags = f"time=2026-03-12T09:00:{second:02}.000Z;msgid=m{second}"
            self.server.send(f"@{tags} :ben!ben@h PRIVMSG #general :{text}")
        self.wait_for_text(texts[-1])
        return [each for each in self.conversation("#general").entries if each.text in texts]

    def test_a_refused_change_of_a_message_is_discarded(self) -> None:
        entry = self.said("one")[0]
        entry.pending_edit = PendingEdit("one", "two", problem="It is too late.")
        self.handlers.on_discard(entry)
        self.assertIsNone(entry.pending_edit)
        self.assertIn(entry, self.conversation("#general").entries)

    def test_messages_are_marked_as_unread_from_one_on(self) -> None:
        entry = self.said("one", "two", "three")[1]
        self.assertIn("mark_unread", self.handlers.abilities(entry))
        self.handlers.on_mark_unread(entry)
        self.until(lambda: "New messages" in self.text())
        shown = self.text()
        self.assertLess(shown.index("one"), shown.index("New messages"))
        self.assertLess(shown.index("New messages"), shown.index("two"))
        conversation = self.conversation("#general")
        self.assertEqual((conversation.first_unread, conversation.unread), (entry.key, 2))

    def test_escape_marks_them_as_read_again_and_the_line_stays(self) -> None:
        self.handlers.on_mark_unread(self.said("one")[0])
        self.until(lambda: "New messages" in self.text())
        self.pane.scroll_to_newest()
        self.assertEqual(self.conversation("#general").unread, 0)
        self.assertIn("New messages", self.text())

    def test_what_the_server_does_not_offer_is_not_offered(self) -> None:
        self.assertEqual(self.handlers.abilities(self.said("one")[0]), {"reply", "react", "mark_unread"})

    def test_the_text_of_a_failed_message_does_not_become_a_part_of_an_edited_one(self) -> None:
        entry = self.failed("too long")
        self.pane.insert_text("half a sentence")
        self.pane.composer.edit(Entry(9, "message", 0.0, "ana", "old words", own=True))
        self.handlers.on_edit_failed(entry)
        self.assertEqual(self.pane.composer.text, "too long\nhalf a sentence")
        self.assertIsNone(self.pane.composer.draft.editing)
