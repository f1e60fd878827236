"""Admits guests with an invite code, where a guest needs one. Elsewhere a code is only counted.

A guest who comes back does not use the code again. It is recognised by its key, see `commands.guest`, and by
nothing else. A client without a key is recognised by the nick and the address of a guest without a key whom
the code has admitted, or who was connected within the last hour. One of them is not enough: many people share
an address, and everybody can use a nick. Those without a key who often connect from other addresses need an
account, which needs no code.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from chatapp.protocol import names
from chatapp.protocol.code_text import typed_code
from chatapp.protocol.numerics import FailError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import login
from chatapp.server.operations.overview_watch import notify_watchers
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from chatapp.server.storage import invite_codes
from chatapp.server.storage.invite_codes import InviteCode
from chatapp.server.storage.reader import Reader

WANTED = (
    "This chat is by invitation: send an invite code as the password of the server, or log in to an account"
)
WRONG = "The invite code is wrong, used up or expired"
OTHER = "*"
"""The command of a FAIL that no command has caused. Source: IRCv3 standard-replies"""

_APPENDED = re.compile(r"[_0-9]{0,4}")  # what clients append to a nick that is in use
RETURN_MILLISECONDS = 3_600_000  # in which a guest who was here comes back without an invitation
MAX_NICKS = 10  # of one connection under which a guest can come back, so that nobody fills the database

Then = Callable[[World, Session, Outbox], None]


def is_invited(world: World, me: Session) -> bool:
    """Return whether a session may connect or register an account without an invite code."""
    return not _is_needed(world) or me.is_invited or bool(me.account) or me.user is not None


def was_here(world: World, me: Session, now: int) -> bool:
    """Return whether a guest comes back who is connected, or was a while ago.

    It has the key of that guest; or it has no key, and the nick and the address of a guest without a key.
    """
    left = [each for each in world.whowas if now - each.at < RETURN_MILLISECONDS and not each.account]
    if me.guest_key:
        return me.guest_key in world.guests or any(each.client_key == me.guest_key for each in left)
    nick, host = names.fold(me.nick), world.cloak(me.link.address)
    return _follows_another(world, nick, host) or any(
        names.fold(each.nick) == nick and each.host == host and not each.client_key for each in left
    )


def _follows_another(world: World, nick: str, host: str) -> bool:
    """Return whether a nick is that of one connected guest without a key, with something appended.

    A guest whose lost connection the server has not noticed comes back like this. Somebody else at the same
    address cannot be told from it. So only one can follow a guest, not everybody there.
    """
    guests = [
        each.folded
        for each in world.users.values()
        if each.host == host and not each.account and not each.client_key
    ]
    followed = [each for each in guests if _is_appended(nick, each)]
    related = [each for each in guests for first in followed if _is_appended(each, first)]
    return len(followed) == 1 == len(related)  # only the guest itself


def _is_appended(nick: str, first: str) -> bool:
    return nick.startswith(first) and _APPENDED.fullmatch(nick, len(first)) is not None


def check_code(world: World, me: Session, out: Outbox, then: Then) -> None:
    """Admit a session if the password that it has sent with PASS is an invite code; else close it.

    The code is looked up in another thread.

    Args:
        then: Called if the session is admitted.

    Sends:
        FAIL * INVITE_REQUIRED, INVALID_CODE or TEMPORARILY_UNAVAILABLE, and ERROR.
    """
    code, nick = me.password, me.nick
    if not code:
        _refuse(me, "INVITE_REQUIRED", WANTED, out)
        return
    if not login.allow_attempt(world, me, invite_codes.label_of(code), out):
        _refuse(me, "TEMPORARILY_UNAVAILABLE", login.TOO_OFTEN, out)
        return
    guests, former = _guests(world, me, nick), _former_guest(world, me, nick)
    changes = world.code_changes
    is_back = was_here(world, me, out.now)

    def find(reader: Reader) -> tuple[InviteCode | None, bool, bool]:
        is_known, was_known = (invite_codes.has_guest(reader, code, each) for each in (guests, former))
        return invite_codes.find(reader, code), is_known, was_known

    def found(world: World, me: Session, result: tuple[InviteCode | None, bool, bool], out: Outbox) -> None:
        invite, is_known, was_known = result
        is_known = is_known or was_known or is_back
        if invite is None or not invite.is_typed(code) or invite.has_ended(out.now):
            _refuse(me, "INVALID_CODE", WRONG, out)
            return
        login.withdraw_attempt(world, me, invite.label)
        if world.code_changes != changes:  # the code may be used up or revoked by now: read it again
            check_code(world, me, out, then)
            return
        if not is_known and not invite.is_valid(out.now):
            _refuse(me, "INVALID_CODE", WRONG, out)
            return
        me.is_invited, me.invite_label = True, invite.label
        if not is_known:
            count_use(world, invite, out)
        for guest in guests:
            out.save(invite_codes.insert_guest(invite.label, guest))
        if was_known:
            out.save(invite_codes.delete_guest(invite.label, former[0]))  # only one can be this guest
        then(world, me, out)

    out.run_job(find, found)


def count_code(world: World, me: Session, nick: str, out: Outbox) -> None:
    """Count the invite code that a session has sent with PASS, where nobody needs one.

    The code is looked up in another thread. A wrong one has no effect. The session is told nothing.
    People share an address here, so one without a key who comes back is known by the nick only.

    Sends:
        As `count_use`.
    """
    code, guests = me.password, _guests(world, me, nick)
    if _is_needed(world) or me.is_invited or not typed_code(code):
        return

    def find(reader: Reader) -> InviteCode | None:
        is_known = invite_codes.has_guest(reader, code, guests[:1])
        return None if is_known else invite_codes.find(reader, code)

    def found(world: World, me: Session, invite: InviteCode | None, out: Outbox) -> None:
        if invite is not None and invite.matches(code, out.now):
            me.is_invited = True
            count_use(world, invite, out, is_needed=False)
            for guest in guests:
                out.save(invite_codes.insert_guest(invite.label, guest))

    out.run_job(find, found)


def follow_nick(me: Session, nick: str, out: Outbox) -> None:
    """Let a guest whom a code has admitted come back under a new nick, too."""
    if me.invite_label and not me.guest_key and me.invited_nicks < MAX_NICKS:
        me.invited_nicks += 1
        out.save(invite_codes.insert_guest(me.invite_label, _nick_row(nick)))


def count_use(world: World, invite: InviteCode, out: Outbox, is_needed: bool = True) -> None:
    """Count one more use of an invite code.

    Args:
        is_needed: Whether fewer people can use the code now.

    Sends:
        NOTE OVERVIEW CHANGED to the sessions that watch the server.
    """
    world.code_changes += 1
    out.save(invite_codes.use(invite) if is_needed else invite_codes.use_freely(invite))
    out.log_info(f"The invite code {invite.label} of {invite.by} was used")
    notify_watchers(world, "codes", out)


def _is_needed(world: World) -> bool:
    """Return whether guests need a code. Where the server has a password, the password is the invitation."""
    return world.config.accounts.invite_only and not world.config.server.password


def _guests(world: World, me: Session, nick: str) -> tuple[str, ...]:
    """Return what a guest is recognised by: its key, or else the nick and the address."""
    if me.guest_key:
        return (f"key {me.guest_key}",)
    return _nick_row(nick), f"host {world.cloak(me.link.address)}"


def _former_guest(world: World, me: Session, nick: str) -> tuple[str, str]:
    """Return what a guest was recognised by before there were keys."""
    return f"former {_nick_row(nick)}", f"former host {world.cloak(me.link.address)}"


def _nick_row(nick: str) -> str:
    return f"nick {names.fold(nick)}"


def _refuse(me: Session, code: str, reason: str, out: Outbox) -> None:
    out.refuse(FailError(OTHER, code, reason))
    out.close(me, reason)
