"""The base class of live tests: a real server in its own process, real sockets, deadlines.

    self.start()                              # run_server.py on a free port, data in a temporary folder
    ann = self.enter("ann", caps="message-tags")
    ann.send("PRIVMSG #general :hello")
    self.assertEqual(bob.until("PRIVMSG").text, "hello")

PING and PONG are the barrier: `settle` returns when the server has handled everything sent before.
"""

from __future__ import annotations

import atexit
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import unittest
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import IO, Protocol

from chatapp.protocol.lines import LineBuffer
from chatapp.protocol.message import Message

if sys.platform != "win32":
    from tests.live.server_template import ServerTemplate

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 60.0  # seconds, for everything that a test waits for; a busy computer starts processes slowly
PROGRAM: tuple[str, ...] = (str(ROOT / "run_server.py"),)
PYTHON = (sys.executable, "-X", "dev", "-W", "error::ResourceWarning")


if sys.platform != "win32":

    @cache
    def _template() -> ServerTemplate:
        template = ServerTemplate(PYTHON, ROOT)
        atexit.register(template.close)
        return template


class RunningProcess(Protocol):
    """What tests need of a process; `subprocess.Popen` has it."""

    pid: int

    @property
    def stdout(self) -> IO[str] | None: ...
    @property
    def returncode(self) -> int | None: ...
    def poll(self) -> int | None: ...
    def wait(self, timeout: float) -> int: ...
    def send_signal(self, sig: int, /) -> None: ...
    def kill(self) -> None: ...


class ProcessOutput:
    """The lines that a process prints. A thread reads them so that the process never waits for the test."""

    def __init__(self, stream: IO[str] | None) -> None:
        assert stream
        self.lines: list[str] = []
        self._stream = stream
        self._ended = False
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def first(self, fits: Callable[[str], bool]) -> str:
        """Wait for a line that matches and return the first one, or an empty text if the output ends."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or any(map(fits, self.lines)), DEADLINE)
            return next(filter(fits, self.lines), "")

    def count(self, start: str, least: int = 0) -> int:
        """Wait for at least so many lines with this beginning, or the end, and return their number."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._count(start) >= least, DEADLINE)
            return self._count(start)

    def _count(self, start: str) -> int:
        return sum(line.startswith(start) for line in self.lines)

    def close(self) -> None:
        """Read the remaining output of a process that has ended."""
        self._reader.join(DEADLINE)
        self._stream.close()

    def _read(self) -> None:
        for line in self._stream:
            with self._changed:
                self.lines.append(line.rstrip("\n"))
                self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()


