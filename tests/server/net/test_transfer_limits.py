"""How many transfers an address may have, and how many bytes per second."""

from __future__ import annotations

import unittest

from chatapp.server.net.transfer_limits import IDLE_ADDRESSES, LEAST_BURST, PER_ADDRESS, TransferLimits

PUBLIC, OTHER = "8.8.8.8", "9.9.9.9"
MIB = 1024 * 1024


class Counting(unittest.TestCase):
    def setUp(self) -> None:
        self.limits = TransferLimits(0, 0, 0)

    def test_an_address_has_a_limited_number_of_transfers(self) -> None:
        for _ in range(PER_ADDRESS):
            self.assertTrue(self.limits.acquire(PUBLIC))
        self.assertFalse(self.limits.acquire(PUBLIC))
        self.assertTrue(self.limits.acquire(OTHER))
        self.limits.release(PUBLIC)
        self.assertTrue(self.limits.acquire(PUBLIC))

    def test_a_local_address_may_have_more(self) -> None:
        self.assertTrue(all(self.limits.acquire("192.168.1.5") for _ in range(PER_ADDRESS + 1)))

    def test_the_addresses_of_an_ipv6_network_count_together(self) -> None:
        for number in range(PER_ADDRESS):
            self.limits.acquire(f"2a00:1450::{number:x}")
        self.assertFalse(self.limits.acquire("2a00:1450::ffff"))


class Rates(unittest.TestCase):
    def test_without_a_rate_nobody_waits(self) -> None:
        limits = TransferLimits(0, 0, 0)
        self.assertEqual([limits.charge(PUBLIC, MIB, 0) for _ in range(100)], [0] * 100)

    def test_an_address_waits_when_it_is_over_its_rate(self) -> None:
        limits = TransferLimits(MIB, 0, 0)
        self.assertEqual(limits.charge(PUBLIC, MIB, 0), 0)
        self.assertEqual(limits.charge(PUBLIC, MIB // 2, 0), 0.5)
        self.assertEqual(limits.charge(OTHER, MIB, 0), 0)
        self.assertEqual(limits.charge(PUBLIC, 0, 0.5), 0)

    def test_all_addresses_share_the_total_rate(self) -> None:
        limits = TransferLimits(0, MIB, 0)
        limits.charge(PUBLIC, MIB, 0)
        self.assertEqual(limits.charge(OTHER, MIB, 0), 1)

    def test_a_small_rate_does_not_hold_up_small_files(self) -> None:
        limits = TransferLimits(1024, 0, 0)
        self.assertEqual(limits.charge(PUBLIC, LEAST_BURST, 0), 0)

    def test_another_rate_applies_at_once(self) -> None:
        limits = TransferLimits(0, 0, 0)
        limits.configure(MIB, 0, 0)
        limits.charge(PUBLIC, MIB, 0)
        limits.configure(MIB, 0, 0)
        self.assertEqual(limits.charge(PUBLIC, MIB, 0), 1)
        limits.configure(0, 0, 0)
        self.assertEqual(limits.charge(PUBLIC, MIB, 0), 0)

    def test_a_new_connection_does_not_get_around_the_rate(self) -> None:
        limits = TransferLimits(MIB, 0, 0)
        limits.acquire(PUBLIC)
        limits.charge(PUBLIC, MIB, 0)
        limits.release(PUBLIC)
        limits.acquire(PUBLIC)
        self.assertEqual(limits.charge(PUBLIC, MIB, 0), 1)

    def test_addresses_without_a_transfer_are_forgotten_when_there_are_many(self) -> None:
        limits = TransferLimits(MIB, 0, 0)
        limits.acquire(PUBLIC)
        limits.charge(PUBLIC, MIB, 0)
        for number in range(IDLE_ADDRESSES + 10):
            address = f"9.0.{number // 256}.{number % 256}"
            limits.acquire(address)
            limits.charge(address, MIB, 0)
            limits.release(address)
        self.assertEqual(limits.charge("9.0.0.0", MIB, 0), 0)
        self.assertEqual(limits.charge(PUBLIC, MIB, 0), 1)
