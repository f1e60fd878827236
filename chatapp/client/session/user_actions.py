"""The actions of the user on one network: each sends messages and changes the model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from chatapp.client.login import NAME_MISSING, with_name
from chatapp.client.model import history, ignored_people, incoming_messages, read_state, waiting_messages
from chatapp.client.model.abilities import may_reply
from chatapp.client.model.changes import (
    AttachmentsChanged,
    Change,
    ConversationChanged,
    ConversationsChanged,
    MembersChanged,
    Removed,
    Reset,
)
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.files import Attachment, blocking
from chatapp.client.model.model import Entry, EntryKind
from chatapp.client.model.orders import Order, Step, undo_by
from chatapp.client.model.server_overview import is_visible, usable_code
from chatapp.client.outgoing import sending, slash_commands, written_text
from chatapp.client.outgoing.line_splitting import long_text_question
from chatapp.client.outgoing.multiline_sending import texts_of
from chatapp.client.session import file_messages, people_watch
from chatapp.client.session.current_conversation import choose, show_any
from chatapp.client.session.network_session import NetworkSession
from chatapp.client.text import links
from chatapp.languages.translation import N_, _
from chatapp.protocol import names
from chatapp.protocol.invite_links import BadInvite, Invite
from chatapp.protocol.message import Message

_NOT_CONNECTED = N_("You are not connected.")
_TRY_OR_REMOVE = N_("“{name}” cannot be sent. Try again, or remove it.")
_REMOVE_IT = N_("“{name}” cannot be sent. Remove it, or choose another file.")
_SERVER_CONVERSATION = N_(
    "You cannot write messages here. Join a channel: /join #NAME. Write to a person: /msg NAME."
)


class UserActions:
    """The actions on one network, also those of slash commands (`CommandContext`). It has no state.

    Args:
        session: The session of the network.
        reply_to: The message to which a text that is sent replies; None for none.
    """

    def __init__(self, session: NetworkSession, reply_to: Entry | None = None) -> None:
        self.session = session
        self.network = session.network
        self._reply_to = reply_to

    # writing

    def run(self, conversation: Conversation | None, text: str) -> str | None:
        """Send a text from the composer, or run the slash command in it; `//` begins a text with a slash.

        Args:
            conversation: Where it was typed; None for the conversation of the server.
            text: The text as typed.

        Returns:
            None, or why it was refused. Then the front-end does not clear the composer.
        """
        session = self.session
        try:
            if conversation is None:
                conversation, changes = incoming_messages.current_conversation(self.network)
                session.report(*changes)
            to_send = written_text.to_send(self.network, conversation, text)
            message = slash_commands.plain_message(to_send)
            if message is not None and (_sendable(conversation) or (conversation.attachments and not text)):
                self._say_with_files(conversation, message)
            else:
                slash_commands.run(self, conversation, to_send)
            session.command_feedback.typed(conversation, text, session.services.clock())
        except slash_commands.CommandError as refusal:
            return str(refusal)
        return None

    def long_text_question(self, conversation: Conversation | None, text: str, key: str = "Enter") -> str:
        """Return the question to ask before `run` sends a text as many messages; empty if none is needed.

        Args:
            key: The key that sends.
        """
        target, network = conversation.name if conversation else "", self.network
        typed = slash_commands.message_part(text)
        return long_text_question(len(texts_of(network, "message", target, typed)), key)

    def say(
        self, conversation: Conversation, text: str, kind: EntryKind = "message", reply_to: str = ""
    ) -> None:
        """Send a message. It is shown at once, and waits while the connection is down.

        Args:
            reply_to: The msgid of the message that it replies to; empty for the one of these actions.

        Raises:
            CommandError: The conversation is the server's, or we are not connected or not in the channel.
        """
        network, session = self.network, self.session
        reply_to = self._begin_to_say(conversation, reply_to)
        now = session.services.wall()
        session.carry_out(
            sending.say(network, conversation, kind, text, session.message_labels, now, reply_to)
        )

    def _say_with_files(self, conversation: Conversation, text: str) -> None:
        """Send the files of the composer with a message; it waits until the server has them.

        Those that are too large or have failed stay in the composer.

        Raises:
            CommandError: As `say`, or there is nothing else. The files stay in the composer.
        """
        files = _sendable(conversation)
        blocked = blocking(conversation.attachments)
        if not files and blocked is not None:
            has_another_try = blocked.state == "failed" and blocked.can_retry
            problem = _(_TRY_OR_REMOVE) if has_another_try else _(_REMOVE_IT)
            raise slash_commands.CommandError(problem.format(name=blocked.name))
        reply_to = self._begin_to_say(conversation)
        conversation.attachments = [each for each in conversation.attachments if each not in files]
        session = self.session
        now = session.services.wall()
        session.report(AttachmentsChanged(conversation))
        changes, entry = sending.say_with_files(self.network, conversation, text, files, now, reply_to)
        session.report(*changes)
        session.file_messages.await_files(conversation, entry)
        session.carry_out(session.file_messages.send_ready(self.network, session.message_labels))

    def _begin_to_say(self, conversation: Conversation, reply_to: str = "") -> str:
        """Note that a message is sent; return the msgid of the one that it replies to.

        Raises:
            CommandError: See `say`.
        """
        network, session = self.network, self.session
        if conversation.kind == "server":
            raise slash_commands.CommandError(_(_SERVER_CONVERSATION))
        if network.state == "offline":
            raise slash_commands.CommandError(_(_NOT_CONNECTED))
        has_left = not conversation.joined and conversation.removal is not None
        if conversation.kind == "channel" and has_left and network.state == "online":
            raise slash_commands.CommandError(
                _("You are not in {channel}.").format(channel=conversation.name)
            )
        session.typing_notices.message_sent(conversation)
        network.monotonic = session.services.clock()
        reply_to = reply_to or (self._reply_to.msgid if self._reply_to else "")
        return reply_to if may_reply(network, conversation) else ""

    def retry(self, conversation: Conversation, entry: Entry) -> str | None:
        """Send a failed message again; it moves to the end.

        Returns:
            None, or why it cannot be sent now.
        """
        if entry.state == "failed":
            try:
                self.say(conversation, entry.text, entry.kind, entry.reply_to)
            except slash_commands.CommandError as refusal:
                return str(refusal)
            self.discard(conversation, entry)
        return None

    def discard(self, conversation: Conversation, entry: Entry) -> None:
        """Remove a failed message."""
        if entry.state == "failed":
            conversation.remove(entry)
            self.session.report(Removed(conversation, (entry,)))

    def take_back(self, conversation: Conversation, entry: Entry) -> str:
        """Remove a message that has failed or waits; return its text, for the composer."""
        if entry.state == "sent" or (entry.label and entry.state == "pending"):
            return ""
        conversation.remove(entry)
        self.session.report(Removed(conversation, (entry,)), ConversationChanged(conversation))
        if entry.attachments:
            self.session.report(*file_messages.give_back(conversation, entry))
        return entry.text

    def cancel_waiting(self, conversation: Conversation) -> list[str]:
        """Remove the messages that were not sent yet; return their texts, for the composer."""
        texts, changes = waiting_messages.cancel(conversation)
        self.session.report(*changes)
        return texts

    def notify_typing(self, conversation: Conversation, text: str) -> None:
        """Let others know that the user is typing, now that the composer holds this text."""
        session = self.session
        now = session.services.clock()
        for message in session.typing_notices.edited(self.network, conversation, text, now):
            session.request(message)

    # conversations

    def open(self, conversation: Conversation) -> None:
        """Show this conversation."""
        choose(self.session, conversation)

    def open_direct(self, nick: str) -> Conversation:
        """Open the direct message with a user."""
        session, network = self.session, self.network
        conversation = network.find(nick)
        if conversation is None:
            conversation = network.add(nick, "direct")
            if conversation.unread_after is None:
                conversation.starts_at = network.time(session.services.wall())
            session.report(ConversationsChanged(network))
            session.send_all(history.catch_up(network, conversation))
        self.open(conversation)
        return conversation

    def join(self, channel: str, key: str = "") -> None:
        """Join a channel and show it."""
        found = self.network.find(channel)
        if found and found.joined:
            return self.open(found)
        self.session.joins.show_when_joined(self.network, channel)
        return self.send(Message("JOIN", [channel, key] if key else [channel]))

    def order_channel(self, channel: str, key: str = "", topic: str = "", is_private: bool = False) -> Order:
        """Join a channel, or make it, and show it; `OrderFinished` reports whether the server lets us.

        Args:
            key: The channel key; empty for none.
            topic: For a new channel; empty for none.
            is_private: Whether a new channel is invite-only and secret.
        """
        steps = [Step(Message("JOIN", [channel, key] if key else [channel]))]
        if is_private:
            steps.append(Step(Message("MODE", [channel, "+is"])))
        if topic:
            steps.append(Step(Message("TOPIC", [channel, topic])))
        self.session.joins.show_when_joined(self.network, channel)
        order = Order(tuple(steps))
        self.give(order)
        return order

    def leave(self, conversation: Conversation, reason: str = "") -> None:
        """Leave a channel, or close a direct message."""
        self.session.send_last(conversation)
        if conversation.kind == "channel" and conversation.joined and self.network.state == "online":
            self.send(Message("PART", [conversation.name, *([reason] if reason else [])]))
        else:
            self.session.joins.forget(self.network, conversation.name)
            self.network.remove(conversation)
            self.session.report(ConversationsChanged(self.network))
            show_any(self.session)

    def clear(self, conversation: Conversation) -> None:
        """Empty the view of a conversation; the server's history stays."""
        conversation.clear()
        self.session.report(Reset(conversation), ConversationChanged(conversation))

    def mark_read(self, conversation: Conversation, by_command: bool = False) -> None:
        """Mark the whole conversation as read.

        Args:
            by_command: Whether the user has asked for it, not only seen the messages.
        """
        if read_state.mark_read(self.network, conversation, by_command):
            self.session.report(ConversationChanged(conversation))

    def mark_read_to(self, conversation: Conversation, entry: Entry) -> None:
        """Mark the entries up to this one as read."""
        if conversation.unread:
            self.session.report(*read_state.mark_read_until(self.network, conversation, entry.time))

    def mark_unread_from(self, conversation: Conversation, entry: Entry) -> None:
        """Mark a message and all later ones as unread, until the user comes back and reads them."""
        self.session.report(*read_state.mark_unread_from(self.network, conversation, entry))

    def load_older(self, conversation: Conversation) -> None:
        """Request messages older than those shown, which arrive as `Prepended`. Does nothing without any."""
        if conversation.past is not None:
            return self.session.carry_out(self.session.finding.load(self.network, conversation, "before"))
        messages = history.request_older(self.network, conversation)
        return self.session.carry_out(([ConversationChanged(conversation)] if messages else [], messages))

    def show(self, changes: Iterable[Change]) -> None:
        """Report changes to the front-end."""
        self.session.report(*changes)

    def note(self, conversation: Conversation, text: str) -> None:
        """Add a note that only the user sees."""
        now = self.session.services.wall()
        self.session.report(*incoming_messages.note(self.network, conversation, "system", text, now))

    # people

    def change_name(self, name: str) -> str | None:
        """Change the user's name, which may have spaces and letters of any script.

        Returns:
            None, or why that is not possible.
        """
        order = self._order_of_name(name)
        if isinstance(order, str):
            return order
        if len(order.steps) > 1:
            order.shows_problem = True
            self.give(order)
        else:
            self.session.send_all(step.message for step in order.steps)
        return None

    def give_name(self, name: str) -> Order | str:
        """Change the user's name; `OrderFinished` reports whether the server has accepted it.

        Returns:
            The order, or why that is not possible.
        """
        order = self._order_of_name(name)
        if not isinstance(order, str):
            self.give(order)
        return order

    def _order_of_name(self, name: str) -> Order | str:
        """Return the commands that change the user's name, or why that is not possible.

        The display name comes first: if the nick is refused, others have not seen a change of the nick.
        """
        session, network = self.session, self.network
        login = with_name(session.login, name)
        if not login.nick:
            return _(NAME_MISSING)
        if not people_watch.has_display_names(network):
            if len(name.split()) > 1:
                return names.why_no_nick(name) or _(NAME_MISSING)
            session.connection.use_display_name("")
            return Order(() if name == network.nick else (Step(Message("NICK", [name])),))
        steps: list[Step] = []
        before = network.chosen_name(network.nick)
        if login.display_name != before:
            back = undo_by(people_watch.set_display_name(before))
            steps.append(Step(people_watch.set_display_name(login.display_name), back))
        if login.nick != network.nick:
            steps.append(Step(Message("NICK", [login.nick])))
        return Order(tuple(steps))

    def ignore(self, nick: str, is_ignored: bool) -> None:
        """Ignore a person from now on, or no longer."""
        network = self.network
        if is_ignored and not network.is_me(nick):
            self.session.report(*ignored_people.ignore(network, nick))
        else:
            ignored_people.stop_ignoring(network, nick)
        shared = network.with_member(network.fold(nick))
        self.session.report(*map(MembersChanged, shared))

    def request_profile(self, nick: str) -> None:
        """Request what the server knows about a user, which arrives as `ProfileReceived`."""
        self.session.request(self.session.people_watch.whois(self.network, nick))

    # links

    def follow_channel(self, link: str) -> str | None:
        """Show the channel of a clicked `#channel`, and join it if necessary.

        Returns:
            None, or why that is not possible now.
        """
        known = next(filter(None, map(self.network.find, [link, *links.shorter_channels(link)])), None)
        if self.network.state == "online":
            self.join(known.name if known else link)
        elif known:
            self.open(known)
        else:
            return _(_NOT_CONNECTED)
        return None

    def invite_link(self, conversation: Conversation | None) -> str:
        """Return the link with which others can join the server, and the conversation if it is a channel.

        It has an invite code where one is needed, if the user may see one, see `OwnServer.watch`.
        """
        services, login = self.session.services, self.session.login
        if services.local_server.link and services.local_server.is_at(login):
            invite = services.local_server.link
        else:
            pin = login.pin or services.trusted.known(login.host, login.port)
            is_secure = self.network.privacy == "encrypted"
            invite = Invite(login.host, login.port, pin=pin, secure=is_secure)
        if conversation is not None and conversation.kind == "channel":
            invite = replace(invite, channels=(conversation.name,))
        overview = self.session.server_watch.overview
        if is_visible(self.network) and overview.settings.access != "everyone":
            code = usable_code(overview)
            invite = replace(invite, code=code.code if code else "")
        return str(invite)

    def follow_invite(self, invite: Invite) -> bool:
        """Join the channels of an invite link if it is for this server; return whether it is."""
        if self.network.state != "online":
            return False
        try:
            here = Invite.parse(self.invite_link(None))
        except BadInvite:  # the user typed an address that no link can contain
            return False
        is_same = (invite.host, invite.port) == (here.host, here.port)
        if not is_same or (invite.pin and invite.pin != here.pin):
            return False
        for channel in invite.channels:
            self.join(channel)
        return True

    # messages

    def give(self, order: Order) -> None:
        """Carry out the commands of an order; `OrderFinished` reports the end."""
        self.session.give(order)

    def send(self, message: Message) -> None:
        """Send a message of any kind if we are online."""
        self.session.send(message)

    def quote(self, message: Message) -> None:
        """Send a message that the user typed. Old messages that it asks for are shown as results."""
        self.send(self.session.requested_results.note_request(self.network, message))

    def quit(self, reason: str = "") -> None:
        """Disconnect from this network."""
        self.session.disconnect(reason)


def _sendable(conversation: Conversation) -> list[Attachment]:
    """Return the files in the composer, but those that are too large for the server or have failed."""
    return [each for each in conversation.attachments if not each.is_over]
