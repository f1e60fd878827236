"""The server on this computer that was started from here: how it begins and ends, and what it gives us."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from chatapp.client.local.server_process import ProcessEvent, ServerProcess, ServerStarted, ServerStartFailed
from chatapp.client.login import Login
from chatapp.client.model.changes import ConnectFailed
from chatapp.protocol.invite_links import Invite


class LocalServer:
    """Args:
    inbox: Gets what becomes of a start.
    record: The file that gets what the server prints.
    """

    def __init__(self, inbox: SimpleQueue[Any], record: Path) -> None:
        self._inbox = inbox
        self._record = record
        self._launcher: ServerProcess | None = None
        self._lan = False
        self._login: Login | None = None  # with which to go in, as long as it starts
        self._launched: ServerStarted | None = None  # the server that was started from here, now or earlier

    @property
    def starts(self) -> bool:
        """Whether it is not known yet what becomes of the server."""
        return self._login is not None

    @property
    def runs(self) -> bool:
        """Whether a server that this very window has started runs."""
        return self._launcher is not None and self._launcher.running

    def last_words(self, login: Login) -> str:
        """What the server said last to which a login leads, when this window started it and it has ended."""
        return self._launcher.last_words if self._launcher and self.is_at(login) else ""

    @property
    def link(self) -> Invite | None:
        """The link that brings others to the server."""
        return self._launched.link if self._launched else None

    def is_at(self, login: Login) -> bool:
        """Whether a login leads to the server that was started from here."""
        launched = self._launched
        return launched is not None and (launched.host, launched.port) == (login.host, login.port)

    def start(self, login: Login, lan: bool) -> None:
        """Start a server; its `Item` goes through `take`. One that runs already is used again.

        Args:
            lan: Whether other computers may come. A running server is replaced when that is another wish.
        """
        if self.runs and self._launched and lan == self._lan:
            self._login = login
            self._inbox.put(self._launched)
            return
        self.stop()
        self._login, self._lan = login, lan
        self._launcher = ServerProcess(self._inbox, login.port, lan, self._record)

    def stop(self) -> None:
        """End the server, if this window has started one."""
        launcher, self._launcher, self._login, self._launched = self._launcher, None, None, None
        if launcher:
            launcher.stop()

    def release(self) -> None:
        """Let it run on after us, if it is one that runs."""
        if self._launcher and not self.starts:
            self._launcher.release()
            self._launcher = None

    def take(self, item: ProcessEvent) -> Login | ConnectFailed | None:
        """The login with which to go in now, or why there is no server; nothing if nobody wants it now."""
        if item.launcher is not self._launcher:
            return None
        login, self._login = self._login, None
        if isinstance(item, ServerStartFailed):
            self._launcher = None
            return ConnectFailed("launch", item.words)
        self._launched = item if item.link or item.started else None
        if login is None:
            return None
        return replace(login, host=item.host, port=item.port)

    def owner_password(self, login: Login) -> str:
        """What makes us the owner where a login leads; empty when the server there is not ours."""
        return self._launched.owner_password if self._launched and self.is_at(login) else ""

    def is_new(self) -> bool:
        """Whether the owner has not seen the password yet; true only once."""
        launched = self._launched
        if launched is None or not launched.is_new:
            return False
        self._launched = replace(launched, is_new=False)
        return True
