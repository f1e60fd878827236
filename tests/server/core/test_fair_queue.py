"""The fair queue: keys take turns, and a full queue displaces items of the key with the most."""

from __future__ import annotations

import threading
import unittest

from chatapp.server.core.fair_queue import FairQueue


class Turns(unittest.TestCase):
    def test_keys_take_turns_and_each_keeps_its_order(self) -> None:
        queue: FairQueue[str] = FairQueue()
        for key, item in (("a", "a1"), ("a", "a2"), ("a", "a3"), ("b", "b1"), ("c", "c1"), ("b", "b2")):
            self.assertIsNone(queue.put(key, item))
        self.assertEqual([queue.get() for _ in range(6)], ["a1", "b1", "c1", "a2", "b2", "a3"])

    def test_a_key_that_returns_is_last(self) -> None:
        queue: FairQueue[str] = FairQueue()
        queue.put("a", "a1")
        queue.put("b", "b1")
        self.assertEqual(queue.get(), "a1")
        queue.put("a", "a2")
        self.assertEqual([queue.get(), queue.get()], ["b1", "a2"])


class FullQueue(unittest.TestCase):
    def setUp(self) -> None:
        self.queue: FairQueue[str] = FairQueue(most=3)
        for item in ("a1", "a2", "a3"):
            self.queue.put("a", item)

    def test_the_newest_item_of_the_longest_key_is_displaced_by_another_key(self) -> None:
        self.assertEqual(self.queue.put("b", "b1"), "a3")
        self.assertEqual([self.queue.get() for _ in range(3)], ["a1", "b1", "a2"])

    def test_the_longest_key_cannot_add_items(self) -> None:
        self.assertEqual(self.queue.put("a", "a4"), "a4")
        self.assertEqual([self.queue.get() for _ in range(3)], ["a1", "a2", "a3"])

    def test_a_key_does_not_displace_an_item_of_a_key_that_would_not_be_longer(self) -> None:
        self.assertEqual(self.queue.put("b", "b1"), "a3")
        self.assertEqual(self.queue.put("b", "b2"), "b2")  # a and b would have two and one, as before

    def test_a_removed_item_makes_room(self) -> None:
        self.queue.get()
        self.assertIsNone(self.queue.put("a", "a4"))


class Closing(unittest.TestCase):
    def test_a_closed_queue_returns_its_items_and_then_none(self) -> None:
        queue: FairQueue[str] = FairQueue()
        queue.put("a", "a1")
        queue.close()
        self.assertEqual([queue.get(), queue.get(), queue.get()], ["a1", None, None])

    def test_a_waiting_thread_gets_a_new_item_and_the_end(self) -> None:
        queue: FairQueue[str] = FairQueue()
        taken: list[str | None] = []
        thread = threading.Thread(target=lambda: taken.extend([queue.get(), queue.get()]), daemon=True)
        thread.start()
        queue.put("a", "a1")
        queue.close()
        thread.join(20)
        self.assertEqual(taken, ["a1", None])


if __name__ == "__main__":
    unittest.main()
