"""The server that this program starts on this computer: start, stop, invite link, the key of its owner."""

from __future__ import annotations

from dataclasses import replace
from queue import SimpleQueue
from typing import Any

from chatapp.client.local.local_server_record import LocalServerRecord
from chatapp.client.local.server_process import (
    ProcessEvent,
    ServerHome,
    ServerProcess,
    ServerRunsAlready,
    ServerStart,
    ServerStarted,
    ServerStartFailed,
)
from chatapp.client.login import PORT, Login
from chatapp.client.model.changes import ConnectFailed
from chatapp.languages.translation import _
from chatapp.protocol.invite_links import Invite
from chatapp.system import program
from chatapp.system.autostart import CannotAutostart, autostart

AUTOSTART, AUTOSTART_TITLE = "chatapp-server", "Chatapp server"


class LocalServer:
    """Starts and stops a server, at most one at a time.

    Args:
        inbox: Gets the `ProcessEvent` of each start.
        home: The files of the server.
    """

    def __init__(self, inbox: SimpleQueue[Any], home: ServerHome) -> None:
        self._inbox = inbox
        self._home = home
        self._process: ServerProcess | None = None
        self._start: ServerStart | None = None  # of the last start
        self._was_found = False  # whether it ran before this program connected to it, which is not told yet
        self._is_used = False  # whether a connection to the server has been online
        self._login: Login | None = None  # to be used when the server has started
        self._launched: ServerStarted | None = None  # the user's server, started by this program or earlier
        self._address = ("", 0)  # by which the user's server was recognised

    @property
    def is_starting(self) -> bool:
        """Whether a start has not succeeded or failed yet."""
        return self._login is not None

    @property
    def is_running(self) -> bool:
        """Whether a server runs that this window has started."""
        return self._process is not None and self._process.is_running

    def end_reason(self, login: Login) -> str:
        """Return why the server of a login has ended, if this window started it; empty while it runs."""
        return self._process.end_reason if self._process and self.is_at(login) else ""

    @property
    def link(self) -> Invite | None:
        """The link with which others can join the server."""
        return self._launched.link if self._launched else None

    def is_at(self, login: Login) -> bool:
        """Return whether a login is for the server that was started here."""
        launched = self._launched
        if launched is None:
            return False
        has_its_pin = bool(login.pin) and launched.link is not None and login.pin == launched.link.pin
        return has_its_pin or (login.host, login.port) in ((launched.host, launched.port), self._address)

    def start(self, login: Login, start: ServerStart) -> None:
        """Start a server; the result goes to `handle`. A server that is running is used again.

        But one to which nobody has been connected yet is replaced by one that is started differently: the
        user has changed the form after a failure. A new chat does not start beside one that is used.
        """
        if self.is_running and self._launched and (self._is_used or start == self._start):
            self._login = login
            record = self._record()
            name = record.name if record else ""
            is_other = self._is_used and start.is_other_than(name)
            self._inbox.put(ServerRunsAlready(self._launched, name) if is_other else self._launched)
            return
        self.stop()
        self._login, self._start = login, start
        self._process = ServerProcess(self._inbox, start, self._home)

    def stop(self) -> None:
        """Stop the server if this window has started one."""
        process, self._process, self._login, self._launched = self._process, None, None, None
        self._is_used = False
        if process:
            process.stop()

    def detach(self) -> None:
        """Let a running server continue after this program ends."""
        if self._process and not self.is_starting:
            self._process.detach()
            self._process = None

    def handle(self, item: ProcessEvent) -> Login | ConnectFailed | None:
        """Return the login to use now, or why there is no server; None if the start was cancelled.

        The login accepts only the certificate of the user's server: another program that listens on its port
        later must not get the key.
        """
        if item.process is not self._process:
            return None
        login, self._login = self._login, None
        if isinstance(item, ServerStartFailed):
            self._process = None
            if login is None:
                return None
            return ConnectFailed("launch", item.reason)
        if isinstance(item, ServerRunsAlready):
            self._launched = item.started
            text = _("Your chat “{name}” runs on this computer already.").format(name=item.name)
            start = _("Your chat runs on this computer already.")
            one = _("Only one chat of yours can run here at a time.")
            return ConnectFailed("runs-already", f"{text if item.name else start} {one}")
        self._launched = item if item.link or item.was_started else None
        self._was_found = item.link is not None and not item.was_started and login is not None
        if login is None:
            return None
        pin = item.link.pin if item.link else login.pin
        return replace(login, host=item.host, port=item.port, pin=pin)

    def use(self, login: Login, certificate: str) -> str:
        """Note that a login is online; return the key with which it becomes the owner, empty for none.

        If the user's server was reached in another way, as from the list of the network, its key is looked
        up; `handle` takes the answer.

        Args:
            certificate: The fingerprint of its certificate; empty if it is not known.
        """
        if self._launched is None and self._process is None and self._is_recorded(certificate):
            self._address = (login.host, login.port)
            self._process = ServerProcess(self._inbox, ServerStart(login.port, only_finds=True), self._home)
        if self._launched is None or not self.is_at(login):
            return ""
        self._is_used = True
        return self._launched.owner_key

    def take_found(self) -> bool:
        """Return whether the server was running already; true only once."""
        found, self._was_found = self._was_found, False
        return found

    def _is_recorded(self, certificate: str) -> bool:
        """Return whether a certificate is that of the user's server: only it has the key in its folder."""
        record = self._record()
        return record is not None and record.link.pin == certificate

    def _record(self) -> LocalServerRecord | None:
        """Return the user's server as it last started; None if there is none."""
        try:
            return LocalServerRecord.load(self._home.data_folder, self._home.log_file.parent)
        except RuntimeError:  # this user has no home folder
            return None

    # start with the computer

    @property
    def starts_with_computer(self) -> bool:
        """Whether the server starts when the user logs in to this computer."""
        try:
            return autostart(AUTOSTART, AUTOSTART_TITLE).is_on
        except RuntimeError:  # this user has no home folder
            return False

    def start_with_computer(self, on: bool) -> str:
        """Start the server when the user logs in, or no longer; return why that is not possible."""
        try:
            start, data = autostart(AUTOSTART, AUTOSTART_TITLE), str(self._home.data_folder)
            if on:
                port = self._launched.port if self._launched else PORT
                command = self._home.command or program.command("server")
                start.switch_on([*command, "--port", str(port), "--data", data])
            else:
                start.switch_off()
        except CannotAutostart as error:
            return str(error)
        except RuntimeError:
            return _("This user has no home folder.")
        return ""
