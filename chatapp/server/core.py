"""The one thread that owns the world: arrivals in, effects out, a turn at a time.

    take a batch from the inbox → apply each command in order → one transaction → hand the lines out → flush

Nothing is delivered that was not committed before.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Callable, Iterable
from functools import partial
from queue import Empty, SimpleQueue
from typing import NamedTuple, Protocol, TypeVar

from chatapp.protocol.message import Message
from chatapp.protocol.numerics import Failed, Refused
from chatapp.server import plain
from chatapp.server.clock import iso
from chatapp.server.commands import ban
from chatapp.server.commands.attendance import depart
from chatapp.server.connection import Connection, Nowhere
from chatapp.server.dispatch import check_again, dispatch
from chatapp.server.effects import Chore, Job
from chatapp.server.items import Item, label_of
from chatapp.server.jobs import Finished
from chatapp.server.link import CLOSE_SECONDS, Answer, Ended, FromLink, Received, Unwelcome
from chatapp.server.outbox import Outbox
from chatapp.server.render import hand_out
from chatapp.server.session import PLAIN, Session
from chatapp.server.store import Save
from chatapp.server.timers import Action, Timers
from chatapp.server.world import World
from chatapp.server.writable import Writable

TURN_ARRIVALS = 256  # so that nobody waits long for the first of them
PLAIN_SECONDS = 3.0  # of silence, after which the peer is taken for a person

log = logging.getLogger(__name__)

T = TypeVar("T")


class Opened(NamedTuple):
    """Somebody connected."""

    link: Connection


class Errand(NamedTuple):
    """Something that the server shall do by itself, once."""

    chore: Chore


class Stop(NamedTuple):
    """The server shall end."""

    farewell: str


Arrival = Opened | FromLink | Writable | Finished | Errand | Stop


class Keeper(Protocol):
    """What the core needs of the store."""

    def write(self, saves: list[Save]) -> None: ...


class Core:
    """Takes  add_job: hands work to the workers; seconds, clock: the time as people see it, and for timers"""

    def __init__(
        self,
        world: World,
        store: Keeper,
        add_job: Callable[[Outbox, Job], None],
        seconds: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.inbox: SimpleQueue[Arrival] = SimpleQueue()
        self._world = world
        self._store = store
        self._add_job = add_job
        self._seconds = seconds
        self._clock = clock
        self._sessions: dict[Connection, Session] = {}  # until their reader ended
        self._timers = Timers()
        self._stopping = False
        self._now = 0  # milliseconds
        self._tick = 0.0
        self._outboxes: list[Outbox] = []  # of this turn
        self._served: list[Connection] = []  # in this turn: their readers go on after it
        self._departed: list[Session] = []  # in this turn
        self._jobs: list[tuple[Outbox, Job]] = []  # of this turn; they shall find what it has kept

    def every(self, seconds: float, chore: Chore) -> None:
        """Have a chore done again and again. A round is left out while the chore waits for its last job.

        Thread  before the start: any; after it: the core's
        """
        self._after(seconds, partial(self._do_chore, seconds, chore), Session(Nowhere(), self._tick))

    # the loop

    def run(self) -> None:
        """Turn after turn, until told to stop and everybody has left."""
        while self._sessions or not self._stopping:
            self.turn(self._take())

    def _take(self) -> list[Arrival]:
        """Wait for the first arrival or the next timer, then take what else is there."""
        arrivals: list[Arrival] = []
        due = self._timers.next_at
        timeout = None if due is None else max(0.0, due - self._clock())
        try:
            arrivals.append(self.inbox.get(timeout=timeout))
            while len(arrivals) < TURN_ARRIVALS:
                arrivals.append(self.inbox.get_nowait())
        except Empty:
            pass
        return arrivals

    def turn(self, arrivals: Iterable[Arrival]) -> None:
        """Apply the arrivals and what time has brought, commit, deliver."""
        self._now = int(self._seconds() * 1000)
        self._tick = self._clock()
        self._world.reach(self._now)
        for arrival in arrivals:
            self._arrive(arrival)
        for action, session in self._timers.due(self._tick):
            action(session)
        self._commit()
        self._deliver()
        jobs, self._jobs = self._jobs, []
        for out, job in jobs:
            self._add_job(out, job)
        served, self._served = self._served, []
        for link in served:
            link.resume()

    def _arrive(self, arrival: Arrival) -> None:
        if isinstance(arrival, Received):
            session = self._sessions[arrival.link]
            session.heard = self._tick
            session.spoke = True
            session.pinged = False
            if arrival.link.backlog > self._world.config.limits.send_queue:
                self._overrun(session)  # pongs of a WebSocket and answers of TLS go out without a delivery
            if session.is_plain and arrival.items:
                self._reconsider(session, arrival.items[0])
            self._work(session, arrival.items)
        elif isinstance(arrival, Opened):
            self._open(arrival.link)
        elif isinstance(arrival, Ended):
            self._end(self._sessions[arrival.link], arrival.reason)
        elif isinstance(arrival, Writable):
            arrival.link.writable()
        elif isinstance(arrival, Finished):
            self._finish(arrival)
        elif isinstance(arrival, Answer):
            self._answer(self._sessions[arrival.link], arrival)
        elif isinstance(arrival, Unwelcome):
            self._hang_up(self._sessions[arrival.link], arrival.words)
        elif isinstance(arrival, Errand):
            self._wake(arrival.chore, Session(Nowhere(), self._tick))
        else:
            self._stop(arrival.farewell)

    # commands

    def _work(self, session: Session, items: list[Item]) -> None:
        """Apply these commands; what follows one that waits for a job is held."""
        for place, item in enumerate(items):
            if session.waiting:
                session.held = items[place:]
                return
            if not session.closing:
                self._apply(session, item)
        if not session.waiting:
            self._served.append(session.link)

    def _apply(self, session: Session, item: Item) -> None:
        if isinstance(item, Message) and item.command == plain.LINE:
            self._apply_plain(session, item.params[0])
            return
        out = self._outbox(session, label_of(item))
        self._guarded(out, dispatch, item)
        self._settle(out)

    def _apply_plain(self, session: Session, text: str) -> None:
        if not session.is_plain:
            session.set_caps(PLAIN)
        for message in plain.incoming(text, session.user is not None, self._world.lobby):
            self._apply(session, message)

    def _finish(self, arrival: Finished) -> None:
        """The job of a command is done: finish the command, then do those that waited for it."""
        out, session = arrival.out, arrival.out.me
        session.waiting = False
        if session.closing:
            return
        out.now, out.clock = self._now, self._tick
        self._guarded(out, self._result, arrival)
        self._settle(out)
        held, session.held = session.held, []
        self._work(session, held)

    def _result(self, out: Outbox, arrival: Finished) -> None:
        check_again(out)
        if arrival.error:
            raise arrival.error
        arrival.done(self._world, out.me, arrival.result, out)

    def _guarded(self, out: Outbox, action: Callable[[Outbox, T], None], cause: T) -> None:
        """The border where refusals become replies and where a bug ends: nothing of its command happens."""
        try:
            action(out, cause)
        except (Refused, Failed) as error:
            out.refuse(error)
        except Exception:
            command = getattr(cause, "command", type(cause).__name__)  # the rest may hold a password
            log.exception("a bug in %s from %s", command, out.me.link.address)
            out.drop("Internal error; the server's log tells more")

    def _settle(self, out: Outbox) -> None:
        """A command is done, or waits for its job."""
        if out.job:
            out.me.waiting = True
            job, out.job = out.job, None
            self._jobs.append((out, job))
            return
        out.finish()
        self._outboxes.append(out)
        for words in out.log:
            log.info("%s", words)
        for seconds, chore in out.timers:
            self._after(seconds, partial(self._wake, chore), out.me)
        for close in out.closes:
            self._depart(close.session, close.reason)
        if out.follow_up and not out.me.closing:
            out.me.waiting = True
            self._jobs.append((self._outbox(out.me), out.follow_up))

    def _outbox(self, session: Session, label: str | None = None) -> Outbox:
        return Outbox(self._world, session, label, self._now, self._tick)

    # coming and going

    def _open(self, link: Connection) -> None:
        session = Session(link, self._tick)
        self._sessions[link] = session
        self._world.unknown.add(session)
        log.info("Connected with %s", link.peer)
        self._wake(ban.greet, session)
        self._after(PLAIN_SECONDS, self._ask_name, session)
        self._after(self._world.config.limits.registration_seconds, self._check_life, session)

    def _end(self, session: Session, reason: str) -> None:
        """The reader is done: whoever was there is gone."""
        self._depart(session, reason)
        del self._sessions[session.link]
        session.link.dispose()

    def _depart(self, session: Session, reason: str) -> None:
        """Take a session out of the world; its link closes when its last lines are out."""
        if session.closing:
            return
        session.closing = True
        self._departed.append(session)
        out = self._outbox(session)
        self._guarded(out, self._take_leave, reason)
        self._settle(out)

    def _take_leave(self, out: Outbox, reason: str) -> None:
        depart(self._world, out.me, reason, out)

    def _answer(self, session: Session, arrival: Answer) -> None:
        """Bytes for HTTP and WebSocket, which are between the link and its peer."""
        if not session.closing:
            session.link.answer(arrival.data, arrival.socket)
        if arrival.is_last:
            self._depart(session, "Connection closed")

    def _stop(self, farewell: str) -> None:
        self._stopping = True
        for session in list(self._sessions.values()):
            self._hang_up(session, farewell)

    def _hang_up(self, session: Session, farewell: str) -> None:
        out = self._outbox(session)
        out.close(session, farewell)
        self._settle(out)

    # timers

    def _after(self, seconds: float, action: Action, session: Session) -> None:
        self._timers.add(self._tick + seconds, action, session)

    def _do_chore(self, seconds: float, chore: Chore, house: Session) -> None:
        self._after(seconds, partial(self._do_chore, seconds, chore), house)
        if not house.waiting:
            self._wake(chore, house)

    def _wake(self, chore: Chore, session: Session) -> None:
        if not session.closing:
            out = self._outbox(session)
            self._guarded(out, lambda out, chore: chore(self._world, session, out), chore)
            self._settle(out)

    def _ask_name(self, session: Session) -> None:
        """Three seconds without a byte: a person with netcat, who waits to be asked."""
        if not session.spoke and not session.closing:
            session.set_caps(PLAIN)
            session.link.put(plain.QUESTION)
            session.link.flush()

    def _reconsider(self, session: Session, first: Item) -> None:
        """Who was asked for a name begins with a line of IRC: it is a program after all, a slow one."""
        if session.user is None and not (isinstance(first, Message) and first.command == plain.LINE):
            session.set_caps(0)
            session.link.put(b"\r\n")  # the question is a line of its own, which programs pass over

    def _check_life(self, session: Session) -> None:
        """Close who did not register in time or does not answer; ask who was silent for long."""
        if session.closing:
            return
        limits = self._world.config.limits
        silent = self._tick - session.heard
        if session.user is None:
            self._hang_up(session, f"Registration timed out: {limits.registration_seconds} seconds")
        elif session.is_plain:
            return  # nobody can answer a PING by hand; the system's keepalive finds who is gone
        elif silent >= limits.drop_seconds:
            self._hang_up(session, f"Ping timeout: {limits.drop_seconds} seconds")
        elif silent >= limits.ping_seconds:
            self._ping(session)
            self._after(limits.drop_seconds - silent, self._check_life, session)
        else:
            self._after(limits.ping_seconds - silent, self._check_life, session)

    def _ping(self, session: Session) -> None:
        if not session.pinged:
            session.pinged = True
            out = self._outbox(session)
            out.say(Message("PING", (self._world.name,)))
            self._settle(out)

    def _overrun(self, session: Session) -> None:
        if not session.closing:
            self._hang_up(session, "SendQ exceeded")

    def _abort(self, session: Session) -> None:
        session.link.abort()

    # the end of a turn

    def _commit(self) -> None:
        """Keep what shall be kept.

        A message that cannot be kept is not delivered, and who said it is told.
        """
        saves = [save for out in self._outboxes for save in out.saves]
        if not saves:
            return
        try:
            self._store.write(saves)
        except sqlite3.Error as error:
            log.error("the database refuses a turn: %s", error)
            for out in self._outboxes:
                self._commit_alone(out)

    def _commit_alone(self, out: Outbox) -> None:
        try:
            self._store.write(out.saves)
        except sqlite3.Error as error:
            log.error("the database refuses %s: %s", [query for query, _ in out.saves], error)
            if any(query in ("message", "talk") for query, _ in out.saves):
                out.drop(f"Not said, the server cannot keep it: {error}")
                out.finish()

    def _deliver(self) -> None:
        outboxes, self._outboxes = self._outboxes, []
        departed, self._departed = self._departed, []
        limit = self._world.config.limits.send_queue
        for session in hand_out((send for out in outboxes for send in out.effects), iso(self._now)):
            if session.link.flush() > limit:
                self._after(0, self._overrun, session)
        for session in departed:
            session.link.close()
            self._after(CLOSE_SECONDS, self._abort, session)
