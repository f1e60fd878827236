"""How a bench ends: with lines of `what  number  unit`, or with one line that says why it has no number."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from statistics import median


class Failed(Exception):
    """The bench came to no number: a server did not start, a client was dropped, a line is missing."""


def bench(main: Callable[[], None]) -> None:
    """Runs it. When it is stopped by a signal, it still ends the servers that it started."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    try:
        main()
    except Failed as problem:
        sys.exit(f"failed: {problem}")


def tell(what: str, number: float, unit: str) -> None:
    """Prints one line at once."""
    print(f"{what}  {spell(number)}  {unit}", flush=True)


def tell_medians(what: str, numbers: Mapping[str, Sequence[float]], unit: str) -> None:
    """The median of each server, and the first's divided by the second's when two ran.

    Takes  numbers: what each round gave, by the name of the server
    """
    medians = {name: median(rounds) for name, rounds in numbers.items()}
    for name, middle in medians.items():
        tell(f"{name}: {what}", middle, unit)
    if len(medians) == 2:
        (first, upper), (second, lower) = medians.items()
        tell(f"{first} / {second}: {what}", upper / lower, "times")


def spell(number: float) -> str:
    """Whole numbers from a thousand up, else three digits that count."""
    return f"{number:,.0f}" if abs(number) >= 999.5 else f"{number:.3g}"
