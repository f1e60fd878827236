"""Applies changes of accounts by another process (`run_server.py account`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import account_end, server_roles
from chatapp.server.operations.overview_watch import notify_watchers
from chatapp.server.state.accounts import Account, Role
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from chatapp.server.storage import account_rows, settings
from chatapp.server.storage.reader import Reader


class _StoredAccounts(NamedTuple):
    """The accounts in the database; `version` changes with every change by another process."""

    version: bytes | None
    accounts: dict[str, Account]
    certificates: dict[str, str]


def apply_account_changes(world: World, session: Session, out: Outbox) -> None:
    """Read the accounts again if another process has changed one.

    New accounts, passwords and roles apply at once. Users of a deleted account are logged out.
    """
    known, changes = world.accounts_version, world.account_changes

    def read(reader: Reader) -> _StoredAccounts | None:
        version = settings.read(reader, settings.ACCOUNTS_CHANGED)
        if version == known:
            return None
        accounts, certificates = account_rows.load_all(reader), account_rows.load_certificates(reader)
        return _StoredAccounts(version, accounts, certificates)

    def done(world: World, session: Session, stored: _StoredAccounts | None, out: Outbox) -> None:
        if (
            stored and world.account_changes == changes
        ):  # otherwise this server changed one too: try again next time
            _apply(world, stored, out)

    out.run_follow_up_job(read, done)


def _apply(world: World, stored: _StoredAccounts, out: Outbox) -> None:
    before = world.accounts
    world.accounts_version, accounts, world.certificates = stored
    world.replace_accounts(accounts)
    if _roles(before) != _roles(world.accounts):
        notify_watchers(world, "roles", out)
    for folded, account in before.items():
        successor = world.accounts.get(folded)
        if successor is None or successor.number != account.number:
            account_end.end_account(world, account, out)
    for folded, account in world.accounts.items():
        if folded in before and before[folded].role != account.role:
            for user in world.logged_in.get(folded, ()):
                server_roles.set_role(world, user, account.role, out)


def _roles(accounts: Mapping[str, Account]) -> dict[str, Role]:
    """Return the roles above that of a member, by the folded names of the accounts."""
    return {folded: account.role for folded, account in accounts.items() if account.role != "member"}
