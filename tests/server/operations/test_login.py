"""Login with PASS, the limits of attempts, and the effects of a login."""

from __future__ import annotations

from chatapp.server.tasks.periodic import drop_expired_events
from tests.server.base import ServerTest


class ByPass(ServerTest):
    def test_account_and_password_log_in(self) -> None:
        self.make_account("ann")
        self.connect("ann")
        self.say("ann", "PASS ann:sesame", "NICK ann", "USER ann 0 * :Ann")
        self.assertEqual(self.codes("ann")[:2], ["900", "001"])
        self.assertEqual(self.user("ann").account, "ann")

    def test_a_wrong_password_ends_the_connection(self) -> None:
        self.make_account("ann")
        self.connect("ann")
        self.say("ann", "PASS ann:wrong", "NICK ann", "USER ann 0 * :Ann")
        self.assertGot("ann", "464 * :Password incorrect", "ERROR :Wrong account name or password")
        self.assertTrue(self.links["ann"].is_closed)

    def test_a_password_without_colon_does_not_log_in(self) -> None:
        self.connect("ann")
        self.say("ann", "PASS whatever", "NICK ann", "USER ann 0 * :Ann")
        self.assertEqual(self.codes("ann")[0], "001")


class ByPassWithTheServerPassword(ServerTest):
    CONFIG = '[server]\npassword = "open:sesame"'

    def test_both_passwords_may_come_in_any_order(self) -> None:
        self.make_account("ann")
        for words in (("open:sesame", "ann:sesame"), ("ann:sesame", "open:sesame")):
            with self.subTest(words):
                self.connect("ann")
                self.say("ann", *(f"PASS {word}" for word in words), "NICK ann", "USER ann 0 * :Ann")
                self.assertEqual(self.codes("ann")[:2], ["900", "001"])

    def test_the_account_alone_is_not_enough(self) -> None:
        self.make_account("ann")
        self.connect("ann")
        self.say("ann", "PASS ann:sesame", "NICK ann", "USER ann 0 * :Ann")
        self.assertEqual(self.codes("ann"), ["900", "464", "ERROR"])


WRONG = "Wrong account name or password"
TOO_OFTEN = "Too many attempts, wait a minute"


