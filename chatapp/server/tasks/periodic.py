"""The tasks that the server runs at regular intervals, see `Core.run_every`."""

from __future__ import annotations

from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import enforce_bans, file_authorization, guest_nicks, mode_changes
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from chatapp.server.storage import audit_log, invite_codes
from chatapp.server.tasks import audit_sync, file_care
from chatapp.server.tasks.account_sync import apply_account_changes


def drop_expired_events(world: World, session: Session, out: Outbox) -> None:
    """Delete the events of throttles that do not count any more, to free memory."""
    for throttle in (
        world.password_attempts,
        world.registrations,
        world.metadata_changes,
        world.new_channels,
    ):
        throttle.drop_expired(out.clock)


def shorten_audit_log(world: World, session: Session, out: Outbox) -> None:
    """Delete the oldest entries of the audit log."""
    out.save(audit_log.delete_old())


def delete_expired_codes(world: World, session: Session, out: Outbox) -> None:
    """Delete the invite codes that are used up or expired."""
    out.save(invite_codes.delete_expired(out.now))


PERIODIC_TASKS = (
    (1.0, apply_account_changes),
    (audit_sync.SECONDS, audit_sync.tell_added),
    (1.0, mode_changes.remove_ended_masks),
    (1.0, file_authorization.break_off_refused),
    (file_care.DELETED_SECONDS, file_care.tell_deleted),
    (file_care.SECONDS, file_care.delete_unused),
    (file_care.REPORT_SECONDS, file_care.report_usage),
    (file_care.EXPIRY_SECONDS, file_care.delete_expired),
    (60.0, drop_expired_events),
    (60.0, enforce_bans.remove_expired),
    (60.0, delete_expired_codes),
    (60.0, guest_nicks.drop_ended),
    (3600.0, shorten_audit_log),
)
"""The tasks, each with the seconds between two runs."""
