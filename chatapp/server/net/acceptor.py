"""One listening socket, and the thread that accepts its connections."""

from __future__ import annotations

import errno
import logging
import selectors
import socket
import threading
from collections.abc import Callable

from chatapp.system.sockets import take_port_alone
from chatapp.system.waker import Waker

BACKLOG = 1024  # connections that wait to be accepted
OUT_OF_FILES = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
PAUSE_SECONDS = 0.2  # after the system has refused another open file

Admit = Callable[[socket.socket, tuple[str, int]], None]
"""Takes an accepted connection and the address and port of its other end."""

log = logging.getLogger(__name__)


class Acceptor:
    """Listens on one address from now on; `start` begins to accept.

    Args:
        host: The address, as text.
        port: 0 for any free port.
        admit: Called on the thread of this acceptor.

    Attributes:
        host: The address, as it was given.
        address: The address and port.

    Raises:
        OSError: The address cannot be listened on.
    """

    def __init__(self, host: str, port: int, admit: Admit) -> None:
        self.host = host
        self._admit = admit
        self._sock = _open_socket(host, port)
        self.address: tuple[str, int] = self._sock.getsockname()[:2]
        self._waker = Waker()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="listener", daemon=True)

    def start(self) -> None:
        """Begin to accept."""
        self._thread.start()

    def close(self, admits_waiting: bool = False) -> None:
        """Accept no more connections.

        Args:
            admits_waiting: Whether the connections that wait already are still accepted.
        """
        self._stopping.set()
        self._waker.wake()
        if self._thread.is_alive():
            self._thread.join()
        if admits_waiting:
            while self._accept_one():
                continue
        self._sock.close()
        self._waker.close()

    def _run(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._sock, selectors.EVENT_READ)
            selector.register(self._waker.readable, selectors.EVENT_READ)
            while not self._stopping.is_set():
                selector.select()
                if not self._stopping.is_set():
                    self._accept_one()

    def _accept_one(self) -> bool:
        """Accept the next connection; return whether there was one."""
        try:
            sock, peer = self._sock.accept()
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno in OUT_OF_FILES:
                log.error("Cannot accept more connections: %s", error.strerror)
                self._stopping.wait(PAUSE_SECONDS)
            return False
        sock.setblocking(True)
        self._admit(sock, peer[:2])
        return True


def _open_socket(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    sock = socket.socket(family, kind, protocol)
    try:
        take_port_alone(sock)
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.bind(address)
        sock.listen(BACKLOG)
        sock.setblocking(False)
    except OSError:
        sock.close()
        raise
    return sock
