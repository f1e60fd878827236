"""Latency: from sending a line until a member has received it, at a given rate of deliveries.

    python -m tests.bench.latency [--rate 50000] [--members 100] [--senders 4] [--listeners 10]

Lines are sent at even intervals, whatever has come back. Some members, spread evenly over the channel, take
the time. They acknowledge received data at once: ngIRCd leaves Nagle's algorithm on, and would otherwise wait
up to 40 ms. The other members are read now and then, so that the bench does not wait for itself. The servers
take turns, and each number is the median of its rounds.
"""

from __future__ import annotations

import argparse
import gc
import select
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from itertools import cycle
from statistics import quantiles

from tests.bench import peers, servers
from tests.bench.peers import CHANNEL, Peer
from tests.bench.report import BenchFailed, print_medians, run_bench

ARRIVAL_SECONDS = 10  # after the last line was sent; a line that has not arrived by then is missing
_DIGITS = 8


def main() -> None:
    asked = _options().parse_args()
    servers.allow_open_files(2 * asked.members)
    halves: dict[str, list[float]] = {}
    worst: dict[str, list[float]] = {}
    with servers.side_by_side(servers.chosen(asked.server)) as running:
        crowds = [peers.members(server.port, asked.members) for server in running]
        gc.freeze()
        for _ in range(asked.rounds):
            for server, crowd in zip(running, crowds, strict=True):
                run = Run(crowd, asked.senders, asked.listeners, asked.bytes)
                percentiles = quantiles(run.measure(asked.rate / (asked.members - 1), asked.seconds), n=100)
                halves.setdefault(server.name, []).append(1e3 * percentiles[49])
                worst.setdefault(server.name, []).append(1e3 * percentiles[98])
        for crowd in crowds:
            peers.leave(crowd)
    print_medians("latency p50", halves, "ms")
    print_medians("latency p99", worst, "ms")


class Run:
    """One round: lines at a rate, timed by the listeners and counted by the others."""

    def __init__(self, crowd: Sequence[Peer], senders: int, listeners: int, size: int) -> None:
        silent = crowd[senders:]
        self._crowd = crowd
        self._senders = crowd[:senders]
        self._listeners = [silent[i * len(silent) // listeners] for i in range(listeners)]
        self._others = cycle([peer for peer in crowd if peer not in self._listeners])
        self._start = f"PRIVMSG {CHANNEL} :".encode()
        self._start += b"x" * (size - len(self._start) - _DIGITS - len(b"\r\n"))
        self._rests = {peer.socket: b"" for peer in self._listeners}
        self._counts = {peer.nick: 0 for peer in crowd}
        self._sent_at: list[float] = []
        self._delays: list[float] = []
        self._buffer = bytearray(peers.READ_BYTES)
        for peer in self._listeners:
            _acknowledge_at_once(peer.socket)

    def measure(self, rate: float, seconds: float) -> list[float]:
        """Send lines and return the delay in seconds of each line at each listener.

        Args:
            rate: lines per second.

        Raises:
            BenchFailed: a line did not arrive, or arrived twice.
        """
        total = int(rate * seconds)
        start = time.perf_counter()
        last = start + total / rate
        while len(self._delays) < total * len(self._listeners):
            sent, now = len(self._sent_at), time.perf_counter()
            due = start + sent / rate if sent < total else last + ARRIVAL_SECONDS
            if now < due:
                self._listen(due - now)
                self._read_another()
            elif sent < total:
                self._send()
            else:
                raise BenchFailed(f"{total * len(self._listeners) - len(self._delays)} lines did not arrive")
        self._check(total)
        return self._delays

    def _send(self) -> None:
        number = len(self._sent_at)
        line = self._start + b"%0*d\r\n" % (_DIGITS, number)
        self._sent_at.append(time.perf_counter())
        self._senders[number % len(self._senders)].socket.send(line)

    def _listen(self, seconds: float) -> None:
        for ready in select.select(self._rests, (), (), seconds)[0]:
            data = ready.recv(peers.READ_BYTES)
            now = time.perf_counter()
            _acknowledge_at_once(ready)
            if not data:
                raise BenchFailed("a listener was disconnected")
            *lines, self._rests[ready] = (self._rests[ready] + data).split(b"\r\n")
            self._delays.extend(now - self._sent_at[int(line[-_DIGITS:])] for line in lines)

    def _read_another(self) -> None:
        """Read the data that one of the other members has received."""
        peer = next(self._others)
        with suppress(BlockingIOError):
            size = peer.socket.recv_into(self._buffer)
            self._counts[peer.nick] += self._buffer.count(b"\n", 0, size)

    def _check(self, total: int) -> None:
        peers.settle(self._crowd)
        for place, peer in enumerate(self._crowd):
            own = len(range(place, total, len(self._senders))) if peer in self._senders else 0
            expected = 0 if peer in self._listeners else total - own
            got = self._counts[peer.nick] + peer.received.count(b"\n") - len(["PONG"])
            if got != expected:
                raise BenchFailed(f"{peer.nick} got {got} lines instead of {expected}")


def _acknowledge_at_once(listener: socket.socket) -> None:
    """Turn off delayed acknowledgements. The system turns them on again, so each recv needs this."""
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.bench.latency")
    options.add_argument("--rate", type=float, default=50_000, help="deliveries per second")
    options.add_argument(
        "--members", type=int, default=100, help="members of the channel, including the senders"
    )
    options.add_argument("--senders", type=int, default=4)
    options.add_argument("--listeners", type=int, default=10, help="members who take the time")
    options.add_argument("--bytes", type=int, default=80, help="size of a line, including CR LF")
    options.add_argument("--seconds", type=float, default=2.0, help="duration of a round")
    options.add_argument("--rounds", type=int, default=5)
    servers.add_option(options)
    return options


if __name__ == "__main__":
    run_bench(main)
