"""Token buckets, throttles, and every limit of the configuration, reached by one user while others chat.

`tests/live` tests the limits that need sockets.
"""

from __future__ import annotations

import unittest
from dataclasses import fields

from chatapp.protocol.addresses import is_local
from chatapp.server import config
from chatapp.server.config import LimitsConfig
from chatapp.server.state.rate_limits import MAX_KEYS, Throttle, TokenBucket
from tests.server.base import ServerTest

REACHED_BY_SOCKETS = {
    "unterminated": "tests.live.test_server.BadInput.test_a_line_of_a_megabyte_is_refused_once",
    "send_queue": "tests.live.test_server.SlowReader.test_a_client_that_never_reads_is_dropped",
    "flood_burst": "tests.live.test_server.BadInput.test_a_flood_is_slowed_down_and_not_lost",
    "flood_per_second": "tests.live.test_server.BadInput.test_a_flood_is_slowed_down_and_not_lost",
    "connections": "tests.live.test_server.Limits.test_a_full_server_refuses_a_third_connection",
    "connections_per_address": "tests.live.test_limits.PerAddress.test_connections_per_address",
    "local_connections_per_address": "tests.live.test_limits.PerAddress.test_connections_per_address",
    "new_connections_per_address": "tests.live.test_limits.PerAddress.test_new_connections_per_address",
    "local_new_connections_per_address": "tests.live.test_limits.PerAddress.test_new_connections_per_address",
}


class Buckets(unittest.TestCase):
    def test_a_burst_is_granted_at_once_and_the_rate_afterwards(self) -> None:
        bucket = TokenBucket(20, 5, now=0.0)
        self.assertEqual(bucket.take(30, 0.0), 20)
        self.assertEqual(bucket.take(30, 0.0), 0)
        self.assertAlmostEqual(bucket.seconds_until_next(), 0.2)
        self.assertEqual(bucket.take(30, 0.2), 1)
        self.assertEqual(bucket.take(30, 100.0), 20)

    def test_rate_0_is_no_limit(self) -> None:
        bucket = TokenBucket(20, 0, now=0.0)
        self.assertEqual(bucket.take(10_000, 0.0), 10_000)
        self.assertEqual(bucket.charge(10_000, 0.0), 0)

    def test_a_charge_may_exceed_the_balance_by_a_burst_at_most(self) -> None:
        bucket = TokenBucket(20, 5, now=0.0)
        self.assertEqual(bucket.charge(15.5, 0.0), 0)
        self.assertAlmostEqual(bucket.charge(5, 0.0), 0.1)
        self.assertEqual(bucket.take(1, 0.0), 0)
        self.assertAlmostEqual(bucket.charge(1_000_000, 0.0), 4.1)
        self.assertEqual(bucket.charge(0, 4.2), 0)
        self.assertEqual(bucket.take(1, 4.2), 0)
        self.assertEqual(bucket.take(5, 4.4), 1)


class Throttles(unittest.TestCase):
    def test_each_key_has_its_own_count_in_a_sliding_period(self) -> None:
        throttle = Throttle(2, 60.0)
        asked = [("a", 0.0), ("a", 1.0), ("a", 59.0), ("b", 59.0), ("a", 60.5), ("a", 60.9), ("a", 61.0)]
        allowed = [throttle.allow(key, now) for key, now in asked]
        self.assertEqual(allowed, [True, True, False, True, True, False, True])

    def test_expired_keys_are_dropped(self) -> None:
        throttle = Throttle(1, 60.0)
        throttle.allow("a", 0.0)
        throttle.allow("b", 50.0)
        throttle.drop_expired(70.0)
        self.assertEqual(list(throttle._events), ["b"])

    def test_the_number_of_keys_is_bounded(self) -> None:
        throttle = Throttle(1, 60.0)
        keys = 2 * MAX_KEYS
        for number in range(keys):
            throttle.allow(str(number), number / keys)
        self.assertEqual(len(throttle), MAX_KEYS)
        self.assertFalse(throttle.allow(str(keys - 1), 10.0))
        self.assertTrue(throttle.allow("0", 100.0))
        self.assertEqual(len(throttle), 1)

    def test_a_forgiven_event_does_not_count(self) -> None:
        throttle = Throttle(1, 60.0)
        throttle.allow("a", 0.0)
        throttle.withdraw("a")
        self.assertEqual(len(throttle), 0)
        self.assertTrue(throttle.allow("a", 1.0))

    def test_0_is_no_limit(self) -> None:
        throttle = Throttle(0, 60.0)
        self.assertTrue(all(throttle.allow("a", 0.0) for _ in range(1000)))


