"""Names and sentences as parts of a sentence, in the language that is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from chatapp.languages.translation import _, ngettext


def joined(names: Sequence[str]) -> str:
    """Return names as a list in a sentence: `Ana`, `Ana and Ben`, `Ana, Ben and Dee`."""
    if len(names) < 2:
        return "".join(names)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def joined_or_counted(names: Sequence[str], most: int) -> str:
    """Return names as a list in a sentence, not more than this many by name: `Ana, Ben and 4 others`."""
    if len(names) <= most:
        return joined(names)
    count = len(names) - most
    text = ngettext("{names} and {count} other", "{names} and {count} others", count)
    return text.format(names=", ".join(names[:most]), count=count)


def without_full_stop(sentence: str) -> str:
    """Return a sentence without the full stop at its end, to put it before or into another one."""
    return sentence.rstrip(".।")  # the second one is that of Hindi
