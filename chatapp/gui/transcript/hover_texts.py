"""The tooltips of what can be clicked in a message. Does not import tkinter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from chatapp.client.model.model import Entry
from chatapp.client.text import emoji_names, links
from chatapp.gui.transcript.blocks import format_day, format_time
from chatapp.gui.transcript.runs import Target
from chatapp.languages.lists import joined, joined_or_counted
from chatapp.languages.translation import _

MAX_NAMES = 10  # of the people who reacted
MAX_LINK = 300  # characters


def tooltip(target: Target, entry: Entry, name: Callable[[str], str], today: date, twelve_hours: bool) -> str:
    """Return the text to show when the pointer rests on a target; "" for none.

    Args:
        name: Returns the name to show for a nick; "You" for our own.
    """
    match target.kind:
        case "chip":
            return _reaction(target.value, [name(nick) for nick in entry.reactions.get(target.value, [])])
        case "chip-add":
            return _("Add a reaction")
        case "link":
            return _link(target.value)
        case "edited":
            day = date.fromtimestamp(entry.edited_at)
            time = format_time(entry.edited_at, twelve_hours)
            return _("Edited: {day}, {time}").format(day=format_day(day, today), time=time)
        case "quote":
            return _("Go to this message")
    return ""


def names_text(names: Sequence[str], most: int = MAX_NAMES) -> str:
    """Return names as a list in a sentence: `Ana, Ben and 4 others`."""
    return joined(names) if len(names) <= most + 1 else joined_or_counted(names, most)


def _reaction(reaction: str, names: Sequence[str]) -> str:
    """Return who reacted, and how: `Ana, Ben and 4 others reacted with 👍 thumbs up`."""
    known = emoji_names.find(reaction)
    shown = f"{reaction} {known.name}" if known else reaction
    return _("{names} reacted with {reaction}").format(names=names_text(names), reaction=shown)


def _link(link: str) -> str:
    """Return where a link leads."""
    if link.startswith("#"):
        return _("Open the channel {channel}").format(channel=link)
    target = links.target(link)
    return target if len(target) <= MAX_LINK else target[: MAX_LINK - 1] + "…"