class Local(unittest.TestCase):
    def test_private_and_loopback_ranges(self) -> None:
        cases = {
            "127.0.0.1": True, "::1": True, "192.168.1.5": True, "10.0.0.1": True, "fe80::1%eth0": True,
            "::ffff:127.0.0.1": True, "fd00::1": True, "8.8.8.8": False, "2001:4860::1": False, "?": False,
        }  # fmt: skip
        for address, local in cases.items():
            with self.subTest(address=address):
                self.assertIs(is_local(address), local)


class Reached(ServerTest):
    """Ann exceeds each limit. Bob and Eve must not be affected."""

    CONFIG = """
        [limits]
        nick = 8
        channel = 8
        topic = 5
        kick = 40
        away = 5
        password = 10
        channels_per_user = 3
        masks = 2
        monitor = 2
        metadata_keys = 2
        metadata_value = 5
        metadata_subscriptions = 2
        metadata_changes = 3
        targets = 2
        absent = 2
        guests = 1
        password_attempts = 2
        local_password_attempts = 3
        password_attempts_per_account = 4
        registrations = 2
        local_registrations = 3
        new_channels = 5
    """

    REMOTE = "198.51.100.9"

    def setUp(self) -> None:
        super().setUp()
        self.enter("bob", "eve", channel="#c")
        self.enter("ann", channel="#c", caps="draft/metadata-3 draft/pre-away", address="8.8.8.8")
        self.forget()

    def tearDown(self) -> None:
        """Check that the others can still chat."""
        self.forget()
        self.say("bob", "PRIVMSG #c :still here")
        self.assertEqual(self.got("eve")[-1], ":bob PRIVMSG #c :still here")
        self.assertFalse(self.links["bob"].is_closed or self.links["eve"].is_closed)

    def test_registration_seconds(self) -> None:
        self.connect("dan")
        self.pass_time(29.5)
        self.assertFalse(self.links["dan"].is_closed)
        self.pass_time(1)
        self.assertIn("Registration timed out: 30 seconds", self.text("dan"))
        self.assertTrue(self.links["dan"].is_closed)

    def live(self, seconds: float) -> None:
        """Let time pass while Bob and Eve answer every PING."""
        while seconds > 0:
            self.pass_time(min(seconds, 50))
            seconds -= 50
            self.say("bob", "PONG x")
            self.say("eve", "PONG x")

    def test_ping_seconds(self) -> None:
        self.live(89)
        self.assertGot("ann")
        self.live(2)
        self.assertGot("ann", "PING chatapp.local")

    def test_drop_seconds(self) -> None:
        self.live(149)
        self.assertFalse(self.links["ann"].is_closed)
        self.live(2)
        self.assertGot("ann", "PING chatapp.local", "ERROR :Ping timeout: 150 seconds")
        self.assertEqual(self.got("eve"), [":ann QUIT :Ping timeout: 150 seconds"])

    def test_password_attempts(self) -> None:
        self.make_account("bob")
        for _ in range(2):
            self.say("ann", "NS IDENTIFY bob wrong")
        self.assertIn("Too many attempts", self.answer("ann", "NS IDENTIFY bob sesame")[-1])
        self.enter("dan", address=self.REMOTE)
        self.say("dan", "NS IDENTIFY bob sesame")
        self.assertEqual(self.user("dan").account, "bob")

    def test_local_password_attempts(self) -> None:
        for number in range(3):
            self.say("bob", f"NS IDENTIFY name{number} wrong")
        self.assertIn("Too many attempts", self.answer("bob", "NS IDENTIFY name3 wrong")[-1])

    def test_password_attempts_per_account(self) -> None:
        for number in range(4):
            self.enter(f"x{number}", address=f"9.9.9.{number}")
            self.say(f"x{number}", "NS IDENTIFY bob wrong")
        self.assertIn("Too many attempts", self.answer("x0", "NS IDENTIFY bob wrong")[-1])

    def test_local_registrations(self) -> None:
        for number, code in enumerate(("REGISTER", "REGISTER", "REGISTER", "FAIL")):
            name = f"new{number}"
            self.connect(name)
            self.say(name, f"NICK {name}", f"REGISTER {name} * sesame")
            self.assertEqual(self.codes(name)[0], code)

    def test_registrations(self) -> None:
        for number, code in enumerate(("REGISTER", "REGISTER", "FAIL")):
            name = f"new{number}"
            self.connect(name, "8.8.8.8")
            self.say(name, f"NICK {name}", f"REGISTER {name} * sesame")
            self.assertEqual(self.codes(name)[0], code)
        self.connect("dan", self.REMOTE)
        self.say("dan", "NICK dan", "REGISTER dan * sesame")
        self.assertEqual(self.codes("dan")[0], "REGISTER")

    def test_nick(self) -> None:
        self.assertEqual(self.answer("ann", "NICK ninechars")[0][:14], "432 ann ninech")
        self.assertEqual(self.answer("ann", "NICK eightchr"), [":ann NICK eightchr"])

    def test_channel(self) -> None:
        self.assertEqual(self.answer("ann", "JOIN #ninechr8")[0][:13], "403 ann #nine")
        self.assertEqual(self.answer("ann", "JOIN #seven77")[0], ":ann JOIN #seven77")

    def test_topic(self) -> None:
        self.say("bob", "TOPIC #c :éééé")
        self.assertEqual(self.channel("#c").topic, "éé")

    def test_kick(self) -> None:
        self.enter("dan", "dora", "dirk", channel="#c")
        self.forget()
        long, cut = "x" * 50, "x" * 40
        self.say("bob", f"KICK #c dan :{long}")
        self.say("dora", f"PART #c :{long}")
        self.say("dirk", f"QUIT :{long}")
        self.assertGot(
            "eve", f":bob KICK #c dan :{cut}", f":dora PART #c {cut}", f":dirk QUIT :Quit: {cut[6:]}"
        )

    def test_away(self) -> None:
        self.say("ann", "AWAY :abcdefg")
        self.assertEqual(self.user("ann").away, "abcde")

    def test_password(self) -> None:
        expected = "A password has at most 10 bytes"
        self.assertAnswer(
            "ann", "REGISTER * * 12345678901", f"FAIL REGISTER UNACCEPTABLE_PASSWORD ann :{expected}"
        )
        self.assertEqual(self.answer("ann", "REGISTER * * 1234567890")[0][:16], "REGISTER SUCCESS")

    def test_channels_per_user(self) -> None:
        self.say("ann", "JOIN #1,#2,#3,#4")
        self.assertEqual([code for code in self.codes("ann") if code == "405"], ["405", "405"])
        self.assertEqual(len(self.user("ann").channels), 3)

    def test_new_channels_does_not_count_default_channels(self) -> None:
        self.make_channels("ann", 0, 5)
        with_default = config.parse(f'{self.CONFIG}\n[channels]\ndefault = ["#start"]')
        self.world.configure(with_default, is_locked=False)
        self.assertEqual(self.make_channels("ann", 5, 1), ["439"])
        self.assertEqual(self.answer("ann", "JOIN #start")[0], ":ann JOIN #start")

    def make_channels(self, name: str, first: int, count: int) -> list[str]:
        """Create so many channels, one after the other, and return the first reply to each."""
        codes = []
        for number in range(first, first + count):
            self.text(name)
            self.say(name, f"JOIN #n{number}", f"PART #n{number}")
            codes.append(self.codes(name)[0])
        return codes

    def test_new_channels(self) -> None:
        self.assertEqual(self.make_channels("ann", 0, 7), ["JOIN"] * 5 + ["439", "439"])
        expected = "You created too many channels: try again in a few minutes"
        self.assertAnswer("ann", "JOIN #more", f"439 ann #more :{expected}")
        self.enter("dan", address=self.REMOTE)
        self.assertEqual(self.make_channels("dan", 10, 1), ["JOIN"])
        self.say("ann", "PART #c")
        self.assertIn(":ann JOIN #c", self.answer("ann", "JOIN #c"))
        self.live(601)
        self.enter("late", address="8.8.8.8")
        self.assertEqual(self.make_channels("late", 20, 1), ["JOIN"])

    def test_new_channels_of_all_guests_of_an_address(self) -> None:
        self.make_channels("ann", 0, 5)
        self.enter("dan", address="8.8.8.8")
        self.assertEqual(self.make_channels("dan", 10, 1), ["439"])
        self.enter_as("zoe", address="8.8.8.8")
        self.assertEqual(self.make_channels("zoe", 20, 7), ["JOIN"] * 5 + ["439", "439"])

    def test_new_channels_of_guests_of_a_private_address(self) -> None:
        for number in range(10):
            self.enter(f"g{number}", address="127.0.0.1")
            self.assertEqual(self.make_channels(f"g{number}", number * 10, 6), ["JOIN"] * 5 + ["439"])
        self.enter("last", address="127.0.0.1")
        self.assertEqual(self.make_channels("last", 200, 1), ["439"])

    def test_masks(self) -> None:
        self.say("bob", "MODE #c +bbb a!*@* b!*@* c!*@*", "MODE #c +e a!*@*")
        refused = [line for line in self.got("bob") if line.startswith("478")]
        self.assertEqual(refused, ["478 bob #c b :Channel list is full"])
        self.assertEqual(len(self.channel("#c").lists["b"]), 2)

    def test_monitor(self) -> None:
        answer = self.answer("ann", "MONITOR + x,y,z")
        self.assertEqual(answer[-1], "734 ann 2 z :Monitor list is full")

    def test_metadata_keys(self) -> None:
        self.say("ann", "METADATA * SET a 1", "METADATA * SET b 1")
        self.assertEqual(self.answer("ann", "METADATA * SET c 1")[0][:27], "FAIL METADATA LIMIT_REACHED")

    def test_metadata_value(self) -> None:
        self.assertEqual(self.answer("ann", "METADATA * SET a 123456")[0][:27], "FAIL METADATA INVALID_VALUE")
        self.assertEqual(self.answer("ann", "METADATA * SET a 12345")[0][:3], "761")

    def test_metadata_subscriptions(self) -> None:
        answer = self.answer("ann", "METADATA * SUB a b c")
        self.assertIn("FAIL METADATA LIMIT_REACHED c 2 :Too many subscriptions", answer)

    def test_metadata_changes(self) -> None:
        self.say("ann", *(f"METADATA * SET a {number}" for number in range(3)))
        self.assertEqual(self.answer("ann", "METADATA * SET a 9")[0][:26], "FAIL METADATA RATE_LIMITED")
        self.live(61)
        self.assertEqual(self.answer("ann", "METADATA * SET a 9")[0][:3], "761")

    def test_targets(self) -> None:
        self.assertAnswer("ann", "PRIVMSG #c,bob,eve :hello", "407 ann eve :Too many targets")
        self.assertGot("eve")
        self.say("ann", "PRIVMSG bob,eve :hello")
        self.assertGot("eve", ":ann PRIVMSG eve :hello")

    def test_absent(self) -> None:
        for name in ("carl", "dora", "emil"):
            self.enter_as(name)
            self.hang_up(name)
        self.assertEqual(set(self.world.users), {"ann", "bob", "eve", "dora", "emil"})

    def test_guests(self) -> None:
        for name in ("carl", "dora"):
            self.connect(name, is_secure=True)
            self.say(name, f"GUEST {name * 8}", f"NICK {name}", f"USER {name} 0 * :x")
            self.hang_up(name)
        self.assertEqual([guest.nick for guest in self.world.guest_nicks], ["dora"])

    def test_every_limit_is_tested_here_or_in_tests_live(self) -> None:
        here = {name.removeprefix("test_") for name in dir(self) if name.startswith("test_")}
        for each in fields(LimitsConfig):
            with self.subTest(each.name):
                self.assertIsNot(each.name in here, each.name in REACHED_BY_SOCKETS)
        for test in REACHED_BY_SOCKETS.values():
            self.assertEqual(unittest.defaultTestLoader.loadTestsFromName(test).countTestCases(), 1)
            self.assertEqual(unittest.defaultTestLoader.errors, [])


if __name__ == "__main__":
    unittest.main()
