"""Which entries are told, and when: what is written to a terminal cannot be changed afterwards.

An own message is told when the server has it, or when it has failed. While a page of history is on its way
nothing of its conversation is told, so that what was missed stands before what came later, however long the
page takes: only a server that has passed over it is not waited for, see `history`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from chatapp.client.model.changes import Added, Change, ConversationOpened, Prepended, Removed, Reset, Updated
from chatapp.client.model.model import Conversation, Entry, Network

RECENT = 5.0  # seconds; what is older when a conversation begins is its history
MOST_UNREAD = 100  # entries told when a conversation is entered


class StreamedEntry(NamedTuple):
    """An entry that shall be told now."""

    conversation: Conversation
    entry: Entry


@dataclass(slots=True)
class _Record:
    """What was told of a conversation, and what is to be looked at."""

    begins: float  # Unix seconds by the server's clock; what is older is history
    states: dict[int, str] = field(default_factory=dict)  # of the entries that were told, by key
    fresh: dict[int, Entry] = field(default_factory=dict)
    is_due: bool = False  # there is something to look at
    is_new: bool = True
    wish: int | None = None  # how many entries somebody wants to see who comes to read


class EntryStream:
    """Takes  wanted: whether an entry of a conversation is told when it comes
    history: how much of what was said before is told when a conversation begins
    on_entering: how much, at least, is told when somebody enters a conversation; None for nothing
    """

    def __init__(
        self, wanted: Callable[[Conversation, Entry], bool], history: int, on_entering: int | None = None
    ) -> None:
        self._wanted, self._history, self._on_entering = wanted, history, on_entering
        self._records: dict[Conversation, _Record] = {}

    def take(self, network: Network, changes: Iterable[Change], now: float) -> list[StreamedEntry]:
        """What is to be told, in the order of time.

        Takes  now: Unix seconds
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
                    self._enter(conversation)
        ready = [
            told
            for conversation, record in self._records.items()
            if record.is_due and not (network.state == "online" and conversation.catches_up)
            for told in self._release(conversation, record)
        ]
        return sorted(ready, key=lambda told: told.entry.time)

    def _note(
        self, network: Network, conversation: Conversation, entries: Iterable[Entry], now: float
    ) -> None:
        record = self._records.get(conversation)
        if record is None:
            begins = network.time(now) - RECENT if network.since is None else network.since
            record = self._records[conversation] = _Record(begins)
        record.fresh.update((entry.key, entry) for entry in entries)
        record.is_due = True

    def _skip_read(self, conversation: Conversation, entries: Iterable[Entry]) -> None:
        """Do not tell what was read before, perhaps elsewhere, when its page comes after what is new."""
        record = self._records[conversation]
        for entry in entries if not record.is_new else ():
            if not (entry.label or entry.unread):
                record.states[entry.key] = _state(entry)
                record.fresh.pop(entry.key, None)

    def _forget(self, conversation: Conversation, entries: Iterable[Entry]) -> None:
        record = self._records.get(conversation)
        for entry in entries if record else ():
            assert record
            record.states.pop(entry.key, None)
            record.fresh.pop(entry.key, None)

    def _enter(self, conversation: Conversation) -> None:
        if self._on_entering is not None:
            unread = min(conversation.unread, MOST_UNREAD)
            self._records[conversation].wish = max(self._on_entering, unread)

    def _release(self, conversation: Conversation, record: _Record) -> list[StreamedEntry]:
        if record.wish is None:
            fresh = [each for each in record.fresh.values() if each.state != "pending"]
            told = self._come(conversation, record, fresh)
        else:
            known = [each for each in conversation.entries if each.state != "pending"]
            record.states.update((each.key, _state(each)) for each in known)
            start = max(0, len(known) - record.wish)
            unread = next((at for at, each in enumerate(known) if each.unread), start)
            told = known[max(min(start, unread), len(known) - MOST_UNREAD) :]
        record.states.update((each.key, _state(each)) for each in told)
        record.fresh.clear()
        record.is_due, record.is_new, record.wish = False, False, None
        return [StreamedEntry(conversation, entry) for entry in told]

    def _come(self, conversation: Conversation, record: _Record, fresh: list[Entry]) -> list[Entry]:
        """What is told because it has come."""
        fresh = sorted(
            (each for each in fresh if record.states.get(each.key) != _state(each)),
            key=lambda each: each.time,
        )
        if record.is_new:
            joined = (each.time for each in fresh if each.kind == "join" and each.own)
            begins = next(joined, record.begins)
            old = [
                each
                for each in fresh
                if each.time < begins and not (each.label or _calls(conversation, each))
            ]
            skipped = old[: max(0, len(old) - self._history)]
            record.states.update((each.key, _state(each)) for each in skipped)
            fresh = [each for each in fresh if each.key not in record.states]
        return [each for each in fresh if self._wanted(conversation, each)]


def _calls(conversation: Conversation, entry: Entry) -> bool:
    """Whether an entry is told however old it is: it is for us, and we have not seen it."""
    return entry.unread and (entry.mention or conversation.kind == "direct")


def _state(entry: Entry) -> str:
    """What makes an entry be told again when it changes."""
    return "deleted" if entry.deleted_by else entry.state
