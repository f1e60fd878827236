"""The three limits for guessing passwords."""

from __future__ import annotations

import unittest

from chatapp.server.config import LimitsConfig
from chatapp.server.state.password_attempts import FIRST_SECONDS, SECONDS, PasswordAttempts

LIMITS = LimitsConfig(password_attempts=2, local_password_attempts=3, password_attempts_per_account=4)
REMOTE, LOCAL = "8.8.4.4", "192.168.1.5"


class Guessing(unittest.TestCase):
    def setUp(self) -> None:
        self.attempts = PasswordAttempts(LIMITS)

    def allowed(self, address: str, account: str, count: int, now: float = 0.0) -> list[bool]:
        """Return for each of so many attempts whether it is allowed."""
        return [self.attempts.allow(address, account, now) for _ in range(count)]

    def test_an_address_may_fail_a_few_times_at_an_account(self) -> None:
        self.assertEqual(self.allowed(REMOTE, "ann", 3), [True, True, False])
        self.assertEqual(self.allowed(REMOTE, "ann", 1, SECONDS + 1), [True])

    def test_an_address_may_fail_a_few_times_at_all_accounts(self) -> None:
        self.assertEqual(
            [*self.allowed(REMOTE, "ann", 1), *self.allowed(REMOTE, "bob", 2)], [True, True, False]
        )
        local = [self.attempts.allow(LOCAL, f"name{number}", 0.0) for number in range(4)]
        self.assertEqual(local, [True, True, True, False])

    def test_the_right_password_does_not_count(self) -> None:
        for _ in range(10):
            self.assertTrue(self.attempts.allow(REMOTE, "ann", 0.0))
            self.attempts.withdraw(REMOTE, "ann")
        self.assertEqual(len(self.attempts), 0)

    def test_an_account_under_attack_admits_networks_without_failures(self) -> None:
        for number in range(4):
            self.assertTrue(self.attempts.allow(f"9.9.{number}.1", "ann", 0.0))
        self.assertTrue(self.attempts.allow(REMOTE, "ann", 0.0))
        self.assertFalse(self.attempts.allow(REMOTE, "ann", 1.0))

    def test_such_a_network_may_try_once_an_hour(self) -> None:
        for now in (0.0, SECONDS + 1):
            for number in range(4):
                self.attempts.allow(f"9.{int(now)}.{number}.1", "ann", now)
            self.assertIs(self.attempts.allow(REMOTE, "ann", now), now == 0.0)
        later = FIRST_SECONDS + 1
        for number in range(4):
            self.attempts.allow(f"8.8.{number}.1", "ann", later)
        self.assertTrue(self.attempts.allow(REMOTE, "ann", later))

    def test_zero_disables_all_limits(self) -> None:
        self.attempts.configure(LimitsConfig(password_attempts=0))
        self.assertTrue(all(self.allowed(REMOTE, "ann", 1000)))

    def test_expired_attempts_are_forgotten(self) -> None:
        self.attempts.allow(REMOTE, "ann", 0.0)
        self.attempts.drop_expired(SECONDS + 1)
        self.assertEqual(len(self.attempts), 1)  # the entry of the network lasts an hour
        self.attempts.drop_expired(FIRST_SECONDS + 1)
        self.assertEqual(len(self.attempts), 0)
