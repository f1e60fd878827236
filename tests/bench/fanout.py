"""Fan-out: a few members of a channel flood it, and every other member gets every line.

    python -m tests.bench.fanout [--members 100] [--senders 4] [--bytes 80] [--history off] [--tls]

Each sender sends a window of lines, and the next window as soon as every member has received the last but
one. So two windows are in flight at any time: the server always has work, and its send queues stay far below
their limits. The servers take turns, and each number is the median of its rounds. `--tls` compares our server
through TLS with itself in plain text.

Large windows are a flood; `--window 320` shows the cost of single lines. Then only the CPU times can be
compared, not the deliveries per second: ngIRCd leaves Nagle's algorithm on and waits for acknowledgements.
"""

from __future__ import annotations

import argparse
import gc
import select
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from tests.bench import peers, servers
from tests.bench.peers import CHANNEL, NOT_NOW, Peer
from tests.bench.report import BenchFailed, print_medians, print_result, run_bench
from tests.bench.servers import OURS, OURS_TLS, Server

WINDOWS_IN_FLIGHT = 2
SILENT_SECONDS = 10  # without a single line, after which the round has failed


@dataclass(frozen=True, slots=True)
class Flood:
    """The cost of one round, in seconds: elapsed time, CPU of the server, CPU of this bench."""

    deliveries: int
    seconds: float
    server_cpu: float
    own_cpu: float


