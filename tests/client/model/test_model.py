"""What an entry is, and what a member shows of a person."""

from __future__ import annotations

import unittest
from typing import get_args

from chatapp.client.model.model import Entry, EntryKind, EntryState, Member, Person

KINDS: tuple[EntryKind, ...] = get_args(EntryKind)
STATES: tuple[EntryState, ...] = get_args(EntryState)


class Entries(unittest.TestCase):
    def test_only_a_message_that_the_server_has_is_a_confirmed_one(self) -> None:
        confirmed = [
            (kind, state)
            for kind in KINDS
            for state in STATES
            if Entry(1, kind, 0.0, state=state).is_confirmed_message
        ]
        self.assertEqual([("message", "sent"), ("action", "sent"), ("notice", "sent")], confirmed)

    def test_entries_that_say_the_same_are_not_the_same(self) -> None:
        self.assertNotEqual(Entry(1, "message", 0.0), Entry(1, "message", 0.0))


class Members(unittest.TestCase):
    def test_a_member_shows_what_is_known_about_the_person_now(self) -> None:
        person = Person("ben")
        member = Member(person, "@")
        person.nick, person.away, person.account = "benjamin", True, "ben"
        self.assertEqual(("benjamin", True, "ben"), (member.nick, member.away, member.account))
