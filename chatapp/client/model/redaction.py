"""Deleted messages: the text is removed, and the entry says who deleted it.

A deletion by the user hides the message at once. It is sent a few seconds later, so that it can be undone
before anyone notices; if the server refuses it, the message is shown again (`PendingDeletion`).

Source: IRCv3 message-redaction
"""

from __future__ import annotations

from chatapp.client.incoming.events import Redacted
from chatapp.client.model.changes import Change, Updated
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import MESSAGE_KINDS, Entry, PendingDeletion
from chatapp.client.model.network import Network
from chatapp.client.model.read_state import count_again, uncount
from chatapp.languages.translation import _

MAX_DELETIONS = 1000  # remembered in a conversation, of messages that are not here


def redacted(network: Network, event: Redacted, now: float) -> list[Change]:
    """Apply REDACT."""
    conversation = network.conversation_at(event.target, event.by)
    return [] if conversation is None else apply_deletion(conversation, event)


def apply_deletion(conversation: Conversation, event: Redacted) -> list[Change]:
    """Delete a message of this conversation.

    A message that is not here may still come, in a page of history that was made before the deletion.
    """
    replies = [Updated(conversation, each) for each in conversation.replies_to(event.msgid)]
    entry = conversation.by_msgid(event.msgid)
    if entry is None:
        conversation.parents.pop(event.msgid, None)
        conversation.deletions[event.msgid] = (event.by, event.reason)
        if len(conversation.deletions) > MAX_DELETIONS:
            del conversation.deletions[next(iter(conversation.deletions))]
        return [*replies]
    if entry.kind not in MESSAGE_KINDS or (entry.deleted_by and entry.pending_deletion is None):
        return []
    changes = uncount(conversation, [entry])
    delete(conversation, entry, event.by, event.reason)
    return [Updated(conversation, entry), *replies, *changes]


def delete(conversation: Conversation, entry: Entry, by: str, reason: str) -> None:
    """Remove the text of an entry."""
    conversation.deletions.pop(entry.msgid, None)
    entry.deleted_by, entry.about, entry.text, entry.mention = by or _("the server"), reason, "", False
    entry.pending_deletion = entry.pending_edit = None
    entry.reactions.clear()


def begin(
    network: Network, conversation: Conversation, entry: Entry, reason: str, due: float
) -> list[Change]:
    """Hide a message that the user deletes, before the server knows it.

    Args:
        due: When the deletion is to be sent, in `Network.monotonic`.
    """
    pending = entry.pending_edit
    text = pending.before if pending and not pending.problem else entry.text
    kept = PendingDeletion(
        due, reason, text, entry.about, entry.mention, dict(entry.reactions), was_unread=entry.unread
    )
    changes = uncount(conversation, [entry])
    delete(conversation, entry, network.nick, reason)
    entry.pending_deletion = kept
    replies = [Updated(conversation, each) for each in conversation.replies_to(entry.msgid)]
    return [Updated(conversation, entry), *replies, *changes]


def restore(conversation: Conversation, entry: Entry) -> list[Change]:
    """Show a message again: the user has undone the deletion, or the server has refused it."""
    kept = entry.pending_deletion
    if kept is None:
        return []
    entry.pending_deletion, entry.deleted_by = None, ""
    entry.text, entry.about, entry.mention, entry.reactions = (
        kept.text, kept.about, kept.mention, kept.reactions,
    )  # fmt: skip
    changes = count_again(conversation, entry) if kept.was_unread else []
    replies = conversation.replies_to(entry.msgid)
    return [*(Updated(conversation, each) for each in [entry, *replies]), *changes]


def confirm(entry: Entry) -> None:
    """Forget the text of a message, because the server has deleted it."""
    entry.pending_deletion = None
