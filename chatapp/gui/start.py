"""The start of the window: it connects as it was asked to, or shows the first dialog.

The dialog needs a quarter of the modules, so it opens before the others are loaded. They are loaded on
another thread, while the dialog already answers; then the window behind it is made.

So a module that the dialog imports imports nothing that takes long and is needed only later, such as OpenSSL:
the function that needs it imports it, and says why; for type hints there is `TYPE_CHECKING`. What must not
be loaded before the dialog is painted is listed in `tests/gui/test_start.py`, as `NEEDED_LATER`.
"""

from __future__ import annotations

import logging
import signal
import sys
import tkinter as tk
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from chatapp.client.local import saved_servers, settings
from chatapp.client.local.first_window import FirstWindow
from chatapp.client.local.local_server_record import LocalServerRecord
from chatapp.client.local.passwords import Passwords
from chatapp.client.local.settings_writer import SettingsWriter
from chatapp.client.local.system_password_stores import password_stores
from chatapp.client.login import Login, for_invite, for_server, with_name
from chatapp.gui.dialogs.connect_controller import ConnectController, ServerSearch, initial_login
from chatapp.gui.main.icon_badge import IconBadge
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.widget_timers import WidgetTimers
from chatapp.protocol.invite_links import BadInvite, Invite, is_link
from chatapp.system import folders
from chatapp.system.waker import Waker

if TYPE_CHECKING:  # importing them takes long, and would delay the first window
    from chatapp.client.client import Client
    from chatapp.gui.window import Window
    from chatapp.protocol.dnssd import Offer

LOADED_LATER = ("chatapp.client.client", "chatapp.gui.window", "chatapp.system.notifications")
LOAD_MILLISECONDS = 50  # after the dialog was made: it is on the screen then
LOOK_MILLISECONDS = 10  # between two looks whether all is loaded

log = logging.getLogger(__name__)


class Start:
    """Opens what a start shows first, and makes the window.

    Args:
        options: The command line.
        first: Receives the links of later starts; None if this is not the first window of the user.
        asked_system: As `Theme` takes it.

    Thread:
        Tk.
    """

    def __init__(
        self,
        root: tk.Tk,
        options: Namespace,
        first: FirstWindow | None,
        asked_system: Callable[[], bool] | None = None,
    ) -> None:
        self._root = root
        self._options = options
        self._first = first
        self._timers = WidgetTimers(root)
        self._arrivals = Waker()
        self._file: Path = options.config / "settings.json"
        self._stored = settings.load(self._file)
        self._login = _asked_login(options, initial_login(self._stored))
        self._cache = _cache_folder()
        self._passwords = Passwords(password_stores(options.config / "passwords.json"))
        stored = self._stored
        self.theme = Theme(root, stored.theme, stored.font_size, self._cache, asked_system)

    def open(self) -> None:
        """Connect, or open the first dialog."""
        self._icon = IconBadge(self._root, self.theme)
        self._controller = ConnectController(
            self._root, self.theme, lambda: self._client, self._passwords.location, self._stored, self._login,
            self._end, lambda on_found: _LateSearch(self._timers, on_found), own_chat=self._own_chat,
        )  # fmt: skip
        if self._connects():
            self._show(self._make_window())
        else:
            self._open_dialog()
            self._timers.start("load", LOAD_MILLISECONDS, self._load)

    def _connects_as_asked(self) -> bool:
        """Return whether the command line names a server to connect at once.

        Any page in a browser can hand over a link, so one to a server that was never used is only filled in.
        """
        options, stored = self._options, self._stored
        is_known_link = options.link and stored.name and self._login.address in stored.servers
        return bool(is_known_link or (options.name and (options.server or options.link)))

    def _connects_as_before(self) -> bool:
        """Return whether the server of the last run is connected at once."""
        options, stored = self._options, self._stored
        is_asked = options.server or options.name or options.link
        return bool(stored.connect_at_start and stored.servers and not is_asked)

    def _connects(self) -> bool:
        """Return whether the window is shown at once."""
        return (
            self._connects_as_asked() or self._connects_as_before() or saved_servers.are_several(self._stored)
        )

    def _show(self, window: Window) -> None:
        """Show the window, and connect."""
        login, controller = self._login, self._controller
        resumed = window.servers.resume()
        window.reveal()
        if self._connects_as_asked():
            controller.connect(login)
        elif resumed:
            if self._options.link:
                controller.invite(self._options.link)
        else:
            (controller.connect if login.host else controller.start_server)(login)

    def _open_dialog(self) -> None:
        options = self._options
        if options.link or is_link(options.server):
            self._controller.invite(options.link or Invite.parse(options.server))
        else:
            self._controller.open()

    def _own_chat(self) -> LocalServerRecord | None:
        """Return the user's chat on this computer, as it last started."""
        try:
            return LocalServerRecord.load(folders.server_data_folder(), self._options.config)
        except RuntimeError:  # this user has no home folder
            return None

    def _load(self) -> None:
        """Load what the window needs, and then make it, while the dialog is open."""
        thread = Thread(target=_load_modules, name="loading modules", daemon=True)
        thread.start()

        def look() -> None:
            if thread.is_alive():
                self._timers.start("load", LOOK_MILLISECONDS, look)
            else:
                self._make_window()

        look()

    @cached_property
    def _client(self) -> Client:
        from chatapp.client.client import Client
        from chatapp.client.transport.certificates import TrustedCertificates

        folder = self._options.config
        trusted = TrustedCertificates(folder / "trusted.json")
        wake = self._arrivals.wake
        return Client(folder / "server.log", trusted, self._passwords, on_arrival=wake)

    def _make_window(self) -> Window:
        from chatapp.gui.widgets.garbage_collector import GarbageCollector
        from chatapp.gui.window import Window
        from chatapp.system.notifications import system_notifier
        from chatapp.system.sound import Sound

        writer, folder = SettingsWriter(self._stored, self._file), self._options.config
        window = Window(
            self._root, self.theme, self._client, self._stored, self._login, lambda changed: _save(writer),
            autosave=writer.save_if_due, collect_garbage=GarbageCollector().collect_if_due, folder=folder,
            make_notifier=system_notifier, sound=Sound(self._cache), connect_controller=self._controller,
            icon=self._icon, arrivals=self._arrivals,
        )  # fmt: skip
        first = self._first
        if first is not None:
            first.on_request = self._arrivals.wake
            window.poll_loop.also(lambda: _follow_later_starts(first, window))
        _quit_on_signals(window.request_quit)
        window.start()
        return window

    def _end(self) -> None:
        """End the program: the dialog was closed before there was a window."""
        if "_client" in self.__dict__:
            self._client.close()
        self._arrivals.close()
        self._root.destroy()


