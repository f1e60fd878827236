"""The base class of server tests: clients on fake links, a clock that the test sets, no undetected errors.

A test is a dialogue:

    self.enter("ann", "bob", channel="#c")     # ann creates it, so she is its operator
    self.say("ann", "MODE #c +m")
    self.assertGot("bob", ":ann MODE #c +m")
    self.say("bob", "PRIVMSG #c :hello")
    self.assertGot("bob", "404 bob #c :Only members with voice or a higher rank can write here (+m)")

Lines are compared in a short form: without tags, only with the nick of a source, and without a source if they
come from the server. `messages` returns them whole.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Literal
from unittest.mock import patch

from chatapp.protocol.credentials import FEWEST_ROUNDS, Credentials
from chatapp.protocol.message import Message
from chatapp.protocol.sasl import Plain, split_response
from chatapp.server import config
from chatapp.server.app import HOOKS
from chatapp.server.commands import COMMANDS, HELP_TEXTS, AnyoneHandler, UserCommand
from chatapp.server.core.inbound import Item, read
from chatapp.server.core.inbox import Arrival, Connected, Disconnected, FileAsked, JobFinished, Received
from chatapp.server.core.loop import Core
from chatapp.server.core.outbox import Job, Outbox, Work
from chatapp.server.state.accounts import Account, Role
from chatapp.server.state.channel import Channel
from chatapp.server.state.connection import LineFramer
from chatapp.server.state.file_transfers import FileAnswer, FileRequest, HttpReply
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import account_rows, message_rows
from chatapp.server.storage.database import Database
from chatapp.server.storage.reader import Reader
from chatapp.server.storage.search_index import open_index
from chatapp.server.storage.statements import Save
from chatapp.server.tasks.retention import SECONDS, Retention
from chatapp.server.tasks.startup import prepare_world
from tests.errors import Quiet

NOON = 1_773_316_800.0  # 12 March 2026, 12:00:00 UTC: the time at the start of every test
SERVER = "chatapp.local"


class FakeLink:
    """A connection without a socket. What is flushed is appended to `data`; a slow one accepts nothing."""

    def __init__(self, address: str, port: int) -> None:
        self.address = address
        self.peer = (address, port)
        self.data = b""
        self.is_slow = False
        self.is_closed = False
        self.is_aborted = False
        self.is_secure = False
        self.certificate = b""
        self.is_disposed = False
        self.was_asked_for_name = False
        self.admits_clear_text = True
        self.resumed = 0
        self.answers: list[FileAnswer] = []
        self.refusals: list[HttpReply] = []
        self.charged = 0.0
        self._unsent = b""

    @property
    def backlog(self) -> int:
        return len(self._unsent)

    def put(self, data: bytes) -> None:
        assert not self.is_closed, f"put after close: {data!r}"
        self._unsent += data

    def send_raw(self, data: bytes, framer: LineFramer | None) -> None:
        self.data += data

    def flush(self) -> int:
        if not self.is_slow:
            self.data, self._unsent = self.data + self._unsent, b""
        return len(self._unsent)

    def on_writable(self) -> None:
        self.flush()

    def charge(self, commands: float) -> None:
        self.charged += commands

    def resume(self) -> None:
        self.resumed += 1

    def answer(self, answer: FileAnswer) -> None:
        self.answers.append(answer)

    def break_off(self, reply: HttpReply) -> None:
        self.refusals.append(reply)

    def close(self) -> None:
        self.flush()
        self.is_closed = True

    def start_without_tls(self) -> bool:
        return self.admits_clear_text

    def abort(self) -> None:
        self.is_aborted = True

    def dispose(self) -> None:
        self.is_disposed = True

    def take(self) -> str:
        """Return the data since the last call, as text."""
        data, self.data = self.data, b""
        return data.decode()


def temporary_command(handler: AnyoneHandler, parameters: int = 0) -> AbstractContextManager[object]:
    """Register a command FOO for the duration of a test. Its handler does not get the user."""

    def handle(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
        handler(world, me, msg, out)

    return patch.dict(COMMANDS, {"FOO": UserCommand(handle, parameters)})


@cache
def _empty_database() -> bytes:
    """Return the file of a new database. Creating the tables takes longer than most tests."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "chat.db")
        Database(file).close()
        return file.read_bytes()


