"""Changes are merged into as few as possible."""

from __future__ import annotations

import unittest

from chatapp.client.model.changes import (
    Added,
    Change,
    ConversationChanged,
    MembersChanged,
    Prepended,
    Reset,
    StatusChanged,
    Updated,
    merged,
)
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from tests.client.base import NOON, entry


class Merging(unittest.TestCase):
    def setUp(self) -> None:
        self.network = Network()
        self.one, self.two = Conversation("#one", "channel"), Conversation("#two", "channel")
        self.entries = [entry(key, NOON + key) for key in range(4)]

    def test_neighbouring_additions_become_one(self) -> None:
        a, b, c, d = self.entries
        old = entry(9, NOON)
        changes: list[Change] = [
            Added(self.one, (a,)),
            Added(self.two, (b,)),
            Added(self.one, (c,)),
            Updated(self.one, old),
            Added(self.one, (d,)),
        ]
        expected = [
            Added(self.one, (a, c)),
            Updated(self.one, old),
            Added(self.one, (d,)),
            Added(self.two, (b,)),
        ]
        self.assertEqual(expected, merged(changes))

    def test_a_new_entry_and_one_that_changes_again_need_no_update(self) -> None:
        a, b, c, _ = self.entries
        changes: list[Change] = [
            Updated(self.one, c),
            Added(self.one, (a,)),
            Updated(self.one, a),
            Prepended(self.one, (b,)),
            *[Updated(self.one, each) for each in (b, c)] * 1000,
        ]
        expected = [Added(self.one, (a,)), Prepended(self.one, (b,)), Updated(self.one, c)]
        self.assertEqual(expected, merged(changes))

    def test_a_reset_replaces_other_changes_of_that_conversation_only(self) -> None:
        a, b, c, d = self.entries
        changes: list[Change] = [
            Added(self.one, (a,)),
            Added(self.two, (b,)),
            Reset(self.one),
            Prepended(self.one, (c,)),
            Updated(self.one, d),
        ]
        self.assertEqual([Reset(self.one), Added(self.two, (b,))], merged(changes))

    def test_changes_of_two_networks_are_not_merged(self) -> None:
        other = Network()
        changes: list[Change] = [
            StatusChanged(self.network),
            StatusChanged(other),
            StatusChanged(self.network),
        ]
        self.assertEqual([StatusChanged(self.network), StatusChanged(other)], merged(changes))

    def test_changes_without_details_come_once_and_last(self) -> None:
        changes: list[Change] = [
            StatusChanged(self.network),
            ConversationChanged(self.one),
            Added(self.one, (self.entries[0],)),
            ConversationChanged(self.one),
            ConversationChanged(self.two),
            MembersChanged(self.one),
            StatusChanged(self.network),
        ]
        expected = [
            Added(self.one, (self.entries[0],)),
            StatusChanged(self.network),
            ConversationChanged(self.one),
            ConversationChanged(self.two),
            MembersChanged(self.one),
        ]
        self.assertEqual(expected, merged(changes))
