"""The actions of the user on messages that exist: react, edit, delete, retry, discard."""

from __future__ import annotations

from chatapp.client.model import message_edits, reaction_counts, redaction
from chatapp.client.model.abilities import (
    EDIT,
    REACT_TAG,
    REPLY_TAG,
    UNREACT_TAG,
    capability_number,
    may_delete,
    may_edit,
    may_moderate,
    may_react,
)
from chatapp.client.model.changes import Updated
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.outgoing import written_text
from chatapp.client.session.message_changes import UNDO_SECONDS, SentChange
from chatapp.client.session.network_session import NetworkSession
from chatapp.client.session.recent_deletions import RecentDeletion
from chatapp.languages.translation import N_, _
from chatapp.protocol import edits
from chatapp.protocol.message import Message, escape_tag
from chatapp.protocol.multiline import with_line_feeds

MAX_EDIT_BYTES = 3900  # of an escaped text in a tag; IRCv3 message-tags allows 4094 bytes for all tags
NO_TEXT = N_("A message needs a text. To remove the message, delete it.")
NO_EDIT = N_("This message cannot be changed now.")
TOO_LONG = N_("This text is too long for a changed message.")


class MessageActions:
    """The actions on the messages of one network. It has no state.

    Args:
        session: The session of the network.
    """

    def __init__(self, session: NetworkSession) -> None:
        self.session = session
        self.network = session.network

    def fetch_quoted(self, conversation: Conversation, entry: Entry) -> None:
        """Request the message that a visible entry replies to, if `Conversation.quoted` has none."""
        self.session.carry_out(self.session.quoted_messages.fetch(self.network, conversation, entry))

    def react(self, conversation: Conversation, entry: Entry, reaction: str) -> None:
        """Add a reaction to a message, or remove it if it is there. Shown at once.

        Args:
            reaction: Any short text, such as an emoji.
        """
        network, reaction = self.network, reaction_counts.clean(reaction)
        is_stored = entry.is_confirmed_message and entry.msgid and not entry.deleted_by
        if not reaction or not is_stored or not may_react(network, conversation):
            return
        is_set = not reaction_counts.is_mine(network, entry, reaction)
        if is_set and not reaction_counts.may_add(entry, reaction):
            return
        reaction_counts.set_mine(network, entry, reaction, is_set)
        tags = {REPLY_TAG: entry.msgid, REACT_TAG if is_set else UNREACT_TAG: reaction}
        change = SentChange("reaction", conversation, entry, reaction, is_set)
        self._send(change, Message("TAGMSG", [conversation.name], tags=tags))
        self.session.report(Updated(conversation, entry))

    def edit(self, conversation: Conversation, entry: Entry, text: str) -> str | None:
        """Change the text of an own message. Shown at once; a refused text is kept in `pending_edit`.

        Returns:
            None, or why it cannot be changed. Then the front-end does not clear the composer.
        """
        network, text = self.network, with_line_feeds(text).strip("\n")
        text = written_text.message_to_send(network, conversation, text)
        if not text.strip():
            return _(NO_TEXT)
        if network.state != "online":
            return _("You are not connected.")
        if not may_edit(network, conversation, entry):
            return _(NO_EDIT)
        most = capability_number(network, EDIT, "max-bytes") or MAX_EDIT_BYTES
        if len(escape_tag(text).encode()) > min(most, MAX_EDIT_BYTES):
            return _(TOO_LONG)
        if text == entry.text:
            self.session.report(*message_edits.forget(conversation, entry))
            return None
        self.session.report(*message_edits.begin(network, conversation, entry, text))
        tags = {edits.TARGET_MSGID: entry.msgid, edits.EDIT_TEXT: text}
        change = SentChange("edit", conversation, entry, text)
        self._send(change, Message("EDIT", [conversation.name], tags=tags))
        return None

    def discard_edit(self, conversation: Conversation, entry: Entry) -> None:
        """Discard a refused change of a text."""
        self.session.report(*message_edits.forget(conversation, entry))

    def delete(self, conversation: Conversation, entry: Entry, reason: str = "") -> None:
        """Delete a message: at once on the screen, and UNDO_SECONDS later on the server.

        Args:
            reason: For others, when a moderator deletes it; empty for none.
        """
        if may_delete(self.network, conversation, entry):
            self._delete(conversation, [entry], reason)

    def delete_recent(self, conversation: Conversation, nick: str, seconds: float, reason: str = "") -> int:
        """Delete what a person has written in the last seconds.

        Returns:
            How many messages disappear now; those that are not loaded follow. `undo_delete_recent` undoes it.
        """
        network, session = self.network, self.session
        network.monotonic = session.services.clock()
        since, person = network.time(session.services.wall()) - seconds, network.fold(nick)
        known = network.people.get(person)
        account = known.account if known else ""
        entries = conversation.entries
        first = conversation.first_message
        until = first.time if first else network.time(network.wall)
        due = network.monotonic + UNDO_SECONDS
        deletion = RecentDeletion(conversation, person, account, since, until, reason, due)
        deletion.entries = [
            each
            for each in entries
            if each.time >= since
            and deletion.is_by_author(network, each.nick, each.account)
            and may_delete(network, conversation, each)
        ]
        self._delete(conversation, deletion.entries, reason)
        if may_moderate(network, conversation) or network.is_me(nick):
            session.send_all(session.recent_deletions.begin(network, deletion))
        return len(deletion.entries)

    def undo_delete(self, conversation: Conversation, entry: Entry) -> bool:
        """Show a message again that was deleted a moment ago; return whether that was still possible."""
        changes = self.session.message_changes.deletions.undo(conversation, entry)
        self.session.report(*changes)
        return bool(changes)

    def keep_undo(self, conversation: Conversation) -> None:
        """Give the user the whole time again to undo the deletions of a conversation that were not sent."""
        session, due = self.session, self.session.services.clock() + UNDO_SECONDS
        session.message_changes.deletions.postpone(conversation, due)
        session.recent_deletions.postpone(conversation, due)

    def undo_delete_recent(self, conversation: Conversation) -> int:
        """Undo the last `delete_recent`; return how many messages are shown again."""
        deletions = self.session.message_changes.deletions
        restored, changes = self.session.recent_deletions.undo(conversation, deletions)
        self.session.report(*changes)
        return restored

    def _delete(self, conversation: Conversation, entries: list[Entry], reason: str) -> None:
        session, network = self.session, self.network
        network.monotonic = session.services.clock()
        for entry in entries:
            due = network.monotonic + UNDO_SECONDS
            session.report(*redaction.begin(network, conversation, entry, reason, due))
            session.message_changes.deletions.add(conversation, entry)

    def _send(self, change: SentChange, message: Message) -> None:
        self.network.monotonic = self.session.services.clock()
        self.session.send(self.session.message_changes.send(self.network, change, message))
