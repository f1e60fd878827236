"""The connection of one network: one state machine that connects, registers, and comes back after a loss.

It knows no model. It reports each change of its state, each event, and why it gave up, to its observer.
"""

# States and transitions. `state` alone decides whether the client is online; `Network.state` is a copy for
# views, which `NetworkSession.state_changed` makes in one place.
#
#                connect            link is up              welcome (001)
#     offline ─────────▶ connecting ─────────▶ registering ─────────▶ online
#                          ▲     │                  │                   │ lost, or no answer to a PING
#            time is up    │     │ cannot connect   │ refused or lost   │
#                        waiting ◀──────────────────┴───────────────────┘ if this login was online before
#                                                                         and trying again can help
#     From every state: disconnect → offline, connect → connecting. A failure that only the user can fix
#     (wrong password, changed certificate: `FINAL`), and any failure of a login that was never online,
#     leads to offline, because retrying a mistyped address for hours would be useless.
#
# A link is one attempt: the socket, its thread, the handshake, the deadlines. All of it is in `_Attempt`, and
# nothing of an earlier attempt survives into the next one. A late item of an earlier link names that link and
# is dropped. So leftovers of the last connection cannot disturb the next one.
#
# Threads. The link's thread reads lines and puts them into the inbox. Everything here runs on the thread of
# the front-end, in three calls from `Client.poll`: `take` for an item from the inbox, `read` for one line,
# `tick` for what is due by time. Nothing blocks, and no lock is needed. Lines wait in `_lines` until they are
# read one by one: `poll` stops when its time is over, the rest stays for the next call, and the window stays
# responsive. An item that comes later is taken only after those lines, so a loss never overtakes the last
# lines of the server.
#
# Sending takes one hop: `send` gives a line to the link, whose queue never blocks. It sends only while
# online, since a server answers most commands before the welcome with an error. The lines of the handshake do
# not go this way.
#
# Retries wait 1 s, doubling up to 60 s, less a random part of up to a half. Without that part, all clients of
# a server that restarts would return at the same moment, and again after each failed attempt.
#
# What would break it: a second field that says whether we are online; setting `state` without `_become`,
# which alone reports it; handling an item without comparing its link; blocking in an observer.

from __future__ import annotations

import logging
import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from chatapp.client.incoming.events import ErrorReply, Event
from chatapp.client.login import Login
from chatapp.client.model.changes import FINAL, ConnectFailed
from chatapp.client.model.network import FailureKind, NetworkState, Privacy
from chatapp.client.session.handshake import Handshake
from chatapp.client.session.keep_alive import KeepAlive
from chatapp.client.session.registration_refusals import BANNED, refusal_of_error
from chatapp.client.session.salting import KeyDerived, derive_key
from chatapp.client.text.ban_notices import ban_notice, ban_text
from chatapp.client.transport import link
from chatapp.client.transport.certificates import ServerTarget, TrustedCertificates
from chatapp.client.transport.link import Inbox, LinkInterface, OpenLink
from chatapp.client.transport.server_check import not_a_chat_text
from chatapp.languages.translation import N_, _
from chatapp.protocol.message import MalformedMessage, Message
from chatapp.protocol.names import fold

FIRST_RETRY_SECONDS = 1.0  # before the first retry
LAST_RETRY_SECONDS = 60.0  # before any later retry, at most
SILENT_SECONDS = 15.0  # how long a server may send nothing that belongs to IRC before its welcome
REGISTER_SECONDS = 60.0  # how long the registration may take in all

_UNSAFE = N_(
    "A password is not sent without encryption, because others could read it. Use an encrypted connection."
)
_STOPPED = re.compile(
    r"shutting down|shutdown|restart|terminated|was stopped", re.IGNORECASE
)  # in the text of ERROR
_CLOSED = N_("The connection was closed.")
_LOGGED_OUT = N_("You were logged out from another computer. Enter your password to log in again.")
_NO_ANSWER = N_("The server stopped responding.")

log = logging.getLogger(__name__)


class ConnectionObserver(Protocol):
    """Receives the reports of a connection, on the thread that calls it."""

    def state_changed(self, before: NetworkState) -> None:
        """Called when the state was set to `connection.state`; `before` may be the same state."""

    def received(self, event: Event) -> None:
        """Called with each event from the server."""

    def gave_up(self, failed: ConnectFailed) -> None:
        """Called when the connection failed and is not attempted again; the state is offline already."""


