"""The table of periodic tasks, and the small ones among them."""

from __future__ import annotations

from unittest.mock import patch

from chatapp.server.storage import audit_log, invite_codes
from chatapp.server.storage.audit_log import AuditEntry
from chatapp.server.tasks.periodic import (
    PERIODIC_TASKS,
    delete_expired_codes,
    drop_expired_events,
    shorten_audit_log,
)
from tests.server.base import ServerTest

DAY = 86_400.0


class Tasks(ServerTest):
    def test_all_tasks_of_the_table_run_without_users(self) -> None:
        for seconds, task in PERIODIC_TASKS:
            with self.subTest(task.__name__):
                self.assertGreater(seconds, 0)
                self.core.run_every(seconds, task)
        self.pass_time(61)

    def test_throttles_drop_expired_entries(self) -> None:
        self.core.run_every(60, drop_expired_events)
        world = self.world
        world.password_attempts.allow("192.0.2.7", "ann", 0.0)
        world.registrations.allow("192.0.2.7", 0.0)
        world.metadata_changes.allow("=ann", 0.0)
        world.new_channels.allow("=ann", 0.0)
        throttles = (world.registrations, world.metadata_changes, world.new_channels)
        self.pass_time(590)
        self.assertEqual([len(each) for each in throttles], [1, 0, 1])
        self.pass_time(70)
        self.assertEqual([len(each) for each in throttles], [0, 0, 0])

    def test_the_audit_log_is_shortened(self) -> None:
        self.core.run_every(60, shorten_audit_log)
        for number in range(5):
            self.store.write([audit_log.insert(AuditEntry(number, "ann", "", "KILL", "bob", ""))])
        with patch.object(audit_log, "delete_old", lambda: SHORTENED):
            self.pass_time(61)
        self.assertEqual([entry.at for entry in audit_log.latest(self.store, 10)], [3, 4])

    def test_expired_invite_codes_are_deleted(self) -> None:
        self.core.run_every(60, delete_expired_codes)
        now = self._milliseconds()
        expiring = invite_codes.make_record("aaaa-abcd", 1, 1, "ann", now)
        lasting = invite_codes.make_record("bbbb-abcd", 1, 0, "ann", now)
        self.store.write([invite_codes.upsert(expiring), invite_codes.upsert(lasting)])
        self._passed += 2 * DAY
        self.pass_time(61)
        self.assertEqual(invite_codes.load_all(self.store), [lasting])


SHORTENED = audit_log.delete_old(2)
