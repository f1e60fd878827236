"""Joins: many clients enter one channel one after the other, and each member sees every later one.

    python -m tests.bench.joins [--clients 3000] [--leave] [--tls] [--server ngIRCd]

All clients are registered first. Each sends its JOIN when the one before it has received the end of the
names. With --leave they then quit one after the other, each when the connection of the one before it has
ended. The bench checks that each member sees every later JOIN, and every QUIT before its own, exactly
once and in order. It reads a few members after each command, so that it does not wait for itself. The servers
run one after the other.
"""

from __future__ import annotations

import argparse
import re
import select
import time
from collections.abc import Callable, Sequence

from tests.bench import peers, servers
from tests.bench.peers import CHANNEL, Peer
from tests.bench.report import BenchFailed, print_result, run_bench
from tests.bench.servers import OURS, OURS_TLS, Server

ANSWER_SECONDS = 60  # after which a command has failed
READ_EACH_TIME = 12  # members that are read after each command
JOINED = re.compile(rb":client(\d+)![^ ]* JOIN ")
QUIT = re.compile(rb":client(\d+)![^ ]* QUIT ")
END_OF_NAMES = re.compile(rb" 366 ")


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.bench.joins")
    options.add_argument("--clients", type=int, default=3_000)
    options.add_argument("--leave", action="store_true", help="measure QUITs, too")
    options.add_argument("--tls", action="store_true", help="measure our server only, with and without TLS")
    servers.add_option(options)
    asked = options.parse_args()
    servers.allow_open_files(asked.clients)
    for name in [OURS_TLS, OURS] if asked.tls else servers.chosen(asked.server):
        with servers.side_by_side([name]) as [server]:
            nicks = (f"client{number}" for number in range(asked.clients))
            connections = peers.connect(server.port, nicks, server.tls)
            clients = peers.register(connections, at_once=server.registrations_at_once)
            peers.settle(clients)
            crowd = [Client(peer, number) for number, peer in enumerate(clients)]
            measure(server, f"{asked.clients:,} joins", join_all, crowd)
            if asked.leave:
                measure(server, f"{asked.clients:,} quits", quit_all, crowd)
            peers.leave(clients)


def measure(
    server: Server, what: str, work: Callable[[Sequence[Client]], None], crowd: Sequence[Client]
) -> None:
    """Print how long something takes, and the CPU time of the server for it."""
    cpu, start = server.cpu_seconds(), time.perf_counter()
    work(crowd)
    print_result(f"{server.name}: {what}", time.perf_counter() - start, "s")
    print_result(f"{server.name}: CPU for {what}", server.cpu_seconds() - cpu, "s")


class Client:
    """One client, which checks what it sees.

    Attributes:
        next: The number of the client whose event it must see next.
    """

    def __init__(self, peer: Peer, number: int) -> None:
        self.number = self.next = number
        self._peer = peer
        self._rest = b""

    def run(self, command: str, event: re.Pattern[bytes], end: re.Pattern[bytes] | None) -> None:
        """Send a command and read until its answer has ended.

        Args:
            event: See `read`.
            end: What the last line of the answer contains; None for the end of the connection.
        """
        self._peer.socket.sendall(f"{command}\r\n".encode())
        readable = select.poll()
        readable.register(self._peer.socket, select.POLLIN)
        while readable.poll(1000 * ANSWER_SECONDS):
            lines = self.read(event, may_end=end is None)
            if lines is None or (end and end.search(lines)):
                return
        raise BenchFailed(f"{self._peer.nick} got no answer to {command}")

    def read(self, event: re.Pattern[bytes], may_end: bool = False) -> bytes | None:
        """Receive what has arrived, and check that the events in it are the next ones.

        Args:
            event: Its first group is the number of a client.
            may_end: Whether the connection may have ended.

        Returns:
            The lines; None after the end of the connection.

        Raises:
            BenchFailed: An event is missing, has come twice, or is not in its place.
        """
        pieces, has_ended = self._receive()
        *lines, self._rest = b"".join([self._rest, *pieces]).rpartition(b"\n")
        received = b"".join(lines)
        seen = [int(number) for number in event.findall(received)]
        if seen != list(range(self.next, self.next + len(seen))):
            raise BenchFailed(f"{self._peer.nick} saw client{self.next} not next, but {seen}")
        self.next += len(seen)
        if has_ended and not may_end:
            raise BenchFailed(f"{self._peer.nick} was disconnected: {received[-200:]!r}")
        return None if has_ended else received

    def _receive(self) -> tuple[list[bytes], bool]:
        """Receive all that is there, and whether the connection has ended."""
        pieces: list[bytes] = []
        try:
            while piece := self._peer.socket.recv(peers.READ_BYTES):
                pieces.append(piece)
        except peers.NOT_NOW:
            return pieces, False
        except ConnectionError:
            pass
        return pieces, True


def join_all(crowd: Sequence[Client]) -> None:
    """Have all clients join, and wait until each has seen every later JOIN."""
    for turn, client in enumerate(crowd):
        client.run(f"JOIN {CHANNEL}", JOINED, END_OF_NAMES)
        _read_some(crowd[: turn + 1], turn, JOINED)
    deadline = time.monotonic() + ANSWER_SECONDS
    for client in crowd:
        while client.next < len(crowd):
            client.read(JOINED)
            if time.monotonic() > deadline:
                raise BenchFailed(f"client{client.number} did not see client{client.next} join")


def quit_all(crowd: Sequence[Client]) -> None:
    """Have all clients quit, and check that each has seen every QUIT before its own."""
    for client in crowd:
        client.next = 0
    for turn, client in enumerate(crowd):
        client.run("QUIT", QUIT, None)
        if client.next < turn:
            raise BenchFailed(f"client{turn} did not see client{client.next} quit")
        _read_some(crowd[turn + 1 :], turn, QUIT)


def _read_some(members: Sequence[Client], turn: int, event: re.Pattern[bytes]) -> None:
    """Read the next few members, in turn."""
    for place in range(turn * READ_EACH_TIME, turn * READ_EACH_TIME + min(READ_EACH_TIME, len(members))):
        members[place % len(members)].read(event)


if __name__ == "__main__":
    run_bench(main)
