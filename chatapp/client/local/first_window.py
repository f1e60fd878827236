"""One window for each folder of settings: a later start hands its link over to the first window.

The first window holds a lock, listens on a port of this computer, and writes the port with a secret into a
file that only the user can read. Nobody else can send links, and nothing has to be cleaned up after a crash:
the lock ends with the process, and the next first window writes the file anew.

A request is one line of JSON, `{"secret": "…", "link": "…"}`; the answer is `ok` when the window has taken
it.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from chatapp.client import json_file
from chatapp.protocol.addresses import LOCALHOST, is_valid_port
from chatapp.system.file_locks import try_lock

ANSWER_SECONDS = 2.0  # that a later start waits for the first window
RETRY_SECONDS = 0.05  # between two attempts, while the first window opens or closes
REQUEST_SECONDS = 2.0  # that a request may take to arrive
LONGEST_REQUEST = 8192  # bytes
MOST_REQUESTS = 8  # at the same time
SECRET_BYTES = 32

LOCK_NAME, PORT_NAME = "window.lock", "window.port"

log = logging.getLogger(__name__)


class NoAnswer(Exception):
    """There is a first window, but it does not answer."""


class NotPossible(Exception):
    """This folder or its file system has no place for a lock or a secret."""


class FirstWindow:
    """The first window, as later starts find it.

    Args:
        folder: The folder of the settings.
        lock: A descriptor that holds the lock.

    Attributes:
        on_request: Called on another thread when `take` has something to return.

    Raises:
        OSError: It cannot listen, or the file cannot be written.

    Thread:
        That of the window, for all methods. Threads of its own read the requests.
    """

    def __init__(self, folder: Path, lock: int) -> None:
        self._file = folder / PORT_NAME
        self._lock = lock
        self._secret = os.urandom(SECRET_BYTES).hex()
        self._requests: SimpleQueue[tuple[str, Callable[[], object]]] = SimpleQueue()
        self.on_request: Callable[[], object] = lambda: None
        self._slots = threading.BoundedSemaphore(MOST_REQUESTS)
        self._listener = socket.create_server((LOCALHOST, 0))
        try:
            json_file.save(self._file, {"port": self._listener.getsockname()[1], "secret": self._secret})
        except OSError:
            self._listener.close()
            raise
        threading.Thread(target=self._accept, name="later starts", daemon=True).start()

    def take(self) -> list[str]:
        """Return the links of the starts since the last call, empty ones for starts without a link."""
        links = []
        while not self._requests.empty():
            link, answer = self._requests.get()
            links.append(link)
            answer()
        return links

    def close(self) -> None:
        """Let the next start be the first one."""
        with contextlib.suppress(OSError):
            self._file.unlink()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # ends `accept` on Linux
        self._listener.close()
        os.close(self._lock)

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            if self._slots.acquire(blocking=False):
                threading.Thread(target=self._serve, args=(sock,), name="later start", daemon=True).start()
            else:
                sock.close()

    def _serve(self, sock: socket.socket) -> None:
        """Read one request, and answer when the window has taken it."""
        taken = threading.Event()
        try:
            with sock:
                link = self._link_of(_read_line(sock, time.monotonic() + REQUEST_SECONDS))
                if link is not None:
                    self._requests.put((link, taken.set))
                    self.on_request()
                    if taken.wait(ANSWER_SECONDS):
                        sock.sendall(b"ok\n")
        except OSError as error:
            log.info("a later start was not answered: %s", error)
        finally:
            self._slots.release()

    def _link_of(self, line: bytes) -> str | None:
        """Return the link of a request; None if it is not one of this user."""
        from secrets import compare_digest  # loads OpenSSL, which would delay every start of the window

        request = _parsed(line)
        secret, link = request.get("secret"), request.get("link")
        if not isinstance(secret, str) or not isinstance(link, str):
            return None
        is_ours = compare_digest(secret.encode(errors="replace"), self._secret.encode())
        return link if is_ours else None


def become_first(folder: Path) -> FirstWindow | None:
    """Become the first window; None if there is one.

    Raises:
        NotPossible: Windows of this folder cannot find each other.
    """
    try:
        lock = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise NotPossible(str(error)) from error
    try:
        try_lock(lock)
        return FirstWindow(folder, lock)
    except (BlockingIOError, PermissionError):  # the lock is held: on Windows, the second of these
        os.close(lock)
        return None
    except OSError as error:
        os.close(lock)
        raise NotPossible(str(error)) from error


def first_or_hand_over(folder: Path, link: str, seconds: float = ANSWER_SECONDS) -> FirstWindow | None:
    """Become the first window, or let the first window come to the front and follow a link.

    Args:
        folder: The folder of the settings.
        link: The link to follow; empty for none.
        seconds: How long to wait for the first window.

    Returns:
        None if the first window has taken over.

    Raises:
        NoAnswer: There is a first window, but it does not answer.
        NotPossible: Windows of this folder cannot find each other.
    """
    deadline = time.monotonic() + seconds
    while True:
        first = become_first(folder)
        if first is not None:
            return first
        if _hand_over(folder, link, deadline):
            return None
        if time.monotonic() + RETRY_SECONDS > deadline:
            raise NoAnswer
        time.sleep(RETRY_SECONDS)


def _hand_over(folder: Path, link: str, deadline: float) -> bool:
    """Return whether the first window has taken the link."""
    try:
        found = _parsed((folder / PORT_NAME).read_bytes())
        port, secret = found.get("port"), found.get("secret")
        if not isinstance(port, int) or not is_valid_port(port) or not isinstance(secret, str):
            return False
        with socket.create_connection(
            (LOCALHOST, port), timeout=max(0.01, deadline - time.monotonic())
        ) as sock:
            sock.sendall(json.dumps({"secret": secret, "link": link}).encode() + b"\n")
            return _read_line(sock, deadline) == b"ok\n"
    except OSError:
        return False


def _read_line(sock: socket.socket, deadline: float) -> bytes:
    """Return a line, or what has arrived when the connection ends or the line is too long.

    Raises:
        OSError: It did not arrive in time.
    """
    received = b""
    while not received.endswith(b"\n") and len(received) < LONGEST_REQUEST:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        sock.settimeout(left)
        part = sock.recv(LONGEST_REQUEST - len(received))
        if not part:
            break
        received += part
    return received


def _parsed(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
