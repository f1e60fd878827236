"""Applies server bans to the sessions that are connected."""

from __future__ import annotations

from chatapp.protocol import names, numerics
from chatapp.protocol.timestamps import iso
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import guest_nicks, presence
from chatapp.server.operations.overview_watch import notify_watchers
from chatapp.server.state.accounts import Account
from chatapp.server.state.bans import Ban, BanMask, BanSubject
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import ban_rows


def remove_expired(world: World, server: Session, out: Outbox) -> None:
    """Delete expired bans."""
    for each in list(world.bans):
        if not each.is_active(out.now):
            world.bans.remove(each.mask)
            out.save(ban_rows.delete(each))
            notify_watchers(world, "bans", out)


def refuse_banned_address(world: World, me: Session, out: Outbox) -> None:
    """Close a new connection from a banned address.

    Sends:
        465 and ERROR.
    """
    if found := world.bans.find_for_address(me.link.address, out.now):
        _refuse(me, found, out)


def refuse_if_banned(world: World, me: Session, out: Outbox) -> bool:
    """Close a session if a ban matches its nick, user name, account or address.

    Returns:
        Whether it was banned.

    Sends:
        465 and ERROR.
    """
    subject = ban_subject(world, me)
    found = None if _has_role(world, subject.account) else world.bans.find(subject, out.now)
    if found:
        _refuse(me, found, out)
    return found is not None


def ban_of_account(world: World, me: Session, account: Account, now: int) -> str:
    """Return why an account may not be used from the address of a connection; empty if it may."""
    return "" if account.role != "member" else ban_of(world, me, account.name, account.name, now)


def ban_of(world: World, me: Session, nick: str, account: str, now: int) -> str:
    """Return why somebody without a role may not use a connection; empty if they may.

    Args:
        account: Its name; empty for a guest.
    """
    address = me.link.address
    found = world.bans.find(BanSubject(address, nick, "", world.cloak(address), account), now)
    return _ban_text(found) if found else ""


def ban_subject(world: World, session: Session) -> BanSubject:
    """Return the properties of a session that bans match."""
    address = session.link.address
    if user := session.user:
        return BanSubject(address, user.nick, user.username, user.host, user.account)
    return BanSubject(address, session.nick, session.username, world.cloak(address), session.account)


def enforce(world: World, new: Ban, out: Outbox) -> None:
    """Close all sessions that a new ban matches.

    A user whose sessions all match leaves the channels too, even a persistent one. An upload is not closed
    here, but refused, see `file_authorization.break_off_refused`.

    Sends:
        465 and ERROR to these sessions; QUIT to members of shared channels.
    """
    mask = BanMask(new.mask)
    for session in list(world.unregistered):
        if not world.files.is_uploading(session) and mask.matches(ban_subject(world, session)):
            _refuse(session, new, out)
    for user in list(world.users.values()):
        if not user.is_operator:
            _enforce_on_user(world, user, new, mask, out)


def _enforce_on_user(world: World, user: User, new: Ban, mask: BanMask, out: Outbox) -> None:
    matching = [session for session in user.sessions if mask.matches(ban_subject(world, session))]
    without_address = BanSubject("", user.nick, user.username, user.host, user.account)
    if len(matching) == len(user.sessions) and (matching or mask.matches(without_address)):
        for session in matching:
            out.reply_to(session, numerics.ERR_YOUREBANNEDCREEP, _ban_text(new))
        presence.disconnect_user(world, user, _close_reason(new), _close_reason(new), out)
        guest_nicks.free(world, user.nick, out)
    else:
        for session in matching:
            _refuse(session, new, out)


def _refuse(session: Session, found: Ban, out: Outbox) -> None:
    out.reply_to(session, numerics.ERR_YOUREBANNEDCREEP, _ban_text(found))
    out.close(session, _close_reason(found))


def _has_role(world: World, account: str) -> bool:
    found = world.accounts.get(names.fold(account)) if account else None
    return bool(found and found.role != "member")


def duration_text(until: int) -> str:
    """Return the duration of a ban that ends then, in milliseconds, as text; 0 for a ban without an end."""
    return f"until {iso(until)}" if until else "for ever"


def _ban_text(found: Ban) -> str:
    return f"You are banned from this server {duration_text(found.until)} by {found.by}: {found.reason}"


def _close_reason(found: Ban) -> str:
    return f"Banned: {found.reason}"
