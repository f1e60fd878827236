"""Entries, and the data of a user that a member shows."""

from __future__ import annotations

import unittest
from typing import get_args

from chatapp.client.model.model import Entry, EntryKind, EntryState, Member, Person

KINDS: tuple[EntryKind, ...] = get_args(EntryKind)
STATES: tuple[EntryState, ...] = get_args(EntryState)


class Entries(unittest.TestCase):
    def test_only_a_message_that_the_server_has_accepted_is_confirmed(self) -> None:
        confirmed = [
            (kind, state)
            for kind in KINDS
            for state in STATES
            if Entry(1, kind, 0.0, state=state).is_confirmed_message
        ]
        self.assertEqual([("message", "sent"), ("action", "sent"), ("notice", "sent")], confirmed)

    def test_entries_with_equal_fields_are_not_equal(self) -> None:
        self.assertNotEqual(Entry(1, "message", 0.0), Entry(1, "message", 0.0))


class Members(unittest.TestCase):
    def test_a_member_shows_the_current_data_of_the_user(self) -> None:
        person = Person("ben")
        member = Member(person, "@")
        person.nick, person.away, person.account = "benjamin", True, "ben"
        self.assertEqual(("benjamin", True, "ben"), (member.nick, member.away, member.account))
