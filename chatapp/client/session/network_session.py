"""One network of a client: its connection, its model, and the state of the client's own requests there.

A client holds several of these at once. None knows of the others: they share only the services and the list
of changes. So a network that is lost or misbehaves does not affect the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from chatapp.client.incoming import events
from chatapp.client.incoming.events import Event
from chatapp.client.local import export_file
from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.local.export_spool import ExportSpool
from chatapp.client.local.local_server import LocalServer
from chatapp.client.local.passwords import PasswordEvent, PasswordFound, Passwords, PasswordStored
from chatapp.client.local.saved_servers import SavedServer
from chatapp.client.login import Login
from chatapp.client.model import delivery_status, history, incoming_messages, read_state
from chatapp.client.model.apply import apply, connection_abandoned, connection_lost
from chatapp.client.model.changes import Change, ConnectFailed, StatusChanged
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.exports import MessageExport
from chatapp.client.model.files import FileOptions
from chatapp.client.model.network import Network, NetworkState
from chatapp.client.model.orders import Order
from chatapp.client.model.read_state import ReadMarkers
from chatapp.client.model.search_results import RequestedResults
from chatapp.client.outgoing import sending
from chatapp.client.outgoing.command_feedback import CommandFeedback
from chatapp.client.outgoing.typing_notices import TypingNotices
from chatapp.client.session.automatic_away import AutomaticAway
from chatapp.client.session.background_requests import BackgroundRequests
from chatapp.client.session.channel_joins import ChannelJoins
from chatapp.client.session.connection import ReconnectingConnection
from chatapp.client.session.expired_messages import ExpiredMessages
from chatapp.client.session.file_cards import FileCards
from chatapp.client.session.file_messages import FileMessages
from chatapp.client.session.file_servers import FileServers
from chatapp.client.session.file_uploads import FileUploads
from chatapp.client.session.finding import Finding
from chatapp.client.session.message_changes import MessageChanges
from chatapp.client.session.message_export import Exports, ExportWritten
from chatapp.client.session.missed_messages import MissedMessages
from chatapp.client.session.nick_reclaim import NickReclaim
from chatapp.client.session.orders import Orders
from chatapp.client.session.people_watch import PeopleWatch
from chatapp.client.session.presence_polls import PresencePolls
from chatapp.client.session.quoted_messages import QuotedMessages
from chatapp.client.session.recent_deletions import RecentDeletions
from chatapp.client.session.reopen_conversations import ReopenConversations
from chatapp.client.session.salting import KeyDerived
from chatapp.client.session.server_watch import ServerWatch
from chatapp.client.session.stored_password import StoredPassword
from chatapp.client.transport.certificates import TrustedCertificates
from chatapp.client.transport.file_tasks import FileTask, RunningTask, StartTask, TaskEnded, TaskThread
from chatapp.client.transport.link import LinkEvent, OpenLink
from chatapp.languages.translation import N_, _
from chatapp.protocol.message import Message
from chatapp.system.signalling_queue import SignallingQueue

NOT_STORED = N_("Your password could not be stored. You must enter it again next time.")


@dataclass(frozen=True, slots=True)
class Services:
    """The parts that the sessions of one client share.

    Attributes:
        trusted: The certificates that the user trusts.
        passwords: The password stores.
        local_server: The server that was started from here.
        open_link: Opens a link.
        wall: Returns Unix seconds.
        clock: Returns monotonic seconds.
        chance: Returns a random number from 0 to 1.
        program: The name of the front-end, for the user's own list of sessions.
        file_options: What the user has set about files.
        start_task: Starts a transfer of a file.
        on_arrival: As `Client` takes it.
    """

    trusted: TrustedCertificates
    passwords: Passwords
    local_server: LocalServer
    open_link: OpenLink
    wall: Callable[[], float]
    clock: Callable[[], float]
    chance: Callable[[], float]
    program: str = "Chatapp"
    file_options: FileOptions = field(default_factory=FileOptions)
    start_task: StartTask = TaskThread
    on_arrival: Callable[[], object] = lambda: None


@dataclass(frozen=True, slots=True)
class AccountDeleted:
    """An item of the inbox: the user's account was deleted, so the connection ends."""


