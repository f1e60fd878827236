"""Commands that are done in parts, so that other clients do not wait for a long answer.

A command whose work grows with the number of channels or users gives its outbox a generator, which yields how
many steps each part took. The core continues all such commands in turn, a little in each of its own turns.
The session's later commands wait. When the work is done, its lines are delivered in parts too.

A step is one simple comparison and takes about a microsecond. A command that took COMMAND_STEPS or more, even
if it was done at once, is charged to the flood budget of its session; its connection is then read later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

TURN_STEPS = 5_000
"""The most steps of all such commands together in one turn: about 5 ms."""

PART_STEPS = 500
"""The steps of one such command before the next one continues."""

LINE_STEPS = 8
"""The steps that rendering and delivering a line takes."""

COMMAND_STEPS = 2_000
"""The steps that count as one command in the flood budget."""

T = TypeVar("T")


def in_parts(items: Iterable[T], steps: int, do: Callable[[T], object]) -> Iterator[int]:
    """Call `do` for each item, in parts of PART_STEPS.

    Args:
        items: A copy that nothing else changes, because the world changes between two parts.
        steps: The steps for each item.

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
    """Return the cost of these steps in commands of the flood budget, without the command itself."""
    return steps / COMMAND_STEPS if steps >= COMMAND_STEPS else 0.0
