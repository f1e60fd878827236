"""The one thread that owns the world: arrivals in, effects out, a turn at a time.

    take a batch from the inbox → apply each command in order → one transaction → hand the lines out → flush

Nothing is delivered that was not committed before. While the database cannot be written, what was done is
withheld and little else is done, see `stall`. When it is certain that it cannot be written, or that the
world and the database differ, the server ends: the next start has the truth.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from queue import Empty, SimpleQueue
from typing import TypeVar

from chatapp.protocol.message import Message
from chatapp.protocol.numerics import FailError, NumericError
from chatapp.protocol.timestamps import iso
from chatapp.server.core import plain_text
from chatapp.server.core.commit import (
    FatalStorageError,
    Storage,
    damage,
    is_overwritten,
    is_unreadable,
    keep,
    remedy,
)
from chatapp.server.core.effects import Effect, Send
from chatapp.server.core.hooks import CoreHooks
from chatapp.server.core.inbound import Item, label_of
from chatapp.server.core.inbox import (
    CLOSE_SECONDS,
    Arrival,
    Connected,
    DatabaseLost,
    Disconnected,
    JobFinished,
    RawReply,
    Received,
    Rejected,
    RunTask,
    Shutdown,
    Writable,
)
from chatapp.server.core.incremental import LINE_STEPS, PART_STEPS, TURN_STEPS, price
from chatapp.server.core.outbox import Job, Outbox, Task
from chatapp.server.core.render import hand_out
from chatapp.server.core.storage_stall import (
    GRACE_SECONDS,
    LIMIT_SECONDS,
    RETRY_SECONDS,
    UNAVAILABLE,
    StorageStall,
    refusals,
)
from chatapp.server.core.timers import Action, Timers
from chatapp.server.state.connection import Connection, NullConnection
from chatapp.server.state.session import PLAIN, Session
from chatapp.server.state.world import World

TURN_ARRIVALS = 256  # so that nobody waits long for the first of them
BROKEN = "The server has ended because of a bug"
WAITING_SECONDS = 1.0  # between two looks whether a session still waits for the server
PLAIN_SECONDS = 3.0  # of silence, after which the peer is taken for a person

log = logging.getLogger(__name__)

T = TypeVar("T")


class Core:
    """Takes  add_job: hands work to the workers; seconds, clock: the time as people see it, and for timers

    `failure` is not empty when the server has to end by itself, and says why and what to do.
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
        self.inbox: SimpleQueue[Arrival] = SimpleQueue()
        self._world = world
        self._store = store
        self._hooks = hooks
        self._add_job = add_job
        self._seconds = seconds
        self._clock = clock
        self._sessions: dict[Connection, Session] = {}  # until their reader ended
        self._timers = Timers()
        self.failure = ""
        self._stopping = False
        self._stall: StorageStall | None = None  # while the database cannot be written
        self._now = 0  # milliseconds
        self._tick = 0.0
        self._outboxes: list[Outbox] = []  # of this turn
        self._served: list[Session] = []  # in this turn: their readers go on after it
        self._departed: list[Session] = []  # in this turn
        self._gradual: deque[Outbox] = deque()  # of commands that are done a part at a time
        self._jobs: list[tuple[Outbox, Job]] = []  # of this turn; they shall find what it has kept

    def run_every(self, seconds: float, chore: Task) -> None:
        """Have a chore done again and again. A round is left out while the chore waits for its last job.

        Thread  before the start: any; after it: the core's
        """
        self._after(seconds, partial(self._do_chore, seconds, chore), Session(NullConnection(), self._tick))

    # the loop

    def run(self) -> None:
        """Turn after turn, until told to stop and everybody has left."""
        while self._sessions or not self._stopping:
            self.turn(self._take())

    def _take(self) -> list[Arrival]:
        """Wait for the first arrival or the next timer, then take what else is there."""
        arrivals: list[Arrival] = []
        due = self._stall.next_try if self._stall else self._timers.next_at
        timeout = None if due is None else max(0.0, due - self._clock())
        if self._gradual:
            timeout = 0.0
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
        if self.failure:
            self._see_out(arrivals)
            return
        try:
            self._do_all(arrivals)
        except FatalStorageError as error:
            self._give_up(str(error), UNAVAILABLE)
        except Exception as error:
            log.exception("a bug in the core: the server ends")
            self._give_up(f"The server ends because of a bug ({type(error).__name__}: {error}).", BROKEN)

    def _do_all(self, arrivals: Iterable[Arrival]) -> None:
        self._world.advance_ids(self._now)
        for arrival in arrivals:
            self._arrive(arrival)
        if self._stall:
            self._try_again(self._stall)
        if not self._stall:
            self._run_timers()
        self._go_on()
        self._commit()
        self._deliver()

    def _run_timers(self) -> None:
        for action, session in self._timers.due(self._tick):
            action(session)

    def _arrive(self, arrival: Arrival) -> None:
        if self._stall and self._must_wait(self._stall, arrival):
            self._stall.arrivals.append(arrival)
        elif isinstance(arrival, Received):
            session = self._sessions[arrival.link]
            session.heard = self._tick
            session.spoke = True
            session.pinged = False
            if arrival.link.backlog > self._world.config.limits.send_queue:
                self._overrun(session)  # pongs of a WebSocket and answers of TLS go out without a delivery
            if session.is_plain and arrival.items:
                self._reconsider(session, arrival.items[0])
            self._work(session, arrival.items)
        elif isinstance(arrival, Connected):
            self._open(arrival.link, arrival.refusal)
        elif isinstance(arrival, Disconnected):
            self._end(self._sessions[arrival.link], arrival.reason)
        elif isinstance(arrival, Writable):
            arrival.link.on_writable()
        elif isinstance(arrival, JobFinished):
            self._finish(arrival)
        elif isinstance(arrival, RawReply):
            self._answer(self._sessions[arrival.link], arrival)
        elif isinstance(arrival, Rejected):
            self._hang_up(self._sessions[arrival.link], arrival.words)
        elif isinstance(arrival, RunTask):
            self._wake(arrival.chore, Session(NullConnection(), self._tick))
        elif isinstance(arrival, DatabaseLost):
            raise FatalStorageError(arrival.words)
        else:
            self._stop(arrival.farewell)

    # commands

    def _work(self, session: Session, items: list[Item]) -> None:
        """Apply these commands; what follows one that waits for a job is held."""
        for place, item in enumerate(items):
            if session.waiting:
                session.held = items[place:]
                return
            if session.closing:
                continue
            if self._stall is None or self._stall.serves(item):
                self._apply(session, item)
            elif self._stall.refuses(session, item):
                for refusal in refusals(session, item):
                    self._apply(session, refusal)
            else:
                self._stall.arrivals.append(Received(session.link, items[place:]))
                return
        if not session.waiting:
            self._served.append(session)

    def _apply(self, session: Session, item: Item) -> None:
        if isinstance(item, Message) and item.command == plain_text.LINE:
            self._apply_plain(session, item.params[0])
            return
        out = self._outbox(session, label_of(item))
        out.cause = item
        self._guarded(out, self._hooks.dispatch, item)
        self._settle(out)

    def _apply_plain(self, session: Session, text: str) -> None:
        if not session.is_plain:
            session.set_caps(PLAIN)
        named = session.user is not None
        if not plain_text.is_typed(text, named):
            self._turn_down(session, named)
            return
        for message in plain_text.incoming(text, named, self._world.default_channel):
            self._apply(session, message)

    def _turn_down(self, session: Session, named: bool) -> None:
        """What looks like the login of a program is never said, for it may hold a password."""
        if not named:
            self._hang_up(session, plain_text.NOT_A_NAME)
            return
        out = self._outbox(session)
        out.refuse(FailError("PRIVMSG", "NOT_SAID", plain_text.NOT_SAID))
        self._settle(out)

    def _finish(self, arrival: JobFinished) -> None:
        """The job of a command is done: finish the command, then do those that waited for it."""
        out, session = arrival.out, arrival.out.me
        self._end_wait(session)
        if session.closing:
            return
        out.now, out.clock = self._now, self._tick
        self._guarded(out, self._result, arrival)
        self._settle(out)
        self._work_held(session)

    def _go_on(self) -> None:
        """Go on with the commands that are done a part at a time, as far as there is time in this turn."""
        left = TURN_STEPS
        while self._gradual and left > 0:
            out = self._gradual.popleft()
            if out.me.closing:
                continue
            if out.steps:
                before = out.work
                self._guarded(out, lambda out, _: out.advance(), None)
                left -= max(1, out.work - before)
                if not out.steps:
                    self._finish_outbox(out)
                    self._charge(out)
            else:
                left -= self._hand_over_part(out)
            if out.steps or out.effects:
                self._gradual.append(out)
            else:
                self._end_wait(out.me)
                self._work_held(out.me)

    def _hand_over_part(self, out: Outbox) -> int:
        """Deliver the next lines of a command that was done in parts. Returns the steps that it takes."""
        part = self._outbox(out.me)
        part.cause = out.cause
        count = PART_STEPS // LINE_STEPS
        part.effects, out.effects = out.effects[:count], out.effects[count:]
        self._outboxes.append(part)
        return PART_STEPS

    def _charge(self, out: Outbox) -> None:
        """Charge what took long to the flood budget of the session that asked for it."""
        if cost := price(out.work + LINE_STEPS * len(out.effects)):
            out.me.link.charge(cost)

    def _result(self, out: Outbox, arrival: JobFinished) -> None:
        self._hooks.check_role(out)
        if arrival.error:
            raise arrival.error
        arrival.done(self._world, out.me, arrival.result, out)

    def _guarded(self, out: Outbox, action: Callable[[Outbox, T], None], cause: T) -> None:
        """The border where refusals become replies and where a bug ends: nothing of its command happens."""
        try:
            action(out, cause)
        except (NumericError, FailError) as error:
            out.refuse(error)
        except Exception as error:
            if is_overwritten(error):
                raise FatalStorageError(damage(self._store, error)) from error
            if is_unreadable(error):
                log.warning("The database cannot be read: %s", error)
                out.drop("The server cannot read what is stored now. Try again later.")
                return
            command = getattr(cause, "command", type(cause).__name__)  # the rest may hold a password
            log.exception("a bug in %s from %s", command, out.me.link.address)
            out.drop("Internal error; the server's log tells more")

    def _settle(self, out: Outbox) -> None:
        """A command is done, or waits for its job, or is done a part at a time from here on."""
        if out.steps:
            self._wait(out.me)
            self._gradual.append(out)
            return
        if out.job:
            self._wait(out.me)
            job, out.job = out.job, None
            self._jobs.append((out, job))
            return
        self._finish_outbox(out)
        self._outboxes.append(out)
        self._charge(out)
        for words in out.log_lines:
            log.info("%s", words)
        for seconds, chore in out.timers:
            self._after(seconds, partial(self._wake, chore), out.me)
        for close in out.closes:
            self._depart(close.session, close.reason)
        if out.follow_up and not out.me.closing:
            self._wait(out.me)
            self._jobs.append((self._outbox(out.me), out.follow_up))

    def _wait(self, session: Session) -> None:
        """The session waits for a job. That is not its own time, see `_check_life`."""
        session.waiting = True
        session.waits_since = self._tick

    def _end_wait(self, session: Session) -> None:
        session.waiting = False
        session.waited += self._tick - session.waits_since
        session.heard = self._tick  # what it sent meanwhile was not read

    def _work_held(self, session: Session) -> None:
        held, session.held = session.held, []
        self._work(session, held)

    def _finish_outbox(self, out: Outbox) -> None:
        """What was done is done, even if a bug keeps the label from its place."""
        try:
            out.finish()
        except Exception:
            log.exception("a bug in the answer to %s", out.me.link.address)

    def _outbox(self, session: Session, label: str | None = None) -> Outbox:
        return Outbox(self._world, session, label, self._now, self._tick)

    # coming and going

    def _open(self, link: Connection, refusal: str) -> None:
        session = Session(link, self._tick)
        self._sessions[link] = session
        if refusal:
            log.info("Refused %s: %s", link.peer, refusal)
            self._hang_up(session, refusal)
            return
        self._world.unknown.add(session)
        log.info("Connected with %s", link.peer)
        self._wake(self._hooks.connected, session)
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
        self._hooks.disconnected(self._world, out.me, reason, out)

    def _answer(self, session: Session, arrival: RawReply) -> None:
        """Bytes for HTTP and WebSocket, which are between the link and its peer."""
        if not session.closing:
            session.link.send_raw(arrival.data, arrival.framer)
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

    def _do_chore(self, seconds: float, chore: Task, house: Session) -> None:
        self._after(seconds, partial(self._do_chore, seconds, chore), house)
        if not house.waiting:
            self._wake(chore, house)

    def _wake(self, chore: Task, session: Session) -> None:
        if not session.closing:
            out = self._outbox(session)
            self._guarded(out, lambda out, chore: chore(self._world, session, out), chore)
            self._settle(out)

    def _ask_name(self, session: Session) -> None:
        """Three seconds without a byte: a person with netcat, who waits to be asked. A TLS client may be as
        slow, so only those are asked who may talk without TLS.
        """
        if not session.spoke and not session.closing and session.link.start_without_tls():
            session.set_caps(PLAIN)
            session.link.was_asked_for_name = True  # before the question: its answer is judged in another way
            session.link.put(plain_text.QUESTION)
            session.link.flush()

    def _reconsider(self, session: Session, first: Item) -> None:
        """Who was asked for a name begins with a line of IRC: it is a program after all, a slow one."""
        if session.user is None and not (isinstance(first, Message) and first.command == plain_text.LINE):
            session.set_caps(0)
            session.link.put(b"\r\n")  # the question is a line of its own, which programs pass over

    def _check_life(self, session: Session) -> None:
        """Close who did not register in time or does not answer; ask who was silent for long.

        The time in which a session waits for the server does not count.
        """
        if session.closing:
            return
        limits = self._world.config.limits
        silent = self._tick - session.heard
        left = session.opened + session.waited + limits.registration_seconds - self._tick
        if session.waiting:
            self._after(WAITING_SECONDS, self._check_life, session)
        elif session.user is None and left > 0:
            self._after(left, self._check_life, session)
        elif session.user is None:
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
            out.reply_with(Message("PING", (self._world.name,)))
            self._settle(out)

    def _overrun(self, session: Session) -> None:
        if not session.closing:
            self._hang_up(session, "SendQ exceeded")

    def _abort(self, session: Session) -> None:
        session.link.abort()

    # the end of a turn

    def _commit(self) -> None:
        """Store what is to be kept. What cannot be stored now is withheld."""
        if self._stall is None:
            error = keep(self._store, self._outboxes)
            if error is None:
                return
            log.debug("The database cannot be written, what was done waits: %s", error)
            self._stall = StorageStall(self._tick, self._outboxes, self._hooks.reads_of)
        stall = self._stall
        self._outboxes = stall.withhold(self._outboxes)
        self._jobs = stall.hold_jobs(self._jobs)
        self._served = stall.hold(self._served, stall.served)
        self._departed = stall.hold(self._departed, stall.departed)

    def _deliver(self) -> None:
        """Hand out what is stored, then do what had to wait for that."""
        outboxes, self._outboxes = self._outboxes, []
        departed, self._departed = self._departed, []
        jobs, self._jobs = self._jobs, []
        served, self._served = self._served, []
        self._flush(self._hand_out(outboxes))
        for session in departed:
            self._close(session)
        for out, job in jobs:
            self._add_job(out, job)
        for session in served:
            session.link.resume()

    def _hand_out(self, outboxes: list[Outbox]) -> set[Session]:
        """Put what was said into the links. Only an effect that cannot be rendered is left out."""
        failed: list[Effect] = []
        now = iso(self._now)
        touched = hand_out((send for out in outboxes for send in out.effects), now, failed)
        for out in outboxes if failed else ():
            if any(effect.audience is out.me.alone and effect in failed for effect in out.effects):
                out.drop("Internal error; the server's log tells more")
                touched |= hand_out(out.effects, now)
        return touched

    def _flush(self, sessions: Iterable[Session]) -> None:
        """Send what was put into the links. This loop runs for every recipient of every turn."""
        limit = self._world.config.limits.send_queue
        for session in sessions:
            try:
                left = session.link.flush()
            except Exception:
                log.exception("a bug in writing to %s", session.link.peer)
                session.link.abort()
                continue
            if left > limit:
                self._after(0, self._overrun, session)

    def _close(self, session: Session) -> None:
        """No more lines for this session, whose peer has some time to hang up. One without a byte so far gets
        time to say whether it speaks TLS.
        """
        try:
            session.link.close()
        except Exception:
            log.exception("a bug in closing the connection of %s", session.link.peer)
        seconds = CLOSE_SECONDS
        if not session.spoke and not self._stopping:
            patience = max(0.0, session.heard + PLAIN_SECONDS - self._tick)
            self._after(patience, self._speak_first, session)
            seconds += patience
        self._after(seconds, self._abort, session)

    def _speak_first(self, session: Session) -> None:
        session.link.start_without_tls()

    # while the database cannot be written, see `stall`

    def _must_wait(self, stall: StorageStall, arrival: Arrival) -> bool:
        """Whether an arrival may change the world, so that it waits. A socket whose peer is gone does not."""
        if isinstance(arrival, Connected | Writable | DatabaseLost):
            return False
        if isinstance(arrival, RunTask | Shutdown):
            stall.is_last_try = stall.is_last_try or isinstance(arrival, Shutdown)
            return True
        if isinstance(arrival, JobFinished):
            return not stall.may_finish(arrival.out)
        session = self._sessions[arrival.link]
        if isinstance(arrival, Disconnected):
            session.link.dispose()
            return True
        if isinstance(arrival, Received):
            return session in stall.sessions
        return session.user is not None and (isinstance(arrival, Rejected) or arrival.is_last)

    def _try_again(self, stall: StorageStall) -> None:
        """Store what is withheld, if it is time for that.

        Raises:
            CannotGoOn: It has been impossible for too long.
        """
        if self._tick < stall.next_try and not stall.is_last_try:
            return
        stall.next_try = self._tick + RETRY_SECONDS
        passed = self._tick - stall.began
        self._outboxes = stall.withhold(self._outboxes)  # also what this turn has changed
        error = keep(self._store, stall.outboxes)
        if error is None:
            level = logging.WARNING if stall.is_refusing else logging.DEBUG
            log.log(level, "The database can be written again, after %.1f seconds", passed)
            self._end_stall(stall)
        elif passed >= LIMIT_SECONDS or stall.is_last_try:
            words = f"The database {self._store.path} cannot be written: {error}. The server ends."
            raise FatalStorageError(f"{words} {remedy(error)}, then start it again.")
        elif passed >= GRACE_SECONDS and not stall.is_refusing:
            log.warning("The database cannot be written: %s. Commands that change it are refused now.", error)
            stall.is_refusing = True
            arrivals, stall.arrivals = stall.arrivals, []
            for arrival in arrivals:
                self._arrive(arrival)  # what has to wait still is put off again

    def _end_stall(self, stall: StorageStall) -> None:
        """Deliver what was withheld, then go on with what waited."""
        self._stall = None
        for out in stall.outboxes:
            out.saves.clear()
        self._outboxes[:0] = stall.outboxes
        self._departed[:0] = stall.departed
        self._jobs += stall.jobs
        self._served += stall.served
        self._deliver()
        for session in self._sessions.values():
            session.heard = self._tick  # a client that was not read could not answer a PING
        for arrival in stall.arrivals:
            self._arrive(arrival)

    # the end of the server, when it cannot go on

    def _give_up(self, words: str, farewell: str) -> None:
        """Tell everybody that the server ends, and nothing that is not stored."""
        stall, self._stall = self._stall, None
        self.failure = words
        self._stopping = True
        self._timers = Timers()
        unclosed = set(self._departed)
        if stall:
            unclosed.update(stall.departed)
            for arrival in stall.take(Disconnected):
                del self._sessions[arrival.link]
        for session in self._sessions.values():
            if not session.closing or session in unclosed:
                hand_out([Send(session.alone, Message("ERROR", (farewell,)))], iso(self._now))
                self._close(session)
            self._after(CLOSE_SECONDS, self._abort, session)
            self._after(2 * CLOSE_SECONDS, self._forget, session)

    def _forget(self, session: Session) -> None:
        """Wait no longer for the end of a connection: after a bug it may have been told already."""
        self._sessions.pop(session.link, None)

    def _see_out(self, arrivals: Iterable[Arrival]) -> None:
        """Nothing is done any more until the last connection has ended."""
        for arrival in arrivals:
            if isinstance(arrival, Connected):
                arrival.link.abort()
            elif isinstance(arrival, Disconnected):
                self._sessions.pop(arrival.link, None)
                arrival.link.dispose()
            elif isinstance(arrival, Writable):
                arrival.link.on_writable()
        self._run_timers()
