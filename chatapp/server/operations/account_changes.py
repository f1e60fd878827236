"""Creates accounts and changes their passwords and certificates.

Source: IRCv3 account-registration.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

from chatapp.protocol import names
from chatapp.protocol.credentials import SALT_BYTES, Credentials
from chatapp.protocol.numerics import FailError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import guest_history, guest_nicks, invitations, login
from chatapp.server.operations.nicks import account_name
from chatapp.server.state.accounts import Account, BadPassword, check_password, is_account_name
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from chatapp.server.storage import account_rows, invite_codes
from chatapp.server.storage.invite_codes import InviteCode

NO_EMAIL = "*"
EMAIL_CHARACTERS = 254  # RFC 5321
COMMAND, VERIFY = "REGISTER", "VERIFY"
CODE_WANTED = "You need an invitation to create an account; give its code"
CODE_NOT_WANTED = "You have no account that needs a code: use REGISTER first"
_EMAIL = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)*")


@dataclass(frozen=True, slots=True)
class PendingAccount:
    """An account that is created when the session gives an invite code, see `redeem_code`."""

    account: Account


OnRedeemed = Callable[[World, Session, Account | FailError, Outbox], None]
OnCreated = Callable[[World, Session, Account | PendingAccount | FailError, Outbox], None]


def create(
    world: World, me: Session, name: str, email: str, password: str, out: Outbox, then: OnCreated
) -> None:
    """Create an account, or a pending one where an invitation is required.

    The password is hashed in another thread, so the checks are made twice: now, and when the hash is ready.

    Args:
        email: `NO_EMAIL` for none.
        then: Called with the account, the pending account, or the error of the second checks.

    Raises:
        FailError: ALREADY_AUTHENTICATED, BAD_ACCOUNT_NAME, ACCOUNT_EXISTS, INVALID_EMAIL, WEAK_PASSWORD,
            UNACCEPTABLE_PASSWORD, TEMPORARILY_UNAVAILABLE.
    """
    check_logged_out(me, COMMAND)
    _check_policy(world, name, COMMAND)
    _check_name(world, me, name, out.now)
    _check_email(world, name, email)
    _check_password(world, name, password)
    if not login.allow_registration(world, me, out):
        raise register_error(
            "TEMPORARILY_UNAVAILABLE",
            "Too many accounts were created from your address: try again later",
            name,
        )

    def hashed(world: World, me: Session, credentials: str | None, out: Outbox) -> None:
        if credentials is None:
            then(world, me, register_error("TEMPORARILY_UNAVAILABLE", login.BUSY, name), out)
            return
        try:  # another session may have taken the name, or registration was closed
            check_logged_out(me, COMMAND)
            _check_policy(world, name, COMMAND)
            _check_name(world, me, name, out.now)
        except FailError as refusal:
            then(world, me, refusal, out)
            return
        address = "" if email == NO_EMAIL else email
        account = Account(name, credentials, "member", address, out.now, world.ids.new_id())
        if world.config.accounts.registration == "invite" or not invitations.is_invited(world, me):
            me.pending_account = account
            then(world, me, PendingAccount(account), out)
        else:
            then(world, me, _add_account(world, me, account, out), out)

    out.run_job(lambda reader: hash_password(password), hashed, kind="hash")


def redeem_code(world: World, me: Session, code: str, out: Outbox, then: OnRedeemed) -> None:
    """Create the pending account of a session if an invite code is valid.

    Args:
        then: Called with the account, or with the error.

    Raises:
        FailError: ALREADY_AUTHENTICATED, INVALID_CODE, BAD_ACCOUNT_NAME, ACCOUNT_EXISTS,
            TEMPORARILY_UNAVAILABLE.
    """
    check_logged_out(me, VERIFY)
    pending = me.pending_account
    if pending is None:
        raise FailError(VERIFY, "INVALID_CODE", CODE_NOT_WANTED, "*")
    name = pending.name
    _check_policy(world, name, VERIFY)
    if not login.allow_attempt(world, me, name, out):
        raise FailError(VERIFY, "TEMPORARILY_UNAVAILABLE", login.TOO_OFTEN, name)
    changes = world.code_changes

    def found(world: World, me: Session, invite: InviteCode | None, out: Outbox) -> None:
        if invite is None or not invite.matches(code, out.now):
            then(world, me, FailError(VERIFY, "INVALID_CODE", invitations.WRONG, name), out)
            return
        login.withdraw_attempt(world, me, name)
        if world.code_changes != changes:  # the code may be used up or revoked by now: read it again
            redeem_code(world, me, code, out, then)
            return
        try:
            check_logged_out(me, VERIFY)
            _check_policy(world, name, VERIFY)
            _check_name(world, me, name, out.now, VERIFY)
        except FailError as refusal:
            then(world, me, refusal, out)
            return
        me.pending_account = None
        me.is_invited = True
        invitations.count_use(world, invite, out)
        then(world, me, _add_account(world, me, pending, out), out)

    out.run_job(lambda reader: invite_codes.find(reader, code), found)


def _add_account(world: World, me: Session, account: Account, out: Outbox) -> Account:
    """Add a new account; what its maker wrote and read as a guest belongs to it."""
    account = guest_history.with_author(world, me, account)
    world.add_account(account)
    out.save(account_rows.insert(account))
    guest_history.pass_on(world, me, account, out)
    out.log_info(f"The account {account.name} was created")
    return account


def check_new_password(world: World, password: str) -> None:
    """Check a new password against the configuration.

    Raises:
        BadPassword: It is too short, too long or has characters that SASL does not allow.
    """
    check_password(password, world.config.limits.password, world.config.accounts.shortest_password)


def hash_password(password: str) -> str:
    """Return the stored form of a password. Slow: it derives a key.

    Thread: a worker.
    """
    return Credentials.make(password, secrets.token_bytes(SALT_BYTES)).stored()


def set_password(world: World, name: str, credentials: str, out: Outbox) -> bool:
    """Set the stored credentials of an account; return False if the account does not exist any more."""
    account = world.accounts.get(names.fold(name))
    if account is None:
        return False
    world.add_account(replace(account, credentials=credentials))
    out.save(account_rows.update_credentials(account, credentials))
    return True


def add_certificate(world: World, account: Account, fingerprint: str, out: Outbox) -> None:
    """Let a certificate log in to an account.

    Args:
        fingerprint: SHA-256 of the certificate, in hexadecimal digits.
    """
    world.certificates[fingerprint] = account.folded
    world.account_changes += 1
    out.save(account_rows.insert_certificate(fingerprint, account))


def remove_certificate(world: World, fingerprint: str, out: Outbox) -> None:
    """Let a certificate no longer log in."""
    del world.certificates[fingerprint]
    world.account_changes += 1
    out.save(account_rows.delete_certificate(fingerprint))


def has_server_password(world: World, me: Session) -> bool:
    """Return whether a session gave the server password, or none is required."""
    wanted = world.config.server.password
    return not wanted or bool(me.user) or secrets.compare_digest(me.password.encode(), wanted.encode())


def check_connection_complete(world: World, me: Session, command: str) -> None:
    """Check that connection registration is complete, unless accounts may be created before.

    Raises:
        FailError: COMPLETE_CONNECTION_REQUIRED.
    """
    if me.user is None and not world.config.accounts.register_before_connect:
        raise FailError(
            command, "COMPLETE_CONNECTION_REQUIRED", "Complete the connection first, then try again"
        )


def check_logged_out(me: Session, command: str) -> None:
    """Check that a session is not logged in.

    Raises:
        FailError: ALREADY_AUTHENTICATED.
    """
    if account := account_name(me):
        raise FailError(command, "ALREADY_AUTHENTICATED", "You are already logged in", account)


def _check_policy(world: World, name: str, command: str) -> None:
    if world.config.accounts.registration == "closed":
        reason = "Only the operators of this server create accounts: ask one of them"
        raise FailError(command, "TEMPORARILY_UNAVAILABLE", reason, name)


def _check_name(world: World, me: Session, name: str, now: int, command: str = COMMAND) -> None:
    if not is_account_name(name, world.config.limits.nick):
        raise FailError(command, "BAD_ACCOUNT_NAME", "An account name must be a valid nick", name)
    folded = names.fold(name)
    holder = world.users.get(folded)
    if folded in world.accounts:
        raise FailError(command, "ACCOUNT_EXISTS", "An account with this name already exists", name)
    if world.is_shown_by_other(me.user.identity if me.user else "", name):
        raise FailError(command, "BAD_ACCOUNT_NAME", "Another user is shown under this name", name)
    if guest_nicks.is_reserved(world, me, name, now):
        raise FailError(
            command, "BAD_ACCOUNT_NAME", "This name is kept for a guest who was here before", name
        )
    if holder and holder is not me.user:
        raise FailError(command, "ACCOUNT_EXISTS", "Another user has this nick at the moment", name)


def _check_email(world: World, name: str, email: str) -> None:
    if email == NO_EMAIL and not world.config.accounts.require_email:
        return
    if len(email) > EMAIL_CHARACTERS or not _EMAIL.fullmatch(email):
        raise register_error("INVALID_EMAIL", "This is not a valid email address", name)


def _check_password(world: World, name: str, password: str) -> None:
    try:
        check_new_password(world, password)
    except BadPassword as bad:
        raise register_error(
            "WEAK_PASSWORD" if bad.is_weak else "UNACCEPTABLE_PASSWORD", str(bad), name
        ) from bad


def register_error(code: str, reason: str, account: str) -> FailError:
    """Return the error of a REGISTER."""
    return FailError(COMMAND, code, reason, account)
