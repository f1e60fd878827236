"""The effects of one command. Handlers only write them into the outbox; the core carries them out."""

# A handler gets the world, its session, the message and an outbox. It changes the world, and writes into the
# outbox what is to be sent, stored, closed or computed by a worker. It never touches a socket, a thread, a
# clock, a random source or the database.
#
# Why: the core can order the steps for a whole turn: first the commit, then the lines, then the jobs and the
# ends of connections. A handler with a bug sends nothing: the core drops the contents of its outbox. And
# tests need only lines in and lines out, without sockets or threads.
#
# An effect names an audience, not a session: 100 members cost 26 ns each as one effect, and 156 to 285 ns
# with an effect for each member.
#
# When a command is done its outbox is finished: the replies get the label of the command, see `labels`. This
# is done only at the end, because it depends on the number of replies.
#
# What would break it: sending from a handler around the outbox; changing a message after it was put in;
# changing the world before a job is done (the command may still be refused then).

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal

from chatapp.protocol.capabilities import BATCH, LABELED_RESPONSE, STANDARD_REPLIES
from chatapp.protocol.message import Message
from chatapp.protocol.numerics import ERR_NOTREGISTERED, ERR_UNKNOWNERROR, FailError, Numeric, NumericError
from chatapp.protocol.timestamps import iso
from chatapp.server.core.effects import Answer, Close, Effect, Send, StoredPage, UploadRefusal
from chatapp.server.core.inbound import Item
from chatapp.server.core.labels import labelled
from chatapp.server.state.file_transfers import FileAnswer, HttpReply
from chatapp.server.state.session import Audience, Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import audit_log
from chatapp.server.storage.audit_log import AuditEntry
from chatapp.server.storage.message_rows import StoredMessage
from chatapp.server.storage.reader import Reader
from chatapp.server.storage.statements import Save

JobKind = Literal["read", "search", "hash"]
"""Which workers do a job: "hash" computes the rounds of a password, "search" searches the history."""

Work = Callable[[Reader], Any]
"""The work of a job. It gets the worker's own reader of the database. Thread: a worker's."""

JobCallback = Callable[[World, Session, Any, "Outbox"], None]
"""Handles the result of a job, in a later turn. Thread: the core's."""

UserJobCallback = Callable[[World, Session, User, Any, "Outbox"], None]
"""The same for a registered session; it gets the user that the session has then."""

Task = Callable[[World, Session, "Outbox"], None]
"""A function that the server runs at a certain time, without a command of a client."""


@dataclass(frozen=True, slots=True)
class Job:
    """Work for another thread, and what to do with its result on the core thread.

    The session's later commands wait until then. The queues of "hash" and "search" jobs are limited; a job
    that does not fit is not done, and its result is None.
    """

    work: Work
    done: JobCallback
    kind: JobKind = "read"


