"""Who has given the password a short time ago."""

from __future__ import annotations

from chatapp.protocol.numerics import FailError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import confirmation
from tests.server.base import ServerTest


class Confirmations(ServerTest):
    def test_it_counts_for_the_account_and_not_for_another(self) -> None:
        self.enter_as("ann")
        self.make_account("eve")
        codes: list[str] = []

        def look(out: Outbox) -> None:
            try:
                confirmation.confirmed_account(self.world, out.me, self.user("ann"), "SETPASS", out)
            except FailError as refused:
                codes.append(refused.params[1])
            else:
                codes.append("")

        self.act("ann", look)
        self.act("ann", lambda out: confirmation.confirm(out.me, self.world.accounts["eve"], out))
        self.act("ann", look)
        self.act("ann", lambda out: confirmation.confirm(out.me, self.world.accounts["ann"], out))
        self.act("ann", look)
        self.log_in("ann", "eve")
        self.act("ann", look)
        needed = "CONFIRMATION_REQUIRED"
        self.assertEqual(codes, [needed, needed, "", needed])
