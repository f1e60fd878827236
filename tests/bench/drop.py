"""Many clients disconnect at the same time, as when a network fails: how long another one waits for answers.

    python -m tests.bench.drop [--clients 3000]

All clients are in one channel. Nine of ten close their connections at once; the others, who get all the
QUITs, stay. A client outside of the channel sends a PING after each answer for some seconds. This measures
our server only.
"""

from __future__ import annotations

import argparse
import socket
import time
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from tests.bench import peers, servers
from tests.bench.report import BenchFailed, print_medians, run_bench
from tests.bench.servers import OURS

STAYING = 10  # one of so many stays
PAUSE_SECONDS = 0.01  # between two PINGs
ANSWER_SECONDS = 120  # after which an answer is missing
PING, ANSWER = b"PING waiting\r\n", b"waiting\r\n"


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.bench.drop")
    options.add_argument("--clients", type=int, default=3000)
    options.add_argument("--seconds", type=float, default=10.0)
    options.add_argument("--rounds", type=int, default=3)
    asked = options.parse_args()
    servers.allow_open_files(2 * asked.clients)
    longest, late = [], []
    for _ in range(asked.rounds):
        delays = _round(asked.clients, asked.seconds)
        longest.append(1e3 * max(delays))
        late.append(1e3 * quantiles(delays, n=100, method="inclusive")[98])
    print_medians("longest delay of a PING", {OURS: longest}, "ms")
    print_medians("99 % of the PINGs answered within", {OURS: late}, "ms")


def _round(clients: int, seconds: float) -> list[float]:
    """Return the delays of the PINGs in seconds."""
    with TemporaryDirectory(prefix="chatapp-bench-") as folder, servers.start(OURS, Path(folder)) as server:
        crowd = peers.members(server.port, clients)
        (observer,) = peers.register(peers.connect(server.port, ["observer"]))
        observer.socket.settimeout(ANSWER_SECONDS)
        for place, peer in enumerate(crowd):
            if place % STAYING:
                peer.socket.close()
        delays = []
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            delays.append(_ping(observer.socket))
            time.sleep(PAUSE_SECONDS)
        return delays


def _ping(observer: socket.socket) -> float:
    began = time.perf_counter()
    observer.sendall(PING)
    received = b""
    try:
        while not received.endswith(ANSWER):
            received += observer.recv(4096)
    except TimeoutError:
        raise BenchFailed(f"no answer in {ANSWER_SECONDS} seconds") from None
    return time.perf_counter() - began


if __name__ == "__main__":
    run_bench(main)
