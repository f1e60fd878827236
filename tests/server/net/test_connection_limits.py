"""The number of connections, and the number of refusals with a reason."""

from __future__ import annotations

import unittest
from unittest import mock

from chatapp.server.config import LimitsConfig
from chatapp.server.net.connection_limits import (
    FULL,
    REFUSALS_AT_ONCE,
    REFUSALS_PER_ADDRESS,
    TOO_MANY,
    TOO_MANY_NEW,
    ConnectionLimits,
    RefusalLimits,
)

PUBLIC, OTHER, LOCAL = "8.8.8.8", "8.8.4.4", "192.168.1.5"


class Counting(unittest.TestCase):
    def limits(self, **values: int) -> ConnectionLimits:
        return ConnectionLimits(LimitsConfig(**values))

    def acquired(self, limits: ConnectionLimits, *addresses: str) -> list[str]:
        return [limits.acquire(address, False, 0.0) for address in addresses]

    def test_connections_of_a_public_and_of_a_local_address(self) -> None:
        limits = self.limits(connections_per_address=1, local_connections_per_address=2)
        self.assertEqual(self.acquired(limits, PUBLIC, PUBLIC, OTHER), ["", TOO_MANY, ""])
        self.assertEqual(self.acquired(limits, LOCAL, LOCAL, LOCAL), ["", "", TOO_MANY])
        limits.release(PUBLIC)
        self.assertEqual(self.acquired(limits, PUBLIC), [""])

    def test_new_connections_of_a_public_and_of_a_local_address(self) -> None:
        limits = self.limits(new_connections_per_address=1, local_new_connections_per_address=2)
        for address, allowed in ((PUBLIC, 1), (LOCAL, 2)):
            for _ in range(allowed):
                self.assertEqual(self.acquired(limits, address), [""])
                limits.release(address)
            self.assertEqual(self.acquired(limits, address), [TOO_MANY_NEW])
            self.assertEqual(limits.acquire(address, False, 600.0), "")

    def test_connections_for_files_do_not_count_as_new_ones(self) -> None:
        with mock.patch("chatapp.server.net.connection_limits.FILE_CONNECTIONS", 2):
            limits = self.limits(new_connections_per_address=1)
        for _ in range(2):
            self.assertEqual(self.acquired(limits, PUBLIC), [""])
            limits.forgive(PUBLIC, 0.0)
        self.assertEqual(self.acquired(limits, PUBLIC), [""])
        limits.forgive(PUBLIC, 0.0)  # the third is one too many
        self.assertEqual(self.acquired(limits, PUBLIC), [TOO_MANY_NEW])

    def test_a_local_address_never_has_a_lower_limit_and_0_is_no_limit_for_both(self) -> None:
        limits = self.limits(connections_per_address=3, local_connections_per_address=1)
        self.assertEqual(self.acquired(limits, *[LOCAL] * 4), ["", "", "", TOO_MANY])
        limits = self.limits(connections_per_address=0, local_connections_per_address=1)
        self.assertEqual(set(self.acquired(limits, *[LOCAL] * 10, *[PUBLIC] * 10)), {""})
        limits = self.limits(connections_per_address=1, local_connections_per_address=0)
        self.assertEqual(set(self.acquired(limits, *[LOCAL] * 10)), {""})

    def test_the_addresses_of_one_computer_count_together(self) -> None:
        limits = self.limits(connections_per_address=2)
        self.assertEqual(
            self.acquired(limits, "2001:db9::1", "2001:db9::2", "2001:db9::3"), ["", "", TOO_MANY]
        )
        self.assertEqual(self.acquired(limits, "2001:db9:0:1::1"), [""])
        self.assertEqual(self.acquired(limits, f"::ffff:{PUBLIC}", PUBLIC, PUBLIC), ["", "", TOO_MANY])

    def test_the_total_number_of_connections_is_limited(self) -> None:
        limits = self.limits(connections=2)
        self.assertEqual(self.acquired(limits, PUBLIC, OTHER, LOCAL), ["", "", FULL])

    def test_connections_of_a_proxy_are_not_limited_as_one_address(self) -> None:
        limits = self.limits(connections_per_address=1, new_connections_per_address=1)
        self.assertEqual({limits.acquire(PUBLIC, True, 0.0) for _ in range(10)}, {""})

    def test_by_default_a_class_behind_one_router_is_admitted(self) -> None:
        """60 people with a laptop and a phone each, each of which loses its connection three times."""
        limits = ConnectionLimits(LimitsConfig())
        for _ in range(4):
            self.assertEqual(set(self.acquired(limits, *[PUBLIC] * 120)), {""})
            for _ in range(120):
                limits.release(PUBLIC)

    def test_by_default_one_local_address_cannot_use_all_connections(self) -> None:
        refused = [
            each for each in self.acquired(ConnectionLimits(LimitsConfig()), *["127.0.0.1"] * 10_000) if each
        ]
        self.assertEqual(len(refused), 5000)

    def test_ever_more_addresses_are_not_stored(self) -> None:
        limits = self.limits()
        for number in range(60_000):
            address = f"9.{number >> 16}.{number >> 8 & 255}.{number & 255}"
            limits.acquire(address, False, number / 1000)
            limits.release(address)
        self.assertEqual(len(limits), 0)
        self.assertLessEqual(limits.recent_addresses, 50_000)


class Refusing(unittest.TestCase):
    def reasons(self, limits: RefusalLimits, *addresses: str) -> int:
        """Return how many of these refused connections get the reason."""
        return sum(limits.acquire(address, 0.0) for address in addresses)

    def test_one_address_gets_few_reasons(self) -> None:
        self.assertEqual(self.reasons(RefusalLimits(0.0), *[PUBLIC] * 50), REFUSALS_PER_ADDRESS)

    def test_many_addresses_get_few_reasons_at_the_same_time(self) -> None:
        limits = RefusalLimits(0.0)
        addresses = [f"9.0.{number >> 8}.{number & 255}" for number in range(1000)]
        self.assertEqual(self.reasons(limits, *addresses), REFUSALS_AT_ONCE)
        limits.release()
        self.assertTrue(limits.acquire(PUBLIC, 60.0))
        self.assertFalse(limits.acquire(OTHER, 60.0))


if __name__ == "__main__":
    unittest.main()
