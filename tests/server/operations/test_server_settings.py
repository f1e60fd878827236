"""Settings that are changed while the server runs: what follows from each."""

from __future__ import annotations

import unittest

from chatapp.server.operations import server_settings
from chatapp.server.operations.configuration import ACCOUNTS_ONLY, PROTECT
from chatapp.server.state.live_settings import LiveSettings
from tests.server.base import ServerTest


class Changing(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "eve")
        self.make_operator("ann")
        self.shown: list[str] = []
        self.world.name_changed = lambda: self.shown.append(self.world.config.server.network)

    def test_a_new_name_is_shown_everywhere(self) -> None:
        self.act("ann", lambda out: server_settings.set_name(self.world, "Room 12", out))
        self.assertGot("eve", r"005 eve NETWORK=Room\x2012 :are supported by this server")
        self.assertEqual(self.shown, ["Room 12"])

    def test_guests_stay_when_codes_are_needed(self) -> None:
        self.act("ann", lambda out: server_settings.set_access(self.world, "invite", out))
        self.assertFalse(self.links["eve"].is_closed)

    def test_guests_are_told_and_stay_when_accounts_are_needed(self) -> None:
        self.forget()
        self.act("ann", lambda out: server_settings.set_access(self.world, "accounts", out))
        self.assertGot(
            "eve",
            "005 eve draft/ACCOUNTREQUIRED :are supported by this server",
            f"NOTICE eve :{ACCOUNTS_ONLY}",
            f"NOTICE eve :{PROTECT}",
        )
        self.assertFalse(self.links["eve"].is_closed)

    def test_a_lockdown_disconnects_guests_and_opening_ends_it(self) -> None:
        self.act("ann", lambda out: server_settings.set_lockdown(self.world, True, out))
        self.assertTrue(self.links["eve"].is_closed)
        self.act("ann", lambda out: server_settings.set_closed(self.world, False, out))
        self.assertFalse(self.world.config.accounts.members_only)
        self.restart()
        self.assertFalse(self.world.is_locked)

    def test_all_of_them_survive_a_restart(self) -> None:
        self.act("ann", lambda out: server_settings.set_name(self.world, "Room 12", out))
        self.act("ann", lambda out: server_settings.set_access(self.world, "invite", out))
        self.act("ann", lambda out: server_settings.store_sharing(self.world, False, out))
        self.restart()
        self.assertEqual(self.world.live_settings, LiveSettings("Room 12", "invite", False))
        self.assertEqual(self.world.config.server.network, "Room 12")
        self.assertTrue(self.world.config.accounts.invite_only)

    def test_a_closed_server_stays_closed_when_the_access_changes(self) -> None:
        self.act("ann", lambda out: server_settings.set_closed(self.world, True, out))
        self.act("ann", lambda out: server_settings.set_access(self.world, "everyone", out))
        self.assertEqual(self.world.config.accounts.registration, "closed")
        self.restart()
        self.assertTrue(self.world.live_settings.closed)


if __name__ == "__main__":
    unittest.main()
