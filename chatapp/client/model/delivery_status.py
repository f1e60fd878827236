"""Own messages after they were sent: confirmed by an echo, refused by the server, or not confirmed in time.

A busy server confirms late, and one that limits how fast a client may send confirms a long text line by line.
So a message waits as long as messages before it are still being confirmed. A message that counted as failed
is confirmed if its echo comes after all. If the connection is lost meanwhile, it is uncertain whether the
server has the message, until the history is here.
"""

from __future__ import annotations

from chatapp.client.incoming.events import Acknowledged, MessageReceived
from chatapp.client.model import waiting_messages
from chatapp.client.model.abilities import has_history
from chatapp.client.model.changes import Change, Reset, Updated
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.text.formatting import plain
from chatapp.languages.translation import N_, _

CONFIRM_SECONDS = 60.0  # without any confirmation, after which a message counts as failed
UNCONFIRMED = N_("The server did not confirm it.")
LOST = N_("The connection was lost before it was sent.")


def confirm(
    network: Network, conversation: Conversation, event: MessageReceived, echo: Entry
) -> list[Change]:
    """Confirm the own message that this echo belongs to.

    Args:
        echo: The entry that the echo would become.

    Returns:
        Nothing if no message waits for this echo: it was sent from another device.
    """
    entry = _awaited(network, conversation, event, echo)
    if entry is None:
        return []
    note_progress(network, entry)
    network.cannot_store = False
    entry.text, entry.reply_to = echo.text, echo.reply_to or entry.reply_to
    if entry.state == "failed":
        conversation.mark_delivered(entry, echo.time, echo.msgid)
        return [Reset(conversation)]
    stays = conversation.settle(entry, "sent", echo.time, echo.msgid) == "end"
    changes: list[Change] = [Updated(conversation, entry) if stays else Reset(conversation)]
    return [*changes, *waiting_messages.sent(network, conversation)]


def acknowledged(network: Network, event: Acknowledged, now: float) -> list[Change]:
    """Apply ACK: the server has executed the command with this label."""
    for conversation in network.active():
        for entry in conversation.pending():
            if entry.label == event.label:
                note_progress(network, entry)
    return []


def note_progress(network: Network, entry: Entry) -> None:
    """Note that the server has dealt with this message, so that later ones get more time."""
    if entry.label:
        network.progress = (int(entry.label), network.monotonic)


def fail_unconfirmed(network: Network) -> list[Change]:
    """Mark the messages as failed that the server has not confirmed in time."""
    changes: list[Change] = []
    for conversation in network.active():
        for entry in [each for each in conversation.pending() if each.label and _is_overdue(network, each)]:
            changes += fail(conversation, entry, _(UNCONFIRMED))
            entry.overdue = True
    return changes


def fail(conversation: Conversation, entry: Entry, problem: str) -> list[Change]:
    """Mark an own message as failed.

    Args:
        problem: Why, as a sentence for the user.
    """
    entry.problem, conversation.has_failed = problem, True
    if entry.state != "pending":
        entry.state = "failed"
        return [Updated(conversation, entry)]
    stays = conversation.settle(entry, "failed", entry.time) == "end"
    return [Updated(conversation, entry) if stays else Reset(conversation)]


def connection_lost(network: Network, conversation: Conversation, now: float) -> list[Change]:
    """Apply that the connection was lost to the messages that were sent and not confirmed.

    The history will show which of them have arrived; the others are then sent again, before all that was
    written after them. Without history they fail, for sending them again could show them twice.
    """
    changes: list[Change] = []
    for entry in [each for each in conversation.pending() if each.label]:
        if can_be_found(network):
            entry.uncertain_since = network.time(now) - (network.monotonic - entry.sent_at)
            entry.label = ""
            changes.append(Updated(conversation, entry))
        else:
            changes += fail(conversation, entry, _(LOST))
    return changes


def can_be_found(network: Network) -> bool:
    """Return whether the history shows which own messages have arrived."""
    return "echo-message" in network.capabilities and has_history(network)


def fail_uncertain(conversation: Conversation) -> list[Change]:
    """Mark the messages as failed of which the history cannot show any more whether they have arrived."""
    uncertain = [each for each in conversation.pending() if each.is_uncertain]
    return [change for entry in uncertain for change in fail(conversation, entry, _(LOST))]


def fail_waiting(network: Network, problem: str) -> list[Change]:
    """Mark all messages as failed that were not sent yet: another chat may answer now.

    Args:
        problem: Why, as a sentence for the user.
    """
    changes: list[Change] = []
    for conversation in network.conversations.values():
        for entry in waiting_messages.unsent(conversation):
            changes += fail(conversation, entry, problem)
    return changes


def _awaited(
    network: Network, conversation: Conversation, event: MessageReceived, echo: Entry
) -> Entry | None:
    """Return the message to which this echo belongs: by its label, else the oldest with the same text."""
    pending = conversation.pending()
    if event.label:
        found = next((each for each in pending if each.label == event.label), None)
        return found or next((each for each in _failed(conversation) if each.label == event.label), None)
    # a server may strip colours, and spaces at the ends
    wanted = (echo.kind, plain(echo.text).strip())
    overdue: list[Entry] = []
    if "labeled-response" not in network.capabilities:
        overdue = [each for each in _failed(conversation) if each.overdue]
    sent = (each for each in pending if each.label or each.is_uncertain)
    alike = (each for each in [*overdue, *sent] if (each.kind, plain(each.text).strip()) == wanted)
    return next(alike, None)


def _failed(conversation: Conversation) -> list[Entry]:
    """Return the own messages that failed. It is called for each message from another device of the user."""
    entries = conversation.entries if conversation.has_failed else []
    return [each for each in entries if each.state == "failed"]


def _is_overdue(network: Network, entry: Entry) -> bool:
    """Return whether the server has confirmed nothing for too long; it confirms in the order of sending."""
    number, at = network.progress
    since = max(entry.sent_at, at) if number < int(entry.label) else entry.sent_at
    return network.monotonic - since > CONFIRM_SECONDS
