"""What waits while the database cannot be written: its disk is full, or another program has locked it.

The world has changed already when a turn is stored, and the change cannot be undone. So what could not be
stored is *withheld*: nobody is told of it before it is in the database. The core tries again ten times a
second, and goes on meanwhile with what changes nothing, for sessions that have nothing withheld:

    PING, pages of history, searches     at once
    WHO, NAMES, LIST …                   at once, unless they would show what is withheld
    commands that may change something   wait, and are refused after GRACE_SECONDS, without being applied
    registration, QUIT, connections      wait until the database can be written; a connection that has ended
    that have ended, finished jobs       gives its socket back at once
    timers                               sleep

So the world goes no further away from the database than by one turn. When the database is not written within
LIMIT_SECONDS the server ends, and the next start shows what was stored, which is all that anybody was told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from chatapp.protocol.message import Message
from chatapp.protocol.numerics import FailError
from chatapp.server.core.hooks import Reads
from chatapp.server.core.inbound import InvalidLine, Item, MessageBurst
from chatapp.server.core.inbox import Arrival
from chatapp.server.core.message_log import SAID
from chatapp.server.core.outbox import Job, Outbox
from chatapp.server.state.session import Session

RETRY_SECONDS = 0.1  # between two attempts to store what is withheld; long checkpoints lock it about as long
GRACE_SECONDS = 1.0  # that a command waits: most stalls are shorter, and nobody notices them
LIMIT_SECONDS = 8.0  # clients give a connection up after 10 seconds without an answer, or more
UNAVAILABLE = "The server cannot store anything now. Try again later."

T = TypeVar("T")

Work = tuple[Outbox, Job]

_UNSEEN = SAID | {"event", "delivered", "audit"}  # these writes keep nothing that is shown from the world


class StorageStall:
    """The time in which the database cannot be written.

    Args:
        tick: When it began, in seconds of the core's clock.
        outboxes: Of the turn that it refused.
        reads_of: See `CoreHooks`.
    """

    def __init__(self, tick: float, outboxes: Iterable[Outbox], reads_of: Callable[[Item], Reads]) -> None:
        self._reads_of = reads_of
        self.began = tick
        self.next_try = tick + RETRY_SECONDS
        self.is_last_try = False  # the next one, because somebody wants the server to end
        self.is_refusing = False  # commands that may change something; before, they wait
        self.outboxes: list[Outbox] = []  # withheld, in order
        self.sessions: set[Session] = set()  # whose commands these are
        self.jobs: list[Work] = []  # which are to find what is withheld stored
        self.served: list[Session] = []  # whose readers wait for what is withheld
        self.departed: list[Session] = []  # whose links close after what is withheld
        self.arrivals: list[Arrival] = []  # that wait to be applied
        self._hides = any(query not in _UNSEEN for out in outboxes for query, _ in out.saves)

    def serves(self, item: Item) -> bool:
        """Whether a command may be applied now: it changes nothing, and shows nothing that is withheld."""
        reads = self._reads_of(item)
        return reads == "stored" or (reads == "world" and not self._hides)

    def refuses(self, session: Session, item: Item) -> bool:
        """Whether a command that cannot be applied now is refused, and does not wait."""
        is_leaving = isinstance(item, Message) and item.command == "QUIT"
        return self.is_refusing and session.user is not None and not is_leaving

    def take(self, kind: type[T]) -> list[T]:
        """Take out the arrivals of this kind, in order."""
        taken: list[T] = [arrival for arrival in self.arrivals if isinstance(arrival, kind)]
        self.arrivals = [arrival for arrival in self.arrivals if not isinstance(arrival, kind)]
        return taken

    def frees(self, out: Outbox) -> bool:
        """Whether what a command has caused may be delivered, and its job begun."""
        if out.saves or out.me in self.sessions:
            return False
        return out.me.user is None or self.may_finish(out)

    def may_finish(self, out: Outbox) -> bool:
        """Whether the job of a command was all that it had to wait for."""
        return out.cause is not None and self.serves(out.cause) and out.me not in self.sessions

    def withhold(self, outboxes: Iterable[Outbox]) -> list[Outbox]:
        """Keep back what must not be delivered now. Returns the rest."""
        free: list[Outbox] = []
        for out in outboxes:
            if self.frees(out):
                free.append(out)
            else:
                self.outboxes.append(out)
                self.sessions.add(out.me)
        return free

    def hold_jobs(self, jobs: Iterable[Work]) -> list[Work]:
        """The same for jobs."""
        free: list[Work] = []
        for out, job in jobs:
            (free if self.frees(out) else self.jobs).append((out, job))
        return free

    def hold(self, sessions: Iterable[Session], held: list[Session]) -> list[Session]:
        """Put the sessions into `held` of which something is withheld. Returns the others."""
        free: list[Session] = []
        for session in sessions:
            (held if session in self.sessions else free).append(session)
        return free


def refusals(session: Session, item: Item) -> list[InvalidLine]:
    """What a session is told about a command that is not applied: an error, as if it could not be read.

    A message of many lines gets one, and so does the end of one; a NOTICE none, unless it asks by a label.
    """
    if isinstance(item, MessageBurst):
        return [_unavailable("PRIVMSG")] * len(item.texts)
    if isinstance(item, InvalidLine):
        return [item]
    if "batch" in item.tags or (item.command == "BATCH" and item.params[:1] and item.params[0][:1] == "-"):
        draft = session.draft
        if draft is None or draft.is_over:
            return []
        draft.end()
        return [_unavailable("BATCH", draft.label)]
    label = item.tags.get("label")
    if item.command == "NOTICE" and label is None:
        return []
    return [_unavailable(item.command or "PRIVMSG", label)]


def _unavailable(command: str, label: str | None = None) -> InvalidLine:
    tags = {} if label is None else {"label": label}
    return InvalidLine(FailError(command, "TEMPORARILY_UNAVAILABLE", UNAVAILABLE), tags)
