"""Changed messages: the new text replaces the old one, which is not shown any more.

Only the author of a message can change it. An own change is shown at once; until the server confirms it, the
text before it is kept (`PendingEdit`).

Source: IRCv3 message-edit
"""

from __future__ import annotations

from chatapp.client.incoming.events import Edited
from chatapp.client.model.changes import Change, ConversationChanged, Updated
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import MESSAGE_KINDS, Entry, PendingEdit
from chatapp.client.model.network import Network

MAX_EDITS = 500  # remembered in a conversation, of messages that are not here


def edited(network: Network, event: Edited, now: float) -> list[Change]:
    """Apply EDIT."""
    conversation = network.conversation_at(event.target, event.by)
    return [] if conversation is None else apply_edit(network, conversation, event, network.time(now))


def apply_edit(
    network: Network, conversation: Conversation, event: Edited, default_time: float
) -> list[Change]:
    """Change a message of this conversation, or keep the new text until the message comes.

    Args:
        default_time: The time if the event has none.
    """
    time = default_time if event.time is None else event.time
    entry = conversation.by_msgid(event.msgid) or conversation.parents.get(event.msgid)
    if entry is None:
        conversation.edits.pop(event.msgid, None)
        conversation.edits[event.msgid] = (event, time)
        if len(conversation.edits) > MAX_EDITS:
            del conversation.edits[next(iter(conversation.edits))]
        return []
    changes = _apply(network, conversation, entry, event, time)
    replies = [Updated(conversation, each) for each in conversation.replies_to(event.msgid) if changes]
    return [*changes, *replies] if conversation.by_msgid(event.msgid) else [*replies]


def apply_early(network: Network, conversation: Conversation, entry: Entry) -> None:
    """Apply the change that came before its message. The entry is not in the conversation yet."""
    found = conversation.edits.pop(entry.msgid, None) if entry.msgid else None
    if found and _is_author(network, entry, found[0]) and not entry.deleted_by:
        _set_text(network, entry, *found)


def begin(network: Network, conversation: Conversation, entry: Entry, text: str) -> list[Change]:
    """Show an own new text before the server has confirmed it."""
    earlier = entry.pending_edit
    is_waiting = earlier is not None and not earlier.problem
    before = earlier.before if earlier and is_waiting else entry.text
    edited_at = earlier.edited_at if earlier and is_waiting else entry.edited_at
    entry.pending_edit = PendingEdit(before, text, edited_at)
    entry.text, entry.edited_at = text, network.time(network.wall)
    return [Updated(conversation, entry)]


def confirm(conversation: Conversation, entry: Entry) -> list[Change]:
    """Apply that the server has accepted our last change."""
    if entry.pending_edit is None or entry.pending_edit.problem:
        return []
    entry.pending_edit = None
    return [Updated(conversation, entry)]


def refuse(conversation: Conversation, entry: Entry, problem: str) -> list[Change]:
    """Show the old text again after the server refused our change; the new one is kept with the reason.

    Args:
        problem: Why, as a sentence for the user.
    """
    pending = entry.pending_edit
    if pending is None or pending.problem:
        return []
    entry.text, entry.edited_at, pending.problem = pending.before, pending.edited_at, problem
    return [Updated(conversation, entry)]


def forget(conversation: Conversation, entry: Entry) -> list[Change]:
    """Discard a refused change."""
    if entry.pending_edit is None or not entry.pending_edit.problem:
        return []
    entry.pending_edit = None
    return [Updated(conversation, entry)]


def _apply(
    network: Network, conversation: Conversation, entry: Entry, event: Edited, time: float
) -> list[Change]:
    if entry.kind not in MESSAGE_KINDS or not _is_author(network, entry, event):
        return []
    if entry.deleted_by:
        if entry.pending_deletion is not None:
            entry.pending_deletion.text = event.text
        return []
    pending = entry.pending_edit
    if pending is not None and not pending.problem and event.text != pending.text:
        pending.before, pending.edited_at = event.text, time  # the server has not dealt with our change yet
        return []
    if pending is not None and event.text == pending.text:
        entry.pending_edit = None
    elif time < entry.edited_at:
        return []
    before = entry.mention
    _set_text(network, entry, event, time)
    if not entry.unread or entry.mention == before:
        return [Updated(conversation, entry)]
    conversation.mentions += entry.mention - before
    return [Updated(conversation, entry), ConversationChanged(conversation)]


def _set_text(network: Network, entry: Entry, event: Edited, time: float) -> None:
    entry.text, entry.edited_at = event.text, time
    entry.mention = not entry.own and network.is_mention(event.text)


def _is_author(network: Network, entry: Entry, event: Edited) -> bool:
    """Return whether a message was changed by its author, who may have had another nick before."""
    if event.account and event.account == entry.account:
        return True
    if entry.own and network.is_me(event.by):
        return True
    author = network.fold(entry.nick)
    person = network.people.get(network.fold(event.by))
    return author == network.fold(event.by) or (person is not None and author in person.former_nicks)
