"""What happened in a channel, in plain words: one sentence for an entry that is not a message."""

from __future__ import annotations

from collections.abc import Iterable

from chatapp.client.model.model import Entry

# Sign and letter -> words; {} is what belongs to the mode.
MODES = {
    "+o": "made {} an operator",
    "-o": "took operator from {}",
    "+v": "gave voice to {}",
    "-v": "took voice from {}",
    "+b": "banned {}",
    "-b": "lifted the ban on {}",
    "+k": "set a key to join with",
    "-k": "removed the key to join with",
    "+l": "set a limit of {} people",
    "-l": "removed the limit of people",
    "+i": "made the channel invite-only",
    "-i": "opened the channel to everybody",
    "+m": "let only operators and people with voice write",
    "-m": "let everybody here write",
    "+n": "let only people who are here write",
    "-n": "let people write who are not here",
    "+s": "hid the channel from the list",
    "-s": "showed the channel in the list",
    "+t": "let only operators change the topic",
    "-t": "let everybody change the topic",
}
_ALWAYS_WITH = "ovbk"
_SET_WITH = "l"
ARRIVALS = ("join",)
DEPARTURES = ("part", "quit")


def sentence(entry: Entry) -> str:
    """The words for a join, part, quit, kick, nick, topic or mode; any other entry's own text."""
    who = "You" if entry.own else entry.nick
    match entry.kind:
        case "join":
            return f"{who} joined"
        case "part":
            return f"{who} left{_because(entry.text)}"
        case "quit":
            return f"{who} went offline{_because(entry.text)}"
        case "kick":
            whom = ("yourself" if entry.own else "you") if entry.mention else entry.about
            return f"{who} removed {whom}{_because(entry.text)}"
        case "nick":
            return f"{who} {'are' if entry.own else 'is'} now called {entry.about}"
        case "topic":
            return f"{who} changed the topic to “{entry.text}”" if entry.text else f"{who} removed the topic"
        case "mode":
            return f"{who} {mode_words(entry.text)}"
    return entry.text


def deletion(entry: Entry, nick: str) -> str:
    """The words in place of those that were deleted.

    Args:
        nick: Our own.
    """
    if entry.deleted_by.casefold() == nick.casefold():
        return f"You deleted this message{_because(entry.about)}"
    return f"Message deleted by {entry.deleted_by}{_because(entry.about)}"


def summary(entries: Iterable[Entry]) -> str:
    """Arrivals and departures as numbers: `3 joined, 1 left`."""
    kinds: list[str] = [entry.kind for entry in entries]
    joined, left = sum(map(kinds.count, ARRIVALS)), sum(map(kinds.count, DEPARTURES))
    return ", ".join(f"{count} {word}" for count, word in ((joined, "joined"), (left, "left")) if count)


def is_move(entry: Entry) -> bool:
    """Whether an entry only tells that somebody else came or went, so that it may be folded away."""
    return entry.kind in (*ARRIVALS, *DEPARTURES) and not (entry.own or entry.mention)


def mode_words(text: str) -> str:
    """What a change of modes (`+o-v Dee Chen`) did; the letters themselves where there are no words."""
    letters, *arguments = text.split()
    words = [_mode(change, arguments) for change in _changes(letters)]
    if not all(words) or arguments:
        return f"set the mode {text}"
    return " and ".join(words)


def _because(reason: str) -> str:
    return f" ({reason})" if reason else ""


def _changes(letters: str) -> list[str]:
    """`+o-vb` as `+o -v -b`."""
    sign, changes = "+", []
    for letter in letters:
        if letter in "+-":
            sign = letter
        else:
            changes.append(sign + letter)
    return changes


def _mode(change: str, arguments: list[str]) -> str:
    """The words for one change, its argument taken from the front; nothing when there are none for it."""
    takes = change[1] in _ALWAYS_WITH or (change[0] == "+" and change[1] in _SET_WITH)
    if takes and not arguments:
        return ""
    argument = arguments.pop(0) if takes else ""
    return MODES.get(change, "").format(argument)
