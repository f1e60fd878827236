"""Handles the time in which the database cannot be written: its disk is full, or a program has locked it.

The world has changed already when a turn is stored, and the change cannot be undone. So a turn that could not
be stored is *withheld*: none of its lines is sent before it is in the database. The core tries to store it
ten times a second. Meanwhile it serves sessions of which nothing is withheld, with commands that change
nothing:

    PING, pages of history, searches     at once
    WHO, NAMES, LIST …                   at once, unless they would show what is withheld
    commands that may change something   wait; refused without being executed after GRACE_SECONDS
    registration, QUIT, finished jobs    wait until the database can be written
    ended connections                    the same, but their sockets are freed at once
    timers                               do not run
    requests about files                 wait, at most as long as a server is allowed to store nothing

So the world is never more than one turn ahead of the database. If the database is not written within
LIMIT_SECONDS the server ends. The next start loads what was stored, which is all that clients have received.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from chatapp.protocol.message import Message
from chatapp.protocol.numerics import FailError
from chatapp.server.core.hooks import Reads
from chatapp.server.core.inbound import InvalidLine, Item, MessageBurst
from chatapp.server.core.inbox import (
    Arrival,
    Connected,
    DatabaseLost,
    Disconnected,
    FileAsked,
    JobFinished,
    Received,
    Rejected,
    RunTask,
    Shutdown,
    UploadEnded,
    Writable,
)
from chatapp.server.core.outbox import Job, Outbox
from chatapp.server.state.connection import Connection
from chatapp.server.state.session import Session

RETRY_SECONDS = 0.1
"""Seconds between two attempts to store what is withheld. Long checkpoints lock the database about as long.
"""

GRACE_SECONDS = 1.0
"""Seconds that a command waits before it is refused. Most stalls are shorter and go unnoticed."""

LIMIT_SECONDS = 8.0
"""Seconds after which the server ends. Clients give up a connection after 10 seconds without an answer."""

UNAVAILABLE = "The server cannot store anything now. Try again later."

T = TypeVar("T")

QueuedJob = tuple[Outbox, Job]


class StorageStall:
    """The time in which the database cannot be written.

    Args:
        tick: When it began, in seconds of the core's clock.
        outboxes: The turn that the database did not accept.
        reads_of: See `CoreHooks`.

    Attributes:
        next_try: When to try again to store what is withheld, in seconds of the core's clock.
        is_last_try: Whether the next try is the last one, because the server is to shut down.
        is_refusing: Whether commands that may change something are refused; before that they wait.
        outboxes: The withheld outboxes, in order.
        sessions: The sessions whose outboxes these are.
        jobs: Withheld jobs: they have to find the withheld rows in the database.
        served: Sessions to read again when their commands are stored.
        departed: Sessions to close when their commands are stored.
        arrivals: The arrivals that wait to be applied, in order.
    """

    def __init__(self, tick: float, outboxes: Iterable[Outbox], reads_of: Callable[[Item], Reads]) -> None:
        self.began = tick
        self.next_try = tick + RETRY_SECONDS
        self.is_last_try = False
        self.is_refusing = False
        self.outboxes: list[Outbox] = []
        self.sessions: set[Session] = set()
        self.jobs: list[QueuedJob] = []
        self.served: list[Session] = []
        self.departed: list[Session] = []
        self.arrivals: list[Arrival] = []
        self._reads_of = reads_of
        self._hides = any(save.statement.stores == "world" for out in outboxes for save in out.saves)

    def must_wait(self, arrival: Arrival, sessions: Mapping[Connection, Session]) -> bool:
        """Return whether an arrival may change the world, so that it has to wait.

        The socket of a connection that has ended does not wait: it is freed here.
        """
        if isinstance(arrival, Connected | Writable | DatabaseLost):
            return False
        if isinstance(arrival, FileAsked | UploadEnded):
            return True
        if isinstance(arrival, RunTask | Shutdown):
            self.is_last_try = self.is_last_try or isinstance(arrival, Shutdown)
            return True
        if isinstance(arrival, JobFinished):
            return not self.may_finish(arrival.out)
        session = sessions[arrival.link]
        if isinstance(arrival, Disconnected):
            session.link.dispose()
            return True
        if isinstance(arrival, Received):
            return session in self.sessions
        return session.user is not None and (isinstance(arrival, Rejected) or arrival.is_last)

    def serves(self, item: Item) -> bool:
        """Return whether a command can be executed now: it changes nothing, and shows nothing withheld."""
        reads = self._reads_of(item)
        return reads == "stored" or (reads == "world" and not self._hides)

    def refuses(self, session: Session, item: Item) -> bool:
        """Return whether a command that cannot be executed now is refused instead of waiting."""
        is_quit = isinstance(item, Message) and item.command == "QUIT"
        return self.is_refusing and session.user is not None and not is_quit

    def take(self, kind: type[T]) -> list[T]:
        """Remove the arrivals of this kind and return them in order."""
        taken: list[T] = [arrival for arrival in self.arrivals if isinstance(arrival, kind)]
        self.arrivals = [arrival for arrival in self.arrivals if not isinstance(arrival, kind)]
        return taken

    def _may_deliver(self, out: Outbox) -> bool:
        """Return whether the effects of a command may be delivered now, and its job started."""
        if out.saves or out.me in self.sessions:
            return False
        return out.me.user is None or self.may_finish(out)

    def may_finish(self, out: Outbox) -> bool:
        """Return whether a command whose job is done can be finished now."""
        return out.cause is not None and self.serves(out.cause) and out.me not in self.sessions

    def withhold(self, outboxes: Iterable[Outbox]) -> list[Outbox]:
        """Withhold the outboxes that must not be delivered now. Returns the others."""
        free: list[Outbox] = []
        for out in outboxes:
            if self._may_deliver(out):
                free.append(out)
            else:
                self.outboxes.append(out)
                self.sessions.add(out.me)
        return free

    def withhold_jobs(self, jobs: Iterable[QueuedJob]) -> list[QueuedJob]:
        """Withhold the jobs that must not start now. Returns the others."""
        free: list[QueuedJob] = []
        for out, job in jobs:
            (free if self._may_deliver(out) else self.jobs).append((out, job))
        return free

    def withhold_sessions(self, sessions: Iterable[Session], withheld: list[Session]) -> list[Session]:
        """Append the sessions of which something is withheld to `withheld`. Returns the others."""
        free: list[Session] = []
        for session in sessions:
            (withheld if session in self.sessions else free).append(session)
        return free


def refusals(session: Session, item: Item) -> list[InvalidLine]:
    """Return the errors for a command that is refused, as items whose replies they are.

    A batch of lines gets one error. A NOTICE gets none, unless it has a label.
    """
    if isinstance(item, MessageBurst):
        return [_unavailable("PRIVMSG")] * len(item.texts)
    if isinstance(item, InvalidLine):
        return [item]
    if "batch" in item.tags or (item.command == "BATCH" and item.params[:1] and item.params[0][:1] == "-"):
        draft = session.draft
        if draft is None or draft.is_rejected:
            return []
        draft.reject()
        return [_unavailable("BATCH", draft.label)]
    label = item.tags.get("label")
    if item.command == "NOTICE" and label is None:
        return []
    return [_unavailable(item.command or "PRIVMSG", label)]


def _unavailable(command: str, label: str | None = None) -> InvalidLine:
    tags = {} if label is None else {"label": label}
    return InvalidLine(FailError(command, "TEMPORARILY_UNAVAILABLE", UNAVAILABLE), tags)
