"""Where a handler says what shall happen. It never acts: it writes effects into the Outbox of its command.

When the command is done the outbox is finished: the reply takes its label, see `labels`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from chatapp.protocol.capabilities import BATCH, LABELED_RESPONSE
from chatapp.protocol.message import Message
from chatapp.protocol.numerics import ERR_NOTREGISTERED, ERR_UNKNOWNERROR, FailError, Numeric, NumericError
from chatapp.protocol.timestamps import iso
from chatapp.server.core.effects import Close, Effect, Send, StoredPage
from chatapp.server.core.inbound import Item
from chatapp.server.core.labels import labelled
from chatapp.server.state.session import Audience, Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import audit_log
from chatapp.server.storage.audit_log import AuditEntry
from chatapp.server.storage.message_rows import StoredMessage
from chatapp.server.storage.reader import Reader
from chatapp.server.storage.statements import Save

JobKind = Literal["read", "search", "hash"]

Work = Callable[[Reader], Any]
JobCallback = Callable[[World, Session, Any, "Outbox"], None]
UserJobCallback = Callable[[World, Session, User, Any, "Outbox"], None]
Task = Callable[[World, Session, "Outbox"], None]
"""What the server does by itself, when its time has come."""


@dataclass(frozen=True, slots=True)
class Job:
    """Work for another thread, and what to do with its result on the core thread.

    The session's later commands wait until then.

    Takes  kind: "hash" counts the rounds of a password, "search" looks through what was said; of both so many
           may wait that it is not done, and the result is None
    """

    work: Work
    done: JobCallback
    kind: JobKind = "read"


class Outbox:
    """Everything that one command causes.

    Takes  world: whose names and ids are used; me: who commands; label: of the command, or None
           now: milliseconds since 1970, as people see it; clock: seconds, for timers
    """

    __slots__ = (
        "_batches",
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
        self.command = ""  # that needs a role, see `dispatch.check_again`
        self.now = now
        self.clock = clock
        self.cause: Item | None = None  # what was asked for, when it is somebody's command
        self.effects: list[Effect] = []
        self.closes: list[Close] = []
        self.log_lines: list[str] = []
        self.saves: list[Save] = []
        self.job: Job | None = None
        self.steps: Iterator[int] | None = None
        self.work = 0  # steps that it took, see `gradual`
        self.follow_up: Job | None = None
        self.timers: list[tuple[float, Task]] = []
        self._batches: list[str] = []

    def reply(self, numeric: Numeric, *params: str) -> None:
        """A numeric to the asker; its usual words are added."""
        self.reply_with(self.numeric(self.me, numeric, *params))

    def reply_to(self, session: Session, numeric: Numeric, *params: str) -> None:
        """A numeric to any session."""
        if session is self.me:
            self.reply(numeric, *params)
        else:
            self.send(session.alone, self.numeric(session, numeric, *params))

    def send_numeric(self, session: Session, numeric: Numeric, *params: str) -> None:
        """A numeric to any session that did not ask for it."""
        self.effects.append(Send(session.alone, self.numeric(session, numeric, *params), is_reply=False))

    def numeric(self, session: Session, numeric: Numeric, *params: str) -> Message:
        """A numeric for a session, not sent yet."""
        nick = session.user.nick if session.user else "*"
        words = () if numeric.words is None else (numeric.words,)
        return Message(numeric.code, (nick, *params, *words), self.world.name)

    def refuse(self, error: NumericError | FailError) -> None:
        """The reply that a refusal carries."""
        if isinstance(error, NumericError):
            self.reply(error.numeric, *error.about)
        else:
            self.reply_with(Message("FAIL", error.params, self.world.name))

    def warn(self, error: FailError) -> None:
        """The same as a `WARN`: this part of the command is not done, the others are."""
        self.reply_with(Message("WARN", error.params, self.world.name))

    def note(self, command: str, code: str, words: str, *context: str) -> None:
        """A `NOTE` of IRCv3 standard-replies to the asker."""
        self.reply_with(Message("NOTE", (command, code, *context, words), self.world.name))

    def reply_from_server(self, command: str, *params: str) -> None:
        """A message from the server to the asker's session."""
        self.reply_with(Message(command, params, self.world.name))

    def reply_with(self, message: Message) -> None:
        """A message to the asker's session."""
        if self._batches and "batch" not in message.tags:
            message = message.tagged(batch=self._batches[-1])
        self.effects.append(Send(self.me.alone, message))

    def reply_page(self, rows: Sequence[StoredMessage], target: str) -> None:
        """Messages that were kept, to the asker's session, see Page."""
        self.effects.append(
            StoredPage(self.me.alone, rows, target, self._batches[-1] if self._batches else "")
        )

    def send(
        self, audience: Audience, message: Message, but: Session | None = None, wants: int = 0, lacks: int = 0
    ) -> None:
        """A message to an audience, see Send."""
        self.effects.append(Send(audience, message, but, wants, lacks))

    def deliver(self, audience: Audience, message: Message, wants: int = 0, lacks: int = 0) -> None:
        """A message that is no answer, even when the asker is in the audience: it wrote to itself."""
        self.effects.append(Send(audience, message, None, wants, lacks, is_reply=False))

    def relayed(
        self, user: User, command: str, *params: str, tags: Mapping[str, str] | None = None, at: int = 0
    ) -> Message:
        """A message that comes from a user, stamped with its time and a new msgid.

        Takes  tags: client-only tags to pass on; at: its time in milliseconds, now when 0
        """
        stamped = {"time": iso(at or self.now), "msgid": self.world.new_msgid(), **user.tags}
        if tags:
            stamped.update(tags)
        return Message(command, params, user.source, stamped)

    def save(self, save: Save) -> None:
        """Store a row with this turn. The modules of `storage` make what is passed here."""
        self.saves.append(save)

    def close(self, session: Session, farewell: str, reason: str = "") -> None:
        """Hang up on a session after a last ERROR.

        Takes  farewell: what it is told; reason: what others read, the farewell when empty
        """
        self.send(session.alone, Message("ERROR", (farewell,)))
        self.closes.append(Close(session, reason or farewell))

    def drop(self, words: str) -> None:
        """None of it happens; the asker is told why. Source  numeric 400"""
        self.effects.clear()
        self.saves.clear()
        self.job = self.follow_up = self.steps = None
        self.reply(ERR_UNKNOWNERROR, words)

    def audit(self, action: str, about: str, words: str = "") -> None:
        """Something for the audit log, where moderators read who did what to whom."""
        user = self.me.user
        by, account = (user.source, user.account) if user else (self.world.name, "")
        self.save(audit_log.insert(AuditEntry(self.now, by, account, action, about, words)))

    def log_info(self, words: str) -> None:
        """A line for the server's log."""
        self.log_lines.append(words)

    def later(self, work: Work, done: JobCallback, kind: JobKind = "read") -> None:
        """Have `work(reader)` done by a worker, then `done(world, me, result, out)` here with this outbox.

        Nothing is sent or saved until then, so the world must not be changed before it. Until then, too, the
        asker may have lost what allowed the command: the role that it needs is checked again by `dispatch`,
        and whether the asker may read what was found by `playback`; whatever else matters `done` has to check
        itself. See Job
        """
        self.job = Job(work, done, kind)

    def later_for_user(self, work: Work, done: UserJobCallback, kind: JobKind = "read") -> None:
        """The same for a command of registered users: `done(world, me, user, result, out)`.

        `user` is the one that the session has then: another session of the same account may have changed it.
        """

        def done_for_user(world: World, me: Session, result: Any, out: Outbox) -> None:
            if me.user is None:
                raise NumericError(ERR_NOTREGISTERED)
            done(world, me, me.user, result, out)

        self.later(work, done_for_user, kind)

    def gradually(self, steps: Iterator[int]) -> None:
        """Have the rest of this command done a part at a time, see `gradual`. It must save nothing.

        Args:
            steps: replies to this outbox, and yields how many steps each part took.
        """
        self.steps = steps

    def advance(self) -> None:
        """Do the next part of it. At the end, `steps` is None."""
        steps, self.steps = self.steps, None
        for taken in steps or ():
            self.work += taken
            self.steps = steps
            return

    def afterwards(self, work: Work, done: JobCallback) -> None:
        """The same when this command has been kept and answered; `done` gets an outbox of its own."""
        self.follow_up = Job(work, done)

    def after(self, seconds: float, chore: Task) -> None:
        """Have this done in so many seconds, as the asker's command, if the asker is still there."""
        self.timers.append((seconds, chore))

    @contextmanager
    def batch(self, kind: str, *params: str) -> Iterator[None]:
        """Replies said within are one batch, for who knows batches.

        Source  IRCv3 batch
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
        """The same for any session: these messages are one batch, for who knows batches."""
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
                self.send(session.alone, message)
        else:
            for message in messages:
                self.send(session.alone, message)

    def finish(self) -> None:
        """The command is done: the label goes where it belongs."""
        if self.label is not None and self.me.caps & LABELED_RESPONSE:
            self.effects = labelled(self.effects, self.label, self.me, self.world.name)
