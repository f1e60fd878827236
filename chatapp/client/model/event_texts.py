"""Sentences for entries that are not messages: joins, leaves, kicks, modes and so on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from chatapp.client.model.mask_matches import split_mute
from chatapp.client.model.model import Entry
from chatapp.languages import lists
from chatapp.languages.translation import _, ngettext
from chatapp.protocol import modes
from chatapp.protocol.modes import ModeChange, ModeKind

JOIN_KINDS = ("join",)
LEAVE_KINDS = ("part", "quit")
NO_RANKS: Mapping[str, str] = MappingProxyType({})


def sentence(entry: Entry, name: Callable[[str], str] = str) -> str:
    """Return the sentence for an event; of any other entry, its text.

    Args:
        name: Returns the name to show for a nick.
    """
    own, who = entry.own, name(entry.nick)
    match entry.kind:
        case "join":
            return _("You joined") if own else _("{name} joined").format(name=who)
        case "part":
            text = _("You left") if own else _("{name} left").format(name=who)
            return text + _because(entry.text)
        case "quit":
            text = _("You went offline") if own else _("{name} went offline").format(name=who)
            return text + _because(_quit_reason(entry))
        case "kick":
            return _removal(entry, name) + _because(entry.text)
        case "nick":
            text = _("You are now called {new_name}") if own else _("{name} is now called {new_name}")
            return text.format(name=who, new_name=name(entry.about))
        case "topic":
            return _topic(entry, who)
        case "mode":
            if over := _is_over(entry, name):
                return over
            done = _letters(entry.text)
            if entry.has_sentence:
                done = mode_sentence(entry.text, name, dict(entry.server_ranks))
            text = _("You {deed}") if own else _("{name} {deed}")
            return text.format(name=who, deed=done) + _because(entry.reason)
    return entry.text


def deletion(entry: Entry, nick: str, name: Callable[[str], str] = str) -> str:
    """Return what is shown in place of a deleted message.

    Args:
        nick: Our own.
        name: Returns the name to show for a nick.
    """
    if entry.deleted_by.casefold() == nick.casefold():
        return _("You deleted this message") + _because(entry.about)
    return _("Message deleted by {name}").format(name=name(entry.deleted_by)) + _because(entry.about)


def summary(entries: Iterable[Entry]) -> str:
    """Return joins and leaves as numbers: `3 joined, 1 left`."""
    kinds: list[str] = [entry.kind for entry in entries]
    joined, left = sum(map(kinds.count, JOIN_KINDS)), sum(map(kinds.count, LEAVE_KINDS))
    parts = [
        ngettext("{count} joined", "{count} joined", joined).format(count=joined) if joined else "",
        ngettext("{count} left", "{count} left", left).format(count=left) if left else "",
    ]
    return ", ".join(filter(None, parts))


def is_join_or_leave(entry: Entry) -> bool:
    """Return whether an entry is a join or leave of another user, which a view may collapse."""
    return entry.kind in (*JOIN_KINDS, *LEAVE_KINDS) and not (entry.own or entry.mention)


def mode_sentence(
    text: str, name: Callable[[str], str] = str, server_ranks: Mapping[str, str] = NO_RANKS
) -> str:
    """Return what a change of modes (`+o-v Dee Chen`) did, or the letters if a change has no sentence.

    Args:
        name: Returns the name to show for a nick.
        server_ranks: See `Entry.server_ranks`.
    """
    letters, *arguments = text.split()
    changes = modes.parse(letters, arguments, {**modes.KINDS, **dict.fromkeys(server_ranks, ModeKind.RANK)})
    clauses = [_clause(change, name, server_ranks) for change in changes]
    used = sum(change.parameter is not None for change in changes)
    if not all(clauses) or used < len(arguments):
        return _letters(text)
    return lists.joined(clauses)


def _removal(entry: Entry, name: Callable[[str], str]) -> str:
    who, whom = name(entry.nick), name(entry.about)
    if entry.own:
        return _("You removed yourself") if entry.mention else _("You removed {name}").format(name=whom)
    if entry.mention:
        return _("{name} removed you").format(name=who)
    return _("{name} removed {other}").format(name=who, other=whom)


def _topic(entry: Entry, who: str) -> str:
    if entry.text:
        text = (
            _("You changed the topic to “{topic}”")
            if entry.own
            else _("{name} changed the topic to “{topic}”")
        )
    else:
        text = _("You removed the topic") if entry.own else _("{name} removed the topic")
    return text.format(name=who, topic=entry.text)


def _quit_reason(entry: Entry) -> str:
    """Return why a user went offline; empty if the server or client wrote a reason that says nothing."""
    reason = entry.text.removeprefix("Quit:").strip()
    is_empty = reason.casefold() in ("quit", "client quit", entry.nick.casefold())
    return "" if is_empty else reason


def _letters(text: str) -> str:
    return _("set the mode {letters}").format(letters=text)


def _because(reason: str) -> str:
    return f" ({reason})" if reason else ""


def _is_over(entry: Entry, name: Callable[[str], str]) -> str:
    """Return the sentence for a ban or mute that the server lifts because its time is over; else empty.

    No nick has a full stop.
    """
    if "." not in entry.nick or not entry.has_sentence or not entry.text.startswith("-b "):
        return ""
    _sign, *masks = entry.text.split()
    if len(masks) != 1:
        return ""
    begin, meant = split_mute(masks[0])
    text = _("The mute of {name} is over") if begin else _("The ban of {name} is over")
    return text.format(name=name(meant))


def _clause(change: ModeChange, name: Callable[[str], str], server_ranks: Mapping[str, str]) -> str:
    """Return the clause for one change; empty if it is unknown or its parameter is missing."""
    if change.mode in server_ranks:
        text = (
            _("gave {name} the rank {rank}") if change.sign == "+" else _("took the rank {rank} from {name}")
        )
        rank = server_ranks[change.mode]
        return text.format(name=name(change.parameter), rank=rank) if change.parameter else ""
    mode = modes.CHANNEL_MODES.get(change.mode)
    if mode is None or (change.parameter is None and modes.takes_parameter(change.sign, change.mode)):
        return ""
    begin, muted = split_mute(change.parameter or "")
    if change.mode == "b" and begin:
        muted = name(muted)
        text = _("muted {name}") if change.sign == "+" else _("lifted the mute of {name}")
        return text.format(name=muted)
    meant = change.parameter
    if meant is not None and mode.parameter in ("nick", "mask"):
        meant = name(meant)
    return _(mode.when_set if change.sign == "+" else mode.when_unset).format(meant)
