"""Deletes what a person has written lately, also what is not loaded: that is looked up in the history.

The messages that are here disappear at once. The others are deleted when their page has arrived; all of them
can be undone together.

Source: IRCv3 chathistory (BETWEEN), message-redaction
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from chatapp.client.incoming.events import ErrorReply, HistoryPage
from chatapp.client.model import history, redaction
from chatapp.client.model.changes import Change
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.incoming_messages import MILLISECOND, message_entry
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.session.due_deletions import DueDeletions
from chatapp.protocol.message import Message
from chatapp.protocol.timestamps import iso_of_seconds

LABEL = "recent-"
PAGE = 500  # rows to request at once
MAX_PAGES = 20  # of one search


@dataclass(slots=True, eq=False)
class RecentDeletion:
    """What a moderator deletes at once.

    Attributes:
        nick: The folded nick of the author.
        account: The account of the author; empty if unknown.
        since: Unix seconds.
        until: The time of the oldest message that is here, in Unix seconds.
        entries: The messages that are deleted, also those that are not in the conversation.
    """

    conversation: Conversation
    nick: str
    account: str
    since: float
    until: float
    reason: str
    due: float
    entries: list[Entry] = field(default_factory=list)
    pages: int = 0
    is_undone: bool = False

    def is_by_author(self, network: Network, nick: str, account: str) -> bool:
        """Return whether a message with this nick and account is by the author."""
        return network.fold(nick) == self.nick or (self.account != "" and account == self.account)


class RecentDeletions:
    """The searches in the history of one network for messages to delete."""

    def __init__(self) -> None:
        self._labels = count(1)
        self._asked: dict[str, RecentDeletion] = {}
        self._latest: dict[Conversation, RecentDeletion] = {}

    def begin(self, network: Network, deletion: RecentDeletion) -> list[Message]:
        """Note a deletion; return the request for the messages that are not here."""
        self._latest[deletion.conversation] = deletion
        is_known = deletion.conversation.complete or deletion.until <= deletion.since
        if is_known or not history.is_available(network) or "labeled-response" not in network.capabilities:
            return []
        return [self._request(network, deletion, deletion.since - MILLISECOND)]

    def postpone(self, conversation: Conversation, due: float) -> None:
        """Let the messages that are still to be found wait at least until this time."""
        if conversation in self._latest:
            self._latest[conversation].due = max(self._latest[conversation].due, due)

    def undo(self, conversation: Conversation, due: DueDeletions) -> tuple[int, list[Change]]:
        """Undo the latest deletion in a conversation; return how many messages are shown again."""
        deletion = self._latest.pop(conversation, None)
        if deletion is None:
            return 0, []
        deletion.is_undone = True
        changes = [due.undo(conversation, each) for each in deletion.entries]
        here = [each for each in changes if each]
        shown = [
            change
            for entry, several in zip(deletion.entries, changes, strict=True)
            if conversation.by_msgid(entry.msgid)
            for change in several
        ]
        return len(here), shown

    def received(
        self, network: Network, page: HistoryPage, due: DueDeletions, now: float
    ) -> tuple[list[Change], list[Message]] | None:
        """Delete the messages of a page that was requested here; None for any other page."""
        deletion = self._asked.pop(page.label, None)
        if deletion is None:
            return None
        if deletion.is_undone:
            return [], []
        where = deletion.conversation
        changes: list[Change] = []
        for message in page.messages:
            is_meant = deletion.is_by_author(network, message.nick, message.account)
            if is_meant and message.msgid and not where.has_msgid(message.msgid):
                shown = where.by_msgid(message.msgid)  # in the older part of the conversation
                if shown is not None and shown.deleted_by:
                    continue
                entry = shown or message_entry(network, message, network.time(now))
                begun = redaction.begin(network, where, entry, deletion.reason, deletion.due)
                changes += begun if shown else []
                deletion.entries.append(entry)
                due.add(where, entry)
        last = page.last
        if last is None or last.time is None or last.time >= deletion.until or deletion.pages >= MAX_PAGES:
            return changes, []
        return changes, [self._request(network, deletion, last.time)]

    def refused(self, event: ErrorReply) -> bool:
        """Return whether an error is about a request that was made here."""
        return bool(event.label) and self._asked.pop(event.label, None) is not None

    def reset(self) -> None:
        """Forget the requests, because the connection is lost."""
        self._asked.clear()

    def _request(self, network: Network, deletion: RecentDeletion, start: float) -> Message:
        deletion.pages += 1
        label = f"{LABEL}{next(self._labels)}"
        self._asked[label] = deletion
        bounds = [f"timestamp={iso_of_seconds(each)}" for each in (start, deletion.until)]
        params = ["BETWEEN", deletion.conversation.name, *bounds, str(history.limit(network, PAGE))]
        return Message("CHATHISTORY", params, tags={"label": label})
