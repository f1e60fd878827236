"""The queue of a client, shared by its sessions."""

from __future__ import annotations

import unittest
from queue import SimpleQueue
from typing import Any

from chatapp.client.session.inbox import Delivery, SessionInbox


class Sharing(unittest.TestCase):
    def test_items_come_out_in_the_order_in_which_they_were_put_each_with_its_owner(self) -> None:
        queue: SimpleQueue[Any] = SimpleQueue()
        one, two = SessionInbox(queue, "one"), SessionInbox(queue, "two")
        one.put("first")
        two.put("second")
        one.put("third")
        found = [queue.get_nowait() for _ in range(3)]
        expected = [Delivery("one", "first"), Delivery("two", "second"), Delivery("one", "third")]
        self.assertEqual(expected, found)

    def test_its_size_counts_what_waits_for_others_too(self) -> None:
        """A link stops reading when the front-end is far behind, whichever network that is due to."""
        queue: SimpleQueue[Any] = SimpleQueue()
        one, two = SessionInbox(queue, "one"), SessionInbox(queue, "two")
        two.put("item")
        self.assertEqual((1, 1), (one.qsize(), two.qsize()))
