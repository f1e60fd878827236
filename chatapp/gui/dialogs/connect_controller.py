"""How one gets in: the first dialog, what of it is remembered, and what it says when it did not work."""

from __future__ import annotations

import getpass
import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from queue import SimpleQueue
from typing import Protocol

from chatapp.client.client import Client
from chatapp.client.local.passwords import password_key
from chatapp.client.local.settings import Settings
from chatapp.client.login import PORT, Encrypt, Login, at, invited
from chatapp.client.model.changes import ConnectFailed
from chatapp.client.transport.certificates import CertificateProblem
from chatapp.gui.dialogs.connect_dialog import LOCAL, ConnectDialog
from chatapp.gui.dialogs.discovered_servers import named
from chatapp.gui.theme.theme import Theme
from chatapp.protocol.dnssd import Offer
from chatapp.protocol.invite_links import Invite


class ServerSearch(Protocol):
    """A search for servers on this network, on a thread of its own."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


Seek = Callable[[Callable[[list[Offer]], None]], ServerSearch]
"""Makes a search that tells what it finds, whenever that changes."""


class ConnectController:
    """Opens the dialog when it is needed, and closes it when we are in.

    Takes  login: what the dialog says at first
           on_leave: a person has closed the dialog
           seek: makes a search for servers on this network; None for no search
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        client: Client,
        settings: Settings,
        login: Login,
        on_leave: Callable[[], object],
        seek: Seek | None = None,
    ) -> None:
        self._master = master
        self._theme = theme
        self._client = client
        self._settings = settings
        self._login = login
        self._on_leave = on_leave
        self._seek = seek
        self._search: ServerSearch | None = None
        self._found: SimpleQueue[list[Offer]] = SimpleQueue()
        self.dialog: ConnectDialog | None = None

    def open(self) -> ConnectDialog:
        """Open the dialog, or bring it to the front."""
        if self.dialog is None:
            self.dialog = ConnectDialog(
                self._master,
                self._theme,
                self._login,
                self._settings.servers,
                self._client.keeps_passwords,
                self._is_remembered,
                on_connect=self.connect,
                on_start=self.start,
                on_trust=self._trust,
                on_cancel=self._client.cancel,
                on_close=self._closed,
            )
            self._look_around()
        self.dialog.lift()
        return self.dialog

    def poll(self) -> None:
        """Show which servers were found on this network since the last time. To be called often."""
        while not self._found.empty():
            offers = self._found.get()
            if self.dialog is not None:
                self.dialog.show_nearby(named(offers))

    def stop(self) -> None:
        """End the search."""
        if self._search is not None:
            self._search.stop()
            self._search = None

    def invite(self, invite: Invite) -> None:
        """Offer to follow a link."""
        self._leave_dialog()
        self._login = invited(self._login, invite)
        self.open()

    def connect(self, login: Login) -> None:
        """Connect with this login."""
        self._login = login
        if self.dialog is not None:
            self.dialog.show_connecting(login.address)
        self._client.connect(login)

    def start(self, login: Login, lan: bool = False) -> None:
        """Start a server here, or join the one that is there."""
        self._login = login
        if self.dialog is not None:
            self.dialog.show_connecting("The server starts…")
        self._client.start_server(login, lan)

    def show_failed(self, failed: ConnectFailed) -> None:
        """Say in the dialog why it did not work; about a certificate, ask."""
        self.open().show_failed(failed)

    def _trust(self, doubt: CertificateProblem) -> None:
        """A person has decided that this certificate is the right one."""
        if self.dialog is not None:
            self.dialog.show_connecting(self._login.address)
        self._client.trust(doubt)

    def show_online(self) -> None:
        """We are in: the dialog has done its work, and the next one begins with what was right in this."""
        login, settings = self._client.login, self._settings
        self._login = offered(login)
        settings.name, settings.realname, settings.channels = login.nick, login.realname, list(login.channels)
        settings.used(login.address)
        settings.unencrypted = [each for each in settings.unencrypted if each != login.address]
        if login.encrypt == "never":
            settings.unencrypted.append(login.address)
        self._remember(login)
        self._leave_dialog()

    def _is_remembered(self, login: Login) -> bool:
        """Whether the password of this login is kept."""
        return password_key(login) in self._settings.remembered

    def _remember(self, login: Login) -> None:
        """Note that the password is kept; what somebody does not want any more is forgotten."""
        key, settings = password_key(login), self._settings
        if login.remember and login.password:
            if key not in settings.remembered:
                settings.remembered.append(key)
        elif key in settings.remembered:
            settings.remembered.remove(key)
            self._client.forget_password(login)

    def _look_around(self) -> None:
        """As long as the dialog is open it is seen who comes and goes."""
        if self._seek is not None:
            self._found = SimpleQueue()
            self._search = self._seek(self._found.put)
            self._search.start()

    def _leave_dialog(self) -> None:
        """It is not needed any more."""
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.destroy()
        self.stop()

    def _closed(self) -> None:
        """A person has closed the dialog."""
        self.dialog = None
        self.stop()
        self._on_leave()


def remembered(settings: Settings) -> Login:
    """The login that worked last; the name of this computer's user at the very first start."""
    name = settings.name or _login_name()
    login = Login("", PORT, name, "", settings.realname, tuple(settings.channels))
    if not settings.servers:
        return login
    latest = settings.servers[0]
    encrypt: Encrypt = "never" if latest in settings.unencrypted else "auto"
    found = replace(at(login, latest), encrypt=encrypt)
    return offered(replace(found, remember=password_key(found) in settings.remembered))


def offered(login: Login) -> Login:
    """The login as the dialog offers it again: a server on this computer is started if need be. The account
    is made."""
    host = "" if login.host in LOCAL else login.host
    return replace(login, host=host, password="", code="", new_account=False)


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return ""
