"""The queue of the inbox: order, limits and rests. Real time passes only where a test waits for its end."""

from __future__ import annotations

import threading
import unittest

from chatapp.protocol.message import Message
from chatapp.server.core.arrival_queue import ArrivalQueue
from chatapp.server.core.inbound import MessageBurst
from chatapp.server.core.inbox import Arrival, Received, Shutdown
from chatapp.server.state.connection import NullConnection
from tests.waiting import wait_until

LONG = 60.0  # seconds; a test that waits this long has failed
LINK = NullConnection()
TALK = Received(LINK, [MessageBurst("#c", "hello")])
MORE_TALK = Received(LINK, [Message("NOTICE", ("#c", "hello"))])
COMMAND = Received(LINK, [Message("PING", ("1",))])


class Taking(unittest.TestCase):
    def test_arrivals_come_out_in_order_and_only_as_many_as_asked_for(self) -> None:
        inbox = ArrivalQueue()
        for arrival in (TALK, COMMAND, MORE_TALK):
            inbox.put(arrival)
        self.assertEqual(inbox.take(2), [TALK, COMMAND])
        self.assertEqual(inbox.take(2), [MORE_TALK])

    def test_without_arrivals_there_are_none_after_the_timeout(self) -> None:
        self.assertEqual(ArrivalQueue().take(2, timeout=0), [])

    def test_it_waits_for_the_first_arrival(self) -> None:
        inbox = ArrivalQueue()
        taken: list[Arrival] = []
        core = threading.Thread(target=lambda: taken.extend(inbox.take(2)))
        core.start()
        inbox.put(COMMAND)
        core.join(LONG)
        self.assertEqual(taken, [COMMAND])


class Resting(unittest.TestCase):
    """Each rest would take a minute: a test that ends has seen it end early."""

    def setUp(self) -> None:
        self.inbox = ArrivalQueue()

    def rest_in_the_background(self) -> threading.Thread:
        """Begin a rest. Returns when it has looked at what was in the queue."""
        core = threading.Thread(target=self.inbox.rest, args=(LONG,))
        core.start()
        wait_until(lambda: self.inbox._is_resting, "the core rests")
        return core

    def assert_ends(self, core: threading.Thread) -> None:
        core.join(LONG / 2)
        self.assertFalse(core.is_alive())

    def test_talk_gathers_until_the_time_is_over(self) -> None:
        self.inbox.put(TALK)
        self.inbox.rest(0.001)
        self.inbox.put(MORE_TALK)
        self.assertEqual(self.inbox.take(9), [TALK, MORE_TALK])

    def test_what_cannot_wait_ends_it(self) -> None:
        for arrival in (COMMAND, Shutdown("Bye"), Received(LINK, [Message("PRIVMSG", ("#c", "x"))] * 20)):
            with self.subTest(arrival=arrival):
                core = self.rest_in_the_background()
                self.inbox.put(TALK)
                self.inbox.put(arrival)
                self.assert_ends(core)
                self.assertEqual(self.inbox.take(9), [TALK, arrival])

    def test_it_does_not_begin_while_something_is_there_that_cannot_wait(self) -> None:
        for arrival in (TALK, COMMAND, MORE_TALK):
            self.inbox.put(arrival)
        self.inbox.rest(LONG)
        self.assertEqual(self.inbox.take(2), [TALK, COMMAND])
        self.assertEqual(self.inbox.take(2), [MORE_TALK])

    def test_an_alarm_of_an_earlier_rest_does_not_end_the_next_one(self) -> None:
        core = self.rest_in_the_background()
        for arrival in (COMMAND, COMMAND, COMMAND):
            self.inbox.put(arrival)
        self.assert_ends(core)
        self.inbox.take(9)
        core = self.rest_in_the_background()
        self.inbox.put(TALK)
        core.join(0.05)
        self.assertTrue(core.is_alive())
        self.inbox.put(COMMAND)
        self.assert_ends(core)
