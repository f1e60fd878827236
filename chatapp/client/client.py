"""The client as a front-end sees it: one object on the front-end's own thread, which never blocks.

`poll` returns what has changed because a line arrived, because time passed, or because of another call. Each
call is carried out by the session of the network that it concerns.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from chatapp.client.local import saved_servers, settings
from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.local.local_server import LocalServer
from chatapp.client.local.passwords import Passwords
from chatapp.client.local.saved_servers import SavedServer
from chatapp.client.local.server_process import ProcessEvent, ServerHome, ServerStart
from chatapp.client.login import PORT, Login, problem_of
from chatapp.client.model.apply import clock_set_back
from chatapp.client.model.changes import Change, ConnectFailed, ConversationsChanged, NetworkFound, merged
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.exports import MessageExport
from chatapp.client.model.joint_result import JointResult
from chatapp.client.model.model import Entry, EntryKind, Reference
from chatapp.client.model.network import Network
from chatapp.client.model.orders import Order
from chatapp.client.model.search import SearchHit, SearchQuery, SearchResult
from chatapp.client.model.waiting_messages import Waiting, waiting
from chatapp.client.session.client_files import ClientFiles
from chatapp.client.session.clock_watch import ClockWatch
from chatapp.client.session.message_actions import MessageActions
from chatapp.client.session.network_session import NetworkSession, Services
from chatapp.client.session.network_sessions import NetworkSessions
from chatapp.client.session.own_account import OwnAccount
from chatapp.client.session.own_server import OwnServer
from chatapp.client.session.reactions import become_owner, react
from chatapp.client.session.removed_network import RemovedNetwork
from chatapp.client.session.user_actions import UserActions
from chatapp.client.transport.certificates import CertificateProblem, ServerTarget, TrustedCertificates
from chatapp.client.transport.file_tasks import StartTask, TaskThread
from chatapp.client.transport.link import OpenLink, ServerLink
from chatapp.client.transport.server_check import ServerCheck
from chatapp.protocol.addresses import LOCALHOST
from chatapp.protocol.invite_links import Invite
from chatapp.protocol.message import Message
from chatapp.system.signalling_queue import SignallingQueue

BUDGET_SECONDS = 0.008  # that a poll may read, so that the front-end stays responsive
LINES_BETWEEN_CLOCKS = 16  # lines read between two looks at the clock
MINUTE_SECONDS = 60.0
CLOSE_SECONDS = 1.5  # the longest that `close` waits for the last lines to be sent

log = logging.getLogger(__name__)


class Client:
    """Holds several networks, one of which is current; calls that name no conversation concern that one.

    Args:
        server_log: The file for the output of a server that is started from here.
        trusted: The certificates that the user trusts.
        passwords: The password stores.
        open_link: Opens a connection to a server. Tests replace it and the following functions.
        wall: Returns Unix seconds.
        clock: Returns monotonic seconds.
        chance: Returns a random number from 0 to 1.
        program: The name of the front-end, for the user's own list of sessions.
        start_task: Starts a transfer of a file.
        on_arrival: Called on another thread when it has put something into a queue that `poll` reads.

    Attributes:
        away_minutes: Minutes without input after which the user is away; 0 for never.
        files: Sending files, and the files that messages link to.

    Thread:
        All calls are made on the thread of the front-end.
    """

    def __init__(
        self,
        server_log: Path | None = None,
        trusted: TrustedCertificates | None = None,
        passwords: Passwords | None = None,
        open_link: OpenLink = ServerLink,
        wall: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
        program: str = "Chatapp",
        start_task: StartTask = TaskThread,
        on_arrival: Callable[[], object] = lambda: None,
    ) -> None:
        self.away_minutes = 0
        self._active_at = clock()
        self._clock_watch = ClockWatch(wall(), clock())
        self._server_events: SignallingQueue[ProcessEvent] = SignallingQueue(on_arrival)
        self._changes: list[Change] = []
        passwords = passwords or Passwords()
        home = ServerHome(server_log or settings.folder() / "server.log", passwords.stores)
        self._local_server = LocalServer(self._server_events, home)
        self._services = Services(
            trusted or TrustedCertificates(settings.folder() / "trusted.json"),
            passwords,
            self._local_server,
            open_link,
            wall,
            clock,
            chance,
            program,
            start_task=start_task,
            on_arrival=on_arrival,
        )
        self.sessions = NetworkSessions(self._new_session)
        self.files = ClientFiles(self.sessions, self._services.file_options)
        self._starting = self.sessions.current  # connects to the server that is being started

    # networks

    @property
    def network(self) -> Network:
        """The current network. It is another object after `connect` to another server."""
        return self.sessions.current.network

    @property
    def networks(self) -> list[Network]:
        """All networks, in the order in which they were added."""
        return [each.network for each in self.sessions]

    @property
    def login(self) -> Login:
        """The login of the current network."""
        return self.sessions.current.login

    @property
    def prefs(self) -> ConversationPrefs | None:
        """Where the conversations of the current network are stored; None if they are not stored."""
        return self.sessions.current.prefs

    @prefs.setter
    def prefs(self, prefs: ConversationPrefs) -> None:
        self.sessions.current.reopening.prefs = prefs

    def add_network(self, prefs: ConversationPrefs | None = None, in_background: bool = False) -> Network:
        """Add a network beside the others; `connect` connects it.

        Args:
            prefs: Where its conversations are stored. Each network needs its own.
            in_background: Whether another one stays the current one.
        """
        return self.sessions.add(prefs, in_background).network

    def use_network(self, network: Network) -> None:
        """Make this network the current one."""
        self.sessions.use(self.sessions.of(network))

    def move_network(self, network: Network, index: int) -> None:
        """Move a network to another place among the others."""
        self.sessions.move(self.sessions.of(network), index)

    def remove_network(self, network: Network) -> RemovedNetwork:
        """Disconnect a network and remove it; an empty one takes the place of the last.

        Returns:
            What brings it back, or forgets it for good.
        """
        session = self.sessions.of(network)
        self._stop_starting(session)
        removed = RemovedNetwork(self.sessions, session)
        if session is self._starting:
            self._starting = self.sessions.current
        return removed

    @property
    def is_kept(self) -> bool:
        """Whether the current network was online once, now or in an earlier run."""
        return self.sessions.current.is_kept

    @property
    def key(self) -> str:
        """What the conversations of the current network are stored under; empty if nothing is stored."""
        return self.sessions.current.key

    def login_of(self, network: Network) -> Login:
        """Return the login of a network."""
        return self.sessions.of(network).login

    def save_conversations(self, is_last: bool = False) -> None:
        """Put the conversations of all networks into the settings.

        Args:
            is_last: Whether the program ends, so that the exact time is stored.
        """
        for session in self.sessions:
            if session.prefs:
                session.prefs.save(is_last)

    def translate_notes(self) -> None:
        """Say the notes in the conversations again, in the language that is chosen now."""
        for session in self.sessions:
            for conversation in session.network.conversations.values():
                for entry in conversation.entries:
                    if entry.sentence is not None:
                        entry.text = entry.sentence.text

    def apply_options(self) -> None:
        """Make changed settings about sending take effect in all networks."""
        for session in self.sessions:
            if session.prefs:
                session.prefs.apply_options()

    def servers(self) -> list[SavedServer]:
        """Return what has to be stored of each network that was ever online, in their order."""
        return [
            SavedServer(
                session.key,
                session.login,
                session.network.name,
                session.network.muted,
                session.is_local,
                session.is_for_lan,
                session.keeps_running,
            )
            for session in self.sessions
            if session.is_kept and session.key
        ]

    def resume(self, saved: SavedServer, network: Network) -> None:
        """Connect a network as in an earlier run; it is tried again until it succeeds."""
        session = self.sessions.of(network)
        network.name, network.muted = saved.name, saved.is_muted
        session.is_kept = True
        session.restore(saved)
        if saved.is_local and not self._local_server.is_starting:
            self.start_server(saved.login, network)
        else:  # a second login on the server that is being started is tried until that listens
            session.is_local = saved.is_local
            session.connect(saved.login, was_online=True)

    def network_of(self, conversation: Conversation | None) -> Network:
        """Return the network of a conversation; the current one for None, or if no network has it now."""
        return self.sessions.with_conversation(conversation).network

    # connecting

    def connect(self, login: Login, network: Network | None = None) -> None:
        """Start to connect a network, by default the current one.

        `poll` reports the outcome: a `ConnectFailed`, or a `StatusChanged` when the network is online. If the
        login is for another server, a new network replaces this one. If another network has this login
        already, a `NetworkFound` reports that it is used.
        """
        self._connect(self._session(network), login)

    def check_server(self, login: Login) -> ServerCheck:
        """Ask the server of a login what it is, without telling it anything about the user."""
        known = self._services.trusted.known(login.host, login.port)
        return ServerCheck(ServerTarget(login.host, login.port, login.encrypt, login.pin, known, login.proxy))

    def trust(self, problem: CertificateProblem, is_same_chat: bool = False) -> None:
        """Store the user's decision to trust a certificate, and connect again.

        Another chat than the one before at the address begins with none of its conversations, and gets
        neither a password nor an account of it.

        Args:
            is_same_chat: Whether it is the chat that was trusted there before.
        """
        self._services.trusted.trust(problem.host, problem.port, problem.fingerprint, is_same_chat)
        for session in self.sessions.at(problem.host, problem.port):
            if session.network.failure != "certificate":
                continue
            if self.sessions.is_same_chat(session, session.login):
                session.connection.connect(session.login, session.is_kept)
            else:
                self._connect(session, saved_servers.as_stranger(session.login))

    def cancel(self, network: Network | None = None) -> None:
        """Stop trying to connect a network, by default the current one.

        A server that is being started for it is stopped.
        """
        self._stop_starting(self._session(network))
        self._session(network).cancel()

    def disconnect(self, reason: str = "", network: Network | None = None) -> None:
        """Disconnect a network, by default the current one. Its conversations can still be read.

        Args:
            reason: For other users, sent with QUIT; empty for none.
        """
        self._session(network).disconnect(reason)

    def reconnect_now(self, network: Network | None = None) -> None:
        """Connect a network again now, by default the current one: it waits, or was disconnected."""
        self._session(network).reconnect()

    def close(self, keep_server: bool = False) -> None:
        """Disconnect all networks and end their threads. This may block for CLOSE_SECONDS.

        Args:
            keep_server: Whether a server that was started from here keeps running.
        """
        for session in self.sessions:
            session.send_last()
        if keep_server:
            self._local_server.detach()
        elif self.is_server_running and not self._local_server.is_running:
            for session in filter(self._governs_local_server, self.sessions):
                session.send(Message("DIE"))  # an earlier window has started it, so it is not a child process
        transfers = [each for session in self.sessions for each in session.stop_transfers()]
        for session in self.sessions:
            session.connection.disconnect()
        deadline = self._services.clock() + CLOSE_SECONDS
        for session in self.sessions:
            session.connection.wait_closed(max(0.0, deadline - self._services.clock()))
        for transfer in transfers:  # they remove what they have begun
            transfer.join(max(0.0, deadline - self._services.clock()))
        for session in self.sessions:
            session.file_cards.close()
        self._local_server.stop()

    # stored passwords

    @property
    def password_location(self) -> str:
        """Where passwords are stored, such as `in the keyring of this computer`; empty if nowhere."""
        return self._services.passwords.location

    def forget_password(self, login: Login) -> None:
        """Remove the stored password of this login."""
        self._services.passwords.delete(login)

    # trusted certificates

    @property
    def trusted_servers(self) -> list[str]:
        """The servers whose certificates the user trusts, as `host:port`."""
        return self._services.trusted.servers()

    def forget_certificate(self, server: str) -> None:
        """Trust the certificate of a server no longer: the next connection asks again."""
        self._services.trusted.forget(server)

    # a server on this computer

    @property
    def is_server_running(self) -> bool:
        """Whether a server that this window or an earlier one has started is running, and can be stopped."""
        return self._local_server.is_running or any(map(self._governs_local_server, self.sessions))

    @property
    def has_started_server(self) -> bool:
        """Whether a server is running that this window has started, and no earlier one or another program."""
        return self._local_server.is_running

    @property
    def can_stop_server(self) -> bool:
        """Whether the server of the current network was started from here, and the user can stop it."""
        return self._governs_local_server(self.sessions.current)

    @property
    def can_start_server_again(self) -> bool:
        """Whether the current network is that of a server that was started from here and has ended."""
        session, server = self.sessions.current, self._local_server
        return session.network.state != "online" and server.is_at(session.login) and not server.is_running

    def start_server_again(self) -> None:
        """Start the server of the current network once more, on the same port, and connect to it."""
        self.start_server(self.login)

    def start_chat(
        self, login: Login, name: str, lan: bool, keep_running: bool, network: Network | None = None
    ) -> None:
        """Start a new chat on this computer and connect a network to it, by default the current one.

        The user is its owner from now on, also after a failure of the connection. `poll` reports the outcome
        like that of `connect`, a `ConnectFailed` about "launch" if the server does not start, and one about
        "runs-already" if it runs with a chat of another name. No other chat is joined instead.

        Args:
            login: The login to connect with; its host is not used.
            name: The name of the chat.
            lan: Whether others on this network can see and join it.
            keep_running: Whether it keeps running when the window is closed.
        """
        session = self._session(network)
        session.keeps_running = keep_running
        session.is_for_lan = False
        start = ServerStart(login.port, login.port == PORT, name=name, sharing=lan, is_new=True)
        self._start(login, start, session)

    @property
    def running_chat(self) -> Network | None:
        """The network of the user's own chat that runs on this computer; None if it is not connected."""
        sessions = (each for each in self.sessions if self._local_server.is_at(each.login))
        return next((each.network for each in sessions if each.network.state == "online"), None)

    def start_server(
        self, login: Login, network: Network | None = None, saved: SavedServer | None = None
    ) -> None:
        """Start the server on this computer as it was, and connect a network to it.

        Args:
            login: The login to connect with; its host is not used.
            network: By default the current one.
            saved: What is stored of the chat, for a network that has not been connected yet.
        """
        session = self._session(network)
        if saved and not session.key and saved.key not in [each.key for each in self.sessions]:
            session.restore(saved)
        self._start(login, ServerStart(login.port, lan=session.is_for_lan, pin=login.pin), session)

    @property
    def is_local_server(self) -> bool:
        """Whether the server of the current network runs on this computer and belongs to the user."""
        return self._local_server.is_at(self.login)

    @property
    def server_starts_with_computer(self) -> bool:
        """Whether the server on this computer starts when the user logs in."""
        return self._local_server.starts_with_computer

    def start_server_with_computer(self, on: bool) -> str:
        """Start the server on this computer when the user logs in, or no longer.

        Returns:
            Why that is not possible, as a sentence; empty if it is done.
        """
        return self._local_server.start_with_computer(on)

    @property
    def keeps_server_running(self) -> bool:
        """Whether the server on this computer keeps running when the window is closed."""
        return any(session.is_local and session.keeps_running for session in self.sessions)

    @keeps_server_running.setter
    def keeps_server_running(self, keep: bool) -> None:
        for session in self.sessions:
            session.keeps_running = session.is_local and keep

    def _start(self, login: Login, start: ServerStart, session: NetworkSession) -> None:
        if self._reports_problem(replace(login, host=LOCALHOST), session):
            return
        self._starting = session
        session.cancel()
        session.is_local = True
        self._local_server.start(login, start)
        self._starting.connection.prepare()

    # what a front-end shows

    def poll(self, budget: float | None = BUDGET_SECONDS) -> list[Change]:
        """Return what has changed since the last call. Never raises.

        Args:
            budget: Seconds after which the rest is left for the next call; None for no limit.
        """
        clock = self._services.clock
        now = clock()
        for session in self.sessions:
            session.network.monotonic, session.network.wall = now, self._services.wall()
        while not self._server_events.empty():
            self._guarded(self._take_server_event, self._server_events.get())
        self._read_lines(None if budget is None else now + budget)
        self._guarded(self._check_clock)
        self._guarded(self._check_activity)
        for session in tuple(self.sessions):
            self._guarded(session.tick)
        changes = merged(self._changes)
        self._changes.clear()
        return changes

    # what the user does: see `UserActions`

    def open(self, conversation: Conversation) -> None:
        """Show this conversation, and make its network the current one."""
        self.sessions.use(self.sessions.with_conversation(conversation))
        self._actions(conversation).open(conversation)

    def run(self, conversation: Conversation | None, text: str, reply_to: Entry | None = None) -> str | None:
        """Send a text from the composer, or run the slash command in it.

        Args:
            conversation: Where it was typed; None for the conversation of the server.
            reply_to: The message that the text replies to; None for none.

        Returns:
            None, or why it was refused. Then the front-end does not clear the composer.
        """
        return self._actions(conversation, reply_to).run(conversation, text)

    def long_text_question(self, conversation: Conversation | None, text: str, key: str = "Enter") -> str:
        """Return the question to ask before `run` sends a text as many messages; empty if none is needed.

        Args:
            key: The key that sends.
        """
        return self._actions(conversation).long_text_question(conversation, text, key)

    def say(
        self,
        conversation: Conversation,
        text: str,
        kind: EntryKind = "message",
        reply_to: Entry | None = None,
    ) -> None:
        """Send a message. It is shown at once, and waits while the connection is down.

        Args:
            reply_to: The message that the text replies to; None for none.

        Raises:
            CommandError: Messages cannot be sent to this conversation now.
        """
        self._actions(conversation, reply_to).say(conversation, text, kind)

    def fetch_quoted(self, conversation: Conversation, entry: Entry) -> None:
        """Request the message that a visible entry replies to, if `conversation.quoted(entry)` has none.

        It arrives as `Updated` of the entries that reply to it. Each message is requested once.
        """
        self._messages(conversation).fetch_quoted(conversation, entry)

    def react(self, conversation: Conversation, entry: Entry, reaction: str) -> None:
        """Add our reaction to a message, or remove it if it is there."""
        self._messages(conversation).react(conversation, entry, reaction)

    def edit(self, conversation: Conversation, entry: Entry, text: str) -> str | None:
        """Change the text of an own message; return None, or why it cannot be changed.

        It is shown at once. If the server refuses it, the old text is shown again and the new one is kept
        with the reason in `Entry.pending_edit`.
        """
        return self._messages(conversation).edit(conversation, entry, text)

    def discard_edit(self, conversation: Conversation, entry: Entry) -> None:
        """Discard a text that the server has refused."""
        self._messages(conversation).discard_edit(conversation, entry)

    def delete(self, conversation: Conversation, entry: Entry, reason: str = "") -> None:
        """Delete a message: at once on the screen, and 8 seconds later on the server.

        Args:
            reason: For others; empty for none.
        """
        self._messages(conversation).delete(conversation, entry, reason)

    def undo_delete(self, conversation: Conversation, entry: Entry) -> bool:
        """Show a message again that was deleted a moment ago; return whether that was still possible."""
        return self._messages(conversation).undo_delete(conversation, entry)

    def delete_recent(self, conversation: Conversation, nick: str, seconds: float, reason: str = "") -> int:
        """Delete what a person has written in the last seconds; return how many messages that are."""
        return self._messages(conversation).delete_recent(conversation, nick, seconds, reason)

    def keep_undo(self, conversation: Conversation) -> None:
        """Let deletions wait for 8 more seconds, because the pointer rests on the notice about them."""
        self._messages(conversation).keep_undo(conversation)

    def undo_delete_recent(self, conversation: Conversation) -> int:
        """Undo the last `delete_recent` while it is possible; return how many messages are shown again."""
        return self._messages(conversation).undo_delete_recent(conversation)

    def retry(self, conversation: Conversation, entry: Entry) -> str | None:
        """Send a failed message again; return None, or why it cannot be sent now."""
        return self._actions(conversation).retry(conversation, entry)

    def discard(self, conversation: Conversation, entry: Entry) -> None:
        """Remove a failed message."""
        self._actions(conversation).discard(conversation, entry)

    def take_back(self, conversation: Conversation, entry: Entry) -> str:
        """Remove a message that has failed or waits; return its text, for the composer."""
        return self._actions(conversation).take_back(conversation, entry)

    def waiting(self, conversation: Conversation) -> Waiting:
        """Return how many own messages of a conversation wait, and the seconds until the next try."""
        network = self.network_of(conversation)
        network.monotonic = self._services.clock()
        return waiting(network, conversation)

    def cancel_waiting(self, conversation: Conversation) -> list[str]:
        """Remove the messages that wait; return their texts, for the composer."""
        return self._actions(conversation).cancel_waiting(conversation)

    def notify_typing(self, conversation: Conversation, text: str) -> None:
        """Let others know that the user is typing, now that the composer holds this text."""
        self._actions(conversation).notify_typing(conversation, text)

    def mark_read(self, conversation: Conversation, by_command: bool = False) -> None:
        """Mark the whole conversation as read.

        Args:
            by_command: Whether the user has asked for it, not only seen the messages.
        """
        self._actions(conversation).mark_read(conversation, by_command)

    def mark_unread_from(self, conversation: Conversation, entry: Entry) -> None:
        """Mark a message and all later ones as unread, until the user comes back and reads them."""
        self._actions(conversation).mark_unread_from(conversation, entry)

    def mark_read_to(self, conversation: Conversation, entry: Entry) -> None:
        """Mark the entries up to this one as read."""
        self._actions(conversation).mark_read_to(conversation, entry)

    def load_older(self, conversation: Conversation) -> None:
        """Request messages older than those shown, which arrive as `Prepended`. Does nothing without any."""
        self._actions(conversation).load_older(conversation)

    def load_newer(self, conversation: Conversation) -> None:
        """Request messages newer than those shown, which arrive as `Added`, while its past is shown."""
        session = self.sessions.with_conversation(conversation)
        session.carry_out(session.finding.load(session.network, conversation, "after"))

    def leave(self, conversation: Conversation, reason: str = "") -> None:
        """Leave a channel, or close a direct message.

        Args:
            reason: For the members of the channel; empty for none.
        """
        self._actions(conversation).leave(conversation, reason)

    def note(self, conversation: Conversation, text: str) -> None:
        """Add a note that only the user sees."""
        self._actions(conversation).note(conversation, text)

    def invite_link(self, conversation: Conversation | None) -> str:
        """Return the link with which others can join the server, and the conversation if it is a channel."""
        return self._actions(conversation).invite_link(conversation)

    def open_direct(self, nick: str) -> Conversation:
        """Open the direct message with a user of the current network."""
        return self._actions().open_direct(nick)

    def give_name(self, name: str) -> Order | str:
        """Change the user's name; return the order, whose end `OrderFinished` reports, or why not."""
        return self._actions().give_name(name)

    def give(self, order: Order, network: Network | None = None) -> None:
        """Carry out commands one after the other, by default on the current network.

        `OrderFinished` reports the end.
        """
        UserActions(self._session(network)).give(order)

    def ignore(self, nick: str, is_ignored: bool = True) -> None:
        """Ignore a person of the current network, or no longer."""
        self._actions().ignore(nick, is_ignored)

    def request_profile(self, nick: str) -> None:
        """Request what the server knows about a user, which arrives as `ProfileReceived`."""
        self._actions().request_profile(nick)

    def join(self, channel: str, key: str = "") -> None:
        """Join a channel of the current network, and show it.

        Args:
            key: The channel key; empty for none.
        """
        self._actions().join(channel, key)

    def order_channel(self, channel: str, key: str = "", topic: str = "", is_private: bool = False) -> Order:
        """Join or make a channel of the current network, and show it; `OrderFinished` reports the end.

        Args:
            key: The channel key; empty for none.
            topic: For a new channel; empty for none.
            is_private: Whether a new channel is invite-only and secret.
        """
        return self._actions().order_channel(channel, key, topic, is_private)

    def follow_channel(self, link: str) -> str | None:
        """Show the channel of a clicked `#channel`, and join it if necessary.

        Returns:
            None, or why that is not possible now.
        """
        return self._actions().follow_channel(link)

    def follow_invite(self, invite: Invite) -> bool:
        """Join the channels of an invite link if it is for a server that is online; return whether it is.

        That server becomes the current one.
        """
        first = self.sessions.current
        for session in (first, *(each for each in self.sessions if each is not first)):
            if UserActions(session).follow_invite(invite):
                self.sessions.use(session)
                return True
        return False

    def list_channels(self) -> None:
        """Request the list of channels, which arrives as `ChannelsListed`."""
        self.send(Message("LIST"))

    def send(self, message: Message) -> None:
        """Send a message of any kind to the current network if it is online."""
        self.sessions.current.send(message)

    # the user's account and presence

    @property
    def account(self) -> OwnAccount:
        """The actions on the user's account on the current network."""
        return OwnAccount(self.sessions.current)

    @property
    def server(self) -> OwnServer:
        """The actions on the current network's server, for its owners and moderators."""
        return OwnServer(self.sessions.current)

    def export_messages(self, path: Path) -> MessageExport:
        """Save our own messages on the current network to a file; `ExportChanged` reports the progress.

        Args:
            path: Its suffix is the format: `.html` or `.json`.
        """
        session = self.sessions.current
        export, outcome = session.exports.begin(session.network, path)
        session.carry_out(outcome)
        return export

    def save_loaded_messages(self, path: Path) -> MessageExport:
        """Save those own messages that are loaded, if we cannot connect; see `export_messages`."""
        session = self.sessions.current
        export, changes = session.exports.save_loaded(session.network, path)
        session.report(*changes)
        return export

    def cancel_export(self, export: MessageExport) -> None:
        """Stop an export, on whichever network it is."""
        for session in self.sessions:
            session.report(*session.exports.cancel(session.network, export))

    def note_activity(self) -> None:
        """Note that the user touches the keyboard or the mouse now; an automatic away ends at once."""
        self._active_at = self._services.clock()
        self._check_activity()

    # finding: see `session.finding`

    def search(self, query: SearchQuery) -> SearchResult:
        """Search the current network; a `SearchFinished` reports the end.

        Returns:
            The result, so far with the loaded messages that match.
        """
        session = self.sessions.current
        result, outcome = session.finding.search(session.network, query)
        session.carry_out(outcome)
        return result

    def search_more(self, result: SearchResult) -> None:
        """Request older hits of a search; a `SearchFinished` reports the end."""
        session = self.sessions.current
        session.carry_out(session.finding.search_more(session.network, result))

    def search_everywhere(self, query: SearchQuery) -> JointResult:
        """Search all networks, like `search`; a `SearchFinished` reports the end on each."""
        first = self.sessions.current
        parts = []
        others = (each for each in self.sessions if each is not first and each.network.conversation_count)
        for session in (first, *others):
            result, outcome = session.finding.search(session.network, query)
            session.carry_out(outcome)
            parts.append((session.network, result))
        return JointResult(parts)

    def search_more_everywhere(self, result: JointResult) -> None:
        """Request older hits on all networks that have some; a `SearchFinished` reports the end on each."""
        for session in self.sessions:
            for network, part in result.parts:
                if network is session.network:
                    session.carry_out(session.finding.search_more(network, part))

    def load_context(self, result: JointResult, hits: Iterable[SearchHit]) -> None:
        """Find the messages before and after these hits; a `ContextFound` reports each."""
        wanted = list(hits)
        for session in self.sessions:
            for network, part in result.parts:
                mine = [hit for hit in wanted if hit.network is network is session.network]
                if mine:
                    session.carry_out(session.finding.load_context(network, part, mine))

    def open_at(self, conversation: Conversation, place: Entry | Reference) -> None:
        """Show a conversation at a message; a `PlaceOpened` or `PlaceUnavailable` reports the outcome."""
        session = self.sessions.with_conversation(conversation)
        if session.network.current is not conversation or session is not self.sessions.current:
            self.open(conversation)
        wanted = Reference(place.msgid, place.time) if isinstance(place, Entry) else place
        session.carry_out(session.finding.open_at(session.network, conversation, wanted))

    def back_to_now(self, conversation: Conversation) -> None:
        """Show the newest messages again after `open_at`."""
        session = self.sessions.with_conversation(conversation)
        session.carry_out((session.finding.leave(conversation), []))

    # details

    def _new_session(self) -> NetworkSession:
        return NetworkSession(self._services, self._changes, react)

    def _actions(
        self, conversation: Conversation | None = None, reply_to: Entry | None = None
    ) -> UserActions:
        return UserActions(self.sessions.with_conversation(conversation), reply_to)

    def _messages(self, conversation: Conversation) -> MessageActions:
        return MessageActions(self.sessions.with_conversation(conversation))

    def _session(self, network: Network | None) -> NetworkSession:
        return self.sessions.current if network is None else self.sessions.of(network)

    def _connect(self, session: NetworkSession, login: Login) -> None:
        if self._reports_problem(login, session):
            return
        twin = self.sessions.twin(session, login)
        if twin is not None:
            self._use_twin(twin, session, login)
            return
        before = session.login
        if before.host and not self.sessions.is_same_chat(session, login):
            session = self._for_other_server(session)
        elif before.host and before.address != login.address:
            self._connect_moved(session, login)
            return
        session.key = self.sessions.key_for(session, login)
        session.connect(login, was_online=session.is_kept and login == before)

    def _connect_moved(self, session: NetworkSession, login: Login) -> None:
        """Connect to the server on this computer, which listens on another port than before."""
        before = session.login
        was_online = session.is_kept and login == replace(before, port=login.port)
        session.connect(login, was_online, moved_from=replace(login, host=before.host, port=before.port))

    def _for_other_server(self, session: NetworkSession) -> NetworkSession:
        """Return the session for a login on another server: a new one if this one has conversations."""
        session.cancel()
        if not session.is_kept:
            session.network.name = ""
            return session
        new = self.sessions.replace(session)
        new.keeps_running = session.is_local and session.keeps_running
        self._starting = new if self._starting is session else self._starting
        self._changes.append(ConversationsChanged(new.network))
        return new

    def _use_twin(self, twin: NetworkSession, session: NetworkSession, login: Login) -> None:
        """Use the network that has this login already, instead of another one with the same."""
        if not session.is_kept:
            session.cancel()
            self.sessions.remove(session)
            self._starting = twin if self._starting is session else self._starting
        self.sessions.use(twin)
        if twin.network.state in ("offline", "waiting"):
            twin.connect(login)
        elif twin.network.state == "online":
            for channel in login.channels:
                self.join(channel)
        else:
            twin.connection.login = replace(twin.login, channels=login.channels)
        self._changes.append(NetworkFound(twin.network, session.network))

    def _reports_problem(self, login: Login, session: NetworkSession) -> bool:
        """Report what is wrong with a login before it is used; return whether something is."""
        problem = problem_of(login)
        if problem:
            field, reason, suggestion = problem
            self._changes.append(ConnectFailed(field, reason, suggestion, network=session.network))
        return problem is not None

    def _stop_starting(self, session: NetworkSession) -> None:
        """Stop the server that is being started for this session, if there is one."""
        if session is self._starting and self._local_server.is_starting:
            self._local_server.stop()

    def _governs_local_server(self, session: NetworkSession) -> bool:
        """Return whether the user may stop the local server through this session: moderators may not."""
        network = session.network
        is_operator = network.state == "online" and network.is_server_operator
        may_stop = is_operator and network.server_role != "moderator"
        return may_stop and self._local_server.is_at(session.login)

    def _read_lines(self, deadline: float | None) -> None:
        """Read what has arrived, one line of each network in turn, so that a busy one does not delay others.

        Args:
            deadline: When to stop, in seconds of the clock; None to read everything.
        """
        reading = list(self.sessions)
        done = 0
        while reading:
            for session in tuple(reading):
                if self._has_lines(session):
                    self._guarded(session.connection.read)
                    done += 1
                else:
                    reading.remove(session)
            if done >= LINES_BETWEEN_CLOCKS:
                done = 0
                if deadline is not None and self._services.clock() >= deadline:
                    return

    def _has_lines(self, session: NetworkSession) -> bool:
        """Take items from the inbox of a session until it has lines; return whether it has."""
        while not session.connection.has_lines:
            if session.inbox.empty():
                return False
            self._guarded(session.take, session.inbox.get())
        return True

    def _take_server_event(self, event: ProcessEvent) -> None:
        outcome = self._local_server.handle(event)
        if isinstance(outcome, ConnectFailed):
            self._starting.connection.disconnect()
            self._starting.gave_up(outcome)
        elif outcome:
            is_local = self._starting.is_local = self._local_server.is_at(outcome)
            self._connect(self._starting, outcome)
            self._starting.is_local = is_local  # it may be another session now
        else:
            self._claim_server()

    def _claim_server(self) -> None:
        """Become the owner of the user's server, to which a network had been connected in another way."""
        for session in self.sessions:
            if session.network.state == "online" and self._local_server.is_at(session.login):
                session.is_local = True
                become_owner(session)

    def _check_clock(self) -> None:
        jump = self._clock_watch.compare(self._services.wall(), self._services.clock())
        for session in self.sessions:
            if jump.set_back:
                session.report(*clock_set_back(session.network, jump.set_back))
            if jump.slept:
                session.connection.woken()

    def _check_activity(self) -> None:
        """Mark the user as away on every network after some minutes without input."""
        idle = self._services.clock() - self._active_at
        limit = self.away_minutes * MINUTE_SECONDS
        for session in self.sessions:
            session.send_all(session.automatic_away.due(session.network, idle, limit))

    def _guarded(self, work: Callable[..., None], *arguments: Any) -> None:
        """Call a function, and log any exception: a bug must cost one line or event, not the whole poll."""
        try:
            work(*arguments)
        except Exception:
            log.exception("%s failed for %r", work, arguments)
