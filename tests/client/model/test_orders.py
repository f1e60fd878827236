"""Orders: commands with what undoes them."""

from __future__ import annotations

import unittest

from chatapp.client.model.orders import Order, Refusal, Step, no_undo, undo_by
from chatapp.protocol.message import Message

BAN, UNBAN = Message("MODE", ["#c", "+b", "x"]), Message("MODE", ["#c", "-b", "x"])
KICK, INVITE = Message("KICK", ["#c", "tom"]), Message("INVITE", ["tom", "#c"])


class OrderTest(unittest.TestCase):
    def test_what_was_done_is_undone_in_the_same_order(self) -> None:
        order = Order((Step(BAN, undo_by(UNBAN)), Step(KICK, undo_by(INVITE))))
        order.done += order.steps
        self.assertEqual(order.undoing(), [UNBAN, INVITE])

    def test_what_was_not_done_is_not_undone(self) -> None:
        order = Order((Step(BAN, undo_by(UNBAN)), Step(KICK, undo_by(INVITE))))
        self.assertEqual(order.undoing(), [])
        order.done.append(Step(KICK, no_undo))
        self.assertEqual(order.undoing(), [])

    def test_the_problem_is_the_first_refusal(self) -> None:
        order = Order((Step(BAN),))
        self.assertEqual(order.problem, "")
        order.refusals += [Refusal(Step(BAN), "first"), Refusal(Step(KICK), "second")]
        self.assertEqual(order.problem, "first")


if __name__ == "__main__":
    unittest.main()
