"""Start: from the command to the port being open, with new data and with the data of the start before.

    python -m tests.bench.startup [--rounds 9]

The servers take turns, and each number is the median of its rounds.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import servers
from tests.bench.report import bench, tell_medians


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
    tell_medians("start with new data", first, "ms")
    tell_medians("start with old data", again, "ms")


if __name__ == "__main__":
    bench(main)
