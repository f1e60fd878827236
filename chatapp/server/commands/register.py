"""REGISTER and VERIFY: create an account, before connection registration is complete or after it.

Source: IRCv3 account-registration.
"""

from __future__ import annotations

from chatapp.protocol import names
from chatapp.protocol.message import Message
from chatapp.protocol.numerics import ERR_PASSWDMISMATCH, FailError, NumericError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import login
from chatapp.server.operations.account_changes import (
    CODE_NOT_WANTED,
    CODE_WANTED,
    COMMAND,
    VERIFY,
    PendingAccount,
    check_connection_complete,
    check_logged_out,
    create,
    has_server_password,
    redeem_code,
    register_error,
)
from chatapp.server.state.accounts import Account
from chatapp.server.state.session import Session
from chatapp.server.state.world import World


def register(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """REGISTER <account or *> <email or *> <password>: register an account; * is your nick, and no email.

    Sends:
        REGISTER SUCCESS, 900, and what follows a login; or REGISTER VERIFICATION_REQUIRED where registration
        needs an invite code, which VERIFY takes.
    Errors:
        FAIL REGISTER ACCOUNT_EXISTS, ALREADY_AUTHENTICATED, BAD_ACCOUNT_NAME, INVALID_EMAIL, NEED_NICK,
        TEMPORARILY_UNAVAILABLE, UNACCEPTABLE_PASSWORD, WEAK_PASSWORD, COMPLETE_CONNECTION_REQUIRED;
        464 without the password of the server.
    Source:
        IRCv3 account-registration.
    """
    name, email, password = msg.params[:3]
    check_connection_complete(world, me, COMMAND)
    if not has_server_password(world, me):
        raise NumericError(ERR_PASSWDMISMATCH)
    create(world, me, _account_name(me, name), email, password, out, _registered)


def _account_name(me: Session, name: str) -> str:
    """Return the name of the account. A refused nick counts too, so that the error is ACCOUNT_EXISTS."""
    nick = me.user.nick if me.user else me.nick
    if not nick and not me.refused_nick:
        raise register_error("NEED_NICK", "Choose a nick first", "*")
    return names.normalize(name) if name != "*" else nick or me.refused_nick


def _registered(
    world: World, me: Session, outcome: Account | PendingAccount | FailError, out: Outbox
) -> None:
    if isinstance(outcome, FailError):
        raise outcome
    if isinstance(outcome, PendingAccount):
        out.reply_from_server(
            COMMAND, "VERIFICATION_REQUIRED", outcome.account.name, f"{CODE_WANTED}: VERIFY"
        )
    else:
        out.reply_from_server(COMMAND, "SUCCESS", outcome.name, "The account was created")
        login.log_in(world, me, outcome, out)


def verify(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """VERIFY <account> <code>: complete REGISTER with an invite code.

    Sends:
        VERIFY SUCCESS, 900, and what follows a login.
    Errors:
        FAIL VERIFY ACCOUNT_EXISTS, ALREADY_AUTHENTICATED, INVALID_CODE, TEMPORARILY_UNAVAILABLE,
        COMPLETE_CONNECTION_REQUIRED.
    Source:
        IRCv3 account-registration.
    """
    name, code = msg.params[:2]
    check_connection_complete(world, me, VERIFY)
    check_logged_out(me, VERIFY)
    if me.pending_account is None or names.fold(name) != me.pending_account.folded:
        raise FailError(VERIFY, "INVALID_CODE", CODE_NOT_WANTED, name)
    redeem_code(world, me, code, out, _verified)


def _verified(world: World, me: Session, outcome: Account | FailError, out: Outbox) -> None:
    if isinstance(outcome, FailError):
        raise outcome
    out.reply_from_server(VERIFY, "SUCCESS", outcome.name, "The account was created")
    login.log_in(world, me, outcome, out)
