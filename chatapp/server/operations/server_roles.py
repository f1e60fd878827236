"""Who has which part in running the server: the role of an account is its users', from the login on.

Whoever is more than a member has the user mode o.
"""

from __future__ import annotations

from dataclasses import replace

from chatapp.protocol.message import Message
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.accounts import Account, Role
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import account_rows


def restore_role(world: World, user: User, out: Outbox) -> None:
    """Somebody logged in or out. Who got a higher role by OPER keeps that at a login."""
    account = world.account_of(user)
    if account is None:
        set_role(world, user, "member", out)
    elif not user.may_act_as(account.role):
        set_role(world, user, account.role, out)


def set_role(world: World, user: User, role: Role, out: Outbox) -> None:
    """Somebody has this role from now on.

    Sends   MODE to the user when the user mode comes or goes
    """
    before = user.is_operator
    world.set_role(user, role)
    if user.is_operator != before:
        letters = "+o" if user.is_operator else "-o"
        out.send(user.audience, Message("MODE", (user.nick, letters), world.name))


def appoint(world: World, account: Account, role: Role, out: Outbox) -> None:
    """An account has this role from now on, and with it whoever is logged in."""
    world.add_account(replace(account, role=role))
    out.save(account_rows.update_role(account, role))
    for user in world.logged_in.get(account.folded, ()):
        set_role(world, user, role, out)
