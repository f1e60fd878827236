"""Controls the connection dialog: opens and closes it, connects, and stores the login that worked."""

from __future__ import annotations

import getpass
import time
import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from queue import SimpleQueue
from typing import TYPE_CHECKING, Protocol

from chatapp.client.local import saved_servers
from chatapp.client.local.local_server_record import LocalServerRecord
from chatapp.client.local.passwords import password_key
from chatapp.client.local.settings import Settings
from chatapp.client.login import (
    PORT,
    Login,
    for_invite,
    for_server,
    with_name,
    without_proxy_password,
)
from chatapp.gui.dialogs.chat_offers import ChatOffer, of_network, of_settings, offers_for
from chatapp.gui.dialogs.connect_dialog import ConnectActions, ConnectDialog
from chatapp.gui.dialogs.connect_pages import ConnectStart
from chatapp.gui.theme.theme import Theme
from chatapp.protocol.addresses import LOCALHOST, is_this_computer
from chatapp.protocol.invite_links import Invite

if TYPE_CHECKING:  # all that takes long to load waits until the dialog is on the screen
    from chatapp.client.client import Client
    from chatapp.client.local.code_lookup import CodeResult
    from chatapp.client.model.changes import ConnectFailed, NetworkFound
    from chatapp.client.model.network import Network
    from chatapp.client.transport.certificates import CertificateProblem
    from chatapp.client.transport.server_check import ServerCheck
    from chatapp.gui.dialogs.new_chat_page import NewChat
    from chatapp.protocol.dnssd import Offer

SEARCH_SECONDS = 4.0  # after which the dialog says that nothing was found


