"""LOCKDOWN and REHASH."""

from __future__ import annotations

import unittest

from chatapp.server.operations.server_settings import LOCKED_OUT
from tests.server.base import ServerTest
from tests.server.reloading import ReloadTest

CLOSED = "Only users with an account can connect; registration of accounts is closed"
OPEN = "The server is open as configured"


class Lockdown(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.make_account("mod", role="moderator")
        self.enter_as("mod", channel="#c")

    def test_guests_are_disconnected_and_members_stay(self) -> None:
        self.enter("guest", channel="#c")
        self.enter_as("ann", channel="#c")
        self.forget()
        self.assertEqual(self.answer("mod", "LOCKDOWN on")[-1], f"NOTE LOCKDOWN ON :{CLOSED}")
        self.assertEqual(self.got("guest")[-1], "ERROR :The server is closed to guests now")
        self.assertEqual(self.codes("ann"), ["005", "QUIT"])
        self.assertTrue(self.links["guest"].is_closed)

    def test_a_guest_with_a_role_stays(self) -> None:
        self.enter("boss")
        self.make_operator("boss")
        self.say("mod", "LOCKDOWN on")
        self.assertFalse(self.links["boss"].is_closed)

    def test_an_owner_without_an_account_cannot_lock_themselves_out(self) -> None:
        self.enter("boss")
        self.make_operator("boss")
        self.assertAnswer("boss", "LOCKDOWN on", f"FAIL LOCKDOWN NEED_ACCOUNT on :{LOCKED_OUT}")

    def test_it_disconnects_the_guests_of_a_closed_server_and_its_end_opens_the_server(self) -> None:
        self.make_account("boss", role="owner")
        self.enter_as("boss")
        self.enter("guest")
        self.say("boss", "SETTING closed on", "LOCKDOWN on")
        self.assertTrue(self.links["guest"].is_closed)
        self.say("boss", "LOCKDOWN off")
        self.enter("guest")

    def test_guests_are_refused_and_members_are_admitted(self) -> None:
        self.say("mod", "LOCKDOWN on")
        self.connect("guest")
        self.say("guest", "NICK guest", "USER guest 0 * :Guest")
        self.assertEqual(self.codes("guest"), ["FAIL", "ERROR"])
        self.enter_as("ann")
        self.assertFalse(self.links["ann"].is_closed)

    def test_no_account_can_be_created(self) -> None:
        self.say("mod", "LOCKDOWN on")
        self.connect("ann")
        self.say("ann", "CAP LS 302", "NICK ann", "REGISTER * * sesame")
        answer = self.messages("ann")
        self.assertEqual(answer[-1].params[:2], ("REGISTER", "TEMPORARILY_UNAVAILABLE"))
        self.assertNotIn("account-registration", answer[0].text)

    def test_clients_are_notified_of_the_changed_capabilities(self) -> None:
        self.enter_as("ann", caps="cap-notify")
        self.say("mod", "LOCKDOWN on")
        self.assertGot(
            "ann",
            "CAP ann DEL draft/account-registration",
            "005 ann draft/ACCOUNTREQUIRED :are supported by this server",
        )
        self.say("mod", "LOCKDOWN off")
        self.assertGot(
            "ann",
            "CAP ann NEW draft/account-registration",
            "005 ann -draft/ACCOUNTREQUIRED :are supported by this server",
        )

    def test_it_ends_with_lockdown_off(self) -> None:
        self.say("mod", "LOCKDOWN on")
        self.assertEqual(self.answer("mod", "LOCKDOWN off")[-1], f"NOTE LOCKDOWN OFF :{OPEN}")
        self.enter("guest")

    def test_it_survives_a_restart(self) -> None:
        self.say("mod", "LOCKDOWN on")
        self.restart()
        self.enter_as("mod")
        self.assertAnswer("mod", "LOCKDOWN", f"NOTE LOCKDOWN ON :{CLOSED}")
        self.say("mod", "LOCKDOWN off")
        self.restart()
        self.assertFalse(self.world.config.accounts.members_only)

    def test_a_second_lockdown_changes_nothing(self) -> None:
        self.say("mod", "LOCKDOWN on")
        self.assertAnswer("mod", "LOCKDOWN on", f"NOTE LOCKDOWN ON :{CLOSED}")
        self.assertEqual(self.answer("mod", "AUDIT")[-1], "NOTE AUDIT END :1 entry")

    def test_another_parameter_is_refused(self) -> None:
        self.assertAnswer("mod", "LOCKDOWN maybe", "FAIL LOCKDOWN INVALID_PARAMS maybe :Expected on or off")

    def test_only_moderators_may_use_it(self) -> None:
        self.enter("ann")
        self.assertAnswer("ann", "LOCKDOWN", "481 ann :Permission Denied- You're not an IRC operator")


class Rehash(ReloadTest):
    def test_an_invalid_configuration_is_refused_with_the_reason(self) -> None:
        self.toml = "[limits]\ntopic = 5\ntropic = 6"
        answer = self.answer("ann", "REHASH")
        self.assertEqual(answer[0], "382 ann configuration Rehashing")
        self.assertIn("FAIL REHASH BAD_CONFIG :unknown key tropic in [limits]", answer[1])
        self.assertEqual(self.world.config.limits.topic, 100)

    def test_it_does_not_end_a_lockdown(self) -> None:
        self.make_account("mod", role="moderator")
        self.enter_as("mod")
        self.say("mod", "LOCKDOWN on")
        self.say("ann", "REHASH")
        self.assertTrue(self.world.config.accounts.members_only)

    def test_only_owners_may_use_it(self) -> None:
        self.make_operator("ann", "moderator")
        self.assertAnswer("ann", "REHASH", "723 ann REHASH :Insufficient oper privileges")


if __name__ == "__main__":
    unittest.main()
