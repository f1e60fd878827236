"""ChanServ: operators of channels by account."""

from __future__ import annotations

from tests.server.operations.services.base import ServicesTest


class ChanServ(ServicesTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter_as("ann", channel="#c")
        self.enter("bob", channel="#c")
        self.forget()

    def test_an_operator_by_account_can_op_and_deop_members(self) -> None:
        self.say("ann", "CS OP #c bob")
        self.assertGot("bob", ":ChanServ MODE #c +o bob")
        self.say("ann", "PRIVMSG ChanServ :DEOP #c bob")
        self.assertGot("bob", ":ChanServ MODE #c -o bob")

    def test_an_operator_by_account_can_op_and_deop_itself(self) -> None:
        self.say("ann", "CS DEOP #c")
        self.assertGot("bob", ":ChanServ MODE #c -o ann")
        self.say("ann", "CS OP #c")
        self.assertGot("bob", ":ChanServ MODE #c +o ann")

    def test_other_users_are_refused(self) -> None:
        self.assertEqual(self.notices("bob", "CS OP #c"), ["Your account is not an operator of #c"])
        self.assertAnswer("bob", "CS OP #x", "403 bob #x :No such channel")
        self.assertAnswer("ann", "CS OP #c carl", "401 ann carl :No such nick or channel")

    def test_info_lists_the_operators_by_account(self) -> None:
        words = ["#c was created on 12 March 2026", "Operators by account: ann"]
        self.assertEqual(self.notices("bob", "CS INFO #c"), words)

    def test_a_secret_channel_is_hidden_from_others(self) -> None:
        self.say("ann", "MODE #c +s")
        self.enter("eve")
        self.assertEqual(self.notices("eve", "CS INFO #c"), ["There is no channel #c"])
