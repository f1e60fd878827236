"""BAN and UNBAN: masks, durations, and the users that a ban disconnects."""

from __future__ import annotations

import unittest

from chatapp.protocol.message import middle
from chatapp.server.storage import ban_rows
from tests.server.bans import REMOTE, BanTest


class Banning(BanTest):
    def test_only_moderators_may_ban(self) -> None:
        self.enter("bob")
        for line in ("BAN eve", "UNBAN eve", "KLINE", "DLINE 192.0.2.9", "UNKLINE x", "UNDLINE x"):
            with self.subTest(line):
                self.assertAnswer("bob", line, "481 bob :Permission Denied- You're not an IRC operator")

    def test_a_network_can_be_banned(self) -> None:
        self.connect("bob", REMOTE)
        self.say("ann", "DLINE 198.51.100.0/24")
        self.assertEqual(self.codes("bob"), ["465", "ERROR"])
        self.connect("eve", "198.51.100.77")
        self.assertTrue(self.links["eve"].is_closed)

    def test_a_bare_nick_bans_the_account_or_the_address_of_a_guest(self) -> None:
        self.make_account("eve", "dan")
        self.enter_as("dan", "dan", nick="daniel")
        self.enter("bob", address=REMOTE)
        for typed, mask in (("eve", "~account:eve"), ("daniel", "~account:dan"), ("bob", REMOTE)):
            with self.subTest(typed):
                self.assertEqual(
                    self.answer("ann", f"BAN {typed}")[0], f"NOTE BAN ADDED {mask} :Banned for ever"
                )
        self.assertAnswer("ann", "BAN nobody", "401 ann nobody :No such nick or channel")

    def test_the_visible_host_covers_all_addresses_of_a_computer(self) -> None:
        hosts = {self.world.cloak(address) for address in ("2001:db9::1", "2001:db9::2", "2001:db9::ffff:1")}
        self.assertEqual(len(hosts), 1)
        self.assertEqual(self.world.cloak("::ffff:192.0.2.7"), self.world.cloak("192.0.2.7"))
        self.assertNotEqual(self.world.cloak("192.0.2.7"), self.world.cloak("192.0.2.8"))

    def test_an_ipv4_address_is_banned_in_every_notation(self) -> None:
        self.say("ann", f"BAN {REMOTE}")
        self.connect("eve", f"::ffff:{REMOTE}")
        self.assertTrue(self.links["eve"].is_closed)

    def test_bans_of_oneself_of_localhost_and_of_everyone_are_refused(self) -> None:
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
        for typed, expected in cases.items():
            with self.subTest(typed):
                self.assertAnswer(
                    "ann", f"BAN :{typed}", f"FAIL BAN INVALID_MASK {middle(typed)} :{expected}"
                )
        self.assertEqual(self.bans(), [])


class Durations(BanTest):
    def test_the_duration_may_come_before_or_after_the_mask(self) -> None:
        for line in (f"BAN {REMOTE} 1h :Spam and more", f"KLINE 60 {REMOTE} Spam and more"):
            with self.subTest(line):
                self.say("ann", line)
                self.assertAnswer(
                    "ann",
                    "BAN",
                    f"NOTE BAN ENTRY {REMOTE} 2026-03-12T13:00:00.000Z ann"
                    f" :{REMOTE} until 2026-03-12T13:00:00.000Z, by ann: Spam and more",
                    "NOTE BAN END :1 ban",
                )


class Unbanning(BanTest):
    def test_a_ban_is_removed_by_its_original_text_or_its_mask(self) -> None:
        self.make_account("eve")
        for typed, again in (("eve", "eve"), ("bad!*@*", "BAD"), (REMOTE, REMOTE), ("~a:eve", "~A:eve")):
            with self.subTest(typed):
                self.say("ann", f"BAN {typed}")
                (mask,) = self.bans()
                self.assertAnswer("ann", f"UNBAN {again}", f"NOTE UNBAN REMOVED {mask} :No longer banned")
                self.assertEqual(ban_rows.load_all(self.store), [])

    def test_the_aliases_do_the_same(self) -> None:
        self.say("ann", f"DLINE {REMOTE}")
        self.assertAnswer("ann", f"UNDLINE {REMOTE}", f"NOTE UNDLINE REMOVED {REMOTE} :No longer banned")
        self.enter("bob", address=REMOTE)

    def test_a_ban_that_does_not_exist(self) -> None:
        expected = "There is no such ban; BAN lists all"
        self.assertAnswer("ann", "UNBAN eve", f"FAIL UNBAN NO_SUCH_BAN eve :{expected}")


if __name__ == "__main__":
    unittest.main()
