"""Garbage of tests is collected by the main thread, and what another thread collects is noticed."""

from __future__ import annotations

import gc
import threading
import unittest
from collections.abc import Callable

from tests import garbage


def in_thread(work: Callable[[], object]) -> None:
    """Do something in another thread."""
    thread = threading.Thread(target=work, name="worker", daemon=True)
    thread.start()
    thread.join(20)
    assert not thread.is_alive(), "while it collects garbage, no other thread can"


class GarbageTest(unittest.TestCase):
    def setUp(self) -> None:
        garbage.collect_in_main_thread()
        gc.collect()  # else another thread deletes what tests of a window have left, which takes seconds
        garbage.take_strays()

    def test_a_thread_that_creates_many_objects_collects_nothing(self) -> None:
        in_thread(lambda: [[each] for each in range(100_000)])
        self.assertEqual("", garbage.take_strays())

    def test_a_collection_by_another_thread_is_noticed_once(self) -> None:
        in_thread(gc.collect)
        self.assertIn("thread worker collected garbage", garbage.take_strays())
        self.assertEqual("", garbage.take_strays())

    def test_a_collection_by_the_main_thread_is_right(self) -> None:
        gc.collect()
        self.assertEqual("", garbage.take_strays())

    def test_much_garbage_is_collected(self) -> None:
        gc.collect()
        for count, is_due in ((garbage.MANY // 2, False), (2 * garbage.MANY, True)):
            with self.subTest(count):
                stored: list[list[object]] = [[] for _ in range(count)]
                for each in stored:
                    each.append(each)
                del stored, each
                before = gc.get_count()[0]
                garbage.collect_if_due()
                self.assertEqual(is_due, gc.get_count()[0] < before - garbage.MANY // 2)


if __name__ == "__main__":
    unittest.main()
