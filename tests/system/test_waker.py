"""A thread is woken, and a byte never goes to a socket that is not the waker's any more."""

from __future__ import annotations

import select
import socket
import threading
import unittest

from chatapp.system.waker import Waker


class WakerTest(unittest.TestCase):
    def setUp(self) -> None:
        self.waker = Waker()
        self.addCleanup(self.waker.close)

    def is_readable(self) -> bool:
        return bool(select.select([self.waker.readable], [], [], 0)[0])

    def test_it_becomes_readable_and_is_cleared(self) -> None:
        self.assertFalse(self.is_readable())
        self.waker.wake()
        self.waker.wake()
        self.assertTrue(self.is_readable())
        self.waker.clear()
        self.assertFalse(self.is_readable())
        self.waker.clear()

    def test_it_may_be_woken_more_often_than_its_buffer_holds(self) -> None:
        for _ in range(100_000):
            self.waker.wake()
        self.assertTrue(self.is_readable())

    def test_another_thread_is_woken(self) -> None:
        thread = threading.Thread(target=select.select, args=([self.waker.readable], [], []))
        thread.start()
        self.waker.wake()
        thread.join(20)
        self.assertFalse(thread.is_alive())

    def test_after_its_end_no_other_socket_gets_its_byte(self) -> None:
        self.waker.close()
        ours, theirs = socket.socketpair()  # with the numbers that were free
        with ours, theirs:
            self.waker.wake()
            self.assertEqual(([], [], []), select.select([ours, theirs], [], [], 0))

    def test_it_is_not_closed_while_another_thread_wakes_it(self) -> None:
        closing = threading.Thread(target=self.waker.close)
        with self.waker._lock:
            closing.start()
            self.assertGreaterEqual(self.waker.readable.fileno(), 0)
        closing.join(20)
        self.assertEqual(-1, self.waker.readable.fileno())


if __name__ == "__main__":
    unittest.main()
