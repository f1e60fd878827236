"""Completes connection registration: checks, welcome, default channels, undelivered messages.

Source: modern IRC "Connection Registration".
"""

from __future__ import annotations

from chatapp.protocol import numerics
from chatapp.protocol.numerics import FailError, NumericError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import (
    account_changes,
    enforce_bans,
    guest_nicks,
    invitations,
    login,
    membership,
    metadata_changes,
    monitoring,
    nicks,
    presence,
    welcome,
)
from chatapp.server.state.accounts import Account
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

CLOSED = "This chat is closed to new people for now: log in to an account, or try again later"


def log_in_by_pass(world: World, me: Session, outcome: login.Outcome, out: Outbox) -> None:
    """Log in with the account and password of PASS, or close the connection.

    Sends:
        As `login.log_in`; or 464 and ERROR.
    """
    if isinstance(outcome, Account):
        login.log_in(world, me, outcome, out)
    else:
        out.reply(numerics.ERR_PASSWDMISMATCH)
        out.close(me, outcome)


def complete(world: World, me: Session, out: Outbox) -> None:
    """Complete the registration if the client has sent NICK, USER, CAP END and the passwords.

    Sends:
        001 to 005, LUSERS and MOTD; JOIN, topic and names of channels; 730 to sessions that monitor the nick.
    Errors:
        464 wrong server password, 906 SASL not finished, FAIL ACCOUNT_REQUIRED, INVITE_REQUIRED,
        INVALID_CODE, 465 banned, 433 nick in use.
    """
    if me.user or me.is_negotiating or not me.nick or not me.username:
        return
    if not account_changes.has_server_password(world, me):
        out.reply(numerics.ERR_PASSWDMISMATCH)
        out.close(me, "Wrong server password")
        return
    if me.sasl:
        me.sasl = None
        out.reply(numerics.ERR_SASLABORTED)
    if world.config.accounts.members_only and not me.account:
        reason = "This server is for members only: log in to an account"
        out.refuse(FailError("*", "ACCOUNT_REQUIRED", reason))
        out.close(me, f"{reason}, with SASL or with PASS account:password")
        return
    if world.live_settings.closed and not me.account and not invitations.was_here(world, me, out.now):
        out.refuse(FailError("*", "ACCOUNT_REQUIRED", CLOSED))
        out.close(me, CLOSED)
        return
    if enforce_bans.refuse_if_banned(world, me, out):
        return
    if not invitations.is_invited(world, me):
        invitations.check_code(world, me, out, complete)
        return
    nick, me.nick = me.nick, ""
    user = nicks.claim_nick(world, me, nick, out)
    world.unregistered.discard(me)
    if user:
        nicks.add_session(world, me, user, out)
        metadata_changes.apply_pending(world, me, user, out)
        welcome.send_welcome(world, me, user, out)
        presence.update_secure_mode(world, user, out)
        nicks.send_user_state(me, user, out)
    else:
        user = _create_user(world, me, nick, out)
    invitations.count_code(world, me, user.nick, out)
    me.password = ""
    if me.account:
        login.finish_login(world, me, user, out)


def _create_user(world: World, me: Session, nick: str, out: Outbox) -> User:
    """Add a user with this nick for a session, and add it to the default channels."""
    host = world.cloak(me.link.address)
    guest_key = "" if me.guest_key in world.guests else me.guest_key  # two users are never the same guest
    user = me.user = User(world.ids.new_id(), nick, me.username, host, me.realname, out.now, guest_key)
    user.client_key = me.guest_key
    user.sessions.append(me)
    user.away = me.away
    world.add_user(user)
    world.set_account(user, me.account)
    guest_nicks.note_present(world, user, out)
    out.log_info(f"Username is {nick}")
    metadata_changes.apply_pending(world, me, user, out)
    welcome.send_welcome(world, me, user, out)
    presence.update_secure_mode(world, user, out)
    for name in world.config.channels.default:
        try:
            membership.join_channel(world, user, name, "", out)
        except (NumericError, FailError) as error:
            out.refuse(error)
    monitoring.notify_online(world, user, out)
    return user
