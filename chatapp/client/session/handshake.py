"""One connection's talk with the server, without I/O: getting in, capabilities, and every line as events.

    CAP LS 302, PASS, NICK, USER  ->  CAP * LS …  ->  CAP REQ …  ->  CAP * ACK …  ->  CAP END  ->  001
                                       with a password, before CAP END:  AUTHENTICATE … 903
                                       and where there is no such account, if one is wanted:  REGISTER …

A server that knows no CAP answers with an error, or not at all, and welcomes us just the same.

Source  modern IRC "Connection Registration", IRCv3 capability-negotiation, sasl-3.1, account-registration
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence

from chatapp.client.incoming import events
from chatapp.client.incoming.events import Event
from chatapp.client.incoming.parser import EventParser
from chatapp.client.login import Login
from chatapp.client.session import account_registration
from chatapp.client.session.account_registration import AccountRegistration, NotMade, TooEarly
from chatapp.client.session.sasl import SaslLogin
from chatapp.protocol import isupport
from chatapp.protocol.message import Message
from chatapp.protocol.numbers import parse_whole
from chatapp.protocol.sasl import SaslError

NONCE_BYTES = 18
SASL = "sasl"

WANTED = (
    "message-tags", "server-time", "echo-message", "batch", "labeled-response", "multi-prefix",
    "userhost-in-names", "away-notify", "extended-join", "account-notify", "account-tag", "setname",
    "invite-notify", "chghost", "standard-replies", "draft/chathistory", "cap-notify", "draft/read-marker",
    "draft/message-redaction", "draft/channel-rename",
)  # fmt: skip

_ACCEPTED = frozenset({"903", "907"})
_MECHANISMS = "908"
_VERDICTS = _ACCEPTED | {"902", "904", "905", "906", _MECHANISMS}
_WRONG = "The password does not fit {account}, or that name has none: then leave it empty."
_UNSAID = "This server protects no names. Your password was not needed, and not sent."
_FAILURE = re.compile(r"(?:SASL )?authentication failed(?:[:;.]\s*)?", re.IGNORECASE)


class Handshake:
    """From the first line of a connection to its last.

    Takes  fallback: whether to try `ana_2` by ourselves when `ana` is taken, as after a lost connection
    """

    def __init__(
        self,
        login: Login,
        fallback: bool = False,
        new_nonce: Callable[[], str] = lambda: secrets.token_hex(NONCE_BYTES),
    ) -> None:
        self.nick = login.nick
        self.registered = False
        self.capabilities: frozenset[str] = frozenset()
        self.isupport: dict[str, str] = {}
        self._login = login
        self._fallback = fallback
        self._new_nonce = new_nonce
        self._authentication: SaslLogin | None = None
        self._application: AccountRegistration | None = None
        self._is_known = False  # we are logged in
        self._offered: dict[str, str] = {}  # capabilities with their values
        self._unanswered = 0  # CAP REQ sent and neither acknowledged nor refused
        self._interpreter = EventParser(self.isupport)

    def start(self) -> list[Message]:
        """The first lines to send."""
        login = self._login
        user = re.sub(r"[^A-Za-z0-9]", "", login.nick)[:10].lower() or "chat"
        return [
            Message("CAP", ["LS", "302"]),
            *([Message("PASS", [login.server_password])] if login.server_password else []),
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
        if self._authentication and (message.command == "AUTHENTICATE" or message.command in _VERDICTS):
            return self._authenticate(self._authentication, message)
        if self._application and self._application.concerns(message):
            return self._apply(self._application, message)
        found = self._interpreter.read(message)
        if not self.registered:
            for event in found:
                if isinstance(event, events.NickRefused) and event.taken and self._fallback:
                    self.nick = another(event.nick if event.nick != "*" else self.nick)
                    return [Message("NICK", [self.nick])], []
                if isinstance(event, events.Registered):
                    self.registered = True
                    self.nick = event.nick
                    if self._application and self._application.waits:
                        return self._application.begin(), found
                    if self._login.password and not self._is_known:
                        return [], [*found, events.ServerText(_UNSAID)]
                if isinstance(event, events.LoggedIn):
                    self._is_known = bool(event.account)
        return [], found

    def _cap(self, message: Message) -> tuple[list[Message], list[Event]]:
        """CAP nick verb [*] :names."""
        verb = message.params[1].upper() if len(message.params) > 1 else ""
        words = message.text.split()
        if verb == "LS":
            pairs = [word.partition("=") for word in words]
            self._offered.update({name: value for name, _, value in pairs})
            if len(message.params) > 3:  # `*`: more lines follow
                return [], []
            wanted = (*WANTED, SASL) if self._login.password else WANTED
            return self._ask([name for name in wanted if name in self._offered]), []
        if verb == "NEW":
            news = {word.partition("=")[0] for word in words}
            return self._ask([name for name in WANTED if name in news - self.capabilities]), []
        if verb == "ACK":
            on = [word for word in words if word[0] != "-"]
            turned = self._turn(on, [word[1:] for word in words if word[0] == "-"])
            return self._log_in(on) + self._answered(), turned
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
        is_applying = self._application is not None and not self._application.waits
        is_open = self._unanswered > 0 or self._authentication or is_applying
        return [] if is_open or self.registered else [Message("CAP", ["END"])]

    def _log_in(self, names: Sequence[str]) -> list[Message]:
        """Begin the login, if these capabilities make it possible."""
        login = self._login
        if SASL not in names or self.registered or self._authentication or not login.password:
            return []
        mechanisms = [name.upper() for name in self._offered.get(SASL, "").split(",") if name]
        account = login.account or login.nick
        self._authentication = SaslLogin(account, login.password, mechanisms, self._new_nonce)
        return self._authentication.try_next() or self._leave_unknown()

    def _leave_unknown(self) -> list[Message]:
        """Go on without a login: the server and we have no mechanism in common."""
        self._authentication = None
        return self._end()

    def _authenticate(self, ours: SaslLogin, message: Message) -> tuple[list[Message], list[Event]]:
        try:
            if message.command == "AUTHENTICATE":
                answers = ours.receive(message.text)
                task = ours.derivation
                return answers, [events.KeyDerivationNeeded(ours.password, task)] if task else []
            if message.command in _ACCEPTED:
                ours.check_accepted()
        except SaslError as error:
            return [Message("AUTHENTICATE", ["*"])], self._refused(f"The login failed: {error}.")
        if message.command in _ACCEPTED:
            self._authentication = None
            self._is_known = True
            return self._end(), []
        if message.command == _MECHANISMS:
            return [], []
        if not ours.is_mechanism_known:
            return ours.try_next() or self._leave_unknown(), []
        if self.makes_accounts and (self._login.code or self._login.new_account):
            self._authentication = None
            return self._begin_application(ours.account, ours.password), []
        words = _FAILURE.sub("", message.text).strip()
        return [], self._refused(words or _WRONG.format(account=ours.account))

    def _begin_application(self, account: str, password: str) -> list[Message]:
        is_early = account_registration.is_early(self._offered[account_registration.CAPABILITY])
        self._application = AccountRegistration(account, password, self._login.code, is_early)
        return self._application.begin() if is_early else self._end()

    @property
    def makes_accounts(self) -> bool:
        """Whether one can ask the server for an account."""
        return account_registration.CAPABILITY in self._offered

    @property
    def makes_members(self) -> bool:
        """Whether one can ask for an account without having one: before the connection is complete."""
        return self.makes_accounts and account_registration.is_early(
            self._offered[account_registration.CAPABILITY]
        )

    def _apply(self, ours: AccountRegistration, message: Message) -> tuple[list[Message], list[Event]]:
        try:
            answers = ours.hear(message)
        except TooEarly:
            return self._end(), []
        except NotMade as error:
            self._application = None
            if self.registered:
                return [], [events.ServerText(f"{error} You are here as a guest.")]
            return [], [events.AccountRefused(str(error), error.wants_code)]
        if not ours.is_granted:
            return answers, []
        self._application = None
        self._is_known = True
        return self._end(), [events.ServerText(message.text)]

    def salted(self, key: bytes | None) -> tuple[list[Message], list[Event]]:
        """The password is salted: go on with the login. None says that it can be no password."""
        if self._authentication is None:
            return [], []
        if key is None:
            return [Message("AUTHENTICATE", ["*"])], self._refused("That cannot be a password.")
        return self._authentication.derived(key), []

    def _refused(self, words: str) -> list[Event]:
        self._authentication = None
        return [events.LoginRefused(words)]

    def _turn(self, on: Sequence[str], off: Sequence[str]) -> list[Event]:
        self.capabilities = (self.capabilities | set(on)) - set(off)
        return [events.CapabilitiesChanged(self.capabilities)]

    def _features(self, message: Message) -> list[Event]:
        """005 nick tokens :are supported by this server."""
        for name, value in isupport.parse(message.params[1:-1]).items():
            if value is None:
                self.isupport.pop(name, None)
            else:
                self.isupport[name] = value
        return [events.FeaturesReceived(self.isupport)]


def another(nick: str) -> str:
    """The next nick to try: `ana` gives `ana_2`, that gives `ana_3`."""
    stem, _, digits = nick.rpartition("_")
    number = parse_whole(digits)
    return f"{nick}_2" if number is None or not stem else f"{stem}_{number + 1}"
