"""One connection's talk with the server, without I/O: getting in, capabilities, and every line as events.

    CAP LS 302, PASS, NICK, USER  ->  CAP * LS …  ->  CAP REQ …  ->  CAP * ACK …  ->  CAP END  ->  001

A server that knows no CAP answers with an error, or not at all, and welcomes us just the same.

Source  modern IRC "Connection Registration", IRCv3 capability-negotiation
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from chatapp.client import events
from chatapp.client.events import Event
from chatapp.client.interpret import Interpreter
from chatapp.client.trust import Encrypt
from chatapp.protocol import isupport
from chatapp.protocol.message import Message

PORT = 5000
FIRST_RETRY = 1.0  # seconds
LAST_RETRY = 60.0

WANTED = (
    "message-tags", "server-time", "echo-message", "batch", "labeled-response", "multi-prefix",
    "userhost-in-names", "away-notify", "extended-join", "account-notify", "account-tag", "setname",
    "invite-notify", "chghost", "standard-replies", "draft/chathistory", "cap-notify",
)  # fmt: skip

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Login:
    """Where to connect, as whom, and which channels to join. An empty realname or account is the nick.

    The password is the account's; a server may want one of its own. The pin is the only certificate that will
    do, of an invite link, which may have an invitation's code as well.
    """

    host: str
    port: int = PORT
    nick: str = ""
    password: str = field(default="", repr=False)
    realname: str = ""
    channels: tuple[str, ...] = ()
    encrypt: Encrypt = "auto"
    pin: str = ""
    code: str = field(default="", repr=False)
    account: str = ""
    server_password: str = field(default="", repr=False)


class Session:
    """From the first line of a connection to its last.

    Takes  fallback: whether to try `ana_2` by ourselves when `ana` is taken, as after a lost connection
    """

    def __init__(self, login: Login, fallback: bool = False) -> None:
        self.nick = login.nick
        self.registered = False
        self.capabilities: frozenset[str] = frozenset()
        self.isupport: dict[str, str] = {}
        self._login = login
        self._fallback = fallback
        self._offered: set[str] = set()
        self._unanswered = 0  # CAP REQ sent and neither acknowledged nor refused
        self._interpreter = Interpreter(self.isupport)

    def start(self) -> list[Message]:
        """The first lines to send."""
        login = self._login
        user = re.sub(r"[^A-Za-z0-9]", "", login.nick)[:10].lower() or "chat"
        return [
            Message("CAP", ["LS", "302"]),
            *([Message("PASS", [login.password])] if login.password else []),
            Message("NICK", [login.nick]),
            Message("USER", [user, "0", "*", login.realname or login.nick]),
        ]

    def step(self, message: Message) -> tuple[list[Message], list[Event]]:
        """What to answer to a line, and what it means."""
        if message.command == "PING":
            return [Message("PONG", message.params)], []
        if message.command == "CAP":
            return self._cap(message)
        if message.command == "005":
            return [], self._features(message)
        found = self._interpreter.read(message)
        if not self.registered:
            for event in found:
                if isinstance(event, events.NickRefused) and event.taken and self._fallback:
                    self.nick = another(event.nick if event.nick != "*" else self.nick)
                    return [Message("NICK", [self.nick])], []
                if isinstance(event, events.Registered):
                    self.registered = True
                    self.nick = event.nick
        return [], found

    def _cap(self, message: Message) -> tuple[list[Message], list[Event]]:
        """CAP nick verb [*] :names."""
        verb = message.params[1].upper() if len(message.params) > 1 else ""
        words = message.text.split()
        if verb == "LS":
            self._offered.update(word.partition("=")[0] for word in words)
            if len(message.params) > 3:  # `*`: more lines follow
                return [], []
            return self._ask([name for name in WANTED if name in self._offered]), []
        if verb == "NEW":
            news = {word.partition("=")[0] for word in words}
            return self._ask([name for name in WANTED if name in news - self.capabilities]), []
        if verb == "ACK":
            return self._answered(), self._turn(
                [word for word in words if word[0] != "-"], [word[1:] for word in words if word[0] == "-"]
            )
        if verb == "NAK":
            self._unanswered += len(words) if len(words) > 1 else 0
            single = [Message("CAP", ["REQ", word]) for word in words] if len(words) > 1 else []
            return single + self._answered(), []
        if verb == "DEL":
            return [], self._turn([], words)
        return [], []

    def _ask(self, names: Sequence[str]) -> list[Message]:
        if names:
            self._unanswered += 1
            return [Message("CAP", ["REQ", " ".join(names)])]
        return self._end()

    def _answered(self) -> list[Message]:
        if not self._unanswered:
            return []  # to nothing that we asked
        self._unanswered -= 1
        return self._end()

    def _end(self) -> list[Message]:
        """END when nothing is open any more; after registration there is nothing to end."""
        return [] if self._unanswered > 0 or self.registered else [Message("CAP", ["END"])]

    def _turn(self, on: Sequence[str], off: Sequence[str]) -> list[Event]:
        self.capabilities = (self.capabilities | set(on)) - set(off)
        return [events.Capable(self.capabilities)]

    def _features(self, message: Message) -> list[Event]:
        """005 nick tokens :are supported by this server."""
        for name, value in isupport.parse(message.params[1:-1]).items():
            if value is None:
                self.isupport.pop(name, None)
            else:
                self.isupport[name] = value
        return [events.Featured(self.isupport)]


def another(nick: str) -> str:
    """The next nick to try: `ana` gives `ana_2`, that gives `ana_3`."""
    match = re.fullmatch(r"(.+)_(\d+)", nick)
    return f"{match[1]}_{int(match[2]) + 1}" if match else f"{nick}_2"


def retry_delay(attempt: int, chance: float) -> float:
    """Seconds to wait before trying again: 1 s doubling to 60 s, of which chance takes up to a half.

    Takes  attempt: 0 for the first one
           chance: from 0 to 1, so that not everybody comes back at the same moment
    """
    longest = min(LAST_RETRY, FIRST_RETRY * 2.0 ** min(attempt, 16))
    return longest * (1.0 - chance / 2.0)