class ServerSearch(Protocol):
    """A search for servers on this network that runs on its own thread."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


SearchFactory = Callable[[Callable[["list[Offer]"], None]], ServerSearch]
"""Makes a search that passes the list of found servers to a function whenever it changes."""


LookupFactory = Callable[[str, Callable[["CodeResult"], object]], ServerSearch]
"""Makes a search for the chat of an invite code, which passes its result to a function."""


class ConnectController:
    """Opens the dialog when it is needed, and closes it once connected.

    Args:
        client: Returns the client, which need not exist before the dialog is used.
        password_location: Where passwords are stored, as `Client` says it.
        login: The initial values of the dialog.
        on_close: Called when the user has closed the dialog.
        make_search: Makes a search for servers on this network; None for no search.
        make_lookup: Makes a search for the chat of an invite code; by default a `CodeLookup`.
        own_chat: Returns the user's own chat on this computer, as it last started.

    Attributes:
        on_close: May be replaced.
        adding: The network that is connected to be added to the others; it has no tile yet.
        questions: Why networks in the background could not be connected, until the user goes there.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        client: Callable[[], Client],
        password_location: str,
        settings: Settings,
        login: Login,
        on_close: Callable[[], object] = lambda: None,
        make_search: SearchFactory | None = None,
        make_lookup: LookupFactory | None = None,
        own_chat: Callable[[], LocalServerRecord | None] = lambda: None,
    ) -> None:
        self._master = master
        self._theme = theme
        self._get_client = client
        self._password_location = password_location
        self._settings = settings
        self._login = login
        self.on_close = on_close
        self._make_search = make_search
        self._make_lookup = make_lookup
        self._own_chat = own_chat
        self._search: ServerSearch | None = None
        self._found: SimpleQueue[list[Offer]] = SimpleQueue()
        self._offers: list[Offer] = []
        self._searching_until = 0.0  # monotonic seconds; 0 when the search has taken its time
        self._own_addresses: frozenset[str] | None = None  # until something was found
        self._check: ServerCheck | None = None
        self._lookup: ServerSearch | None = None
        self._codes: SimpleQueue[CodeResult] = SimpleQueue()
        self._address = ""  # to be shown first in the dialog: a link
        self._adds = False  # whether the dialog adds a server
        self.adding: Network | None = None
        self.questions: dict[Network, ConnectFailed] = {}
        self.dialog: ConnectDialog | None = None

    @property
    def _client(self) -> Client:
        return self._get_client()

    def add(self) -> ConnectDialog:
        """Open the dialog that adds a server beside the others."""
        self._close_dialog()
        self._login = replace(
            self._client.login, host="", port=PORT, channels=(), encrypt="auto", pin="", account="",
            password="", server_password="", code="", new_account=False, remember=False,
        )  # fmt: skip
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
            self.dialog = self._make_dialog()
            self._start_search()
        self.dialog.lift()
        return self.dialog

    def poll(self) -> None:
        """Show what was found out since the last call. To be called often."""
        if self.dialog is None:
            return
        offers = None
        while not self._found.empty():
            offers = self._found.get()
        is_late = bool(self._searching_until) and time.monotonic() > self._searching_until
        if offers is not None or is_late:
            self._offers = self._offers if offers is None else offers
            self._searching_until = 0.0 if is_late else self._searching_until
            self.dialog.show_offers(self._found_offers(), bool(self._searching_until))
        result = self._check.poll() if self._check else None
        if result is not None:
            self._stop_check()
            self.dialog.show_checked(result)
        if self._lookup is not None and not self._codes.empty():
            self._lookup = None
            self.dialog.show_code(self._codes.get())

    def stop(self) -> None:
        """Stop the search, and the question to a server."""
        self._stop_check()
        if self._search is not None:
            self._search.stop()
            self._search = None

    def invite(self, invite: Invite) -> None:
        """Open the dialog with an invite link filled in."""
        self._close_dialog()
        self._login = replace(for_invite(self._login, invite), host="")
        self._address = invite.chat_link
        self.open()

    def connect(self, login: Login) -> None:
        """Connect with this login, and show progress in the dialog if it is open."""
        self._login = login
        if self.dialog is not None:
            self.dialog.show_connecting(self._login)
        self._stop_check()
        self._client.connect(login, self._target(login.address))

    def connect_again(self) -> None:
        """Connect with the login of the current network, and show in the dialog what is wrong."""
        self._login = self._client.login
        self.open()
        self.connect(self._login)

    def start_server(self, login: Login) -> None:
        """Start the chat of this computer again, or connect to it if it runs."""
        self._login = login
        if self.dialog is not None:
            self.dialog.show_connecting(self._login)
        network = self._target(replace(login, host=LOCALHOST).address)
        self._client.start_server(login, network, saved_servers.of_this_computer(self._settings, login))

    def start_chat(self, login: Login, chat: NewChat) -> None:
        """Start a new chat on this computer, and connect to it."""
        self._login = login
        if self.dialog is not None:
            self.dialog.show_connecting(self._login)
        network = self._target(replace(login, host=LOCALHOST).address)
        self._client.start_chat(login, chat.name, chat.is_shared, chat.keeps_running, network)

    def open_running(self, login: Login) -> None:
        """Show the own chat that runs on this computer, or connect to it."""
        network = self._client.running_chat
        if network is None:
            self.start_server(login)
            return
        self._close_dialog()
        self._client.use_network(network)

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

    def _trust(self, problem: CertificateProblem, is_same_chat: bool) -> None:
        """Connect again, trusting this certificate."""
        if self.dialog is not None:
            self.dialog.show_connecting(self._login)
        self._client.trust(problem, is_same_chat)

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
        asked, self._login = self._login, login_for_next_time(login)
        if not asked.host and asked.pin and asked.pin == login.pin:  # the own chat, perhaps on another port
            old = replace(asked, host=LOCALHOST).address
            saved_servers.replace_address(settings, old, login.address)
        settings.name, settings.realname, settings.channels = login.name, login.realname, list(login.channels)
        settings.proxy = without_proxy_password(login.proxy)
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

    def _make_dialog(self) -> ConnectDialog:
        login = self._login
        offers = offers_for(login, self._settings, self._own_chat())
        joined = self._addresses() if self._adds else frozenset()
        address, self._address = self._address, ""
        start = ConnectStart(
            login, offers, address, self._adds, self._password_location, self._is_remembered, joined
        )
        actions = ConnectActions(
            on_connect=self.connect,
            on_start=self.start_server,
            on_new=self.start_chat,
            on_running=self.open_running,
            on_trust=self._trust,
            on_compared=lambda problem: self._client.trust(problem),
            on_cancel=self._cancel,
            on_check=self._check_server,
            on_code=self._look_up,
            on_close=self._on_dialog_closed,
        )
        return ConnectDialog(self._master, self._theme, start, actions)

    def _addresses(self) -> frozenset[str]:
        """Return the addresses of all networks of the window; a local one has several."""
        logins = [self._client.login_of(each) for each in self._client.networks]
        local = {each.port for each in logins if is_this_computer(each.host)}
        own = (Login(host, port).address for port in local for host in _own_addresses())
        return frozenset((*own, *(each.address for each in logins if each.host)))

    def _check_server(self, login: Login | None) -> None:
        """Ask the server of a login what it is, in place of another one; None to ask none.

        The proxy is the one in the dialog: asking directly would show the server to others.
        """
        self._stop_check()
        if login is not None and self.dialog is not None:
            login = replace(login, proxy=self.dialog.pages.advanced.proxy.value)
            self._check = self._client.check_server(login)

    def _look_up(self, code: str) -> None:
        """Look on this network for the chat of an invite code."""
        self._stop_check()
        self._codes = SimpleQueue()
        self._lookup = (self._make_lookup or _code_lookup)(code, self._codes.put)
        self._lookup.start()

    def _stop_check(self) -> None:
        """Stop asking about what was typed."""
        for each in (self._check, self._lookup):
            if each is not None:
                each.stop()
        self._check = self._lookup = None

    def _start_search(self) -> None:
        """Search as long as the dialog is open."""
        self._offers = []
        self._searching_until = time.monotonic() + SEARCH_SECONDS
        if self._make_search is not None:
            self._own_addresses = None
            self._found = SimpleQueue()
            self._search = self._make_search(self._found.put)
            self._search.start()

    def _found_offers(self) -> list[ChatOffer]:
        """Return the chats that were found on this network."""
        if self._offers and self._own_addresses is None:
            self._own_addresses = _own_addresses()
        return of_network(self._offers, self._own_addresses or ())

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
        self.on_close()

    def _target(self, address: str) -> Network | None:
        """Return the network to connect: a new one beside the others, or the current one (None).

        A server that was online is not given up for another one, so that one is added, too.
        """
        from chatapp.client.local.conversation_prefs import ConversationPrefs

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
    login = Login(
        "", PORT, realname=settings.realname, channels=tuple(settings.channels), proxy=settings.proxy
    )
    login = with_name(login, name)
    if not settings.servers:
        return login
    latest = settings.servers[0]
    known = of_settings(settings)[0].login
    found = replace(for_server(login, latest), encrypt=known.encrypt, pin=known.pin)
    return login_for_next_time(replace(found, remember=password_key(found) in settings.remembered))


def login_for_next_time(login: Login) -> Login:
    """Return the login as the dialog shows it the next time.

    Without password and code, because the account exists now; a local server is started again if necessary.
    """
    host = "" if is_this_computer(login.host) else login.host
    return replace(login, host=host, password="", code="", new_account=False)


def _code_lookup(code: str, on_result: Callable[[CodeResult], object]) -> ServerSearch:
    from chatapp.client.local.code_lookup import CodeLookup

    return CodeLookup(code, on_result)


def _own_addresses() -> frozenset[str]:
    """Return the addresses of this computer on its networks."""
    from chatapp.system import multicast

    return frozenset(address for several in multicast.own_addresses().values() for address in several)


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return ""
