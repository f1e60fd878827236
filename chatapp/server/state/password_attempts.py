"""Guessing passwords is limited in three ways. Only attempts that fail count, and each for a minute.

    an address and an account     password_attempts
    an address, any account       password_attempts, or local_password_attempts for a private address
    an account, any address       password_attempts_per_account

Somebody who attacks an account from many addresses uses up its minute again and again, and would lock its
owner out. So a network that has not failed at the account within an hour may always try once: the right
password lets its owner in, and each network gives an attacker one more guess an hour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatapp.protocol import addresses
from chatapp.server.state.rate_limits import AddressThrottle, Throttle

if TYPE_CHECKING:
    from chatapp.server.config import LimitsConfig

SECONDS = 60.0  # for which a failed attempt counts
FIRST_SECONDS = 3600.0  # between two attempts that are allowed in any case


class PasswordAttempts:
    """The failed attempts of everybody, and those whose outcome is not known yet.

    `password_attempts = 0` in the configuration switches all three limits off.
    """

    def __init__(self, limits: LimitsConfig) -> None:
        self._pairs = Throttle(0, SECONDS)
        self._addresses = AddressThrottle(SECONDS, 0, 0)
        self._accounts = Throttle(0, SECONDS)
        self._first = Throttle(1, FIRST_SECONDS)
        self.configure(limits)

    def __len__(self) -> int:
        """How many keys are remembered."""
        return len(self._pairs) + len(self._addresses) + len(self._accounts) + len(self._first)

    def configure(self, limits: LimitsConfig) -> None:
        """Apply these limits from now on. What was counted stays."""
        each = limits.password_attempts
        self._pairs.most = each
        self._addresses.configure(each, limits.local_password_attempts)
        self._accounts.most = limits.password_attempts_per_account if each else 0

    def allow(self, address: str, account: str, now: float) -> bool:
        """Count one more attempt, if it is allowed. It counts as failed until it is forgiven.

        Args:
            account: the folded name, whether there is such an account or not.
        """
        pair = _pair(addresses.client_block(address), account)
        if not self._pairs.allow(pair, now):
            return False
        if not self._addresses.allow(address, now):
            self._pairs.forgive(pair)
            return False
        is_first = self._first.allow(_pair(addresses.owner_block(address), account), now)
        if not self._accounts.allow(account, now) and not is_first:
            self._pairs.forgive(pair)
            self._addresses.forgive(address)
            return False
        return True

    def forgive(self, address: str, account: str) -> None:
        """The last attempt did not fail."""
        self._pairs.forgive(_pair(addresses.client_block(address), account))
        self._addresses.forgive(address)
        self._accounts.forgive(account)
        self._first.forgive(_pair(addresses.owner_block(address), account))

    def forget(self, now: float) -> None:
        """Drop what does not count any more."""
        for throttle in (self._pairs, self._addresses, self._accounts, self._first):
            throttle.forget(now)


def _pair(place: str, account: str) -> str:
    return f"{place} {account}"
