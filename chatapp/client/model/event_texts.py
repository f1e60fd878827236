"""Sentences for entries that are not messages: joins, leaves, kicks, modes and so on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from chatapp.client.model.mask_matches import split_mute
from chatapp.client.model.model import Entry
from chatapp.protocol import modes
from chatapp.protocol.modes import ModeChange

JOIN_KINDS = ("join",)
LEAVE_KINDS = ("part", "quit")


def sentence(entry: Entry, name: Callable[[str], str] = str) -> str:
    """Return the sentence for an event; of any other entry, its text.

    Args:
        name: Returns the name to show for a nick.
    """
    who = "You" if entry.own else name(entry.nick)
    match entry.kind:
        case "join":
            return f"{who} joined"
        case "part":
            return f"{who} left{_because(entry.text)}"
        case "quit":
            return f"{who} went offline{_because(_quit_reason(entry))}"
        case "kick":
            whom = ("yourself" if entry.own else "you") if entry.mention else name(entry.about)
            return f"{who} removed {whom}{_because(entry.text)}"
        case "nick":
            return f"{who} {'are' if entry.own else 'is'} now called {name(entry.about)}"
        case "topic":
            return f"{who} changed the topic to “{entry.text}”" if entry.text else f"{who} removed the topic"
        case "mode":
            done = mode_sentence(entry.text, name) if entry.has_sentence else _letters(entry.text)
            return f"{who} {done}{_because(entry.reason)}"
    return entry.text


def deletion(entry: Entry, nick: str, name: Callable[[str], str] = str) -> str:
    """Return what is shown in place of a deleted message.

    Args:
        nick: Our own.
        name: Returns the name to show for a nick.
    """
    if entry.deleted_by.casefold() == nick.casefold():
        return f"You deleted this message{_because(entry.about)}"
    return f"Message deleted by {name(entry.deleted_by)}{_because(entry.about)}"


def summary(entries: Iterable[Entry]) -> str:
    """Return joins and leaves as numbers: `3 joined, 1 left`."""
    kinds: list[str] = [entry.kind for entry in entries]
    joined, left = sum(map(kinds.count, JOIN_KINDS)), sum(map(kinds.count, LEAVE_KINDS))
    return ", ".join(f"{count} {word}" for count, word in ((joined, "joined"), (left, "left")) if count)


def is_join_or_leave(entry: Entry) -> bool:
    """Return whether an entry is a join or leave of another user, which a view may collapse."""
    return entry.kind in (*JOIN_KINDS, *LEAVE_KINDS) and not (entry.own or entry.mention)


def mode_sentence(text: str, name: Callable[[str], str] = str) -> str:
    """Return what a change of modes (`+o-v Dee Chen`) did, or the letters if a change has no sentence.

    Args:
        name: Returns the name to show for a nick.
    """
    letters, *arguments = text.split()
    changes = modes.parse(letters, arguments)
    clauses = [_clause(change, name) for change in changes]
    used = sum(change.parameter is not None for change in changes)
    if not all(clauses) or used < len(arguments):
        return _letters(text)
    return " and ".join(clauses)


def _quit_reason(entry: Entry) -> str:
    """Return why a user went offline; empty if the server or client wrote a reason that says nothing."""
    reason = entry.text.removeprefix("Quit:").strip()
    is_empty = reason.casefold() in ("quit", "client quit", entry.nick.casefold())
    return "" if is_empty else reason


def _letters(text: str) -> str:
    return f"set the mode {text}"


def _because(reason: str) -> str:
    return f" ({reason})" if reason else ""


def _clause(change: ModeChange, name: Callable[[str], str]) -> str:
    """Return the clause for one change; empty if it is unknown or its parameter is missing."""
    mode = modes.CHANNEL_MODES.get(change.mode)
    if mode is None or (change.parameter is None and modes.takes_parameter(change.sign, change.mode)):
        return ""
    begin, muted = split_mute(change.parameter or "")
    if change.mode == "b" and begin:
        muted = name(muted)
        return f"muted {muted}" if change.sign == "+" else f"lifted the mute of {muted}"
    meant = change.parameter
    if meant is not None and mode.parameter in ("nick", "mask"):
        meant = name(meant)
    return (mode.when_set if change.sign == "+" else mode.when_unset).format(meant)
