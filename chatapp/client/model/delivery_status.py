"""What became of our own messages: confirmed by an echo, refused by the server, or not confirmed in time.

A server under load confirms late, and one that limits how fast a client may send confirms a long text line by
line. So a message waits for as long as the messages before it are still being confirmed. One that counted as
not sent is settled when its echo comes after all.
"""

from __future__ import annotations

from chatapp.client.incoming.events import Acknowledged, MessageReceived
from chatapp.client.model.changes import Change, Reset, Updated
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.text.formatting import plain

CONFIRM_SECONDS = 60.0  # without any progress
UNCONFIRMED = "The server did not confirm it."


def confirm(
    network: Network, conversation: Conversation, event: MessageReceived, echo: Entry
) -> list[Change]:
    """Settle the own message that came back.

    Args:
        echo: The entry that would be made of it.

    Returns:
        Nothing when no message waits for this echo: another session of ours has sent it.
    """
    entry = _awaited(network, conversation, event, echo)
    if entry is None:
        return []
    progress(network, entry)
    entry.text = echo.text
    if entry.state == "failed":
        conversation.revive(entry, echo.time, echo.msgid)
        return [Reset(conversation)]
    stays = conversation.settle(entry, "sent", echo.time, echo.msgid) == "end"
    return [Updated(conversation, entry) if stays else Reset(conversation)]


def acknowledged(network: Network, event: Acknowledged, now: float) -> list[Change]:
    """Note that the server has come as far as the command with this label."""
    for conversation in network.active():
        for entry in conversation.pending():
            if entry.label == event.label:
                progress(network, entry)
    return []


def progress(network: Network, entry: Entry) -> None:
    """The server has dealt with this message: those that were sent later may take their time again."""
    if entry.label:
        network.progress = (int(entry.label), network.monotonic)


def unconfirmed(network: Network) -> list[Change]:
    """Let messages fail that the server does not confirm."""
    changes: list[Change] = []
    for conversation in network.active():
        for entry in [each for each in conversation.pending() if each.label and _is_overdue(network, each)]:
            changes += fail(conversation, entry, UNCONFIRMED)
            entry.overdue = True
    return changes


def fail(conversation: Conversation, entry: Entry, words: str) -> list[Change]:
    """An own message did not reach anybody."""
    entry.problem = words
    if entry.state != "pending":
        entry.state = "failed"
        return [Updated(conversation, entry)]
    stays = conversation.settle(entry, "failed", entry.time) == "end"
    return [Updated(conversation, entry) if stays else Reset(conversation)]


def _awaited(
    network: Network, conversation: Conversation, event: MessageReceived, echo: Entry
) -> Entry | None:
    """The message that this is the echo of: by its label, else the oldest with the same words."""
    pending = conversation.pending()
    if event.label:
        found = next((each for each in pending if each.label == event.label), None)
        return found or next((each for each in _failed(conversation) if each.label == event.label), None)
    # of the words a server may take away the colours and the spaces around
    wanted = (echo.kind, plain(echo.text).strip())
    overdue: list[Entry] = []
    if "labeled-response" not in network.capabilities:
        overdue = [each for each in _failed(conversation) if each.overdue]
    alike = (each for each in [*overdue, *pending] if (each.kind, plain(each.text).strip()) == wanted)
    return next(alike, None)


def _failed(conversation: Conversation) -> list[Entry]:
    return [each for each in conversation.entries if each.state == "failed"]


def _is_overdue(network: Network, entry: Entry) -> bool:
    """Whether the server has dealt with nothing for too long; it works in the order in which we sent."""
    number, at = network.progress
    since = max(entry.sent_at, at) if number < int(entry.label) else entry.sent_at
    return network.monotonic - since > CONFIRM_SECONDS
