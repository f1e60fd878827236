"""What the server does by itself, now and then: see `Core.every`."""

from __future__ import annotations

from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import enforce_bans, login, membership, presence, server_roles
from chatapp.server.state import masks
from chatapp.server.state.accounts import Account
from chatapp.server.state.channel import Channel
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from chatapp.server.storage import account_rows, audit_log, invite_codes, settings
from chatapp.server.storage.reader import Reader

_News = tuple[bytes | None, dict[str, Account], dict[str, str]]


def take_up_accounts(world: World, house: Session, out: Outbox) -> None:
    """What `run_server.py account` changed in the database holds from now on."""
    known, changes = world.accounts_version, world.account_changes

    def read(reader: Reader) -> _News | None:
        version = settings.read(reader, settings.ACCOUNTS_CHANGED)
        return (
            None
            if version == known
            else (version, account_rows.load_all(reader), account_rows.load_certificates(reader))
        )

    def done(world: World, house: Session, news: _News | None, out: Outbox) -> None:
        if news and world.account_changes == changes:  # else this server changed one meanwhile: next time
            _take_up(world, news, out)

    out.afterwards(read, done)


def _take_up(world: World, news: _News, out: Outbox) -> None:
    before = world.accounts
    world.accounts_version, world.accounts, world.certificates = news
    for folded, account in before.items():
        there = world.accounts.get(folded)
        if there is None or there.number != account.number:
            _end_account(world, account, out)
    for folded, account in world.accounts.items():
        if folded in before and before[folded].role != account.role:
            for user in world.logged_in.get(folded, ()):
                server_roles.set_role(world, user, account.role, out)


def _end_account(world: World, account: Account, out: Outbox) -> None:
    """Act on it that an account is deleted: nobody is logged in to it, and nobody inherits from it.

    A channel where it had a rank stays as it is while somebody is in it, and also later if it is open and
    something was said in it. Nobody becomes an operator there by coming first.
    """
    for save in account_rows.delete_rights(account):  # again: this server may have kept something since then
        out.save(save)
    for channel in list(world.channels.values()):
        if _end_rights(channel, account):
            membership.end_if_abandoned(world, channel, out)
    world.markers.pop(account.identity, None)
    world.metadata.pop(account.identity, None)
    for session in world.unregistered:
        if session.account == account.name:
            session.account = ""
    for user in list(world.logged_in.get(account.folded, ())):
        if user.identity != account.identity:
            continue
        if user.sessions and not world.config.accounts.members_only:
            login.log_out(world, user, out)
        else:
            presence.disconnect_user(world, user, "Your account is deleted", "Account deleted", out)
    out.log_info(f"The account {account.name} is deleted")


def _end_rights(channel: Channel, account: Account) -> bool:
    """Take all rights in a channel from an account. Gives whether it had a rank there."""
    for letter in ("e", "I"):
        for mask in masks.account_masks(account.name):
            channel.lists.get(letter, {}).pop(mask, None)
    if channel.account_ranks.pop(account.name, None) is None:
        return False
    channel.is_orphan = True
    return True


def forget_attempts(world: World, house: Session, out: Outbox) -> None:
    """Throttles remember nobody for longer than they need."""
    world.password_attempts.drop_expired(out.clock)
    world.registrations.drop_expired(out.clock)
    world.metadata_changes.drop_expired(out.clock)
    world.new_channels.drop_expired(out.clock)


def forget_acts(world: World, house: Session, out: Outbox) -> None:
    """The audit log does not grow without end."""
    out.save(audit_log.delete_old())


def forget_codes(world: World, house: Session, out: Outbox) -> None:
    """Codes that are used up or out of date."""
    out.save(invite_codes.delete_expired(out.now))


CHORES = (
    (1.0, take_up_accounts),
    (60.0, forget_attempts),
    (60.0, enforce_bans.remove_expired),
    (60.0, forget_codes),
    (3600.0, forget_acts),
)
"""Each with the seconds between two rounds."""