class _LateSearch:
    """A search for servers on this network that is loaded and started when the dialog is on the screen."""

    def __init__(self, timers: WidgetTimers, on_found: Callable[[list[Offer]], None]) -> None:
        self._timers = timers
        self._on_found = on_found
        self._search: ServerSearch | None = None

    def start(self) -> None:
        self._timers.start("search", LOAD_MILLISECONDS, self._begin)

    def stop(self) -> None:
        self._timers.stop("search")
        if self._search is not None:
            self._search.stop()

    def _begin(self) -> None:
        from chatapp.client.local.discovery import Discovery

        self._search = Discovery(self._on_found)
        self._search.start()


def _asked_login(options: Namespace, login: Login) -> Login:
    """Return the login of the last time with what the command line says."""
    login = for_server(replace(login, pin=""), options.server) if options.server else login
    login = for_invite(login, options.link) if options.link else login
    login = with_name(login, options.name or login.name)
    return login if options.proxy is None else replace(login, proxy=options.proxy)


def _load_modules() -> None:
    for name in LOADED_LATER:
        import_module(name)


def _follow_later_starts(first: FirstWindow, window: Window) -> None:
    """Come to the front for each later start, and follow its link."""
    for link in first.take():
        try:
            window.come_to_front(Invite.parse(link) if link else None)
        except BadInvite as error:
            log.warning("a later start had a link that is not valid: %s", error)


def _cache_folder() -> Path | None:
    try:
        return folders.cache_folder()
    except RuntimeError:
        return None  # --config named a folder for settings, but this user has no home folder


def _save(writer: SettingsWriter) -> None:
    problem = writer.save()
    if problem and sys.stderr is not None:
        print(problem, file=sys.stderr)


def _quit_on_signals(request_quit: Callable[[], None]) -> None:
    """On a signal to terminate, save and quit as if the window were closed.

    Python runs the handler when Tk returns control to it; the poll timer of the window takes care of that.
    """
    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda number, frame: request_quit())
