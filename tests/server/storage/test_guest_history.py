"""The stored history of a guest becomes that of its account."""

from __future__ import annotations

import unittest

from chatapp.server.storage import guest_history, marker_rows, message_rows
from chatapp.server.storage.database import Database
from chatapp.server.storage.message_rows import StoredMessage
from chatapp.server.storage.statements import SqlValue

GUEST, OTHER = "!7", "!77"
ACCOUNT = "=bob.5"


def key(one: str, other: str) -> str:
    return "\n".join(sorted((one, other)))


class Move(unittest.TestCase):
    def setUp(self) -> None:
        self.database = Database(":memory:")
        self.addCleanup(self.database.close)

    def write(self, number: int, one: str, other: str) -> None:
        """Store a message, a reaction to it and the conversation."""
        target = key(one, other)
        row = StoredMessage(number, target, other, number, "PRIVMSG", "x!x@x", "", "hi", {})
        reaction = row._replace(id=number + 1, time=number + 1, command="TAGMSG")
        self.database.write([
            message_rows.insert(row, 1),
            message_rows.insert_event(reaction, 1),
            message_rows.upsert_conversation(one, other, target, "x", number),
            message_rows.upsert_conversation(other, one, target, "y", number),
        ])  # fmt: skip

    def move(self) -> None:
        self.database.write(guest_history.move(GUEST, ACCOUNT))

    def column(self, query: str) -> list[SqlValue]:
        return [value for (value,) in self.database.rows(query)]

    def conversations(self) -> set[tuple[str, str, str]]:
        return set(self.database.rows("SELECT owner, partner, target FROM conversations"))

    def test_its_conversations_have_the_key_of_the_account_for_both(self) -> None:
        partners = ("=ann", "=zoe.1", "!~abc", OTHER)
        for number, partner in enumerate(partners):
            self.write(10 * number, GUEST, partner)
        self.move()
        keys = [key(ACCOUNT, partner) for partner in partners]
        self.assertEqual(self.column("SELECT target FROM messages ORDER BY id"), keys)
        self.assertEqual(self.column("SELECT target FROM events ORDER BY id"), keys)
        mine = {(ACCOUNT, partner, key(ACCOUNT, partner)) for partner in partners}
        theirs = {(partner, ACCOUNT, key(ACCOUNT, partner)) for partner in partners}
        self.assertEqual(self.conversations(), mine | theirs)

    def test_the_one_with_itself_too(self) -> None:
        self.write(10, GUEST, GUEST)
        self.move()
        own = key(ACCOUNT, ACCOUNT)
        self.assertEqual(self.column("SELECT target FROM messages"), [own])
        self.assertEqual(self.conversations(), {(ACCOUNT, ACCOUNT, own)})

    def test_conversations_of_others_stay(self) -> None:
        self.write(10, OTHER, "=ann")
        self.write(20, GUEST, "=ann")
        self.move()
        self.assertEqual(self.column("SELECT target FROM messages WHERE id = 10"), [key(OTHER, "=ann")])
        self.assertIn((OTHER, "=ann", key(OTHER, "=ann")), self.conversations())

    def test_read_markers_move_for_both(self) -> None:
        self.write(10, GUEST, "=ann")
        before = key(GUEST, "=ann")
        self.database.write([
            marker_rows.upsert(GUEST, "#1", 1), marker_rows.upsert(GUEST, before, 2),
            marker_rows.upsert("=ann", before, 3), marker_rows.upsert("=ann", "#1", 4),
        ])  # fmt: skip
        self.move()
        after = key(ACCOUNT, "=ann")
        expected = {ACCOUNT: {"#1": 1, after: 2}, "=ann": {"#1": 4, after: 3}}
        self.assertEqual(marker_rows.load_all(self.database), expected)

    def test_the_search_index_learns_of_it(self) -> None:
        self.write(10, GUEST, "=ann")
        self.move()
        self.assertEqual(self.column("SELECT id FROM gone"), [10])
