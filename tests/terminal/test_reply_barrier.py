"""The barrier stands until the server has replied to everything sent before it."""

from __future__ import annotations

from chatapp.terminal.reply_barrier import REPLY_SECONDS, ReplyBarrier
from tests.client.base import ClientTest


class Barriers(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.online()
        self.barrier = ReplyBarrier(self.client, lambda: self.now)

    def test_it_waits_for_nothing_at_first(self) -> None:
        self.assertFalse(self.barrier.is_waiting)
        self.assertEqual([], self.sent())

    def test_it_requests_the_list_of_a_channel_that_cannot_exist_and_waits_for_its_end(self) -> None:
        self.barrier.start()
        self.assertEqual(["LIST ana"], self.sent())
        self.assertTrue(self.barrier.is_waiting)
        self.barrier.handle(self.receive(":ben!b@h PRIVMSG #general :hello"))
        self.assertTrue(self.barrier.is_waiting)
        self.barrier.handle(self.receive(":srv 323 ana :End of LIST"))
        self.assertFalse(self.barrier.is_waiting)

    def test_waiting_has_a_time_limit(self) -> None:
        self.barrier.start()
        self.now += REPLY_SECONDS - 0.01
        self.assertTrue(self.barrier.is_waiting)
        self.now += 0.01
        self.assertFalse(self.barrier.is_waiting)

    def test_it_can_be_cancelled_and_started_again(self) -> None:
        self.barrier.start()
        self.barrier.cancel()
        self.assertFalse(self.barrier.is_waiting)
        self.barrier.start()
        self.assertTrue(self.barrier.is_waiting)
        self.assertEqual(["LIST ana", "LIST ana"], self.sent())
