"""The client as a front-end sees it: one object, on the front-end's own thread, that never blocks.

    poll()  gives what changed: by lines that came in, by timers that ran out, and by what the other calls did
"""

from __future__ import annotations

import logging
import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from chatapp.client import actions, events, history, launch, link, settings, talk
from chatapp.client.apply import apply, lose
from chatapp.client.changes import (
    Added,
    Change,
    ConversationChanged,
    ConversationsChanged,
    Failed,
    Opened,
    Removed,
    Reset,
    StatusChanged,
    merged,
)
from chatapp.client.composing import Composing
from chatapp.client.connection import Connection, OpenWire
from chatapp.client.events import Event
from chatapp.client.interpret import WHOX_FIELDS
from chatapp.client.launch import Launcher
from chatapp.client.link import Link
from chatapp.client.model import Conversation, Entry, EntryKind, Network
from chatapp.client.outgoing import pieces, saying
from chatapp.client.session import Login, retry_delay
from chatapp.protocol.message import Malformed, Message

BUDGET_SECONDS = 0.008
LINES_A_LOOK = 16  # lines between two looks at the clock
REGAIN_SECONDS = 30.0  # between two tries to have our own nick again
MOST_ASKED_ABOUT = 300  # members of a channel beyond which it is not asked who is away
LAST_SECONDS = 1.5  # that closing may take

log = logging.getLogger(__name__)


