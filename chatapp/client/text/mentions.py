"""Find mentions of a nick in a text: as a whole word, in any letter case, including an `@` before it.

ana in "hi Ana!"            yes         in "banana", "ana_2", "ana-maria"      no
小明 in "@小明你好"           yes: after `@`, text in a script without spaces may follow, in Korean a particle
ana in "你好ana"             yes: a word ends where such a script meets another one
राम in "रामायण"               no: a mark belongs to the letter before it
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from chatapp.protocol import graphemes, names

_ATTACHED = re.compile(f"[{graphemes.UNSPACED}{graphemes.HANGUL}]")
_ADDRESS = re.compile("[A-Za-z0-9_\u00c0-\u024f.+@]")  # before an `@`: a mail address
_NICK = re.compile(r"[^\s@,:!?*]{1,64}")  # the longest possible one
_JOINERS = "\u200c\u200d"


def find(text: str, nick: str) -> list[tuple[int, int]]:
    """Return the start and end of each mention of a nick in a text."""
    wanted = names.fold(nick)
    folded = text.lower() if text.isascii() else _fold(text)
    if not wanted or wanted not in folded:
        return []
    places: range | list[int] = range(len(text) + 1)
    if len(folded) != len(text) or not unicodedata.is_normalized("NFC", text):
        folded, places = _folded_with_places(text)
    found, at = [], 0
    while (start := folded.find(wanted, at)) >= 0:
        at = start + len(wanted)
        has_at = folded[start - 1 : start] == "@" and not _ADDRESS.match(folded[max(start - 2, 0)])
        has_at = has_at or (start == 1 and folded[0] == "@")
        if _ends_word(folded, at, has_at) and (has_at or _starts_word(folded, start)):
            found.append((places[start - has_at], places[at]))
        else:
            at = start + 1
    return found


def find_people(text: str, name_of: Callable[[str], str]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and name of each `@nick` of a known person; the longest known nick counts.

    Args:
        name_of: Returns the name for a nick; empty for an unknown one.
    """
    start = text.find("@")
    while start >= 0:
        end = start + 1
        if (word := _NICK.match(text, end)) and not (start and _ADDRESS.match(text[start - 1])):
            for stop in range(word.end(), end, -1):
                if _may_end(text, stop) and (name := name_of(text[end:stop])):
                    yield start, stop, name
                    end = stop
                    break
        start = text.find("@", end)


def _may_end(text: str, stop: int) -> bool:
    """Return whether a nick after an `@` may end here."""
    edge = text[stop - 1 : stop + 1]
    if edge.isascii() and edge.isalnum() and len(edge) == 2:  # most places, and they cost the least
        return False
    return edge[1:] != "@" and _ends_word(text, stop, has_at=True)


def _fold(text: str) -> str:
    """Fold like `names.fold`, but without its cache."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """Return a folded text, and for each of its characters the index in the text."""
    folded, places, at = [], [], 0
    for cluster in graphemes.clusters(text):
        form = _fold(cluster)
        folded.append(form)
        places += [at] * len(form)
        at += len(cluster)
    return "".join(folded), [*places, at]


def _starts_word(text: str, start: int) -> bool:
    at = start - 1
    if at >= 0 and text[at] == "-":
        at -= 1
    elif at >= 0 and text[at] == "@":
        return False
    while at > 0 and _is_mark(text[at]):
        at -= 1
    return at < 0 or not _are_one_word(text[at], text[start])


def _ends_word(text: str, end: int, has_at: bool) -> bool:
    after = end + 1 if text[end : end + 1] == "-" else end
    if after >= len(text):
        return True
    if after == end and _is_mark(text[end]):
        return False
    return bool(has_at and _ATTACHED.match(text[after])) or not _are_one_word(text[after], text[end - 1])


def _are_one_word(other: str, edge: str) -> bool:
    """Return whether a character beside a nick makes one word with its first or last character."""
    if not (other.isalnum() or other == "_"):
        return False
    meet = bool(_ATTACHED.match(other)) != bool(_ATTACHED.match(edge))
    return not (meet and other.isalpha())


def _is_mark(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character)[0] == "M"
