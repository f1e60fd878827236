"""Modes: which there are, what a MODE command asks for, and how a change is written.

Source  modern IRC "Channel Modes"; RFC 2812 section 3.2.3
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Rank:
    """A status in a channel. A higher level may what a lower one may."""

    prefix: str
    level: int
    giver: int  # the level that may give and take it


VOICE, HALFOP, OPERATOR, ADMIN, OWNER = 1, 2, 3, 4, 5

RANKS = {
    "q": Rank("~", OWNER, OWNER),
    "a": Rank("&", ADMIN, OWNER),
    "o": Rank("@", OPERATOR, OPERATOR),
    "h": Rank("%", HALFOP, OPERATOR),
    "v": Rank("+", VOICE, HALFOP),
}
"""Highest first, as PREFIX announces them."""

LEVEL_OF_PREFIX = {rank.prefix: rank.level for rank in RANKS.values()}

LISTS = "beI"  # type A: masks
ALWAYS_PARAMETER = "k"  # type B: a parameter to set and to unset
SET_PARAMETER = "Sfl"  # type C: a parameter to set only
FLAGS = "CMRUimnstu"  # type D: none
KEPT = ALWAYS_PARAMETER + SET_PARAMETER + FLAGS
"""Those that are kept with the channel itself."""

CHANGES = 20  # that one MODE command may ask for; the rest is not heard

USER_MODES = "BRiw"  # that a user may set; o and Z are given by the server
ALL_USER_MODES = "BRZiow"


class ModeChange(NamedTuple):
    """One wish of a MODE command; `parameter` is None when none was given or needed."""

    sign: str
    mode: str
    parameter: str | None


def parse(letters: str, parameters: Sequence[str]) -> list[ModeChange]:
    """`+o-v`, `["ann", "bob"]` as changes.

    A sign holds until the next; parameters go to the modes that take one.
    """
    rest = list(parameters)
    changes = []
    sign = "+"
    for letter in letters:
        if letter in "+-":
            sign = letter
        elif takes_parameter(sign, letter) and rest:
            changes.append(ModeChange(sign, letter, rest.pop(0)))
        else:
            changes.append(ModeChange(sign, letter, None))
    return changes


def takes_parameter(sign: str, mode: str) -> bool:
    """Whether a parameter belongs to this mode when it is set or unset."""
    return (
        mode in RANKS or mode in LISTS or mode in ALWAYS_PARAMETER or (mode in SET_PARAMETER and sign == "+")
    )


def write(changes: Iterable[ModeChange]) -> list[str]:
    """Changes as the parameters of a MODE message: `["+o-v", "ann", "bob"]`."""
    letters = ""
    sign = ""
    parameters = []
    for change in changes:
        if change.sign != sign:
            sign = change.sign
            letters += sign
        letters += change.mode
        if change.parameter is not None:
            parameters.append(change.parameter)
    return [letters, *parameters]


def prefixes(ranks: str) -> str:
    """The prefixes of ranks given as letters, highest first."""
    if not ranks:
        return ""
    return "".join(rank.prefix for letter, rank in RANKS.items() if letter in ranks)


def chanmodes() -> str:
    """The value of CHANMODES."""
    return ",".join("".join(sorted(part)) for part in (LISTS, ALWAYS_PARAMETER, SET_PARAMETER, FLAGS))
