"""Orders: one step at a time, each confirmed by a PONG; refusals, timeouts, a lost connection."""

from __future__ import annotations

import unittest

from chatapp.client.model.changes import CommandRejected, OrderFinished
from chatapp.client.model.orders import Order, Step, undo_by
from chatapp.client.session.orders import ANSWER_SECONDS, CONNECTION_LOST, NOT_ANSWERED, NOT_CONNECTED
from chatapp.protocol.message import Message
from tests.client.base import EVERYTHING, ClientTest

BAN, UNBAN = Message("MODE", ["#general", "+b", "x!*@*"]), Message("MODE", ["#general", "-b", "x!*@*"])
KICK = Message("KICK", ["#general", "chen"])
PLAIN = EVERYTHING.replace("labeled-response ", "")


class PlainServer(ClientTest):
    """A server without labels, such as ngIRCd."""

    capabilities = PLAIN

    def setUp(self) -> None:
        super().setUp()
        self.general = self.online(capabilities=self.capabilities)

    def give(self, *steps: Step, goes_on: bool = False, codes: frozenset[str] = frozenset()) -> Order:
        order = Order(steps, goes_on, codes)
        self.client.give(order)
        return order

    def errors(self) -> list[str]:
        return [each.text for each in self.general.entries if each.kind == "error"]

    def test_each_step_is_sent_when_the_one_before_has_succeeded(self) -> None:
        order = self.give(Step(BAN), Step(KICK))
        self.assertEqual(self.sent(), ["MODE #general +b x!*@*", "PING order-1"])
        self.receive(":srv PONG srv order-1")
        self.assertEqual(self.sent(), ["KICK #general :chen", "PING order-2"])
        self.assert_not_changed(OrderFinished)
        self.receive(":srv PONG srv order-2")
        self.assertIs(self.assert_changed(OrderFinished).order, order)
        self.assertEqual((order.problem, len(order.done), order.is_finished), ("", 2, True))

    def test_a_refusal_ends_the_order_undoes_the_rest_and_is_not_shown_elsewhere(self) -> None:
        order = self.give(Step(BAN, undo_by(UNBAN)), Step(KICK))
        self.receive(":srv PONG srv order-1")
        self.sent()
        self.receive(":srv 482 ana #general :No", ":srv PONG srv order-2")
        self.assertEqual(self.sent(), ["MODE #general -b x!*@*"])
        self.assertEqual(order.problem, "Only operators of #general can do that.")
        self.assertEqual((order.done, self.errors()), ([], []))
        self.assert_not_changed(CommandRejected)

    def test_an_order_that_goes_on_carries_out_the_other_steps(self) -> None:
        order = self.give(Step(BAN), Step(KICK), goes_on=True)
        self.receive(":srv 482 ana #general :No", ":srv PONG srv order-1")
        self.assertEqual(self.sent()[2:], ["KICK #general :chen", "PING order-2"])
        self.receive(":srv PONG srv order-2")
        self.assertEqual([each.step.message for each in order.refusals], [BAN])
        self.assertEqual([each.message for each in order.done], [KICK])

    def test_commands_of_one_step_are_sent_together_and_all_of_them_may_be_refused(self) -> None:
        order = self.give(Step(BAN, also=(KICK,)))
        self.assertEqual(self.sent()[1:], ["KICK #general :chen", "PING order-1"])
        self.receive(":srv FAIL KICK INVALID #general :Not now", ":srv PONG srv order-1")
        self.assertEqual((order.problem, self.errors()), ("Not now", []))

    def test_an_error_about_something_else_is_shown_as_always(self) -> None:
        order = self.give(Step(BAN))
        self.receive(":srv 403 ana #elsewhere :No", ":srv PONG srv order-1")
        self.assertEqual(order.problem, "")

    def test_a_fail_of_the_command_is_a_refusal_with_its_own_sentence(self) -> None:
        order = self.give(Step(BAN))
        self.receive(":srv FAIL MODE INVALID #general :The list is full", ":srv PONG srv order-1")
        self.assertEqual(order.problem, "The list is full")

    def test_a_refused_name_is_a_refusal_of_nick(self) -> None:
        order = self.give(Step(Message("NICK", ["ben"])))
        self.receive(":srv 433 ana ben :in use", ":srv PONG srv order-1")
        self.assertEqual(order.problem, "The name ben is already in use.")

    def test_replies_that_the_order_asks_for_are_collected(self) -> None:
        order = self.give(Step(BAN), codes=frozenset({"367"}))
        self.receive(":srv 367 ana #general x!*@* ben 1773316000", ":srv 372 ana :motd")
        self.receive(":srv PONG srv order-1")
        self.assertEqual(
            [each.params for each in order.answers], [("#general", "x!*@*", "ben", "1773316000")]
        )

    def test_two_orders_are_carried_out_in_turn(self) -> None:
        self.give(Step(BAN))
        second = self.give(Step(KICK))
        self.assertEqual(self.sent(), ["MODE #general +b x!*@*", "PING order-1"])
        self.receive(":srv PONG srv order-1")
        self.assertEqual(self.sent(), ["KICK #general :chen", "PING order-2"])
        self.receive(":srv PONG srv order-2")
        self.assertTrue(second.is_finished)

    def test_without_an_answer_the_order_fails(self) -> None:
        order = self.give(Step(BAN))
        self.pass_time(ANSWER_SECONDS + 1)
        self.assertEqual(order.problem, NOT_ANSWERED)

    def test_a_lost_connection_ends_all_orders(self) -> None:
        first, second = self.give(Step(BAN)), self.give(Step(KICK))
        self.lose_connection()
        self.assertEqual((first.problem, second.problem), (CONNECTION_LOST, CONNECTION_LOST))
        self.assertEqual(self.give(Step(BAN)).problem, NOT_CONNECTED)


