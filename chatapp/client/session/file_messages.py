"""Messages that wait for their files.

A message that is sent earlier than the server has its files waits with them, and no later message waits
behind it. If a file fails, the message and all its files go back into the composer.
"""

from __future__ import annotations

from collections.abc import Iterator

from chatapp.client.model.changes import (
    AttachmentsChanged,
    Change,
    ConversationChanged,
    MessageReturned,
    Removed,
)
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.outgoing import sending
from chatapp.protocol.message import Message

Outcome = tuple[list[Change], list[Message]]
"""What to repaint, what to send."""


class FileMessages:
    """The messages of one network that wait for their files."""

    def __init__(self) -> None:
        self._messages: list[tuple[Conversation, Entry]] = []

    @property
    def are_waiting(self) -> bool:
        """Whether a message waits."""
        return bool(self._messages)

    def await_files(self, conversation: Conversation, entry: Entry) -> None:
        """Send a message, with `send_ready`, once its files are ready."""
        self._messages.append((conversation, entry))

    def send_ready(self, network: Network, labels: Iterator[int]) -> Outcome:
        """Send the messages whose files are ready, and give those back whose files have failed."""
        changes: list[Change] = []
        messages: list[Message] = []
        for conversation, entry in list(self._messages):
            if entry.state == "pending" and entry not in conversation.pending():  # the user took it back
                self._messages.remove((conversation, entry))
            elif entry.state != "pending" or any(each.is_over for each in entry.attachments):
                self._messages.remove((conversation, entry))
                changes += _returned(conversation, entry)
            elif all(each.state == "ready" for each in entry.attachments):
                self._messages.remove((conversation, entry))
                more, lines = sending.files_ready(network, conversation, entry, labels)
                changes += [*more, AttachmentsChanged(conversation)]
                messages += lines
        return changes, messages


def give_back(conversation: Conversation, entry: Entry) -> list[Change]:
    """Put the files of a message that is not sent back into the composer, before those that are there."""
    conversation.attachments[:0] = entry.attachments
    return [AttachmentsChanged(conversation)]


def _returned(conversation: Conversation, entry: Entry) -> list[Change]:
    """Put a message with its files back into the composer, because a file or the whole message failed."""
    failed = next((each.problem for each in entry.attachments if each.problem), "")
    conversation.remove(entry)
    return [
        Removed(conversation, (entry,)),
        ConversationChanged(conversation),
        *give_back(conversation, entry),
        MessageReturned(
            conversation, entry.text, conversation.by_msgid(entry.reply_to), failed or entry.problem
        ),
    ]
