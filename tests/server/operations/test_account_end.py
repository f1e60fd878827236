"""What ends with an account; `tests.server.commands.test_own_account` has the dialogues."""

from __future__ import annotations

from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import account_end
from tests.server.base import ServerTest


class Ends(ServerTest):
    def test_every_user_of_the_account_becomes_a_guest(self) -> None:
        self.enter_as("ann", "desk")
        self.enter_as("ann", "phone", nick="ann2")

        def delete(out: Outbox) -> None:
            account_end.delete_account(self.world, self.user("ann"), self.world.accounts["ann"], out)

        self.act("ann", delete)
        self.assertEqual([self.user(nick).account for nick in ("ann", "ann2")], ["", ""])
        self.assertEqual(self.world.accounts, {})

    def test_a_user_who_is_not_connected_is_removed(self) -> None:
        self.enter_as("ann", channel="#c")
        self.enter("bob", channel="#c")
        self.hang_up("ann")
        account = self.world.accounts["ann"]
        self.forget()
        self.act("bob", lambda out: account_end.delete_account(self.world, self.user("ann"), account, out))
        self.assertGot("bob", ":ann QUIT :Account deleted")
