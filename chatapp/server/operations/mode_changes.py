"""Shows and changes the modes of a channel.

Every mode has a row in `_SETTERS`: a function that checks and makes one change. A new mode needs a row in
`modes.CHANNEL_MODES` and, unless it is a flag, a row here.

Source: modern IRC "Channel Modes"; RFC 2812 section 3.2.3
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from chatapp.protocol import modes, names, numerics
from chatapp.protocol.message import BODY_BYTES, Message
from chatapp.protocol.modes import ModeChange
from chatapp.protocol.numbers import parse_whole
from chatapp.protocol.numerics import NumericError
from chatapp.protocol.timestamps import iso
from chatapp.server.core import message_log
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import channel_ranks
from chatapp.server.state.channel import Channel, MaskEntry
from chatapp.server.state.masks import full_mask
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import channel_rows

MAX_MEMBER_LIMIT = 999_999_999  # members
MAX_SLOW_SECONDS = 86_400
MAX_KEEP_DAYS = 36_500
MAX_MASK_BYTES = 160
AUDITED = "bHS"  # changes that are written to the audit log
MAX_PARAMETERS = 12  # of changes in one MODE message; a message has at most 15 parameters

_KEY = re.compile(r"(?!:)[^ ,]{1,23}")


def show(user: User, channel: Channel, out: Outbox) -> None:
    """Send the modes of a channel and its time of creation: 324 and 329."""
    shown = dict(sorted(channel.modes.items()))
    if "k" in shown and user not in channel.members:
        shown["k"] = "*"
    changes = [ModeChange("+", letter, parameter or None) for letter, parameter in shown.items()]
    out.reply(numerics.RPL_CHANNELMODEIS, channel.name, *(modes.write(changes) if changes else ["+"]))
    out.reply(numerics.RPL_CREATIONTIME, channel.name, str(channel.created // 1000))


class MaskEnd(NamedTuple):
    """When the masks that a command adds end, in milliseconds, and why they are set; 0 for never."""

    until: int = 0
    reason: str = ""


NEVER = MaskEnd()


class _Command:
    """A MODE command for a channel: the sender and the sender's level.

    The functions in `_SETTERS` get a command and one of its changes. They make the change and return it as it
    is sent to the members, or None if it changes nothing.
    """

    __slots__ = ("channel", "end", "level", "limit", "out", "shown", "user", "world")

    def __init__(self, world: World, user: User, channel: Channel, out: Outbox, end: MaskEnd) -> None:
        self.end = end
        self.world = world
        self.user = user
        self.channel = channel
        self.out = out
        self.limit = world.config.limits.masks
        self.shown: set[str] = set()  # lists that were sent; each is sent once
        self.level = channel.effective_level(user)

    def require(self, level: int) -> None:
        """Check the level of the sender.

        Raises:
            NumericError: 482, it is too low.
        """
        if self.level < level:
            raise NumericError(numerics.ERR_CHANOPRIVSNEEDED, self.channel.name)

    def invalid(self, change: ModeChange, text: str) -> NumericError:
        """Return the error 696 for the parameter of a change."""
        typed = change.parameter or ""
        return NumericError(numerics.ERR_INVALIDMODEPARAM, self.channel.name, change.mode, typed, text)


def change(
    world: World,
    user: User,
    channel: Channel,
    requested: Iterable[ModeChange],
    out: Outbox,
    end: MaskEnd = NEVER,
) -> list[ModeChange]:
    """Make each change or send an error, then send MODE to the members for the changes that were made.

    Returns:
        The changes that were made.
    """
    command = _Command(world, user, channel, out, end)
    done = list(_apply_all(command, requested))
    if any(change.mode in modes.STORED for change in done):
        out.save(channel_rows.upsert(channel))
    if moderating := [change for change in done if change.mode in AUDITED]:
        out.audit("MODE", channel.name, " ".join(modes.write(moderating)) + _limits(end))
    for parameters in _lines(f":{user.source} MODE {channel.name} ", done):
        at = channel.next_time(out.now)
        reason = {modes.REASON_TAG: end.reason} if end.reason else None
        message = out.message_from(user, "MODE", channel.name, *parameters, tags=reason, at=at)
        out.send(channel.audience, message)
        message_log.store_event(user, message, [channel], at, out)
    for each in done:
        if each.mode in modes.RANKS and each.parameter:
            channel_ranks.follow_rank(world, channel, world.user(each.parameter), each, out)
    return done


def _limits(end: MaskEnd) -> str:
    """Return when masks end and why they were set, for the audit log; empty if there is neither."""
    if end == NEVER:
        return ""
    return f"{f' until {iso(end.until)}' if end.until else ''}: {end.reason or 'no reason given'}"


def remove_ended_masks(world: World, server: Session, out: Outbox) -> None:
    """Remove the masks whose time is over.

    Sends:
        MODE to the members.
    """
    for channel, letter, entry in world.timed_masks.take_ended(out.now):
        del channel.lists[letter][entry.mask]
        out.save(channel_rows.delete_mask(channel, letter, entry.mask))
        out.send(channel.audience, Message("MODE", (channel.name, f"-{letter}", entry.mask), world.name))


def _apply_all(command: _Command, requested: Iterable[ModeChange]) -> Iterator[ModeChange]:
    is_reported = False  # that the level is too low: one error is enough
    for change in requested:
        try:
            done = _apply(command, change)
        except NumericError as error:
            too_low = error.numeric is numerics.ERR_CHANOPRIVSNEEDED
            if not (too_low and is_reported):
                command.out.refuse(error)
            is_reported = is_reported or too_low
        else:
            if done:
                yield done


def _apply(command: _Command, change: ModeChange) -> ModeChange | None:
    setter = _SETTERS.get(change.mode)
    if setter is None:
        raise NumericError(numerics.ERR_UNKNOWNMODE, change.mode)
    if change.mode in modes.LISTS and change.parameter is None:
        if change.mode not in command.shown:
            command.shown.add(change.mode)
            _show_list(command, change.mode)
        return None
    return setter(command, change)


def _lines(head: str, changes: Iterable[ModeChange]) -> Iterator[list[str]]:
    """Yield the changes as the parameters of as few MODE messages as possible."""
    room = BODY_BYTES - len(head.encode())
    line: list[ModeChange] = []
    for change in changes:
        longer = modes.write([*line, change])
        if line and (len(" ".join(longer).encode()) > room or len(longer) > MAX_PARAMETERS):
            yield modes.write(line)
            line = []
        line.append(change)
    if line:
        yield modes.write(line)


def _rank(command: _Command, change: ModeChange) -> ModeChange | None:
    """Set or unset a rank: o v h a q. Members may unset their own."""
    if not change.parameter:
        raise command.invalid(change, "Give the nick of a member")
    user = command.world.member_of(command.channel, change.parameter)
    if user is not command.user or change.sign == "+":
        command.require(modes.RANKS[change.mode].giver)
    member = command.channel.members[user]
    if (change.mode in member.ranks) == (change.sign == "+"):
        return None
    member.ranks = member.ranks + change.mode if change.sign == "+" else member.ranks.replace(change.mode, "")
    channel_ranks.store_rank(command.channel, user, change, command.out)
    return change._replace(parameter=user.nick)


def _mask(command: _Command, change: ModeChange) -> ModeChange | None:
    """Add a mask to a list or remove it: b e I."""
    command.require(modes.MODE_LEVEL)
    mask = full_mask(change.parameter or "")
    if not mask or len(mask.encode()) > MAX_MASK_BYTES:
        raise command.invalid(change, "Give a mask like nick!user@host or ~account:name")
    entries = command.channel.lists.setdefault(change.mode, {})
    existing = next((each for each in entries if names.fold(each) == names.fold(mask)), None)
    if existing and change.sign == "+" and _is_other_end(entries[existing], command.end):
        _store_mask(command, change.mode, existing)
        return change._replace(parameter=existing)
    if (existing is None) == (change.sign == "-"):
        return None
    if change.sign == "-":
        del entries[existing or mask]
        command.out.save(channel_rows.delete_mask(command.channel, change.mode, existing or mask))
        return change._replace(parameter=existing)
    if len(entries) >= command.limit:
        raise NumericError(numerics.ERR_BANLISTFULL, command.channel.name, change.mode)
    _store_mask(command, change.mode, mask)
    return change._replace(parameter=mask)


def _is_other_end(entry: MaskEntry, end: MaskEnd) -> bool:
    """Return whether a mask is to end earlier, later or never, or gets another reason."""
    return entry.until != end.until or (end.reason not in ("", entry.reason))


def _store_mask(command: _Command, letter: str, mask: str) -> None:
    channel = command.channel
    entry = MaskEntry(mask, command.user.nick, command.out.now // 1000, *command.end)
    channel.lists[letter][mask] = entry
    command.out.save(channel_rows.upsert_mask(channel, letter, entry))
    if entry.until:
        command.world.timed_masks.add(channel, letter, entry)


_LIST_REPLIES = {
    "b": (numerics.RPL_BANLIST, numerics.RPL_ENDOFBANLIST),
    "e": (numerics.RPL_EXCEPTLIST, numerics.RPL_ENDOFEXCEPTLIST),
    "I": (numerics.RPL_INVEXLIST, numerics.RPL_ENDOFINVEXLIST),
}


def _show_list(command: _Command, letter: str) -> None:
    """Send a list. All users can see bans, to know why they cannot join; the other lists need a rank."""
    if letter != "b":
        command.require(modes.MODE_LEVEL)
    row, end = _LIST_REPLIES[letter]
    for entry in command.channel.lists.get(letter, {}).values():
        command.out.reply(row, command.channel.name, entry.mask, entry.by, str(entry.at))
    command.out.reply(end, command.channel.name)


def _flag(command: _Command, change: ModeChange) -> ModeChange | None:
    """Set or unset a flag."""
    command.require(modes.MODE_LEVEL)
    return _set(command, change._replace(parameter=None)) if change.sign == "+" else _unset(command, change)


def _key(command: _Command, change: ModeChange) -> ModeChange | None:
    """Set or unset the key that JOIN needs: k. Unsetting it does not require the key.

    A key is secret, so an invalid one is not repeated in the error.
    """
    command.require(modes.MODE_LEVEL)
    if change.sign == "-":
        return _unset(command, change._replace(parameter="*"))
    key = change.parameter or ""
    if not _KEY.fullmatch(key) or not key.isprintable():
        text = "A key has 1 to 23 characters without spaces and commas, and no colon at the start"
        raise command.invalid(change._replace(parameter="*"), text)
    return _set(command, change)


def _limit(command: _Command, change: ModeChange) -> ModeChange | None:
    """Set or unset the limit of members: l."""
    command.require(modes.MODE_LEVEL)
    if change.sign == "-":
        return _unset(command, change)
    return _set(command, change._replace(parameter=_number(command, change, MAX_MEMBER_LIMIT)))


def _slow_mode(command: _Command, change: ModeChange) -> ModeChange | None:
    """Set or unset slow mode: S, the seconds between two messages of a member without a rank."""
    command.require(modes.MODE_LEVEL)
    if change.sign == "-":
        command.channel.last_message_times.clear()
        return _unset(command, change)
    return _set(command, change._replace(parameter=_number(command, change, MAX_SLOW_SECONDS)))


def _keep_days(command: _Command, change: ModeChange) -> ModeChange | None:
    """Set or unset the days after which messages are deleted: H. `Retention` deletes them."""
    command.require(modes.KEEP_LEVEL)
    if change.sign == "-":
        return _unset(command, change)
    return _set(command, change._replace(parameter=_number(command, change, MAX_KEEP_DAYS)))


def _number(command: _Command, change: ModeChange, most: int) -> str:
    """Return the parameter as a positive whole number."""
    number = parse_whole(change.parameter or "", 1, most)
    if number is None:
        raise command.invalid(change, f"Give a whole number from 1 to {most}")
    return str(number)


def _forward(command: _Command, change: ModeChange) -> ModeChange | None:
    """Set or unset the forward: f. The sender needs a rank in the other channel too."""
    command.require(modes.MODE_LEVEL)
    if change.sign == "-":
        return _unset(command, change)
    target = command.world.channels.get(names.fold(change.parameter or ""))
    if target is None or target is command.channel:
        raise command.invalid(change, "Give the name of another existing channel")
    if target.effective_level(command.user) < modes.MODE_LEVEL:
        raise NumericError(numerics.ERR_CHANOPRIVSNEEDED, target.name)
    return _set(command, change._replace(parameter=target.name))


def _set(command: _Command, change: ModeChange) -> ModeChange | None:
    value = change.parameter or ""
    if command.channel.modes.get(change.mode) == value:
        return None
    command.channel.modes[change.mode] = value
    return change


def _unset(command: _Command, change: ModeChange) -> ModeChange | None:
    return change if command.channel.modes.pop(change.mode, None) is not None else None


_SETTERS: dict[str, Callable[[_Command, ModeChange], ModeChange | None]] = {
    **dict.fromkeys(modes.RANKS, _rank),
    **dict.fromkeys(modes.LISTS, _mask),
    **dict.fromkeys(modes.FLAGS, _flag),
    "k": _key,
    "l": _limit,
    "S": _slow_mode,
    "H": _keep_days,
    "f": _forward,
}
