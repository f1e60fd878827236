"""Handshakes: many begin TLS in the same moment, while somebody else's PINGs are timed.

    python -m tests.bench.handshakes [--clients 200] [--waves 10] [--rate 500]

A process of its own makes the waves: all clients of one connect, shake hands and hear a PONG before the next
wave begins. The PINGs go out at even intervals whatever came back so far, first with nobody else there and
then during the waves, and a delay counts from the moment at which its PING was due.
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
from tests.bench.report import Failed, bench, tell
from tests.bench.servers import OURS_TLS

QUIET_SECONDS = 3.0  # of PINGs with nobody else there
LATE_SECONDS = 10.0  # a PONG that takes longer has failed


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
        show("alone", pings(observer.socket, asked.rate, lambda: time.perf_counter() < end))
        waves = Waves(server.port, asked.clients, asked.waves)
        cpu = server.cpu_seconds()
        show("during handshakes", pings(observer.socket, asked.rate, waves.are_under_way))
        cpu = server.cpu_seconds() - cpu
        seconds = waves.seconds()
    done = asked.clients * len(seconds)
    tell("handshakes", done, "of them")
    tell("a wave", median(seconds), "s")
    tell("handshakes a second", done / sum(seconds), "of them")
    tell("CPU a connection, the PINGs too", 1e3 * cpu / done, "ms")


def pings(observer: socket.socket, rate: float, go_on: Callable[[], bool]) -> list[float]:
    """The delay in seconds of every PING.

    Takes   rate: PINGs a second
    Raises  Failed when an answer does not come
    """
    delays: list[float] = []
    start = time.perf_counter()
    sent, heard = 0, b""
    while sent > len(delays) or go_on():
        due = start + sent / rate
        now = time.perf_counter()
        if now >= due and go_on():
            observer.setblocking(True)
            observer.send(b"PING %d\r\n" % sent)
            sent += 1
            continue
        observer.settimeout(due - now if due > now else LATE_SECONDS)
        try:
            data = observer.recv(peers.READ_BYTES)
        except TimeoutError:
            if due <= now:
                raise Failed("a PONG did not come") from None
            continue
        now = time.perf_counter()
        *lines, heard = (heard + data).split(b"\r\n")
        delays += [now - start - int(line.split()[-1].strip(b":")) / rate for line in lines]
    return delays


def show(when: str, delays: list[float]) -> None:
    percentiles = quantiles(delays, n=100)
    tell(f"PINGs {when}", len(delays), "of them")
    tell(f"PING {when}, p50", 1e3 * percentiles[49], "ms")
    tell(f"PING {when}, p99", 1e3 * percentiles[98], "ms")
    tell(f"PING {when}, worst", 1e3 * max(delays), "ms")


class Waves:
    """The clients, in a process of their own."""

    def __init__(self, port: int, clients: int, waves: int) -> None:
        spawning = multiprocessing.get_context("spawn")
        self._result, theirs = spawning.Pipe(duplex=False)
        self._process: BaseProcess = spawning.Process(target=_shake, args=(port, clients, waves, theirs))
        self._process.start()
        theirs.close()
        self._result.recv()  # it has loaded what it needs

    def are_under_way(self) -> bool:
        return not self._result.poll()

    def seconds(self) -> list[float]:
        """What each wave took.

        Raises  Failed
        """
        result: list[float] | str = self._result.recv()
        self._process.join()
        if isinstance(result, str):
            raise Failed(result)
        return result


def _shake(port: int, clients: int, waves: int, result: Connection) -> None:
    result.send("ready")
    seconds = []
    try:
        for _ in range(waves):
            start = time.perf_counter()
            nicks = (f"client{i}" for i in range(clients))
            crowd = peers.talk(peers.connect(port, nicks, tls=True), lambda _: b"", at_once=clients)
            seconds.append(time.perf_counter() - start)
            peers.leave(crowd)
    except Failed as problem:
        result.send(str(problem))
    else:
        result.send(seconds)


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.bench.handshakes")
    options.add_argument("--clients", type=int, default=200, help="that begin in the same moment")
    options.add_argument("--waves", type=int, default=10)
    options.add_argument("--rate", type=float, default=500, help="PINGs a second")
    return options


if __name__ == "__main__":
    bench(main)
