"""Start a server as a child process. It can continue after the window is closed.

If a chat server already listens on the port, that one is used to open a chat, but never for a new one. If
another program has the port (on macOS AirPlay has 5000), a free one is used.
"""

from __future__ import annotations

import contextlib
import logging
import re
import socket
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from chatapp.client.local.local_server_record import LocalServerRecord
from chatapp.client.local.owner_key import NoKeyStore, owner_key
from chatapp.client.local.password_store import PasswordStore
from chatapp.languages.translation import N_, _
from chatapp.protocol import display_names
from chatapp.protocol.addresses import LOCALHOST
from chatapp.protocol.display_names import InvalidDisplayName
from chatapp.protocol.invite_links import Invite
from chatapp.system import folders, program
from chatapp.system.processes import BACKGROUND_FLAGS, HAS_SESSIONS

PROBE_SECONDS = 3.0  # to find out what listens on a port
START_SECONDS = 20.0  # from the start until the server listens
STOP_SECONDS = 5.0  # from the request to stop until the process is killed
POLL_SECONDS = 0.02  # between two looks at the output of the child
CANCELLED = N_("The start was cancelled.")
LEGACY_FILE = "owner-password"
"""In the settings folder: what servers of the first version wrote for their owner."""

_LISTENING = re.compile(r"^Listening on \S+ port (\d+)", re.MULTILINE)
_CAP_REPLY = re.compile(rb"^(?:@\S+ )?(?::\S+ )?CAP \S+ LS\b", re.MULTILINE)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ServerHome:
    """Where the files of the server are.

    Attributes:
        log_file: For its output, in the settings folder.
        stores: For the key of its owner, the best one first.
        data: Its data folder; None for the one that is usual on this system.
        command: The command that starts it; empty for the usual one. Tests replace it.
    """

    log_file: Path
    stores: Sequence[PasswordStore] = ()
    data: Path | None = None
    command: tuple[str, ...] = ()

    @property
    def data_folder(self) -> Path:
        """The data folder.

        Raises:
            RuntimeError: This user has no home folder.
        """
        return self.data or folders.server_data_folder()


@dataclass(frozen=True, slots=True)
class ServerStart:
    """How a server is started.

    Attributes:
        port: The port to try first.
        prefers_last: Whether the port of the last start is tried instead, if there was one.
        lan: Whether it listens on all addresses, as chats of the first version did.
        name: The name of the chat; empty to leave it as it is.
        sharing: Whether other computers can connect and find it; None to leave it as it is.
        pin: The fingerprint of the certificate of the chat to start; empty if it is not known.
        only_finds: Whether nothing is started if the user's server does not run.
        is_new: Whether a new chat is wanted: another one is not joined instead.
    """

    port: int
    prefers_last: bool = False
    lan: bool = False
    name: str = ""
    sharing: bool | None = None
    pin: str = ""
    only_finds: bool = False
    is_new: bool = False

    def is_other_than(self, name: str) -> bool:
        """Return whether a new chat is wanted and the one of this name, "" for unknown, is not it."""
        with contextlib.suppress(InvalidDisplayName):  # the server will refuse it
            return self.is_new and display_names.clean(self.name) != name
        return self.is_new

    @property
    def arguments(self) -> list[str]:
        """The arguments of the server but for the port."""
        arguments = ["--lan"] if self.lan else []
        arguments += [f"--name={self.name}"] if self.name else []
        return arguments + (
            [f"--sharing={'on' if self.sharing else 'off'}"] if self.sharing is not None else []
        )


@dataclass(frozen=True, slots=True)
class ServerStarted:
    """A server listens.

    Attributes:
        was_started: Whether this process started it just now.
        link: The link with which others can join; None for a server that does not belong to the user.
        owner_key: The key for OPER of a server that belongs to the user.
    """

    process: ServerProcess
    host: str
    port: int
    was_started: bool
    link: Invite | None = None
    owner_key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ServerStartFailed:
    """No server could be started; the reason is a sentence for the user."""

    process: ServerProcess
    reason: str


@dataclass(frozen=True, slots=True)
class ServerRunsAlready:
    """A new chat is wanted while the user's server runs, with another one.

    Attributes:
        started: That server.
        name: The name of its chat; empty if it is not known.
    """

    started: ServerStarted
    name: str

    @property
    def process(self) -> ServerProcess:
        """What has found it."""
        return self.started.process


ProcessEvent = ServerStarted | ServerStartFailed | ServerRunsAlready


