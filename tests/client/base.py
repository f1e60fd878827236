"""The base class of client tests: a client on a fake link, with a clock that the test sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from chatapp.client.client import Client
from chatapp.client.local.passwords import Passwords
from chatapp.client.login import Login
from chatapp.client.model.changes import Change, ConnectFailed
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.transport import link
from chatapp.client.transport.certificates import ServerTarget, TrustedCertificates
from chatapp.client.transport.file_requests import TransferFailed
from chatapp.client.transport.file_tasks import FileTask, TaskEnded
from chatapp.client.transport.link import Inbox
from tests.errors import Quiet

NOON = 1773316800.0  # 2026-03-12T12:00:00Z
STEP = 25.0  # seconds between two polls while time passes
EVERYTHING = (
    "message-tags server-time echo-message batch labeled-response multi-prefix userhost-in-names away-notify "
    "extended-join account-notify account-tag setname invite-notify chghost standard-replies "
    "draft/chathistory cap-notify"
)
ISUPPORT = (
    "PREFIX=(ov)@+ CHANTYPES=# CASEMAPPING=ascii CHATHISTORY=100 MSGREFTYPES=msgid,timestamp NETWORK=Room"
)


class FakeLink:
    """A link without a network: stores what is sent."""

    def __init__(self, target: ServerTarget, inbox: Inbox) -> None:
        self.target = target
        self.inbox = inbox
        self.lines: list[str] = []
        self.closed = False

    def send(self, line: str) -> None:
        self.lines.append(line)

    def close(self) -> None:
        self.closed = True

    def join(self, seconds: float) -> None:
        pass


class FakeTask:
    """A transfer without a network: the test says how it ends."""

    def __init__(self, task: FileTask, inbox: Inbox) -> None:
        self.task = task
        self.inbox = inbox
        self.done = self.total = 0
        self.is_cancelled = self.is_over = False

    def cancel(self) -> None:
        self.is_cancelled = True

    def join(self, seconds: float) -> None:
        pass


class ClientTest(Quiet):
    """A test of a client with fake links. Only the test moves its clock."""

    def setUp(self) -> None:
        super().setUp()
        self.now = NOON
        self.ahead = 0.0  # seconds that the wall clock is ahead of the clock for timers
        self.links: list[FakeLink] = []
        self._chosen: FakeLink | None = None
        self.changes: list[Change] = []
        self.trusted = TrustedCertificates()
        self.on_arrival = mock.Mock()
        self.client = Client(
            server_log=Path("unused"),
            trusted=self.trusted,
            passwords=self.passwords(),
            open_link=self._open,
            wall=lambda: self.now + self.ahead,
            clock=lambda: self.clock(),
            chance=lambda: 0.0,
            start_task=self._start_task,
            on_arrival=self.on_arrival,
        )
        self._labels: list[str] = []
        self.tasks: list[FakeTask] = []

    def passwords(self) -> Passwords:
        """Return the password stores of the client."""
        return Passwords()

    def clock(self) -> float:
        return self.now

    def _start_task(self, task: FileTask, inbox: Inbox) -> FakeTask:
        self.tasks.append(FakeTask(task, inbox))
        return self.tasks[-1]

    def end_task(self, result: object = None, failure: TransferFailed | None = None, at: int = -1) -> None:
        """Report the end of a task, by default the latest one, and poll."""
        self.tasks[at].is_over = True
        self.tasks[at].inbox.put(TaskEnded(self.tasks[at], result, failure))
        self.changes = self.client.poll(None)

    def _open(self, target: ServerTarget, inbox: Inbox) -> FakeLink:
        self.links.append(FakeLink(target, inbox))
        return self.links[-1]

    @property
    def link(self) -> FakeLink:
        """The link of the latest connection, or the one chosen by `at`."""
        return self._chosen or self.links[-1]

    @property
    def _inbox(self) -> Inbox:
        return self.link.inbox

    @contextmanager
    def at(self, chosen: FakeLink) -> Iterator[None]:
        """Let the helpers use this link within a `with` block."""
        self._chosen = chosen
        try:
            yield
        finally:
            self._chosen = None

    def connect(self, login: Login | None = None) -> None:
        """Connect the client and establish its link."""
        self.client.connect(login or Login("chat.example", 5000, "ana"))
        self.link_up()

    def link_up(self) -> None:
        """Report that the latest link is established."""
        self.put(link.LinkConnected(self.link))

    def put(self, item: object) -> list[Change]:
        """Put an item into the inbox, poll, and return the changes."""
        self._inbox.put(item)
        self.changes = self.client.poll(None)
        return self.changes

    def receive(self, *lines: str) -> list[Change]:
        """Receive these lines from the server and return the changes."""
        return self.put(link.LinesReceived(self.link, list(lines)))

    def lose_connection(self, reason: str = "") -> list[Change]:
        """Lose the connection and return the changes."""
        return self.put(link.LinkLost(self.link, reason))

    def pass_time(self, seconds: float) -> list[Change]:
        """Let time pass, in steps too short to count as sleep, and return the changes."""
        until = self.now + seconds
        self.changes = []
        while True:
            self.now = min(until, self.now + STEP)
            self.changes += self.client.poll(None)
            if self.now >= until:
                return self.changes

    def shift_clock(self, seconds: float) -> list[Change]:
        """Move the wall clock but not the clock for timers, as sleep does, and return the changes."""
        self.ahead += seconds
        self.changes = self.client.poll(None)
        return self.changes

    def sent(self) -> list[str]:
        """Return the lines that were sent since the last call."""
        lines, self.link.lines = self.link.lines, []
        return lines

    def welcome(self, capabilities: str = EVERYTHING, isupport: str = ISUPPORT, nick: str = "ana") -> None:
        """Receive the welcome of the server, with these capabilities and features."""
        if capabilities:
            self.receive(f":srv CAP * LS :{capabilities}")
            self.receive(f":srv CAP * ACK :{capabilities}")
        self.receive(f":srv 001 {nick} :Welcome", f":srv 005 {nick} {isupport} :are supported")

    def enter(self, channel: str = "#general", nick: str = "ana", others: str = "@ben chen") -> Conversation:
        """Join a channel and receive its list of members."""
        self.receive(
            f":{nick}!ana@home.example JOIN {channel} * :Ana",
            f":srv 353 {nick} = {channel} :{nick} {others}",
            f":srv 366 {nick} {channel} :End",
        )
        return self.conversation(channel)

    def online(
        self, channel: str = "#general", capabilities: str = EVERYTHING, isupport: str = ISUPPORT
    ) -> Conversation:
        """Connect, register and join a channel with an empty history. `sent` is empty then."""
        self.connect()
        self.welcome(capabilities, isupport)
        conversation = self.enter(channel)
        self.receive(f":srv 324 ana {channel} +nt")
        if "chathistory" in capabilities:
            self.page(channel)
        self.sent()
        return conversation

    def page(self, target: str, *lines: str, label: str = "") -> list[Change]:
        """Receive a page of history. The lines are given without the batch tag.

        Args:
            label: Of the request; empty if the server has no labels.
        """
        tagged = (f"@batch=h;{line[1:]}" if line[0] == "@" else f"@batch=h {line}" for line in lines)
        tag = f"@label={label} " if label else ""
        return self.receive(f"{tag}:srv BATCH +h chathistory {target}", *tagged, ":srv BATCH -h")

    def conversation(self, name: str) -> Conversation:
        found = self.client.network.find(name)
        assert found is not None, f"no conversation {name}"
        return found

    def texts(self, conversation: Conversation) -> list[str]:
        """Return the texts of the messages in a conversation, in display order."""
        return [entry.text for entry in conversation.entries if entry.kind in ("message", "action", "notice")]

    def assert_changed(self, kind: type, changes: Sequence[Change] | None = None) -> Any:
        """Check that there is a change of this kind and return the first one."""
        found = [
            change for change in (self.changes if changes is None else changes) if isinstance(change, kind)
        ]
        self.assertTrue(found, f"no {kind.__name__} in {self.changes}")
        return found[0]

    def assert_not_changed(self, kind: type) -> None:
        self.assertEqual([], [change for change in self.changes if isinstance(change, kind)])

    def assert_failed(self, kind: str) -> ConnectFailed:
        failed = self.assert_changed(ConnectFailed)
        assert isinstance(failed, ConnectFailed)
        self.assertEqual(kind, failed.kind)
        return failed


def entry(key: int, time: float, text: str = "", msgid: str = "") -> Entry:
    """Return a message of another user."""
    return Entry(key, "message", time, "ben", text or f"message {key}", msgid=msgid)
