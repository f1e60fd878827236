"""Starts servers quickly: a process that has imported the server forks a new one for each test.

Importing takes most of the start of a server. The imported modules are all that a fork shares with others: it
is a process of its own, with its own command line, environment, output, signals and exit.

    template = ServerTemplate([sys.executable, "-X", "dev"], ROOT)
    process = template.start(["run_server.py", "--port", "0"])
"""

from __future__ import annotations

import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any

assert sys.platform != "win32"  # which cannot fork

SERVER = "chatapp.server.cli.main"  # the module that is imported in advance
MOST = 1 << 20  # bytes of a request


class ForkedServer:
    """A running server, with the methods of `subprocess.Popen` that tests need."""

    def __init__(self, stdout: IO[str], status: socket.socket) -> None:
        self.stdout = stdout
        self.returncode: int | None = None
        self._status = status
        self.pid = int(status.recv(32))

    def poll(self) -> int | None:
        """Return the exit status, negative after a signal, or None if it runs."""
        return self._ended_within(0)

    def wait(self, timeout: float) -> int:
        """Wait for its end and return the exit status.

        Raises:
            TimeoutExpired: it still runs.
        """
        status = self._ended_within(timeout)
        if status is None:
            raise subprocess.TimeoutExpired("run_server.py", timeout)
        return status

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it has ended, and its end is about to be reported
                os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it, like `kill -9`."""
        self.send_signal(signal.SIGKILL)

    def _ended_within(self, seconds: float) -> int | None:
        if self.returncode is None and select.select([self._status], [], [], seconds)[0]:
            self.returncode = int(self._status.recv(32))
            self._status.close()
        return self.returncode


class ServerTemplate:
    """The process that forks. It ends with the tests.

    Args:
        python: The command of the interpreter, with its options.
        folder: The working directory of all servers.
    """

    def __init__(self, python: Sequence[str], folder: Path) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [*python, "-m", __name__, str(theirs.fileno())],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,  # as servers have it; nobody reads this one
                stderr=subprocess.STDOUT,
                pass_fds=[theirs.fileno()],
            )

    def start(self, command: list[str]) -> ForkedServer:
        """Start a server: the program and its arguments."""
        status, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        read, write = os.pipe()
        with theirs:
            request = json.dumps({"command": command, "environment": dict(os.environ)})
            socket.send_fds(self._control, [request.encode()], [write, theirs.fileno()])
        os.close(write)
        return ForkedServer(open(read, encoding="utf-8"), status)

    def close(self) -> None:
        """End the process; servers that run continue."""
        self._control.close()
        self._process.communicate()


def next_server(control: socket.socket) -> list[str]:
    """Fork for each request. Returns the command in a new server, and an empty one after the tests."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # no zombies
    while True:
        request, files, *_ = socket.recv_fds(control, MOST, 2)
        if not request or os.fork() == 0:
            break
        for file in files:
            os.close(file)
    return _become_server(json.loads(request), *files) if request else []


def _become_server(request: dict[str, Any], output: int, status: int) -> list[str]:
    """Fork once more: the parent reports the end of the server, whose command this returns."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pid = os.fork()
    if pid:
        os.close(output)
        os.write(status, str(pid).encode())
        ended = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        os.write(status, str(ended).encode())
        os._exit(0)
    os.dup2(output, sys.stdout.fileno())
    os.dup2(output, sys.stderr.fileno())
    os.close(output)
    os.close(status)
    os.environ.clear()
    os.environ.update(request["environment"])
    command: list[str] = request["command"]
    return command


if __name__ == "__main__":
    import_module(SERVER)
    with socket.socket(fileno=int(sys.argv[1])) as requests:
        program = next_server(requests)
    if program:
        sys.argv = program
        runpy.run_path(program[0], run_name="__main__")
