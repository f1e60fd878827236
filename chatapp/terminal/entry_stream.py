"""Decides which entries are printed, and when. A line on a terminal cannot be changed afterwards.

An own message is printed when the server has confirmed it, or when it has failed. While a page of history is
being fetched, nothing of its conversation is printed, so that missed messages stand before newer ones however
long the page takes. Only a page that the server has evidently dropped is not waited for, see `model.history`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from chatapp.client.model.changes import Added, Change, ConversationOpened, Prepended, Removed, Reset, Updated
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network

RECENT_SECONDS = 5.0  # an entry older than this when its conversation begins is history
MAX_UNREAD = 100  # entries printed when a conversation is opened


class StreamedEntry(NamedTuple):
    """An entry to print now."""

    conversation: Conversation
    entry: Entry
    reactions_only: bool = False  # its reactions have changed, and nothing else


@dataclass(slots=True)
class _Record:
    """The entries of a conversation that were printed, and those that may have to be printed."""

    begins: float  # Unix seconds by the server's clock; older entries are history
    states: dict[int, str] = field(default_factory=dict)  # of the entries already dealt with, by key
    reactions: dict[int, str] = field(default_factory=dict)  # that were printed with them, by key
    changed: dict[int, Entry] = field(default_factory=dict)  # entries added or updated since, by key
    is_due: bool = False  # the conversation has to be looked at
    is_new: bool = True
    on_open: int | None = None  # how many entries to print because the user has opened the conversation


class EntryStream:
    """Turns changes of the model into entries to print.

    Args:
        wanted: Returns whether a new entry of a conversation is printed.
        history: How many earlier entries are printed when a conversation begins.
        on_open: The minimum number of entries printed when the user opens a conversation; None for none.
    """

    def __init__(
        self, wanted: Callable[[Conversation, Entry], bool], history: int, on_open: int | None = None
    ) -> None:
        self._wanted, self._history, self._on_open = wanted, history, on_open
        self._records: dict[Conversation, _Record] = {}

    def take(self, network: Network, changes: Iterable[Change], now: float) -> list[StreamedEntry]:
        """Return the entries to print, in order of time.

        Args:
            now: Unix seconds.
        """
        for change in changes:
            match change:
                case Added() | Prepended():
                    self._note(network, change.conversation, change.entries, now)
                    if isinstance(change, Prepended):
                        self._skip_read(change.conversation, change.entries)
                case Updated():
                    self._note(network, change.conversation, [change.entry], now)
                case Reset():
                    self._note(network, change.conversation, change.conversation.entries, now)
                case Removed():
                    self._forget(change.conversation, change.entries)
                case ConversationOpened(conversation) if conversation is network.current:
                    self._note(network, conversation, [], now)
                    self._request_latest(conversation)
        streamed = [
            entry
            for conversation, record in self._records.items()
            if record.is_due and not (network.state == "online" and conversation.is_catching_up)
            for entry in self._release(conversation, record)
        ]
        return sorted(streamed, key=lambda each: each.entry.time)

    def _note(
        self, network: Network, conversation: Conversation, entries: Iterable[Entry], now: float
    ) -> None:
        record = self._records.get(conversation)
        if record is None:
            begins = (
                network.time(now) - RECENT_SECONDS
                if network.disconnected_at is None
                else network.disconnected_at
            )
            record = self._records[conversation] = _Record(begins)
        record.changed.update((entry.key, entry) for entry in entries)
        record.is_due = True

    def _skip_read(self, conversation: Conversation, entries: Iterable[Entry]) -> None:
        """Do not print entries read before, on any device, whose page arrives after newer entries."""
        record = self._records[conversation]
        for entry in entries if not record.is_new else ():
            if not (entry.label or entry.unread):
                record.states[entry.key] = _state(entry)
                record.changed.pop(entry.key, None)

    def _forget(self, conversation: Conversation, entries: Iterable[Entry]) -> None:
        record = self._records.get(conversation)
        if record:
            for entry in entries:
                record.states.pop(entry.key, None)
                record.reactions.pop(entry.key, None)
                record.changed.pop(entry.key, None)

    def _request_latest(self, conversation: Conversation) -> None:
        if self._on_open is not None:
            unread = min(conversation.unread, MAX_UNREAD)
            self._records[conversation].on_open = max(self._on_open, unread)

    def _release(self, conversation: Conversation, record: _Record) -> list[StreamedEntry]:
        """Return the entries of one conversation to print now; nothing of it is due afterwards."""
        if record.on_open is None:
            changed = [each for each in record.changed.values() if each.state != "pending"]
            entries = self._new_entries(conversation, record, changed)
        else:
            known = [each for each in conversation.entries if each.state != "pending"]
            record.states.update((each.key, _state(each)) for each in known)
            start = max(0, len(known) - record.on_open)
            first_unread = next((at for at, each in enumerate(known) if each.unread), start)
            entries = known[max(min(start, first_unread), len(known) - MAX_UNREAD) :]
        reacted = [each for each in _newly_reacted(record, entries) if self._wanted(conversation, each)]
        for each in (*entries, *reacted):
            record.reactions[each.key] = _reactions(each)
        record.states.update((each.key, _state(each)) for each in entries)
        record.changed.clear()
        record.is_due, record.is_new, record.on_open = False, False, None
        return [
            *(StreamedEntry(conversation, entry) for entry in entries),
            *(StreamedEntry(conversation, entry, reactions_only=True) for entry in reacted),
        ]

    def _new_entries(self, conversation: Conversation, record: _Record, changed: list[Entry]) -> list[Entry]:
        """Return those of the changed entries that are wanted, without what is already printed or too old."""
        changed = sorted(
            (each for each in changed if record.states.get(each.key) != _state(each)),
            key=lambda each: each.time,
        )
        if record.is_new:
            joined = (each.time for each in changed if each.kind == "join" and each.own)
            begins = next(joined, record.begins)
            old = [
                each
                for each in changed
                if each.time < begins and not (each.label or _is_missed(conversation, each))
            ]
            skipped = old[: max(0, len(old) - self._history)]
            record.states.update((each.key, _state(each)) for each in skipped)
            changed = [each for each in changed if each.key not in record.states]
        return [each for each in changed if self._wanted(conversation, each)]


def _is_missed(conversation: Conversation, entry: Entry) -> bool:
    """Return whether an entry is printed however old it is: it addresses the user, who has not read it."""
    return entry.unread and (entry.mention or conversation.kind == "direct")


def _newly_reacted(record: _Record, printed: Iterable[Entry]) -> list[Entry]:
    """Return the entries that were printed before and have other reactions now."""
    again = {each.key for each in printed}
    return [
        each
        for each in record.changed.values()
        if each.key in record.reactions
        and each.key not in again
        and not each.deleted_by
        and record.reactions[each.key] != _reactions(each)
    ]


def _reactions(entry: Entry) -> str:
    return "\n".join(f"{reaction} {' '.join(nicks)}" for reaction, nicks in entry.reactions.items())


def _state(entry: Entry) -> str:
    """Return the state of an entry; one that changes it is printed again."""
    if entry.deleted_by:
        return "deleted"
    edit = entry.pending_edit
    if edit is not None and edit.problem:
        return f"refused {edit.text}"
    edited_at = edit.edited_at if edit is not None else entry.edited_at  # a change is printed when confirmed
    return f"edited {edited_at}" if edited_at else entry.state