class ServerProcess:
    """Starts a server on a thread of its own and puts one `ProcessEvent` into the inbox.

    Args:
        inbox: The queue for the event.
        start: How to start it.
        home: Its files.
        probe_seconds: How long to wait for an answer of a server that may already be running.
    """

    def __init__(
        self,
        inbox: SimpleQueue[Any],
        start: ServerStart,
        home: ServerHome,
        probe_seconds: float = PROBE_SECONDS,
    ) -> None:
        self._inbox = inbox
        self._wanted = start
        self._home = home
        self._log_file = home.log_file
        self._command = home.command or program.command("server")
        self._probe_seconds = probe_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._lock = threading.Lock()  # between the start of the process and a request to stop
        self._thread = threading.Thread(target=self._run, name="server start", daemon=True)
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """Whether the server that was started is running."""
        return self._process is not None and self._process.poll() is None

    @property
    def end_reason(self) -> str:
        """Why a server has ended, as a sentence for the user; empty while it runs."""
        status = None if self._process is None else self._process.poll()
        if status is None:
            return ""
        if status < 0:
            return _("It was ended by signal {number}.").format(number=-status)
        return self._last_line() if status else _("It was asked to stop.")

    def _last_line(self) -> str:
        printed = (
            self._log_file.read_text(encoding="utf-8", errors="replace") if self._log_file.exists() else ""
        )
        return (printed.strip().splitlines() or [_("it printed nothing")])[-1]

    def stop(self) -> None:
        """Stop the server that was started and wait for its end, at most a few seconds.

        It does not wait for a person who is asked to unlock a password store.
        """
        with self._lock:
            self._stopping.set()
            process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._thread.join()

    def detach(self) -> None:
        """Let the server continue after this program ends."""
        if self._process is not None:
            self._process.returncode = self._process.poll() or 0  # else Popen warns that the child still runs

    def _run(self) -> None:
        try:
            found = self._find()
            if self._stopping.is_set():
                self._fail(_(CANCELLED))
            elif found or not self._wanted.only_finds:
                self._inbox.put(found or self._start())
        except OSError as error:
            log.warning("starting a server failed: %s", error)
            self._fail(_("The server could not be started: {reason}.").format(reason=error.strerror or error))
        except RuntimeError:
            self._fail(_("The server could not be started: this user has no home folder."))
        except NoKeyStore as error:
            self._fail(str(error))

    def _fail(self, reason: str) -> None:
        self._inbox.put(ServerStartFailed(self, reason))

    def _find(self) -> ServerStarted | ServerRunsAlready | None:
        """Return the server that runs already; None if one has to be started."""
        earlier = self._record()
        if earlier and earlier.answers(self._probe_seconds):
            key = self._owner_key()
            self._give_key(key)
            started = ServerStarted(self, LOCALHOST, earlier.port, False, earlier.link, key)
            is_other = self._wanted.is_other_than(earlier.name)
            return ServerRunsAlready(started, earlier.name) if is_other else started
        if self._wanted.only_finds:
            return None
        self._port = earlier.port if earlier and self._wanted.prefers_last else self._wanted.port
        there = _probe(self._port, self._probe_seconds)
        # the user's own chat does not run: it is another one that listens on its port
        is_foreign = earlier and (earlier.port == self._port or earlier.link.pin == self._wanted.pin)
        if there == "chat" and not is_foreign and not self._wanted.is_new:
            return ServerStarted(self, LOCALHOST, self._port, was_started=False)
        self._port = self._port if there == "free" else 0
        return None

    def _start(self) -> ProcessEvent:
        data, key = self._home.data_folder, self._owner_key()
        arguments = ["--port", str(self._port), "--data", str(data), *self._wanted.arguments]
        self._log_file.parent.mkdir(parents=True, exist_ok=True)
        self._log_file.touch(0o600)
        self._log_file.chmod(0o600)
        with self._log_file.open("wb") as output, self._lock:
            if self._stopping.is_set():
                return ServerStartFailed(self, _(CANCELLED))
            process = self._process = subprocess.Popen(
                [*self._command, *arguments, "--owner-key-stdin"],
                stdin=subprocess.PIPE,  # other users can read command lines
                stdout=output,  # not a pipe, which would break when this program ends
                stderr=subprocess.STDOUT,
                start_new_session=HAS_SESSIONS,
                creationflags=BACKGROUND_FLAGS,
            )
        assert process.stdin
        with contextlib.suppress(OSError):  # it has ended already, which is reported below
            process.stdin.write(f"{key}\n".encode())
            process.stdin.close()
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and not self._stopping.is_set():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(POLL_SECONDS)
            printed = self._log_file.read_text(encoding="utf-8", errors="replace")
            found = _LISTENING.search(printed)
            if found:  # it has written its record before
                return self._started(int(found[1]), key)
            if process.poll() is not None:
                return ServerStartFailed(
                    self, _("The server stopped at once: {reason}").format(reason=self._last_line())
                )
        return ServerStartFailed(
            self,
            _("The server did not start within {seconds:.0f} seconds.").format(seconds=START_SECONDS),
        )

    def _started(self, port: int, key: str) -> ServerStarted:
        record = self._record()
        link = record.link if record and record.port == port else None
        return ServerStarted(self, LOCALHOST, port, True, link, key)

    def _record(self) -> LocalServerRecord | None:
        return LocalServerRecord.load(self._home.data_folder, self._log_file.parent)

    def _owner_key(self) -> str:
        """Return the key of the owner, which is stored before anything else happens."""
        return owner_key(self._home.stores, self._home.data_folder, self._log_file.parent / LEGACY_FILE)

    def _give_key(self, key: str) -> None:
        """Make sure that a running server has this key."""
        command = [*self._command, "owner", "--data", str(self._home.data_folder)]
        try:
            done = subprocess.run(
                command,
                input=f"{key}\n".encode(),
                capture_output=True,
                creationflags=BACKGROUND_FLAGS,
                timeout=START_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            log.warning("the running server was not given the owner key: %s", type(error).__name__)
            return
        if done.returncode:
            log.warning("the running server did not take the owner key: %r", done.stderr[-500:])


def _probe(port: int, seconds: float) -> str:
    """Return what listens on a port of this computer: "free" for nothing, "chat" or "other"."""
    try:
        with socket.create_connection((LOCALHOST, port), timeout=seconds) as sock:
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
