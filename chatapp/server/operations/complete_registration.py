"""The end of connection registration: checks, the welcome, and what waited for the user."""

from __future__ import annotations

from chatapp.protocol import numerics
from chatapp.protocol.numerics import FailError, NumericError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import (
    account_changes,
    enforce_bans,
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


def with_account(world: World, me: Session, outcome: login.Outcome, out: Outbox) -> None:
    if isinstance(outcome, Account):
        login.log_in(world, me, outcome, out)
    else:
        out.reply(numerics.ERR_PASSWDMISMATCH)
        out.close(me, outcome)


def complete(world: World, me: Session, out: Outbox) -> None:
    """Complete the registration if everything is there."""
    if me.user or me.is_negotiating or not me.nick or not me.username:
        return
    if not account_changes.may_connect(world, me):
        out.reply(numerics.ERR_PASSWDMISMATCH)
        out.close(me, "Wrong server password")
        return
    if me.sasl:
        me.sasl = None
        out.reply(numerics.ERR_SASLABORTED)
    if world.config.accounts.members_only and not me.account:
        words = "This server is for members: log in to an account"
        out.refuse(FailError("*", "ACCOUNT_REQUIRED", words))
        out.close(me, f"{words}, by SASL or with PASS account:password")
        return
    if enforce_bans.turn_away(world, me, out):
        return
    nick, me.nick = me.nick, ""
    there = nicks.claim(world, me, nick, out)
    world.unregistered.discard(me)
    if there:
        nicks.join_user(world, me, there, out)
        metadata_changes.bring(world, me, there, out)
        welcome.welcome(world, me, there, out)
        presence.tell_secrecy(world, there, out)
        nicks.show_user(me, there, out)
    else:
        there = _arrive(world, me, nick, out)
    me.password = ""
    if me.account:
        login.settle(world, me, there, out)


def _arrive(world: World, me: Session, nick: str, out: Outbox) -> User:
    host = world.cloak(me.link.address)
    user = me.user = User(world.ids.new_id(), nick, me.username, host, me.realname, out.now)
    user.sessions.append(me)
    user.away = me.away
    world.add_user(user)
    world.set_account(user, me.account)
    out.log_info(f"Username is {nick}")
    metadata_changes.bring(world, me, user, out)
    welcome.welcome(world, me, user, out)
    presence.tell_secrecy(world, user, out)
    for name in world.config.channels.default:
        try:
            membership.enter(world, user, name, "", out)
        except (NumericError, FailError) as error:
            out.refuse(error)
    monitoring.came(world, user, out)
    return user
