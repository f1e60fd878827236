"""Confirmation: a user gives the password once more before something that cannot be undone.

A person who finds a computer unlocked is logged in, but does not know the password.
"""

from __future__ import annotations

from chatapp.protocol.numerics import FailError
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.accounts import Account
from chatapp.server.state.session import Confirmation, Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

CONFIRMATION_SECONDS = 300.0


def confirm(me: Session, account: Account, out: Outbox) -> None:
    """Note that a session has given the password of its account."""
    me.confirmed = Confirmation(account.identity, out.clock + CONFIRMATION_SECONDS)


def own_account(world: World, user: User, command: str) -> Account:
    """Return the account of a user.

    Raises:
        FailError: ACCOUNT_REQUIRED, the user is a guest.
    """
    account = world.account_of(user)
    if account is None:
        raise FailError(command, "ACCOUNT_REQUIRED", "You have no account: you are a guest", "*")
    return account


def confirmed_account(world: World, me: Session, user: User, command: str, out: Outbox) -> Account:
    """Return the account of a user whose session has given the password a short time ago.

    Raises:
        FailError: ACCOUNT_REQUIRED, CONFIRMATION_REQUIRED.
    """
    account, given = own_account(world, user, command), me.confirmed
    if given is None or given.identity != account.identity or out.clock > given.until:
        text = "First give your password: CONFIRM :<password>"
        raise FailError(command, "CONFIRMATION_REQUIRED", text, account.name)
    return account