class LabelledServer(PlainServer):
    capabilities = EVERYTHING

    def test_a_labelled_error_belongs_to_its_step(self) -> None:
        order = self.give(Step(BAN))
        self.assertEqual(self.sent()[0], "@label=order-1 MODE #general +b x!*@*")
        self.receive("@label=order-1 :srv 696 ana #general b x :Bad mask", ":srv PONG srv order-1")
        self.assertEqual(order.problem, "#general b x: Bad mask")
        self.assertEqual(order.refusals[0].about, ("#general", "b", "x"))

    def test_each_step_is_sent_when_the_one_before_has_succeeded(self) -> None:
        self.give(Step(BAN), Step(KICK))
        self.receive(":srv PONG srv order-1")
        self.assertIn("@label=order-2 KICK #general :chen", self.sent())

    def test_a_refusal_ends_the_order_undoes_the_rest_and_is_not_shown_elsewhere(self) -> None:
        order = self.give(Step(BAN, undo_by(UNBAN)), Step(KICK))
        self.receive(":srv PONG srv order-1")
        self.receive("@label=order-2 :srv 482 ana #general :No", ":srv PONG srv order-2")
        self.assertEqual(self.sent()[-1], "MODE #general -b x!*@*")
        self.assertEqual((order.done, self.errors()), ([], []))

    def test_an_order_that_goes_on_carries_out_the_other_steps(self) -> None:
        order = self.give(Step(BAN), Step(KICK), goes_on=True)
        self.receive("@label=order-1 :srv 482 ana #general :No", ":srv PONG srv order-1")
        self.receive(":srv PONG srv order-2")
        self.assertEqual([each.message for each in order.done], [KICK])

    def test_two_orders_are_carried_out_in_turn(self) -> None:
        self.give(Step(BAN))
        self.give(Step(KICK))
        self.receive(":srv PONG srv order-1")
        self.assertEqual(self.sent()[2], "@label=order-2 KICK #general :chen")


if __name__ == "__main__":
    unittest.main()
