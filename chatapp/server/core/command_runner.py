"""Executes the items that clients send: at once, in parts, or with the help of a worker.

A session executes one command at a time. While a command waits for its job or is done in parts, the session's
later items wait in `Session.held_commands`, so that replies keep the order of the commands.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from chatapp.protocol.message import Message
from chatapp.protocol.numerics import FailError, NumericError
from chatapp.server.core import plain_text
from chatapp.server.core.commit import FatalStorageError, Storage, damage
from chatapp.server.core.inbound import Item, label_of
from chatapp.server.core.inbox import JobFinished, Received, UploadEnded
from chatapp.server.core.incremental import LINE_STEPS, PART_STEPS, TURN_STEPS, price
from chatapp.server.core.outbox import Outbox, Task
from chatapp.server.core.storage_stall import refusals
from chatapp.server.core.turn import Turn
from chatapp.server.state.file_transfers import FileRequest
from chatapp.server.state.session import PLAIN_TEXT, Session
from chatapp.server.storage.error_kinds import is_overwritten, is_unreadable

INTERNAL_ERROR = "Internal error. Details are in the server's log."
CANNOT_READ = "The server cannot read its database now. Try again later."

log = logging.getLogger(__name__)

T = TypeVar("T")


class CommandRunner:
    """Executes commands, jobs' results and tasks. Their outboxes go into the turn."""

    def __init__(self, turn: Turn, store: Storage) -> None:
        self._turn = turn
        self._store = store
        self.partial_commands: deque[Outbox] = deque()
        """The commands that are done in parts, the next one first."""

    # items of clients

    def run_batch(self, session: Session, items: list[Item]) -> None:
        """Execute the items that a reader has delivered; its session is served when all are executed."""
        session.has_batch = True
        self._run_items(session, items)

    def _run_items(self, session: Session, items: list[Item]) -> None:
        """Execute items in order. The items after a command that has to wait are held."""
        for place, item in enumerate(items):
            if session.is_waiting:
                session.held_commands = items[place:]
                return
            if session.is_closing:
                continue
            stall = self._turn.stall
            if stall is None or stall.serves(item):
                self._run_item(session, item)
            elif stall.refuses(session, item):
                for refusal in refusals(session, item):
                    self._run_item(session, refusal)
            else:
                stall.arrivals.append(Received(session.link, items[place:]))
                return
        if session.has_batch and not session.is_waiting:
            session.has_batch = False
            self._turn.served.append(session)

    def _run_item(self, session: Session, item: Item) -> None:
        if isinstance(item, Message) and item.command == plain_text.LINE:
            self._run_typed_line(session, item.params[0])
            return
        out = self._turn.new_outbox(session, label_of(item))
        out.cause = item
        self._guarded(out, self._turn.hooks.dispatch, item)
        self.complete(out)

    def _run_typed_line(self, session: Session, text: str) -> None:
        if not session.is_plain:
            session.set_caps(PLAIN_TEXT)
        has_name = session.user is not None
        if not plain_text.is_typed(text, has_name):
            self._refuse_typed_line(session, has_name)
            return
        if not has_name:
            session.metadata = plain_text.metadata(text)
        for message in plain_text.incoming(text, has_name, self._turn.world.default_channel):
            self._run_item(session, message)

    def _refuse_typed_line(self, session: Session, has_name: bool) -> None:
        """Refuse a line that looks like the login of a program: it may contain a password."""
        if not has_name:
            self.hang_up(session, plain_text.NOT_A_NAME)
            return
        out = self._turn.new_outbox(session)
        out.refuse(FailError("PRIVMSG", "NOT_SENT", plain_text.NOT_SENT))
        self.complete(out)

    # requests about files

    def run_file_request(self, session: Session, request: FileRequest) -> None:
        """Answer a request about a file."""
        out = self._turn.new_outbox(session)
        self._guarded(out, self._ask_for_file, request)
        self.complete(out)

    def _ask_for_file(self, out: Outbox, request: FileRequest) -> None:
        self._turn.hooks.file_asked(self._turn.world, out.me, request, out)

    def end_upload(self, session: Session, ended: UploadEnded) -> None:
        """Take note of the end of an upload, also of one whose session is closing."""
        out = self._turn.new_outbox(session)
        self._guarded(out, self._note_upload, ended)
        self.complete(out)

    def _note_upload(self, out: Outbox, ended: UploadEnded) -> None:
        self._turn.hooks.upload_ended(self._turn.world, out.me, ended, out)

    # the result of a command

    def _guarded(self, out: Outbox, action: Callable[[Outbox, T], None], cause: T) -> None:
        """Run a part of a command. A refusal becomes a reply. A bug is logged, and replaces all other effects
        by an error reply.
        """
        try:
            action(out, cause)
        except (NumericError, FailError) as error:
            out.refuse(error)
        except Exception as error:
            if is_overwritten(error):
                raise FatalStorageError(damage(self._store, error)) from error
            if is_unreadable(error):
                log.warning("The database cannot be read: %s", error)
                out.drop(CANNOT_READ)
                return
            command = getattr(cause, "command", type(cause).__name__)  # the rest may hold a password
            log.exception("a bug in %s from %s", command, out.me.link.address)
            out.drop(INTERNAL_ERROR)

    def complete(self, out: Outbox) -> None:
        """Put the effects of a command that has run into the turn, or do its job or its other parts first."""
        turn = self._turn
        if out.steps:
            self._begin_wait(out.me)
            self.partial_commands.append(out)
            return
        if out.job:
            self._begin_wait(out.me)
            job, out.job = out.job, None
            turn.jobs.append((out, job))
            return
        self._finish(out)
        turn.outboxes.append(out)
        self._charge(out)
        for line in out.log_lines:
            log.info("%s", line)
        for seconds, task in out.timers:
            turn.after(seconds, partial(self.run_task, task), out.me)
        for close in out.closes:
            self.depart(close.session, close.reason)
        if out.follow_up and not out.me.is_closing:
            self._begin_wait(out.me)
            turn.jobs.append((turn.new_outbox(out.me), out.follow_up))

    def _finish(self, out: Outbox) -> None:
        """Put the label on the replies. A bug in that does not undo the command."""
        try:
            out.finish()
        except Exception:
            log.exception("a bug in the answer to %s", out.me.link.address)

    def _charge(self, out: Outbox) -> None:
        """Charge a command that took long to the flood budget of its session, or give back a part of it."""
        if cost := price(out.work + LINE_STEPS * len(out.effects)) - out.refund:
            out.me.link.charge(cost)

    # jobs

    def finish_job(self, arrival: JobFinished) -> None:
        """Finish a command whose job is done, then run the items that waited for it."""
        out, session = arrival.out, arrival.out.me
        self._end_wait(session)
        if session.is_closing:
            return
        out.now, out.clock = self._turn.now, self._turn.tick
        self._guarded(out, self._use_result, arrival)
        self.complete(out)
        self._run_held_items(session)

    def _use_result(self, out: Outbox, arrival: JobFinished) -> None:
        self._turn.hooks.check_role(out)
        if arrival.error:
            raise arrival.error
        arrival.done(self._turn.world, out.me, arrival.result, out)

    def _begin_wait(self, session: Session) -> None:
        """Begin to wait for the server. `Liveness` does not count this time as silence."""
        session.is_waiting = True
        session.waiting_since = self._turn.tick

    def _end_wait(self, session: Session) -> None:
        session.is_waiting = False
        session.total_wait += self._turn.tick - session.waiting_since
        session.last_received = self._turn.tick  # its connection was not read meanwhile

    def _run_held_items(self, session: Session) -> None:
        held, session.held_commands = session.held_commands, []
        self._run_items(session, held)

    # commands that are done in parts

    def continue_partial_commands(self) -> None:
        """Continue the commands that are done in parts, for at most TURN_STEPS."""
        left = TURN_STEPS
        while self.partial_commands and left > 0:
            out = self.partial_commands.popleft()
            if out.me.is_closing:
                continue
            if out.steps:
                before = out.work
                self._guarded(out, lambda out, _: out.advance(), None)
                left -= max(1, out.work - before)
                if not out.steps:
                    self._finish(out)
                    self._charge(out)
            else:
                left -= self._deliver_part(out)
            if out.steps or out.effects:
                self.partial_commands.append(out)
            else:
                self._end_wait(out.me)
                self._run_held_items(out.me)

    def _deliver_part(self, out: Outbox) -> int:
        """Deliver the next lines of a command that was done in parts.

        Returns:
            The steps that this takes.
        """
        part = self._turn.new_outbox(out.me)
        part.cause = out.cause
        count = PART_STEPS // LINE_STEPS
        part.effects, out.effects = out.effects[:count], out.effects[count:]
        self._turn.outboxes.append(part)
        return PART_STEPS

    # tasks, and the end of sessions

    def run_task(self, task: Task, session: Session) -> None:
        """Run a task of the server as a command of this session, unless the session is closing."""
        if not session.is_closing:
            out = self._turn.new_outbox(session)
            self._guarded(out, lambda out, task: task(self._turn.world, session, out), task)
            self.complete(out)

    def hang_up(self, session: Session, reason: str) -> None:
        """Close a session with an ERROR that gives the reason."""
        out = self._turn.new_outbox(session)
        out.close(session, reason)
        self.complete(out)

    def depart(self, session: Session, reason: str) -> None:
        """Take a session out of the world. Its connection is closed after its last lines are sent."""
        if session.is_closing:
            return
        session.is_closing = True
        self._turn.departed.append(session)
        out = self._turn.new_outbox(session)
        self._guarded(out, self._disconnected, reason)
        self.complete(out)

    def _disconnected(self, out: Outbox, reason: str) -> None:
        self._turn.hooks.disconnected(self._turn.world, out.me, reason, out)
