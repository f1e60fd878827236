"""Waiting for the end of orders."""

from __future__ import annotations

import unittest

from chatapp.client.model.changes import OrderFinished
from chatapp.client.model.network import Network
from chatapp.client.model.orders import Order
from chatapp.gui.settings.order_watch import OrderWatch, sentence


class Watching(unittest.TestCase):
    def setUp(self) -> None:
        self.watch = OrderWatch()
        self.done: list[Order] = []

    def test_the_end_is_reported_once(self) -> None:
        order = Order(())
        self.watch.follow(order, self.done.append)
        self.assertEqual(self.done, [])
        for _ in range(2):
            self.watch.apply(OrderFinished(Network(), order))
        self.assertEqual(self.done, [order])

    def test_an_order_that_has_ended_is_reported_at_once(self) -> None:
        order = Order((), is_finished=True)
        self.watch.follow(order, self.done.append)
        self.watch.apply(OrderFinished(Network(), order))
        self.assertEqual(self.done, [order])

    def test_other_orders_are_not_its_own(self) -> None:
        self.watch.follow(Order(()), self.done.append)
        self.watch.apply(OrderFinished(Network(), Order(())))
        self.assertEqual(self.done, [])

    def test_a_reason_becomes_a_sentence(self) -> None:
        for text, expected in (("Too short", "Too short."), ("Done.", "Done."), ("Why?", "Why?"), ("", "")):
            self.assertEqual(sentence(text), expected)