class ServerProcess:
    """A running server.

    Args:
        data: its data folder.
        flags: further options of its command line.
        port: 0 for a free one.
        prefix: a command that runs it.
        program: what Python runs.
    """

    def __init__(
        self,
        data: Path,
        *flags: str,
        port: int = 0,
        prefix: tuple[str, ...] = (),
        program: tuple[str, ...] = PROGRAM,
    ) -> None:
        command = [*program, "--port", str(port), "--data", str(data), *flags]
        self.process: RunningProcess
        if sys.platform != "win32" and program == PROGRAM and not prefix:
            self.process = _template().start(command)
        else:
            self.process = subprocess.Popen(
                [*prefix, *PYTHON, *command],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        self._output = ProcessOutput(self.process.stdout)
        self.lines = self._output.lines
        self.port = int(self.printed("Listening on ").split()[-1])
        self.clients: list[RawClient] = []

    def printed(self, start: str) -> str:
        """Wait for a line with this beginning and return the first one."""
        found = self._output.first(lambda line: line.startswith(start))
        assert found, f"no line {start!r} in {self.lines}"
        return found

    @property
    def fingerprint(self) -> str:
        """The fingerprint that it has printed, as links have it."""
        return self.printed("Certificate fingerprint").partition(": ")[2].replace(" ", "").lower()

    def count(self, start: str, least: int = 0) -> int:
        """Wait for at least so many lines with this beginning and return their number."""
        found = self._output.count(start, least)
        assert found >= least, f"{found} lines {start!r} in {self.lines}"
        return found

    def kill(self) -> None:
        """Kill it, like `kill -9`."""
        self.process.kill()
        self.wait()

    def stop(self) -> int:
        """Stop it like Ctrl+C and return the exit status."""
        self.process.send_signal(signal.SIGINT)
        for client in self.clients:
            client.finish()
        return self.wait()

    def hang_up(self) -> None:
        """Send SIGHUP, like `systemctl reload`."""
        if sys.platform == "win32":
            raise unittest.SkipTest("Windows has no SIGHUP")
        self.process.send_signal(signal.SIGHUP)

    def wait(self) -> int:
        """Wait until it ends by itself and return the exit status."""
        status = self.process.wait(DEADLINE)
        self._output.close()
        return status


class RawClient:
    """A connection of a test. Every wait has a deadline.

    Args:
        receive_bytes: size of the receive buffer; 0 for the default of the system.
    """

    def __init__(self, port: int, host: str = "127.0.0.1", receive_bytes: int = 0) -> None:
        self.sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        self.sock.settimeout(DEADLINE)
        if receive_bytes:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        self.sock.connect((host, port))
        self._lines = LineBuffer(0, 0, 0)
        self._received: list[Message] = []
        self._has_ended = False
        self._barriers = 0

    def send(self, *lines: str) -> None:
        self.send_bytes("".join(f"{line}\r\n" for line in lines).encode())

    def send_bytes(self, data: bytes) -> None:
        self.sock.sendall(data)

    def next(self) -> Message:
        """Wait for the next message.

        Raises:
            EOFError: the connection has ended.
            TimeoutError: nothing arrived in time.
        """
        while not self._received:
            if self._has_ended:
                raise EOFError
            self._receive()
        message = self._received.pop(0)
        if message.command == "PING":
            self.send(f"PONG {message.params[0]}")
        return message

    def until(self, command: str) -> Message:
        """Wait for a message with this command; earlier messages are dropped."""
        while (message := self.next()).command != command:
            continue
        return message

    def settle(self) -> list[Message]:
        """Send a PING, wait for its PONG, and return the messages before it."""
        self._barriers += 1
        token = f"barrier-{self._barriers}"
        self.send(f"PING {token}")
        messages = []
        while not ((message := self.next()).command == "PONG" and message.text == token):
            messages.append(message)
        return messages

    def rest(self) -> list[Message]:
        """Wait until the server closes the connection and return the messages before."""
        messages = []
        try:
            while True:
                messages.append(self.next())
        except (EOFError, ConnectionError):
            return messages

    def finish(self) -> None:
        """Wait until the server closes the connection. The messages before it can still be read."""
        try:
            while not self._has_ended and self.sock.fileno() >= 0:
                self._receive()
        except ConnectionError:
            self._end()

    def close(self) -> None:
        self.sock.close()

    def _receive(self) -> None:
        data = self.sock.recv(65536)
        if not data:
            self._end()
        lines = self._lines.feed(data)
        self._received += [Message.parse(line.decode()) for line in lines if isinstance(line, bytes)]

    def _end(self) -> None:
        """Close a connection that the server has closed: the server waits for that for a limited time."""
        self._has_ended = True
        self.sock.close()

    def reset(self) -> None:
        """Close the connection with a reset."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.sock.close()


class LiveTest(unittest.TestCase):
    """A test with a real server. A traceback in its output fails the test.

    A subclass may set CONFIG, the text of the configuration file, FLAGS, command-line options, and PROGRAM,
    what Python runs.
    """

    CONFIG = ""
    PROGRAM = PROGRAM
    FLAGS: tuple[str, ...] = ()

    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory(prefix="chatapp-test-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.data = self.folder / "data"

    def start(self, port: int = 0) -> ServerProcess:
        """Start the server, with the data of an earlier start in this test."""
        flags = list(self.FLAGS)
        if self.CONFIG:
            (self.folder / "chat.toml").write_text(self.CONFIG, "utf-8")
            flags += ["--config", str(self.folder / "chat.toml")]
        self.server = ServerProcess(self.data, *flags, port=port, program=self.PROGRAM)
        self.addCleanup(self._end, self.server)
        return self.server

    def connect(self) -> RawClient:
        """Connect, without sending anything yet."""
        client = RawClient(self.server.port)
        self.server.clients.append(client)
        self.addCleanup(client.close)
        return client

    def enter(self, nick: str, caps: str = "", channel: str = "") -> RawClient:
        """Connect, register, and join the channel if one is given."""
        client = self.connect()
        if caps:
            client.send("CAP LS 302", f"CAP REQ :{caps}")
        client.send(f"NICK {nick}", f"USER {nick} 0 * :{nick}")
        if caps:
            client.send("CAP END")
        if channel:
            client.send(f"JOIN {channel}")
        client.settle()
        return client

    def _end(self, server: ServerProcess) -> None:
        if server.process.poll() is None:
            server.kill()
        for line in server.lines:
            self.assertNotIn("Traceback", line, "\n".join(server.lines))
