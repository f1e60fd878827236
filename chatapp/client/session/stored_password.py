"""The stored password of a login: looked up before connecting, stored once the server has accepted it."""

from __future__ import annotations

from dataclasses import replace

from chatapp.client.local.passwords import PasswordFound, Passwords
from chatapp.client.login import Login
from chatapp.client.transport.link import Inbox


class StoredPassword:
    """Looks up and stores the password for the logins of one network.

    Args:
        passwords: The password stores.
        inbox: The queue for `PasswordFound` and `PasswordStored`.
    """

    def __init__(self, passwords: Passwords, inbox: Inbox) -> None:
        self._passwords = passwords
        self._inbox = inbox
        self._awaited: Login | None = None  # its password is being looked up
        self._stored = ""  # the password that the store is known to hold
        self._moved_from: Login | None = None  # under which the store holds it instead

    def look_up(self, login: Login, moved_from: Login | None = None) -> None:
        """Start to look up the password of this login.

        Args:
            moved_from: The same login where its server was before; its password is used and moved, too.
        """
        self._awaited, self._moved_from = login, moved_from
        self._passwords.find(login, self._inbox, moved_from)

    def cancel(self) -> None:
        """Forget the lookup and its result, because another login begins."""
        self._awaited, self._stored, self._moved_from = None, "", None

    def cancel_lookup(self) -> None:
        """Ignore the result of the lookup."""
        self._awaited = None

    def found(self, item: PasswordFound) -> Login | None:
        """Return the login to connect with; None if the lookup is not wanted any more."""
        if item.login is not self._awaited:
            return None
        self._awaited, self._stored = None, item.password
        return replace(item.login, password=item.password)

    def accepted(self, login: Login) -> None:
        """Store the password that the server has accepted, if the user wants that and it is new."""
        moved_from, self._moved_from = self._moved_from, None
        if login.remember and (login.password != self._stored or moved_from):
            self._stored = login.password
            self._passwords.store(login, self._inbox, moved_from)