@dataclass(slots=True)
class _Attempt:
    """One link, and everything that ends with it. Times are monotonic seconds."""

    link: LinkInterface
    handshake: Handshake
    privacy: Privacy = "here"
    certificate: str = ""  # to be remembered, see `OpenConnection`
    has_received: bool = False
    silent_until: float = 0.0
    register_until: float = 0.0
    keep_alive: KeepAlive | None = None  # while online
    ban_text: str = ""  # what the server has said if it has banned us
    is_logged_out: bool = False  # by another session of the account


class ReconnectingConnection:
    """A connection that is attempted, lost, and attempted again until it is closed or fails for good.

    Args:
        inbox: The queue for the reports of links and key derivations; its owner passes them to `take`.
        open_link: Opens a link.
        trusted: The certificates that the user trusts.
        clock: Returns monotonic seconds.
        chance: Returns a random number from 0 to 1, which spreads the retries.
        observer: Receives the reports.
        wall: Returns Unix seconds.

    Attributes:
        state: The state of the connection.
        login: The login to connect with; used again at each retry.
        away: The away message with which to register where the server allows it; empty for none.
        problem: Why we are not online, as a sentence; empty while online.
        failure: The kind of this problem; None while online, or after `disconnect`.

    Thread:
        All calls are made on the thread of the front-end.
    """

    def __init__(
        self,
        inbox: Inbox,
        open_link: OpenLink,
        trusted: TrustedCertificates,
        clock: Callable[[], float],
        chance: Callable[[], float],
        observer: ConnectionObserver,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self.state: NetworkState = "offline"
        self.login = Login("")
        self.away = ""
        self.problem = ""
        self.failure: FailureKind | None = None
        self._inbox, self._open_link, self._trusted = inbox, open_link, trusted
        self._clock, self._chance, self._wall = clock, chance, wall
        self._observer = observer
        self._attempt: _Attempt | None = None
        self._lines: deque[str] = deque()
        self._can_retry = False  # this login was online before
        self._retries = 0
        self._retry_at = 0.0  # while waiting
        self._closed_link: LinkInterface | None = None

    @property
    def has_lines(self) -> bool:
        """Whether lines wait to be read."""
        return bool(self._lines)

    @property
    def capabilities(self) -> frozenset[str]:
        """The capabilities that are enabled on the current link."""
        return self._attempt.handshake.capabilities if self._attempt else frozenset()

    @property
    def privacy(self) -> Privacy:
        """Whether others can read the current link."""
        return self._attempt.privacy if self._attempt else "here"

    @property
    def retry_seconds(self) -> float | None:
        """Seconds until the next attempt; None unless waiting for one."""
        return max(0.0, self._retry_at - self._clock()) if self.state == "waiting" else None

    # requests of the session

    def prepare(self) -> None:
        """Set the state to connecting while a password is looked up or a server is being started."""
        self._end_attempt()
        self._become("connecting")

    def connect(self, login: Login, was_online: bool = False) -> None:
        """Connect with this login, now and at each retry.

        Args:
            was_online: Whether this login has worked before, so that it is worth trying again and again.
        """
        self._end_attempt()
        self.login = login
        self._can_retry = was_online
        self._retries = 0
        self._open()

    def disconnect(self, reason: str = "") -> None:
        """Close the connection, with QUIT if it is online, and do not reconnect."""
        self._end_attempt(reason)
        self.problem, self.failure = "", None
        self._become("offline")

    def wait_closed(self, seconds: float) -> None:
        """After `disconnect`, wait for at most this time until the last lines are sent."""
        if self._closed_link:
            self._closed_link.join(seconds)

    def retry_now(self) -> None:
        """Make the next attempt at the next `tick`."""
        if self.state == "waiting":
            self._retry_at = self._clock()

    def woken(self) -> None:
        """Note that the computer slept: check at once whether the server still answers, or retry at once."""
        self.retry_now()
        if self.state == "online" and self._attempt and self._attempt.keep_alive:
            self._attempt.keep_alive.woken(self._clock())
            self._ping()

    def doubted(self) -> None:
        """Check at once whether the server still answers, because another connection to it stands still."""
        alive = self._attempt.keep_alive if self._attempt else None
        if self.state == "online" and alive and alive.doubted(self._clock()):
            self._ping()

    def use_nick(self, nick: str) -> None:
        """Register under this nick at later attempts, but log in to the same account."""
        login = self.login
        self.login = replace(login, nick=nick, account=login.account or login.nick if login.password else "")

    def use_account(self, account: str, password: str, remember: bool) -> None:
        """Log in to this account at later attempts; an empty one stands for none.

        Args:
            remember: Whether the password is to be stored.
        """
        self.login = replace(
            self.login, account=account, password=password, remember=remember, code="", new_account=False
        )

    def log_out(self) -> None:
        """Note that another session has logged this one out: do not connect again by itself."""
        if self._attempt:
            self._attempt.is_logged_out = True
            self.use_account("", "", remember=False)

    def use_display_name(self, name: str) -> None:
        """Set this display name at later attempts; empty for none."""
        self.login = replace(self.login, display_name=name)

    def rename_channel(self, channel: str, name: str) -> None:
        """Note that a channel of the login was renamed."""
        login = self.login
        channels = tuple(name if fold(each) == fold(channel) else each for each in login.channels)
        self.login = replace(login, channels=channels)

    def send(self, message: Message) -> None:
        """Send a message if online; else drop it."""
        if self.state == "online" and self._attempt:
            self._attempt.link.send(str(message))

    # input and time

    def take(self, item: link.LinkEvent | KeyDerived) -> None:
        """Handle an item from the inbox. The lines that came before it have been read."""
        attempt = self._attempt
        if attempt is None or item.link is not attempt.link:
            return  # of an earlier link
        match item:
            case link.LinesReceived():
                self._lines.extend(item.lines)
            case link.LinkConnected():
                self._register(attempt, item)
            case KeyDerived():
                self._send_all(attempt, attempt.handshake.key_derived(item.key))
                self._fail_if_refused(attempt)
            case link.LinkLost():
                self._fail(self._why_lost(attempt, item.reason))
            case link.LinkFailed():
                self._fail(
                    ConnectFailed(item.kind, item.reason, certificate_problem=item.certificate_problem)
                )

    def read(self) -> None:
        """Read one of the lines that wait."""
        line = self._lines.popleft()
        attempt = self._attempt
        if attempt is None:
            return
        try:
            found = self._understand(attempt, Message.parse(line))
        except MalformedMessage as error:
            attempt.has_received = True
            log.warning("skipped %r: %s", line[:200], error)
            return
        if self._fail_if_refused(attempt):
            return
        if self.state == "registering" and attempt.handshake.is_welcomed:
            self._go_online(attempt)
        for event in found:
            if isinstance(event, ErrorReply) and event.code in BANNED:
                attempt.ban_text = event.text
            self._observer.received(event)

    def tick(self) -> None:
        """Do what is due by time: retry, close the connection to a silent server, send a PING."""
        now, attempt = self._clock(), self._attempt
        if self.state == "waiting" and now >= self._retry_at:
            self._open()
        elif self.state == "registering" and attempt:
            if now > min(attempt.silent_until, attempt.register_until):
                self._fail(attempt.handshake.refusal or self._not_a_chat_server())
        elif self.state == "online" and attempt and attempt.keep_alive:
            due = attempt.keep_alive.check(now)
            if due == "dead":
                self._fail(ConnectFailed("closed", _(_NO_ANSWER)))
            elif due == "ping":
                self._ping()

    # transitions

    def _become(self, state: NetworkState) -> None:
        before, self.state = self.state, state
        self._observer.state_changed(before)

    def _open(self) -> None:
        """→ connecting."""
        login = self.login
        known = self._trusted.known(login.host, login.port)
        target = ServerTarget(login.host, login.port, login.encrypt, login.pin, known, login.proxy)
        handshake = Handshake(login, takes_alternative=self._can_retry)
        self._attempt = _Attempt(self._open_link(target, self._inbox), handshake)
        self._become("connecting")

    def _register(self, attempt: _Attempt, connected: link.LinkConnected) -> None:
        """connecting → registering, unless that would reveal a password."""
        attempt.privacy = "encrypted" if connected.encrypted else "here" if connected.here else "open"
        attempt.certificate = connected.certificate
        now = self._clock()
        attempt.silent_until, attempt.register_until = now + SILENT_SECONDS, now + REGISTER_SECONDS
        is_unsafe = bool(self.login.password) and attempt.privacy == "open"
        if not is_unsafe:
            self._send_all(attempt, attempt.handshake.start(attempt.privacy == "open", self.away))
        self._become("registering")
        if is_unsafe:
            self._fail(ConnectFailed("password", _(_UNSAFE)))

    def _go_online(self, attempt: _Attempt) -> None:
        """registering → online."""
        if attempt.certificate:
            self._trusted.trust(self.login.host, self.login.port, attempt.certificate)
        attempt.keep_alive = KeepAlive(self._clock())
        self._can_retry = True
        self._retries = 0
        self.problem, self.failure = "", None
        self._become("online")

    def _fail(self, failed: ConnectFailed) -> None:
        """→ waiting if trying again can help, else → offline."""
        self._end_attempt()
        self.problem, self.failure = failed.reason, failed.kind
        if self._can_retry and failed.kind not in FINAL:
            self._retry_at = self._clock() + self._retry_delay(failed)
            self._retries += 1
            self._become("waiting")
        else:
            self._become("offline")
            self._observer.gave_up(failed)

    def _fail_if_refused(self, attempt: _Attempt) -> bool:
        """Give up if the server refuses the registration; return whether it does.

        If this login was online before, only a `FINAL` refusal counts: a nick that is still taken is retried.
        """
        refusal = attempt.handshake.refusal if self.state == "registering" else None
        if refusal is None or (self._can_retry and refusal.kind not in FINAL):
            return False
        if refusal.kind == "banned":
            errors = (line for line in self._lines if line.startswith("ERROR "))
            refusal = replace(refusal, reason=ban_text(refusal.reason, next(errors, "")))
        self._fail(refusal)
        return True

    def _end_attempt(self, reason: str = "") -> None:
        """Close the link, if there is one, and drop the lines that are not read yet."""
        attempt, self._attempt = self._attempt, None
        self._lines.clear()
        if attempt:
            if self.state == "online":
                attempt.link.send(str(Message("QUIT", [reason] if reason else [])))
            attempt.link.close()
            self._closed_link = attempt.link

    # details

    def _understand(self, attempt: _Attempt, message: Message) -> list[Event]:
        """Pass a message to the handshake, send its answers, and return the events."""
        now = self._clock()
        attempt.has_received = True
        if self.state == "registering" and not message.source and message.command.isdecimal():
            return []  # a mail server greets with numbers too
        answers, found = attempt.handshake.receive(message)
        self._send_all(attempt, answers)
        if attempt.keep_alive:
            attempt.keep_alive.received(now)
        task = attempt.handshake.take_derivation()
        if task:
            derive_key(self._inbox, attempt.link, self.login.password, task)
        if found or answers or task:
            attempt.silent_until = now + SILENT_SECONDS
        return found

    def _send_all(self, attempt: _Attempt, messages: list[Message]) -> None:
        for message in messages:
            attempt.link.send(str(message))

    def _ping(self) -> None:
        self.send(Message("PING", ["alive"]))

    def _why_lost(self, attempt: _Attempt, reason: str) -> ConnectFailed:
        """Return why the link was lost; a refusal or an ERROR of the server says more than the link."""
        if self.state == "registering" and attempt.handshake.refusal:
            return attempt.handshake.refusal
        if attempt.is_logged_out:
            return ConnectFailed("logged-out", _(_LOGGED_OUT))
        if banned := ban_text(attempt.ban_text, attempt.handshake.error_text):
            return ConnectFailed("banned", banned)
        if _STOPPED.search(attempt.handshake.error_text):
            return ConnectFailed(
                "stopped", _("The server says: {reason}").format(reason=attempt.handshake.error_text)
            )
        if attempt.handshake.error_text:
            refusal = refusal_of_error(attempt.handshake.error_text, self.login)
            if self.state == "registering" and refusal:
                return refusal
            announced = _("The server closed the connection: {reason}").format(
                reason=attempt.handshake.error_text
            )
            return ConnectFailed("closed", announced)
        if self.state == "registering" and self.login.encrypt == "never" and not attempt.has_received:
            reason = _(
                "{host} closed the connection on port {port}. It may require an encrypted connection."
            ).format(host=self.login.host, port=self.login.port)
            return ConnectFailed("wants-tls", reason)
        if self.state == "registering":
            return self._not_a_chat_server()
        return ConnectFailed(
            "closed", _("The connection was lost: {reason}.").format(reason=reason) if reason else _(_CLOSED)
        )

    def _retry_delay(self, failed: ConnectFailed) -> float:
        """Return the seconds until the next attempt; a user who is banned waits for the end of the ban."""
        delay = retry_delay(self._retries, self._chance())
        if failed.kind != "banned":
            return delay
        until = ban_notice(failed.reason).until
        return LAST_RETRY_SECONDS if until is None else max(delay, until - self._wall() + FIRST_RETRY_SECONDS)

    def _not_a_chat_server(self) -> ConnectFailed:
        return ConnectFailed("not-chat", not_a_chat_text(self.login.host, self.login.port))


def retry_delay(retries: int, chance: float) -> float:
    """Return the seconds to wait before the next attempt: 1, doubling to 60, less up to a half by chance.

    Args:
        retries: The number of attempts since we were online; 0 for the first.
        chance: A random number from 0 to 1.
    """
    longest = min(LAST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2.0 ** min(retries, 16))
    return longest * (1.0 - chance / 2.0)
