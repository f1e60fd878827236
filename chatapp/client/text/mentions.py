"""Where a text calls somebody by nick: as a whole word, in any letter case, an `@` before it included.

ana in "hi Ana!"            yes         in "banana", "ana_2", "ana-maria"      no
小明 in "@小明你好"           yes: after `@` a script without spaces may go on, in Korean a particle
ana in "你好ana"             yes: a word ends where such a script and another one meet
राम in "रामायण"               no: a mark belongs to the letter before it
"""

from __future__ import annotations

import re
import unicodedata

from chatapp.protocol import graphemes, names

_ATTACHED = re.compile(f"[{graphemes.UNSPACED}{graphemes.HANGUL}]")
_ADDRESS = re.compile("[A-Za-z0-9_\u00c0-\u024f.+@]")  # before an `@`: a mail address
_JOINERS = "\u200c\u200d"


def find(text: str, nick: str) -> list[tuple[int, int]]:
    """Return where a text mentions a nick, as beginnings and ends."""
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
        is_called = folded[start - 1 : start] == "@" and not _ADDRESS.match(folded[max(start - 2, 0)])
        is_called = is_called or (start == 1 and folded[0] == "@")
        if _ends_well(folded, at, is_called) and (is_called or _begins_well(folded, start)):
            found.append((places[start - is_called], places[at]))
        else:
            at = start + 1
    return found


def _fold(text: str) -> str:
    """Fold as `names.fold` does, which remembers what it is given."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """Return a folded text, and for each of its characters where it stood."""
    folded, places, at = [], [], 0
    for cluster in graphemes.clusters(text):
        form = _fold(cluster)
        folded.append(form)
        places += [at] * len(form)
        at += len(cluster)
    return "".join(folded), [*places, at]


def _begins_well(text: str, start: int) -> bool:
    at = start - 1
    if at >= 0 and text[at] == "-":
        at -= 1
    elif at >= 0 and text[at] == "@":
        return False
    while at > 0 and _is_mark(text[at]):
        at -= 1
    return at < 0 or not _are_one_word(text[at], text[start])


def _ends_well(text: str, end: int, is_called: bool) -> bool:
    after = end + 1 if text[end : end + 1] == "-" else end
    if after >= len(text):
        return True
    if after == end and _is_mark(text[end]):
        return False
    return bool(is_called and _ATTACHED.match(text[after])) or not _are_one_word(text[after], text[end - 1])


def _are_one_word(other: str, edge: str) -> bool:
    """Return whether a character beside a nick makes one word with its first or last character."""
    if not (other.isalnum() or other == "_"):
        return False
    meet = bool(_ATTACHED.match(other)) != bool(_ATTACHED.match(edge))
    return not (meet and other.isalpha())


def _is_mark(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character)[0] == "M"
