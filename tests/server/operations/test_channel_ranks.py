"""Ranks of accounts are restored at login; ChanServ gives and takes ranks."""

from __future__ import annotations

import unittest

from chatapp.server.operations import channel_ranks
from tests.server.base import ServerTest


class AtLogin(ServerTest):
    def test_stored_ranks_of_the_account_are_restored(self) -> None:
        self.enter_as("ann", channel="#c")
        self.enter("bob", channel="#c")
        self.say("ann", "PART #c")
        self.enter("guest", channel="#c")
        self.forget()
        self.authenticate("guest", "ann")
        self.assertGot("bob", "MODE #c +o guest")
        self.assertEqual(self.channel("#c").members[self.user("guest")].ranks, "o")

    def test_a_rank_held_as_a_guest_is_stored_for_the_account(self) -> None:
        self.enter("ann", channel="#c")
        self.say("ann", "REGISTER * * sesame", "PART #c")
        self.enter("bob", channel="#c")
        self.assertEqual(self.channel("#c").members[self.user("bob")].ranks, "")
        self.restart()
        self.enter_as("ann", channel="#c")
        self.assertEqual(self.channel("#c").members[self.user("ann")].ranks, "o")

    def test_another_account_does_not_get_the_rank(self) -> None:
        self.enter_as("ann", channel="#c")
        self.make_account("bob")
        self.authenticate("ann", "bob")
        self.assertEqual(self.channel("#c").account_ranks, {"ann": "o"})


class GivenByTheServer(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")
        self.member = self.channel("#c").members[self.user("bob")]

    def give(self, letters: str) -> None:
        channel, bob = self.channel("#c"), self.user("bob")
        self.act("ann", lambda out: channel_ranks.give_ranks(self.world, channel, bob, letters, "Chan", out))

    def take(self, letter: str) -> None:
        channel, bob = self.channel("#c"), self.user("bob")
        self.act("ann", lambda out: channel_ranks.take_rank(self.world, channel, bob, letter, "Chan", out))

    def test_all_members_get_one_mode_message(self) -> None:
        self.give("ov")
        for name in ("ann", "bob"):
            self.assertGot(name, ":Chan MODE #c +ov bob bob")
        self.assertEqual(self.member.ranks, "ov")

    def test_only_new_ranks_are_sent(self) -> None:
        self.give("v")
        self.forget()
        self.give("vo")
        self.assertGot("ann", ":Chan MODE #c +o bob")
        self.give("vo")
        self.assertGot("ann")

    def test_a_rank_is_removed_once(self) -> None:
        self.give("ov")
        self.forget()
        self.take("o")
        self.assertGot("bob", ":Chan MODE #c -o bob")
        self.assertEqual(self.member.ranks, "v")
        self.take("o")
        self.assertGot("bob")


if __name__ == "__main__":
    unittest.main()
