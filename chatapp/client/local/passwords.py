"""The passwords of one's names: kept when a login has worked, found before the next one. Both may take long.

find → thread → Found  → queue → the login goes on
keep → thread → Kept   → queue → the person is told where
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

from chatapp.client.local.local_server_record import HERE
from chatapp.client.local.password_store import PasswordStore, Unavailable
from chatapp.client.login import Login
from chatapp.protocol.names import fold

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PasswordFound:
    """The password that is kept for a login; empty when there is none."""

    login: Login
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PasswordKept:
    """Where a password is kept now, in words; empty when it is nowhere."""

    login: Login
    words: str


PasswordEvent = PasswordFound | PasswordKept


class Passwords:
    """Takes  safes: the places for them, the best one first"""

    def __init__(self, safes: Sequence[PasswordStore] = ()) -> None:
        self._safes = safes

    @property
    def words(self) -> str:
        """Where one would be kept; nothing when there is no place for them."""
        return self._safes[0].words if self._safes else ""

    def find(self, login: Login, inbox: SimpleQueue[Any]) -> None:
        """Put a `Found` into the inbox."""

        def work() -> None:
            found = ""
            for safe in self._safes:
                try:
                    found = found or safe.get(*_whose(login))
                except Unavailable:
                    log.info("no password was found %s", safe.words)
            inbox.put(PasswordFound(login, found))

        _start(work)

    def keep(self, login: Login, inbox: SimpleQueue[Any]) -> None:
        """Keep the login's password in the first place that works, and in no other.

        Put a `Kept` into the inbox.
        """

        def work() -> None:
            kept = ""
            for safe in self._safes:
                try:
                    if kept:
                        safe.drop(*_whose(login))
                    else:
                        safe.put(*_whose(login), login.password)
                        kept = safe.words
                except Unavailable:
                    log.info("a password could not be kept %s", safe.words)
            inbox.put(PasswordKept(login, kept))

        _start(work)

    def forget(self, login: Login) -> None:
        """Keep it nowhere."""

        def work() -> None:
            for safe in self._safes:
                try:
                    safe.drop(*_whose(login))
                except Unavailable:
                    log.info("a password could not be removed %s", safe.words)

        _start(work)


def whose(login: Login) -> str:
    """By which the settings remember that there is a password: `host:port name`."""
    return " ".join(_whose(login))


def _whose(login: Login) -> tuple[str, str]:
    """A server and a name; without a host it is this computer."""
    return f"{login.host.lower() or HERE}:{login.port}", fold(login.account or login.nick)


def _start(work: Callable[[], None]) -> None:
    threading.Thread(target=work, name="passwords", daemon=True).start()
