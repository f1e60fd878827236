"""From a host's name to a connected socket: every address is tried, the first that answers wins.

Source  RFC 8305 (a new try each quarter of a second, beside the earlier ones)
"""

from __future__ import annotations

import errno
import logging
import os
import selectors
import socket
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Literal

from chatapp.client.transport.certificates import CertificateProblem

CONNECT_SECONDS = 15.0
NEXT_ADDRESS_SECONDS = 0.25

UnreachableKind = Literal["host", "refused", "timeout", "no-tls", "closed", "certificate"]
AddressInfo = tuple[Any, ...]  # a row of getaddrinfo

_UNDER_WAY = {errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", errno.EWOULDBLOCK)}
_REFUSED = {errno.ECONNREFUSED, getattr(errno, "WSAECONNREFUSED", errno.ECONNREFUSED)}
_TIMED_OUT = {errno.ETIMEDOUT, getattr(errno, "WSAETIMEDOUT", errno.ETIMEDOUT)}

log = logging.getLogger(__name__)


class Unreachable(Exception):
    """No connection came about, and why, in words for people; a certificate that is in doubt."""

    def __init__(self, kind: UnreachableKind, words: str, doubt: CertificateProblem | None = None) -> None:
        super().__init__(words)
        self.kind = kind
        self.words = words
        self.doubt = doubt


def dial(
    host: str, port: int, wake: socket.socket, cancelled: Callable[[], bool], seconds: float = CONNECT_SECONDS
) -> socket.socket | None:
    """A connected, non-blocking socket; None when it was cancelled, which a name's look-up must end first.

    Takes   wake: becomes readable when `cancelled` shall be looked at
    Raises  Unreachable
    Thread  one that may wait
    """
    addresses = _look_up(host, port)
    with selectors.DefaultSelector() as selector:
        selector.register(wake, selectors.EVENT_READ)
        race = _Race(addresses, selector)
        deadline = time.monotonic() + seconds
        try:
            while not cancelled():
                now = time.monotonic()
                race.begin(now)
                if race.over:
                    raise _why(race.failures, host, port, seconds)
                if now >= deadline:
                    raise _why({errno.ETIMEDOUT}, host, port, seconds)
                ready = selector.select(max(0.0, min(deadline, race.due) - now))
                winner = race.judge(key.fileobj for key, _ in ready if key.fileobj is not wake)
                if winner is not None:
                    return winner
                if any(key.fileobj is wake for key, _ in ready):
                    wake.recv(4096)
            return None
        finally:
            race.clear()


class _Race:
    """The attempts that are under way, and the addresses that are still to be tried."""

    def __init__(self, addresses: list[AddressInfo], selector: selectors.BaseSelector) -> None:
        self.failures: set[int] = set()
        self.due = 0.0  # when the next address is tried
        self._addresses = deque(addresses)
        self._selector = selector
        self._started: set[Any] = set()

    @property
    def over(self) -> bool:
        return not self._started and not self._addresses

    def begin(self, now: float) -> None:
        """Try the next address if it is its turn."""
        while self._addresses and now >= self.due:
            try:
                sock = _begin(self._addresses.popleft())
            except OSError as error:
                self.failures.add(error.errno or errno.EINVAL)
                continue
            self._selector.register(sock, selectors.EVENT_WRITE)
            self._started.add(sock)
            self.due = now + NEXT_ADDRESS_SECONDS
        if not self._addresses:
            self.due = float("inf")

    def judge(self, ready: Any) -> socket.socket | None:
        """The first of these that is connected; one that failed lets the next address start at once."""
        for sock in ready:
            code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            self._selector.unregister(sock)
            self._started.discard(sock)
            if code == 0:
                assert isinstance(sock, socket.socket)
                return sock
            sock.close()
            self.failures.add(code)
            self.due = 0.0
        return None

    def clear(self) -> None:
        """Close what is still under way."""
        for sock in self._started:
            sock.close()


def _look_up(host: str, port: int) -> list[AddressInfo]:
    try:
        return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except socket.gaierror as error:
        log.info("looking up %s failed: %s", host, error)
        if error.errno == socket.EAI_AGAIN:
            words = f"{host} could not be looked up. Is this computer online?"
        else:
            words = f"There is no computer called {host}."
        raise Unreachable("host", words) from error
    except (ValueError, OverflowError) as error:  # no name at all: empty labels, NUL, too long
        log.info("looking up %r failed: %s", host, error)
        raise Unreachable("host", f"“{host}” cannot be the address of a computer.") from error


def _begin(address: AddressInfo) -> socket.socket:
    """A socket that is about to connect."""
    family, kind, protocol, _, where = address
    sock = socket.socket(family, kind, protocol)
    try:
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        code = sock.connect_ex(where)
        if code and code not in _UNDER_WAY:
            raise OSError(code, os.strerror(code))
    except OSError:
        sock.close()
        raise
    return sock


def _why(failures: set[int], host: str, port: int, seconds: float) -> Unreachable:
    """The failure that tells most."""
    if failures & _REFUSED:
        return Unreachable("refused", f"{host} is there, but nothing answers on port {port}.")
    if failures & _TIMED_OUT:
        return Unreachable("timeout", f"{host} did not answer within {seconds:.0f} seconds.")
    code = min(failures, default=errno.EHOSTUNREACH)
    return Unreachable("host", f"{host} cannot be reached from here: {os.strerror(code)}.")
