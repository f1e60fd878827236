"""Applies server bans to the sessions that are connected."""

from __future__ import annotations

from chatapp.protocol import names, numerics
from chatapp.protocol.timestamps import iso
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import presence
from chatapp.server.state import bans
from chatapp.server.state.bans import Ban, BanSubject
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import ban_rows


def forget(world: World, house: Session, out: Outbox) -> None:
    """Drop the bans that are over."""
    for each in list(world.bans):
        if not each.is_active(out.now):
            world.bans.remove(each.mask)
            out.save(ban_rows.delete(each))


def greet(world: World, me: Session, out: Outbox) -> None:
    """Somebody has connected: hang up on who comes from a banned address.

    Sends   465 and ERROR
    """
    if found := world.bans.find_for_address(me.link.address, out.now):
        _hang_up(me, found, out)


def turn_away(world: World, me: Session, out: Outbox) -> bool:
    """Whether this session is banned, now that it has said who it is; then it is told so and closed.

    Sends   465 and ERROR
    """
    person = person_of(world, me)
    found = None if _has_role(world, person.account) else world.bans.find(person, out.now)
    if found:
        _hang_up(me, found, out)
    return found is not None


def person_of(world: World, session: Session) -> BanSubject:
    """What bans are held against."""
    address = session.link.address
    if user := session.user:
        return BanSubject(address, user.nick, user.username, user.host, user.account)
    return BanSubject(address, session.nick, session.username, world.cloak(address), session.account)


def put_out(world: World, new: Ban, out: Outbox) -> None:
    """Hang up on whom it fits. Who is banned with all sessions does not stay in the channels either."""
    for session in list(world.unregistered):
        if bans.matches(new.mask, person_of(world, session)):
            _hang_up(session, new, out)
    for user in list(world.users.values()):
        if not user.is_operator:
            _put_out_user(world, user, new, out)


def _put_out_user(world: World, user: User, new: Ban, out: Outbox) -> None:
    hit = [session for session in user.sessions if bans.matches(new.mask, person_of(world, session))]
    nowhere = BanSubject("", user.nick, user.username, user.host, user.account)
    if len(hit) == len(user.sessions) and (hit or bans.matches(new.mask, nowhere)):
        for session in hit:
            out.reply_to(session, numerics.ERR_YOUREBANNEDCREEP, _words(new))
        presence.expel(world, user, _farewell(new), _farewell(new), out)
    else:
        for session in hit:
            _hang_up(session, new, out)


def _hang_up(session: Session, found: Ban, out: Outbox) -> None:
    out.reply_to(session, numerics.ERR_YOUREBANNEDCREEP, _words(found))
    out.close(session, _farewell(found))


def _has_role(world: World, account: str) -> bool:
    found = world.accounts.get(names.fold(account)) if account else None
    return bool(found and found.role != "member")


def until_words(found: Ban) -> str:
    return f"until {iso(found.until)}" if found.until else "for ever"


def _words(found: Ban) -> str:
    return f"You are banned from this server {until_words(found)}: {found.reason}"


def _farewell(found: Ban) -> str:
    return f"Banned: {found.reason}"
