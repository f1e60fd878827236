"""The server that this program starts on this computer: start, stop, invite link, owner's password."""

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
    """Starts and stops a server, at most one at a time.

    Args:
        inbox: Gets the `ProcessEvent` of each start.
        log_file: The file for the output of the server.
    """

    def __init__(self, inbox: SimpleQueue[Any], log_file: Path) -> None:
        self._inbox = inbox
        self._log_file = log_file
        self._process: ServerProcess | None = None
        self._lan = False
        self._login: Login | None = None  # to be used when the server has started
        self._launched: ServerStarted | None = None  # the server started by this program, now or earlier

    @property
    def is_starting(self) -> bool:
        """Whether a start has not succeeded or failed yet."""
        return self._login is not None

    @property
    def is_running(self) -> bool:
        """Whether a server runs that this window has started."""
        return self._process is not None and self._process.is_running

    @property
    def is_for_lan(self) -> bool:
        """Whether other computers could connect to the last server."""
        return self._lan

    def last_output(self, login: Login) -> str:
        """Return the last output of the server of a login, if this window started it and it has ended."""
        return self._process.last_output if self._process and self.is_at(login) else ""

    @property
    def link(self) -> Invite | None:
        """The link with which others can join the server."""
        return self._launched.link if self._launched else None

    def is_at(self, login: Login) -> bool:
        """Return whether a login is for the server that was started here."""
        launched = self._launched
        return launched is not None and (launched.host, launched.port) == (login.host, login.port)

    def start(self, login: Login, lan: bool) -> None:
        """Start a server; the result goes to `handle`. A server that is running is used again.

        Args:
            lan: Whether other computers can connect. A running server is replaced if this differs.
        """
        if self.is_running and self._launched and lan == self._lan:
            self._login = login
            self._inbox.put(self._launched)
            return
        self.stop()
        self._login, self._lan = login, lan
        self._process = ServerProcess(self._inbox, login.port, lan, self._log_file)

    def stop(self) -> None:
        """Stop the server if this window has started one."""
        process, self._process, self._login, self._launched = self._process, None, None, None
        if process:
            process.stop()

    def detach(self) -> None:
        """Let a running server continue after this program ends."""
        if self._process and not self.is_starting:
            self._process.detach()
            self._process = None

    def handle(self, item: ProcessEvent) -> Login | ConnectFailed | None:
        """Return the login to use now, or why there is no server; None if the start was cancelled."""
        if item.process is not self._process:
            return None
        login, self._login = self._login, None
        if isinstance(item, ServerStartFailed):
            self._process = None
            return ConnectFailed("launch", item.reason)
        self._launched = item if item.link or item.was_started else None
        if login is None:
            return None
        return replace(login, host=item.host, port=item.port)

    def owner_password(self, login: Login) -> str:
        """Return the password for OPER that makes us the owner; empty if the server is not ours."""
        return self._launched.owner_password if self._launched and self.is_at(login) else ""

    def take_first_start(self) -> bool:
        """Return whether the owner has not seen the password yet; true only once."""
        launched = self._launched
        if launched is None or not launched.is_first_start:
            return False
        self._launched = replace(launched, is_first_start=False)
        return True
