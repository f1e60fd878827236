"""Own messages: shown at once, sent when possible, confirmed by their echo (`delivery_status`).

An entry that was not sent yet has no label and waits for the connection. A sent one always has a label,
even if the server does not support labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chatapp.client.model.abilities import REPLY_TAG, can_send, is_tag_relayed
from chatapp.client.model.changes import Added, Change, ConversationChanged, Reset, Updated
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.delivery_status import can_be_found, fail_uncertain
from chatapp.client.model.files import Attachment
from chatapp.client.model.model import Entry, EntryKind
from chatapp.client.model.network import Network
from chatapp.client.model.waiting_messages import is_held, release, sent, unsent
from chatapp.client.outgoing.multiline_sending import texts_of, to_lines
from chatapp.client.text.file_links import with_files
from chatapp.protocol.message import Message

Outcome = tuple[list[Change], list[Message]]  # what to repaint, what to send


def say(
    network: Network,
    conversation: Conversation,
    kind: EntryKind,
    text: str,
    labels: Iterator[int],
    now: float,
    reply_to: str = "",
) -> Outcome:
    """Send a text, as several messages if it is too long for one.

    Args:
        reply_to: The msgid of the message that the text replies to; empty for none.
    """
    changes: list[Change] = []
    messages: list[Message] = []
    can_go = can_send(network, conversation) and not is_held(network, conversation)
    for piece in texts_of(network, kind, conversation.name, text):
        last = conversation.entries[-1].time if conversation.entries else 0.0
        entry = network.entry(kind, max(network.time(now), last), network.nick, piece)
        entry.own, entry.reply_to, reply_to = True, reply_to, ""  # the first message alone is the reply
        conversation.add_pending(entry)
        network.activate(conversation)
        if can_go:
            messages += _sent(network, conversation, entry, labels)
        changes.append(Added(conversation, (entry,)))
    return changes, messages


def say_with_files(
    network: Network,
    conversation: Conversation,
    text: str,
    attachments: Iterable[Attachment],
    now: float,
    reply_to: str = "",
) -> tuple[list[Change], Entry]:
    """Show a message that is sent, with `files_ready`, as soon as the server has its files."""
    last = conversation.entries[-1].time if conversation.entries else 0.0
    entry = network.entry("message", max(network.time(now), last), network.nick, text)
    entry.own, entry.reply_to, entry.attachments = True, reply_to, tuple(attachments)
    conversation.add_pending(entry)
    network.activate(conversation)
    return [Added(conversation, (entry,))], entry


def files_ready(network: Network, conversation: Conversation, entry: Entry, labels: Iterator[int]) -> Outcome:
    """Send a message whose files the server has; it may have to wait for its turn or the connection."""
    can_go = can_send(network, conversation) and not is_held(network, conversation)
    entry.text = with_files(entry.text, (each.url for each in entry.attachments))
    entry.attachments = ()
    if not can_go:
        return [Updated(conversation, entry)], []
    messages: list[Message] = []
    for each in _split(network, conversation, entry):
        messages += _sent(network, conversation, each, labels)
    return [Reset(conversation)], messages


def send_waiting(network: Network, conversation: Conversation, labels: Iterator[int]) -> Outcome:
    """Send the messages that were written while they could not be sent, in the order of writing.

    First among them are those that were sent when the connection was lost, unless the history shows that they
    have arrived. All wait until it is here. If it cannot show that, these fail.
    """
    waiting = unsent(conversation)
    if not waiting or conversation.held_until or not can_send(network, conversation):
        return [], []
    changes: list[Change] = []
    if any(each.is_uncertain for each in waiting):
        is_possible = can_be_found(network) and not conversation.overtaken
        if is_possible and conversation.behind:
            return [], []
        changes += [] if is_possible else fail_uncertain(conversation)
    messages: list[Message] = []
    for entry in unsent(conversation):
        for each in _split(network, conversation, entry):
            messages += _sent(network, conversation, each, labels)
    return [*changes, Reset(conversation)], messages


def send_in_turn(network: Network, conversation: Conversation, labels: Iterator[int]) -> Outcome:
    """Send the next of the messages that had to wait, once its time has come and the last one is sent."""
    pending = [each for each in conversation.pending() if not each.attachments]
    is_due = 0.0 < conversation.held_until <= network.monotonic and can_send(network, conversation)
    if not is_due or any(each.label for each in pending):
        return [], []
    if not pending:
        return release(conversation), []
    first = _split(network, conversation, pending[0])[0]
    messages = _sent(network, conversation, first, labels)
    changes: list[Change] = [Updated(conversation, first), ConversationChanged(conversation)]
    if first.state == "sent":  # the server does not send echoes
        changes += [Reset(conversation), *sent(network, conversation)]
    return changes, messages


def _split(network: Network, conversation: Conversation, entry: Entry) -> list[Entry]:
    """Return the entries as which a message is sent now: the server may have other limits than before."""
    first, *rest = texts_of(network, entry.kind, conversation.name, entry.text) or [entry.text]
    entry.text = first
    entries = [entry]
    for text in rest:
        made = network.entry(entry.kind, entry.time, entry.nick, text)
        made.own = True
        conversation.add_pending(made, entries[-1])
        entries.append(made)
    return entries


def _sent(network: Network, conversation: Conversation, entry: Entry, labels: Iterator[int]) -> list[Message]:
    """Return the lines of an entry. Without echoes the entry counts as sent at once."""
    entry.label, entry.sent_at, entry.uncertain_since = str(next(labels)), network.monotonic, 0.0
    if "echo-message" not in network.capabilities:
        conversation.settle(entry, "sent", entry.time)
    first, *rest = to_lines(network, entry.kind, conversation.name, entry.text, f"m{entry.label}")
    if entry.reply_to and is_tag_relayed(network, REPLY_TAG):
        first = first.tagged(**{REPLY_TAG: entry.reply_to})
    if "labeled-response" in network.capabilities:
        first = first.tagged(label=entry.label)
    return [first, *rest]
