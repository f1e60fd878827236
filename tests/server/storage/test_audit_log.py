"""The audit log."""

from __future__ import annotations

import unittest

from chatapp.server.storage import audit_log
from chatapp.server.storage.audit_log import AuditEntry
from chatapp.server.storage.database import Database

KICK = AuditEntry(5, "ann!a@h", "", "KICK", "#c", "bob: spam")


class AuditLog(unittest.TestCase):
    def setUp(self) -> None:
        self.database = Database(":memory:")
        self.addCleanup(self.database.close)
        for at in range(5):
            self.database.write([audit_log.insert(KICK._replace(at=at))])

    def times(self, count: int) -> list[int]:
        return [entry.at for entry in audit_log.latest(self.database, count)]

    def test_the_latest_entries_are_returned_oldest_first(self) -> None:
        self.assertEqual(self.times(3), [2, 3, 4])
        self.assertEqual(audit_log.latest(self.database, 1), [KICK._replace(at=4)])

    def test_the_entries_after_a_number_are_returned_oldest_first(self) -> None:
        found = audit_log.following(self.database, 2, 2)
        self.assertEqual([(number, entry.at) for number, entry in found], [(3, 2), (4, 3)])
        self.assertEqual(audit_log.following(self.database, audit_log.last_number(self.database), 2), [])

    def test_the_oldest_entries_are_deleted(self) -> None:
        self.database.write([audit_log.delete_old(2)])
        self.assertEqual(self.times(10), [3, 4])
        self.database.write([audit_log.delete_old()])
        self.assertEqual(self.times(10), [3, 4])

    def test_who_has_done_something_is_found_by_the_action_and_what_it_was_about(self) -> None:
        self.database.write([audit_log.insert(KICK._replace(by="bob!b@h", account="bob", about="#d"))])
        self.assertEqual(audit_log.authors(self.database, "KICK", "#c"), {("ann", "")})
        self.assertEqual(audit_log.authors(self.database, "KICK", "#d"), {("bob", "bob")})
        self.assertEqual(audit_log.authors(self.database, "BAN", "#c"), set())

    def test_an_account_is_shown_if_it_differs_from_the_nick(self) -> None:
        for account, shown in (("", "ann"), ("ann", "ann"), ("anna", "ann (account anna)")):
            with self.subTest(account):
                self.assertEqual(KICK._replace(account=account).who, shown)
        self.assertEqual(KICK._replace(by="run_server.py").who, "run_server.py")
