"""Ends accounts: of users who delete their own, and of those that `run_server.py account` deletes.

What ends with an account: its direct messages, read markers, metadata, ranks in channels and exceptions of
bans. What stays: its messages in channels, under the name that they were written with, and the channels that
it founded. Its users become guests.
"""

from __future__ import annotations

from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import login, membership, metadata_changes, presence
from chatapp.server.state import masks
from chatapp.server.state.accounts import Account
from chatapp.server.state.channel import Channel
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import account_rows


def delete_account(world: World, user: User, account: Account, out: Outbox) -> None:
    """Delete the account of a user, who becomes a guest and keeps the nick and the display name.

    Sends:
        901 to the sessions of the account, ACCOUNT to others; see `login.log_out`.
    """
    shown = world.display_name(account.identity)
    for save in account_rows.delete(account):
        out.save(save)
    kept = {key: owner for key, owner in world.certificates.items() if owner != account.folded}
    world.certificates = kept
    world.remove_account(account)
    end_account(world, account, out)
    if user.sessions:
        metadata_changes.keep_display_name(world, user, shown, out)


def end_account(world: World, account: Account, out: Outbox) -> None:
    """Log users out of a deleted account, and remove its data so that a later account does not inherit it.

    A channel in which it had a rank stays while it has members, and afterwards too if it is open and has
    messages. The first user to join such a channel does not become its operator.
    """
    for save in account_rows.delete_rights(account):  # again: this server may have stored more since then
        out.save(save)
    for channel in list(world.channels.values()):
        if _remove_rights(channel, account):
            membership.end_if_abandoned(world, channel, out)
    world.markers.pop(account.identity, None)
    world.forget_metadata(account.identity)
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


def _remove_rights(channel: Channel, account: Account) -> bool:
    """Remove the exceptions and ranks of an account in a channel; return whether it had a rank."""
    for letter in ("e", "I"):
        for mask in masks.account_masks(account.name):
            channel.lists.get(letter, {}).pop(mask, None)
    if channel.account_ranks.pop(account.name, None) is None:
        return False
    channel.is_orphan = True
    return True
