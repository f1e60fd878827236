"""Connects to a host: tries all its addresses, and uses the first connection that succeeds.

Source: RFC 8305 (the next attempt starts a quarter of a second later, beside the earlier ones).
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
from chatapp.languages.translation import _

CONNECT_SECONDS = 15.0  # for all addresses of a host together
NEXT_ADDRESS_SECONDS = 0.25  # until the next address is tried too

UnreachableKind = Literal["host", "refused", "timeout", "no-tls", "closed", "certificate", "proxy"]
AddressInfo = tuple[Any, ...]  # a result of getaddrinfo

_IN_PROGRESS = {errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", errno.EWOULDBLOCK)}
_REFUSED = {errno.ECONNREFUSED, getattr(errno, "WSAECONNREFUSED", errno.ECONNREFUSED)}
_TIMED_OUT = {errno.ETIMEDOUT, getattr(errno, "WSAETIMEDOUT", errno.ETIMEDOUT)}

log = logging.getLogger(__name__)


class Unreachable(Exception):
    """No connection could be made.

    Attributes:
        reason: Why, as a sentence for the user.
        certificate_problem: Set when the reason is the certificate.
    """

    def __init__(
        self, kind: UnreachableKind, reason: str, certificate_problem: CertificateProblem | None = None
    ) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
        self.certificate_problem = certificate_problem


def dial(
    host: str, port: int, wake: socket.socket, cancelled: Callable[[], bool], seconds: float = CONNECT_SECONDS
) -> socket.socket | None:
    """Connect to a host.

    Args:
        wake: Becomes readable when `cancelled` has to be checked.
        cancelled: Whether to give up. It is not checked during the look-up of the name.
        seconds: How long to try.

    Returns:
        A connected, non-blocking socket; None when cancelled.

    Raises:
        Unreachable: All attempts have failed.

    Thread:
        One that may block.
    """
    addresses = _look_up(host, port)
    with selectors.DefaultSelector() as selector:
        selector.register(wake, selectors.EVENT_READ)
        race = _Race(addresses, selector)
        deadline = time.monotonic() + seconds
        try:
            while not cancelled():
                now = time.monotonic()
                race.start_due(now)
                if race.is_over:
                    raise _explain(race.failures, host, port, seconds)
                if now >= deadline:
                    raise _explain({errno.ETIMEDOUT}, host, port, seconds)
                ready = selector.select(max(0.0, min(deadline, race.due) - now))
                winner = race.take_winner(key.fileobj for key, _ in ready if key.fileobj is not wake)
                if winner is not None:
                    return winner
                if any(key.fileobj is wake for key, _ in ready):
                    wake.recv(4096)
            return None
        finally:
            race.close_rest()


class _Race:
    """The attempts in progress, and the addresses that are not tried yet."""

    def __init__(self, addresses: list[AddressInfo], selector: selectors.BaseSelector) -> None:
        self.failures: set[int] = set()
        self.due = 0.0  # when the next address is tried
        self._addresses = deque(addresses)
        self._selector = selector
        self._started: set[Any] = set()

    @property
    def is_over(self) -> bool:
        """Whether every attempt has failed."""
        return not self._started and not self._addresses

    def start_due(self, now: float) -> None:
        """Start the next attempt if it is due."""
        while self._addresses and now >= self.due:
            try:
                sock = _start(self._addresses.popleft())
            except OSError as error:
                self.failures.add(error.errno or errno.EINVAL)
                continue
            self._selector.register(sock, selectors.EVENT_WRITE)
            self._started.add(sock)
            self.due = now + NEXT_ADDRESS_SECONDS
        if not self._addresses:
            self.due = float("inf")

    def take_winner(self, ready: Any) -> socket.socket | None:
        """Return the first of these sockets that is connected.

        After a failure the next attempt is due at once.
        """
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

    def close_rest(self) -> None:
        """Close the attempts in progress."""
        for sock in self._started:
            sock.close()


def _look_up(host: str, port: int) -> list[AddressInfo]:
    try:
        return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except socket.gaierror as error:
        log.info("looking up %s failed: %s", host, error)
        if error.errno == socket.EAI_AGAIN:
            reason = _(
                "The address of {host} could not be looked up. Check that this computer is online."
            ).format(host=host)
        else:
            reason = _("There is no server called {host}. Check the spelling.").format(host=host)
        raise Unreachable("host", reason) from error
    except (ValueError, OverflowError) as error:  # not a host name: empty labels, NUL, too long
        log.info("looking up %r failed: %s", host, error)
        raise Unreachable("host", _("“{host}” is not a valid server address.").format(host=host)) from error


def _start(address: AddressInfo) -> socket.socket:
    """Return a socket that has begun to connect."""
    family, kind, protocol, _, where = address
    sock = socket.socket(family, kind, protocol)
    try:
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        code = sock.connect_ex(where)
        if code and code not in _IN_PROGRESS:
            raise OSError(code, os.strerror(code))
    except OSError:
        sock.close()
        raise
    return sock


def _explain(failures: set[int], host: str, port: int, seconds: float) -> Unreachable:
    """Return the most informative failure."""
    if failures & _REFUSED:
        return Unreachable(
            "refused",
            _("{host} can be reached, but no server answers on port {port}.").format(host=host, port=port),
        )
    if failures & _TIMED_OUT:
        return Unreachable(
            "timeout",
            _("{host} did not answer within {seconds:.0f} seconds.").format(host=host, seconds=seconds),
        )
    code = min(failures, default=errno.EHOSTUNREACH)
    return Unreachable(
        "host", _("{host} cannot be reached: {reason}.").format(host=host, reason=os.strerror(code))
    )
