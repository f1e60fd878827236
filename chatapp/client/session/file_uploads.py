"""The files that the user sends on one network: in the composer, and in messages that wait for them.

A file is sent to the server as soon as it is in the composer. A message that is sent earlier than its files
are there waits with them, and no later message waits behind it. If a file fails, the message and all its
files go back into the composer.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from chatapp.client.files.disk_errors import why_not_read
from chatapp.client.model.changes import (
    AttachmentsChanged,
    Change,
    CommandRejected,
    ConversationChanged,
    Removed,
)
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.file_service import size_problem
from chatapp.client.model.files import Attachment
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.outgoing import sending
from chatapp.languages.translation import _
from chatapp.protocol.message import Message

Outcome = tuple[list[Change], list[Message]]
"""What to repaint, what to send."""


class FileUploads:
    """The files of one network that are not sent yet."""

    def __init__(self) -> None:
        self._messages: list[tuple[Conversation, Entry]] = []  # that wait for their files

    # what the user does

    def attach(
        self, network: Network, conversation: Conversation, source: Path | bytes, name: str, thumbnail: bytes
    ) -> tuple[Attachment, list[Change]]:
        """Put a file into the composer; one that cannot be taken says why."""
        attachment = _attachment(network, source, name, thumbnail)
        conversation.attachments.append(attachment)
        return attachment, [AttachmentsChanged(conversation)]

    def detach(self, conversation: Conversation, attachment: Attachment) -> list[Change]:
        """Remove a file from the composer."""
        if attachment not in conversation.attachments:
            return []
        conversation.attachments.remove(attachment)
        return [AttachmentsChanged(conversation)]

    def retry(self, network: Network, conversation: Conversation, attachment: Attachment) -> list[Change]:
        """Send a file again that has failed."""
        if attachment.state == "failed":
            attachment.state, attachment.sent = "waiting", 0
            _check(network, attachment)
        return [AttachmentsChanged(conversation)]

    def await_files(self, conversation: Conversation, entry: Entry) -> None:
        """Send a message, with `send_ready`, once its files are ready."""
        self._messages.append((conversation, entry))

    # what follows

    def send_ready(self, network: Network, labels: Iterator[int]) -> Outcome:
        """Send the messages whose files are ready, and give those back whose files have failed."""
        changes: list[Change] = []
        messages: list[Message] = []
        for conversation, entry in list(self._messages):
            states = {each.state for each in entry.attachments}
            if entry.state == "pending" and entry not in conversation.pending():  # the user took it back
                self._messages.remove((conversation, entry))
            elif entry.state != "pending" or states & {"failed", "too-large"}:
                self._messages.remove((conversation, entry))
                changes += _returned(conversation, entry)
            elif states == {"ready"}:
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
        CommandRejected(conversation, entry.text, failed or entry.problem),
    ]


def _attachment(network: Network, source: Path | bytes, name: str, thumbnail: bytes) -> Attachment:
    """Return a file for the composer, with why it cannot be sent."""
    made = Attachment(source, name or (source.name if isinstance(source, Path) else ""), thumbnail=thumbnail)
    _check(network, made)
    return made


def _check(network: Network, attachment: Attachment) -> None:
    """Find out the size of a file, and why it cannot be sent."""
    source, name = attachment.source, attachment.name
    try:
        size = len(source) if isinstance(source, bytes) else _size_of(source)
    except OSError as error:
        attachment.state = "failed"
        reason = why_not_read(error)
        attachment.problem = _("“{name}” cannot be read. {reason}").format(name=name, reason=reason)
        return
    attachment.size = attachment.total = size
    attachment.problem = size_problem(network, name, size)
    if attachment.problem:
        attachment.state = "too-large"
    elif not size:
        attachment.state, attachment.problem = "failed", _("“{name}” is empty.").format(name=name)


def _size_of(path: Path) -> int:
    """Return the size of a file.

    Raises:
        OSError: It is none, or cannot be read.
    """
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise OSError(
            errno.EISDIR if stat.S_ISDIR(found.st_mode) else errno.ENOTSUP, os.strerror(errno.ENOTSUP)
        )
    return found.st_size
