"""The numbers that the list shows of unread messages."""

from __future__ import annotations

import unittest

from chatapp.client.model.conversation import Conversation, ConversationKind, NotifyLevel
from chatapp.gui.main.unread_counts import capped_count, unread_count


class UnreadCountsTest(unittest.TestCase):
    def test_the_number_and_the_badge_depend_on_what_the_user_wants_to_know(self) -> None:
        cases: list[tuple[ConversationKind, int, int, NotifyLevel, bool, str, bool]] = [
            ("channel", 0, 0, "mentions", False, "", False),
            ("channel", 12, 0, "default", False, "12", False),
            ("channel", 12, 2, "default", False, "@ 2", True),
            ("channel", 12, 0, "mentions", False, "12", False),
            ("channel", 12, 2, "mentions", False, "@ 2", True),
            ("channel", 12, 0, "everything", False, "12", True),
            ("channel", 12, 2, "nothing", False, "12", False),
            ("channel", 12, 0, "mentions", True, "", False),
            ("channel", 12, 2, "mentions", True, "@ 2", True),
            ("channel", 12, 2, "nothing", True, "", False),
            ("direct", 3, 3, "mentions", False, "3", True),
            ("direct", 3, 3, "nothing", False, "3", False),
            ("direct", 3, 3, "mentions", True, "", False),
        ]
        for kind, unread, mentions, level, muted, text, badge in cases:
            with self.subTest(kind, unread=unread, mentions=mentions, level=level, muted=muted):
                each = Conversation("x", kind, unread=unread, mentions=mentions, muted=muted, notify=level)
                found = unread_count(each)
                self.assertEqual((found.text, found.badge), (text, badge))

    def test_counts_have_at_most_two_digits(self) -> None:
        for number, expected in ((0, ""), (1, "1"), (99, "99"), (100, "99+"), (12345, "99+")):
            with self.subTest(number=number):
                self.assertEqual(capped_count(number), expected)


if __name__ == "__main__":
    unittest.main()
