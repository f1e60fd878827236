"""Start a server as a child process. It can continue after the window is closed.

If a chat server already listens on the port, that one is used. If another program has the port (on macOS
AirPlay has 5000), a free one is used.
"""

from __future__ import annotations

import contextlib
import logging
import re
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from chatapp.client.local.local_server_record import (
    LOOPBACK,
    LocalServerRecord,
    owner_password,
    password_file,
)
from chatapp.protocol.invite_links import Invite
from chatapp.system.processes import BACKGROUND_FLAGS, HAS_SESSIONS

PROBE_SECONDS = 3.0  # to find out what listens on a port
START_SECONDS = 20.0  # from the start until the server listens
STOP_SECONDS = 5.0  # from the request to stop until the process is killed
LINK_SECONDS = 0.5  # from the start of listening until the invite link is printed
POLL_SECONDS = 0.02  # between two looks at the output of the child

_LISTENING = re.compile(r"^Listening on \S+ port (\d+)", re.MULTILINE)
_LINK = re.compile(r" join with this link: (\S+)\n")
_CAP_REPLY = re.compile(rb"^(?:@\S+ )?(?::\S+ )?CAP \S+ LS\b", re.MULTILINE)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ServerStarted:
    """A server listens.

    Attributes:
        was_started: Whether this process started it just now.
        link: The link with which others can join; None for a server that was not started here.
        owner_password: The password for OPER of a server that was started here, if it is known.
        is_first_start: Whether the owner has never seen the password.
    """

    process: ServerProcess
    host: str
    port: int
    was_started: bool
    link: Invite | None = None
    owner_password: str = field(default="", repr=False)
    is_first_start: bool = False


@dataclass(frozen=True, slots=True)
class ServerStartFailed:
    """No server could be started; the reason is a sentence for the user."""

    process: ServerProcess
    reason: str


ProcessEvent = ServerStarted | ServerStartFailed


class ServerProcess:
    """Starts a server on a thread of its own and puts one `ProcessEvent` into the inbox.

    Args:
        inbox: The queue for the event.
        port: The port to try first.
        lan: Whether other computers can connect.
        log_file: The file for the output of the server.
        command: The command that starts the server; empty for the usual one. Tests replace it.
        probe_seconds: How long to wait for an answer of a server that may already be running.
    """

    def __init__(
        self,
        inbox: SimpleQueue[Any],
        port: int,
        lan: bool,
        log_file: Path,
        command: tuple[str, ...] = (),
        probe_seconds: float = PROBE_SECONDS,
    ) -> None:
        self._inbox = inbox
        self._port = port
        self._lan = lan
        self._log_file = log_file
        self._command = command or server_command()
        self._probe_seconds = probe_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="server start", daemon=True)
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether the server that was started is running."""
        return self._process is not None and self._process.poll() is None

    @property
    def last_output(self) -> str:
        """The last line of output of a server that has ended; empty while it runs."""
        return "" if self._process is None or self.is_running else self._last_line()

    def _last_line(self) -> str:
        printed = (
            self._log_file.read_text(encoding="utf-8", errors="replace") if self._log_file.exists() else ""
        )
        return (printed.strip().splitlines() or ["it printed nothing"])[-1]

    def stop(self) -> None:
        """Stop the server that was started and wait for its end, at most a few seconds."""
        self._stopping.set()
        self._thread.join()
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def detach(self) -> None:
        """Let the server continue after this program ends."""
        if self._process is not None:
            self._process.returncode = self._process.poll() or 0  # else Popen warns that the child still runs

    def _run(self) -> None:
        try:
            earlier = LocalServerRecord.load(self._folder)
            if earlier and earlier.answers(self._probe_seconds):
                password = owner_password(self._folder)
                self._inbox.put(ServerStarted(self, LOOPBACK, earlier.port, False, earlier.link, password))
                return
            there = _probe(self._port, self._probe_seconds)
            if there == "chat":
                self._inbox.put(ServerStarted(self, LOOPBACK, self._port, was_started=False))
                return
            self._inbox.put(self._start(self._port if there == "free" else 0))
        except OSError as error:
            log.warning("starting a server failed: %s", error)
            reason = f"The server could not be started: {error.strerror or error}."
            self._inbox.put(ServerStartFailed(self, reason))

    def _start(self, port: int) -> ProcessEvent:
        arguments = ["--port", str(port), *(["--lan"] if self._lan else [])]
        arguments += ["--owner-password-file", str(password_file(self._folder))]
        known = owner_password(self._folder)
        self._log_file.parent.mkdir(parents=True, exist_ok=True)
        self._log_file.touch(0o600)
        self._log_file.chmod(0o600)
        with self._log_file.open("wb") as output:
            self._process = subprocess.Popen(
                [*self._command, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,  # not a pipe, which would break when this program ends
                stderr=subprocess.STDOUT,
                start_new_session=HAS_SESSIONS,
                creationflags=BACKGROUND_FLAGS,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and not self._stopping.is_set():
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(POLL_SECONDS)
            printed = self._log_file.read_text(encoding="utf-8", errors="replace")
            found = _LISTENING.search(printed)
            if found:
                return self._launched(int(found[1]), known)
            if self._process.poll() is not None:
                return ServerStartFailed(self, f"The server stopped at once: {self._last_line()}")
        return ServerStartFailed(self, f"The server did not start within {START_SECONDS:.0f} seconds.")

    def _link(self) -> Invite | None:
        """Return the link that the server prints soon after the first address on which it listens."""
        assert self._process
        deadline = time.monotonic() + LINK_SECONDS
        while time.monotonic() < deadline and not self._stopping.is_set() and self._process.poll() is None:
            found = _LINK.search(self._log_file.read_text(encoding="utf-8", errors="replace"))
            if found:
                return Invite.parse(found[1])
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(POLL_SECONDS)
        return None

    def _launched(self, port: int, known: str) -> ServerStarted:
        """Return the event of a start. The server wrote the owner's password before it listened.

        Args:
            known: The password in the file before the start.
        """
        link, password = self._link(), owner_password(self._folder)
        if link:
            LocalServerRecord(port, link).save(self._folder)
        return ServerStarted(self, LOOPBACK, port, True, link, password, is_first_start=password != known)

    @property
    def _folder(self) -> Path:
        return self._log_file.parent


def server_command() -> tuple[str, ...]:
    """Return the command that starts the server: the script beside the package, else the package."""
    import chatapp

    script = Path(chatapp.__file__).resolve().parent.parent / "run_server.py"
    return (sys.executable, str(script)) if script.is_file() else (sys.executable, "-m", "chatapp", "server")


def _probe(port: int, seconds: float) -> str:
    """Return what listens on a port of this computer: "free" for nothing, "chat" or "other"."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=seconds) as sock:
            sock.sendall(b"CAP LS 302\r\n")
            deadline = time.monotonic() + seconds
            received = b""
            while (left := deadline - time.monotonic()) > 0 and not _CAP_REPLY.search(received):
                sock.settimeout(left)
                data = sock.recv(4096)
                if not data:
                    break
                received += data
    except ConnectionRefusedError:
        return "free"
    except OSError:
        return "other"
    return "chat" if _CAP_REPLY.search(received) else "other"
