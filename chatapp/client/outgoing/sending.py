"""What we say ourselves: shown at once, sent when it can be, confirmed by its echo (`talk`) or at once.

A line that was never sent has no label, and waits for the connection; one that was sent has one, whether the
server knows labels or not.
"""

from __future__ import annotations

from collections.abc import Iterator

from chatapp.client.model.changes import Added, Change, Reset
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry, EntryKind
from chatapp.client.model.network import Network
from chatapp.client.outgoing.line_splitting import pieces, saying
from chatapp.protocol.message import Message

Outcome = tuple[list[Change], list[Message]]  # what to repaint, what to send


def say(
    network: Network,
    conversation: Conversation,
    kind: EntryKind,
    text: str,
    labels: Iterator[int],
    now: float,
) -> Outcome:
    """Say a text, in as many lines as it takes."""
    changes: list[Change] = []
    messages: list[Message] = []
    for piece in pieces(kind, conversation.name, text, network.nick, network.source):
        last = conversation.entries[-1].time if conversation.entries else 0.0
        entry = network.entry(kind, max(network.time(now), last), network.nick, piece)
        entry.own = True
        conversation.add_pending(entry)
        network.activate(conversation)
        if can_send(network, conversation):
            messages.append(_sent(network, conversation, entry, labels))
        changes.append(Added(conversation, (entry,)))
    return changes, messages


def send_held(network: Network, conversation: Conversation, labels: Iterator[int]) -> Outcome:
    """Send what was said while it could not be sent."""
    held = [entry for entry in conversation.pending() if not entry.label]
    if not held or not can_send(network, conversation):
        return [], []
    return [Reset(conversation)], [_sent(network, conversation, entry, labels) for entry in held]


def can_send(network: Network, conversation: Conversation) -> bool:
    return network.state == "online" and (conversation.joined or conversation.kind == "direct")


def _sent(network: Network, conversation: Conversation, entry: Entry, labels: Iterator[int]) -> Message:
    """The line of an entry; without echoes it counts as sent from now on."""
    entry.label, entry.sent_at = str(next(labels)), network.monotonic
    if "echo-message" not in network.capabilities:
        conversation.settle(entry, "sent", entry.time)
    message = saying(entry.kind, conversation.name, entry.text)
    return message.tagged(label=entry.label) if "labeled-response" in network.capabilities else message
