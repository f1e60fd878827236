"""Gives users the roles of their accounts: owner, moderator or member.

Owners and moderators are server operators and have the user mode o.
"""

from __future__ import annotations

from dataclasses import replace

from chatapp.protocol.message import Message
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import channel_ranks, file_announcements
from chatapp.server.operations.overview_watch import notify_watchers
from chatapp.server.state.accounts import Account, Role
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import account_rows


def restore_role(world: World, user: User, out: Outbox) -> None:
    """Set the role of a user who logged in or out. A login does not lower a role that OPER has given."""
    account = world.account_of(user)
    if account is None:
        set_role(world, user, "member", out)
    elif not user.may_act_as(account.role):
        set_role(world, user, account.role, out)


def set_role(world: World, user: User, role: Role, out: Outbox) -> None:
    """Set the role of a user.

    Sends:
        MODE to the user if the user mode o changes; MODE to the channels where the role gives a rank.
    """
    before, role_before = user.is_operator, user.role
    world.set_role(user, role)
    if role != role_before:
        notify_watchers(world, "roles", out)
    if user.is_operator != before:
        letters = "+o" if user.is_operator else "-o"
        out.send(user.audience, Message("MODE", (user.nick, letters), world.name))
    if role != role_before:
        channel_ranks.follow_role(world, user, role_before, out)
        file_announcements.update_user(world, user, out)


def appoint(world: World, account: Account, role: Role, out: Outbox) -> None:
    """Set and store the role of an account, and set that of its users."""
    world.add_account(replace(account, role=role))
    out.save(account_rows.update_role(account, role))
    notify_watchers(world, "roles", out)
    for user in world.logged_in.get(account.folded, ()):
        set_role(world, user, role, out)
