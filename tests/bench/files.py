"""Files: throughput of uploads and downloads, PINGs meanwhile, and the cost of very slow clients.

    python -m tests.bench.files [--megabytes 100] [--rounds 5] [--uploads 10] [--slow 500]

The throughput is compared with the simplest receivers in Python: a process that receives 64 KB at a time
without TLS and writes them into a file, and another one that also makes their SHA-256. The uploads during
which PINGs are timed come from a process of their own, several files of 20 MB at a time; then once more with
as many downloads at the same time, by another process. Each slow client sends or takes one byte a second.
With a display, the transfers of a window are measured too: they read and write files, and check the SHA-256
of what has come.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import multiprocessing
import os
import re
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench import peers, servers
from tests.bench.handshakes import pings, print_delays
from tests.bench.peers import Peer
from tests.bench.report import BenchFailed, print_medians, print_result, run_bench
from tests.bench.servers import OURS, OURS_TLS, Server
from tests.bench.window_transfers import measure_window

MEGABYTE = 1_000_000
PIECE_BYTES = 64 * 1024
RECEIVER = "Python receiver"
HASHING_RECEIVER = "Python receiver with SHA-256"
TIMED_MEGABYTES = 20  # of each upload during which PINGs are timed
ALONE_SECONDS = 3.0  # of PINGs without uploads
SETTLE_SECONDS = 2.0  # until the buffers of the system are full
SLOW_SECONDS = 12.0  # of PINGs while slow clients are connected
_FILEHOST = re.compile(rb"soju\.im/FILEHOST=https?://[^/ ]+(\S+)")
_LOCATION = re.compile(rb"\r\nLocation: https?://[^/ ]+(\S+)\r\n")


def main() -> None:
    asked = _options().parse_args()
    servers.allow_open_files(4 * asked.slow)
    with (
        TemporaryDirectory(prefix="chatapp-bench-") as folder,
        servers.start(OURS, Path(folder)) as server,
    ):
        (observer,) = peers.register(peers.connect(server.port, ["observer"]))
        client = FileClient(server.port, path_to_upload(observer))
        gc.freeze()
        _measure_throughput(client, asked.megabytes * MEGABYTE, asked.rounds)
        if os.environ.get("DISPLAY"):
            measure_window(server.port, Path(folder), asked.megabytes * MEGABYTE, asked.rounds)
        end = time.perf_counter() + ALONE_SECONDS
        print_delays("alone", pings(observer.socket, asked.rate, lambda: time.perf_counter() < end))
        for name in (OURS, OURS_TLS):
            _measure_crowd(client, observer, asked, name, [_upload_waves])
            _measure_crowd(client, observer, asked, name, [_upload_waves, _download_waves])
        for name in (OURS, OURS_TLS):
            _measure_slow(server, client, observer, name == OURS_TLS, asked.slow, asked.rate)


class FileClient:
    """Uploads and downloads, each on a connection of its own.

    Args:
        path: To upload to, with its token.
    """

    def __init__(self, port: int, path: str) -> None:
        self.port = port
        self.path = path

    def connect(self, tls: bool) -> socket.socket:
        """Connect, with the handshake of TLS."""
        made = socket.create_connection(("127.0.0.1", self.port))
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return peers.trusting().wrap_socket(made) if tls else made

    def begin_upload(self, size: int, tls: bool) -> socket.socket:
        """Send the head of a request."""
        made = self.connect(tls)
        head = f"POST {self.path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n"
        made.sendall(f"{head}Connection: close\r\n\r\n".encode())
        return made

    def upload(self, data: bytes, tls: bool = False) -> tuple[str, float]:
        """Upload a file.

        Returns:
            Its path, and the seconds from the first byte of the body to the response.

        Raises:
            BenchFailed: It was refused.
        """
        with self.begin_upload(len(data), tls) as made:
            began = time.perf_counter()
            _send(made, data)
            response = b"".join(_received(made))
            seconds = time.perf_counter() - began
        found = _LOCATION.search(response)
        if not found:
            raise BenchFailed(f"an upload was refused: {response[:200]!r}")
        return found[1].decode(), seconds

    def begin_download(self, path: str, tls: bool) -> socket.socket:
        """Send a request for a file."""
        made = self.connect(tls)
        made.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        return made

    def download(self, path: str, tls: bool) -> float:
        """Download a file and return the seconds."""
        with self.begin_download(path, tls) as made:
            began = time.perf_counter()
            for _ in _received(made):
                continue
            return time.perf_counter() - began


RunWaves = Callable[[FileClient, bool, int, int, Connection], None]
"""Makes transfers: with TLS or not, how many at a time, how many waves; reports on a connection."""


def path_to_upload(observer: Peer) -> str:
    """Return the path to upload to, which the server announces after the registration.

    Raises:
        BenchFailed: It announces none.
    """
    found = _FILEHOST.search(observer.received)
    if not found:
        raise BenchFailed("the server announces no place for files")
    return found[1].decode()


def _measure_throughput(client: FileClient, size: int, rounds: int) -> None:
    rates: dict[str, list[float]] = {}
    downloads: dict[str, list[float]] = {}
    with _receiver(False) as simple, _receiver(True) as hashing:
        for _ in range(rounds):
            data = os.urandom(size)
            for name, port in ((RECEIVER, simple), (HASHING_RECEIVER, hashing)):
                rates.setdefault(name, []).append(size / MEGABYTE / _send_to_receiver(port, data))
            for name in (OURS, OURS_TLS):
                path, seconds = client.upload(data, name == OURS_TLS)
                rates.setdefault(name, []).append(size / MEGABYTE / seconds)
                seconds = client.download(path, name == OURS_TLS)
                downloads.setdefault(name, []).append(size / MEGABYTE / seconds)
    print_medians("upload", rates, "MB/s")
    for name in (RECEIVER, HASHING_RECEIVER):
        print_result(f"{OURS_TLS} / {name}: upload", median(rates[OURS_TLS]) / median(rates[name]), "times")
    print_medians("download", downloads, "MB/s")


def _measure_crowd(
    client: FileClient,
    observer: Peer,
    asked: argparse.Namespace,
    name: str,
    kinds: Sequence[RunWaves],
) -> None:
    """Measure PINGs while many transfers of each kind run, until those of one kind are done."""
    crowds = [Crowd(client, name == OURS_TLS, asked.uploads, asked.waves, kind) for kind in kinds]
    directions = " and as many downloads" if len(kinds) > 1 else ""
    text = f"{asked.uploads} uploads{directions} at the same time, {name}"
    for crowd in crowds:
        crowd.begin()
    delays = pings(observer.socket, asked.rate, lambda: all(crowd.is_running() for crowd in crowds))
    print_delays(f"during {text}", delays)
    print_result(text, sum(crowd.rate() for crowd in crowds), "MB/s")


def _measure_slow(
    server: Server, client: FileClient, observer: Peer, tls: bool, count: int, rate: float
) -> None:
    """Measure PINGs and memory while slow clients upload and download."""
    name = OURS_TLS if tls else OURS
    path, _ = client.upload(bytes(20 * MEGABYTE), tls)
    before = server.resident_bytes()
    with _slow_clients(client, path, tls, count):
        end = time.perf_counter() + SLOW_SECONDS
        cpu = server.cpu_seconds()
        delays = pings(observer.socket, rate, lambda: time.perf_counter() < end)
        cpu = server.cpu_seconds() - cpu
        memory = server.resident_bytes() - before
    print_delays(f"with {count} slow uploads and {count} slow downloads, {name}", delays)
    print_result(f"memory of a slow transfer, {name}", memory / 1024 / (2 * count), "KB")
    print_result(f"CPU of the server, {name}", 100 * cpu / SLOW_SECONDS, "%")


@contextmanager
def _slow_clients(client: FileClient, path: str, tls: bool, count: int) -> Iterator[None]:
    """Connect slow clients in a separate process; they leave at the end of the context."""
    spawning = multiprocessing.get_context("spawn")
    mine, theirs = spawning.Pipe()
    process = spawning.Process(target=_move_slowly, args=(client, path, tls, count, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        mine.recv()  # all are connected
        yield
        mine.send("end")
        problem = mine.recv()
        if problem:
            raise BenchFailed(problem)
    finally:
        process.terminate()
        process.join()


def _move_slowly(client: FileClient, path: str, tls: bool, count: int, control: Connection) -> None:
    """Send and take one byte a second on each connection."""
    uploads = [client.begin_upload(10**6, tls) for _ in range(count)]
    downloads = [client.begin_download(path, tls) for _ in range(count)]
    time.sleep(SETTLE_SECONDS)
    control.send("ready")
    problem = ""
    pairs = cycle(zip(uploads, downloads, strict=True))
    while not control.poll(1 / count):
        upload, download = next(pairs)
        try:
            upload.send(b"x")
            if not download.recv(1):
                problem = "a slow download has ended"
        except OSError as error:
            problem = f"a slow client was disconnected: {error}"
    control.send(problem)


class Crowd:
    """Waves of transfers at the same time, in a separate process.

    Args:
        waves: How often they are repeated.
        run: What the process runs.
    """

    def __init__(
        self,
        client: FileClient,
        tls: bool,
        count: int,
        waves: int,
        run: RunWaves,
    ) -> None:
        spawning = multiprocessing.get_context("spawn")
        self._control, theirs = spawning.Pipe()
        self._process = spawning.Process(target=run, args=(client, tls, count, waves, theirs))
        self._process.start()
        theirs.close()
        self._control.recv()  # it is ready

    def begin(self) -> None:
        self._control.send("begin")

    def is_running(self) -> bool:
        return not self._control.poll()

    def rate(self) -> float:
        """Return the megabytes per second of all together.

        Raises:
            BenchFailed: A transfer failed.
        """
        result: float | str = self._control.recv()
        self._process.join()
        if isinstance(result, str):
            raise BenchFailed(result)
        return result


def _upload_waves(client: FileClient, tls: bool, count: int, waves: int, control: Connection) -> None:
    files = [os.urandom(TIMED_MEGABYTES * MEGABYTE) for _ in range(count)]
    _run_waves(lambda number: client.upload(files[number], tls), count, waves, control)


def _download_waves(client: FileClient, tls: bool, count: int, waves: int, control: Connection) -> None:
    paths = [client.upload(os.urandom(TIMED_MEGABYTES * MEGABYTE))[0] for _ in range(count)]
    _run_waves(lambda number: client.download(paths[number], tls), count, waves, control)


def _run_waves(transfer: Callable[[int], object], count: int, waves: int, control: Connection) -> None:
    """Make transfers with these numbers at the same time, wave after wave; report the rate or the problem."""
    control.send("ready")
    control.recv()
    began = time.perf_counter()
    try:
        with ThreadPoolExecutor(count) as threads:
            for _ in range(waves):
                for done in [threads.submit(transfer, number) for number in range(count)]:
                    done.result()
    except (BenchFailed, OSError) as problem:
        control.send(str(problem))
    else:
        control.send(waves * count * TIMED_MEGABYTES / (time.perf_counter() - began))


@contextmanager
def _receiver(with_hash: bool) -> Iterator[int]:
    """Start a simple receiver and return its port."""
    spawning = multiprocessing.get_context("spawn")
    result, theirs = spawning.Pipe(duplex=False)
    process = spawning.Process(target=_receive_files, args=(theirs, with_hash), daemon=True)
    process.start()
    theirs.close()
    try:
        yield result.recv()
    finally:
        process.terminate()
        process.join()


def _receive_files(result: Connection, with_hash: bool) -> None:
    """Receive one file after the other, and answer each with a byte."""
    with socket.create_server(("127.0.0.1", 0)) as listening, TemporaryDirectory() as folder:
        result.send(listening.getsockname()[1])
        while True:
            made, _ = listening.accept()
            with made, Path(folder, "file").open("wb") as file:
                digest = hashlib.sha256()
                for piece in _received(made):
                    file.write(piece)
                    if with_hash:
                        digest.update(piece)
                made.sendall(b"!")


def _send_to_receiver(port: int, data: bytes) -> float:
    """Return the seconds that the simple receiver takes."""
    with socket.create_connection(("127.0.0.1", port)) as made:
        began = time.perf_counter()
        _send(made, data)
        made.shutdown(socket.SHUT_WR)
        made.recv(1)
        return time.perf_counter() - began


def _send(made: socket.socket, data: bytes) -> None:
    view = memoryview(data)
    for start in range(0, len(data), PIECE_BYTES):
        made.sendall(view[start : start + PIECE_BYTES])


def _received(made: socket.socket) -> Iterator[bytes]:
    while piece := made.recv(PIECE_BYTES):
        yield piece


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.bench.files")
    options.add_argument("--megabytes", type=int, default=100, help="size of a file for the throughput")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--uploads", type=int, default=10, help="uploads at the same time, and downloads")
    options.add_argument("--waves", type=int, default=5, help="how often they are repeated")
    options.add_argument("--slow", type=int, default=500, help="slow uploads, and as many slow downloads")
    options.add_argument("--rate", type=float, default=200, help="PINGs per second")
    return options


if __name__ == "__main__":
    run_bench(main)
