"""The servers that the benches measure: ours, and ngIRCd and InspIRCd where they are installed.

All run as separate processes on 127.0.0.1, with data in a temporary folder and without the limits that would
slow a bench down. Their memory is read from /proc, and their CPU clock is one of Linux.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import peers
from tests.bench.report import BenchFailed

ROOT = Path(__file__).resolve().parents[2]
OURS, OURS_TLS, NGIRCD, INSPIRCD = "ours", "ours over TLS", "ngIRCd", "InspIRCd"
START_SECONDS = 20  # after which the start has failed
STOP_SECONDS = 20
POLL_SECONDS = 0.001  # between two checks whether a server listens
SPARE_FILES = 200  # files that a process has open besides its connections
_CPU_CLOCK = 2  # of a process, in the low bits of the number of its clock

OUR_CONFIGURATION = """\
[channels]
default = []

[history]
enabled = {history}

[files]
max_bytes = 0
total_bytes = 0
bytes_per_day = 0

[limits]
connections = 1_000_000
connections_per_address = 0
new_connections_per_address = 0
flood_per_second = 0
channels_per_user = 1_000_000
"""

NGIRCD_CONFIGURATION = """\
[Global]
Name = bench.example.net
Info = Bench
Listen = 127.0.0.1
Ports = {port}
MotdPhrase = "Hello"
[Limits]
MaxConnections = 0
MaxConnectionsIP = 0
MaxJoins = 0
MaxNickLength = 32
MaxPenaltyTime = 0
PingTimeout = 3600
[Options]
DNS = no
Ident = no
PAM = no
"""

INSPIRCD_CONFIGURATION = """\
<server name="bench.example.net" description="Bench" network="Bench">
<bind address="127.0.0.1" port="{port}" type="clients">
<connect allow="*" timeout="60" pingfreq="3600" fakelag="off" commandrate="1000000000" threshold="1000000"
  hardsendq="1073741824" softsendq="1073741824" recvq="1048576" localmax="1000000" globalmax="1000000"
  maxconnwarn="off" limit="1000000" resolvehostnames="no" useident="no">
<limits maxnick="32">
<performance softlimit="1000000" somaxconn="1024">
<pid file="{folder}/inspircd.pid">
<module name="cap">
<module name="ircv3">
<module name="ircv3_batch">
<module name="ircv3_ctctags">
<module name="ircv3_msgid">
<module name="ircv3_servertime">
"""


@dataclass(frozen=True, slots=True)
class OtherServer:
    """A program to compare our server with.

    Args:
        configuration: Its configuration file, with the fields `port` and `folder`.
        options: Its command line before the path of that file.
    """

    program: str
    configuration: str
    options: tuple[str, ...]

    @property
    def path(self) -> str | None:
        """Where it is installed; None if it is not."""
        return shutil.which(self.program, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


OTHERS = {
    NGIRCD: OtherServer("ngircd", NGIRCD_CONFIGURATION, ("-n", "-f")),
    INSPIRCD: OtherServer("inspircd", INSPIRCD_CONFIGURATION, ("--nofork", "--runasroot", "--config")),
}


@dataclass(frozen=True, slots=True)
class Server:
    """A server that listens.

    Args:
        seconds: from the start command to the open port.
    """

    name: str
    process: subprocess.Popen[bytes]
    port: int
    seconds: float

    @property
    def tls(self) -> bool:
        """Whether clients connect to it with TLS."""
        return self.name == OURS_TLS

    @property
    def registrations_at_once(self) -> int:
        """How many clients can connect at the same time.

        InspIRCd accepts one connection each time it wakes, and can leave others waiting until the next one.
        """
        return 1 if self.name == INSPIRCD else peers.AT_ONCE

    def stay_idle(self, seconds: float) -> None:
        """Let the server idle.

        Raises:
            BenchFailed: it has ended.
        """
        if _ends_within(self.process, seconds):
            raise BenchFailed(f"{self.name} has ended")

    def cpu_seconds(self) -> float:
        """Return the CPU time of all its threads, including those that have ended.

        Source:
            clock_getcpuclockid(3): the times in /proc are multiples of 10 ms.
        """
        return time.clock_gettime(~self.process.pid << 3 | _CPU_CLOCK)

    def resident_bytes(self) -> int:
        """Return its resident memory."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise BenchFailed(f"{self.name} has ended")


@contextmanager
def start(name: str, folder: Path, history: bool = True) -> Iterator[Server]:
    """Start a server; it is stopped at the end of the context.

    Args:
        folder: its data; a later start uses them again.
        history: whether our server stores messages.

    Raises:
        BenchFailed: it does not listen in time.
    """
    if name in OTHERS:
        command, open_port = _other_command(OTHERS[name], folder)
    else:
        command, open_port = _our_command(folder, history)
    began = time.perf_counter()
    with (folder / "output").open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
    try:
        while (port := open_port()) is None:
            if _ends_within(process, POLL_SECONDS) or time.perf_counter() > began + START_SECONDS:
                raise BenchFailed(f"{name} does not listen: {(folder / 'output').read_text()[-500:]}")
        yield Server(name, process, port, time.perf_counter() - began)
    finally:
        _end(process)


@contextmanager
def side_by_side(names: Sequence[str], history: bool = True) -> Iterator[list[Server]]:
    """Start several servers, each with new data."""
    with ExitStack() as stack:
        folders = [stack.enter_context(TemporaryDirectory(prefix="chatapp-bench-")) for _ in names]
        yield [
            stack.enter_context(start(name, Path(folder), history))
            for name, folder in zip(names, folders, strict=True)
        ]


def add_option(options: argparse.ArgumentParser) -> None:
    """Add the option --server."""
    options.add_argument("--server", choices=[OURS, *OTHERS], help="measure only this server")


def chosen(server: str | None) -> list[str]:
    """Return the servers to measure, ours first: the chosen one, or all that are installed."""
    if server:
        return [server]
    return [OURS, *(name for name, other in OTHERS.items() if other.path)]


def allow_open_files(connections: int) -> None:
    """Raise the limit of open files for this process and the servers that it starts.

    Raises:
        BenchFailed: the system does not allow so many.
    """
    needed = connections + SPARE_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise BenchFailed(f"{connections} connections need {needed} open files; `ulimit -Hn` allows {hard}")
    if soft != resource.RLIM_INFINITY and soft < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))


def _our_command(folder: Path, history: bool) -> tuple[list[str], Callable[[], int | None]]:
    configuration = folder / "bench.toml"
    configuration.write_text(OUR_CONFIGURATION.format(history=str(history).lower()))
    command = [sys.executable, str(ROOT / "run_server.py"), "--port", "0"]
    command += ["--data", str(folder), "--config", str(configuration)]
    return command, lambda: _printed_port(folder / "output")


def _other_command(other: OtherServer, folder: Path) -> tuple[list[str], Callable[[], int | None]]:
    port = _free_port()
    configuration = folder / f"{other.program}.conf"
    configuration.write_text(other.configuration.format(port=port, folder=folder))
    return [other.path or other.program, *other.options, str(configuration)], lambda: _open_port(port)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    if not _ends_within(process, STOP_SECONDS):
        process.kill()
        process.wait()


def _ends_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _printed_port(output: Path) -> int | None:
    for line in output.read_text(errors="replace").splitlines(keepends=True):
        if line.startswith("Listening on ") and line.endswith("\n"):
            return int(line.split()[-1])
    return None


def _open_port(port: int) -> int | None:
    with socket.socket() as probe:
        return port if probe.connect_ex(("127.0.0.1", port)) == 0 else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
