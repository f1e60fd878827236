"""Login and logout, by SASL, PASS or NickServ.

A worker checks the password against the account in the database at that moment. Failed attempts are limited,
see `state/password_attempts.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from chatapp.protocol import names, numerics
from chatapp.protocol.capabilities import ACCOUNT_NOTIFY
from chatapp.protocol.credentials import Credentials
from chatapp.protocol.numerics import NumericError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import (
    channel_ranks,
    enforce_bans,
    file_announcements,
    guest_nicks,
    metadata_changes,
    metadata_notify,
    nicks,
    offline_messages,
    presence,
    server_roles,
    speak_permissions,
)
from chatapp.server.state.accounts import Account
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import account_rows, file_rows
from chatapp.server.storage.reader import Reader

WRONG = "Wrong account name or password"
TOO_OFTEN = "Too many attempts, wait a minute"
MEMBERS_ONLY = "This server is for members only: log in to return"
BUSY = "Too many users are logging in at the moment: try again"

Outcome = Account | str
"""The account; or why the login failed, as a sentence for the user."""

OnChecked = Callable[[World, Session, Outcome, Outbox], None]


def check_password(world: World, me: Session, name: str, password: str, out: Outbox, then: OnChecked) -> None:
    """Check a password in another thread, then call `then` with the outcome.

    A name without an account takes the same time, so that timing does not reveal which accounts exist. The
    caller must not have changed the world before.
    """
    limits = world.config.limits
    if len(name) > limits.nick or len(password.encode()) > limits.password:
        then(world, me, WRONG, out)
        return
    if not allow_attempt(world, me, name, out):
        then(world, me, TOO_OFTEN, out)
        return
    folded = names.fold(name)
    before = world.accounts.get(folded)
    decoy = world.decoy_credentials(folded)

    def check(reader: Reader) -> Outcome:
        account = account_rows.find(reader, folded)
        credentials = Credentials.parse(account.credentials) if account else decoy
        fits = credentials.matches(password)  # slow: the account may have been deleted meanwhile
        return account if fits and account and account_rows.find(reader, folded) == account else WRONG

    def checked(world: World, me: Session, outcome: Outcome | None, out: Outbox) -> None:
        if isinstance(outcome, Account):
            outcome = confirmed_account(world, before, outcome) or WRONG
        if outcome != WRONG:
            withdraw_attempt(world, me, name)
        then(world, me, outcome or BUSY, out)

    out.run_job(check, checked, kind="hash")


def confirmed_account(world: World, before: Account | None, found: Account) -> Account | None:
    """Return the current state of an account whose password was checked.

    The account of the database replaces the one in memory, since `run_server.py account` may have changed it;
    unless the server changed the account while the worker was busy: then the one in memory is newer.

    Args:
        before: The account in memory when the check began.
        found: The account in the database.

    Returns:
        None if the account was deleted or its password changed; also if it replaced a deleted account that is
        still in memory, which lasts up to a second.
    """
    now = world.accounts.get(found.folded)
    if now and now.number != found.number:
        return None
    if now is before:
        if now != found:
            world.add_account(found)
        return found
    return now if now and now.credentials == found.credentials else None


def allow_attempt(world: World, me: Session, name: str, out: Outbox) -> bool:
    """Count an attempt to log in; return whether it is allowed. `withdraw_attempt` takes it back."""
    return world.password_attempts.allow(me.link.address, names.fold(name), out.clock)


def withdraw_attempt(world: World, me: Session, name: str) -> None:
    """Take back the last attempt, which did not fail."""
    world.password_attempts.withdraw(me.link.address, names.fold(name))


def allow_registration(world: World, me: Session, out: Outbox) -> bool:
    """Count a registration; return whether this address may create one more account."""
    return world.registrations.allow(me.link.address, out.clock)


def is_shared(me: Session, account: Account) -> bool:
    """Return whether this session cannot change to another account, since its user has other sessions."""
    user = me.user
    return _changes(user, account) and user is not None and len(user.sessions) > 1


def silenced_reason(me: Session, account: Account | None) -> str:
    """Return why a user may not change the account because of a ban or mute, or "" if it may.

    A ban may name the account, so another account would evade it. Guests may log in: their bans stay.

    Args:
        account: The new account; None to log out.
    """
    user = me.user
    channel = speak_permissions.silencing_channel(user) if user and _changes(user, account) else None
    return f"You are banned or muted in {channel.name}: leave it first" if channel else ""


def _changes(user: User | None, account: Account | None) -> bool:
    return bool(user and user.account and (account is None or user.account != account.name))


def log_in(world: World, me: Session, account: Account, out: Outbox, *further: numerics.Numeric) -> None:
    """Log a session in to an account whose password, certificate or creation was checked.

    Args:
        further: Numerics to send after the 900.

    Sends:
        900; ACCOUNT to sessions with account-notify that share a channel; then MODE for ranks of the account,
        NICK if the account's nick was refused before, and stored direct messages.
    Source:
        IRCv3 sasl-3.1, account-notify.
    """
    text = f"You are now logged in as {account.name}"
    out.reply(numerics.RPL_LOGGEDIN, _source(world, me), account.name, text)
    for numeric in further:
        out.reply(numeric)
    user = me.user
    if user is None:
        me.account = account.name
    elif user.account != account.name:
        was_guest = not user.account
        presence.end_persistence(user, out)
        _change_account(world, user, account.name, out)
        if enforce_bans.refuse_if_banned(world, me, out):
            return
        channel_ranks.restore_ranks(world, user, was_guest, out)
        if names.fold(me.refused_nick) == account.folded:
            user = _take_account_nick(world, me, user, account.name, out)
        finish_login(world, me, user, out)


def _take_account_nick(world: World, me: Session, user: User, name: str, out: Outbox) -> User:
    try:
        return nicks.change_nick(world, me, user, name, out)
    except NumericError as refused:
        out.refuse(refused)
        return user


def finish_login(world: World, me: Session, user: User, out: Outbox) -> None:
    """Finish the login of a registered user: role, merged users, persistence, stored direct messages."""
    me.refused_nick = ""
    out.log_info(f"{user.nick} is logged in as {user.account}")
    server_roles.restore_role(world, user, out)
    nicks.merge_absent_users(world, user, out)
    presence.make_persistent(world, user, out)
    offline_messages.deliver(user, out)


def log_out(world: World, user: User, out: Outbox) -> None:
    """Make a user a guest. A server that is for members only disconnects it.

    Sends:
        901; ACCOUNT to sessions with account-notify that share a channel; ERROR if the user is disconnected.
    """
    presence.end_persistence(user, out)
    _change_account(world, user, "", out)
    server_roles.restore_role(world, user, out)
    for session in user.sessions:
        out.reply_to(session, numerics.RPL_LOGGEDOUT, user.source)
    if world.config.accounts.members_only:
        presence.disconnect_user(world, user, MEMBERS_ONLY, "Logged out", out)


def _change_account(world: World, user: User, name: str, out: Outbox) -> None:
    message = out.message_from(user, "ACCOUNT", name or "*")
    before, is_account = user.identity, bool(user.account)
    shown = "" if user.account else world.display_name(before)
    world.set_account(user, name)
    guest_nicks.note_present(world, user, out)
    out.send(world.observers(user), message, required_caps=ACCOUNT_NOTIFY)
    if name and not is_account:
        world.files.change_owner(before, user.identity)
        out.save(file_rows.change_owner(before, user.identity))
    file_announcements.update_user(world, user, out)
    metadata_notify.notify_login(world, user, before, out)
    metadata_changes.keep_display_name(world, user, shown, out)


def _source(world: World, me: Session) -> str:
    if me.user:
        return me.user.source
    return f"{me.nick or '*'}!{me.username or '*'}@{world.cloak(me.link.address)}"
