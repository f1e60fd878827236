"""What a composer holds, as a conversation keeps it."""

from __future__ import annotations

from dataclasses import dataclass

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.files import Attachment
from chatapp.client.model.model import Entry


@dataclass(frozen=True, slots=True)
class Draft:
    """What a composer holds.

    Attributes:
        text: The text in the field.
        reply_to: The message that it replies to.
        editing: The own message that is edited.
        kept: The text that was written before the edit, and comes back after it.
        files: Those of the edited message that stay in it.
    """

    text: str = ""
    reply_to: Entry | None = None
    editing: Entry | None = None
    kept: str = ""
    files: tuple[Attachment, ...] = ()


def load(conversation: Conversation) -> Draft:
    """Return what is written in a conversation, without a reply to or an edit of a deleted message."""
    parent, editing = (
        None if entry and entry.deleted_by else entry
        for entry in (conversation.replying_to, conversation.editing)
    )
    if editing is None:
        text = conversation.edited_text if conversation.editing else ""
        return Draft(both_texts(conversation.draft, text), parent)
    files = tuple(conversation.edited_files)
    return Draft(conversation.edited_text, parent, editing, conversation.draft, files)


def both_texts(first: str, second: str) -> str:
    """Return two texts of which neither is to be lost, one below the other."""
    return "\n".join(filter(None, (first, second)))


def store(conversation: Conversation, draft: Draft) -> None:
    """Keep what is written in a conversation."""
    conversation.replying_to, conversation.editing = draft.reply_to, draft.editing
    conversation.draft = draft.kept if draft.editing else draft.text
    conversation.edited_text = draft.text if draft.editing else ""
    conversation.edited_files = list(draft.files) if draft.editing else []
