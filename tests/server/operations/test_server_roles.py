"""Roles of accounts become roles of users."""

from __future__ import annotations

import unittest

from chatapp.server.storage import account_rows, settings
from chatapp.server.tasks.account_sync import apply_account_changes
from tests.server.base import ServerTest


class Roles(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.make_account("boss", role="owner")
        self.make_account("mod", role="moderator")

    def test_a_user_gets_the_role_of_the_account(self) -> None:
        self.connect("mod")
        self.say("mod", "CAP REQ sasl", "NICK mod", "USER mod 0 * :Mod")
        self.authenticate("mod", "mod")
        self.say("mod", "CAP END")
        self.assertEqual(self.got("mod")[-1], "MODE mod +o")
        self.assertEqual(self.user("mod").role, "moderator")

    def test_a_login_after_registration_gives_the_role_too(self) -> None:
        self.enter("ann")
        self.authenticate("ann", "boss")
        self.assertIn("MODE ann +o", self.got("ann"))
        self.assertEqual(self.user("ann").role, "owner")

    def test_a_user_who_logs_out_has_none(self) -> None:
        self.enter_as("mod")
        self.assertIn("MODE mod -o", self.answer("mod", "NS LOGOUT"))
        self.assertEqual(self.user("mod").role, "member")

    def test_an_owner_by_oper_stays_owner_at_a_login(self) -> None:
        self.enter("ann")
        self.make_operator("ann", "owner")
        self.authenticate("ann", "mod")
        self.assertEqual(self.user("ann").role, "owner")

    def test_a_role_changed_in_the_database_is_applied_soon(self) -> None:
        self.core.run_every(1.0, apply_account_changes)
        self.enter_as("mod")
        self.store.write(
            [
                account_rows.update_role(self.world.accounts["mod"], "member"),
                settings.upsert(settings.ACCOUNTS_CHANGED, b"now"),
            ]
        )
        self.pass_time(2)
        self.assertGot("mod", "MODE mod -o")

    def test_a_persistent_user_keeps_the_role(self) -> None:
        self.enter_as("mod")
        self.restart()
        self.assertEqual(self.user("mod").role, "moderator")


if __name__ == "__main__":
    unittest.main()
