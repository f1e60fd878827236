"""CONFIRM, SETPASS and UNREGISTER: users change the password of their account, or delete the account.

    C: CONFIRM :old password          C: CONFIRM :password
    S: NOTE CONFIRM DONE ana …        S: NOTE CONFIRM DONE ana …
    C: SETPASS :new password          C: UNREGISTER ana
    S: NOTE SETPASS CHANGED ana …     S: NOTE UNREGISTER DONE ana …

A password may have spaces, so a line has only one.
"""

from __future__ import annotations

from chatapp.protocol import names
from chatapp.protocol.message import Message
from chatapp.protocol.numerics import FailError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import account_changes, account_end, confirmation, login
from chatapp.server.state.accounts import Account, BadPassword
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

CONFIRM, SETPASS, UNREGISTER = "CONFIRM", "SETPASS", "UNREGISTER"
_REFUSALS = {
    login.WRONG: ("WRONG_PASSWORD", "This password is wrong"),
    login.TOO_OFTEN: ("TOO_MANY_ATTEMPTS", login.TOO_OFTEN),
    login.BUSY: ("TEMPORARILY_UNAVAILABLE", login.BUSY),
}


def confirm(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """CONFIRM :<password>: give the password of your account once more, before SETPASS or UNREGISTER.

    It counts for five minutes, for this session.

    Sends:
        NOTE CONFIRM DONE.
    Errors:
        FAIL CONFIRM ACCOUNT_REQUIRED, WRONG_PASSWORD, TOO_MANY_ATTEMPTS, TEMPORARILY_UNAVAILABLE.
    """
    name = confirmation.own_account(world, user, CONFIRM).name

    def checked(world: World, me: Session, outcome: login.Outcome, out: Outbox) -> None:
        if isinstance(outcome, Account):
            confirmation.confirm(me, outcome, out)
            out.note(CONFIRM, "DONE", "The password is right", outcome.name)
        else:
            code, text = _REFUSALS[outcome]
            raise FailError(CONFIRM, code, text, name)

    login.check_password(world, me, name, msg.params[0], out, checked)


def setpass(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """SETPASS :<new password>: change the password of your account, after CONFIRM with the old one.

    Sessions that are logged in stay so; later logins need the new password.

    Sends:
        NOTE SETPASS CHANGED.
    Errors:
        FAIL SETPASS ACCOUNT_REQUIRED, CONFIRMATION_REQUIRED, WEAK_PASSWORD, UNACCEPTABLE_PASSWORD,
        TEMPORARILY_UNAVAILABLE.
    """
    name, password = confirmation.confirmed_account(world, me, user, SETPASS, out).name, msg.params[0]
    try:
        account_changes.check_new_password(world, password)
    except BadPassword as bad:
        code = "WEAK_PASSWORD" if bad.is_weak else "UNACCEPTABLE_PASSWORD"
        raise FailError(SETPASS, code, str(bad), name) from bad

    def hashed(world: World, me: Session, user: User, credentials: str | None, out: Outbox) -> None:
        account = confirmation.confirmed_account(world, me, user, SETPASS, out)
        if credentials is None:
            raise FailError(SETPASS, "TEMPORARILY_UNAVAILABLE", login.BUSY, name)
        account_changes.set_password(world, account.name, credentials, out)
        me.confirmed = None
        out.log_info(f"{account.name} has a new password")
        out.note(SETPASS, "CHANGED", "Your password is changed", account.name)

    out.run_user_job(lambda reader: account_changes.hash_password(password), hashed, kind="hash")


def unregister(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """UNREGISTER <account>: delete your own account, after CONFIRM. You stay connected as a guest.

    Its direct messages, metadata and ranks are deleted. Its messages in channels stay, and so do the channels
    that it has made. Anyone can then register the name, but does not inherit anything.

    Sends:
        901 to all sessions of the account, ACCOUNT to others; NOTE UNREGISTER DONE. Where only members may
        connect, ERROR follows.
    Errors:
        FAIL UNREGISTER ACCOUNT_REQUIRED, CONFIRMATION_REQUIRED, WRONG_ACCOUNT.
    """
    account = confirmation.confirmed_account(world, me, user, UNREGISTER, out)
    if names.fold(msg.params[0]) != account.folded:
        raise FailError(
            UNREGISTER, "WRONG_ACCOUNT", f"Your account has another name: {account.name}", msg.params[0]
        )
    if account.role != "member":
        out.audit(UNREGISTER, account.name, f"was {account.role}")
    me.confirmed = None
    out.note(UNREGISTER, "DONE", "Your account is deleted", account.name)
    account_end.delete_account(world, user, account, out)
