"""Start: from the start command to the open port, with new data and with existing data.

    python -m tests.bench.startup [--rounds 9]

The servers take turns, and each number is the median of its rounds.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import servers
from tests.bench.report import print_medians, run_bench


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.bench.startup")
    options.add_argument("--rounds", type=int, default=9)
    servers.add_option(options)
    asked = options.parse_args()
    names = servers.chosen(asked.server)
    first: dict[str, list[float]] = {name: [] for name in names}
    again: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(asked.rounds):
        for name in names:
            with TemporaryDirectory(prefix="chatapp-bench-") as folder:
                for seconds in (first, again):
                    with servers.start(name, Path(folder)) as server:
                        seconds[name].append(1e3 * server.seconds)
    print_medians("start with new data", first, "ms")
    print_medians("start with existing data", again, "ms")


if __name__ == "__main__":
    run_bench(main)
