"""Parses the conditions of LIST.

Source: modern IRC "ELIST Parameter".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from chatapp.protocol import names
from chatapp.protocol.glob import glob
from chatapp.protocol.timestamps import MINUTE_MILLISECONDS
from chatapp.server.state.channel import Channel

MAX_CONDITIONS = 8  # in one LIST, besides channel names

Condition = Callable[[Channel], bool]


class TooManyConditions(ValueError):
    """There are more than `MAX_CONDITIONS` conditions."""


class ListConditions(NamedTuple):
    """The channels to list: those that have one of the names, if there are names, and meet every condition.

    Attributes:
        names: Folded names.
    """

    names: frozenset[str]
    conditions: list[Condition]

    def includes(self, channel: Channel) -> bool:
        """Return whether a channel meets every condition. The names are not compared here."""
        return all(condition(channel) for condition in self.conditions)


def parse(text: str, now: int) -> ListConditions:
    """Parse a comma-separated list of channel names and conditions. Equal conditions count once.

    Args:
        now: In milliseconds.

    Raises:
        TooManyConditions: There are more than `MAX_CONDITIONS`.
    """
    found: dict[str, Condition] = {}
    folded: set[str] = set()
    for word in filter(None, map(names.fold, text.split(","))):
        condition = _condition(word, now)
        if condition is None:
            folded.add(word)
        else:
            found[word] = condition
        if len(found) > MAX_CONDITIONS:
            raise TooManyConditions
    return ListConditions(frozenset(folded), list(found.values()))


def _condition(word: str, now: int) -> Condition | None:
    kind = word[0].upper() if word[0] in "cCtT" and word[1:2] in ("<", ">") else ""
    sign, number = word[len(kind) : len(kind) + 1], word[len(kind) + 1 :]
    if sign in ("<", ">") and number.isdecimal():
        return _by_number(kind, sign == "<", int(number), now)
    if word.startswith("!"):
        unwanted = glob(word[1:])
        return lambda channel: not unwanted.matches(channel.folded)
    if "*" in word or "?" in word:
        mask = glob(word)
        return lambda channel: mask.matches(channel.folded)
    return None


def _by_number(kind: str, below: bool, number: int, now: int) -> Condition:
    def measure(channel: Channel) -> float | None:
        if kind == "C":
            return (now - channel.created) / MINUTE_MILLISECONDS
        if kind == "T":
            return (now - channel.topic_at * 1000) / MINUTE_MILLISECONDS if channel.topic_at else None
        return len(channel.members)

    def fits(channel: Channel) -> bool:
        value = measure(channel)
        return value is not None and (value < number if below else value > number)

    return fits
