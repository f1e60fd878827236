"""The guests who have left, and their reserved nicks."""

from __future__ import annotations

import unittest

from chatapp.server.state.guest_nicks import AbsentGuest, GuestNicks


class Guests(unittest.TestCase):
    def setUp(self) -> None:
        self.guests = GuestNicks()

    def leave(self, nick: str, since: int, host: str = "h", identity: str = "") -> AbsentGuest:
        guest = AbsentGuest(identity or f"!~{nick}", nick, host, since)
        self.guests.add(guest)
        return guest

    def test_a_nick_is_reserved_in_any_case_until_the_guest_is_back(self) -> None:
        bob = self.leave("Bob", 1)
        self.assertEqual(self.guests.holder("bob"), bob)
        self.assertEqual(self.guests.remove(bob.identity), bob)
        self.assertNotIn("bob", self.guests)
        self.assertIsNone(self.guests.remove(bob.identity))

    def test_a_nick_is_reserved_for_the_one_who_had_it_last(self) -> None:
        first, second = self.leave("bob", 1, identity="!~1"), self.leave("bob", 2, identity="!~2")
        self.guests.remove(first.identity)
        self.assertEqual(self.guests.holder("bob"), second)

    def test_a_guest_without_a_nick_reserves_none(self) -> None:
        self.leave("", 1)
        self.assertEqual(list(self.guests), [])

    def test_the_nicks_of_those_who_left_early_end(self) -> None:
        first, *_ = self.leave("ann", 1), self.leave("bob", 2)
        self.assertEqual(self.guests.ended(1), [first])

    def test_a_free_nick_is_not_reserved_but_the_guest_is_remembered(self) -> None:
        bob = self.leave("bob", 1)
        self.assertEqual(self.guests.free("bob"), bob)
        self.assertIsNone(self.guests.free("bob"))
        self.assertEqual(self.guests.surplus(0, "h"), [bob])

    def test_of_too_many_guests_those_who_left_first_are_forgotten(self) -> None:
        left = [self.leave(f"n{number}", number, f"h{number}") for number in range(5)]
        self.assertEqual(self.guests.surplus(3, "h4"), left[:2])
        self.assertEqual(self.guests.surplus(5, "h4"), [])

    def test_an_address_has_a_tenth(self) -> None:
        ann, *rest = (self.leave("ann", 0, "other"), *(self.leave(f"n{each}", each) for each in range(4)))
        self.assertEqual(self.guests.surplus(20, "h"), rest[:2])
        self.assertEqual(self.guests.surplus(3, "h"), rest[:3])
        self.assertNotIn(ann, self.guests.surplus(20, "other"))

    def test_many_guests_from_a_few_addresses_do_not_push_out_those_of_others(self) -> None:
        self.leave("ann", 0, "other")
        many = [self.leave(f"n{number}", number, f"h{number % 2}") for number in range(6)]
        self.assertEqual(self.guests.surplus(30, "h1"), [])
        self.assertEqual(self.guests.surplus(25, "h1"), [many[1]])
        for guest in self.guests.surplus(3, "other"):
            self.guests.remove(guest.identity)
        self.assertEqual([guest.nick for guest in self.guests], ["ann", "n4", "n5"])
