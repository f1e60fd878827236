"""The client as a front-end sees it: one object, on the front-end's own thread, that never blocks.

poll()  gives what changed: by lines that came in, by timers that ran out, and by what the other calls did
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from chatapp.client.incoming import events
from chatapp.client.incoming.error_texts import error_text, nick_error_text
from chatapp.client.incoming.events import Event
from chatapp.client.incoming.handlers import WHOX_FIELDS
from chatapp.client.local import server_process, settings
from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.local.local_server import LocalServer
from chatapp.client.local.local_server_record import HERE
from chatapp.client.local.passwords import PasswordEvent, PasswordFound, Passwords, PasswordStored
from chatapp.client.login import Login, unusable
from chatapp.client.model import (
    delivery_status,
    history,
    ignored_people,
    incoming_messages,
    read_state,
    search_results,
)
from chatapp.client.model.apply import apply, clock_set_back, connection_abandoned, connection_lost
from chatapp.client.model.changes import (
    Change,
    ConnectFailed,
    ConversationChanged,
    ConversationOpened,
    ConversationsChanged,
    Removed,
    Reset,
    StatusChanged,
    merged,
)
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry, EntryKind
from chatapp.client.model.network import Network, NetworkState
from chatapp.client.model.read_state import ReadMarkers
from chatapp.client.model.search_results import RequestedResults
from chatapp.client.outgoing import sending, slash_commands
from chatapp.client.outgoing.command_feedback import CommandFeedback
from chatapp.client.outgoing.line_splitting import ask_before, joins, pieces
from chatapp.client.outgoing.typing_notices import TypingNotices
from chatapp.client.session.background_requests import BackgroundRequests
from chatapp.client.session.clock_watch import ClockWatch
from chatapp.client.session.connection import OpenWire
from chatapp.client.session.lifeline import Hooks, Lifeline
from chatapp.client.session.missed_messages import MissedMessages
from chatapp.client.session.nick_reclaim import NickReclaim
from chatapp.client.session.reopen_conversations import ReopenConversations
from chatapp.client.session.salting import Salted
from chatapp.client.text import links
from chatapp.client.transport.certificates import CertificateProblem, TrustedCertificates
from chatapp.client.transport.link import Link, LinkEvent
from chatapp.protocol.invite_links import Invite
from chatapp.protocol.message import Message

BUDGET_SECONDS = 0.008
LINES_A_LOOK = 16  # lines between two looks at the clock
MOST_ASKED_ABOUT = 300  # members of a channel beyond which it is not asked who is away
NOT_STORED = "Your password could not be stored. You must enter it again next time."
LAST_SECONDS = 1.5  # that closing may take
OWNER = "owner"  # by this name one runs a server of ours
OWNED = (
    "You started this server, so you are its owner: you can kick, ban and change what you like in every "
    "channel.\nThe owner's password is {password}. This computer remembers it. Write it down for other "
    "computers: there, /oper {name} {password} makes you the owner; if you are logged in to an account, for "
    "good."
)

log = logging.getLogger(__name__)


class Client:
    """Takes  record: the file that gets what a server started from here prints
    trusted: the certificates that are trusted
    passwords: those that may be remembered
    open_wire, wall, clock, chance: the world, for tests
    """

    def __init__(
        self,
        record: Path | None = None,
        trusted: TrustedCertificates | None = None,
        passwords: Passwords | None = None,
        open_wire: OpenWire = Link,
        wall: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.network = Network()
        self._wall, self._clock = wall, clock
        self._clock_watch = ClockWatch(wall(), clock())
        self._inbox: SimpleQueue[Any] = SimpleQueue()
        self._changes: list[Change] = []
        self._trusted = trusted or TrustedCertificates(settings.folder() / "trusted.json")
        hooks = Hooks(self._stand, self._event, self._left, self._failed)
        self._lifeline = Lifeline(self._inbox, open_wire, self._trusted, clock, chance, hooks)
        self._hosting = LocalServer(self._inbox, record or settings.folder() / "server.log")
        self._passwords = passwords or Passwords()
        self._seeking: Login | None = None  # its password is being looked for
        self._found = ""  # the password that is kept already
        self._rejoin: list[Conversation] = []  # the channels that we were in when the connection was lost
        self._opening: set[str] = set()  # folded channels to be shown once joined
        self._keys: dict[str, str] = {}  # with which we asked to join channels, by folded name
        self._labels = count(1)
        self._composing = TypingNotices()
        self._background = BackgroundRequests()
        self._commanded = CommandFeedback()
        self._survey = MissedMessages()
        self._comeback = ReopenConversations()
        self._marks = ReadMarkers()
        self._quoted = RequestedResults()
        self._regain = NickReclaim()
        self._slow_pages = history.SlowPages()

    # connecting

    def connect(self, login: Login) -> None:
        """Connect; `Failed`, or a network that is online, will come out of `poll`."""
        before = self._lifeline.login
        problem = unusable(login)
        if problem:
            self._changes.append(problem)
            return
        if before.host and (before.host, before.port) != (login.host, login.port):
            self._keep_memory()
            self._lifeline.disconnect()
            earlier, self.network = self.network, Network()
            self.network.ignored, self.network.watching = (
                ignored_people.stored_keys(earlier),
                earlier.watching,
            )
            self._rejoin.clear()
            self._changes.append(ConversationsChanged(self.network))
        if self.memory:
            self.memory.recall(login.address, self.network)
        self.network.name = self.network.name or login.host
        self.network.nick = login.nick
        self._seeking, self._found = None, ""
        if login.remember and not login.password:
            self._lifeline.disconnect()
            self._seeking = login
            self._passwords.find(login, self._inbox)
            self._stand("connecting")
        else:
            self._lifeline.connect(login)

    def trust(self, doubt: CertificateProblem) -> None:
        """A person has decided that a certificate is the right one: remember it, and connect."""
        self._trusted.trust(doubt.host, doubt.port, doubt.fingerprint)
        self._lifeline.connect(self._lifeline.login)

    @property
    def keeps_passwords(self) -> str:
        """Where passwords are kept, in words, after "kept"; nothing when they are not."""
        return self._passwords.location

    def forget_password(self, login: Login) -> None:
        """Keep the password of this login no longer."""
        self._passwords.delete(login)

    def cancel(self) -> None:
        """Stop trying to connect or to start a server."""
        if self._hosting.starts:
            self._hosting.stop()
        self._seeking = None
        self._lifeline.disconnect()

    def disconnect(self, reason: str = "") -> None:
        """Leave the server; the conversations stay to be read."""
        self._keep_memory()
        self._tell_marks(all_of_them=True)
        self._lifeline.disconnect(reason)

    def reconnect_now(self) -> None:
        """Do not wait for the next try."""
        self._lifeline.hurry()

    def close(self, keep_server: bool = False) -> None:
        """Leave, and end every thread; a server that was started from here is ended or kept."""
        self._tell_marks(all_of_them=True)
        if keep_server:
            self._hosting.release()
        elif self.server_running and not self._hosting.runs:
            self.send(Message("DIE"))  # an earlier window has started it, so it is not our child process
        self._lifeline.close(LAST_SECONDS)
        self._hosting.stop()

    @property
    def login(self) -> Login:
        """With what we are connected, or try to be."""
        return self._lifeline.login

    @property
    def memory(self) -> ConversationPrefs | None:
        """What a front-end lets us keep from one run to the next."""
        return self._comeback.memory

    @memory.setter
    def memory(self, memory: ConversationPrefs) -> None:
        self._comeback.memory = memory

    # a server on this computer

    @property
    def server_running(self) -> bool:
        """Whether a server runs that this window or an earlier one has started, and that we can stop."""
        network = self.network
        is_ours = network.state == "online" and network.is_server_operator and self._hosting.is_at(self.login)
        return self._hosting.runs or is_ours

    def start_server(self, login: Login, lan: bool = False) -> None:
        """Start a server on this computer and connect to it; the login's host is not looked at."""
        problem = unusable(replace(login, host=HERE))
        if problem:
            self._changes.append(problem)
            return
        self._lifeline.disconnect()
        self._hosting.start(login, lan)
        self._stand("connecting")

    # what a front-end shows

    def poll(self, budget: float | None = BUDGET_SECONDS) -> list[Change]:
        """What has changed since the last call. Never raises.

        Takes  budget: seconds after which the rest is left for the next call; None for all there is
        """
        self.network.monotonic = self._clock()
        deadline = None if budget is None else self.network.monotonic + budget
        done = 0
        while not self._lifeline.idle or self._next_item():
            if not self._lifeline.idle:
                self._guarded(self._lifeline.read)
                done += 1
                if deadline is not None and done % LINES_A_LOOK == 0 and self._clock() >= deadline:
                    break
        self._guarded(self._tick)
        changes, self._changes = self._changes, []
        return merged(changes)

    def open(self, conversation: Conversation) -> None:
        """Make this the conversation that somebody looks at."""
        self._comeback.chosen()
        self._show(conversation)

    def _show(self, conversation: Conversation) -> None:
        current = self.network.current
        if current and current is not conversation:
            current.reset_limit()
        self.network.current = conversation
        self._changes.append(ConversationOpened(conversation))
        self._ask_modes(conversation)
        if conversation.kind == "direct" and conversation.newest is None and not conversation.complete:
            self._done(([], history.catch_up(self.network, conversation)))  # nobody looked there until now

    def direct(self, nick: str) -> Conversation:
        """Open the direct message with somebody."""
        conversation = self.network.find(nick)
        if conversation is None:
            conversation = self.network.add(nick, "direct")
            if conversation.unread_after is None:
                conversation.starts_at = self.network.time(self._wall())
            self._changes.append(ConversationsChanged(self.network))
            self._done(([], history.catch_up(self.network, conversation)))
        self.open(conversation)
        return conversation

    def mark_read(self, conversation: Conversation) -> None:
        """Somebody has seen all of it."""
        if read_state.mark_read(self.network, conversation):
            self._changes.append(ConversationChanged(conversation))

    def mark_read_to(self, conversation: Conversation, entry: Entry) -> None:
        """Somebody has scrolled down to this entry, and not yet further."""
        if conversation.unread:
            self._changes += read_state.mark_read_until(self.network, conversation, entry.time)

    def load_older(self, conversation: Conversation) -> None:
        """Ask for what was said before; it comes as `Prepended`. Does nothing when nothing can come."""
        messages = history.request_older(self.network, conversation)
        if messages:
            self._done(([ConversationChanged(conversation)], messages))

    # what people do

    def run(self, conversation: Conversation | None, text: str) -> str | None:
        """What the composer sends: something said, or a slash command; `//` begins what is said with a slash.

        Gives  None, or why it was refused: the text shall be kept then
        """
        try:
            if conversation is None:
                conversation, changes = incoming_messages.current_conversation(self.network)
                self._changes += changes
            slash_commands.run(self, conversation, text)
            self._commanded.typed(conversation, text, self._clock())
        except slash_commands.CommandError as refusal:
            return str(refusal)
        return None

    def question(self, conversation: Conversation | None, text: str) -> str:
        """Return what to ask before `run`, for a text that makes many messages; else nothing."""
        target, network = conversation.name if conversation else "", self.network
        said = slash_commands.spoken(text)
        return ask_before(sum(1 for _ in pieces("message", target, said, network.nick, network.source)))

    def say(self, conversation: Conversation, text: str, kind: EntryKind = "message") -> None:
        """Say something. It is shown at once and waits while the connection is down.

        Raises  actions.Refused where nobody would hear it
        """
        network = self.network
        if conversation.kind == "server":
            raise slash_commands.CommandError(
                "Nobody would read that here. Choose a channel or a person first."
            )
        if network.state == "offline":
            raise slash_commands.CommandError("You are not connected.")
        if conversation.kind == "channel" and network.state == "online" and not conversation.joined:
            raise slash_commands.CommandError(f"You are not in {conversation.name}.")
        self._composing.said(conversation)
        network.monotonic = self._clock()
        self._done(sending.say(network, conversation, kind, text, self._labels, self._wall()))

    def retry(self, conversation: Conversation, entry: Entry) -> str | None:
        """Say again what has failed; it moves to the end. Gives None, or why it cannot be said now."""
        if entry.state == "failed":
            try:
                self.say(conversation, entry.text, entry.kind)
            except slash_commands.CommandError as refusal:
                return str(refusal)
            self.discard(conversation, entry)
        return None

    def discard(self, conversation: Conversation, entry: Entry) -> None:
        """Take away what has failed."""
        if entry.state == "failed":
            conversation.remove(entry)
            self._changes.append(Removed(conversation, (entry,)))

    def join(self, channel: str, key: str = "") -> None:
        """Go into a channel and show it."""
        found = self.network.find(channel)
        if found and found.joined:
            return self.open(found)
        self._opening.add(self.network.fold(channel))
        return self.send(Message("JOIN", [channel, key] if key else [channel]))

    def follow_channel(self, link: str) -> str | None:
        """Show the channel of a `#channel` that was clicked, joining it first if need be.

        Returns:
            None, or why that cannot be done now.
        """
        known = next(filter(None, map(self.network.find, [link, *links.beginnings(link)])), None)
        if self.network.state == "online":
            self.join(known.name if known else link)
        elif known:
            self.open(known)
        else:
            return "You are not connected."
        return None

    def list_channels(self) -> None:
        """Ask which channels there are; the answer comes as `ChannelsListed`."""
        self.send(Message("LIST"))

    def leave(self, conversation: Conversation, reason: str = "") -> None:
        """Leave a channel, or close a direct message."""
        if conversation.kind == "channel" and conversation.joined and self.network.state == "online":
            self.send(Message("PART", [conversation.name, *([reason] if reason else [])]))
        else:
            self.network.remove(conversation)
            self._changes.append(ConversationsChanged(self.network))
            self._show_some()

    def clear(self, conversation: Conversation) -> None:
        """Take everything off the screen; the server's history stays."""
        conversation.clear()
        self._changes += [Reset(conversation), ConversationChanged(conversation)]

    def show(self, changes: Iterable[Change]) -> None:
        """Tell the front-end what has changed."""
        self._changes += changes

    def note(self, conversation: Conversation, text: str) -> None:
        """A line for us alone."""
        self._changes += incoming_messages.note(self.network, conversation, "system", text, self._wall())

    def typing(self, conversation: Conversation, text: str) -> None:
        """The text in the composer was edited: let others know that we are typing."""
        for message in self._composing.edited(self.network, conversation, text, self._clock()):
            self._ask(message)

    def quit(self, reason: str = "") -> None:
        """`/quit`."""
        self.disconnect(reason)

    def invite_link(self, conversation: Conversation | None) -> str:
        """The link that brings others to where we are, into this channel if it is one."""
        login = self._lifeline.login
        if self._hosting.link and self._hosting.is_at(login):
            found = self._hosting.link
        else:
            pin = login.pin or self._trusted.known(login.host, login.port)
            found = Invite(login.host, login.port, pin=pin, secure=self.network.privacy == "encrypted")
        is_channel = conversation is not None and conversation.kind == "channel"
        return str(replace(found, channels=(conversation.name,)) if conversation and is_channel else found)

    def follow(self, invite: Invite) -> bool:
        """Go into the channels of a link, if it leads to where we are; says whether it does."""
        here = Invite.parse(self.invite_link(None))
        same = (invite.host, invite.port) == (here.host, here.port)
        if self.network.state != "online" or not same or (invite.pin and invite.pin != here.pin):
            return False
        for channel in invite.channels:
            self.join(channel)
        return True

    def send(self, message: Message) -> None:
        """Send a line of any kind, if there is a server that would hear it."""
        if message.command == "JOIN" and len(message.params) > 1:
            names, keys = (each.split(",") for each in message.params[:2])
            self._keys.update(zip(map(self.network.fold, names), keys, strict=False))
        self._lifeline.send(message)

    def quote(self, message: Message) -> None:
        """Send a line that a person typed. Old messages that it asks for are shown as results."""
        self.send(self._quoted.note_request(self.network, message))

    def _ask(self, message: Message, labelled: bool = True) -> None:
        """Send a request of our own accord: nobody is told when it is refused."""
        self.send(self._background.ask(self.network, message, self._clock(), labelled))

    # how the connection stands

    def _stand(self, state: NetworkState) -> None:
        network, lifeline = self.network, self._lifeline
        network.state = state
        network.privacy = lifeline.privacy
        if state == "connecting":
            network.account = ""
        last = self._hosting.last_words(self.login)
        network.problem = f"The server on this computer has ended: {last}" if last else lifeline.problem
        network.retry_at = None if lifeline.waits is None else self._wall() + lifeline.waits
        if state == "offline":
            self._changes += connection_abandoned(network)
        self._changes.append(StatusChanged(network))

    def _left(self) -> None:
        self._rejoin = [each for each in self.network.channels() if each.joined]
        self._quoted.reset()
        self._slow_pages.reset()
        self._changes += connection_lost(self.network, self._wall())

    def _failed(self, failed: ConnectFailed) -> None:
        self._changes.append(failed)

    def _launched(self, item: server_process.ProcessEvent) -> None:
        outcome = self._hosting.take(item)
        if isinstance(outcome, ConnectFailed):
            self._stand("offline")
            self._failed(outcome)
        elif outcome:
            self.connect(outcome)

    # what comes in

    def _next_item(self) -> bool:
        """Take the next thing from the queue; says whether there was one."""
        try:
            item = self._inbox.get_nowait()
        except Empty:
            return False
        self._guarded(self._take, item)
        return True

    def _take(self, item: LinkEvent | server_process.ProcessEvent | PasswordEvent | Salted) -> None:
        match item:
            case server_process.ServerStarted() | server_process.ServerStartFailed():
                self._launched(item)
            case PasswordFound():
                if item.login is self._seeking:
                    self._seeking, self._found = None, item.password
                    self._lifeline.connect(replace(item.login, password=item.password))
            case PasswordStored():
                words = f"Your password is stored {item.location}." if item.location else NOT_STORED
                self._changes += apply(self.network, events.ServerText(words), self._wall())
            case _:
                self._lifeline.take(item)

    def _event(self, event: Event) -> None:
        network, now = self.network, self._wall()
        match event:
            case events.HistoryPage() if self._quoted.claims(network, event.target, event.label):
                self._changes += search_results.show(network, event.messages, now)
            case events.SearchResults():
                self._changes += search_results.show(network, event.messages, now)
            case events.HistoryPage():
                self._done(history.apply_page(network, event, now))
            case events.HistoryTargets():
                changes, messages = self._survey.take(network, event, now)
                self._changes += changes
                for message in messages:
                    (self._ask if message.command == "MARKREAD" else self.send)(message)
            case events.ErrorReply(command="CHATHISTORY") if not self._is_quoted(event):
                self._done(history.page_refused(network, event))
                if network.awaits_targets and "TARGETS" in (
                    *event.about,
                    "TARGETS" if not event.about else "",
                ):
                    self._changes += self._survey.end(network)
            case events.NickRefused() if self._regain.answered(event):
                pass
            case events.ErrorReply() if self._is_background(event, now):
                pass
            case events.ErrorReply() | events.NickRefused():
                self._refused(event, now)
            case _:
                self._changes += apply(network, event, now)
                self._commanded.heard(network, event)
        reaction = _REACTIONS.get(type(event))
        if reaction:
            reaction(self, event)

    def _is_quoted(self, event: events.ErrorReply) -> bool:
        """Whether a person asked for the page of history that is refused."""
        return any(self._quoted.claims(self.network, each, event.label) for each in (*event.about, ""))

    def _refused(self, event: events.ErrorReply | events.NickRefused, now: float) -> None:
        """A person's message or command was refused."""
        is_message = isinstance(event, events.ErrorReply) and incoming_messages.own_message(
            self.network, event, now
        )
        self._changes += apply(self.network, event, now)
        if not is_message:
            network, now = self.network, self._clock()
            if isinstance(event, events.ErrorReply):
                words = error_text(event)
            else:
                words = nick_error_text(event, network.longest_nick)
            self._changes += self._commanded.refused(network, event, words, now)

    def _is_background(self, event: events.ErrorReply, now: float) -> bool:
        """Whether a refusal concerns something that no person asked for."""
        network = self.network
        if incoming_messages.own_message(network, event, now):
            return False
        asked = self._background.refused(network, event, self._clock())
        conversation = network.find(asked.target) if asked and asked.command == "TAGMSG" else None
        if conversation:
            self._composing.refused(conversation)
        return asked is not None

    def _done(self, outcome: tuple[list[Change], list[Message]]) -> None:
        changes, messages = outcome
        self._changes += changes
        for message in messages:
            self.send(message)

    def _tick(self) -> None:
        jump = self._clock_watch.look(self._wall(), self._clock())
        if jump.set_back:
            self._changes += clock_set_back(self.network, jump.set_back)
        if jump.slept:
            self._lifeline.woken()
        self._lifeline.tick()
        if self.network.state == "online":
            self._changes += incoming_messages.expire_typing(self.network, self._wall())
            self._changes += delivery_status.fail_unconfirmed(self.network)
            self._tell_marks()
            self._done(([], self._slow_pages.due(self.network)))
            self._done(([], self._regain.look(self.network, self._lifeline.login.nick, self._clock())))

    def _tell_marks(self, all_of_them: bool = False) -> None:
        """Tell the server how far was read."""
        read_state.mark_seen_as_read(self.network)
        for message in self._marks.due(self.network, self._clock(), all_of_them):
            self._ask(message)

    def _guarded(self, work: Callable[..., None], *arguments: Any) -> None:
        """One of the borders at which bugs are caught: what one line breaks costs that line alone."""
        try:
            work(*arguments)
        except Exception:
            log.exception("this could not be dealt with: %r", arguments)

    # what we do by ourselves

    def _on_registered(self, event: events.Registered) -> None:
        """Join what we were in, and what the login names; see what was missed."""
        network, login = self.network, self._lifeline.login
        network.capabilities = self._lifeline.capabilities
        self._composing.reset()
        if login.pin:
            self._trusted.trust(login.host, login.port, login.pin)
        if login.remember and network.account and login.password != self._found:
            self._found = login.password
            self._passwords.store(login, self._inbox)
        back = self._come_back()
        new = [(name, "") for name in login.channels if network.find(name) is None]
        again = [(each.name, each.channel_key) for each in self._rejoin]
        wanted = {network.fold(name): (name, key) for name, key in [*new, *back, *again]}
        self._done(([], joins(wanted.values())))
        self._rejoin = []
        self._done(([], self._survey.begin(network, self._wall())))
        for conversation in network.conversations.values():
            self._done(sending.send_held(network, conversation, self._labels))
        self._take_charge()

    def _keep_memory(self) -> None:
        if self.memory:
            self.memory.save()

    def _come_back(self) -> tuple[tuple[str, str], ...]:
        """Open again what was open at the end of the last run; gives the channels that are to be joined."""
        made, channels, messages = self._comeback.begin(self.network)
        self._done(([ConversationsChanged(self.network)] if made else [], messages))
        for each in made:
            if self._comeback.is_awaited(self.network, each.name):
                self.open(each)
        return channels

    def _on_ponged(self, event: events.PongReceived) -> None:
        self._slow_pages.ponged(self.network, event)
        self._done(([], self._comeback.ponged(self.network, event)))

    def _on_refused(self, event: events.ErrorReply) -> None:
        """A key that was refused is forgotten."""
        for name in event.about:
            self._keys.pop(self.network.fold(name), None)
        self._comeback.refused(event)

    def _take_charge(self) -> None:
        """A server that was started from here is ours to run, each time that we come in."""
        password = self._hosting.owner_password(self.login)
        if password:
            self.send(Message("OPER", [OWNER, password]))
            if self._hosting.is_new():
                words = OWNED.format(name=OWNER, password=password)
                self._changes += incoming_messages.note_unread(self.network, words, self._wall())

    def _on_joined(self, event: events.Joined) -> None:
        """Our own join: fetch what was said, send what waits, show the channel if somebody asked for it."""
        network = self.network
        conversation = network.find(event.channel)
        if conversation is None or not network.is_me(event.nick):
            return
        is_awaited = self._comeback.joined(network, event.channel)
        folded = network.fold(event.channel)
        is_wanted = folded in self._opening
        self._opening.discard(folded)
        conversation.channel_key = self._keys.pop(folded, "") or conversation.channel_key
        self._done(([], history.catch_up(network, conversation)))
        self._done(sending.send_held(network, conversation, self._labels))
        current = network.current
        first = current is None or (current.kind == "server" and network.channels() == [conversation])
        if first or is_awaited or is_wanted:
            self._show(conversation)
            if is_awaited or is_wanted:
                self._comeback.chosen()
        elif current is conversation:
            self._ask_modes(conversation)

    def _ask_modes(self, conversation: Conversation) -> None:
        """What may be done in a channel that somebody looks at."""
        if conversation.kind == "channel" and conversation.joined and conversation.modes is None:
            self._ask(Message("MODE", [conversation.name]), labelled=False)

    def _on_marked(self, event: events.ReadMarkerReceived) -> None:
        """What is newer than the marker of a direct message may have to be fetched."""
        for message in self._survey.marked(self.network, event):
            self.send(message)

    def _on_modes_known(self, event: events.ModesKnown) -> None:
        self._background.answered(self.network, "MODE", event.channel)

    def _on_parted(self, event: events.Parted) -> None:
        self._show_some()

    def _on_roster(self, event: events.Roster) -> None:
        """Ask who of them is away."""
        if len(event.people) <= MOST_ASKED_ABOUT:
            fields = [WHOX_FIELDS] if "WHOX" in self.network.isupport else []
            self._ask(Message("WHO", [event.channel, *fields]), labelled=False)

    def _on_renamed(self, event: events.NickChanged) -> None:
        """Our own new nick is the one to come back with; somebody else's may set ours free."""
        if event.to == self.network.nick:
            self._lifeline.called(event.to)
        self._on_freed(event)

    def _on_channel_renamed(self, event: events.ChannelRenamed) -> None:
        """Come back under the new name, and ask anew: the page that is on its way has the old one."""
        self._lifeline.renamed(event.channel, event.to)
        conversation = self.network.find(event.to)
        if conversation and conversation.fetching:
            fetch, conversation.fetching = conversation.fetching, None
            again = history.request_older if fetch == "before" else history.catch_up
            self._done(([], again(self.network, conversation)))

    def _on_freed(self, event: events.Quit | events.NickChanged) -> None:
        if self.network.fold(event.nick) == self.network.fold(self._lifeline.login.nick):
            self._regain.freed()

    def _show_some(self) -> None:
        """Show some conversation when the one that was shown has gone."""
        network = self.network
        if network.current is None and network.conversations:
            rest = list(network.conversations.values())
            self.open(next((each for each in rest if each.kind == "channel"), rest[0]))


_REACTIONS: dict[type[Any], Callable[[Client, Any], None]] = {
    events.Registered: Client._on_registered,
    events.Joined: Client._on_joined,
    events.Parted: Client._on_parted,
    events.PongReceived: Client._on_ponged,
    events.ErrorReply: Client._on_refused,
    events.Roster: Client._on_roster,
    events.ReadMarkerReceived: Client._on_marked,
    events.ModesKnown: Client._on_modes_known,
    events.NickChanged: Client._on_renamed,
    events.ChannelRenamed: Client._on_channel_renamed,
    events.Quit: Client._on_freed,
}
