"""The one thread that owns the world: it takes arrivals, applies them, commits and delivers, turn by turn."""

# A turn
#
#     take a batch of arrivals from the inbox
#     → apply each one in order; commands write what they cause into outboxes
#     → store what has to be stored, in one transaction
#     → render the lines, put them into the connections, flush each connection once
#
# Why one thread: every connection has a thread of its own that reads, decrypts, splits and parses. All these
# threads meet in one queue, the inbox. Only the core changes the world, so the world needs no lock, and a
# command never sees a half-finished change. Slow work (reading history, hashing passwords) goes to worker
# threads, whose results come back through the inbox.
#
# Why batches: they make Python fast enough. In a sketch of this shape (4 senders, 100 members, 80-byte
# lines) a line cost 0.03 to 0.20 µs of CPU per recipient; ngIRCd, in C, took 0.34 µs and Ergo, in Go, 2.1
# µs. Three things achieve this: many commands per turn, one `bytes` object per line and variant of
# capabilities, and one `send` per connection and turn.
#
# Why it rests: a line that comes alone needs a turn of its own, which costs a wake of the core, a commit and
# a `send` for each member. In a busy channel the next line is only milliseconds away. So after a turn with a
# little talk the core rests for 3 ms, and the lines that arrive meanwhile share one turn. With 500 lines a
# second this took the CPU time of a delivery from 10 to 6.5 µs (100 members) and from 55 to 43 µs (10
# members), and the median latency to 2.7 to 3.7 ms. A rest of 2 ms saves less, one of 4 ms is too long. Only
# talk waits, and only where there is talk: a line after a pause is delivered at once, and anything else that
# arrives (a command, a registration, the result of a job, a flood) ends the rest at once. `pacing` decides
# this, and `arrival_queue` rests.
#
# Why commit before delivery: no client sees a line that a crash could lose. A transaction in WAL mode took
# 27 µs for a single message and 2.7 µs per message in a batch of 256, so this guarantee costs almost nothing.
#
# Why presence waits: a JOIN, PART, QUIT or the like for more than 64 sessions is put into their connections
# in its turn, but flushed up to 100 ms later, with all that came after it: see `presence_gathering`. A `send`
# takes 6 to 10 µs and a `put` 0.1 µs. 3,000 clients that entered one channel one after the other took 48.6 s
# of CPU without that and 7.5 s with it. What answers a command, and all that is said, is flushed in its turn.
#
# Why a turn may leave arrivals to the next one: what a few hundred members of a large channel do at the same
# time, as when a network fails, is a line for each of the others. See TURN_PUTS.
#
# What would break it: a handler that blocks (all clients wait), a handler that writes to a connection or the
# database itself (the order commit → delivery is lost), another thread that touches the world.
#
# While the database cannot be written, results are withheld and few other commands run: see `storage_stall`.
# When the database cannot be written for good, or differs from the world, the server ends. The next start
# loads what was stored, which is all that clients have received.

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from chatapp.protocol.message import Message
from chatapp.protocol.timestamps import iso
from chatapp.server.core.arrival_queue import ArrivalQueue
from chatapp.server.core.command_runner import CommandRunner
from chatapp.server.core.commit import FatalStorageError, Storage, store_saves
from chatapp.server.core.effects import Send
from chatapp.server.core.hooks import CoreHooks
from chatapp.server.core.inbox import (
    Arrival,
    Connected,
    DatabaseLost,
    Disconnected,
    FileAsked,
    JobFinished,
    RawReply,
    Received,
    Rejected,
    RunTask,
    UploadEnded,
    Writable,
)
from chatapp.server.core.line_delivery import CLOSE_SECONDS, LineDelivery, abort
from chatapp.server.core.liveness import Liveness
from chatapp.server.core.outbox import Job, Outbox, Task
from chatapp.server.core.pacing import PACE_SECONDS, Pacing
from chatapp.server.core.presence_gathering import PresenceGathering
from chatapp.server.core.render import PutCount, put_lines
from chatapp.server.core.storage_stall import (
    GRACE_SECONDS,
    LIMIT_SECONDS,
    RETRY_SECONDS,
    UNAVAILABLE,
    StorageStall,
)
from chatapp.server.core.timers import Timers
from chatapp.server.core.turn import Turn
from chatapp.server.state.connection import Connection, NullConnection
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from chatapp.server.storage.error_kinds import remedy

