"""How the cost of work grows with the amount of data.

    python -m tests.bench.growth [--out FOLDER] [--only AMOUNT] [--most-messages 10_000_000] [--data FOLDER]

One amount grows while the others stay small: the members of a channel, the channels, or the stored messages,
whose search index is complete. At each step the bench measures a start with files that are not in the
system's cache, and in rounds the other kinds of work. Each number is the median of its rounds. From the last
three steps it computes the exponent of growth: 0 where an amount does not matter, 1 where the cost is
proportional to it. `--out` gets a chart of each kind of work. `--data` keeps the databases for the next run;
each run adds some thousand messages to them.

CPU times are those of the server, without what it uses when idle. The two elapsed times, of a start and of a
lone line, need a quiet machine.
"""

from __future__ import annotations

import argparse
import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Literal, NamedTuple

from tests.bench import chart, grown_data, servers
from tests.bench.chart import Curve, Point
from tests.bench.grown_data import Amounts
from tests.bench.growth_work import BURST_LINES, PAGE_LINES, REJOINED, Costs, Workers
from tests.bench.report import format_number, print_result, run_bench
from tests.bench.servers import OURS, Server

LAST_STEPS = 3  # from which the exponent is computed
SPARE_CLIENTS = 100  # besides the members

Amount = Literal["members", "channels", "messages"]


class Growing(NamedTuple):
    """An amount that grows.

    Args:
        title: Its unit, as an axis shows it.
        factor: From one step to the next.
    """

    title: str
    most: int
    factor: float


GROWING: dict[Amount, Growing] = {
    "members": Growing("members of a channel", 10_000, 10**0.5),
    "channels": Growing("channels", 5_000, 10**0.5),
    "messages": Growing("stored messages", 10_000_000, 10),
}


class Work(NamedTuple):
    """A kind of work.

    Args:
        unit: What is measured.
        growth: The amounts that it cannot but be proportional to. No other amount should matter.
    """

    title: str
    unit: str
    growth: tuple[Amount, ...] = ()


WORK: dict[str, Work] = {
    "start": Work("A start: until the port is open", "s", ("members", "channels")),
    "start-cpu": Work("A start: CPU", "s of CPU", ("members", "channels")),
    "idle": Work("An idle second", "ms of CPU", ("members",)),
    "burst": Work(f"A message in bursts of {BURST_LINES}, for each member who gets it", "µs of CPU"),
    "line": Work("A lone message, for each member who gets it", "µs of CPU"),
    "latency": Work("A lone message, until a member has it", "ms", ("members",)),
    "join": Work("A join", "ms of CPU", ("members",)),
    "reconnect": Work(f"A reconnect: registration and {REJOINED} joins", "ms of CPU", ("members",)),
    "page": Work(f"A page of {PAGE_LINES} lines", "ms of CPU"),
    "search": Work("A search for a word", "ms of CPU"),
    "search-beginning": Work("A search for the first two letters of a word", "ms of CPU"),
    "search-two": Work("A search for two words", "ms of CPU"),
}


def main() -> None:
    asked = _options().parse_args()
    servers.allow_open_files(asked.most_members + SPARE_CLIENTS)
    chosen: list[Amount] = [asked.only] if asked.only else list(GROWING)
    known: dict[Amounts, Costs] = {}  # the smallest amounts are common to all curves
    for amount in chosen:
        for count in _steps(
            getattr(Amounts(), amount), getattr(asked, f"most_{amount}"), GROWING[amount].factor
        ):
            amounts = replace(Amounts(), **{amount: count})
            if amounts not in known:
                known[amounts] = _measured(amounts, asked.data, asked.rounds)
            for name, cost in known[amounts].items():
                print_result(f"{name}, {count:,} {amount}", cost, WORK[name].unit)
    curves = {name: {amount: _points(known, name, amount) for amount in chosen} for name in WORK}
    _print_exponents(curves)
    if asked.out:
        _draw(curves, asked.out)


def _steps(least: int, most: int, factor: float) -> Iterator[int]:
    """Yield geometric steps; the last one may be shorter."""
    count = float(least)
    while round(count) < most:
        yield round(count)
        count *= factor
    yield most


def _points(known: dict[Amounts, Costs], name: str, amount: Amount) -> list[Point]:
    small = Amounts()
    alone = [each for each in known if replace(each, **{amount: getattr(small, amount)}) == small]
    return sorted((getattr(each, amount), known[each][name]) for each in alone)


def _print_exponents(curves: dict[str, dict[Amount, list[Point]]]) -> None:
    for name, by_amount in curves.items():
        for amount, points in by_amount.items():
            if len(points) > 1:
                needed = int(amount in WORK[name].growth)
                what = f"{name}: exponent of growth with {amount}, at most {needed} needed"
                print_result(what, chart.slope(points, LAST_STEPS), "")


def _draw(curves: dict[str, dict[Amount, list[Point]]], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, by_amount in curves.items():
        shown = [
            Curve(
                f"{GROWING[amount].title}: {_values(points)}, exponent {chart.slope(points, LAST_STEPS):.2f}",
                points,
            )
            for amount, points in by_amount.items()
            if len(points) > 1
        ]
        svg = chart.draw(WORK[name].title, "members, channels or stored messages", WORK[name].unit, shown)
        (folder / f"{name}.svg").write_text(svg, "utf-8")


def _values(points: Sequence[Point]) -> str:
    return f"{format_number(points[0][1])} to {format_number(points[-1][1])}"


# one step


def _measured(amounts: Amounts, data: Path | None, rounds: int) -> Costs:
    """Return the median costs of all kinds of work with these amounts of data."""
    with grown_data.prepared(amounts, data) as folder:
        taken: dict[str, list[float]] = {name: [] for name in WORK}
        for _ in range(rounds):
            with _started(folder) as server:
                taken["start"].append(server.seconds)
                taken["start-cpu"].append(server.cpu_seconds())
        with _started(folder) as server:
            workers = Workers(server, amounts)
            gc.freeze()
            measured = [workers.round(number) for number in range(rounds)]
            measured += [workers.burst() for _ in range(rounds)]
            for name, cost in (pair for costs in measured for pair in costs.items()):
                taken[name].append(cost)
            workers.leave()
            gc.unfreeze()
    return {name: median(costs) for name, costs in taken.items()}


@contextmanager
def _started(folder: Path) -> Iterator[Server]:
    """Start the server without its files in the system's cache."""
    for path in folder.iterdir():
        number = os.open(path, os.O_RDONLY)
        os.fsync(number)
        os.posix_fadvise(number, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(number)
    with servers.start(OURS, folder) as server:
        yield server


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.bench.growth")
    options.add_argument("--only", choices=list(GROWING), help="let only this amount grow")
    for amount, growing in GROWING.items():
        options.add_argument(f"--most-{amount}", type=int, default=growing.most, metavar="COUNT")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--out", type=Path, metavar="FOLDER", help="for the charts")
    options.add_argument("--data", type=Path, metavar="FOLDER", help="keeps the databases for the next run")
    return options


if __name__ == "__main__":
    run_bench(main)
