"""Commands that are done a part at a time, so that nobody waits for all of a long answer.

A command whose work grows with the number of channels or people gives its outbox a generator, which yields
how many steps each part took. The core goes on with all such commands in turn, a little in each of its own
turns; the session's later commands wait. When the work is done its lines are handed out in parts, too.

A step is about a microsecond: one simple comparison. A command that took COMMAND_STEPS or more, also one that
is done at once, is charged to the flood budget of its session, which is then read later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

TURN_STEPS = 5_000  # of all such commands together in a turn: about 5 ms
PART_STEPS = 500  # of one of them before it is the turn of the next
LINE_STEPS = 8  # that it takes to make a line and hand it out
COMMAND_STEPS = 2_000  # that the flood budget counts as one command

T = TypeVar("T")


def in_parts(items: Iterable[T], steps: int, do: Callable[[T], object]) -> Iterator[int]:
    """Do something with each item, a part at a time.

    Args:
        items: a list of its own, for the world changes between two parts.
        steps: that it takes for each.

    Yields:
        The steps of each part.
    """
    taken = 0
    for item in items:
        do(item)
        taken += steps
        if taken >= PART_STEPS:
            yield taken
            taken = 0
    yield taken


def price(steps: int) -> float:
    """What so many steps cost, in commands of the flood budget, beside the command itself."""
    return steps / COMMAND_STEPS if steps >= COMMAND_STEPS else 0.0
