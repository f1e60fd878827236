"""What the user has changed about messages and the server has not answered yet: edits, deletions, reactions.

The front-end shows each change at once. Here it is remembered until the server confirms it; if the server
refuses it, the message is as before again and the user is told why. A deletion waits UNDO_SECONDS before it
is sent. Those that were not sent when the connection was lost are sent when it is back.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Literal

from chatapp.client.incoming.error_texts import MESSAGE_ERRORS, error_text
from chatapp.client.incoming.events import ErrorReply, Reacted
from chatapp.client.model import incoming_messages, message_edits, reaction_counts, redaction
from chatapp.client.model.changes import Change, Updated
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.session.due_deletions import DueDeletions
from chatapp.languages.translation import N_, _
from chatapp.protocol.message import Message

UNDO_SECONDS = 8.0  # between a deletion on the screen and its message to the server
ANSWER_SECONDS = 60.0  # after which a change counts as not confirmed
REPEAT_SECONDS = 5.0  # in which the same problem is told once
LABEL = "change-"
CONNECTION_LOST = N_("The connection was lost before it was saved.")
NOT_CONFIRMED = N_("The server did not confirm it.")

Kind = Literal["edit", "deletion", "reaction"]

_COMMANDS: dict[Kind, str] = {"edit": "EDIT", "deletion": "REDACT", "reaction": "TAGMSG"}
_GONE = "UNKNOWN_MSGID"


@dataclass(slots=True, eq=False)
class SentChange:
    """A change that was sent to the server.

    Attributes:
        text: The new text of an edit, or the reaction.
        is_set: For a reaction: whether it was added.
    """

    kind: Kind
    conversation: Conversation
    entry: Entry
    text: str = ""
    is_set: bool = True
    label: str = ""
    sent_at: float = 0.0


class MessageChanges:
    """The unanswered changes of one network. Times are `Network.monotonic`.

    Attributes:
        deletions: The deletions that were not sent yet.
    """

    def __init__(self) -> None:
        self._labels = count(1)
        self._sent: list[SentChange] = []
        self.deletions = DueDeletions()
        self._told: tuple[Conversation | None, str, float] = (None, "", 0.0)

    def send(self, network: Network, change: SentChange, message: Message) -> Message:
        """Remember a change; return its message with a label, if the server supports labels."""
        change.label, change.sent_at = f"{LABEL}{next(self._labels)}", network.monotonic
        self._sent.append(change)
        return message.tagged(label=change.label) if "labeled-response" in network.capabilities else message

    def send_due(
        self, network: Network, of: Conversation | None = None, is_last: bool = False
    ) -> tuple[list[Change], list[Message]]:
        """Send the deletions that are due, see `DueDeletions.take`; undo those that cannot be sent."""
        changes: list[Change] = []
        messages: list[Message] = []
        for conversation, entry in self.deletions.take_lost():
            problem = _("You are not in {channel}.").format(channel=conversation.name)
            changes += self._undo(network, SentChange("deletion", conversation, entry), problem, network.wall)
        for conversation, reason, entries in self.deletions.take(network, of, is_last):
            msgids = ",".join(each.msgid for each in entries)
            message = Message("REDACT", [conversation.name, msgids, *([reason] if reason else [])])
            sent = [SentChange("deletion", conversation, each) for each in entries]
            messages.append(self.send(network, sent[0], message))
            for each in sent[1:]:
                each.label, each.sent_at = sent[0].label, sent[0].sent_at
            self._sent += sent[1:]
            changes += [Updated(conversation, each) for each in entries if conversation.by_msgid(each.msgid)]
        return changes, messages

    # answers

    def confirmed(self, label: str, msgid: str = "") -> list[Change]:
        """Apply that the server has executed the command with this label.

        Args:
            msgid: The only message that it is about; empty for all that were changed with this command.
        """
        done = [
            each for each in self._sent if label and each.label == label and msgid in ("", each.entry.msgid)
        ]
        return [change for each in done for change in self._confirm(each)]

    def reacted(self, network: Network, event: Reacted) -> None:
        """Note that the server has sent our reaction back, so that it is confirmed."""
        own = [each for each in self._sent if each.kind == "reaction"] if network.is_me(event.nick) else []
        for change in own:
            is_same = (change.entry.msgid, change.is_set) == (event.msgid, not event.is_removed)
            if is_same and change.text == reaction_counts.clean(event.reaction):
                self._sent.remove(change)
                return

    def refused(self, network: Network, event: ErrorReply, now: float) -> list[Change] | None:
        """Apply an error; return None if it is about something else.

        Args:
            now: Unix seconds by our clock.
        """
        change = self._about(network, event)
        if change is None:
            return None
        if change.kind == "deletion" and event.code == _GONE:
            return self._confirm(change)
        self._sent.remove(change)
        return self._undo(network, change, error_text(ErrorReply(event.code, event.text)), now)

    def expire(self, network: Network, now: float) -> list[Change]:
        """Undo the changes that were not confirmed in time, as far as the server was to confirm them."""
        changes: list[Change] = []
        for change in [each for each in self._sent if network.monotonic - each.sent_at > ANSWER_SECONDS]:
            self._sent.remove(change)
            if change.kind == "edit" and "echo-message" in network.capabilities:
                changes += self._undo(network, change, _(NOT_CONFIRMED), now)
            elif change.kind != "reaction":
                changes += self._confirm(change)
        return changes

    def connection_lost(self, network: Network, now: float) -> list[Change]:
        """Undo what was not confirmed; deletions are sent again when the connection is back."""
        changes: list[Change] = []
        sent, self._sent = self._sent, []
        for change in sent:
            if change.kind != "deletion":
                changes += self._undo(network, change, _(CONNECTION_LOST), now)
            elif change.entry.pending_deletion is not None:
                self.deletions.add(change.conversation, change.entry)
        return changes

    def _confirm(self, change: SentChange) -> list[Change]:
        if change in self._sent:
            self._sent.remove(change)
        if change.kind == "deletion":
            redaction.confirm(change.entry)
        if change.kind == "edit" and change.entry.text == change.text:
            return message_edits.confirm(change.conversation, change.entry)
        return []

    def _about(self, network: Network, event: ErrorReply) -> SentChange | None:
        """Return the change that an error is about: by its label, else the oldest one that fits."""
        if event.label:
            alike = [each for each in self._sent if each.label == event.label]
            return next((each for each in alike if each.entry.msgid in event.about), next(iter(alike), None))
        about = set(map(network.fold, event.about))
        for each in self._sent:
            is_there = network.fold(each.conversation.name) in about
            if event.command == _COMMANDS[each.kind] and (each.entry.msgid in event.about or not about):
                return each
            if event.command == _COMMANDS[each.kind] and is_there and len(about) == 1:
                return each
            if each.kind == "reaction" and not event.command and event.code in MESSAGE_ERRORS and is_there:
                return each
        return None

    def _undo(self, network: Network, change: SentChange, problem: str, now: float) -> list[Change]:
        """Show a message as it was before a change, and tell the user why."""
        conversation, entry = change.conversation, change.entry
        if change.kind == "edit":
            if entry.pending_edit is None or entry.pending_edit.text != change.text:
                return []  # another change has followed
            return message_edits.refuse(conversation, entry, problem)
        if change.kind == "deletion":
            restored = redaction.restore(conversation, entry) if conversation.by_msgid(entry.msgid) else []
            told = self._tell(
                network,
                conversation,
                _("The message could not be deleted. {reason}").format(reason=problem),
                now,
            )
            return [*restored, *told]
        reaction_counts.set_mine(network, entry, change.text, not change.is_set)
        told = self._tell(
            network, conversation, _("Your reaction was not sent. {reason}").format(reason=problem), now
        )
        return [Updated(conversation, entry), *told]

    def _tell(self, network: Network, conversation: Conversation, text: str, now: float) -> list[Change]:
        """Add a note, unless it was added a moment ago: many messages may be deleted at once."""
        before, self._told = self._told, (conversation, text, network.monotonic)
        if before[:2] == self._told[:2] and network.monotonic - before[2] < REPEAT_SECONDS:
            return []
        return incoming_messages.note(network, conversation, "error", text, now)
