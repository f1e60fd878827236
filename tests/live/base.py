"""What the live tests share: a real server as a process of its own, real sockets, deadlines.

    self.start()                              # run_server.py on a free port, data in a temporary folder
    ann = self.enter("ann", caps="message-tags")
    ann.send("PRIVMSG #general :hello")
    self.assertEqual(bob.until("PRIVMSG").text, "hello")

PING and PONG are the barrier: `settle` comes back when the server has done all that was sent before.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import tempfile
import threading
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import IO

from chatapp.protocol.lines import LineBuffer
from chatapp.protocol.message import Message

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 20.0  # seconds, for anything that is waited for
PYTHON = (sys.executable, "-X", "dev", "-W", "error::ResourceWarning")


class Output:
    """The lines that a process prints: read by a thread, so that it never waits for us."""

    def __init__(self, stream: IO[str] | None) -> None:
        assert stream
        self.lines: list[str] = []
        self._stream = stream
        self._ended = False
        self._news = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def first(self, fits: Callable[[str], bool]) -> str:
        """The first line that fits, waited for until the output ends; nothing when there is none."""
        with self._news:
            self._news.wait_for(lambda: self._ended or any(map(fits, self.lines)), DEADLINE)
            return next(filter(fits, self.lines), "")

    def count(self, start: str, least: int = 0) -> int:
        """How many lines begin so, when there are at least so many or the output has ended."""
        with self._news:
            self._news.wait_for(lambda: self._ended or self._count(start) >= least, DEADLINE)
            return self._count(start)

    def _count(self, start: str) -> int:
        return sum(line.startswith(start) for line in self.lines)

    def close(self) -> None:
        """Read the rest of what the process has printed, which has ended."""
        self._reader.join(DEADLINE)
        self._stream.close()

    def _read(self) -> None:
        for line in self._stream:
            with self._news:
                self.lines.append(line.rstrip("\n"))
                self._news.notify_all()
        with self._news:
            self._ended = True
            self._news.notify_all()


class Process:
    """A server that runs."""

    def __init__(self, data: Path, *flags: str, port: int = 0, prefix: tuple[str, ...] = ()) -> None:
        command = [
            *prefix,
            *PYTHON,
            str(ROOT / "run_server.py"),
            "--port",
            str(port),
            "--data",
            str(data),
            *flags,
        ]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._output = Output(self.process.stdout)
        self.lines = self._output.lines
        self.port = int(self.printed("Listening on ").split()[-1])

    def printed(self, start: str) -> str:
        """The first line that begins so, waited for."""
        found = self._output.first(lambda line: line.startswith(start))
        assert found, f"no line {start!r} in {self.lines}"
        return found

    def count(self, start: str, least: int = 0) -> int:
        """How many lines begin so. Takes  least: so many are waited for"""
        found = self._output.count(start, least)
        assert found >= least, f"{found} lines {start!r} in {self.lines}"
        return found

    def kill(self) -> None:
        """As `kill -9` does it."""
        self.process.kill()
        self.wait()

    def stop(self) -> int:
        """As Ctrl+C does it. Gives the exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.wait()

    def hang_up(self) -> None:
        """As `systemctl reload` does it."""
        self.process.send_signal(signal.SIGHUP)

    def wait(self) -> int:
        """Let it end by itself. Gives the exit status."""
        status = self.process.wait(DEADLINE)
        self._output.close()
        return status


class Client:
    """A raw connection. Every wait has a deadline.

    Args:
        receive_bytes: what the system keeps for it at most while it does not read; 0: the system's choice
    """

    def __init__(self, port: int, host: str = "127.0.0.1", receive_bytes: int = 0) -> None:
        self.sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        self.sock.settimeout(DEADLINE)
        if receive_bytes:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        self.sock.connect((host, port))
        self._lines = LineBuffer(0, 0, 0)
        self._heard: list[Message] = []
        self._barriers = 0

    def send(self, *lines: str) -> None:
        self.send_bytes("".join(f"{line}\r\n" for line in lines).encode())

    def send_bytes(self, data: bytes) -> None:
        self.sock.sendall(data)

    def next(self) -> Message:
        """The next message.

        Raises  EOFError at the end of the connection, TimeoutError
        """
        while not self._heard:
            data = self.sock.recv(65536)
            if not data:
                raise EOFError
            self._heard += [
                Message.parse(line.decode()) for line in self._lines.feed(data) if isinstance(line, bytes)
            ]
        message = self._heard.pop(0)
        if message.command == "PING":
            self.send(f"PONG {message.params[0]}")
        return message

    def until(self, command: str) -> Message:
        """The next message with this command; what comes before is passed over."""
        while (message := self.next()).command != command:
            continue
        return message

    def settle(self) -> list[Message]:
        """Everything that comes before the answer to a PING sent now."""
        self._barriers += 1
        token = f"barrier-{self._barriers}"
        self.send(f"PING {token}")
        heard = []
        while not ((message := self.next()).command == "PONG" and message.text == token):
            heard.append(message)
        return heard

    def rest(self) -> list[Message]:
        """Everything until the server hangs up."""
        heard = []
        try:
            while True:
                heard.append(self.next())
        except (EOFError, ConnectionError):
            return heard

    def close(self) -> None:
        self.sock.close()

    def reset(self) -> None:
        """Hang up with a reset, as a computer does that was switched off."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.sock.close()


class LiveTest(unittest.TestCase):
    """A test with a real server. A traceback in what it prints fails the test.

    A subclass may set CONFIG, a TOML text, and FLAGS.
    """

    CONFIG = ""
    FLAGS: tuple[str, ...] = ()

    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory(prefix="chatapp-test-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.data = self.folder / "data"

    def start(self, port: int = 0) -> Process:
        """The server, with the data of the one before it."""
        flags = list(self.FLAGS)
        if self.CONFIG:
            (self.folder / "chat.toml").write_text(self.CONFIG, "utf-8")
            flags += ["--config", str(self.folder / "chat.toml")]
        self.server = Process(self.data, *flags, port=port)
        self.addCleanup(self._end, self.server)
        return self.server

    def connect(self) -> Client:
        """A connection that has said nothing yet."""
        client = Client(self.server.port)
        self.addCleanup(client.close)
        return client

    def enter(self, nick: str, caps: str = "", channel: str = "") -> Client:
        """Somebody who is registered, and in the channel if one is given."""
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

    def _end(self, server: Process) -> None:
        if server.process.poll() is None:
            server.kill()
        for line in server.lines:
            self.assertNotIn("Traceback", line, "\n".join(server.lines))
