"""Limits for guessing passwords. Only failed attempts count, each for a minute.

    an address and an account     password_attempts
    an address, any account       password_attempts, or local_password_attempts for a private address
    an account, any address       password_attempts_per_account

An attacker with many addresses uses up the limit of an account again and again, which would lock its owner
out. So a network that has not failed at the account within an hour may always try once. This lets the owner
in, and gives an attacker one more guess an hour for each network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatapp.protocol import addresses
from chatapp.server.state.rate_limits import AddressThrottle, Throttle

if TYPE_CHECKING:
    from chatapp.server.config import LimitsConfig

SECONDS = 60.0  # for which a failed attempt counts
FIRST_SECONDS = 3600.0  # for which a network must not have failed, to be allowed one attempt in any case


class PasswordAttempts:
    """The failed attempts, and those whose outcome is not known yet.

    `password_attempts = 0` in the configuration switches all three limits off.
    """

    def __init__(self, limits: LimitsConfig) -> None:
        self._pairs = Throttle(0, SECONDS)
        self._addresses = AddressThrottle(SECONDS, 0, 0)
        self._accounts = Throttle(0, SECONDS)
        self._first = Throttle(1, FIRST_SECONDS)
        self.configure(limits)

    def __len__(self) -> int:
        """The number of keys that all limits store."""
        return len(self._pairs) + len(self._addresses) + len(self._accounts) + len(self._first)

    def configure(self, limits: LimitsConfig) -> None:
        """Apply other limits from now on. The counts stay."""
        each = limits.password_attempts
        self._pairs.limit = each
        self._addresses.configure(each, limits.local_password_attempts)
        self._accounts.limit = limits.password_attempts_per_account if each else 0

    def allow(self, address: str, account: str, now: float) -> bool:
        """Count an attempt if it is allowed. It counts as failed until `withdraw`.

        Args:
            account: The folded name, whether or not there is such an account.
            now: Seconds.

        Returns:
            Whether it is allowed.
        """
        pair = _pair(addresses.client_block(address), account)
        if not self._pairs.allow(pair, now):
            return False
        if not self._addresses.allow(address, now):
            self._pairs.withdraw(pair)
            return False
        is_first = self._first.allow(_pair(addresses.owner_block(address), account), now)
        if not self._accounts.allow(account, now) and not is_first:
            self._pairs.withdraw(pair)
            self._addresses.withdraw(address)
            return False
        return True

    def withdraw(self, address: str, account: str) -> None:
        """Take back the last attempt, because it did not fail."""
        self._pairs.withdraw(_pair(addresses.client_block(address), account))
        self._addresses.withdraw(address)
        self._accounts.withdraw(account)
        self._first.withdraw(_pair(addresses.owner_block(address), account))

    def drop_expired(self, now: float) -> None:
        """Delete the attempts that do not count any more."""
        for throttle in (self._pairs, self._addresses, self._accounts, self._first):
            throttle.drop_expired(now)


def _pair(block: str, account: str) -> str:
    return f"{block} {account}"