class Client:
    """Takes  record: the file that gets what a server started from here prints
              open_wire, wall, clock, chance: the world, for tests
    """

    def __init__(
        self,
        record: Path | None = None,
        open_wire: OpenWire = Link,
        wall: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.network = Network()
        self._record = record or settings.folder() / "server.log"
        self._open_wire, self._wall, self._clock, self._chance = open_wire, wall, clock, chance
        self._inbox: SimpleQueue[Any] = SimpleQueue()
        self._backlog: deque[str] = deque()
        self._changes: list[Change] = []
        self._login: Login | None = None
        self._connection: Connection | None = None
        self._launcher: Launcher | None = None
        self._welcomed = False  # this login was in before, so that a loss is followed by new tries
        self._attempt = 0
        self._due: float | None = None  # when the next try is made
        self._rejoin: list[Conversation] = []
        self._opening: dict[str, str] = {}  # folded channels that shall be shown when joined, with their keys
        self._labels = count(1)
        self._composing = Composing()
        self._regain_at = 0.0
        self._regaining = False

    # connecting

    def connect(self, login: Login) -> None:
        """Connect; `Failed` or a network that is online will come out of `poll`."""
        self._hang_up()
        before, self._login = self._login, login
        if before and (before.host, before.port) != (login.host, login.port):
            earlier, self.network = self.network, Network()
            self.network.ignored, self.network.watching = earlier.ignored, earlier.watching
            self._rejoin.clear()
            self._changes.append(ConversationsChanged())
        self._welcomed = False
        self._attempt = 0
        problem = _unusable(login)
        if problem:
            self._changes.append(problem)
        else:
            self._open()

    def cancel(self) -> None:
        """Stop trying to connect or to start a server."""
        if self._launcher and self.network.state == "connecting" and self._connection is None:
            self._launcher.stop()
            self._launcher = None
        self.disconnect()

    def disconnect(self, reason: str = "") -> None:
        """Leave the server; the conversations stay to be read."""
        self._hang_up(reason)
        self._set_offline()

    def reconnect_now(self) -> None:
        """Do not wait for the next try."""
        if self._due is not None:
            self._due = self._clock()

    def close(self, keep_server: bool = False) -> None:
        """Leave, and end every thread; a server that was started from here is ended or kept."""
        wire = self._connection.wire if self._connection else None
        self.disconnect()
        if wire:
            wire.join(LAST_SECONDS)
        if keep_server and self._launcher:
            self._launcher.release()
            self._launcher = None
        self.stop_server()

    # a server on this computer

    @property
    def server_running(self) -> bool:
        """Whether a server that was started from here runs."""
        return self._launcher is not None and self._launcher.running

    def start_server(self, login: Login, lan: bool = False) -> None:
        """Start a server on this computer and connect to it; the login's host is not looked at."""
        self._hang_up()
        problem = _unusable(replace(login, host=launch.HERE))
        if problem:
            self._changes.append(problem)
            return
        self.stop_server()
        self._login = login
        self._launcher = Launcher(self._inbox, login.port, lan, self._record)
        self._set_state("connecting")

    def stop_server(self) -> None:
        """End the server that was started from here."""
        if self._launcher:
            self._launcher.stop()
            self._launcher = None

    # what a front-end shows

    def poll(self, budget: float | None = BUDGET_SECONDS) -> list[Change]:
        """What has changed since the last call. Never raises.

        Takes  budget: seconds after which the rest is left for the next call; None for all there is
        """
        deadline = None if budget is None else self._clock() + budget
        done = 0
        while self._backlog or self._next_item():
            if self._backlog:
                self._guarded(self._line, self._backlog.popleft())
                done += 1
                if deadline is not None and done % LINES_A_LOOK == 0 and self._clock() >= deadline:
                    break
        self._guarded(self._tick)
        changes, self._changes = self._changes, []
        return merged(changes)

    def open(self, conversation: Conversation) -> None:
        """Make this the conversation that somebody looks at."""
        current = self.network.current
        if current and current is not conversation:
            current.rest()
        self.network.current = conversation
        self._changes.append(Opened(conversation))

    def direct(self, nick: str) -> Conversation:
        """Open the direct message with somebody."""
        conversation = self.network.find(nick)
        if conversation is None:
            conversation = self.network.add(nick, "direct")
            self._changes.append(ConversationsChanged())
            self._send_all(history.catch_up(self.network, conversation))
        self.open(conversation)
        return conversation

    def mark_read(self, conversation: Conversation) -> None:
        """Somebody has seen all of it."""
        if conversation.read():
            self._changes.append(ConversationChanged(conversation))

    def load_older(self, conversation: Conversation) -> None:
        """Ask for what was said before; it comes as `Prepended`. Does nothing when nothing can come."""
        messages = history.older(self.network, conversation)
        if messages:
            self._send_all(messages)
            self._changes.append(ConversationChanged(conversation))

    # what people do

    def run(self, conversation: Conversation | None, text: str) -> str | None:
        """What the composer sends: something said, or a slash command; `//` begins what is said with a slash.

        Gives  None, or why it was refused: the text shall be kept then
        """
        try:
            if conversation is None:
                conversation, changes = talk.here(self.network)
                self._changes += changes
            actions.run(self, conversation, text)
        except actions.Refused as refusal:
            return str(refusal)
        return None

    def say(self, conversation: Conversation, text: str, kind: EntryKind = "message") -> None:
        """Say something. It is shown at once and waits while the connection is down.

        Raises  actions.Refused where nobody would hear it
        """
        if conversation.kind == "server":
            raise actions.Refused("Nobody would read that here. Choose a channel or a person first.")
        if self.network.state == "offline":
            raise actions.Refused("You are not connected.")
        if conversation.kind == "channel" and self.network.state == "online" and not conversation.joined:
            raise actions.Refused(f"You are not in {conversation.name}.")
        network = self.network
        for piece in pieces(kind, conversation.name, text, network.nick, network.source):
            self._utter(conversation, kind, piece)
        self._composing.said(conversation)

    def retry(self, conversation: Conversation, entry: Entry) -> None:
        """Say again what has failed; it moves to the end."""
        if entry.state == "failed" and self.network.state != "offline":
            self.discard(conversation, entry)
            self._utter(conversation, entry.kind, entry.text)

    def discard(self, conversation: Conversation, entry: Entry) -> None:
        """Take away what has failed."""
        if entry.state == "failed":
            conversation.forget(entry)
            self._changes.append(Removed(conversation, (entry,)))

    def join(self, channel: str, key: str = "") -> None:
        """Go into a channel and show it."""
        found = self.network.find(channel)
        if found and found.joined:
            return self.open(found)
        self._opening[self.network.fold(channel)] = key
        return self.send(Message("JOIN", [channel, key] if key else [channel]))

    def leave(self, conversation: Conversation, reason: str = "") -> None:
        """Leave a channel, or close a direct message."""
        if conversation.kind == "channel" and conversation.joined and self.network.state == "online":
            self.send(Message("PART", [conversation.name, *([reason] if reason else [])]))
        else:
            self.network.remove(conversation)
            self._changes.append(ConversationsChanged())
            self._show_some()

    def clear(self, conversation: Conversation) -> None:
        """Take everything off the screen; the server's history stays."""
        conversation.clear()
        self._changes += [Reset(conversation), ConversationChanged(conversation)]

    def note(self, conversation: Conversation, text: str) -> None:
        """A line for us alone."""
        self._changes += talk.note(self.network, conversation, "system", text, self._wall())

    def typing(self, conversation: Conversation, text: str) -> None:
        """The text in the composer was edited: let others know that we are typing."""
        self._send_all(self._composing.edited(self.network, conversation, text, self._clock()))

    def quit(self, reason: str = "") -> None:
        """`/quit`."""
        self.disconnect(reason)

    def send(self, message: Message) -> None:
        """Send a line of any kind, if there is a server that would hear it."""
        if self._connection and self.network.state == "online":
            self._connection.send(message)

    # the connection

    def _open(self) -> None:
        assert self._login is not None
        self._due = None
        self.network.retry_at = None
        self.network.name = self.network.name or self._login.host
        self.network.nick = self.network.nick if self._welcomed else self._login.nick
        self._connection = Connection(self._login, self._welcomed, self._inbox, self._open_wire)
        self._set_state("connecting")

    def _hang_up(self, reason: str = "") -> None:
        """End the connection, if there is one, of our own will."""
        connection, self._connection, self._due = self._connection, None, None
        self._backlog.clear()
        if connection:
            self._forget_joined()
            connection.close(reason)

    def _lost(self, words: str) -> None:
        """The connection is over, and not by our will."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        failed = connection.ended(words)
        connection.close()
        self._backlog.clear()
        self._forget_joined()
        self._fail(failed)

    def _forget_joined(self) -> None:
        self._rejoin = [each for each in self.network.channels() if each.joined] or self._rejoin
        if self.network.state == "online":
            self._changes += lose(self.network, self._wall())

    def _fail(self, failed: Failed) -> None:
        """Try again if we were in before; else somebody has to change something."""
        self.network.problem = failed.words
        if self._welcomed:
            delay = retry_delay(self._attempt, self._chance())
            self._attempt += 1
            self._due = self._clock() + delay
            self.network.retry_at = self._wall() + delay
            self._set_state("waiting")
        else:
            self._set_offline()
            self._changes.append(failed)

    def _set_offline(self) -> None:
        self._due = self.network.retry_at = None
        for conversation in self.network.conversations.values():
            for entry in list(conversation.pending()):
                self._changes += talk.fail(conversation, entry, "You were disconnected before it was sent.")
        self._set_state("offline")

    def _set_state(self, state: Any) -> None:
        self.network.state = state
        self._changes.append(StatusChanged())

    # what comes in

    def _next_item(self) -> bool:
        """Take the next thing from the queue; says whether there was one."""
        try:
            item = self._inbox.get_nowait()
        except Empty:
            return False
        self._guarded(self._take, item)
        return True

    def _take(self, item: link.Item | launch.Item) -> None:
        if isinstance(item, launch.Launched | launch.LaunchFailed):
            if item.launcher is self._launcher:
                self._launched(item)
        elif self._connection is None or item.link is not self._connection.wire:
            return  # an earlier connection's last words
        elif isinstance(item, link.Received):
            self._backlog.extend(item.lines)
        elif isinstance(item, link.Connected):
            self._connection.connected(self._clock())
            self._set_state("registering")
        elif isinstance(item, link.Lost):
            self._lost(item.words)
        else:
            self._connection = None
            self._fail(Failed("host" if item.kind == "cancelled" else item.kind, item.words))

    def _launched(self, item: launch.Item) -> None:
        assert self._login is not None
        if isinstance(item, launch.LaunchFailed):
            self._launcher = None
            self._set_offline()
            self._changes.append(Failed("launch", item.words))
            return
        if not item.started:
            self._launcher = None
        self.connect(replace(self._login, host=item.host, port=item.port))

    def _line(self, line: str) -> None:
        connection = self._connection
        if connection is None:
            return
        try:
            found = connection.read(line, self._clock())
        except Malformed as error:
            log.warning("skipped %r: %s", line[:200], error)
            return
        if connection.refusal and not self._welcomed:
            self._lost("")
            return
        for event in found:
            self._event(event)

    def _event(self, event: Event) -> None:
        network, now = self.network, self._wall()
        match event:
            case events.HistoryPage():
                changes, messages = history.take(network, event, now)
            case events.HistoryTargets():
                changes, messages = history.take_targets(network, event)
            case events.Refused(command="CHATHISTORY"):
                changes, messages = history.refused(network, event)
            case events.NickRefused() if self._regaining:
                self._regaining = False
                return
            case _:
                changes, messages = apply(network, event, now), []
        self._changes += changes
        self._send_all(messages)
        reaction = _REACTIONS.get(type(event))
        if reaction:
            reaction(self, event)

    def _registered(self, event: events.Registered) -> None:
        assert self._login is not None and self._connection is not None
        network = self.network
        network.capabilities = self._connection.session.capabilities
        self._welcomed = True
        self._attempt = 0
        self._regain_at = self._clock() + REGAIN_SECONDS
        for channel in self._login.channels:
            if network.find(channel) is None:
                self.send(Message("JOIN", [channel]))
        for each in self._rejoin:
            self.send(Message("JOIN", [each.name, each.channel_key] if each.channel_key else [each.name]))
        self._rejoin = []
        self._send_all(history.catch_up_directs(network, self._wall()))
        for conversation in network.conversations.values():
            if conversation.kind == "direct":
                self._send_held(conversation)

    def _joined(self, event: events.Joined) -> None:
        network = self.network
        conversation = network.find(event.channel)
        if conversation is None or not network.is_me(event.nick):
            return
        folded = network.fold(event.channel)
        key = self._opening.pop(folded, None)
        conversation.channel_key = key or conversation.channel_key
        self._send_all(history.catch_up(network, conversation))
        self._send_held(conversation)
        if key is not None or network.current is None or (
            network.current.kind == "server" and network.channels() == [conversation]
        ):
            self.open(conversation)

    def _parted(self, event: events.Parted) -> None:
        self._show_some()

    def _roster(self, event: events.Roster) -> None:
        """Ask who of them is away."""
        if len(event.people) <= MOST_ASKED_ABOUT:
            fields = [WHOX_FIELDS] if "WHOX" in self.network.isupport else []
            self.send(Message("WHO", [event.channel, *fields]))

    def _renamed(self, event: events.Renamed) -> None:
        """Our own new nick is the one to come back with; somebody else's may set ours free."""
        assert self._login is not None
        if event.to == self.network.nick and not self._regaining:
            self._login = replace(self._login, nick=event.to)
        self._regaining = False
        self._freed(event)

    def _freed(self, event: events.HasQuit | events.Renamed) -> None:
        assert self._login is not None
        if self.network.fold(event.nick) == self.network.fold(self._login.nick):
            self._regain_at = 0.0

    def _show_some(self) -> None:
        """Show some conversation when the one that was shown has gone."""
        network = self.network
        if network.current is None and network.conversations:
            rest = list(network.conversations.values())
            self.open(next((each for each in rest if each.kind == "channel"), rest[0]))

    # what goes out

    def _send_all(self, messages: list[Message]) -> None:
        for message in messages:
            self.send(message)

    def _utter(self, conversation: Conversation, kind: EntryKind, text: str) -> None:
        """Show one line of ours, and send it if it can be sent now."""
        network = self.network
        last = conversation.entries[-1].time if conversation.entries else 0.0
        entry = network.entry(kind, max(network.time(self._wall()), last), network.nick, text)
        entry.own = True
        conversation.wait(entry)
        if network.state == "online" and (conversation.joined or conversation.kind == "direct"):
            self._transmit(conversation, entry)
        self._changes.append(Added(conversation, (entry,)))

    def _transmit(self, conversation: Conversation, entry: Entry) -> None:
        """Send a line that waits. It has a label from then on, whether the server knows labels or not."""
        capabilities = self.network.capabilities
        entry.label = str(next(self._labels))
        message = saying(entry.kind, conversation.name, entry.text)
        self.send(message.tagged(label=entry.label) if "labeled-response" in capabilities else message)
        if "echo-message" not in capabilities:
            conversation.settle(entry, "sent", entry.time)

    def _send_held(self, conversation: Conversation) -> None:
        """Send what was said while the connection was down."""
        for entry in [each for each in conversation.pending() if not each.label]:
            self._transmit(conversation, entry)
            self._changes.append(Reset(conversation))

    # what time does

    def _tick(self) -> None:
        now = self._clock()
        if self._due is not None and now >= self._due:
            self._open()
        if self._connection:
            words = self._connection.look(now)
            if words:
                self._lost(words)
        if self.network.state == "online":
            self._changes += talk.still_typing(self.network, self._wall())
            self._changes += talk.unconfirmed(self.network, self._wall())
            self._regain(now)

    def _regain(self, now: float) -> None:
        """Take our own nick back once it is free."""
        assert self._login is not None
        if now >= self._regain_at and not self.network.is_me(self._login.nick):
            self._regain_at = now + REGAIN_SECONDS
            self._regaining = True
            self.send(Message("NICK", [self._login.nick]))

    def _guarded(self, work: Callable[..., None], *arguments: Any) -> None:
        """One of the borders at which bugs are caught: what one line breaks costs that line alone."""
        try:
            work(*arguments)
        except Exception:
            log.exception("this could not be dealt with: %r", arguments)


def _unusable(login: Login) -> Failed | None:
    """What is wrong with a login before anybody is asked."""
    if not login.nick.strip():
        return Failed("name", "Type the name that others shall see.")
    if len(login.nick.split()) > 1:
        return Failed("name", "A name has no spaces.", "_".join(login.nick.split()))
    if not login.host.strip():
        return Failed("host", "Type the address of a server.")
    if not 0 < login.port < 65536:
        return Failed("port", "A port is a number from 1 to 65535.")
    return None


_REACTIONS: dict[type[Any], Callable[[Client, Any], None]] = {
    events.Registered: Client._registered,
    events.Joined: Client._joined,
    events.Parted: Client._parted,
    events.Roster: Client._roster,
    events.Renamed: Client._renamed,
    events.HasQuit: Client._freed,
}
