"""BAN and UNBAN: bans from the server. KLINE and DLINE are other names for BAN.

A ban of an address or network applies as soon as a client connects. Other bans apply at the end of
registration, when the account is known; users with a role are then exempt. This computer itself cannot be
banned.
"""

from __future__ import annotations

from collections.abc import Sequence

from chatapp.protocol import addresses, names
from chatapp.protocol.message import Message, cut, middle
from chatapp.protocol.numbers import counted
from chatapp.protocol.numerics import FailError
from chatapp.protocol.timestamps import iso_or_star
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.enforce_bans import ban_subject, duration_text, enforce
from chatapp.server.operations.overview_watch import notify_watchers
from chatapp.server.state import bans
from chatapp.server.state.bans import Ban, BanMask
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import ban_rows

MASK_BYTES = 160
_NOT_IN_NAME = frozenset("!@*?.:/~")


def ban(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """BAN [<target> [<duration>] [:<reason>]]: ban a user, address or mask, or list all bans.

    The target is an account, the nick of a guest, an address, a network such as 192.0.2.0/24, or a mask such
    as nick!user@host or ~account:name. The duration is 30m, 12h, 7d, 2w or a number of minutes; without one
    the ban is permanent. The duration may also come first.

    Sends:
        NOTE BAN ENTRY for each ban and NOTE BAN END, or NOTE BAN ADDED; 465 and ERROR to the banned users.
    Errors:
        401 no such nick or account, 481 not an operator; FAIL BAN INVALID_MASK.
    """
    if not msg.params:
        _show(world, msg.command, out)
        return
    typed, seconds, reason = _parse_target(msg.params)
    mask = _mask(world, typed)
    if not mask or len(mask.encode()) > MASK_BYTES:
        raise FailError(msg.command, "INVALID_MASK", "Not a valid target for a ban", typed)
    if _is_loopback(mask):
        text = "This computer itself cannot be banned; KILL disconnects a user of it"
        raise FailError(msg.command, "INVALID_MASK", text, typed)
    parsed = BanMask(mask)
    if any(parsed.matches(ban_subject(world, session)) for session in user.sessions):
        raise FailError(msg.command, "INVALID_MASK", "This ban would match you", typed)
    reason = cut(reason, world.config.limits.kick) or "No reason given"
    new = Ban(mask, reason, user.nick, out.now, out.now + seconds * 1000 if seconds else 0)
    world.bans.add(new)
    out.save(ban_rows.upsert(new))
    notify_watchers(world, "bans", out)
    out.audit("BAN", mask, f"{duration_text(new.until)}: {reason}")
    out.note(msg.command, "ADDED", f"Banned {duration_text(new.until)}", mask)
    enforce(world, new, out)


def unban(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """UNBAN <target>: remove a ban.

    Sends:
        NOTE UNBAN REMOVED.
    Errors:
        481 not an operator; FAIL UNBAN NO_SUCH_BAN.
    """
    typed = msg.params[0]
    for mask in (typed, bans.full_mask(typed), f"~account:{typed}"):
        if old := world.bans.remove(mask):
            out.save(ban_rows.delete(old))
            notify_watchers(world, "bans", out)
            out.audit("UNBAN", old.mask)
            out.note(msg.command, "REMOVED", "No longer banned", old.mask)
            return
    raise FailError(msg.command, "NO_SUCH_BAN", "There is no such ban; BAN lists all", typed)


def _parse_target(params: Sequence[str]) -> tuple[str, int, str]:
    """Split the parameters into target, duration in seconds (0: permanent) and reason."""
    words = list(params)
    place = 0 if len(words) > 1 and bans.parse_duration(words[0]) is not None else 1
    duration = bans.parse_duration(words[place]) if len(words) > place else None
    if duration is not None:
        del words[place]
    return words[0], duration or 0, " ".join(words[1:])


def _mask(world: World, typed: str) -> str:
    """Return the mask for a target.

    A name without `!`, `@` and the like stands for its account, or the account of the user with this nick, or
    the address of the guest with this nick (for IPv6 the /64 network around it).

    Raises:
        NumericError: 401 no such nick or account.
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


def _is_loopback(mask: str) -> bool:
    network = addresses.parse_network(mask)
    return bool(network and network.is_loopback)


def _show(world: World, command: str, out: Outbox) -> None:
    shown = [each for each in world.bans if each.is_active(out.now)]
    for each in shown:
        text = f"{each.mask} {duration_text(each.until)}, by {each.by}: {each.reason}"
        out.note(command, "ENTRY", text, each.mask, iso_or_star(each.until), middle(each.by))
    out.note(command, "END", counted(len(shown), "ban"))