class NetworkSession:
    """One network from its first connection to its last.

    Args:
        services: The parts that all sessions share.
        changes: The client's list of changes, to which those of this network are added.
        react: Handles an event, see `reactions.react`.

    Attributes:
        network: The model that a front-end shows.
        inbox: The reports of threads: the link, key derivations, password stores. The client takes the items
            out and passes them to `take`.
        connection: Its connection, which alone decides whether it is online.
        key: What its conversations are stored under, see `saved_servers`; empty for the address of its login.
        is_kept: Whether it was online once, now or in an earlier run: then it is stored for the next one.
        is_local: Whether its server was started from here.
        is_for_lan: Whether this local server listens on all addresses, as chats of the first version did.
        keeps_running: Whether this local server keeps running when the window is closed.
    """

    def __init__(
        self,
        services: Services,
        changes: list[Change],
        react: Callable[[NetworkSession, Event], None],
    ) -> None:
        self.services = services
        self.network = Network()
        self.inbox: SignallingQueue[Any] = SignallingQueue(services.on_arrival)
        self.connection = ReconnectingConnection(
            self.inbox, services.open_link, services.trusted, services.clock, services.chance, self,
            services.wall,
        )  # fmt: skip
        self.key = ""
        self.is_kept = self.is_local = self.is_for_lan = self.keeps_running = False
        self.message_labels = count(1)
        self.automatic_away = AutomaticAway()
        self.expired_messages = ExpiredMessages()
        self.background = BackgroundRequests()
        self.command_feedback = CommandFeedback()
        self.exports = Exports(self._write_export)
        self.file_cards = FileCards(self._start_task, services.file_options)
        self.file_messages = FileMessages()
        self.file_uploads = FileUploads(
            self._start_task, services.file_options, lambda: self.connection.doubted()
        )
        self.finding = Finding()
        self.is_named = False  # whether the server has said the name of the chat on this connection
        self.is_described = False  # whether the server knows which program this is
        self.joins = ChannelJoins()
        self.message_changes = MessageChanges()
        self.missed_messages = MissedMessages()
        self.nick_reclaim = NickReclaim()
        self.orders = Orders()
        self.people_watch = PeopleWatch()
        self.presence_polls = PresencePolls()
        self.quoted_messages = QuotedMessages()
        self.read_markers = ReadMarkers()
        self.recent_deletions = RecentDeletions()
        self.reopening = ReopenConversations()
        self.requested_results = RequestedResults()
        self.server_watch = ServerWatch()
        self.slow_pages = history.SlowPages()
        self.stored_password = StoredPassword(services.passwords, self.inbox)
        self.typing_notices = TypingNotices()
        self._was_online = False  # whether the login that is being looked up has worked before
        self._changes = changes
        self._react = react

    @property
    def login(self) -> Login:
        """The login of the connection."""
        return self.connection.login

    @property
    def file_servers(self) -> FileServers:
        """Where the files of this network are."""
        return FileServers(self.network, self.login, self.services.trusted)

    @property
    def prefs(self) -> ConversationPrefs | None:
        """Where the conversations are stored; None if they are not stored."""
        return self.reopening.prefs

    # connecting

    def restore(self, saved: SavedServer) -> None:
        """Continue the network of an earlier run; `connect` connects it."""
        self.network.name, self.network.muted = saved.name, saved.is_muted
        self.key, self.connection.login = saved.key, saved.login
        self.is_for_lan, self.keeps_running = saved.is_for_lan, saved.keeps_running

    def connect(self, login: Login, was_online: bool = False, moved_from: Login | None = None) -> None:
        """Connect with this login; its stored password is looked up first if it has none.

        Args:
            was_online: Whether this login has worked before, so that it is tried again and again.
            moved_from: The login for the port on which the server listened before.
        """
        self._was_online = was_online
        if self.prefs:
            self.prefs.follow(self.key or login.address, self.network)
            login = replace(login, guest_key=self.prefs.guest_key())
        self.network.name = self.network.name or login.host
        self.network.nick = login.nick
        self.stored_password.cancel()
        if login.remember and not login.password:
            self.connection.disconnect()
            self.connection.prepare()
            self.connection.login = login
            self.stored_password.look_up(login, moved_from)
        else:
            self.connection.connect(login, was_online)

    def reconnect(self) -> None:
        """Connect again at once, if we wait for the next attempt or have disconnected."""
        if self.network.state == "waiting":
            self.connection.retry_now()
        elif self.network.state == "offline" and self.login.host:
            self.connect(self.login, was_online=self.is_kept)

    def cancel(self) -> None:
        """Stop trying to connect, or end the connection at once."""
        if self.prefs:
            self.prefs.save()  # while it is still known what is open
        self.stored_password.cancel_lookup()
        self.connection.disconnect()

    def disconnect(self, reason: str = "") -> None:
        """Disconnect. The conversations can still be read."""
        if self.prefs:
            self.prefs.save()
        self.send_last()
        self.stored_password.cancel_lookup()
        self.connection.disconnect(reason)

    # changes and messages

    def report(self, *changes: Change) -> None:
        """Report changes to the front-end."""
        self._changes += changes

    def carry_out(self, outcome: tuple[Iterable[Change], Iterable[Message]]) -> None:
        """Report the changes and send the messages of an outcome."""
        changes, messages = outcome
        self._changes += changes
        for message in messages:
            self.send(message)

    def send(self, message: Message) -> None:
        """Send a message if we are online; else drop it."""
        self.joins.note_keys(self.network, message)
        self.connection.send(message)

    def send_all(self, messages: Iterable[Message]) -> None:
        """Send several messages."""
        for message in messages:
            self.send(message)

    def request(self, message: Message, labelled: bool = True) -> None:
        """Send a request that the user did not make, so an error in reply is not shown."""
        self.send(self.background.note(self.network, message, self.services.clock(), labelled))

    def give(self, order: Order) -> None:
        """Carry out the commands of an order; `OrderFinished` reports the end."""
        self.carry_out(self.orders.give(self.network, order, self.services.clock()))

    def send_after_history(self) -> None:
        """Send what had to wait until the history has shown which messages have arrived.

        Without encryption, only if the server has said which chat it is or has let us into the channel.
        """
        network = self.network
        is_known = network.privacy == "encrypted" or self.is_named
        for conversation in network.conversations.values():
            if is_known or conversation.joined:
                self.carry_out(sending.send_waiting(network, conversation, self.message_labels))

    def apply(self, event: Event) -> None:
        """Apply an event to the model."""
        self._changes += apply(self.network, event, self.services.wall())
        self.command_feedback.received(self.network, event)

    def send_read_markers(self, all_of_them: bool = False) -> None:
        """Send the read markers that have moved.

        Args:
            all_of_them: Whether to send also those that were sent a short time ago.
        """
        read_state.mark_seen_as_read(self.network)
        for message in self.read_markers.due(self.network, self.services.clock(), all_of_them):
            self.request(message)

    def send_last(self, of: Conversation | None = None) -> None:
        """Send what waits for a later time, because there is none: deletions and read markers.

        Args:
            of: The conversation that is left; None if the connection ends.
        """
        self.carry_out(self.message_changes.send_due(self.network, of, is_last=True))
        if of is None:
            self.send_read_markers(all_of_them=True)

    # input and time

    def take(
        self, item: LinkEvent | KeyDerived | PasswordEvent | ExportWritten | AccountDeleted | TaskEnded
    ) -> None:
        """Handle an item from the inbox."""
        match item:
            case PasswordFound():
                login = self.stored_password.found(item)
                if login:
                    self.connection.connect(login, self._was_online)
            case PasswordStored():
                where = item.location
                text = (
                    _("Your password is stored {where}.").format(where=_(where)) if where else _(NOT_STORED)
                )
                self.apply(events.ServerText(text))
            case ExportWritten(export, problem, was_stopped):
                self.report(*self.exports.written(self.network, export, problem, was_stopped))
            case AccountDeleted():
                self.disconnect()
            case TaskEnded():
                changes = self.file_uploads.ended(self.network, item)
                if changes is None:
                    changes = self.file_cards.ended(self.network, item)
                self.report(*(changes or ()))
            case _:
                self.connection.take(item)

    def tick(self) -> None:
        """Do what is due by time."""
        self.connection.tick()
        self._tick_files()
        if self.connection.state != "online":
            return
        network, services = self.network, self.services
        self.report(*incoming_messages.expire_typing(network, services.wall()))
        self.report(*delivery_status.fail_unconfirmed(network))
        self.report(*self.expired_messages.due(network))
        for conversation in network.active():
            if conversation.held_until:
                self.carry_out(sending.send_in_turn(network, conversation, self.message_labels))
        self.report(*self.message_changes.expire(network, services.wall()))
        self.carry_out(self.message_changes.send_due(network))
        self.send_read_markers()
        self.send_all(self.slow_pages.due(network))
        now = services.clock()
        for message in [*self.people_watch.due(network, now), *self.presence_polls.due(network, now)]:
            self.request(message)
        self.carry_out(self.finding.due(network))
        self.report(*self.exports.due(network))
        changes, order = self.server_watch.due(network, self.orders.are_finished)
        self.report(*changes)
        if order:
            self.give(order)
        self.carry_out(self.orders.due(network, services.clock()))
        self.send_all(self.nick_reclaim.due(network, self.login.nick, services.clock()))

    def _tick_files(self) -> None:
        """Do what is due with files: transfers need no connection of the chat, but only begin with one."""
        network = self.network
        if self.file_uploads.is_due(network):
            self.report(*self.file_uploads.due(network, self.file_servers))
        if self.file_cards.is_due(network):
            self.report(*self.file_cards.due(network, self.file_servers))
        if self.file_messages.are_waiting:
            self.carry_out(self.file_messages.send_ready(network, self.message_labels))

    # reports of the connection

    def state_changed(self, before: NetworkState) -> None:
        """Copy the state of the connection into the model, at this place only."""
        connection, network = self.connection, self.network
        if before == "online" != connection.state:
            self._lost()
        network.state = connection.state
        network.privacy = connection.privacy
        if network.state == "connecting":
            network.account = ""
            self.is_named = False
            connection.away = self.automatic_away.on_connecting(network)
        elif network.state == "online":
            self.is_kept = True
            self.report(*self.file_cards.connected(network))
        end_reason = self.services.local_server.end_reason(connection.login)
        ended = (
            _("The server on this computer has stopped: {reason}").format(reason=end_reason)
            if end_reason
            else ""
        )
        network.problem = ended or connection.problem
        network.failure = connection.failure
        network.cannot_store = network.lacks_room = False
        seconds = connection.retry_seconds
        network.retry_at = None if seconds is None else self.services.wall() + seconds
        if network.state == "offline":
            self.report(*connection_abandoned(network))
        self.report(StatusChanged(network))

    def received(self, event: Event) -> None:
        """Handle an event from the server."""
        self._react(self, event)

    def gave_up(self, failed: ConnectFailed) -> None:
        """Report the failure with the network that it is about."""
        self.report(replace(failed, network=self.network))

    def stop_transfers(self) -> list[RunningTask]:
        """Stop sending and downloading files, because the network is removed; return what has to end."""
        return [*self.file_uploads.stop(), *self.file_cards.stop()]

    def _start_task(self, task: FileTask) -> RunningTask:
        """Start a transfer; its end comes through the inbox."""
        return self.services.start_task(task, self.inbox)

    def _write_export(self, export: MessageExport, chat: str, name: str, messages: ExportSpool) -> None:
        """Write a file in a thread; the outcome comes through the inbox."""
        inbox = self.inbox
        was_stopped = False  # whether the thread has seen it, and so there is no file

        def is_stopped() -> bool:
            nonlocal was_stopped
            was_stopped = export.is_stopped
            return was_stopped

        def done(problem: str) -> None:
            messages.close()
            inbox.put(ExportWritten(export, problem, was_stopped))

        export_file.write_soon(export.path, chat, name, messages, done, is_stopped)

    def _lost(self) -> None:
        """Adapt the model and the requests to the end of a connection that was online."""
        self.joins.connection_lost(self.network)
        self.requested_results.reset()
        self.report(*self.finding.connection_lost(self.network))
        self.report(*self.exports.connection_lost(self.network))
        self.slow_pages.reset()
        self.quoted_messages.reset()
        self.recent_deletions.reset()
        self.report(*self.orders.connection_lost(self.network))
        self.server_watch.connection_lost()
        self.report(*self.message_changes.connection_lost(self.network, self.services.wall()))
        self.report(*connection_lost(self.network, self.services.wall()))