def main() -> None:
    asked = _options().parse_args()
    servers.allow_open_files(2 * asked.members)
    block = lines(asked.bytes, max(1, asked.window // asked.senders // asked.bytes))
    names = [OURS_TLS, OURS] if asked.tls else servers.chosen(asked.server)
    with servers.side_by_side(names, history=asked.history == "on") as running:
        crowds = [_crowd(server, asked.members, asked.caps) for server in running]
        floods: dict[str, list[Flood]] = {server.name: [] for server in running}
        gc.freeze()
        for _ in range(asked.rounds):
            for server, crowd in zip(running, crowds, strict=True):
                floods[server.name].append(flood(server, crowd, asked.senders, block, asked.seconds))
        for crowd in crowds:
            peers.leave(crowd)
    print_floods(floods)


def lines(size: int, count: int) -> bytes:
    """Return numbered lines of the same size in bytes."""
    made = []
    for number in range(count):
        start = f"PRIVMSG {CHANNEL} :{number:05d} ".encode()
        made.append(start + b"x" * (size - len(start) - len(b"\r\n")) + b"\r\n")
    return b"".join(made)


def flood(server: Server, crowd: Sequence[Peer], senders: int, block: bytes, seconds: float) -> Flood:
    """Run one round, in which every other member gets every line exactly once.

    Raises:
        BenchFailed: a member did not.
    """
    exchange = Exchange(crowd, crowd[:senders], block)
    server_cpu, own_cpu, start = server.cpu_seconds(), time.process_time(), time.perf_counter()
    deliveries = exchange.run(start + seconds)
    took = time.perf_counter() - start
    own_cpu, server_cpu = time.process_time() - own_cpu, server.cpu_seconds() - server_cpu
    peers.settle(crowd)
    for peer in crowd:
        if peer.received.count(b"\n") != 1:
            raise BenchFailed(f"{peer.nick} got more than was sent: {peer.received[:200].decode()}")
    return Flood(deliveries, took, server_cpu, own_cpu)


def print_floods(floods: dict[str, list[Flood]]) -> None:
    costs = {name: [1e6 * r.server_cpu / r.deliveries for r in rounds] for name, rounds in floods.items()}
    rates = {name: [r.deliveries / r.seconds for r in rounds] for name, rounds in floods.items()}
    print_medians("CPU a delivery", costs, "µs")
    print_medians("deliveries a second", rates, "lines")
    for name, rounds in floods.items():
        seconds = sum(r.seconds for r in rounds)
        print_result(f"{name}: deliveries counted", sum(r.deliveries for r in rounds), "lines")
        print_result(f"{name}: CPU of the server", sum(r.server_cpu for r in rounds) / seconds, "cores")
        print_result(f"{name}: CPU of this bench", sum(r.own_cpu for r in rounds) / seconds, "cores")


class Exchange:
    """Windows of lines from the senders to the members, counted as they arrive."""

    def __init__(self, crowd: Sequence[Peer], senders: Sequence[Peer], block: bytes) -> None:
        window = block.count(b"\n")
        self._block = block
        self._buffer = bytearray(peers.READ_BYTES)
        self._sockets = {peer.socket.fileno(): peer.socket for peer in crowd}
        self._unsent = {peer.socket.fileno(): b"" for peer in senders}
        self._shares = {n: window * (len(senders) - (n in self._unsent)) for n in self._sockets}
        self._received = dict.fromkeys(self._sockets, 0)
        # the number of lines that each has received at the end of the next window
        self._goals = dict(self._shares)
        self._behind = self._count_behind()
        self._sent = self._complete = 0  # windows

    def run(self, end: float) -> int:
        """Send windows until a time and return the number of deliveries when all have arrived.

        Raises:
            BenchFailed: lines are missing or too many, or a member was disconnected.
        """
        with select.epoll() as self._ready:
            for number in self._sockets:
                self._ready.register(number, select.EPOLLIN)
            while True:
                while self._sent - self._complete < WINDOWS_IN_FLIGHT and time.perf_counter() < end:
                    self._send_window()
                if self._sent == self._complete:
                    return self._deliveries()
                self._wait()
                while self._behind == 0:
                    self._complete_window()

    def _wait(self) -> None:
        events = self._ready.poll(SILENT_SECONDS)
        if not events:
            raise BenchFailed(
                f"{self._behind} members miss lines, and no line has arrived for {SILENT_SECONDS} s"
            )
        for number, event in events:
            if event & select.EPOLLOUT:
                self._send(number)
            if event & ~select.EPOLLOUT:
                self._receive(number)

    def _send_window(self) -> None:
        self._sent += 1
        for number in self._unsent:
            self._unsent[number] += self._block
            self._send(number)

    def _send(self, number: int) -> None:
        unsent = self._unsent[number]
        with suppress(*NOT_NOW):
            unsent = unsent[self._sockets[number].send(unsent) :]
        self._unsent[number] = unsent
        self._ready.modify(number, select.EPOLLIN | select.EPOLLOUT if unsent else select.EPOLLIN)

    def _receive(self, number: int) -> None:
        try:
            size = self._sockets[number].recv_into(self._buffer)
        except NOT_NOW:
            return  # only part of a TLS record has arrived
        if size == 0:
            raise BenchFailed("a member was disconnected")
        before = self._received[number]
        self._received[number] = after = before + self._buffer.count(b"\n", 0, size)
        if before < self._goals[number] <= after:
            self._behind -= 1

    def _complete_window(self) -> None:
        self._complete += 1
        for number, share in self._shares.items():
            self._goals[number] += share
        self._behind = self._count_behind()

    def _count_behind(self) -> int:
        """Return the number of members who have not received the current window, of those who receive any
        lines."""
        return sum(self._received[n] < self._goals[n] for n, share in self._shares.items() if share)

    def _deliveries(self) -> int:
        for number, share in self._shares.items():
            if self._received[number] != self._complete * share:
                raise BenchFailed(
                    f"a member got {self._received[number]} lines instead of {self._complete * share}"
                )
        return sum(self._received.values())


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.bench.fanout")
    options.add_argument(
        "--members", type=int, default=100, help="members of the channel, including the senders"
    )
    options.add_argument("--senders", type=int, default=4)
    options.add_argument("--bytes", type=int, default=80, help="size of a line, including CR LF")
    options.add_argument("--window", type=int, default=80 * 1024, help="bytes in a window of all senders")
    options.add_argument("--seconds", type=float, default=2.0, help="duration of a round")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument(
        "--history", choices=["on", "off"], default="on", help="whether our server stores lines"
    )
    options.add_argument(
        "--caps", choices=["none", "all"], default="none", help="the capabilities that members request"
    )
    options.add_argument("--tls", action="store_true", help="measure our server only, with and without TLS")
    servers.add_option(options)
    return options


def _crowd(server: Server, count: int, caps: str) -> list[Peer]:
    wanted = peers.offered(server.port) if caps == "all" else frozenset[str]()
    print_result(f"{server.name}: capabilities of each member", len(wanted), "capabilities")
    return peers.members(server.port, count, wanted, server.tls)


if __name__ == "__main__":
    run_bench(main)