class Attempts(ServerTest):
    REMOTE = "9.9.9.9"

    def setUp(self) -> None:
        super().setUp()
        self.make_account("ann", "bob")

    def tries(self, address: str, account: str, password: str) -> str:
        """Try to log in on a new connection; return the end of the last line of the answer."""
        self.connect("eve", address)
        self.say("eve", "CAP REQ sasl")
        self.authenticate("eve", account, password)
        return self.got("eve")[-1].rpartition(": ")[2]

    def test_one_address_has_five_failed_attempts_per_minute(self) -> None:
        for number in range(5):
            self.assertEqual(self.tries(self.REMOTE, f"name{number}", "wrong"), WRONG)
        self.assertEqual(self.tries(self.REMOTE, "ann", "sesame"), TOO_OFTEN)
        self.pass_time(60)
        self.assertIn("successful", self.tries(self.REMOTE, "ann", "sesame"))

    def test_another_address_with_the_password_is_not_locked_out(self) -> None:
        for _ in range(6):
            self.tries(self.REMOTE, "ann", "wrong")
        self.assertIn("successful", self.tries("9.9.9.10", "ann", "sesame"))

    def test_a_successful_login_does_not_count(self) -> None:
        for _ in range(8):
            self.assertIn("successful", self.tries(self.REMOTE, "ann", "sesame"))

    def test_in_a_private_network_attempts_are_counted_per_account(self) -> None:
        for _ in range(5):
            self.tries("192.168.1.5", "ann", "wrong")
        self.assertEqual(self.tries("192.168.1.5", "ann", "sesame"), TOO_OFTEN)
        self.assertIn("successful", self.tries("192.168.1.5", "bob", "sesame"))

    def test_guessing_one_account_from_many_addresses_is_limited(self) -> None:
        """60 a minute in total; beyond that every network has one attempt an hour."""
        for number in range(30):
            for _ in range(2):
                self.tries(f"9.9.{number}.1", "ann", "wrong")
        self.assertEqual(self.tries("8.8.8.8", "ann", "wrong"), WRONG)
        self.assertEqual(self.tries("8.8.8.9", "ann", "wrong"), TOO_OFTEN)
        self.assertEqual(self.tries("9.9.0.2", "ann", "wrong"), TOO_OFTEN)
        self.assertEqual(self.tries("9.9.0.2", "bob", "wrong"), WRONG)

    def test_the_owner_of_an_attacked_account_can_still_log_in(self) -> None:
        for number in range(100):
            self.tries(f"9.9.{number}.1", "ann", "wrong")
        for _ in range(3):
            self.assertIn("successful", self.tries("8.8.8.8", "ann", "sesame"))

    def test_the_addresses_of_one_computer_count_together(self) -> None:
        for number in range(5):
            self.assertEqual(self.tries(f"2001:db9::{number}", "ann", "wrong"), WRONG)
        self.assertEqual(self.tries("2001:db9::ffff:1", "ann", "sesame"), TOO_OFTEN)
        self.assertIn("successful", self.tries("2001:db9:0:1::1", "ann", "sesame"))

    def test_an_ipv4_address_and_its_ipv6_notation_count_together(self) -> None:
        for _ in range(5):
            self.tries(f"::ffff:{self.REMOTE}", "ann", "wrong")
        self.assertEqual(self.tries(self.REMOTE, "ann", "sesame"), TOO_OFTEN)

    def test_guessing_in_a_private_network_is_limited_too(self) -> None:
        for number in range(300):
            self.assertTrue(self.world.password_attempts.allow("192.168.1.5", f"name{number}", 0.0))
        self.assertEqual(self.tries("192.168.1.5", "ann", "sesame"), TOO_OFTEN)

    def test_all_ways_of_logging_in_count(self) -> None:
        for _ in range(2):
            self.connect("eve", self.REMOTE)
            self.say("eve", "PASS ann:wrong")
        self.enter("mal", address=self.REMOTE)
        for _ in range(2):
            self.say("mal", "NS IDENTIFY ann wrong")
        self.tries(self.REMOTE, "ann", "wrong")
        self.assertEqual(self.tries(self.REMOTE, "ann", "sesame"), TOO_OFTEN)

    def test_old_attempts_expire(self) -> None:
        self.core.run_every(60, drop_expired_events)
        for number in range(100):
            self.tries(f"9.9.0.{number}", "ann", "wrong")
        self.pass_time(3700)
        self.assertEqual(len(self.world.password_attempts), 0)


class AtLogin(ServerTest):
    def test_a_refused_nick_is_given_at_the_login(self) -> None:
        self.make_account("ann")
        self.connect("x")
        self.say("x", "NICK ann", "USER ann 0 * :Ann", "NICK ann_")
        self.enter("bob", channel="#c")
        self.say("x", "JOIN #c")
        self.forget()
        self.authenticate("x", "ann")
        self.assertIn(":ann_ NICK ann", self.got("x"))
        self.assertGot("bob", ":ann_ NICK ann")

    def test_a_user_who_never_requested_the_nick_keeps_its_own(self) -> None:
        self.make_account("ann")
        self.enter("lovely")
        self.authenticate("lovely", "ann")
        self.assertEqual(self.user("lovely").nick, "lovely")


class Notifications(ServerTest):
    def test_only_sessions_with_account_notify_are_notified(self) -> None:
        self.make_account("ann")
        self.enter("ann2", "bob", channel="#c")
        self.enter("carl", channel="#c", caps="account-notify")
        self.enter("dora", caps="account-notify")
        self.forget()
        self.authenticate("ann2", "ann")
        self.assertGot("carl", ":ann2 ACCOUNT ann")
        self.assertGot("bob")
        self.assertGot("dora")

    def test_messages_have_the_account_tag(self) -> None:
        self.enter_as("ann", channel="#c")
        self.enter("bob", channel="#c", caps="account-tag")
        self.say("ann", "PRIVMSG #c :hello")
        self.assertEqual(self.messages("bob")[0].tags, {"account": "ann"})

    def test_an_extended_join_has_the_account(self) -> None:
        self.enter("bob", channel="#c", caps="extended-join")
        self.enter_as("ann")
        self.say("ann", "JOIN #c")
        self.assertGot("bob", ":ann JOIN #c ann Ann")

    def test_whois_shows_the_account(self) -> None:
        self.enter_as("ann", nick="lovely")
        self.enter("bob")
        self.say("bob", "WHOIS lovely")
        self.assertIn("330 bob lovely ann :is logged in as", self.got("bob"))
