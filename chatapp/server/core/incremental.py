"""Commands that are done in parts, so that other clients do not wait for a long answer.

A command whose work grows with the number of channels or users gives its outbox a generator, which yields how
many steps each part took. The core continues all such commands in turn, a little in each of its own turns.
The session's later commands wait. When the work is done, its lines are delivered in parts too.

A step takes about a microsecond: one simple comparison. A command that took COMMAND_STEPS or more, also one
that is done at once, is charged to the flood budget of its session, whose connection is then read later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

TURN_STEPS = 5_000
"""Steps of all such commands together in one turn: about 5 ms."""

PART_STEPS = 500
"""Steps of one such command before the next one continues."""

LINE_STEPS = 8
"""Steps that it takes to render a line and deliver it."""

COMMAND_STEPS = 2_000
"""Steps that the flood budget counts as one command."""

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
    """The cost of so many steps beside the command itself, in commands of the flood budget."""
    return steps / COMMAND_STEPS if steps >= COMMAND_STEPS else 0.0
