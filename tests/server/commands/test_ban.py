"""BAN and UNBAN: who has to go, who may not come in, for how long."""

from __future__ import annotations

import unittest

from chatapp.protocol.message import middle
from chatapp.server.operations import enforce_bans
from chatapp.server.storage import ban_rows
from tests.server.base import ServerTest

REMOTE = "198.51.100.9"


class BanTest(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.core.run_every(60.0, enforce_bans.remove_expired)
        self.enter("ann", channel="#c")
        self.make_operator("ann", "moderator")

    def bans(self) -> list[str]:
        """The masks that BAN shows."""
        return [line.split()[3] for line in self.answer("ann", "BAN")[:-1]]


class Banning(BanTest):
    def test_is_for_moderators(self) -> None:
        self.enter("bob")
        for line in ("BAN eve", "UNBAN eve", "KLINE", "DLINE 192.0.2.9", "UNKLINE x", "UNDLINE x"):
            with self.subTest(line):
                self.assertAnswer("bob", line, "481 bob :Permission Denied- You're not an IRC operator")

    def test_a_network(self) -> None:
        self.connect("bob", REMOTE)
        self.say("ann", "DLINE 198.51.100.0/24")
        self.assertEqual(self.codes("bob"), ["465", "ERROR"])
        self.connect("eve", "198.51.100.77")
        self.assertTrue(self.links["eve"].is_closed)

    def test_a_bare_name_is_an_account_or_a_guest_by_address(self) -> None:
        self.make_account("eve", "dan")
        self.enter_as("dan", "dan", nick="daniel")
        self.enter("bob", address=REMOTE)
        for typed, mask in (("eve", "~account:eve"), ("daniel", "~account:dan"), ("bob", REMOTE)):
            with self.subTest(typed):
                self.assertEqual(
                    self.answer("ann", f"BAN {typed}")[0], f"NOTE BAN ADDED {mask} :Banned for ever"
                )
        self.assertAnswer("ann", "BAN nobody", "401 ann nobody :No such nick or channel")

    def test_the_host_that_others_see_is_that_of_all_addresses_of_a_computer(self) -> None:
        hosts = {self.world.cloak(address) for address in ("2001:db9::1", "2001:db9::2", "2001:db9::ffff:1")}
        self.assertEqual(len(hosts), 1)
        self.assertEqual(self.world.cloak("::ffff:192.0.2.7"), self.world.cloak("192.0.2.7"))
        self.assertNotEqual(self.world.cloak("192.0.2.7"), self.world.cloak("192.0.2.8"))

    def test_an_ipv4_address_is_banned_however_it_is_written(self) -> None:
        self.say("ann", f"BAN {REMOTE}")
        self.connect("eve", f"::ffff:{REMOTE}")
        self.assertTrue(self.links["eve"].is_closed)

    def test_not_oneself_not_this_computer_not_everybody(self) -> None:
        cases = {
            "192.0.2.7": "This ban would match you",
            "192.0.2.0/24": "This ban would match you",
            "ann!*@*": "This ban would match you",
            "127.0.0.1": "This computer itself cannot be banned; KILL disconnects a user of it",
            "::1": "This computer itself cannot be banned; KILL disconnects a user of it",
            "*!*@*": "Not a valid target for a ban",
            "~m:bob": "Not a valid target for a ban",
            "*!*@" + "x" * 160: "Not a valid target for a ban",
        }
        for typed, words in cases.items():
            with self.subTest(typed):
                self.assertAnswer("ann", f"BAN :{typed}", f"FAIL BAN INVALID_MASK {middle(typed)} :{words}")
        self.assertEqual(self.bans(), [])


class Durations(BanTest):
    def test_it_may_stand_in_either_place(self) -> None:
        for line in (f"BAN {REMOTE} 1h :Spam and more", f"KLINE 60 {REMOTE} Spam and more"):
            with self.subTest(line):
                self.say("ann", line)
                self.assertAnswer(
                    "ann",
                    "BAN",
                    f"NOTE BAN ENTRY {REMOTE} 2026-03-12T13:00:00.000Z ann"
                    f" :{REMOTE} until 2026-03-12T13:00:00.000Z, by ann: Spam and more",
                    "NOTE BAN END :1 bans",
                )


class Unbanning(BanTest):
    def test_by_what_was_typed_or_by_the_mask(self) -> None:
        self.make_account("eve")
        for typed, again in (("eve", "eve"), ("bad!*@*", "BAD"), (REMOTE, REMOTE), ("~a:eve", "~A:eve")):
            with self.subTest(typed):
                self.say("ann", f"BAN {typed}")
                (mask,) = self.bans()
                self.assertAnswer("ann", f"UNBAN {again}", f"NOTE UNBAN REMOVED {mask} :No longer banned")
                self.assertEqual(ban_rows.load_all(self.store), [])

    def test_the_other_names_do_the_same(self) -> None:
        self.say("ann", f"DLINE {REMOTE}")
        self.assertAnswer("ann", f"UNDLINE {REMOTE}", f"NOTE UNDLINE REMOVED {REMOTE} :No longer banned")
        self.enter("bob", address=REMOTE)

    def test_what_is_not_there(self) -> None:
        words = "There is no such ban; BAN lists all"
        self.assertAnswer("ann", "UNBAN eve", f"FAIL UNBAN NO_SUCH_BAN eve :{words}")


if __name__ == "__main__":
    unittest.main()
