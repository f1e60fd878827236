"""BAN and UNBAN: who may not come in. KLINE and DLINE are other names for it.

A ban of an address or a network holds as soon as somebody connects, others at the end of registration, when
it is known who it is: who has a role is not banned then. This computer itself cannot be banned.
"""

from __future__ import annotations

from collections.abc import Sequence

from chatapp.protocol import addresses, names
from chatapp.protocol.message import Message, cut, middle
from chatapp.protocol.numerics import FailError
from chatapp.protocol.timestamps import iso
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.enforce_bans import person_of, put_out, until_words
from chatapp.server.state import bans
from chatapp.server.state.bans import Ban
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import ban_rows

MASK_BYTES = 160
_NOT_IN_NAME = frozenset("!@*?.:/~")


def ban(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """BAN [<whom> [<duration>] [:<reason>]]: keep somebody out of the server, or show who is kept out.

    Whom: an account by its name, a guest by the nick; an address, a network like 192.0.2.0/24, or a mask like
    nick!user@host or ~account:name. A duration is 30m, 12h, 7d, 2w or a number of minutes; without one it is
    for ever. It may also stand first.

    Sends   NOTE BAN ENTRY for each and NOTE BAN END, or NOTE BAN ADDED; 465 and ERROR to who has to go
    Errors  401 nobody of this name, 481 not an operator; FAIL BAN INVALID_MASK
    """
    if not msg.params:
        _show(world, msg.command, out)
        return
    typed, seconds, reason = _wish(msg.params)
    mask = _mask(world, typed)
    if not mask or len(mask.encode()) > MASK_BYTES:
        raise FailError(msg.command, "INVALID_MASK", "That is nothing that can be banned", typed)
    if _is_here(mask):
        words = "This computer itself cannot be banned; KILL puts out who uses it"
        raise FailError(msg.command, "INVALID_MASK", words, typed)
    if any(bans.fits(mask, person_of(world, session)) for session in user.sessions):
        raise FailError(msg.command, "INVALID_MASK", "That would ban yourself", typed)
    reason = cut(reason, world.config.limits.kick) or "No reason given"
    new = Ban(mask, reason, user.nick, out.now, out.now + seconds * 1000 if seconds else 0)
    world.bans.put(new)
    out.save(ban_rows.upsert(new))
    out.audit("BAN", mask, f"{until_words(new)}: {reason}")
    out.note(msg.command, "ADDED", f"Banned {until_words(new)}", mask)
    put_out(world, new, out)


def unban(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """UNBAN <whom>: let somebody in again who was kept out by BAN.

    Sends   NOTE UNBAN REMOVED
    Errors  481 not an operator; FAIL UNBAN NO_SUCH_BAN
    """
    typed = msg.params[0]
    for mask in (typed, bans.full_mask(typed), f"~account:{typed}"):
        if old := world.bans.remove(mask):
            out.save(ban_rows.delete(old))
            out.audit("UNBAN", old.mask)
            out.note(msg.command, "REMOVED", "Not banned any more", old.mask)
            return
    raise FailError(msg.command, "NO_SUCH_BAN", "There is no such ban; BAN shows all", typed)


def _wish(params: Sequence[str]) -> tuple[str, int, str]:
    """What is to be banned, for how many seconds, and why."""
    words = list(params)
    place = 0 if len(words) > 1 and bans.seconds(words[0]) is not None else 1
    duration = bans.seconds(words[place]) if len(words) > place else None
    if duration is not None:
        del words[place]
    return words[0], duration or 0, " ".join(words[1:])


def _mask(world: World, typed: str) -> str:
    """The mask for what was typed: for a bare name the account of it, or of who is here under it, or else the
    address, of IPv6 the /64 network around it.

    Raises  Refused 401
    """
    if not _NOT_IN_NAME.isdisjoint(typed):
        return bans.full_mask(typed)
    account = world.accounts.get(names.fold(typed))
    if account:
        return f"~account:{account.name}"
    user = world.user(typed)
    if user.account:
        return f"~account:{user.account}"
    return bans.full_mask(addresses.client_block(user.sessions[0].link.address))


def _is_here(mask: str) -> bool:
    network = addresses.parse_network(mask)
    return bool(network and network.is_loopback)


def _show(world: World, command: str, out: Outbox) -> None:
    shown = [each for each in world.bans if each.holds(out.now)]
    for each in shown:
        until = iso(each.until) if each.until else "*"
        words = f"{each.mask} {until_words(each)}, by {each.by}: {each.reason}"
        out.note(command, "ENTRY", words, each.mask, until, middle(each.by))
    out.note(command, "END", f"{len(shown)} bans")
