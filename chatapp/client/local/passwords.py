"""Stored passwords: looked up before a login, stored after one that worked.

A password store may wait for a person, so each request runs on a thread of its own. The result comes through
the client's queue as `PasswordFound` or `PasswordStored`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chatapp.client.local.password_store import PasswordStore, StoreUnavailable
from chatapp.client.login import Login
from chatapp.protocol.addresses import LOCALHOST
from chatapp.protocol.names import fold

if TYPE_CHECKING:
    from chatapp.client.transport.link import Inbox

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PasswordFound:
    """The stored password for a login; empty if there is none."""

    login: Login
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PasswordStored:
    """A password was stored. The location is such as `in the keyring of this computer`; empty on failure."""

    login: Login
    location: str


PasswordEvent = PasswordFound | PasswordStored


class Passwords:
    """The passwords in all password stores of this computer.

    Args:
        stores: The stores, the best one first.
    """

    def __init__(self, stores: Sequence[PasswordStore] = ()) -> None:
        self._stores = stores

    @property
    def stores(self) -> Sequence[PasswordStore]:
        """The stores, the best one first."""
        return self._stores

    @property
    def location(self) -> str:
        """Where a password would be stored; empty if there is no store."""
        return self._stores[0].location if self._stores else ""

    def find(self, login: Login, inbox: Inbox, moved_from: Login | None = None) -> None:
        """Look up the password for a login and put a `PasswordFound` into the inbox.

        Args:
            moved_from: The login under which the password was stored before the server moved.
        """
        places = [_server_and_name(each) for each in (moved_from, login) if each]

        def work() -> None:
            found = ""
            for store in self._stores:
                try:
                    for place in places:
                        found = found or store.get(*place)
                except StoreUnavailable:
                    log.info("no password was found %s", store.location)
            inbox.put(PasswordFound(login, found))

        _start(work)

    def store(self, login: Login, inbox: Inbox, moved_from: Login | None = None) -> None:
        """Store the login's password in the first store that works, and delete it from the others.

        Puts a `PasswordStored` into the inbox.

        Args:
            moved_from: The login under which the password was stored before the server moved.
        """

        def work() -> None:
            location = ""
            for store in self._stores:
                try:
                    if location:
                        store.delete(*_server_and_name(login))
                    else:
                        store.put(*_server_and_name(login), login.password)
                        location = store.location
                except StoreUnavailable:
                    log.info("a password could not be stored %s", store.location)
            inbox.put(PasswordStored(login, location))

        _start(work)
        if moved_from:
            self.delete(moved_from)

    def delete(self, login: Login) -> None:
        """Delete the password for a login from every store."""

        def work() -> None:
            for store in self._stores:
                try:
                    store.delete(*_server_and_name(login))
                except StoreUnavailable:
                    log.info("a password could not be deleted %s", store.location)

        _start(work)


def password_key(login: Login) -> str:
    """Return the key by which the settings remember that a password is stored: `host:port name`."""
    return " ".join(_server_and_name(login))


def _server_and_name(login: Login) -> tuple[str, str]:
    """Return server and name of a login; without a host the server is on this computer."""
    return f"{login.host.lower() or LOCALHOST}:{login.port}", fold(login.account or login.nick)


def _start(work: Callable[[], None]) -> None:
    threading.Thread(target=work, name="passwords", daemon=True).start()
