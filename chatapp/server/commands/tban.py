"""TBAN: bans and mutes in a channel that end by themselves, or have a reason.

Source: the command of the same name of InspIRCd (module timedbans), which has no reason.
"""

from __future__ import annotations

from chatapp.protocol import numerics
from chatapp.protocol.message import Message, cut, middle
from chatapp.protocol.modes import MODE_LEVEL, ModeChange
from chatapp.protocol.numbers import counted
from chatapp.protocol.numerics import FailError, NumericError
from chatapp.protocol.timestamps import iso_or_star
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import mode_changes
from chatapp.server.operations.enforce_bans import duration_text
from chatapp.server.operations.mode_changes import MaskEnd
from chatapp.server.state import bans
from chatapp.server.state.channel import Channel, MaskEntry
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

MAX_SECONDS = 10 * 366 * 86_400
REASON_BYTES = 200


def tban(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """TBAN <channel> [<duration> <mask> [:<reason>]]: ban with an end or a reason, or list these bans.

    The mask is one of MODE +b: nick!user@host, ~account:name, or with ~m: in front for a mute. The duration
    is 90s, 30m, 12h, 7d, 2w, 1d12h or a number of minutes; 0 is for ever. MODE -b ends the ban earlier. A
    mask that is banned already gets the new end and reason.

    Sends:
        MODE to the members, now, with the reason as a tag, and at the end of the ban; NOTE TBAN ADDED to the
        sender. Or NOTE TBAN ENTRY for each ban with an end or a reason, and NOTE TBAN END. `*` stands for no
        end.
    Errors:
        403 no such channel, 442 a secret channel, 461 no mask, 478 the list is full, 482 not permitted, 696 a
        bad mask; FAIL TBAN INVALID_DURATION.
    """
    channel = world.channel(msg.params[0])
    if not world.may_see_channel(user, channel):
        raise NumericError(numerics.ERR_NOTONCHANNEL, channel.name)
    if len(msg.params) == 1:
        _list(channel, out)
        return
    if len(msg.params) < 3:
        raise NumericError(numerics.ERR_NEEDMOREPARAMS, "TBAN")
    duration, mask, reason = msg.params[1], msg.params[2], " ".join(msg.params[3:])
    seconds = bans.parse_duration(duration)
    if channel.effective_level(user) < MODE_LEVEL:
        raise NumericError(numerics.ERR_CHANOPRIVSNEEDED, channel.name)
    if seconds is None or seconds > MAX_SECONDS:
        text = "Give a duration such as 30m, 12h or 7d, at most ten years, or 0 for no end"
        raise FailError("TBAN", "INVALID_DURATION", text, channel.name, duration)
    end = MaskEnd(out.now + seconds * 1000 if seconds else 0, cut(reason, REASON_BYTES))
    for done in mode_changes.change(world, user, channel, [ModeChange("+", "b", mask)], out, end):
        text = f"Banned {duration_text(end.until)}"
        out.note("TBAN", "ADDED", text, channel.name, done.parameter or "", iso_or_star(end.until))


def _list(channel: Channel, out: Outbox) -> None:
    entries = [entry for entry in channel.lists.get("b", {}).values() if _is_listed(entry, out.now)]
    for entry in entries:
        out.note(
            "TBAN", "ENTRY", entry.reason or "No reason given",
            channel.name, entry.mask, iso_or_star(entry.until), middle(entry.by),
        )  # fmt: skip
    out.note("TBAN", "END", counted(len(entries), "ban"), channel.name)


def _is_listed(entry: MaskEntry, now: int) -> bool:
    return entry.until > now or (not entry.until and entry.reason != "")
