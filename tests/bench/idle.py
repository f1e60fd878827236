"""Idle connections: the cost of each, and the time until all are registered.

    python -m tests.bench.idle [--connections 10000] [--seconds 5] [--tls]

Each connection is registered and in no channel. The memory is that of the server process, without the
kernel's memory for the sockets. The servers run one after the other.
"""

from __future__ import annotations

import argparse
import time

from tests.bench import peers, servers
from tests.bench.report import print_result, run_bench
from tests.bench.servers import OURS, OURS_TLS, Server

SETTLE_SECONDS = 2.0  # between the last registration and the idle time


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.bench.idle")
    options.add_argument("--connections", type=int, default=10_000)
    options.add_argument("--seconds", type=float, default=5.0, help="idle time, for the CPU")
    options.add_argument("--tls", action="store_true", help="measure our server only, with and without TLS")
    servers.add_option(options)
    asked = options.parse_args()
    servers.allow_open_files(asked.connections)
    for name in [OURS_TLS, OURS] if asked.tls else servers.chosen(asked.server):
        with servers.side_by_side([name]) as [server]:
            idle(server, asked.connections, asked.seconds)


def idle(server: Server, connections: int, seconds: float) -> None:
    before, start = server.resident_bytes(), time.perf_counter()
    nicks = (f"idle{i}" for i in range(connections))
    crowd = peers.register(
        peers.connect(server.port, nicks, server.tls), at_once=server.registrations_at_once
    )
    print_result(
        f"{server.name}: {connections:,} connections registered in", time.perf_counter() - start, "s"
    )
    server.stay_idle(SETTLE_SECONDS)
    cpu = server.cpu_seconds()
    server.stay_idle(seconds)
    cpu = server.cpu_seconds() - cpu
    grown = server.resident_bytes() - before
    print_result(f"{server.name}: memory per connection", grown / connections / 1024, "KiB")
    print_result(f"{server.name}: memory with no connection", before / 1024, "KiB")
    print_result(f"{server.name}: CPU while idle", 100 * cpu / seconds, "% of a core")
    peers.settle(crowd)
    peers.leave(crowd)


if __name__ == "__main__":
    run_bench(main)
