"""The output of a bench: lines of `what  number  unit`, or one line that says why it failed."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from statistics import median


class BenchFailed(Exception):
    """A bench has no result: a server did not start, a client was disconnected, a line is missing."""


def run_bench(main: Callable[[], None]) -> None:
    """Run a bench. When a signal stops it, the servers that it has started are stopped too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    try:
        main()
    except BenchFailed as problem:
        sys.exit(f"failed: {problem}")


def print_result(what: str, number: float, unit: str) -> None:
    """Print one result."""
    print(f"{what}  {format_number(number)}  {unit}", flush=True)


def print_medians(what: str, numbers: Mapping[str, Sequence[float]], unit: str) -> None:
    """Print the median for each server, and the ratio of the first one to each other.

    Args:
        numbers: the result of each round, by the name of the server.
    """
    medians = {name: median(rounds) for name, rounds in numbers.items()}
    for name, middle in medians.items():
        print_result(f"{name}: {what}", middle, unit)
    first, *others = medians
    for other in others:
        print_result(f"{first} / {other}: {what}", medians[first] / medians[other], "times")


def format_number(number: float) -> str:
    """A whole number from 1,000 up, else three significant digits."""
    return f"{number:,.0f}" if abs(number) >= 999.5 else f"{number:.3g}"
