"""Names of emoji: find one by a word, by its short name (`:joy:`), or the name of a given one.

The usual short names stand in the table. Every emoji also has the one that is made of its Unicode name:
`face with tears of joy` is `:joy:` and `:face_with_tears_of_joy:`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from chatapp.client.text.code_parts import is_in_code, map_outside_code
from chatapp.client.text.emoji_table import TABLE

_RUN = re.compile(r"(?<![\w:/])(?::[a-z0-9_+-]+:)+(?![\w:])", re.IGNORECASE)  # not the `:x:` of `std::x::y`
_LAST = re.compile(r"(?<![\w:/]):([a-z0-9_+-]+):\Z", re.IGNORECASE)
_SHORT_NAME = re.compile(":([^:]+):")
_NOT_IN_SHORT_NAME = re.compile("[^a-z0-9]+")
_OPTIONAL = dict.fromkeys((0xFE0F, *range(0x1F3FB, 0x1F400)))  # variation selector and skin tones


class Emoji(NamedTuple):
    """One emoji.

    Attributes:
        sequence: Its characters, fully qualified.
        name: Its Unicode name, such as `face with tears of joy`.
        usual: Its usual short names, with spaces between them.
    """

    sequence: str
    name: str
    usual: str

    @property
    def short_names(self) -> tuple[str, ...]:
        """Its names between colons, the usual one first."""
        return _short_names(self.usual, self.name)

    @property
    def short(self) -> str:
        """The usual short name with its colons."""
        return f":{self.short_names[0]}:"


@cache
def groups() -> Mapping[str, tuple[Emoji, ...]]:
    """Return all emoji by group (`Smileys`), in the order in which Unicode lists them."""
    found: dict[str, list[Emoji]] = {}
    rows: list[Emoji] = []
    for line in TABLE.strip().splitlines():
        if line.startswith("# "):
            rows = found.setdefault(line[2:], [])
        else:
            rows.append(_emoji(line))
    return {group: tuple(emoji) for group, emoji in found.items()}


def find(sequence: str) -> Emoji | None:
    """Return the emoji with these characters; a skin tone makes no difference."""
    return _by_sequence().get(sequence.translate(_OPTIONAL))


def by_short_name(name: str) -> Emoji | None:
    """Return the emoji with a short name, given without its colons."""
    return _by_short_name().get(name.lower())


def search(query: str, limit: int = 200) -> list[Emoji]:
    """Return the emoji whose name or short name contains every word of a query, the best first."""
    words = query.lower().replace(":", " ").replace("_", " ").split()
    known = find(query.strip())
    if not words or known:
        return [known] if known else []
    fitting: list[list[Emoji]] = [[], [], [], []]
    for emoji in _all():
        rank = _rank(emoji, words)
        if rank is not None:
            fitting[rank].append(emoji)
    return [emoji for rank in fitting for emoji in rank][:limit]


def beginning_with(start: str, limit: int) -> list[tuple[str, Emoji]]:
    """Return short names that begin with these letters, each emoji once, the shortest names first."""
    start = start.lower()
    fitting = sorted((n for n in _by_short_name() if n.startswith(start)), key=lambda name: (len(name), name))
    found: dict[str, tuple[str, Emoji]] = {}
    for name in fitting:
        emoji = _by_short_name()[name]
        found.setdefault(emoji.sequence, (name, emoji))
    return list(islice(found.values(), limit))


def replace_short_names(text: str) -> str:
    """Replace each short name by its emoji, outside of code; unknown ones stay."""
    return map_outside_code(text, _replaced) if ":" in text else text


def at_closing_colon(before: str) -> tuple[int, Emoji] | None:
    """Return the short name that the text before the cursor ends with: where it starts, and its emoji."""
    match = _LAST.search(before)
    emoji = by_short_name(match[1]) if match else None
    return (match.start(), emoji) if match and emoji and not is_in_code(before) else None


def _replaced(text: str) -> str:
    return _RUN.sub(lambda run: _SHORT_NAME.sub(_sequence, run[0]), text)


def _sequence(match: re.Match[str]) -> str:
    emoji = by_short_name(match[1])
    return emoji.sequence if emoji else match[0]


def _emoji(row: str) -> Emoji:
    """Return the emoji of a row of the table."""
    sequence, _, names = row.partition(" ")
    name, _, usual = names.partition("; ")
    return Emoji(sequence, name, usual)


@cache
def _short_names(usual: str, name: str) -> tuple[str, ...]:
    """Return the short names of an emoji. For all of them together that takes some time."""
    return tuple(dict.fromkeys([*usual.split(), _short_name(name)]))


def _short_name(name: str) -> str:
    letters = name.lower()
    if not letters.isascii():
        letters = unicodedata.normalize("NFKD", letters).encode("ascii", "ignore").decode()
    return _NOT_IN_SHORT_NAME.sub("_", letters).strip("_")


@cache
def _by_sequence() -> Mapping[str, Emoji]:
    return {each.sequence.translate(_OPTIONAL): each for each in _all()}


@cache
def _by_short_name() -> Mapping[str, Emoji]:
    """Return all emoji by short name. The usual name of one goes before the Unicode name of another."""
    made = {each.short_names[-1]: each for each in reversed(_all())}
    return made | {name: each for each in reversed(_all()) for name in each.short_names[:-1]}


def _all() -> list[Emoji]:
    return [emoji for group in groups().values() for emoji in group]


def _rank(emoji: Emoji, words: Sequence[str]) -> int | None:
    """Return how well an emoji fits, 0 at best; None if a word is not in its names."""
    names = [emoji.name.lower(), *(name.replace("_", " ") for name in emoji.short_names)]
    if any(all(word not in name for name in names) for word in words):
        return None
    query = " ".join(words)
    if query in names:
        return 0
    if any(name.startswith(query) for name in names):
        return 1
    return 2 if all(any(f" {word}" in f" {name}" for name in names) for word in words) else 3
