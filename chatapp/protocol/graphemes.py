"""Extended grapheme clusters, the units that users see as one character.

    "e" + U+0301        an accent belongs to its letter
    👨 ZWJ 👩 ZWJ 👧      a family is one cluster, like a flag (two regional indicators) or a keycap
    क + ् + ष + ि        an Indic conjunct with its vowel sign

The window's fields, the terminal's line editor and the splitting of long lines all use these functions.

The properties are derived from `unicodedata` (general category) and a few ranges. Approximate: whole blocks
of symbols count as pictographs, which matters only beside a ZWJ; every spacing mark (Mc) extends, also the
few of Myanmar that the standard exempts; conjuncts are those of eight scripts.

Source: Unicode Standard Annex 29, section 3.1.1, rules GB3 to GB13.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal

Kind = Literal[
    "other",
    "cr",
    "lf",
    "control",
    "extend",
    "joiner",
    "prepend",
    "picture",
    "flag",
    "consonant",
    "linker",
    "l",
    "v",
    "t",
    "lv",
    "lvt",
]

UNSPACED = (  # scripts that put no spaces between words, as ranges of a character class
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Tibetan; Myanmar; Khmer
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff\uff66-\uff9f"  # Han, Yi
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc"

_EXTENDING = ("Mn", "Me", "Mc")
_CONTROL = ("Cc", "Cf", "Zl", "Zp", "Cs")
_SPECIAL: dict[str, Kind] = {
    "\r": "cr",
    "\n": "lf",
    "\u200c": "extend",  # ZWNJ
    "\u200d": "joiner",  # ZWJ
    "\u0e33": "extend",  # Thai and Lao AM, letters that stand as spacing marks
    "\u0eb3": "extend",
    "\uff9e": "extend",  # halfwidth voiced sound marks
    "\uff9f": "extend",
}
_PREPENDED = "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\U000110bd\U000110cd\U000111c2\U000111c3"
_PICTURES = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2934\u2935\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001f0ff\U0001f10d-\U0001f1e5\U0001f201-\U0001f3fa"
    "\U0001f400-\U0001faff\U0001fc00-\U0001fffd"
)
_CONSONANTS = (
    "\u0915-\u0939\u0958-\u095f\u0978-\u097f\u0995-\u09b9\u09dc-\u09df\u09f0\u09f1\u0a95-\u0ab9\u0af9"
    "\u0b15-\u0b39\u0b5c-\u0b5f\u0b71\u0c15-\u0c39\u0c58-\u0c5a\u0d15-\u0d3a\u1000-\u102a\u103f\u1780-\u17b3"
)
_LINKERS = frozenset("\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d\u1039\u17d2")
_ALWAYS: frozenset[Kind] = frozenset({"extend", "joiner", "linker"})
_BREAKS: frozenset[Kind] = frozenset({"cr", "lf", "control"})
_CONTINUED_BY: dict[Kind, frozenset[Kind]] = {  # kinds that continue a cluster after this one
    "l": frozenset({"l", "v", "lv", "lvt"}),
    "v": frozenset({"v", "t"}),
    "lv": frozenset({"v", "t"}),
    "t": frozenset({"t"}),
    "lvt": frozenset({"t"}),
}
_NOTHING: frozenset[Kind] = frozenset()
_JOINED_BY: dict[Kind, frozenset[Kind]] = {  # the kinds before this one that may be in the same cluster
    "other": frozenset({"prepend"}),
    "picture": frozenset({"prepend", "joiner"}),
    "consonant": frozenset({"prepend", *_ALWAYS}),
    "lv": frozenset({"prepend", "l"}),
    "lvt": frozenset({"prepend", "l"}),
    "cr": frozenset(),
    "control": frozenset(),
}


@cache
def _class(ranges: str) -> re.Pattern[str]:
    """Return the pattern of a character class, which takes a while to make: only once it is wanted."""
    return re.compile(f"[{ranges}]")


def _is_of(ranges: str, character: str) -> bool:
    return _class(ranges).match(character) is not None


def clusters(text: str) -> list[str]:
    """Return the clusters of a text in order."""
    if text.isascii() and "\r\n" not in text:
        return list(text)
    found, start = [], 0
    for end in _ends(text, 0):
        found.append(text[start:end])
        start = end
    return found


def before(text: str, at: int) -> int:
    """Return where the cluster begins that ends at `at`, or in which `at` lies; 0 at the beginning."""
    return _around(text, at - 1)[0] if at > 0 else 0


def after(text: str, at: int) -> int:
    """Return where the cluster ends that begins at `at`, or in which `at` lies."""
    return _around(text, at)[1] if at < len(text) else len(text)


def floor(text: str, at: int) -> int:
    """Return the last place up to `at` that lies inside no cluster."""
    return _around(text, at)[0] if 0 < at < len(text) else min(max(at, 0), len(text))


def word_before(text: str, at: int) -> int:
    """Return where the word begins that ends at `at` or before it, spaces and punctuation skipped."""
    kind = ""
    while at > 0:
        start = before(text, at)
        found = _word_kind(text[start])
        if kind and found != kind:
            break
        kind, at = found, start
    return at


def word_after(text: str, at: int) -> int:
    """Return where the word ends that begins at `at` or after it, spaces and punctuation skipped."""
    kind, at = "", floor(text, at)
    while at < len(text):
        found = _word_kind(text[at])
        if kind and found != kind:
            break
        kind, at = found, after(text, at)
    return at


def _word_kind(character: str) -> str:
    """Return the kind of word that a cluster with this first character belongs to; "" for none."""
    if _is_of(_PICTURES, character) or _kind(character) == "flag":
        return "picture"
    if not (character.isalnum() or character == "_"):
        return ""
    return "unspaced" if _is_of(UNSPACED, character) else "spaced"


def _around(text: str, at: int) -> tuple[int, int]:
    """Return where the cluster of the character at `at` begins and ends."""
    start = at
    while start and not _surely_begins(_kind(text[start]), _kind(text[start - 1])):
        start -= 1
    for end in _ends(text, start):
        if end > at:
            return start, end
        start = end
    raise AssertionError("the last cluster ends with the text")


def _surely_begins(kind: Kind, last: Kind) -> bool:
    """Return whether a cluster begins with this kind after the kind `last`, whatever comes before that."""
    return kind in _JOINED_BY and last not in _JOINED_BY[kind]


def _ends(text: str, start: int) -> Iterator[int]:
    """Yield where each cluster ends.

    Args:
        start: The beginning of a cluster.
    """
    last: Kind | None = None
    flags = 0  # regional indicators in a row
    picture = False  # the cluster is a pictograph and what extends it
    conjunct = ""  # of a consonant and what extends it: "open" without a linker, "linked" with one
    for at in range(start, len(text)):
        kind = _kind(text[at])
        if last is not None and not (
            (kind in _ALWAYS and last not in _BREAKS)
            or kind in _CONTINUED_BY.get(last, _NOTHING)
            or (last == "cr" and kind == "lf")
            or (last == "prepend" and kind not in _BREAKS)
            or (kind == "picture" and picture and last == "joiner")
            or (kind == "flag" and flags % 2 == 1)
            or (kind == "consonant" and conjunct == "linked")
        ):
            yield at
        if kind == "linker":
            conjunct = conjunct and "linked"
        elif kind not in _ALWAYS:
            conjunct = "open" if kind == "consonant" else ""
            picture = kind == "picture"
        flags = flags + 1 if kind == "flag" else 0
        last = kind
    if last is not None:
        yield len(text)


@lru_cache(maxsize=4096)
def _kind(character: str) -> Kind:
    """Return the class of a character in the rules."""
    if character in _SPECIAL:
        return _SPECIAL[character]
    if " " <= character <= "~":
        return "other"
    code = ord(character)
    category = unicodedata.category(character)
    if 0x1F1E6 <= code <= 0x1F1FF:
        return "flag"
    if 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F:  # skin tones, the letters of some flags
        return "extend"
    if character in _LINKERS:
        return "linker"
    if category in _EXTENDING:
        return "extend"
    if _is_of(_PREPENDED, character):
        return "prepend"
    if category in _CONTROL:
        return "control"
    if _is_of(_PICTURES, character):
        return "picture"
    if _is_of(_CONSONANTS, character):
        return "consonant"
    return _hangul(code)


def _hangul(code: int) -> Kind:
    if 0xAC00 <= code <= 0xD7A3:
        return "lvt" if (code - 0xAC00) % 28 else "lv"
    if 0x1100 <= code <= 0x115F or 0xA960 <= code <= 0xA97C:
        return "l"
    if 0x1160 <= code <= 0x11A7 or 0xD7B0 <= code <= 0xD7C6:
        return "v"
    if 0x11A8 <= code <= 0x11FF or 0xD7CB <= code <= 0xD7FB:
        return "t"
    return "other"
