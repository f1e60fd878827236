"""Deletions that were not sent yet: each waits for the end of the time in which the user can undo it."""

from __future__ import annotations

from chatapp.client.model import redaction
from chatapp.client.model.changes import Change
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.protocol.numbers import parse_whole

TOGETHER = "chatapp/REDACT"  # the token of 005 with the number of messages that one REDACT can delete
MOST_TOGETHER = 50

Group = tuple[Conversation, str, list[Entry]]
"""Messages of a conversation to delete with one line, and the reason."""


class DueDeletions:
    """The deletions of one network that wait, in the order of the user."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Conversation, Entry]] = []

    def add(self, conversation: Conversation, entry: Entry) -> None:
        """Add a deletion; its time is in the pending deletion of the entry."""
        self._waiting.append((conversation, entry))

    def of(self, conversation: Conversation) -> list[Entry]:
        """Return the messages of a conversation whose deletion waits."""
        return [entry for where, entry in self._waiting if where is conversation]

    def postpone(self, conversation: Conversation, due: float) -> None:
        """Let the deletions in a conversation wait at least until this time, in `Network.monotonic`."""
        for entry in self.of(conversation):
            if entry.pending_deletion is not None:
                entry.pending_deletion.due = max(entry.pending_deletion.due, due)

    def undo(self, conversation: Conversation, entry: Entry) -> list[Change]:
        """Undo a deletion, if it still waits."""
        if (conversation, entry) not in self._waiting:
            return []
        self._waiting.remove((conversation, entry))
        return redaction.restore(conversation, entry)

    def take_lost(self) -> list[tuple[Conversation, Entry]]:
        """Return the deletions in channels that we were removed from; they cannot be sent any more."""
        lost = [(where, each) for where, each in self._waiting if not where.joined and where.removal]
        self._waiting = [each for each in self._waiting if each not in lost]
        return lost

    def take(self, network: Network, of: Conversation | None = None, is_last: bool = False) -> list[Group]:
        """Return the deletions to send now; they do not wait any longer.

        Args:
            of: The only conversation to look at; None for all.
            is_last: Whether there is no later time, so that those are taken too that are not due.
        """
        if network.state != "online" or not self._waiting:
            return []
        groups: list[Group] = []
        kept: list[tuple[Conversation, Entry]] = []
        for conversation, entry in self._waiting:
            pending = entry.pending_deletion
            if pending is None:
                continue  # another user has deleted it
            is_meant = of in (None, conversation) and (is_last or pending.due <= network.monotonic)
            if not is_meant or (conversation.kind == "channel" and not conversation.joined):
                kept.append((conversation, entry))
                continue
            pending.is_sent = True
            _add_to_group(groups, (conversation, pending.reason, [entry]), _most_together(network))
        self._waiting = kept
        return groups


def _add_to_group(groups: list[Group], new: Group, most: int) -> None:
    """Add a message to the last group, if that is for the same conversation and has room."""
    conversation, reason, entries = new
    last = groups[-1] if groups else None
    if last and last[0] is conversation and last[1] == reason and len(last[2]) < most:
        last[2].extend(entries)
    else:
        groups.append(new)


def _most_together(network: Network) -> int:
    """Return how many messages the server deletes with one line: one, without an extension for that."""
    return min(MOST_TOGETHER, parse_whole(network.isupport.get(TOGETHER, "")) or 1)
