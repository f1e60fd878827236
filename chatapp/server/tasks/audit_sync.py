"""Tells operators what another process has written to the audit log (`run_server.py account`, `files` …)."""

from __future__ import annotations

from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.overview_watch import notify_watchers
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from chatapp.server.storage import audit_log
from chatapp.server.storage.audit_log import NumberedEntry

SECONDS = 1.0  # between two looks
ROUND_ENTRIES = 1000  # the most entries that are read in a round


def tell_added(world: World, server: Session, out: Outbox) -> None:
    """Tell those who watch the server of new entries by another process. This server tells of its own itself.

    Sends:
        NOTE AUDIT ADDED; NOTE OVERVIEW CHANGED codes for new invite codes.
    """
    last = world.last_audited

    def done(world: World, server: Session, found: list[NumberedEntry], out: Outbox) -> None:
        if found:
            world.last_audited = max(world.last_audited, found[-1][0])
        actions = {entry.action for _, entry in found if entry.by == audit_log.COMMAND_LINE}
        if actions:
            out.tell_audited()
        if "INVITECODE" in actions:
            notify_watchers(world, "codes", out)

    out.run_job(lambda reader: audit_log.following(reader, last, ROUND_ENTRIES), done)
