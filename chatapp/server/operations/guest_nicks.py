"""Reserves the nick of a guest who has left: only the client with the key of the guest gets it.

A nick is reserved for `guest_nick_hours` of the configuration; after a crash from the start of the server on.
"""

from __future__ import annotations

from chatapp.protocol import names
from chatapp.protocol.timestamps import HOUR_MILLISECONDS
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.guest_nicks import AbsentGuest
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import guest_rows


def is_reserved(world: World, me: Session, nick: str, now: int) -> bool:
    """Return whether a nick is reserved for a guest other than the one of this session."""
    guest = world.guest_nicks.holder(names.fold(nick))
    if guest is None or end_of(world, guest) <= now:
        return False
    return guest.identity != (me.user.guest_key if me.user else me.guest_key)


def end_of(world: World, guest: AbsentGuest) -> int:
    """Return until when the nick of a guest is reserved, in milliseconds."""
    return guest.since + world.config.accounts.guest_nick_hours * HOUR_MILLISECONDS


def note_present(world: World, user: User, out: Outbox) -> None:
    """Store under which nick a guest is connected. With an account it needs no reservation."""
    if user.guest_key:
        world.forget_guest(user.guest_key)
        out.save(guest_rows.upsert(_row(user, 0)))


def note_left(world: World, user: User, out: Outbox) -> None:
    """Reserve the nick of a guest who leaves; forget the first of too many guests."""
    if not user.guest_key:
        return
    guest = _row(user, out.now)
    if not world.config.accounts.guest_nick_hours:
        guest = guest._replace(nick="")
    world.guest_nicks.add(guest)
    out.save(guest_rows.upsert(guest))
    drop_surplus(world, user.host, out)


def drop_surplus(world: World, host: str, out: Outbox) -> None:
    """Forget the guests who left first, if there are too many."""
    for each in world.guest_nicks.surplus(world.config.limits.guests, host):
        world.drop_guest(each.identity)
        for save in guest_rows.delete(each.identity):
            out.save(save)


def drop_ended(world: World, session: Session, out: Outbox) -> None:
    """Let everybody use the nicks that are not reserved any more."""
    hours = world.config.accounts.guest_nick_hours
    for guest in world.guest_nicks.ended(out.now - hours * HOUR_MILLISECONDS):
        world.free_reserved_nick(names.fold(guest.nick))


def free(world: World, nick: str, out: Outbox) -> AbsentGuest | None:
    """Let everybody use a reserved nick, also after a restart.

    Returns:
        The guest for whom it was reserved; None if it was not.
    """
    guest = world.free_reserved_nick(names.fold(nick))
    if guest:
        out.save(guest_rows.upsert(guest._replace(nick="")))
    return guest


def _row(user: User, since: int) -> AbsentGuest:
    return AbsentGuest(user.guest_key, "" if user.account else user.nick, user.host, since)
