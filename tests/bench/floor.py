"""The least that a single line costs a Python server with a thread for each client, part by part.

    python -m tests.bench.floor                                          10 members, all talk, as in `latency`
    python -m tests.bench.floor --members 100 --senders 4 --lines 125

Bare servers (`bare_server`) do one part more each: they receive, queue, send, commit. Their difference is
what that part costs at this rate of lines, where every wait ends with a wake and cold caches. Ours and ngIRCd
get the same lines; what ours costs above the last bare server is the chat itself: parsing, permissions, tags,
history. The servers take turns with the same times to send, and each number is the median of its rounds.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import peers, servers
from tests.bench.bare_server import START
from tests.bench.latency import Run, schedule
from tests.bench.peers import CHANNEL, Peer
from tests.bench.report import print_medians, run_bench
from tests.bench.servers import NGIRCD, OURS, Server

LISTENERS = 10

BARE = {
    "bare: receive": (),
    "bare: receive, queue": ("queue",),
    "bare: receive, queue, send": ("queue", "send"),
    "bare: receive, queue, commit, send": ("queue", "commit", "send"),
}
"""The parts that each bare server does."""


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.bench.floor")
    options.add_argument("--members", type=int, default=10, help="including the senders; 10 or more")
    options.add_argument("--senders", type=int, default=10)
    options.add_argument("--lines", type=float, default=50, help="lines per second of each sender")
    options.add_argument("--bytes", type=int, default=80, help="size of a line, including CR LF")
    options.add_argument("--seconds", type=float, default=4.0, help="duration of a round")
    options.add_argument("--rounds", type=int, default=5)
    asked = options.parse_args()
    names = [OURS, *BARE, *([NGIRCD] if servers.OTHERS[NGIRCD].path else [])]
    servers.allow_open_files(2 * len(names) * asked.members)
    costs: dict[str, list[float]] = {}
    with ExitStack() as stack:
        running = [_start(stack, name, asked.members) for name in names]
        for _ in range(asked.rounds):
            times = schedule(asked.senders, asked.lines, asked.seconds)
            for server, crowd in running:
                began = server.cpu_seconds()
                if "send" in BARE.get(server.name, ["send"]):
                    Run(crowd, asked.senders, LISTENERS, asked.bytes).measure(times)
                else:
                    _send_unanswered(crowd, times, asked.bytes)
                cpu = server.cpu_seconds() - began
                costs.setdefault(server.name, []).append(1e6 * cpu / len(times))
        for _, crowd in running:
            peers.leave(crowd)
    print_medians("CPU a line", costs, "µs")


def _start(stack: ExitStack, name: str, members: int) -> tuple[Server, list[Peer]]:
    """Start a server and connect the members of its channel."""
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="chatapp-bench-")))
    if name not in BARE:
        server = stack.enter_context(servers.start(name, folder))
        return server, peers.members(server.port, members)
    server = stack.enter_context(_bare(name, folder))
    crowd = list(peers.connect(server.port, (f"member{i}" for i in range(members))))
    if BARE[name]:
        peers.settle(crowd)
    return server, crowd


@contextmanager
def _bare(name: str, folder: Path) -> Iterator[Server]:
    command = [sys.executable, "-m", "tests.bench.bare_server", str(folder), *BARE[name]]
    process = subprocess.Popen(command, cwd=servers.ROOT, stdout=subprocess.PIPE)
    try:
        assert process.stdout
        line = process.stdout.readline().decode()
        yield Server(name, process, int(line.removeprefix(START)), 0.0)
    finally:
        process.kill()
        process.communicate()


def _send_unanswered(crowd: Sequence[Peer], times: Sequence[tuple[float, int]], size: int) -> None:
    """Send lines that nobody receives."""
    start = f"PRIVMSG {CHANNEL} :".encode()
    line = start + b"x" * (size - len(start) - len(b"\r\n")) + b"\r\n"
    began = time.perf_counter()
    for due, sender in times:
        time.sleep(max(0.0, began + due - time.perf_counter()))
        crowd[sender].socket.send(line)


if __name__ == "__main__":
    run_bench(main)
