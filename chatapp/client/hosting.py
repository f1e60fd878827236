"""The server on this computer that was started from here: how it begins and ends, and what it gives us."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from chatapp.client.changes import Failed
from chatapp.client.launch import Item, Launcher, LaunchFailed
from chatapp.client.login import Login
from chatapp.protocol.invite import Invite


class Hosting:
    """Takes  inbox: gets what becomes of a start; record: the file that gets what the server prints"""

    def __init__(self, inbox: SimpleQueue[Any], record: Path) -> None:
        self.link: Invite | None = None  # that brings others to the server
        self._inbox = inbox
        self._record = record
        self._launcher: Launcher | None = None
        self._login: Login | None = None  # with which to go in, as long as it starts
        self._owner_password = ""  # until we are in

    @property
    def starts(self) -> bool:
        """Whether it is not known yet what becomes of the server."""
        return self._login is not None

    @property
    def runs(self) -> bool:
        return self._launcher is not None and self._launcher.running

    def start(self, login: Login, lan: bool) -> None:
        """Start a server, in place of the one before; its `Item` goes through `take`."""
        self.stop()
        self._login = login
        self._launcher = Launcher(self._inbox, login.port, lan, self._record)

    def stop(self) -> None:
        launcher, self._launcher, self._login = self._launcher, None, None
        if launcher:
            launcher.stop()

    def release(self) -> None:
        """Let it run on after us, if it is one that runs."""
        if self._launcher and not self.starts:
            self._launcher.release()
            self._launcher = None

    def take(self, item: Item) -> Login | Failed | None:
        """The login with which to go in now, or why there is no server; nothing if nobody wants it now."""
        if item.launcher is not self._launcher:
            return None
        login, self._login = self._login, None
        if isinstance(item, LaunchFailed):
            self._launcher = None
            return Failed("launch", item.words)
        if not item.started:
            self._launcher = None
        if login is None:
            return None
        self.link, self._owner_password = item.link, item.owner_password
        return replace(login, host=item.host, port=item.port)

    def owner_password(self) -> str:
        """What makes us the owner of a server that was started for the first time; it is said once."""
        password, self._owner_password = self._owner_password, ""
        return password if self._launcher else ""
