"""The connection that is wanted: tried, lost, and tried again until it is given up."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from queue import SimpleQueue
from typing import Any

from chatapp.client.incoming.events import Event, Registered
from chatapp.client.login import Login
from chatapp.client.model.changes import FINAL, ConnectFailed
from chatapp.client.model.network import NetworkState, Privacy
from chatapp.client.session.connection import Connection, OpenWire
from chatapp.client.session.salting import Salted
from chatapp.client.transport import link
from chatapp.client.transport.certificates import TrustedCertificates
from chatapp.protocol.message import MalformedMessage, Message
from chatapp.protocol.names import fold

FIRST_RETRY = 1.0  # seconds
LAST_RETRY = 60.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hooks:
    """What a lifeline tells: where it stands, each event, that we are out, that it failed for good."""

    on_standing: Callable[[NetworkState], None]
    on_event: Callable[[Event], None]
    on_left: Callable[[], None]
    on_failed: Callable[[ConnectFailed], None]


class Lifeline:
    """Only who was in once is followed by new tries; a first connection that fails is given up at once.

    Takes  clock: seconds that never go back
           chance: from 0 to 1, spreads the new tries
    """

    def __init__(
        self,
        inbox: SimpleQueue[Any],
        open_wire: OpenWire,
        trusted: TrustedCertificates,
        clock: Callable[[], float],
        chance: Callable[[], float],
        hooks: Hooks,
    ) -> None:
        self.login = Login("")
        self.problem = ""  # why we are not in, in words
        self._inbox, self._open_wire, self._clock, self._chance = inbox, open_wire, clock, chance
        self._trusted = trusted
        self._hooks = hooks
        self._connection: Connection | None = None
        self._backlog: deque[str] = deque()
        self._welcomed = False  # this login was in before
        self._attempt = 0
        self._due: float | None = None  # when the next try is made

    @property
    def idle(self) -> bool:
        """No line waits to be read."""
        return not self._backlog

    @property
    def capabilities(self) -> frozenset[str]:
        return self._connection.session.capabilities if self._connection else frozenset()

    @property
    def privacy(self) -> Privacy:
        return self._connection.privacy if self._connection else "here"

    @property
    def waits(self) -> float | None:
        """Seconds to the next try, when one is planned."""
        return None if self._due is None else max(0.0, self._due - self._clock())

    def connect(self, login: Login) -> None:
        """Try this login from now on, and no other."""
        self._drop()
        self.login = login
        self._welcomed = False
        self._attempt = 0
        self._open()

    def disconnect(self, reason: str = "") -> None:
        """Give it up."""
        self._drop(reason)
        self._hooks.on_standing("offline")

    def close(self, seconds: float) -> None:
        """Give it up, and wait a little for the last words to be sent."""
        connection = self._connection
        self.disconnect()
        if connection:
            connection.wire.join(seconds)

    def hurry(self) -> None:
        """Do not wait for the next try."""
        if self._due is not None:
            self._due = self._clock()

    def woken(self) -> None:
        """This computer slept: check the connection, or try again, at once."""
        self.hurry()
        if self._connection:
            self._connection.check(self._clock())

    def called(self, nick: str) -> None:
        """The nick to come back with."""
        login = self.login
        self.login = replace(login, nick=nick, account=login.account or login.nick if login.password else "")

    def renamed(self, channel: str, name: str) -> None:
        """A channel that the login names has another name."""
        login = self.login
        channels = tuple(name if fold(each) == fold(channel) else each for each in login.channels)
        self.login = replace(login, channels=channels)

    def send(self, message: Message) -> None:
        """Send a line, if we are in."""
        if self._connection and self._connection.standing == "online":
            self._connection.send(message)

    def take(self, item: link.LinkEvent | Salted) -> None:
        """Something came out of the queue. The lines that came before it have been read."""
        if self._connection is None or item.link is not self._connection.wire:
            return  # the last words of an earlier connection
        match item:
            case link.LinesReceived():
                self._backlog.extend(item.lines)
            case link.LinkConnected():
                refusal = self._connection.connected(self._clock(), item.encrypted, item.here)
                self._hooks.on_standing("registering")
                if refusal:
                    self._drop()
                    self._fail(refusal)
            case Salted():
                self._connection.salted(item.key, self._clock())
                self._refuse(self._connection)
            case link.LinkLost():
                self._lost(item.words)
            case link.LinkFailed():
                self._connection = None
                self._fail(ConnectFailed(item.kind, item.words, doubt=item.doubt))

    def read(self) -> None:
        """Read one line of those that wait."""
        line = self._backlog.popleft()
        connection = self._connection
        if connection is None:
            return
        try:
            found = connection.read(line, self._clock())
        except MalformedMessage as error:
            log.warning("skipped %r: %s", line[:200], error)
            return
        if self._refuse(connection):
            return
        for event in found:
            if isinstance(event, Registered):
                self._welcomed = True
                self._attempt = 0
            self._hooks.on_event(event)

    def tick(self) -> None:
        """Do what is due."""
        if self._due is not None and self._clock() >= self._due:
            self._open()
        failed = self._connection.look(self._clock()) if self._connection else None
        if failed:
            self._drop()
            self._fail(failed)

    def _open(self) -> None:
        self._due = None
        known = self._trusted.known(self.login.host, self.login.port)
        self._connection = Connection(self.login, known, self._welcomed, self._inbox, self._open_wire)
        self._hooks.on_standing("connecting")

    def _drop(self, reason: str = "") -> None:
        """End the connection, if there is one, and no longer listen to it."""
        connection, self._connection, self._due = self._connection, None, None
        self._backlog.clear()
        if connection:
            if connection.standing == "online":
                self._hooks.on_left()
            connection.close(reason)

    def _refuse(self, connection: Connection) -> bool:
        """Give up if the server does not let us in, and says whether that was so."""
        refusal = connection.refusal
        if refusal is None or (self._welcomed and refusal.kind not in FINAL):
            return False
        self._drop()
        self._fail(refusal)
        return True

    def _lost(self, words: str) -> None:
        """The connection is over, and not by our will."""
        connection = self._connection
        if connection:
            self._drop()
            self._fail(connection.ended(words))

    def _fail(self, failed: ConnectFailed) -> None:
        """Try again if we were in before, and that can help; else somebody has to change something."""
        self.problem = failed.words
        if self._welcomed and failed.kind not in FINAL:
            self._due = self._clock() + retry_delay(self._attempt, self._chance())
            self._attempt += 1
            self._hooks.on_standing("waiting")
        else:
            self._hooks.on_standing("offline")
            self._hooks.on_failed(failed)


def retry_delay(attempt: int, chance: float) -> float:
    """Seconds to wait before trying again: 1 s doubling to 60 s, of which chance takes up to a half.

    Takes  attempt: 0 for the first one
           chance: from 0 to 1, so that not everybody comes back at the same moment
    """
    longest = min(LAST_RETRY, FIRST_RETRY * 2.0 ** min(attempt, 16))
    return longest * (1.0 - chance / 2.0)
