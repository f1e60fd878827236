"""Handshakes: many clients begin TLS at the same time, while the PINGs of another client are timed.

    python -m tests.bench.handshakes [--clients 200] [--waves 10] [--rate 500]

A separate process makes the waves: all clients of a wave connect, shake hands and get a PONG before the next
wave begins. The PINGs are sent at even intervals whatever has come back, first without other clients, then
during the waves. A delay counts from the time at which its PING was due.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import socket
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from tests.bench import peers, servers
from tests.bench.report import BenchFailed, print_result, run_bench
from tests.bench.servers import OURS_TLS

QUIET_SECONDS = 3.0  # of PINGs without other clients
PONG_SECONDS = 10.0  # a PONG that takes longer has failed


def main() -> None:
    asked = _options().parse_args()
    servers.allow_open_files(asked.clients)
    with (
        TemporaryDirectory(prefix="chatapp-bench-") as folder,
        servers.start(OURS_TLS, Path(folder)) as server,
    ):
        (observer,) = peers.register(peers.connect(server.port, ["observer"]))
        gc.freeze()
        end = time.perf_counter() + QUIET_SECONDS
        print_delays("alone", pings(observer.socket, asked.rate, lambda: time.perf_counter() < end))
        waves = Waves(server.port, asked.clients, asked.waves)
        cpu = server.cpu_seconds()
        print_delays("during handshakes", pings(observer.socket, asked.rate, waves.are_running))
        cpu = server.cpu_seconds() - cpu
        seconds = waves.seconds()
    done = asked.clients * len(seconds)
    print_result("handshakes", done, "handshakes")
    print_result("duration of a wave, median", median(seconds), "s")
    print_result("handshakes per second", done / sum(seconds), "handshakes")
    print_result("CPU per connection, including the PINGs", 1e3 * cpu / done, "ms")


def pings(observer: socket.socket, rate: float, go_on: Callable[[], bool]) -> list[float]:
    """Send PINGs and return their delays in seconds.

    Args:
        rate: PINGs per second.

    Raises:
        BenchFailed: a PONG did not arrive.
    """
    delays: list[float] = []
    start = time.perf_counter()
    sent, received = 0, b""
    while sent > len(delays) or go_on():
        due = start + sent / rate
        now = time.perf_counter()
        if now >= due and go_on():
            observer.setblocking(True)
            observer.send(b"PING %d\r\n" % sent)
            sent += 1
            continue
        observer.settimeout(due - now if due > now else PONG_SECONDS)
        try:
            data = observer.recv(peers.READ_BYTES)
        except TimeoutError:
            if due <= now:
                raise BenchFailed("a PONG did not come") from None
            continue
        now = time.perf_counter()
        *lines, received = (received + data).split(b"\r\n")
        delays += [now - start - int(line.split()[-1].strip(b":")) / rate for line in lines]
    return delays


def print_delays(when: str, delays: list[float]) -> None:
    percentiles = quantiles(delays, n=100)
    print_result(f"PINGs {when}", len(delays), "PINGs")
    print_result(f"PING {when}, p50", 1e3 * percentiles[49], "ms")
    print_result(f"PING {when}, p99", 1e3 * percentiles[98], "ms")
    print_result(f"PING {when}, worst", 1e3 * max(delays), "ms")


class Waves:
    """The waves of clients, in a separate process."""

    def __init__(self, port: int, clients: int, waves: int) -> None:
        spawning = multiprocessing.get_context("spawn")
        self._result, theirs = spawning.Pipe(duplex=False)
        self._process: BaseProcess = spawning.Process(target=_shake, args=(port, clients, waves, theirs))
        self._process.start()
        theirs.close()
        self._result.recv()  # it has started

    def are_running(self) -> bool:
        return not self._result.poll()

    def seconds(self) -> list[float]:
        """Return the duration of each wave.

        Raises:
            BenchFailed: a handshake failed.
        """
        result: list[float] | str = self._result.recv()
        self._process.join()
        if isinstance(result, str):
            raise BenchFailed(result)
        return result


def _shake(port: int, clients: int, waves: int, result: Connection) -> None:
    result.send("ready")
    seconds = []
    try:
        for _ in range(waves):
            start = time.perf_counter()
            nicks = (f"client{i}" for i in range(clients))
            crowd = peers.run_dialogues(peers.connect(port, nicks, tls=True), lambda _: b"", at_once=clients)
            seconds.append(time.perf_counter() - start)
            peers.leave(crowd)
    except BenchFailed as problem:
        result.send(str(problem))
    else:
        result.send(seconds)


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.bench.handshakes")
    options.add_argument("--clients", type=int, default=200, help="clients in a wave")
    options.add_argument("--waves", type=int, default=10)
    options.add_argument("--rate", type=float, default=500, help="PINGs per second")
    return options


if __name__ == "__main__":
    run_bench(main)
