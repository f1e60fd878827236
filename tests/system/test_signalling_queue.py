"""A queue tells its reader of each item, when the item can be taken."""

from __future__ import annotations

import unittest

from chatapp.system.signalling_queue import SignallingQueue


class SignallingQueueTest(unittest.TestCase):
    def test_the_item_can_be_taken_when_the_reader_is_told(self) -> None:
        taken: list[int] = []
        queue: SignallingQueue[int] = SignallingQueue(lambda: taken.append(queue.get_nowait()))
        queue.put(1)
        queue.put(2)
        self.assertEqual([1, 2], taken)
        self.assertTrue(queue.empty())


if __name__ == "__main__":
    unittest.main()
