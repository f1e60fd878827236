"""Logging in and out, whichever way the password came: SASL, PASS or NickServ.

A password is checked by a job, against what the database says at that moment. Attempts that fail are limited:
see `attempts`.
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
from chatapp.server.storage import account_rows
from chatapp.server.storage.reader import Reader

WRONG = "Wrong account name or password"
TOO_OFTEN = "Too many attempts, wait a minute"
MEMBERS_ONLY = "This server is for members: log in to come back"
BUSY = "Too many people log in at this moment, try again"

Outcome = Account | str
"""The account, or the words why not."""

Then = Callable[[World, Session, Outcome, Outbox], None]


def check_password(world: World, me: Session, name: str, password: str, out: Outbox, then: Then) -> None:
    """Check a password, then go on with what came of it. Nothing may have been changed before.

    For a name without an account it takes as long.
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
    nobodys = world.decoy_credentials(folded)

    def check(reader: Reader) -> Outcome:
        account = account_rows.find(reader, folded)
        credentials = Credentials.parse(account.credentials) if account else nobodys
        fits = credentials.fits(password)  # takes long: the account may have been deleted meanwhile
        return account if fits and account and account_rows.find(reader, folded) == account else WRONG

    def checked(world: World, me: Session, outcome: Outcome | None, out: Outbox) -> None:
        if isinstance(outcome, Account):
            outcome = confirmed_account(world, before, outcome) or WRONG
        if outcome != WRONG:
            withdraw_attempt(world, me, name)
        then(world, me, outcome or BUSY, out)

    out.later(check, checked, kind="hash")


def confirmed_account(world: World, before: Account | None, found: Account) -> Account | None:
    """The account that somebody has proven to own, as it is now.

    What the database said is so from now on here too, since `run_server.py account` may have changed it. But
    this server may have changed the account while the job was under way: then what it knows is newer.

    Args:
        before: What this server knew when the job was given.
        found: What the database said.

    Returns:
        None when the account is gone, or has another password than the one that was checked; also when it has
        taken the place of a deleted one that this server still knows, for the second until that has ended.
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
    """Whether one more attempt is allowed; it counts until it is forgiven."""
    return world.password_attempts.allow(me.link.address, names.fold(name), out.clock)


def withdraw_attempt(world: World, me: Session, name: str) -> None:
    """The last attempt does not count."""
    world.password_attempts.forgive(me.link.address, names.fold(name))


def allow_registration(world: World, me: Session, out: Outbox) -> bool:
    """Whether one more account may be made from this address; it counts."""
    return world.registrations.allow(me.link.address, out.clock)


def is_shared(me: Session, account: Account) -> bool:
    """Whether other sessions hold this one to another account: it cannot change alone."""
    user = me.user
    return _changes(user, account) and user is not None and len(user.sessions) > 1


def silenced_reason(me: Session, account: Account | None) -> str:
    """Why this user may not change to another account, or log out if it is None; empty when it is allowed.

    A ban or mute may be one of the account. Guests may log in: that lifts none of theirs.
    """
    user = me.user
    channel = speak_permissions.silencing_channel(user) if user and _changes(user, account) else None
    return f"You are banned or muted in {channel.name}; leave it first" if channel else ""


def _changes(user: User | None, account: Account | None) -> bool:
    return bool(user and user.account and (account is None or user.account != account.name))


def log_in(world: World, me: Session, account: Account, out: Outbox, *also: numerics.Numeric) -> None:
    """A session has proven whose it is.

    Takes   also: numerics that follow the first
    Sends   900; ACCOUNT to everybody who shares a channel and knows account-notify; then what comes with an
            account: ranks, a nick that was refused, direct messages that wait
    Source  IRCv3 sasl-3.1, account-notify
    """
    words = f"You are now logged in as {account.name}"
    out.reply(numerics.RPL_LOGGEDIN, _source(world, me), account.name, words)
    for numeric in also:
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
    """Somebody who is logged in has come: they stay from now on, and get what waited for them."""
    me.refused_nick = ""
    out.log_info(f"{user.nick} is logged in as {user.account}")
    server_roles.restore_role(world, user, out)
    nicks.merge_absent_users(world, user, out)
    presence.make_persistent(world, user, out)
    offline_messages.deliver(user, out)


def log_out(world: World, user: User, out: Outbox) -> None:
    """Somebody is a guest again. A server for members disconnects them.

    Sends:
        901; ACCOUNT as above; ERROR.
    """
    presence.end_persistence(user, out)
    _change_account(world, user, "", out)
    server_roles.restore_role(world, user, out)
    for session in user.sessions:
        out.reply_to(session, numerics.RPL_LOGGEDOUT, user.source)
    if world.config.accounts.members_only:
        presence.disconnect_user(world, user, MEMBERS_ONLY, "Logged out", out)


def _change_account(world: World, user: User, name: str, out: Outbox) -> None:
    message = out.relayed(user, "ACCOUNT", name or "*")
    before = user.identity
    world.set_account(user, name)
    out.send(world.observers(user), message, wants=ACCOUNT_NOTIFY)
    metadata_notify.notify_login(world, user, before, out)


def _source(world: World, me: Session) -> str:
    if me.user:
        return me.user.source
    return f"{me.nick or '*'}!{me.username or '*'}@{world.cloak(me.link.address)}"