class Outbox:
    """All effects of one command. Thread: the core's.

    Args:
        me: The session that sent the command.
        label: The label of the command; None for none.
        now: The wall-clock time in milliseconds since 1970.
        clock: The time in seconds of a clock that never goes back, for timers and limits.

    Attributes:
        command: The command, if it needs a role. The role is checked again when a job is done.
        cause: The item that a client sent; None for a task of the server.
        work: The steps that the command took, see `core.incremental`.
        refund: The part of the command that the flood budget gets back, because it does nothing by itself.
        log_lines: Lines for the server's log.
    """

    __slots__ = (
        "_batches",
        "answers",
        "cause",
        "clock",
        "closes",
        "command",
        "effects",
        "follow_up",
        "job",
        "label",
        "log_lines",
        "me",
        "now",
        "refund",
        "refusals",
        "saves",
        "steps",
        "timers",
        "work",
        "world",
    )

    def __init__(self, world: World, me: Session, label: str | None, now: int, clock: float) -> None:
        self.world = world
        self.me = me
        self.label = label
        self.command = ""
        self.now = now
        self.clock = clock
        self.cause: Item | None = None
        self.effects: list[Effect] = []
        self.closes: list[Close] = []
        self.answers: list[Answer] = []
        self.refusals: list[UploadRefusal] = []
        self.log_lines: list[str] = []
        self.saves: list[Save] = []
        self.job: Job | None = None
        self.steps: Iterator[int] | None = None
        self.work = 0
        self.refund = 0.0
        self.follow_up: Job | None = None
        self.timers: list[tuple[float, Task]] = []
        self._batches: list[str] = []

    def reply(self, numeric: Numeric, *params: str) -> None:
        """Reply with a numeric; its usual text is added."""
        self.reply_with(self.numeric(self.me, numeric, *params))

    def reply_to(self, session: Session, numeric: Numeric, *params: str) -> None:
        """Send a numeric to any session. For the session that sent the command it is a reply."""
        if session is self.me:
            self.reply(numeric, *params)
        else:
            self.send(session.own_audience, self.numeric(session, numeric, *params))

    def send_numeric(self, session: Session, numeric: Numeric, *params: str) -> None:
        """Send a numeric that is not a reply, also to the session that sent the command."""
        self.effects.append(
            Send(session.own_audience, self.numeric(session, numeric, *params), is_reply=False)
        )

    def numeric(self, session: Session, numeric: Numeric, *params: str) -> Message:
        """Return a numeric for a session, without sending it."""
        nick = session.user.nick if session.user else "*"
        usual_text = () if numeric.text is None else (numeric.text,)
        return Message(numeric.code, (nick, *params, *usual_text), self.world.name)

    def refuse(self, error: NumericError | FailError) -> None:
        """Reply with the error that refuses the command."""
        if isinstance(error, NumericError) and error.fail and self.me.caps & STANDARD_REPLIES:
            error = error.fail
        if isinstance(error, NumericError):
            self.reply(error.numeric, *error.about)
        else:
            self.reply_with(Message("FAIL", error.params, self.world.name))

    def warn(self, error: FailError) -> None:
        """Reply with a WARN: a part of the command is not done, the other parts are."""
        self.reply_with(Message("WARN", error.params, self.world.name))

    def note(self, command: str, code: str, text: str, *context: str) -> None:
        """Reply with a NOTE. Source: IRCv3 standard-replies"""
        self.reply_with(Message("NOTE", (command, code, *context, text), self.world.name))

    def reply_from_server(self, command: str, *params: str) -> None:
        """Reply with a message whose source is the server."""
        self.reply_with(Message(command, params, self.world.name))

    def reply_with(self, message: Message) -> None:
        """Reply with this message. Inside of `batch` it belongs to the batch."""
        if self._batches and "batch" not in message.tags:
            message = message.tagged(batch=self._batches[-1])
        self.effects.append(Send(self.me.own_audience, message))

    def reply_page(self, rows: Sequence[StoredMessage], target: str) -> None:
        """Reply with messages from the history, see `StoredPage`."""
        self.effects.append(
            StoredPage(self.me.own_audience, rows, target, self._batches[-1] if self._batches else "")
        )

    def send(
        self,
        audience: Audience,
        message: Message,
        excluded: Session | None = None,
        required_caps: int = 0,
        excluded_caps: int = 0,
    ) -> None:
        """Send a message to an audience, see `Send`."""
        self.effects.append(Send(audience, message, excluded, required_caps, excluded_caps))

    def deliver(
        self, audience: Audience, message: Message, required_caps: int = 0, excluded_caps: int = 0
    ) -> None:
        """Send a message that is not a reply, not even to its sender: users can write to themselves."""
        self.effects.append(Send(audience, message, None, required_caps, excluded_caps, is_reply=False))

    def message_from(
        self, user: User, command: str, *params: str, tags: Mapping[str, str] | None = None, at: int = 0
    ) -> Message:
        """Return a message from a user, with its time and a new msgid.

        Args:
            tags: Client-only tags to pass on.
            at: Its time in milliseconds; 0 for now.
        """
        stamped = {"time": iso(at or self.now), "msgid": self.world.ids.new_msgid(), **user.tags}
        if tags:
            stamped.update(tags)
        return Message(command, params, user.source, stamped)

    def save(self, save: Save) -> None:
        """Store a row with this turn. The modules of `storage` make what is passed here."""
        self.saves.append(save)

    def answer(self, answer: FileAnswer) -> None:
        """Answer the request about a file that this session has made."""
        self.answers.append(Answer(self.me, answer))

    def break_off(self, session: Session, reply: HttpReply) -> None:
        """End the upload of a session with a response, before all of it has arrived."""
        self.refusals.append(UploadRefusal(session, reply))

    def close(self, session: Session, text: str, reason: str = "") -> None:
        """Close a session after a last ERROR. The connection of a transfer gets no line.

        Args:
            text: The text of the ERROR.
            reason: The text of the QUIT that other users see; by default the same text.
        """
        if not session.is_transfer:
            self.send(session.own_audience, Message("ERROR", (text,)))
        self.closes.append(Close(session, reason or text))

    def drop(self, reason: str) -> None:
        """Drop all effects of the command, and reply with numeric 400 and the reason.

        A request about a file is answered with the status 500 and the reason.
        """
        self.effects.clear()
        self.saves.clear()
        self.answers.clear()
        self.refusals.clear()
        self.job = self.follow_up = self.steps = None
        if self.me.is_transfer:
            self.answer(HttpReply(HTTPStatus.INTERNAL_SERVER_ERROR, f"{reason}\n"))
        else:
            self.reply(ERR_UNKNOWNERROR, reason)

    def audit(self, action: str, about: str, details: str = "", by: str = "", account: str = "") -> None:
        """Write an entry to the audit log, the record of moderation.

        Args:
            action: The command.
            about: The user, channel, account or mask that the command was used on.
            details: Such as the reason.
            by: Who did it, for a session without a user; by default the server.
            account: The account of that person.
        """
        user = self.me.user
        if user:
            by, account = user.source, user.account
        self.save(
            audit_log.insert(AuditEntry(self.now, by or self.world.name, account, action, about, details))
        )
        self.tell_audited()

    def tell_audited(self) -> None:
        """Tell those who watch the server that the audit log has a new entry."""
        watchers = self.world.watchers()
        if watchers.sessions:
            note = ("AUDIT", "ADDED", "The moderation log has a new entry")
            self.deliver(watchers, Message("NOTE", note, self.world.name))

    def log_info(self, line: str) -> None:
        """Write a line to the server's log."""
        self.log_lines.append(line)

    def run_job(self, work: Work, done: JobCallback, kind: JobKind = "read") -> None:
        """Have a worker do slow work, and finish this command with the result.

        Nothing is sent or stored until then, so the handler must not change the world before. Meanwhile the
        client may lose the permission for the command. The core checks its role again, and `playback` checks
        whether it may read the messages. `done` has to check everything else that matters.

        Args:
            work: Called with the worker's reader. Thread: a worker's.
            done: Called with the result, in a later turn. Thread: the core's.
            kind: Which workers do it.
        """
        self.job = Job(work, done, kind)

    def run_user_job(self, work: Work, done: UserJobCallback, kind: JobKind = "read") -> None:
        """Do the same as `run_job` for a command of registered users.

        `done` gets the user that the session has then. It may be another user of the same account, because
        another session can merge the two.
        """

        def done_for_user(world: World, me: Session, result: Any, out: Outbox) -> None:
            if me.user is None:
                raise NumericError(ERR_NOTREGISTERED)
            done(world, me, me.user, result, out)

        self.run_job(work, done_for_user, kind)

    def run_in_parts(self, steps: Iterator[int]) -> None:
        """Do the rest of this command in parts, see `core.incremental`. It must not store anything.

        Args:
            steps: Replies through this outbox, and yields how many steps each part took.
        """
        self.steps = steps

    def advance(self) -> None:
        """Do the next part. After the last part `steps` is None."""
        steps, self.steps = self.steps, None
        for taken in steps or ():
            self.work += taken
            self.steps = steps
            return

    def run_follow_up_job(self, work: Work, done: JobCallback) -> None:
        """Start a job when this command is stored and answered. `done` gets a new outbox."""
        self.follow_up = Job(work, done)

    def after(self, seconds: float, task: Task) -> None:
        """Run a task for this session after this many seconds, unless the session is closed by then."""
        self.timers.append((seconds, task))

    @contextmanager
    def batch(self, kind: str, *params: str) -> Iterator[None]:
        """Put the replies of a `with` block into one batch, if the session has the capability batch.

        Source:
            IRCv3 batch.
        """
        if not self.me.caps & BATCH:
            yield
            return
        reference = self.me.new_batch()
        self.reply_from_server("BATCH", f"+{reference}", kind, *params)
        self._batches.append(reference)
        yield
        self._batches.pop()
        self.reply_from_server("BATCH", f"-{reference}")

    def batch_to(
        self, session: Session, kind: str, params: Iterable[str], messages: Iterable[Message]
    ) -> None:
        """Send messages to any session, as one batch if it has the capability batch."""
        if session is self.me:
            with self.batch(kind, *params):
                for message in messages:
                    self.reply_with(message)
        elif session.caps & BATCH:
            reference = session.new_batch()
            for message in (
                Message("BATCH", (f"+{reference}", kind, *params), self.world.name),
                *(message.tagged(batch=reference) for message in messages),
                Message("BATCH", (f"-{reference}",), self.world.name),
            ):
                self.send(session.own_audience, message)
        else:
            for message in messages:
                self.send(session.own_audience, message)

    def finish(self) -> None:
        """Put the label of the command on its replies. Called once, when the command is done."""
        if self.label is not None and self.me.caps & LABELED_RESPONSE:
            self.effects = labelled(self.effects, self.label, self.me, self.world.name)
