"""Single lines: their latency, and the CPU time of each delivery, while members talk at a given rate.

    python -m tests.bench.latency                                          100 members, 4 talk
    python -m tests.bench.latency --members 10 --senders 10 --lines 50     10 members, all talk
    python -m tests.bench.latency --members 10 --senders 1 --lines 5       a lone line in a quiet channel

Each sender sends its lines at even intervals, whatever has come back. Its first line is due at a random time,
so that the senders do not tick together. Some members, spread evenly over the channel, take the time. They
acknowledge received data at once: ngIRCd leaves Nagle's algorithm on, and would otherwise wait up to 40 ms.
The other members are read now and then, so that the bench does not wait for itself. The servers take turns
with the same times to send, and each number is the median of its rounds.
"""

from __future__ import annotations

import argparse
import gc
import random
import select
import socket
import time
from collections.abc import Mapping, Sequence
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
    costs: dict[str, list[float]] = {}
    with servers.side_by_side(servers.chosen(asked.server)) as running:
        crowds = [peers.members(server.port, asked.members) for server in running]
        gc.freeze()
        for _ in range(asked.rounds):
            times = schedule(asked.senders, asked.lines, asked.seconds)
            for server, crowd in zip(running, crowds, strict=True):
                run = Run(crowd, asked.senders, asked.listeners, asked.bytes)
                began = server.cpu_seconds()
                percentiles = quantiles(run.measure(times), n=100)
                cpu = server.cpu_seconds() - began
                halves.setdefault(server.name, []).append(1e3 * percentiles[49])
                worst.setdefault(server.name, []).append(1e3 * percentiles[98])
                costs.setdefault(server.name, []).append(1e6 * cpu / (len(times) * (asked.members - 1)))
        for crowd in crowds:
            peers.leave(crowd)
    print_medians("latency p50", halves, "ms")
    print_medians("latency p99", worst, "ms")
    print_medians("CPU a delivery", costs, "µs")


def schedule(senders: int, rate: float, seconds: float) -> list[tuple[float, int]]:
    """Return when each line is sent: the seconds since the start and the number of the sender, in order.

    Args:
        rate: lines per second of each sender.
    """
    times: list[tuple[float, int]] = []
    for sender in range(senders):
        phase = random.random()
        times += [((line + phase) / rate, sender) for line in range(int(rate * seconds))]
    return sorted(times)


class Run:
    """One round: lines at a rate, timed by the listeners and counted by the others."""

    def __init__(self, crowd: Sequence[Peer], senders: int, listeners: int, size: int) -> None:
        quiet_first = [*crowd[senders:], *crowd[:senders]]
        among = max(listeners, len(crowd) - senders)
        self._crowd = crowd
        self._senders = crowd[:senders]
        self._listeners = [quiet_first[i * among // listeners] for i in range(listeners)]
        self._others = [peer for peer in crowd if peer not in self._listeners]
        self._next_other = cycle(self._others)
        self._start = f"PRIVMSG {CHANNEL} :".encode()
        self._start += b"x" * (size - len(self._start) - _DIGITS - len(b"\r\n"))
        self._rests = {peer.socket: b"" for peer in self._listeners}
        self._counts = {peer.nick: 0 for peer in crowd}
        self._sent_at: list[float] = []
        self._delays: list[float] = []
        self._buffer = bytearray(peers.READ_BYTES)
        for peer in self._listeners:
            _acknowledge_at_once(peer.socket)

    def measure(self, times: Sequence[tuple[float, int]]) -> list[float]:
        """Send lines and return the delay in seconds of each line at each listener.

        Args:
            times: see `schedule`.

        Raises:
            BenchFailed: a line did not arrive, or arrived twice.
        """
        own = [0] * len(self._senders)
        for _, sender in times:
            own[sender] += 1
        share = {peer.nick: len(times) for peer in self._crowd}
        for peer, count in zip(self._senders, own, strict=True):
            share[peer.nick] -= count
        wanted = sum(share[peer.nick] for peer in self._listeners)
        start = time.perf_counter()
        last = start + times[-1][0]
        while len(self._delays) < wanted:
            sent, now = len(self._sent_at), time.perf_counter()
            due = start + times[sent][0] if sent < len(times) else last + ARRIVAL_SECONDS
            if now < due:
                self._listen(due - now)
                self._read_another()
            elif sent < len(times):
                self._send(times[sent][1])
            else:
                raise BenchFailed(f"{wanted - len(self._delays)} lines did not arrive")
        self._check(share)
        return self._delays

    def _send(self, sender: int) -> None:
        line = self._start + b"%0*d\r\n" % (_DIGITS, len(self._sent_at))
        self._sent_at.append(time.perf_counter())
        self._senders[sender].socket.send(line)

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
        if not self._others:
            return
        peer = next(self._next_other)
        with suppress(BlockingIOError):
            size = peer.socket.recv_into(self._buffer)
            self._counts[peer.nick] += self._buffer.count(b"\n", 0, size)

    def _check(self, share: Mapping[str, int]) -> None:
        """Check that each member got every line of the others, once.

        Args:
            share: the number of lines for each nick.
        """
        peers.settle(self._crowd)
        for peer in self._crowd:
            expected = 0 if peer in self._listeners else share[peer.nick]
            got = self._counts[peer.nick] + peer.received.count(b"\n") - len(["PONG"])
            if got != expected:
                raise BenchFailed(f"{peer.nick} got {got} lines instead of {expected}")


def _acknowledge_at_once(listener: socket.socket) -> None:
    """Turn off delayed acknowledgements. The system turns them on again, so each recv needs this."""
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.bench.latency")
    options.add_argument("--lines", type=float, default=125, help="lines per second of each sender")
    options.add_argument(
        "--members", type=int, default=100, help="members of the channel, including the senders"
    )
    options.add_argument("--senders", type=int, default=4)
    options.add_argument("--listeners", type=int, default=10, help="members who take the time")
    options.add_argument("--bytes", type=int, default=80, help="size of a line, including CR LF")
    options.add_argument("--seconds", type=float, default=4.0, help="duration of a round")
    options.add_argument("--rounds", type=int, default=5)
    servers.add_option(options)
    return options


if __name__ == "__main__":
    run_bench(main)
