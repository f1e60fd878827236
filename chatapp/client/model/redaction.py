"""Deleted messages: the text is removed, and the entry says who deleted it.

Source: IRCv3 message-redaction
"""

from __future__ import annotations

from chatapp.client.incoming.events import Redacted
from chatapp.client.model.changes import Change, Updated
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import MESSAGE_KINDS, Entry
from chatapp.client.model.network import Network
from chatapp.client.model.read_state import uncount

MAX_DELETIONS = 1000  # remembered in a conversation, of messages that are not here


def redacted(network: Network, event: Redacted, now: float) -> list[Change]:
    """Apply REDACT."""
    conversation = network.find(event.by if network.is_me(event.target) else event.target)
    return [] if conversation is None else apply_deletion(conversation, event)


def apply_deletion(conversation: Conversation, event: Redacted) -> list[Change]:
    """Delete a message of this conversation.

    A message that is not here may still come, in a page of history that was made before the deletion.
    """
    entry = conversation.by_msgid(event.msgid)
    if entry is None:
        conversation.deletions[event.msgid] = (event.by, event.reason)
        if len(conversation.deletions) > MAX_DELETIONS:
            del conversation.deletions[next(iter(conversation.deletions))]
        return []
    if entry.kind not in MESSAGE_KINDS or entry.deleted_by:
        return []
    changes = uncount(conversation, [entry])
    delete(conversation, entry, event.by, event.reason)
    return [Updated(conversation, entry), *changes]


def delete(conversation: Conversation, entry: Entry, by: str, reason: str) -> None:
    """Remove the text of an entry."""
    conversation.deletions.pop(entry.msgid, None)
    entry.deleted_by, entry.about, entry.text, entry.mention = by or "the server", reason, "", False
