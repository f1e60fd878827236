"""The conditions of LIST: text becomes tests of a channel.

Source  modern IRC "ELIST Parameter"
"""

from __future__ import annotations

from collections.abc import Callable

from chatapp.protocol import names
from chatapp.server.channel import Channel

MINUTE = 60_000  # milliseconds

Condition = Callable[[Channel], bool]


def conditions(text: str, now: int) -> list[Condition]:
    """Every condition of a comma-separated list; plain names together are one: to be any of them.

    Takes  now: milliseconds
    """
    found: list[Condition] = []
    wanted: set[str] = set()
    for word in filter(None, text.split(",")):
        condition = _condition(word, now)
        if condition:
            found.append(condition)
        else:
            wanted.add(names.fold(word))
    if wanted:
        found.append(lambda channel: channel.folded in wanted)
    return found


def _condition(word: str, now: int) -> Condition | None:
    kind = word[0].upper() if word[0] in "cCtT" and word[1:2] in ("<", ">") else ""
    sign, number = word[len(kind) : len(kind) + 1], word[len(kind) + 1 :]
    if sign in ("<", ">") and number.isdecimal():
        return _by_number(kind, sign == "<", int(number), now)
    if word.startswith("!"):
        return lambda channel: not names.matches(word[1:], channel.name)
    if "*" in word or "?" in word:
        return lambda channel: names.matches(word, channel.name)
    return None


def _by_number(kind: str, below: bool, number: int, now: int) -> Condition:
    def measure(channel: Channel) -> float | None:
        if kind == "C":
            return (now - channel.created) / MINUTE
        if kind == "T":
            return (now - channel.topic_at * 1000) / MINUTE if channel.topic_at else None
        return len(channel.members)

    def fits(channel: Channel) -> bool:
        value = measure(channel)
        return value is not None and (value < number if below else value > number)

    return fits
