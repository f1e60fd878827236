"""Finds a text in the conversation that is shown: among its loaded messages, and older ones on the server.

The same filters work as in the search everywhere: `timeout from:ben after:monday`. With filters alone, each
message that they let through is a hit. The hits are numbered from the newest one on, so
numbers stay when the server sends older hits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from chatapp.client.client import Client
from chatapp.client.model.changes import (
    Added,
    Change,
    PlaceOpened,
    Prepended,
    Removed,
    Reset,
    SearchFinished,
    Updated,
)
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.file_service import shown_text
from chatapp.client.model.model import Entry
from chatapp.client.model.search import SearchQuery, SearchResult, matcher, resolved, server_can_search
from chatapp.client.model.search_filters import parse
from chatapp.client.text.occurrences import Wanted, places
from chatapp.client.text.shown_names import NameOf, displayed_with_names
from chatapp.gui.main.find_bar import FindBar
from chatapp.gui.transcript.transcript import Transcript
from chatapp.languages.translation import _

PAUSE_MILLISECONDS = 150  # after the last key, before the loaded messages are searched
SERVER_PAUSE_MILLISECONDS = 600  # after the last key, before the server is asked
SHORTEST_ON_SERVER = 2  # letters that the server is asked for
UPDATE_MILLISECONDS = 400  # after a change of the conversation, before the hits are counted again


@dataclass(frozen=True, slots=True)
class Hit:
    """One place of the text.

    Args:
        number: Which one in its message, from 0 on.
    """

    entry: Entry
    number: int

    def is_at(self, other: Hit) -> bool:
        """Return whether this is the same place, perhaps in another entry of the same message."""
        same = self.entry.msgid == other.entry.msgid if self.entry.msgid else self.entry is other.entry
        return same and self.number == other.number


@dataclass(frozen=True, slots=True)
class Sought:
    """What the text in the bar means.

    Args:
        query: Its filters, and all words; its conversation is empty.
        wanted: Finds the words next to each other; None if there are only filters.
    """

    query: SearchQuery
    wanted: Wanted | None


@dataclass(frozen=True, slots=True)
class FindState:
    """What the open bar finds, and which hit is the current one."""

    conversation: Conversation | None
    text: str
    is_whole_words: bool
    sought: Sought | None
    current: Hit | None
    result: SearchResult | None
    has_keyboard: bool


class FindController:
    """Connects the bar, the transcript and the client.

    Args:
        conversation: Returns the conversation that is shown.
        on_open: Called when the bar must be shown.
        on_close: Called when the bar must be hidden, and the keyboard belongs to the composer again.
    """

    def __init__(
        self,
        bar: FindBar,
        transcript: Transcript,
        client: Client,
        conversation: Callable[[], Conversation | None],
        on_open: Callable[[], object],
        on_close: Callable[[], object],
    ) -> None:
        self._bar = bar
        self._transcript = transcript
        self._client = client
        self._conversation = conversation
        self._on_open = on_open
        self._on_close = on_close
        self.is_open = False
        self._sought: Sought | None = None
        self._hits: list[Hit] = []  # newest first
        self._current: Hit | None = None
        self._result: SearchResult | None = None  # what the server has found
        self._timers: dict[str, str] = {}  # name of what is due -> timer
        bar.bind("<Destroy>", lambda event: self._stop_timers(), add=True)

    def open(self) -> None:
        """Show the bar; it begins with the selected text, if there is a selection."""
        self.is_open = True
        self._on_open()
        self._bar.open(self._selected_text())
        self._search()

    def close(self) -> None:
        """Hide the bar; the place that is read stays."""
        if self.is_open:
            self.is_open = False
            self._forget()
            self._on_close()

    @property
    def state(self) -> FindState | None:
        """What is sought; None if the bar is not open."""
        if not self.is_open:
            return None
        bar = self._bar
        has_keyboard = str(bar.tk.call("focus")).startswith(f"{bar}.")
        return FindState(
            self._conversation(), bar.text, bar.is_whole_words, self._sought, self._current, self._result,
            has_keyboard,
        )  # fmt: skip

    def restore(self, state: FindState) -> None:
        """Show the bar as it was; the messages stay where they are."""
        if state.conversation is not self._conversation():
            return
        self.is_open = True
        self._on_open()
        self._bar.restore(state.text, state.is_whole_words)
        self._stop_timers()
        self._sought, self._current, self._result = state.sought, state.current, state.result
        self._transcript.hits.show(
            state.sought.wanted.exact if state.sought and state.sought.wanted else None
        )
        if self._current is not None:
            self._transcript.hits.show_current(self._current.entry.key, self._current.number)
        self._update()
        if self._read() != self._sought:  # typed a moment ago
            self.change()
        if state.has_keyboard:
            self._bar.field.focus_field()

    def step(self, step: int) -> None:
        """Go to the next older (1) or newer (-1) hit; at the end, to the other end."""
        if "search" in self._timers or (self._sought is None and self._bar.text):
            return self._search()
        if not self._hits:
            return None
        at = self._index() + step
        result = self._result
        if at >= len(self._hits) and result is not None and result.has_more:
            return self._client.search_more(result)
        return self._go_to(self._hits[at % len(self._hits)])

    def change(self) -> None:
        """Search for the changed text a moment later."""
        self._after("search", PAUSE_MILLISECONDS, self._search)

    def follow(self, change: Change) -> None:
        """Follow a change of the model."""
        if not self.is_open:
            return
        match change:
            case SearchFinished(_, result) if result is self._result:
                self._update()
            case PlaceOpened(conversation, entry) if conversation is self._conversation():
                self._update()
                if self._current is not None and self._current.entry.msgid == entry.msgid:
                    self._transcript.hits.show_current(entry.key, self._current.number)
            case Added() | Prepended() | Updated() | Removed() | Reset():
                if self._is_shown(change.conversation) and "update" not in self._timers:
                    self._after("update", UPDATE_MILLISECONDS, self._update)

    def _search(self) -> None:
        """Search for the text in the bar."""
        sought = self._read()
        if sought == self._sought:
            return self._stop("search")
        self._forget()
        self._sought = sought
        self._transcript.hits.show(sought.wanted.exact if sought and sought.wanted else None)
        self._update()
        if self._hits:
            self._go_to(self._nearest())
        if len(self._bar.text.strip()) >= SHORTEST_ON_SERVER and server_can_search(self._client.network):
            self._after("server", SERVER_PAUSE_MILLISECONDS - PAUSE_MILLISECONDS, self._ask_server)
        return None

    def _read(self) -> Sought | None:
        """Return what to search for. A filter of a conversation, or one that means nothing, is plain text."""
        text, whole_words = self._bar.text, self._bar.is_whole_words
        if not text.strip():
            return None
        typed = parse(text, date.today(), SearchQuery())
        query, words = typed.query, typed.query.text
        if typed.problem or query.conversation or query == SearchQuery(words):
            return Sought(SearchQuery(text.strip()), Wanted.of(text, whole_words))
        wanted = Wanted.of(words, whole_words) if words else None
        return Sought(resolved(self._client.network, query)[0], wanted)

    def _ask_server(self) -> None:
        self._stop("server")
        conversation = self._conversation()
        if self._sought is not None and conversation is not None and conversation.kind != "server":
            self._result = self._client.search(replace(self._sought.query, conversation=conversation.name))

    def _update(self) -> None:
        """Collect the hits again; the current one stays."""
        self._stop("update")
        self._hits = list(self._collect()) if self._sought is not None else []
        self._show_count()

    def _collect(self) -> Iterator[Hit]:
        """Yield the hits, newest first."""
        conversation, sought = self._conversation(), self._sought
        if conversation is None or sought is None:
            return
        network = self._client.network_of(conversation)
        entries = {id(each): each for each in conversation.entries}
        entries |= {id(each): each for each in (conversation.past.entries if conversation.past else ())}
        matches = matcher(network, replace(sought.query, text=""))
        loaded = {each.msgid for each in entries.values() if each.msgid}
        for hit in self._result.hits if self._result else ():
            if hit.entry.msgid not in loaded:
                entries[id(hit.entry)] = hit.entry
        for entry in sorted(entries.values(), key=lambda each: each.time, reverse=True):
            if matches(entry):
                count = (
                    _count(sought.wanted, shown_text(network, entry.text), network.mentioned_name)
                    if sought.wanted
                    else 1
                )
                for number in reversed(range(count)):
                    yield Hit(entry, number)

    def _nearest(self) -> Hit:
        """Return the newest hit that is not below the visible messages, else the oldest one."""
        view = self._transcript.view
        if not len(view.line_map):
            return self._hits[0]
        lowest = view.line_map[view.line_map.index_at_line(view.bottom_line() - 2)].entries[-1].time
        return next((hit for hit in self._hits if hit.entry.time <= lowest), self._hits[-1])

    def _index(self) -> int:
        current = self._current
        if current is None:
            return -1
        return next((at for at, hit in enumerate(self._hits) if hit.is_at(current)), -1)

    def _go_to(self, hit: Hit) -> None:
        """Make a hit the current one, and show it."""
        self._current = hit
        self._show_count()
        conversation = self._conversation()
        if conversation is None:
            return
        if hit.entry in (conversation.past or conversation).entries:
            self._transcript.show_hit(hit.entry.key, hit.number)
        else:
            self._client.open_at(conversation, hit.entry)

    def _show_count(self) -> None:
        more = "+" if self._result is not None and self._result.has_more else ""
        at, count = self._index(), f"{len(self._hits)}{more}"
        if self._sought is None:
            text = ""
        elif at >= 0:
            text = _("{place} of {count}").format(place=at + 1, count=count)
        else:
            text = count if self._hits else _("No hits")
        self._bar.show(text, bool(self._hits))

    def _is_shown(self, conversation: Conversation) -> bool:
        shown = self._conversation()
        return conversation is shown or (shown is not None and conversation is shown.past)

    def _selected_text(self) -> str:
        """Return what is selected in the transcript, if it is a part of one line."""
        text = self._transcript.view.text
        ranges = text.tag_ranges("sel")
        selected = text.get(*ranges[:2]) if ranges else ""
        return selected if selected.strip() and "\n" not in selected and len(selected) < 100 else ""

    def _forget(self) -> None:
        """Remove all marks, and stop what is due."""
        self._stop_timers()
        self._sought = self._current = self._result = None
        self._hits = []
        self._transcript.hits.show(None)

    def _after(self, name: str, milliseconds: int, action: Callable[[], object]) -> None:
        self._stop(name)
        self._timers[name] = self._bar.after(milliseconds, action)

    def _stop(self, name: str) -> None:
        if name in self._timers:
            self._bar.after_cancel(self._timers.pop(name))

    def _stop_timers(self) -> None:
        for name in tuple(self._timers):
            self._stop(name)


def _count(wanted: Wanted, text: str, name_of: NameOf) -> int:
    """Return how often a text occurs in a message as it is shown."""
    if "@" not in text:
        return wanted.count_in(text)
    return len(places(wanted.exact, displayed_with_names(text, name_of)))
