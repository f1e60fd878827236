"""Operators are told of entries that another process has written to the audit log."""

from __future__ import annotations

from chatapp.server.storage import audit_log
from chatapp.server.storage.audit_log import AuditEntry
from chatapp.server.storage.database import Database
from chatapp.server.storage.statements import Save
from chatapp.server.tasks import audit_sync
from tests.server.base import ServerTest

ADDED = "NOTE AUDIT ADDED :The moderation log has a new entry"
CODES = "NOTE OVERVIEW CHANGED codes :The codes of the server have changed"
FILE_DELETED = audit_log.insert_by_command_line(5, "FILES", "ann", "deleted plan.txt")


class Entries(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.core.run_every(audit_sync.SECONDS, audit_sync.tell_added)
        self.enter("boss", "other", "guest")
        for name in ("boss", "other"):
            self.make_operator(name)
        self.say("boss", "OVERVIEW WATCH on")
        self.pass_time(2 * audit_sync.SECONDS)
        self.forget()

    def write(self, *entries: Save) -> None:
        """Write entries like the commands of `run_server.py` do, and let two rounds pass."""
        self.forget()
        other = Database(self._database)
        other.write(entries)
        other.close()
        self.pass_time(2 * audit_sync.SECONDS)

    def test_who_watches_the_server_is_told_once(self) -> None:
        self.write(FILE_DELETED)
        self.assertGot("boss", ADDED)
        self.pass_time(2 * audit_sync.SECONDS)
        for name in ("boss", "other", "guest"):
            self.assertGot(name)

    def test_several_entries_are_told_together_and_later_ones_again(self) -> None:
        self.write(FILE_DELETED, FILE_DELETED)
        self.assertGot("boss", ADDED)
        self.write(FILE_DELETED)
        self.assertGot("boss", ADDED)

    def test_a_new_invite_code_changes_the_codes_of_the_overview(self) -> None:
        self.write(audit_log.insert_by_command_line(5, "INVITECODE", "abc", "1 use"))
        self.assertGot("boss", ADDED, CODES)

    def test_entries_of_this_server_are_not_told_again(self) -> None:
        self.write(audit_log.insert(AuditEntry(5, "ann!a@h", "", "KICK", "#c", "bob: spam")))
        self.assertGot("boss")