class ServerTest(Quiet):
    """A test of a server without sockets, threads and real time. A logged error fails it.

    Clients are identified by the name of their connection, even after a NICK.

    Attributes:
        CONFIG: The configuration in TOML. Without [channels] in it, new users are in no channel.
        HOOKS: What the core calls.
    """

    CONFIG = ""
    HOOKS = HOOKS

    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self._database = Path(folder.name) / "chat.db"
        self._replaced = 0
        self._passed = 0.0
        self._ports = 40_000
        self._start()
        self.addCleanup(self._stop)

        self.enterContext(patch.object(Outbox, "save", _save))

    def _start(self) -> None:
        self.links: dict[str, FakeLink] = {}
        self._jobs: list[tuple[Outbox, Job]] = []
        self._busy: Literal["", "before", "after"] = ""
        self._held_jobs: list[tuple[Outbox, Job]] = []
        self._undelivered: list[JobFinished] = []
        self._ended: set[FakeLink] = set()
        settings = self.CONFIG if "[channels]" in self.CONFIG else f"{self.CONFIG}\n[channels]\ndefault = []"
        if not self._database.exists():
            self._database.write_bytes(_empty_database())
        self.store = Database(self._database)
        self.store.rows("PRAGMA synchronous = OFF")  # no test cuts the power
        self.reader = Reader(self._database)
        self.world = World(
            config.parse(settings), self._milliseconds(), b"secret", message_rows.newest_id(self.store)
        )
        self.world.help_texts = HELP_TEXTS
        prepare_world(self.world, self.store)
        self.core = Core(
            self.world, self.store, self.HOOKS, self._add_job, self._seconds, lambda: self._passed
        )

    def _stop(self) -> None:
        self.reader.close()
        self.store.close()

    def restart(self) -> None:
        """Start the server again after a crash: all connections are gone, and stored data are loaded."""
        self._stop()
        self._start()

    def replace(self) -> None:
        """Replace the server by one with an empty database."""
        self._stop()
        self._replaced += 1
        self._database = self._database.with_stem(f"chat-{self._replaced}")
        self._start()

    # connecting and disconnecting

    def connect(self, name: str, address: str = "192.0.2.7", is_secure: bool = False) -> FakeLink:
        """Connect a client that sends nothing yet."""
        self._ports += 1
        link = self.links[name] = FakeLink(address, self._ports)
        link.is_secure = is_secure
        self.turn(Connected(link))
        return link

    def enter(
        self, *names: str, channel: str = "", caps: str = "", address: str = "192.0.2.7", realname: str = ""
    ) -> None:
        """Connect clients one after the other, register them and let them join the channel; then `forget`.

        Args:
            caps: The capabilities to request, separated by spaces.
        """
        for name in names:
            self.connect(name, address)
            if caps:
                self.say(name, f"CAP REQ :{caps}")
            self.say(name, f"NICK {name}", f"USER {name} 0 * :{realname or name.title()}", "CAP END")
            if channel:
                self.say(name, f"JOIN {channel}")
            assert self.world.users[name.casefold()], name
        self.forget()

    def make_account(self, *names: str, password: str = "sesame", role: Role = "member") -> None:
        """Create accounts in the world and the database."""
        for name in names:
            credentials = Credentials.make(password, b"salt" * 4, FEWEST_ROUNDS).stored()
            account = Account(name, credentials, role, "", self._milliseconds())
            self.world.add_account(account)
            self.store.write([account_rows.insert(account)])

    def authenticate(self, name: str, account: str, password: str = "sesame") -> None:
        """Log a client in with SASL PLAIN."""
        self.links[name].is_secure = True  # passwords are refused otherwise
        (response,) = split_response(bytes(Plain(account, password)))
        self.say(name, "AUTHENTICATE PLAIN", f"AUTHENTICATE {response}")

    def enter_as(
        self, account: str, *names: str, nick: str = "", channel: str = "", caps: str = "", address: str = ""
    ) -> None:
        """Connect sessions of an account, like `enter`, all with one nick. Create the account if necessary.

        Args:
            nick: The nick; by default the name of the account.
        """
        if account.casefold() not in self.world.accounts:
            self.make_account(account)
        for name in names or [account]:
            self.connect(name, address or "192.0.2.7")
            self.say(name, f"CAP REQ :sasl {caps}")
            self.authenticate(name, account)
            self.say(name, f"NICK {nick or account}", f"USER {name} 0 * :{name.title()}", "CAP END")
            if channel:
                self.say(name, f"JOIN {channel}")
        self.forget()

    def hang_up(self, name: str, reason: str = "Connection closed") -> None:
        """End the connection of a client without a QUIT."""
        self._ended.add(self.links[name])
        self.turn(Disconnected(self.links[name], reason))

    # sending and receiving

    def say(self, name: str, *lines: str) -> None:
        """Let a client send lines, all in one turn."""
        self.send(name, *read(line.encode() for line in lines))

    def send(self, name: str, *items: Item) -> None:
        """Let a client send items, which may include invalid lines and typed lines of plain text."""
        link = self.links[name]
        assert link not in self._ended, f"{name} is disconnected: {link.take()}"
        self.turn(Received(link, list(items)))

    def ask_for_file(self, name: str, request: FileRequest) -> FileAnswer:
        """Let a connection make a request about a file, and return the answer."""
        link = self.links[name]
        self.turn(FileAsked(link, request))
        (answer,) = link.answers
        link.answers.clear()
        return answer

    def text(self, name: str) -> str:
        """Return the raw text that a client got since the last call."""
        return self.links[name].take()

    def messages(self, name: str) -> list[Message]:
        """Return the messages that a client got since the last call."""
        lines = self.text(name).split("\r\n")
        assert lines.pop() == "", "a line without an end"
        return [Message.parse(line) for line in lines]

    def got(self, name: str) -> list[str]:
        """Return the lines that a client got since the last call, in short form."""
        return [_short(message) for message in self.messages(name)]

    def codes(self, name: str) -> list[str]:
        """Return the commands and numerics that a client got since the last call."""
        return [message.command for message in self.messages(name)]

    def answer(self, name: str, *lines: str) -> list[str]:
        """Let a client send lines and return the answer in short form."""
        self.text(name)
        self.say(name, *lines)
        return self.got(name)

    def forget(self) -> None:
        """Drop everything that clients have got until now."""
        for link in self.links.values():
            link.take()

    def assertGot(self, name: str, *lines: str) -> None:
        """Check that a client got exactly these lines since the last call."""
        self.assertEqual(self.got(name), list(lines))

    def assertAnswer(self, name: str, line: str, *expected: str) -> None:
        """Check that a client gets exactly these lines in answer to a line."""
        self.assertEqual(self.answer(name, line), list(expected))

    # the world

    def user(self, name: str) -> User:
        """Return the user with this nick."""
        return self.world.users[name.casefold()]

    def channel(self, name: str) -> Channel:
        return self.world.channels[name.casefold()]

    def log_in(self, name: str, account: str = "") -> None:
        """Log a user in to an account, by default of the same name, without a message."""
        self.world.set_account(self.user(name), account or name)

    def make_operator(self, name: str, role: Role = "owner") -> None:
        """Give a user a role, without a message."""
        self.world.set_role(self.user(name), role)

    def act(self, name: str, action: Callable[[Outbox], None]) -> None:
        """Run an action with an outbox, as a command of this user would."""
        out = Outbox(self.world, self.user(name).sessions[0], None, self._milliseconds(), self._passed)
        self.turn(JobFinished(out, lambda world, me, result, out: action(out), None, None))

    # jobs

    @contextmanager
    def jobs_under_way(self, read: Literal["before", "after"] = "after") -> Iterator[None]:
        """Hold the jobs of the first commands of a `with` block until its end.

        Args:
            read: Whether the workers read the database before or after the `with` block.
        """
        self._busy = read
        yield
        self._busy = ""
        held, self._held_jobs = self._held_jobs, []
        undelivered, self._undelivered = self._undelivered, []
        self.turn(*undelivered, *(self._finished(out, job) for out, job in held))

    # time

    def pass_time(self, seconds: float) -> None:
        """Let time pass, in steps of at most a second. Clients do not answer PING meanwhile."""
        while seconds > 0:
            step = min(seconds, 1.0)
            self._passed += step
            seconds -= step
            self.turn()

    def turn(self, *arrivals: Arrival) -> None:
        """Run a turn and the turns that follow from it, in which jobs finish and closed links end."""
        following = list(arrivals)
        while True:
            self.core.turn(following)
            following = self._following()
            if not following:
                return

    def _following(self) -> list[Arrival]:
        jobs, self._jobs = self._jobs, []
        closed = [link for link in self.links.values() if link.is_closed and link not in self._ended]
        self._ended.update(closed)
        ended: list[Arrival] = [Disconnected(link, "Connection closed") for link in closed]
        if self._busy == "after":
            self._held_jobs += jobs
            return ended
        finished = [self._finished(out, job) for out, job in jobs]
        if self._busy == "before":
            self._undelivered += finished
            return ended
        return [*finished, *ended]

    def _finished(self, out: Outbox, job: Job) -> JobFinished:
        return JobFinished(out, job.done, *self._worked(job.work))

    def _worked(self, work: Work) -> tuple[Any, Exception | None]:
        try:
            return work(self.reader), None
        except Exception as error:
            return None, error

    def _add_job(self, out: Outbox, job: Job) -> None:
        self._jobs.append((out, job))

    def _seconds(self) -> float:
        return NOON + self._passed

    def _milliseconds(self) -> int:
        return int(self._seconds() * 1000)


def _save(out: Outbox, save: Save) -> None:
    """Do the same as `Outbox.save`, and check that a command that only reads stores nothing."""
    assert not out.cause or not HOOKS.reads_of(out.cause), f"{out.cause} would {save.statement.name}"
    out.saves.append(save)


def _short(message: Message) -> str:
    source = "" if message.source == SERVER else message.nick
    return Message(message.command, message.params, source).body()


class IndexedTest(ServerTest):
    """A test of a server with a search index, which is updated a moment after a message."""

    def _start(self) -> None:
        super()._start()
        path = self._database.with_name("words.db")
        self.index = open_index(path, self._database)
        assert self.index
        self.reader.close()
        self.reader = Reader(self._database, self.index)
        self.core.run_every(SECONDS, Retention(self.index))

    def _stop(self) -> None:
        assert self.index
        self.index.close()
        super()._stop()
