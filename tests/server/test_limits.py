"""Budgets and throttles, with a time that is told."""

from __future__ import annotations

import unittest

from chatapp.server.limits import Throttle, TokenBucket, is_local


class Buckets(unittest.TestCase):
    def test_so_many_at_once_and_so_many_a_second_after(self) -> None:
        bucket = TokenBucket(20, 5, now=0.0)
        self.assertEqual(bucket.take(30, 0.0), 20)
        self.assertEqual(bucket.take(30, 0.0), 0)
        self.assertAlmostEqual(bucket.wait(), 0.2)
        self.assertEqual(bucket.take(30, 0.2), 1)
        self.assertEqual(bucket.take(30, 100.0), 20)

    def test_rate_0_is_no_limit(self) -> None:
        self.assertEqual(TokenBucket(20, 0, now=0.0).take(10_000, 0.0), 10_000)


class Throttles(unittest.TestCase):
    def test_each_key_has_its_own_count_in_a_sliding_stretch(self) -> None:
        throttle = Throttle(2, 60.0)
        asked = [("a", 0.0), ("a", 1.0), ("a", 59.0), ("b", 59.0), ("a", 60.5), ("a", 60.9), ("a", 61.0)]
        allowed = [throttle.allow(key, now) for key, now in asked]
        self.assertEqual(allowed, [True, True, False, True, True, False, True])

    def test_what_is_old_is_forgotten(self) -> None:
        throttle = Throttle(1, 60.0)
        throttle.allow("a", 0.0)
        throttle.allow("b", 50.0)
        throttle.forget(70.0)
        self.assertEqual(list(throttle._events), ["b"])

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
