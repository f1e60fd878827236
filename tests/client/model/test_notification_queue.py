"""News are merged, at most one notification in half a second."""

from __future__ import annotations

import unittest

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.model.notification_queue import MOST_SHOWN, PAUSE_SECONDS, NotificationQueue


class NotificationQueueTest(unittest.TestCase):
    def setUp(self) -> None:
        self.queue = NotificationQueue()
        self.general, self.ben = Conversation("#general", "channel"), Conversation("ben", "direct")
        self.now = 100.0
        self.number = 0

    def add(self, conversation: Conversation) -> Entry:
        self.number += 1
        entry = Entry(self.number, "message", 0.0, "ben", f"message {self.number}")
        self.queue.add(conversation, entry)
        return entry

    def take(self, after: float = PAUSE_SECONDS) -> tuple[str, dict[str, int], str] | None:
        """Return key, counts by name and text of the notification that is shown after some seconds."""
        self.now += after
        news = self.queue.take(self.now)
        return (
            None
            if news is None
            else (news.key, {each.name: count for each, count in news.counts.items()}, news.entry.text)
        )

    def test_the_first_is_shown_at_once_and_the_next_after_a_pause(self) -> None:
        self.add(self.ben)
        self.assertEqual(self.take(0), ("0", {"ben": 1}, "message 1"))
        self.add(self.general)
        self.assertIsNone(self.take(PAUSE_SECONDS / 2))
        self.assertEqual(self.take(PAUSE_SECONDS / 2), ("1", {"#general": 1}, "message 2"))
        self.assertIsNone(self.take())

    def test_what_comes_in_the_pause_is_merged(self) -> None:
        self.add(self.ben)
        self.take()
        for _ in range(3):
            self.add(self.general)
        self.assertEqual(self.take(), ("1", {"#general": 3}, "message 4"))

    def test_a_new_message_of_a_conversation_replaces_its_notification_and_is_counted(self) -> None:
        self.add(self.general)
        self.take()
        self.add(self.general)
        self.assertEqual(self.take(), ("0", {"#general": 2}, "message 2"))

    def test_news_of_several_conversations_are_one_notification_with_a_key_of_its_own(self) -> None:
        self.add(self.general)
        self.take()
        self.add(self.ben)
        self.add(self.general)
        self.assertEqual(self.take(), ("1", {"ben": 1, "#general": 1}, "message 3"))
        self.add(self.general)
        self.assertEqual(self.take(), ("0", {"#general": 2}, "message 4"))

    def test_what_was_read_is_closed_and_no_longer_waits(self) -> None:
        self.add(self.general)
        self.take()
        self.add(self.general)
        self.assertEqual(self.queue.forget(self.general), ["0"])
        self.assertIsNone(self.take())
        self.assertEqual(self.queue.forget(self.general), [])
        self.add(self.general)
        self.assertEqual(self.take(), ("1", {"#general": 1}, "message 3"))

    def test_a_notification_of_several_is_closed_when_all_were_read(self) -> None:
        self.add(self.general)
        self.add(self.ben)
        self.take()
        self.assertEqual(self.queue.forget(self.ben), [])
        self.assertEqual(self.queue.forget(self.general), ["0"])

    def test_a_deleted_message_is_shown_no_longer(self) -> None:
        first = self.add(self.general)
        self.take()
        second = self.add(self.ben)
        self.assertEqual(self.queue.forget_entry(self.general, first), ["0"])
        self.assertEqual(self.queue.forget_entry(self.ben, second), [])
        self.assertIsNone(self.take())

    def test_a_click_finds_the_latest_message(self) -> None:
        self.add(self.general)
        self.take()
        latest = self.add(self.general)
        self.take()
        found = self.queue.clicked("0")
        assert found is not None
        self.assertEqual((found.conversation, found.entry), (self.general, latest))
        self.assertIsNone(self.queue.clicked("7"))

    def test_its_subjects_are_what_waits_and_what_is_shown(self) -> None:
        self.assertEqual(self.queue.subjects(), [])
        first = self.add(self.general)
        self.take()
        second = self.add(self.ben)
        self.assertEqual(self.queue.subjects(), [(self.ben, second), (self.general, first)])

    def test_the_oldest_are_forgotten(self) -> None:
        for number in range(MOST_SHOWN + 1):
            self.add(Conversation(f"#{number}", "channel"))
            self.take()
        self.assertIsNone(self.queue.clicked("0"))
        self.assertIsNotNone(self.queue.clicked("1"))
