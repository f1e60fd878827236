"""A server on this computer, started as a child process. It may outlive the window.

A chat server that listens there already is joined instead. A port that something else holds (on macOS AirPlay
holds 5000) is left alone, and a free one taken.
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

from chatapp.client.local.local_server_record import HERE, LocalServerRecord, owner_password, password_file
from chatapp.protocol.invite_links import Invite
from chatapp.system.processes import BACKGROUND_FLAGS, HAS_SESSIONS

PROBE_SECONDS = 3.0
START_SECONDS = 20.0
STOP_SECONDS = 5.0
LINK_SECONDS = 0.5
LOOK_SECONDS = 0.02  # between two looks at what the child has printed

_LISTENING = re.compile(r"^Listening on \S+ port (\d+)", re.MULTILINE)
_LINK = re.compile(r" join with this link: (\S+)\n")
_SPEAKS = re.compile(rb"^(?:@\S+ )?(?::\S+ )?CAP \S+ LS\b", re.MULTILINE)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ServerStarted:
    """A server listens.

    Attributes:
        started: We started it just now.
        link: Brings others to it; None for a server of somebody else.
        owner_password: Of a server that was started from here, now or earlier, if it is known.
        is_new: It is the server's first start: its owner has never seen the password.
    """

    launcher: ServerProcess
    host: str
    port: int
    started: bool
    link: Invite | None = None
    owner_password: str = field(default="", repr=False)
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class ServerStartFailed:
    launcher: ServerProcess
    words: str


ProcessEvent = ServerStarted | ServerStartFailed


class ServerProcess:
    """Starts a server on a thread of its own and reports into the queue, once.

    Takes  port: the one to try first
           lan: whether other computers may come
           record: the file that gets what the server prints
           command: what to run, for tests
    """

    def __init__(
        self,
        inbox: SimpleQueue[Any],
        port: int,
        lan: bool,
        record: Path,
        command: tuple[str, ...] = (),
        probe_seconds: float = PROBE_SECONDS,
    ) -> None:
        self._inbox = inbox
        self._port = port
        self._lan = lan
        self._record = record
        self._command = command or server_command()
        self._probe_seconds = probe_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="launcher", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether a server that we started is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def last_words(self) -> str:
        """What the server that we started said last, when it has ended; nothing before that."""
        return "" if self._process is None or self.running else self._last_line()

    def _last_line(self) -> str:
        printed = self._record.read_text(encoding="utf-8", errors="replace") if self._record.exists() else ""
        return (printed.strip().splitlines() or ["it said nothing"])[-1]

    def stop(self) -> None:
        """End the server that we started, in good order if it can. Waits for that, a few seconds at most."""
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

    def release(self) -> None:
        """Let the server run on after us."""
        if self._process is not None:
            self._process.returncode = self._process.poll() or 0  # nobody waits for it any more

    def _run(self) -> None:
        try:
            earlier = LocalServerRecord.load(self._folder)
            if earlier and earlier.answers(self._probe_seconds):
                password = owner_password(self._folder)
                self._inbox.put(ServerStarted(self, HERE, earlier.port, False, earlier.link, password))
                return
            there = _probe(self._port, self._probe_seconds)
            if there == "chat":
                self._inbox.put(ServerStarted(self, HERE, self._port, started=False))
                return
            self._inbox.put(self._start(self._port if there == "free" else 0))
        except OSError as error:
            log.warning("starting a server failed: %s", error)
            words = f"No server could be started here: {error.strerror or error}."
            self._inbox.put(ServerStartFailed(self, words))

    def _start(self, port: int) -> ProcessEvent:
        arguments = ["--port", str(port), *(["--lan"] if self._lan else [])]
        arguments += ["--owner-password-file", str(password_file(self._folder))]
        known = owner_password(self._folder)
        self._record.parent.mkdir(parents=True, exist_ok=True)
        self._record.touch(0o600)
        self._record.chmod(0o600)
        with self._record.open("wb") as record:
            self._process = subprocess.Popen(
                [*self._command, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=record,  # a file, no pipe: it must not break when we are gone
                stderr=subprocess.STDOUT,
                start_new_session=HAS_SESSIONS,
                creationflags=BACKGROUND_FLAGS,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and not self._stopping.is_set():
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(LOOK_SECONDS)
            printed = self._record.read_text(encoding="utf-8", errors="replace")
            found = _LISTENING.search(printed)
            if found:
                return self._launched(int(found[1]), known)
            if self._process.poll() is not None:
                return ServerStartFailed(self, f"The server ended at once: {self._last_line()}")
        return ServerStartFailed(self, f"The server did not start within {START_SECONDS:.0f} seconds.")

    def _link(self) -> Invite | None:
        """What the server prints soon after the first address that it listens on."""
        assert self._process
        deadline = time.monotonic() + LINK_SECONDS
        while time.monotonic() < deadline and not self._stopping.is_set() and self._process.poll() is None:
            found = _LINK.search(self._record.read_text(encoding="utf-8", errors="replace"))
            if found:
                return Invite.parse(found[1])
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(LOOK_SECONDS)
        return None

    def _launched(self, port: int, known: str) -> ServerStarted:
        """The server has started. Its owner's password was written before it listened, at its first start.

        Args:
            known: The password that was there before.
        """
        link, password = self._link(), owner_password(self._folder)
        if link:
            LocalServerRecord(port, link).save(self._folder)
        return ServerStarted(self, HERE, port, True, link, password, is_new=password != known)

    @property
    def _folder(self) -> Path:
        return self._record.parent


def server_command() -> tuple[str, ...]:
    """How the server is started: by the script beside the package, else from the installed package."""
    import chatapp

    script = Path(chatapp.__file__).resolve().parent.parent / "run_server.py"
    return (sys.executable, str(script)) if script.is_file() else (sys.executable, "-m", "chatapp", "server")


def _probe(port: int, seconds: float) -> str:
    """What holds a port of this computer: "free", "chat", or "other"."""
    try:
        with socket.create_connection((HERE, port), timeout=seconds) as sock:
            sock.sendall(b"CAP LS 302\r\n")
            deadline = time.monotonic() + seconds
            heard = b""
            while (left := deadline - time.monotonic()) > 0 and not _SPEAKS.search(heard):
                sock.settimeout(left)
                data = sock.recv(4096)
                if not data:
                    break
                heard += data
    except ConnectionRefusedError:
        return "free"
    except OSError:
        return "other"
    return "chat" if _SPEAKS.search(heard) else "other"
