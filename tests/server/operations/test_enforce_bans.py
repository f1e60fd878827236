"""Which sessions a server ban disconnects, and for how long."""

from __future__ import annotations

import unittest

from chatapp.server.storage import ban_rows
from tests.server.bans import REMOTE, BanTest
from tests.server.base import NOON


class Enforcement(BanTest):
    def test_a_banned_address_is_disconnected_and_cannot_connect(self) -> None:
        self.enter("bob", channel="#c", address=REMOTE)
        expected = "You are banned from this server for ever by ann: Spam"
        added = f"NOTE BAN ADDED {REMOTE} :Banned for ever"
        self.assertAnswer("ann", f"BAN {REMOTE} :Spam", added, ":bob QUIT :Banned: Spam")
        self.assertGot("bob", f"465 bob :{expected}", "ERROR :Banned: Spam")
        self.assertTrue(self.links["bob"].is_closed)
        self.connect("eve", REMOTE)
        self.assertGot("eve", f"465 * :{expected}", "ERROR :Banned: Spam")
        self.assertTrue(self.links["eve"].is_closed)
        self.enter("dan", address="198.51.100.10")

    def test_a_mask_is_compared_when_registration_completes(self) -> None:
        self.say("ann", "KLINE bad!*@* :Never")
        self.connect("bad")
        self.say("bad", "NICK bad", "USER bad 0 * :Bad")
        expected = "You are banned from this server for ever by ann: Never"
        self.assertGot("bad", f"465 * :{expected}", "ERROR :Banned: Never")
        self.assertNotIn("bad", self.world.users)

    def test_an_account_is_banned_from_every_address(self) -> None:
        self.make_account("eve")
        self.enter_as("eve", "eve", address=REMOTE)
        self.say("ann", "BAN eve 1d :Spam")
        self.assertEqual(self.codes("eve")[-2:], ["465", "ERROR"])
        self.assertNotIn("eve", self.world.users)
        self.connect("again", "203.0.113.5")
        self.say("again", "CAP REQ sasl", "NICK eve", "USER eve 0 * :Eve")
        self.authenticate("again", "eve")
        self.say("again", "CAP END")
        self.assertEqual(self.codes("again")[-2:], ["465", "ERROR"])

    def test_a_login_to_a_banned_account_is_disconnected(self) -> None:
        self.make_account("eve")
        self.say("ann", "BAN ~account:eve")
        self.enter("guest", address=REMOTE)
        self.authenticate("guest", "eve")
        self.assertEqual(self.codes("guest")[-2:], ["465", "ERROR"])
        self.assertNotIn("guest", self.world.users)

    def test_an_absent_user_is_removed_too(self) -> None:
        self.make_account("eve")
        self.enter_as("eve", "eve", channel="#c")
        self.hang_up("eve")
        self.assertIn("eve", self.world.users)
        self.assertAnswer(
            "ann",
            "BAN eve",
            "NOTE BAN ADDED ~account:eve :Banned for ever",
            ":eve QUIT :Banned: No reason given",
        )

    def test_of_several_sessions_only_matching_ones_are_closed(self) -> None:
        self.make_account("eve")
        self.enter_as("eve", "home", address=REMOTE)
        self.enter_as("eve", "school", address="203.0.113.5")
        self.say("ann", f"BAN {REMOTE}")
        self.assertTrue(self.links["home"].is_closed)
        self.assertFalse(self.links["school"].is_closed)

    def test_a_guest_cannot_evade_it_with_another_address_of_the_same_computer(self) -> None:
        self.enter("bob", address="2001:db9::1")
        self.say("ann", "BAN bob")
        self.assertEqual(self.bans(), ["2001:db9::/64"])
        self.connect("eve", "2001:db9::2")
        self.assertTrue(self.links["eve"].is_closed)
        self.connect("dan", "2001:db9:0:1::2")
        self.assertFalse(self.links["dan"].is_closed)

    def test_users_with_a_role_are_not_banned(self) -> None:
        self.make_account("boss", role="owner")
        self.enter_as("boss", "boss", address="203.0.113.5")
        self.say("ann", "BAN *!*@203.0.113.*")
        self.assertFalse(self.links["boss"].is_closed)
        self.enter_as("boss", "more", address="203.0.113.6")
        self.assertFalse(self.links["more"].is_closed)
        self.connect("other", "203.0.113.7")
        self.say("other", "NICK other", "USER other 0 * :Other")
        self.assertTrue(self.links["other"].is_closed)


class Expiry(BanTest):
    def test_an_expired_ban_is_deleted(self) -> None:
        self.say("ann", f"BAN {REMOTE} 60s")
        self.pass_time(59)
        self.connect("bob", REMOTE)
        self.assertTrue(self.links["bob"].is_closed)
        self.pass_time(2)
        self.enter("eve", address=REMOTE)
        self.assertEqual(self.bans(), [])
        self.pass_time(60)
        self.assertEqual(ban_rows.load_all(self.store), [])

    def test_it_survives_a_restart(self) -> None:
        self.say("ann", f"BAN {REMOTE} 1h", "BAN ~account:eve")
        self.restart()
        self.connect("bob", REMOTE)
        self.assertTrue(self.links["bob"].is_closed)
        self.assertEqual([each.mask for each in self.world.bans], [REMOTE, "~account:eve"])
        self.assertEqual([each.until for each in self.world.bans], [(int(NOON) + 3600) * 1000, 0])


if __name__ == "__main__":
    unittest.main()
