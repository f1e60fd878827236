"""One connection from its first try to its end: link, session and pulse together. It knows no model."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, Literal

from chatapp.client.incoming import events
from chatapp.client.incoming.error_texts import PROTECTED, nick_error_text
from chatapp.client.incoming.events import Event
from chatapp.client.login import Login
from chatapp.client.model.changes import ConnectFailed
from chatapp.client.model.network import Privacy
from chatapp.client.session.handshake import Handshake, another
from chatapp.client.session.pulse import KeepAlive
from chatapp.client.session.salting import salt
from chatapp.client.transport.certificates import ServerTarget
from chatapp.client.transport.link import LinkInterface
from chatapp.protocol.message import Message

SILENT_SECONDS = 15.0  # how long a chat server may be silent before it welcomes us
REGISTER_SECONDS = 60.0  # how long it may take in all
PASSWORD_WRONG = "464"
ACCOUNT_REQUIRED = frozenset({"ACCOUNT_REQUIRED", "ACCOUNT_REQUIRED_TO_CONNECT"})
UNSAFE = "A password is not sent without encryption: anybody on the way could read it."
WANTED = "This server wants a password from everybody. Ask whoever runs it."
MEMBERS = "This server is for members only: type the password of your name{}."
NEW_MEMBERS = ", or choose one for a new account"
NOT_WELCOME = frozenset({"465", "466", "463"})


OpenWire = Callable[[ServerTarget, "SimpleQueue[Any]"], LinkInterface]


class Connection:
    """Takes  known: the certificate that is trusted there
           fallback: whether we were in before, so that a taken nick does not end it

    Times are seconds of a clock that never goes back.
    """

    def __init__(
        self, login: Login, known: str, fallback: bool, inbox: SimpleQueue[Any], open_wire: OpenWire
    ) -> None:
        self.login = login
        self._inbox = inbox
        self.session = Handshake(login, fallback)
        self.privacy: Privacy = "here"
        self.standing: Literal["connecting", "registering", "online"] = "connecting"
        self.refusal: ConnectFailed | None = None  # why the server does not let us in
        self.wire = open_wire(ServerTarget(login.host, login.port, login.encrypt, login.pin, known), inbox)
        self._farewell = ""
        self._heard = False
        self._silent_until = self._until = 0.0
        self._pulse = KeepAlive(0.0)

    def send(self, message: Message) -> None:
        self.wire.send(str(message))

    def connected(self, now: float, encrypted: bool, here: bool) -> ConnectFailed | None:
        """The link stands: begin to register, unless that would give a password away.

        Takes  here: whether it leads to this very computer
        """
        self.privacy = "encrypted" if encrypted else "here" if here else "open"
        if self.login.password and self.privacy == "open":
            return ConnectFailed("password", UNSAFE)
        self.standing = "registering"
        self._silent_until, self._until = now + SILENT_SECONDS, now + REGISTER_SECONDS
        for message in self.session.start():
            self.send(message)
        return None

    def read(self, line: str, now: float) -> list[Event]:
        """What a line means; it is answered where it asks for that.

        Raises  Malformed
        """
        self._heard = True
        message = Message.parse(line)
        if self.standing == "registering" and not message.source and message.command.isdecimal():
            return []  # a mail server greets with numbers, too
        answers, found = self.session.step(message)
        for answer in answers:
            self.send(answer)
        self._pulse.heard(now)
        if self.standing == "registering":
            if found or answers:
                self._silent_until = now + SILENT_SECONDS
            self._register(found, now)
        for event in found:
            match event:
                case events.ServerClosing():
                    self._farewell = event.reason
                case events.KeyDerivationNeeded():
                    salt(self._inbox, self.wire, event.password, event.task)
        return found

    def salted(self, key: bytes | None, now: float) -> None:
        """The password is salted: go on with the login."""
        answers, found = self.session.salted(key)
        for answer in answers:
            self.send(answer)
        self._register(found, now)

    def look(self, now: float) -> ConnectFailed | None:
        """Sends a PING when it is time; says why when the connection has to be given up."""
        if self.standing == "registering" and now > min(self._silent_until, self._until):
            return self.refusal or self._no_chat()
        if self.standing == "online":
            due = self._pulse.look(now)
            if due == "dead":
                return ConnectFailed("closed", "The server does not answer any more.")
            if due == "ping":
                self._ask()
        return None

    def check(self, now: float) -> None:
        """This computer slept: ask at once whether the server still answers."""
        if self.standing == "online":
            self._pulse.woken(now)
            self._ask()

    def _ask(self) -> None:
        self.send(Message("PING", ["alive"]))

    def ended(self, words: str) -> ConnectFailed:
        """Why it is over, when the link was lost."""
        if self.refusal:
            return self.refusal
        if self._farewell:
            return ConnectFailed("closed", f"The server closed the connection: {self._farewell}")
        if self.standing == "registering" and self.login.encrypt == "never" and not self._heard:
            where = f"{self.login.host} hung up on port {self.login.port}"
            return ConnectFailed("wants-tls", f"{where}. Perhaps it wants an encrypted connection.")
        if self.standing == "registering":
            return self._no_chat()
        return ConnectFailed("closed", f"The connection broke: {words}." if words else "The server hung up.")

    def close(self, reason: str = "") -> None:
        """Say goodbye if we are in, and end."""
        if self.standing == "online":
            self.send(Message("QUIT", [reason] if reason else []))
        self.wire.close()

    def _register(self, found: list[Event], now: float) -> None:
        """Whether the server lets us in."""
        for event in found:
            match event:
                case events.Registered():
                    self.standing = "online"
                    self._pulse = KeepAlive(now)
                case events.LoginRefused():
                    self.refusal = ConnectFailed(
                        "password", event.reason, makes_accounts=self.session.makes_accounts
                    )
                case events.AccountRefused():
                    self.refusal = ConnectFailed("code" if event.wants_code else "password", event.reason)
                case events.NickRefused(taken=True) if PROTECTED.search(event.reason):
                    nick = self.session.nick
                    words = f"The name {nick} is protected: type its password, or take another name."
                    self.refusal = ConnectFailed("password", words, another(nick))
                case events.NickRefused(taken=True):
                    nick = self.session.nick
                    self.refusal = ConnectFailed(
                        "name-taken", f"Somebody is already called {nick}.", another(nick)
                    )
                case events.NickRefused():
                    self.refusal = ConnectFailed("name", nick_error_text(event))
                case events.ErrorReply() if event.code == PASSWORD_WRONG:
                    words = "The server's password is wrong." if self.login.server_password else WANTED
                    self.refusal = ConnectFailed("server-password", words)
                case events.ErrorReply() if event.code in ACCOUNT_REQUIRED:
                    makes_accounts = self.session.makes_members
                    words = MEMBERS.format(NEW_MEMBERS if makes_accounts else "")
                    self.refusal = ConnectFailed("password", words, makes_accounts=makes_accounts)
                case events.ErrorReply() if event.code in NOT_WELCOME:
                    self.refusal = ConnectFailed("closed", f"The server does not let you in: {event.text}")

    def _no_chat(self) -> ConnectFailed:
        words = f"What answers on port {self.login.port} of {self.login.host} is no chat server."
        return ConnectFailed("not-chat", words)
