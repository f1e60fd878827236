"""Reconnecting: the server has been restarted, and all clients return at the same time.

    python -m tests.bench.reconnect [--clients 1000] [--channels 50]

Each client registers with capabilities, joins 5 of the channels, and fetches the last 50 lines of each. The
time is that from the first connection to the last line of the last client; every client must receive all of
them. This measures our server only: ngIRCd stores no history.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Sequence
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import peers, servers
from tests.bench.report import BenchFailed, print_medians, print_result, run_bench
from tests.bench.servers import OURS, Server

JOINED = 5
FETCHED = 50
STORED = 60  # messages in each channel before the restart
CAPABILITIES = ["batch", "message-tags", "server-time"]


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.bench.reconnect")
    options.add_argument("--clients", type=int, default=1000)
    options.add_argument(
        "--channels", type=int, default=50, help="channels, over which the clients are spread evenly"
    )
    options.add_argument("--rounds", type=int, default=3)
    asked = options.parse_args()
    servers.allow_open_files(asked.clients)
    channels = [f"#bench{i}" for i in range(asked.channels)]
    seconds, cpu = [], []
    with TemporaryDirectory(prefix="chatapp-bench-") as folder:
        with servers.start(OURS, Path(folder)) as server:
            fill(server, channels)
        for _ in range(asked.rounds):
            with servers.start(OURS, Path(folder)) as server:
                seconds.append(reconnect_all(server, asked.clients, channels))
                cpu.append(server.cpu_seconds())
    print_result(f"{OURS}: history lines fetched", asked.clients * JOINED * FETCHED, "lines")
    print_medians(f"{asked.clients:,} clients have reconnected after", {OURS: seconds}, "s")
    print_medians("CPU, including the start", {OURS: cpu}, "s")


def fill(server: Server, channels: Iterable[str]) -> None:
    """Send the messages that are fetched later."""
    speakers = peers.register(peers.connect(server.port, (name.strip("#") for name in channels)))
    peers.run_dialogues(speakers, lambda peer: _messages(f"#{peer.nick}"))
    peers.leave(speakers)


def reconnect_all(server: Server, clients: int, channels: Sequence[str]) -> float:
    """Reconnect all clients and return the seconds until each has received everything."""
    nicks = [f"client{i}" for i in range(clients)]
    lines = {nick: _greeting(nick, islice(cycle(channels), i, i + JOINED)) for i, nick in enumerate(nicks)}
    start = time.perf_counter()
    back = peers.run_dialogues(
        peers.connect(server.port, nicks), lambda peer: lines[peer.nick], at_once=clients
    )
    took = time.perf_counter() - start
    peers.expect_registered(back, CAPABILITIES)
    for peer in back:
        if (got := peer.received.count(b" PRIVMSG #")) != JOINED * FETCHED:
            raise BenchFailed(f"{peer.nick} got {got} lines of history: {peer.received[-300:].decode()}")
    peers.leave(back)
    return took


def _messages(channel: str) -> bytes:
    lines = [f"JOIN {channel}", *(f"PRIVMSG {channel} :{number:03d} {'x' * 60}" for number in range(STORED))]
    return "".join(line + "\r\n" for line in lines).encode()


def _greeting(nick: str, channels: Iterable[str]) -> bytes:
    lines = [line for name in channels for line in (f"JOIN {name}", f"CHATHISTORY LATEST {name} * {FETCHED}")]
    return peers.greeting(nick, CAPABILITIES) + "".join(line + "\r\n" for line in lines).encode()


if __name__ == "__main__":
    run_bench(main)
