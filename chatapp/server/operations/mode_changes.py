"""The modes of a channel, changed one by one.

Every mode has a row in `_MODES`: a function that checks one change and makes it. To add a mode, put its
letter into a table of `modes` and, unless it is a plain flag, a row here.

Source  modern IRC "Channel Modes"; RFC 2812 section 3.2.3
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from chatapp.protocol import modes, names, numerics
from chatapp.protocol.message import BODY_BYTES
from chatapp.protocol.modes import ModeChange
from chatapp.protocol.numbers import parse_whole
from chatapp.protocol.numerics import NumericError
from chatapp.server.core import message_log
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.channel import Channel, MaskEntry, Member
from chatapp.server.state.masks import full_mask
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import channel_rows

MOST_MEMBERS = 999_999_999
SLOWEST = 86_400  # seconds
MASK_BYTES = 160
RECORDED = "bS"  # changes that moderators find in the audit log
LINE_PARAMETERS = 12  # a line has fifteen; the channel and the letters are among them

_KEY = re.compile(r"(?!:)[^ ,]{1,23}")


def show(user: User, channel: Channel, out: Outbox) -> None:
    """324 and 329."""
    held = dict(sorted(channel.modes.items()))
    if "k" in held and user not in channel.members:
        held["k"] = "*"
    changes = [ModeChange("+", letter, parameter or None) for letter, parameter in held.items()]
    out.reply(numerics.RPL_CHANNELMODEIS, channel.name, *(modes.write(changes) if changes else ["+"]))
    out.reply(numerics.RPL_CREATIONTIME, channel.name, str(channel.created // 1000))


class _Editor:
    """A MODE command on a channel: who gives it, and as what.

    The functions of `_MODES` get one, and a change. They make the change and give it back as it is to
    be told, or None when it was that way already.
    """

    __slots__ = ("channel", "level", "limit", "out", "shown", "user", "world")

    def __init__(self, world: World, user: User, channel: Channel, out: Outbox) -> None:
        self.world = world
        self.user = user
        self.channel = channel
        self.out = out
        self.limit = world.config.limits.masks
        self.shown: set[str] = set()  # lists, each of which is shown once
        self.level = channel.effective_level(user)

    def needs(self, level: int) -> None:
        """Raises  Refused 482 for who is below this level"""
        if self.level < level:
            raise NumericError(numerics.ERR_CHANOPRIVSNEEDED, self.channel.name)

    def bad(self, change: ModeChange, words: str) -> NumericError:
        """What is wrong with the parameter of a change."""
        typed = change.parameter or ""
        return NumericError(numerics.ERR_INVALIDMODEPARAM, self.channel.name, change.mode, typed, words)


def change(world: World, user: User, channel: Channel, wishes: Iterable[ModeChange], out: Outbox) -> None:
    """Make each change or say why not, then tell the members what was done."""
    editor = _Editor(world, user, channel, out)
    done = list(_made(editor, wishes))
    if any(change.mode in modes.STORED for change in done):
        out.save(channel_rows.upsert(channel))
    if moderating := [change for change in done if change.mode in RECORDED]:
        out.audit("MODE", channel.name, " ".join(modes.write(moderating)))
    for parameters in _lines(f":{user.source} MODE {channel.name} ", done):
        at = channel.next_time(out.now)
        message = out.relayed(user, "MODE", channel.name, *parameters, at=at)
        out.send(channel.audience, message)
        message_log.store_event(user, message, [channel], at, out)


def _made(editor: _Editor, wishes: Iterable[ModeChange]) -> Iterator[ModeChange]:
    told = False  # that the rank is too low: once is enough
    for wish in wishes:
        try:
            done = _make(editor, wish)
        except NumericError as error:
            too_low = error.numeric is numerics.ERR_CHANOPRIVSNEEDED
            if not (too_low and told):
                editor.out.refuse(error)
            told = told or too_low
        else:
            if done:
                yield done


def _make(editor: _Editor, wish: ModeChange) -> ModeChange | None:
    make = _MODES.get(wish.mode)
    if make is None:
        raise NumericError(numerics.ERR_UNKNOWNMODE, wish.mode)
    if wish.mode in modes.LISTS and wish.parameter is None:
        if wish.mode not in editor.shown:
            editor.shown.add(wish.mode)
            _show_list(editor, wish.mode)
        return None
    return make(editor, wish)


def _lines(head: str, changes: Iterable[ModeChange]) -> Iterator[list[str]]:
    """The changes as the parameters of as few MODE messages as can hold them."""
    room = BODY_BYTES - len(head.encode())
    line: list[ModeChange] = []
    for change in changes:
        longer = modes.write([*line, change])
        if line and (len(" ".join(longer).encode()) > room or len(longer) > LINE_PARAMETERS):
            yield modes.write(line)
            line = []
        line.append(change)
    if line:
        yield modes.write(line)


def _rank(editor: _Editor, change: ModeChange) -> ModeChange | None:
    """o v h a q: a member's rank. Everybody may lay down their own."""
    if not change.parameter:
        raise editor.bad(change, "Give the nick of a member")
    user = editor.world.member_of(editor.channel, change.parameter)
    if user is not editor.user or change.sign == "+":
        editor.needs(modes.RANKS[change.mode].giver)
    member = editor.channel.members[user]
    if (change.mode in member.ranks) == (change.sign == "+"):
        return None
    member.ranks = member.ranks + change.mode if change.sign == "+" else member.ranks.replace(change.mode, "")
    _keep_ranks(editor, user, member)
    return change._replace(parameter=user.nick)