TURN_ARRIVALS = 256
"""The most arrivals in one turn, so that the first of them does not wait long for its answer."""

TURN_PUTS = 20_000
"""When a turn has to put lines into connections more often than this, it leaves its other arrivals to the
next one. The QUITs of 256 of 3,000 members would take hundreds of milliseconds, and others would wait."""

BUG = "The server has ended because of a bug"

log = logging.getLogger(__name__)


class Core:
    """The loop of turns.

    Args:
        hooks: The commands and operations to call.
        add_job: Gives a job to the workers.
        seconds: Returns the wall-clock time, in seconds since 1970.
        clock: Returns the seconds of a clock that never goes back, for timers.

    Attributes:
        inbox: Other threads put arrivals here.
        failure: Why the server ends without a request, and what to do about it; empty otherwise.
    """

    def __init__(
        self,
        world: World,
        store: Storage,
        hooks: CoreHooks,
        add_job: Callable[[Outbox, Job], None],
        seconds: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.inbox = ArrivalQueue()
        self.failure = ""
        self._store = store
        self._seconds = seconds
        self._clock = clock
        self._pacing = Pacing()
        self._turn = Turn(world, hooks)
        self._runner = CommandRunner(self._turn, store)
        self._liveness = Liveness(self._turn, self._runner)
        self._delivery = LineDelivery(self._turn, add_job, self._liveness.drop_slow)

    def run_every(self, seconds: float, task: Task) -> None:
        """Run a task of the server repeatedly. A run is skipped while the last one waits for its job.

        Thread: any before the start; the core's after it.
        """
        self._turn.after(seconds, partial(self._run_again, seconds, task), self._server_session())

    def _run_again(self, seconds: float, task: Task, session: Session) -> None:
        self._turn.after(seconds, partial(self._run_again, seconds, task), session)
        if not session.is_waiting:
            self._runner.run_task(task, session)

    def _server_session(self) -> Session:
        """Return a session without a client, for tasks of the server."""
        return Session(NullConnection(), self._turn.tick)

    # the loop

    def run(self) -> None:
        """Do turn after turn, until the server is shut down and every connection has ended."""
        while self._turn.sessions or not self._turn.is_stopping:
            arrivals = self._take()
            self.turn(arrivals)
            self._rest_after(arrivals)

    def _take(self) -> list[Arrival]:
        """Wait for the first arrival, or until something is due; then take the other arrivals."""
        stall = self._turn.stall
        due = stall.next_try if stall else self._turn.timers.next_at
        if self._delivery.due is not None:
            due = self._delivery.due if due is None else min(due, self._delivery.due)
        timeout = None if due is None else max(0.0, due - self._clock())
        if self._runner.partial_commands:
            timeout = 0.0
        return self.inbox.take(TURN_ARRIVALS, timeout)

    def _rest_after(self, arrivals: Sequence[Arrival]) -> None:
        """Let talk gather before the next turn, if that is allowed and no other work waits."""
        is_allowed = self._pacing.allows_rest(arrivals, self._turn.tick)
        if is_allowed and not self._turn.stall and not self._runner.partial_commands:
            self.inbox.rest(PACE_SECONDS)

    def turn(self, arrivals: Sequence[Arrival]) -> None:
        """Apply the arrivals and the timers that are due, commit, deliver."""
        self._turn.now = int(self._seconds() * 1000)
        self._turn.tick = self._clock()
        if self.failure:
            self._end_connections(arrivals)
            return
        try:
            self._do_turn(arrivals)
        except FatalStorageError as error:
            self._give_up(str(error), UNAVAILABLE)
        except Exception as error:
            log.exception("a bug in the core: the server ends")
            self._give_up(f"The server ends because of a bug ({type(error).__name__}: {error}).", BUG)

    def _do_turn(self, arrivals: Sequence[Arrival]) -> None:
        self._turn.world.ids.advance(self._turn.now)
        self._apply_some(arrivals)
        if self._turn.stall:
            self._retry_commit(self._turn.stall)
        if not self._turn.stall:
            self._run_timers()
        self._runner.continue_partial_commands()
        self._commit()
        self._delivery.deliver()

    def _apply_some(self, arrivals: Sequence[Arrival]) -> None:
        """Apply arrivals up to TURN_PUTS, and leave the others to the next turn."""
        puts, counted = PutCount(), 0
        for place, arrival in enumerate(arrivals, 1):
            self._apply(arrival)
            if place == len(arrivals):
                return  # the usual turn has one or two arrivals, so this saves most of the counting
            for out in self._turn.outboxes[counted:]:
                puts.add(out.effects)
            counted = len(self._turn.outboxes)
            if puts.total > TURN_PUTS:
                self.inbox.put_back(arrivals[place:])
                return

    def _run_timers(self) -> None:
        for action, session in self._turn.timers.due(self._turn.tick):
            action(session)

    def _apply(self, arrival: Arrival) -> None:
        stall = self._turn.stall
        if stall and stall.must_wait(arrival, self._turn.sessions):
            stall.arrivals.append(arrival)
        elif isinstance(arrival, Received):
            session = self._turn.sessions[arrival.link]
            if arrival.items and not session.is_logged:
                session.is_logged = True
                log.info("Connected with %s", arrival.link.peer)
            self._liveness.received(session, arrival.items)
            self._runner.run_batch(session, arrival.items)
        elif isinstance(arrival, Connected):
            self._open(arrival.link, arrival.refusal)
        elif isinstance(arrival, Disconnected):
            self._end(self._turn.sessions[arrival.link], arrival.reason)
        elif isinstance(arrival, Writable):
            arrival.link.on_writable()
        elif isinstance(arrival, JobFinished):
            self._runner.finish_job(arrival)
        elif isinstance(arrival, FileAsked):
            log.debug("%s: %s %s", arrival.link.peer, arrival.request.kind, arrival.request.id)
            self._liveness.begin_transfer(self._turn.sessions[arrival.link])
            self._runner.run_file_request(self._turn.sessions[arrival.link], arrival.request)
        elif isinstance(arrival, UploadEnded):
            self._runner.end_upload(self._turn.sessions[arrival.link], arrival)
        elif isinstance(arrival, RawReply):
            self._send_raw(self._turn.sessions[arrival.link], arrival)
        elif isinstance(arrival, Rejected):
            self._refuse(self._turn.sessions[arrival.link], arrival.reason)
        elif isinstance(arrival, RunTask):
            self._runner.run_task(arrival.task, self._server_session())
        elif isinstance(arrival, DatabaseLost):
            raise FatalStorageError(arrival.reason)
        else:
            self._shut_down(arrival.reason)

    # connections

    def _open(self, link: Connection, refusal: str) -> None:
        session = Session(link, self._turn.tick)
        self._turn.sessions[link] = session
        if refusal:
            self._refuse(session, refusal)
            return
        self._turn.world.unregistered.add(session)
        self._runner.run_task(self._turn.hooks.connected, session)
        self._liveness.watch(session)

    def _refuse(self, session: Session, reason: str) -> None:
        session.is_logged = True
        log.info("Refused %s: %s", session.link.peer, reason)
        self._runner.hang_up(session, reason)

    def _end(self, session: Session, reason: str) -> None:
        """Forget a connection that has ended."""
        if not session.is_logged and not session.is_transfer:
            log.info("%s has sent no line: %s", session.link.peer, reason)
        self._runner.depart(session, reason)
        del self._turn.sessions[session.link]
        session.link.dispose()

    def _send_raw(self, session: Session, arrival: RawReply) -> None:
        if not session.is_closing:
            session.link.send_raw(arrival.data, arrival.framer)
        if arrival.is_last:
            self._runner.depart(session, "Connection closed")

    def _shut_down(self, reason: str) -> None:
        self._turn.is_stopping = True
        for session in list(self._turn.sessions.values()):
            self._runner.hang_up(session, reason)

    # storing

    def _commit(self) -> None:
        """Store what the turn has to store. If that is not possible now, withhold the turn."""
        turn = self._turn
        if turn.stall is None:
            error = store_saves(self._store, turn.outboxes)
            if error is None:
                return
            log.debug("The database cannot be written, so this turn is withheld: %s", error)
            turn.stall = StorageStall(turn.tick, turn.outboxes, turn.hooks.reads_of)
        turn.outboxes = turn.stall.withhold(turn.outboxes)
        turn.jobs = turn.stall.withhold_jobs(turn.jobs)
        turn.served = turn.stall.withhold_sessions(turn.served, turn.stall.served)
        turn.departed = turn.stall.withhold_sessions(turn.departed, turn.stall.departed)

    def _retry_commit(self, stall: StorageStall) -> None:
        """Try to store what is withheld, if it is time for that.

        Raises:
            FatalStorageError: It has been impossible for too long.
        """
        turn = self._turn
        if turn.tick < stall.next_try and not stall.is_last_try:
            return
        stall.next_try = turn.tick + RETRY_SECONDS
        passed = turn.tick - stall.began
        turn.outboxes = stall.withhold(turn.outboxes)  # also what this turn has changed
        error = store_saves(self._store, stall.outboxes)
        if error is None:
            level = logging.WARNING if stall.is_refusing else logging.DEBUG
            log.log(level, "The database can be written again, after %.1f seconds", passed)
            self._end_stall(stall)
        elif passed >= LIMIT_SECONDS or stall.is_last_try:
            problem = f"The database {self._store.path} cannot be written: {error}. The server ends."
            raise FatalStorageError(f"{problem} {remedy(error)}, then start it again.")
        elif passed >= GRACE_SECONDS and not stall.is_refusing:
            log.warning("The database cannot be written: %s. Commands that change it are refused now.", error)
            stall.is_refusing = True
            arrivals, stall.arrivals = stall.arrivals, []
            for arrival in arrivals:
                self._apply(arrival)  # an arrival that still has to wait is put back

    def _end_stall(self, stall: StorageStall) -> None:
        """Deliver what was withheld, then apply the arrivals that waited."""
        turn = self._turn
        turn.stall = None
        for out in stall.outboxes:
            out.saves.clear()
        turn.outboxes[:0] = stall.outboxes
        turn.departed[:0] = stall.departed
        turn.jobs += stall.jobs
        turn.served += stall.served
        self._delivery.deliver()
        for session in turn.sessions.values():
            session.last_received = turn.tick  # a client that was not read could not answer a PING
        for arrival in stall.arrivals:
            self._apply(arrival)

    # ending a server that cannot continue

    def _give_up(self, failure: str, reason: str) -> None:
        """End the server: send each client the reason, and nothing that is not stored."""
        turn = self._turn
        stall, turn.stall = turn.stall, None
        self.failure = failure
        turn.is_stopping = True
        turn.timers = Timers()
        unclosed = set(turn.departed)
        if stall:
            unclosed.update(stall.departed)
            for arrival in stall.take(Disconnected):
                del turn.sessions[arrival.link]
        for session in turn.sessions.values():
            if not session.is_closing or session in unclosed:
                if not session.is_transfer:
                    error = Send(session.own_audience, Message("ERROR", (reason,)))
                    put_lines([error], iso(turn.now), PresenceGathering())
                self._delivery.close(session)
            turn.after(CLOSE_SECONDS, abort, session)
            turn.after(2 * CLOSE_SECONDS, self._forget, session)

    def _forget(self, session: Session) -> None:
        """Stop waiting for the end of a connection. The bug may have lost its `Disconnected`."""
        self._turn.sessions.pop(session.link, None)

    def _end_connections(self, arrivals: Iterable[Arrival]) -> None:
        """Handle only the ends of connections, as after a failure."""
        for arrival in arrivals:
            if isinstance(arrival, Connected):
                arrival.link.abort()
            elif isinstance(arrival, Disconnected):
                self._turn.sessions.pop(arrival.link, None)
                arrival.link.dispose()
            elif isinstance(arrival, Writable):
                arrival.link.on_writable()
        self._run_timers()
