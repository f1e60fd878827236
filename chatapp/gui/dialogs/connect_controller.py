"""Controls the connection dialog: opens and closes it, connects, and stores the login that worked."""

from __future__ import annotations

import getpass
import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from queue import SimpleQueue
from typing import Protocol

from chatapp.client.client import Client
from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.local.local_server_record import LOOPBACK
from chatapp.client.local.passwords import password_key
from chatapp.client.local.settings import Settings
from chatapp.client.login import PORT, Encrypt, Login, for_invite, for_server, with_name
from chatapp.client.model.changes import ConnectFailed, NetworkFound
from chatapp.client.model.network import Network
from chatapp.client.transport.certificates import CertificateProblem
from chatapp.gui.dialogs.connect_dialog import LOCAL, ConnectDialog
from chatapp.gui.dialogs.discovered_servers import server_choices
from chatapp.gui.theme.theme import Theme
from chatapp.protocol.dnssd import Offer
from chatapp.protocol.invite_links import Invite


class ServerSearch(Protocol):
    """A search for servers on this network that runs on its own thread."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


SearchFactory = Callable[[Callable[[list[Offer]], None]], ServerSearch]
"""Makes a search that passes the list of found servers to a function whenever it changes."""


class ConnectController:
    """Opens the dialog when it is needed, and closes it once connected.

    Args:
        login: The initial values of the dialog.
        on_close: Called when the user has closed the dialog.
        make_search: Makes a search for servers on this network; None for no search.

    Attributes:
        adding: The network that is connected to be added to the others; it has no tile yet.
        questions: Why networks in the background could not be connected, until the user goes there.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        client: Client,
        settings: Settings,
        login: Login,
        on_close: Callable[[], object],
        make_search: SearchFactory | None = None,
    ) -> None:
        self._master = master
        self._theme = theme
        self._client = client
        self._settings = settings
        self._login = login
        self._on_close = on_close
        self._make_search = make_search
        self._search: ServerSearch | None = None
        self._found: SimpleQueue[list[Offer]] = SimpleQueue()
        self._adds = False  # whether the dialog adds a server
        self.adding: Network | None = None
        self.questions: dict[Network, ConnectFailed] = {}
        self.dialog: ConnectDialog | None = None

    def add(self) -> ConnectDialog:
        """Open the dialog that adds a server beside the others."""
        self._close_dialog()
        here = {self._client.login_of(each).address for each in self._client.networks}
        others = [each for each in self._settings.servers if each not in here]
        user = replace(
            self._client.login, host="", port=PORT, channels=(), encrypt="auto", pin="", account="",
            password="", server_password="", code="", new_account=False, remember=False,
        )  # fmt: skip
        self._login = for_server(user, others[0]) if others else user
        self._adds = True
        return self.open()

    def open_here(self) -> ConnectDialog:
        """Open the dialog with the login of the current network, to change it or to connect again."""
        if self.dialog is None and self._client.is_kept:
            self._login = login_for_next_time(self._client.login)
        return self.open()

    def ask(self, network: Network) -> None:
        """Show what connecting this network waits for, such as a question about a certificate."""
        failed = self.questions.pop(network, None)
        if failed is not None and network.state == "offline":
            self._login = self._client.login_of(network)
            self.show_failed(failed)

    def open(self) -> ConnectDialog:
        """Open the dialog, or bring it to the front."""
        if self.dialog is None:
            self.dialog = ConnectDialog(
                self._master,
                self._theme,
                self._login,
                self._settings.servers,
                self._client.password_location,
                self._is_remembered,
                on_connect=self.connect,
                on_start=self.start_server,
                on_trust=self._trust,
                on_cancel=self._cancel,
                on_close=self._on_dialog_closed,
                title="Add a server" if self._adds else "Chatapp",
            )
            self._start_search()
        self.dialog.lift()
        return self.dialog

    def poll(self) -> None:
        """Show the servers that were found since the last call. To be called often."""
        while not self._found.empty():
            offers = self._found.get()
            if self.dialog is not None:
                self.dialog.show_discovered(server_choices(offers))

    def stop(self) -> None:
        """Stop the search."""
        if self._search is not None:
            self._search.stop()
            self._search = None

    def invite(self, invite: Invite) -> None:
        """Open the dialog with an invite link filled in."""
        self._close_dialog()
        self._login = for_invite(self._login, invite)
        self.open()

    def connect(self, login: Login) -> None:
        """Connect with this login, and show progress in the dialog if it is open."""
        self._login = login
        if self.dialog is not None:
            self.dialog.show_connecting(login.address)
        self._client.connect(login, self._target(login.address))

    def connect_again(self) -> None:
        """Connect with the login of the current network, and show in the dialog what is wrong."""
        self._login = self._client.login
        self.open()
        self.connect(self._login)

    def start_server(self, login: Login, lan: bool = False) -> None:
        """Start a server on this computer, or connect to the one that runs.

        Args:
            lan: Whether other computers of the network may connect.
        """
        self._login = login
        if self.dialog is not None:
            self.dialog.show_connecting("Starting the server…")
        self._client.start_server(login, lan, self._target(replace(login, host=LOOPBACK).address))

    def show_failed(self, failed: ConnectFailed) -> None:
        """Show in the dialog why connecting failed, opening it if necessary.

        What a server in the background asks waits until the user goes there, see `ask`.
        """
        network = failed.network
        if network is not None and network not in (self.adding, self._client.network):
            self.questions[network] = failed
        else:
            self.open().show_failed(failed)

    def show_found(self, found: NetworkFound) -> None:
        """Close the dialog: the login that was to be added is here already."""
        if found.instead_of is self.adding:
            self.adding = None
        self._login = self._client.login
        self._close_dialog()

    def _trust(self, problem: CertificateProblem) -> None:
        """Connect again, trusting this certificate."""
        if self.dialog is not None:
            self.dialog.show_connecting(self._login.address)
        self._client.trust(problem)

    def show_online(self, network: Network) -> None:
        """Store the login that worked for the next time; close the dialog if it is about this network."""
        self.questions.pop(network, None)
        login, settings = self._client.login_of(network), self._settings
        is_added = network is self.adding
        if is_added:
            self.adding = None
            self._client.use_network(network)
        elif network is not self._client.network:
            return
        self._login = login_for_next_time(login)
        settings.name, settings.realname, settings.channels = login.name, login.realname, list(login.channels)
        settings.note_use(login.address)
        settings.unencrypted = [each for each in settings.unencrypted if each != login.address]
        if login.encrypt == "never":
            settings.unencrypted.append(login.address)
        self._update_remembered(login)
        if is_added or not self._adds:
            self._close_dialog()

    def login_changed(self, login: Login) -> None:
        """Note another account or password for the next time."""
        if login.host == self._login.host or not self._login.host:
            self._login = login_for_next_time(login)
        self._update_remembered(login)

    def _is_remembered(self, login: Login) -> bool:
        """Return whether the password of this login is stored."""
        return password_key(login) in self._settings.remembered

    def _update_remembered(self, login: Login) -> None:
        """Note that the password is stored, or delete a stored one that is no longer wanted."""
        key, settings = password_key(login), self._settings
        if login.remember and login.password:
            if key not in settings.remembered:
                settings.remembered.append(key)
        elif key in settings.remembered:
            settings.remembered.remove(key)
            self._client.forget_password(login)

    def _start_search(self) -> None:
        """Search as long as the dialog is open."""
        if self._make_search is not None:
            self._found = SimpleQueue()
            self._search = self._make_search(self._found.put)
            self._search.start()

    def _close_dialog(self) -> None:
        """Close the dialog without calling `on_close`."""
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.destroy()
        self._end_adding()
        self.stop()

    def _on_dialog_closed(self) -> None:
        self.dialog = None
        self._end_adding()
        self.stop()
        self._on_close()

    def _target(self, address: str) -> Network | None:
        """Return the network to connect: a new one beside the others, or the current one (None).

        A server that was online is not given up for another one, so that one is added, too.
        """
        client = self._client
        is_other = client.is_kept and client.login.address != address
        if self.adding is None and (self._adds or is_other):
            self.adding = client.add_network(ConversationPrefs(self._settings), in_background=True)
        return self.adding

    def _cancel(self) -> None:
        self._client.cancel(self.adding)

    def _end_adding(self) -> None:
        """Give up a server that was to be added and is not online."""
        adding, self.adding, self._adds = self.adding, None, False
        if adding is not None and adding in self._client.networks:
            self._client.remove_network(adding)


def initial_login(settings: Settings) -> Login:
    """Return the login that worked last; at the first start, one with the user name of the system."""
    name = settings.name or _system_user()
    login = Login("", PORT, realname=settings.realname, channels=tuple(settings.channels))
    login = with_name(login, name)
    if not settings.servers:
        return login
    latest = settings.servers[0]
    encrypt: Encrypt = "never" if latest in settings.unencrypted else "auto"
    found = replace(for_server(login, latest), encrypt=encrypt)
    return login_for_next_time(replace(found, remember=password_key(found) in settings.remembered))


def login_for_next_time(login: Login) -> Login:
    """Return the login as the dialog shows it the next time.

    Without password and code, because the account exists now; a local server is started again if necessary.
    """
    host = "" if login.host in LOCAL else login.host
    return replace(login, host=host, password="", code="", new_account=False)


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return ""