def _keep_ranks(editor: _Editor, user: User, member: Member) -> None:
    """Who has an account gets the ranks back at the next JOIN."""
    channel = editor.channel
    if not user.account:
        return
    if member.ranks:
        channel.account_ranks[user.account] = member.ranks
        editor.out.save(channel_rows.upsert_ranks(channel, user.account, member.ranks))
    else:
        channel.account_ranks.pop(user.account, None)
        editor.out.save(channel_rows.delete_ranks(channel, user.account))


def _mask(editor: _Editor, change: ModeChange) -> ModeChange | None:
    """b e I: a mask in a list."""
    editor.needs(modes.MODE_LEVEL)
    mask = full_mask(change.parameter or "")
    if not mask or len(mask.encode()) > MASK_BYTES:
        raise editor.bad(change, "Give a mask like nick!user@host or ~account:name")
    entries = editor.channel.lists.setdefault(change.mode, {})
    there = next((each for each in entries if names.fold(each) == names.fold(mask)), None)
    if (there is None) == (change.sign == "-"):
        return None
    if change.sign == "-":
        del entries[there or mask]
        editor.out.save(channel_rows.delete_mask(editor.channel, change.mode, there or mask))
        return change._replace(parameter=there)
    if len(entries) >= editor.limit:
        raise NumericError(numerics.ERR_BANLISTFULL, editor.channel.name, change.mode)
    entry = entries[mask] = MaskEntry(mask, editor.user.nick, editor.out.now // 1000)
    editor.out.save(channel_rows.upsert_mask(editor.channel, change.mode, entry))
    return change._replace(parameter=mask)


_LIST_REPLIES = {
    "b": (numerics.RPL_BANLIST, numerics.RPL_ENDOFBANLIST),
    "e": (numerics.RPL_EXCEPTLIST, numerics.RPL_ENDOFEXCEPTLIST),
    "I": (numerics.RPL_INVEXLIST, numerics.RPL_ENDOFINVEXLIST),
}


def _show_list(editor: _Editor, letter: str) -> None:
    """Bans are for all to see: one shall know why one cannot join. Exceptions are for those who make them."""
    if letter != "b":
        editor.needs(modes.MODE_LEVEL)
    row, end = _LIST_REPLIES[letter]
    for mask, by, at in editor.channel.lists.get(letter, {}).values():
        editor.out.reply(row, editor.channel.name, mask, by, str(at))
    editor.out.reply(end, editor.channel.name)


def _flag(editor: _Editor, change: ModeChange) -> ModeChange | None:
    """A mode that is on or off."""
    editor.needs(modes.MODE_LEVEL)
    return _set(editor, change._replace(parameter=None)) if change.sign == "+" else _unset(editor, change)


def _key(editor: _Editor, change: ModeChange) -> ModeChange | None:
    """k: the word that a JOIN must give. To take it away one need not know it.

    A key is a secret, so a refused one is not repeated in the reply either.
    """
    editor.needs(modes.MODE_LEVEL)
    if change.sign == "-":
        return _unset(editor, change._replace(parameter="*"))
    key = change.parameter or ""
    if not _KEY.fullmatch(key) or not key.isprintable():
        words = "A key has 1 to 23 characters, no space or comma, no colon in front"
        raise editor.bad(change._replace(parameter="*"), words)
    return _set(editor, change)


def _limit(editor: _Editor, change: ModeChange) -> ModeChange | None:
    """l: how many members there may be."""
    editor.needs(modes.MODE_LEVEL)
    if change.sign == "-":
        return _unset(editor, change)
    return _set(editor, change._replace(parameter=_number(editor, change, MOST_MEMBERS)))


def _pace(editor: _Editor, change: ModeChange) -> ModeChange | None:
    """S: how many seconds a member without a rank is to wait between two messages."""
    editor.needs(modes.MODE_LEVEL)
    if change.sign == "-":
        editor.channel.last_message_times.clear()
        return _unset(editor, change)
    return _set(editor, change._replace(parameter=_number(editor, change, SLOWEST)))


def _number(editor: _Editor, change: ModeChange, most: int) -> str:
    """The parameter as a positive whole number."""
    number = parse_whole(change.parameter or "", 1, most)
    if number is None:
        raise editor.bad(change, f"Give a whole number from 1 to {most}")
    return str(number)


def _forward(editor: _Editor, change: ModeChange) -> ModeChange | None:
    """f: where those go whom this channel does not let in. Whoever says so has a say there too."""
    editor.needs(modes.MODE_LEVEL)
    if change.sign == "-":
        return _unset(editor, change)
    target = editor.world.channels.get(names.fold(change.parameter or ""))
    if target is None or target is editor.channel:
        raise editor.bad(change, "Give another channel that is there")
    if target.effective_level(editor.user) < modes.MODE_LEVEL:
        raise NumericError(numerics.ERR_CHANOPRIVSNEEDED, target.name)
    return _set(editor, change._replace(parameter=target.name))


def _set(editor: _Editor, change: ModeChange) -> ModeChange | None:
    value = change.parameter or ""
    if editor.channel.modes.get(change.mode) == value:
        return None
    editor.channel.modes[change.mode] = value
    return change


def _unset(editor: _Editor, change: ModeChange) -> ModeChange | None:
    return change if editor.channel.modes.pop(change.mode, None) is not None else None


_MODES: dict[str, Callable[[_Editor, ModeChange], ModeChange | None]] = {
    **dict.fromkeys(modes.RANKS, _rank),
    **dict.fromkeys(modes.LISTS, _mask),
    **dict.fromkeys(modes.FLAGS, _flag),
    "k": _key,
    "l": _limit,
    "S": _pace,
    "f": _forward,
}
