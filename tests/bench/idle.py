"""Idle connections: what each costs while nobody says anything, and how long it takes to let them all in.

    python -m tests.bench.idle [--connections 10000] [--seconds 5] [--tls]

Each connection is registered and in no channel. The memory is that of the server process; what the kernel
keeps for the sockets is not in it. The servers run one after the other.
"""

from __future__ import annotations

import argparse
import time

from tests.bench import peers, servers
from tests.bench.report import bench, tell
from tests.bench.servers import OURS, OURS_TLS, Server

SETTLE_SECONDS = 2.0  # after the last one registered, before the idling begins


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.bench.idle")
    options.add_argument("--connections", type=int, default=10_000)
    options.add_argument("--seconds", type=float, default=5.0, help="of idling, for the CPU")
    options.add_argument("--tls", action="store_true", help="measure ours alone, through TLS and without")
    servers.add_option(options)
    asked = options.parse_args()
    servers.allow_open_files(asked.connections)
    for name in [OURS_TLS, OURS] if asked.tls else servers.chosen(asked.server):
        with servers.side_by_side([name]) as [server]:
            idle(server, asked.connections, asked.seconds)


def idle(server: Server, connections: int, seconds: float) -> None:
    before, start = server.resident_bytes(), time.perf_counter()
    nicks = (f"idle{i}" for i in range(connections))
    crowd = peers.register(peers.connect(server.port, nicks, server.tls))
    tell(f"{server.name}: {connections:,} connections registered in", time.perf_counter() - start, "s")
    server.rest(SETTLE_SECONDS)
    cpu = server.cpu_seconds()
    server.rest(seconds)
    cpu = server.cpu_seconds() - cpu
    grown = server.resident_bytes() - before
    tell(f"{server.name}: memory a connection", grown / connections / 1024, "KiB")
    tell(f"{server.name}: memory with no connection", before / 1024, "KiB")
    tell(f"{server.name}: CPU while idle", 100 * cpu / seconds, "% of a core")
    peers.settle(crowd)
    peers.leave(crowd)


if __name__ == "__main__":
    bench(main)
