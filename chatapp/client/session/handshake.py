"""The protocol of one link, without I/O: registration, capabilities, login, and parsing of all other lines.

    CAP LS 302, PASS, NICK, USER  ->  CAP * LS …  ->  CAP REQ …  ->  CAP * ACK …  ->  CAP END  ->  001
                            with a password, before CAP END:            AUTHENTICATE …  ->  903
                            if there is no such account but one is wanted:  REGISTER …  ->  SUCCESS

A server without CAP answers with an error or not at all, and sends its welcome just the same.

Source: modern IRC "Connection Registration"; IRCv3 capability-negotiation, sasl-3.1, account-registration
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence

from chatapp.client.incoming import events
from chatapp.client.incoming.error_texts import KEPT, PROTECTED
from chatapp.client.incoming.events import Event
from chatapp.client.incoming.parser import EventParser
from chatapp.client.login import Login
from chatapp.client.model.changes import ConnectFailed
from chatapp.client.model.own_account import REGISTRATION
from chatapp.client.session import account_registration
from chatapp.client.session.account_registration import (
    AccountNotCreated,
    AccountRegistration,
    RegisteredTooEarly,
)
from chatapp.client.session.nick_reclaim import accepted_nick, alternative_nick
from chatapp.client.session.registration_refusals import refusal_of
from chatapp.client.session.sasl import SaslLogin
from chatapp.languages.translation import N_, _
from chatapp.protocol import isupport
from chatapp.protocol.capabilities import GUEST_KEY
from chatapp.protocol.message import Message
from chatapp.protocol.sasl import SaslError
from chatapp.protocol.scram import KeyDerivation

NONCE_BYTES = 18  # of randomness in the nonce of SCRAM
SASL = "sasl"
PRE_AWAY = "draft/pre-away"

WANTED = (
    "message-tags", "server-time", "echo-message", "batch", "labeled-response", "multi-prefix",
    "userhost-in-names", "away-notify", "extended-join", "account-notify", "account-tag", "setname",
    "invite-notify", "chghost", "standard-replies", "draft/chathistory", "cap-notify", "draft/read-marker",
    "draft/message-redaction", "draft/channel-rename", "draft/message-edit", "draft/metadata-2",
    "extended-monitor", "soju.im/search", "draft/multiline", "draft/event-playback", "chatapp/file-notify",
)  # fmt: skip
"""The capabilities that are requested wherever a server offers them."""

_ACCEPTED = frozenset({"903", "907"})
_MECHANISMS = "908"
_SASL_NUMERICS = _ACCEPTED | {"902", "904", "905", "906", _MECHANISMS}
_WRONG_PASSWORD = N_("Wrong password for {account}. If this name has no account, leave the password empty.")
_NO_PASSWORD = N_("This password contains characters that are not allowed.")
_NOT_SENT = N_("This server has no accounts. Your password was not needed and was not sent.")
_FAILURE = re.compile(r"(?:SASL )?authentication failed(?:[:;.]\s*)?", re.IGNORECASE)

Step = tuple[list[Message], list[Event]]
"""The messages to send, and the events of the line."""


class Handshake:
    """The protocol of one link, from its first line to its last.

    It has only the state that it needs for its answers. `connection` decides whether the client is online.

    Args:
        login: The login to register with.
        takes_alternative: Whether to register as `ana_2` if `ana` is taken, as after a lost connection.
        new_nonce: Returns a fresh nonce for SCRAM at each call.

    Attributes:
        nick: The nick that was requested last; after the welcome, the one that the server gave.
        capabilities: The capabilities that are enabled.
        isupport: The ISUPPORT tokens that the server has sent.
        is_welcomed: Whether the server has sent its welcome on this link.
        refusal: Why the server refuses the registration; None unless it does.
        error_text: The text of ERROR, with which the server closes the link.
    """

    def __init__(
        self,
        login: Login,
        takes_alternative: bool = False,
        new_nonce: Callable[[], str] = lambda: secrets.token_hex(NONCE_BYTES),
    ) -> None:
        self.nick = login.nick
        self.capabilities: frozenset[str] = frozenset()
        self.isupport: dict[str, str] = {}
        self.is_welcomed = False
        self.refusal: ConnectFailed | None = None
        self.error_text = ""
        self._login = login
        makes_account = bool(login.new_account or login.code)  # which keeps what the guest wrote
        self._guest_key = login.guest_key if makes_account or not login.password else ""
        self._takes_alternative = takes_alternative
        self._new_nonce = new_nonce
        self._away = ""
        self._sasl: SaslLogin | None = None
        self._registration: AccountRegistration | None = None
        self._derivation: KeyDerivation | None = None
        self._is_logged_in = False
        self._offered: dict[str, str] = {}  # capabilities with their values
        self._unanswered = 0  # CAP REQ that were neither acknowledged nor refused yet
        self._parser = EventParser(self.isupport)

    def start(self, is_open: bool = False, away: str = "") -> list[Message]:
        """Return the first lines to send.

        Args:
            is_open: Whether others can read the connection, so that no guest key is sent.
            away: The away message to register with where the server allows it; empty for none.
        """
        login, self._away = self._login, away
        self._guest_key = "" if is_open else self._guest_key
        first_password = login.server_password or login.code  # a guest may need the code, see the README
        user = re.sub(r"[^A-Za-z0-9]", "", login.nick)[:10].lower() or "chat"
        return [
            Message("CAP", ["LS", "302"]),
            *([Message("PASS", [first_password])] if first_password else []),
            Message("NICK", [login.nick]),
            Message("USER", [user, "0", "*", login.realname or login.nick]),
        ]

    def receive(self, message: Message) -> Step:
        """Return the messages that answer a message of the server, and its events."""
        if message.command == "PING":
            return [Message("PONG", message.params)], []
        if message.command == "CAP":
            return self._receive_cap(message)
        if message.command == "005":
            return [], self._learn_isupport(message)
        if self._sasl and (message.command == "AUTHENTICATE" or message.command in _SASL_NUMERICS):
            return self._receive_sasl(self._sasl, message), []
        if self._registration and self._registration.is_answer(message):
            return self._receive_registration(self._registration, message)
        if message.command == "ERROR":
            self.error_text = message.text
        found = self._parser.read(message)
        return ([], found) if self.is_welcomed else self._before_welcome(found)

    def take_derivation(self) -> KeyDerivation | None:
        """Return the key that has to be derived from the password, once. `key_derived` takes the result."""
        task, self._derivation = self._derivation, None
        return task

    def key_derived(self, key: bytes | None) -> list[Message]:
        """Continue the login. The key is None if the text cannot be a password."""
        if self._sasl is None:
            return []
        if key is None:
            return self._abort_login(_(_NO_PASSWORD))
        return self._sasl.derived(key)

    @property
    def makes_accounts(self) -> bool:
        """Whether the server creates accounts on request."""
        return REGISTRATION in self._offered

    @property
    def makes_accounts_early(self) -> bool:
        """Whether the server creates accounts before the registration is complete."""
        return self.makes_accounts and account_registration.is_early(self._offered[REGISTRATION])

    # before the welcome

    def _before_welcome(self, found: list[Event]) -> Step:
        for event in found:
            match event:
                case events.NickRefused(taken=True) if self._takes_alternative_to(event):
                    self.nick = alternative_nick(event.nick if event.nick != "*" else self.nick)
                    return [Message("NICK", [self.nick])], []
                case events.NickRefused() if accepted_nick(event, self.nick):
                    self.nick = accepted_nick(event, self.nick)
                    return [Message("NICK", [self.nick])], []
                case events.Registered():
                    return self._welcomed(event, found)
                case events.LoggedIn():
                    self._is_logged_in = bool(event.account)
            refusal = refusal_of(event, self._login, self.nick, self.makes_accounts_early)
            self.refusal = refusal or self.refusal
        return [], found

    def _takes_alternative_to(self, refused: events.NickRefused) -> bool:
        """Return whether to try another nick. The user is asked about one that is protected or kept for a
        guest: it may be their own, and another one would not show that.
        """
        is_in_use = not (PROTECTED.search(refused.reason) or KEPT.search(refused.reason))
        is_made_from_name = bool(self._login.display_name) and is_in_use
        return self._takes_alternative or is_made_from_name

    def _welcomed(self, event: events.Registered, found: list[Event]) -> Step:
        self.is_welcomed = True
        self.nick = event.nick
        if self._registration and self._registration.is_deferred:
            return self._registration.begin(), found
        if self._login.password and not self._is_logged_in:
            return [], [*found, events.ServerText(_(_NOT_SENT))]
        return [], found

    # capabilities

    def _receive_cap(self, message: Message) -> Step:
        """CAP nick subcommand [*] :names."""
        subcommand = message.params[1].upper() if len(message.params) > 1 else ""
        words = message.text.split()
        if subcommand == "LS":
            pairs = [word.partition("=") for word in words]
            self._offered.update({name: value for name, _, value in pairs})
            if len(message.params) > 3:  # `*`: more lines follow
                return [], []
            if_needed = {SASL: self._login.password, GUEST_KEY: self._guest_key, PRE_AWAY: self._away}
            wanted = (*WANTED, *(name for name, is_needed in if_needed.items() if is_needed))
            return self._request([name for name in wanted if name in self._offered]), []
        if subcommand == "NEW":
            pairs = [word.partition("=") for word in words]
            self._offered.update({name: value for name, _, value in pairs})
            added = {name for name, _, _ in pairs}
            return self._request([name for name in WANTED if name in added - self.capabilities]), []
        if subcommand == "ACK":
            enabled = [word for word in words if word[0] != "-"]
            changed = self._enable(enabled, [word[1:] for word in words if word[0] == "-"])
            told = self._tell_guest_key(enabled) + self._tell_away(enabled)
            return told + self._begin_login(enabled) + self._end_if_answered(), changed
        if subcommand == "NAK":
            self._unanswered += len(words) if len(words) > 1 else 0
            single = [Message("CAP", ["REQ", word]) for word in words] if len(words) > 1 else []
            return single + self._end_if_answered(), []
        if subcommand == "DEL":
            return [], self._enable([], words)
        return [], []

    def _request(self, names: Sequence[str]) -> list[Message]:
        if names:
            self._unanswered += 1
            return [Message("CAP", ["REQ", " ".join(names)])]
        return self._end()

    def _end_if_answered(self) -> list[Message]:
        if not self._unanswered:
            return []  # nothing was requested
        self._unanswered -= 1
        return self._end()

    def _end(self) -> list[Message]:
        """CAP END if nothing is pending any more. After the welcome there is nothing to end."""
        is_registering = self._registration is not None and not self._registration.is_deferred
        is_pending = self._unanswered > 0 or self._sasl or is_registering
        return [] if is_pending or self.is_welcomed else [Message("CAP", ["END"])]

    def _enable(self, enabled: Sequence[str], disabled: Sequence[str]) -> list[Event]:
        self.capabilities = (self.capabilities | set(enabled)) - set(disabled)
        return [events.CapabilitiesChanged(self.capabilities, self._offered)]

    def _learn_isupport(self, message: Message) -> list[Event]:
        """005 nick tokens :are supported by this server."""
        for name, value in isupport.parse(message.params[1:-1]).items():
            if value is None:
                self.isupport.pop(name, None)
            else:
                self.isupport[name] = value
        return [events.FeaturesReceived(self.isupport)]

    # login

    def _tell_guest_key(self, enabled: Sequence[str]) -> list[Message]:
        is_asked = GUEST_KEY in enabled and bool(self._guest_key) and not self.is_welcomed
        return [Message("GUEST", [self._guest_key])] if is_asked else []

    def _tell_away(self, enabled: Sequence[str]) -> list[Message]:
        is_told = PRE_AWAY in enabled and bool(self._away) and not self.is_welcomed
        return [Message("AWAY", [self._away])] if is_told else []

    def _begin_login(self, enabled: Sequence[str]) -> list[Message]:
        """Begin the login if these capabilities make it possible."""
        login = self._login
        if SASL not in enabled or self.is_welcomed or self._sasl or not login.password:
            return []
        mechanisms = [name.upper() for name in self._offered.get(SASL, "").split(",") if name]
        account = login.account or login.nick
        self._sasl = SaslLogin(account, login.password, mechanisms, self._new_nonce)
        return self._try_mechanism(self._sasl)

    def _try_mechanism(self, sasl: SaslLogin) -> list[Message]:
        """Try the next mechanism; without one that both sides know, go on without a login."""
        messages = sasl.try_next()
        if messages:
            return messages
        self._sasl = None
        return self._end()

    def _receive_sasl(self, sasl: SaslLogin, message: Message) -> list[Message]:
        try:
            if message.command == "AUTHENTICATE":
                answers = sasl.receive(message.text)
                self._derivation = sasl.derivation
                return answers
            if message.command in _ACCEPTED:
                sasl.check_accepted()
        except SaslError as error:
            return self._abort_login(_("The login failed: {reason}.").format(reason=error))
        if message.command in _ACCEPTED:
            self._sasl = None
            self._is_logged_in = True
            return self._end()
        if message.command == _MECHANISMS:
            return []
        if not sasl.is_mechanism_known:
            return self._try_mechanism(sasl)
        if self.makes_accounts and (self._login.code or self._login.new_account):
            self._sasl = None
            return self._begin_registration(sasl.account, sasl.password)
        reason = _FAILURE.sub("", message.text).strip()
        self._refuse_login(reason or _(_WRONG_PASSWORD).format(account=sasl.account))
        return []

    def _abort_login(self, reason: str) -> list[Message]:
        self._refuse_login(reason)
        return [Message("AUTHENTICATE", ["*"])]

    def _refuse_login(self, reason: str) -> None:
        self._sasl = None
        self.refusal = ConnectFailed("password", reason, makes_accounts=self.makes_accounts)

    # a new account

    def _begin_registration(self, account: str, password: str) -> list[Message]:
        is_early = self.makes_accounts_early
        self._registration = AccountRegistration(account, password, self._login.code, is_early)
        return self._registration.begin() if is_early else self._end()

    def _receive_registration(self, registration: AccountRegistration, message: Message) -> Step:
        try:
            answers = registration.receive(message)
        except RegisteredTooEarly:
            return self._end(), []
        except AccountNotCreated as error:
            self._registration = None
            if self.is_welcomed:
                return [], [
                    events.ServerText(_("{reason} You are connected as a guest.").format(reason=error))
                ]
            self.refusal = ConnectFailed("code" if error.wants_code else "password", str(error))
            return [], []
        if not registration.is_granted:
            return answers, []
        self._registration = None
        self._is_logged_in = True
        return self._end(), [events.ServerText(message.text)]
