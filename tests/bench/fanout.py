"""Fan-out: a few members of a channel flood it, and every other member gets every line.

    python -m tests.bench.fanout [--members 100] [--senders 4] [--bytes 80] [--history off] [--tls]

Each sender sends a window of lines, and the next one as soon as every member has heard all of the last but
one. So two windows are on their way at any time: a server always has work, and its send queues stay far below
their limits. The servers take turns, and each number is the median of its rounds. With `--tls` they are ours
through TLS and ours as it is.

Large windows are a flood; `--window 320` shows what lines cost that come one by one. Deliveries a second
cannot be compared then, for ngIRCd leaves Nagle's algorithm on and waits for acknowledgements; the CPU can.
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
from tests.bench.report import Failed, bench, tell, tell_medians
from tests.bench.servers import OURS, OURS_TLS, Server

WINDOWS_UNDER_WAY = 2
SILENT_SECONDS = 10  # without a single line: the flood has failed


@dataclass(frozen=True, slots=True)
class Flood:
    """What one round took: seconds of time, of the server's CPU, and of our own."""

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
    show(floods)


def lines(size: int, count: int) -> bytes:
    """So many numbered lines of so many bytes each."""
    made = []
    for number in range(count):
        start = f"PRIVMSG {CHANNEL} :{number:05d} ".encode()
        made.append(start + b"x" * (size - len(start) - len(b"\r\n")) + b"\r\n")
    return b"".join(made)


def flood(server: Server, crowd: Sequence[Peer], senders: int, block: bytes, seconds: float) -> Flood:
    """One round, in which every other member gets every line exactly once.

    Raises  Failed when that is not so
    """
    exchange = Exchange(crowd, crowd[:senders], block)
    server_cpu, own_cpu, start = server.cpu_seconds(), time.process_time(), time.perf_counter()
    deliveries = exchange.run(start + seconds)
    took = time.perf_counter() - start
    own_cpu, server_cpu = time.process_time() - own_cpu, server.cpu_seconds() - server_cpu
    peers.settle(crowd)
    for peer in crowd:
        if peer.heard.count(b"\n") != 1:
            raise Failed(f"{peer.nick} got more than was sent: {peer.heard[:200].decode()}")
    return Flood(deliveries, took, server_cpu, own_cpu)


def show(floods: dict[str, list[Flood]]) -> None:
    costs = {name: [1e6 * r.server_cpu / r.deliveries for r in rounds] for name, rounds in floods.items()}
    rates = {name: [r.deliveries / r.seconds for r in rounds] for name, rounds in floods.items()}
    tell_medians("CPU a delivery", costs, "µs")
    tell_medians("deliveries a second", rates, "lines")
    for name, rounds in floods.items():
        seconds = sum(r.seconds for r in rounds)
        tell(f"{name}: deliveries counted", sum(r.deliveries for r in rounds), "lines")
        tell(f"{name}: CPU of the server", sum(r.server_cpu for r in rounds) / seconds, "cores")
        tell(f"{name}: CPU of this bench", sum(r.own_cpu for r in rounds) / seconds, "cores")


class Exchange:
    """Windows of lines on their way: from each sender, to each member, counted there."""

    def __init__(self, crowd: Sequence[Peer], senders: Sequence[Peer], block: bytes) -> None:
        window = block.count(b"\n")
        self._block = block
        self._buffer = bytearray(peers.READ_BYTES)
        self._sockets = {peer.socket.fileno(): peer.socket for peer in crowd}
        self._unsent = {peer.socket.fileno(): b"" for peer in senders}
        self._shares = {n: window * (len(senders) - (n in self._unsent)) for n in self._sockets}
        self._heard = dict.fromkeys(self._sockets, 0)
        self._goals = dict(self._shares)  # what each has heard when the window after the complete ones is in
        self._behind = self._count_behind()
        self._sent = self._complete = 0  # windows

    def run(self, end: float) -> int:
        """Sends windows until that time, and gives the number of deliveries once all of them are in.

        Raises  Failed when lines are missing or too many, or a member is disconnected
        """
        with select.epoll() as self._ready:
            for number in self._sockets:
                self._ready.register(number, select.EPOLLIN)
            while True:
                while self._sent - self._complete < WINDOWS_UNDER_WAY and time.perf_counter() < end:
                    self._send_window()
                if self._sent == self._complete:
                    return self._deliveries()
                self._wait()
                while self._behind == 0:
                    self._complete_window()

    def _wait(self) -> None:
        events = self._ready.poll(SILENT_SECONDS)
        if not events:
            raise Failed(f"{self._behind} members miss lines, and for {SILENT_SECONDS} s nobody got one")
        for number, event in events:
            if event & select.EPOLLOUT:
                self._send(number)
            if event & ~select.EPOLLOUT:
                self._hear(number)

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

    def _hear(self, number: int) -> None:
        try:
            size = self._sockets[number].recv_into(self._buffer)
        except NOT_NOW:
            return  # of a record of TLS, only a part
        if size == 0:
            raise Failed("a member was disconnected")
        before = self._heard[number]
        self._heard[number] = after = before + self._buffer.count(b"\n", 0, size)
        if before < self._goals[number] <= after:
            self._behind -= 1

    def _complete_window(self) -> None:
        self._complete += 1
        for number, share in self._shares.items():
            self._goals[number] += share
        self._behind = self._count_behind()

    def _count_behind(self) -> int:
        """Members who have not heard the window that the goals stand for, if they are to hear any."""
        return sum(self._heard[n] < self._goals[n] for n, share in self._shares.items() if share)

    def _deliveries(self) -> int:
        for number, share in self._shares.items():
            if self._heard[number] != self._complete * share:
                raise Failed(f"a member got {self._heard[number]} lines instead of {self._complete * share}")
        return sum(self._heard.values())


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.bench.fanout")
    options.add_argument("--members", type=int, default=100, help="in the channel, the senders among them")
    options.add_argument("--senders", type=int, default=4)
    options.add_argument("--bytes", type=int, default=80, help="of a line as it is sent, CR LF included")
    options.add_argument("--window", type=int, default=80 * 1024, help="bytes that all senders send at once")
    options.add_argument("--seconds", type=float, default=2.0, help="that a round takes")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--history", choices=["on", "off"], default="on", help="whether ours keeps lines")
    options.add_argument("--caps", choices=["none", "all"], default="none", help="what members ask for")
    options.add_argument("--tls", action="store_true", help="measure ours alone, through TLS and without")
    servers.add_option(options)
    return options


def _crowd(server: Server, count: int, caps: str) -> list[Peer]:
    wanted = peers.offered(server.port) if caps == "all" else frozenset[str]()
    tell(f"{server.name}: capabilities of each member", len(wanted), "of them")
    return peers.members(server.port, count, wanted, server.tls)


if __name__ == "__main__":
    bench(main)
