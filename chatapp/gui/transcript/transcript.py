"""The message pane: a window of some hundred entries onto a conversation, which moves as a person scrolls.

Older and newer entries are taken from the model in pages; when the model has no older ones, `on_older` asks
for them. What arrives is shown if the window reaches the end, else it waits to be scrolled to.
"""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from tkinter import ttk

from chatapp.client.model.changes import (
    Added,
    Change,
    ConversationChanged,
    Prepended,
    Removed,
    Reset,
    Updated,
)
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import MESSAGE_KINDS, Entry
from chatapp.gui.theme.emoji import can_be_drawn
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.blocks import Block, Look, TextRun, blocks
from chatapp.gui.transcript.input import TranscriptInput
from chatapp.gui.transcript.line_map import LineMap
from chatapp.gui.transcript.text_view import Spot, TextView

OPENING_ENTRIES = 120  # entries that a conversation opens with
SCROLL_ENTRIES = 120  # entries that scrolling brings at once
CONTEXT = 20  # entries above the first unread one
MAX_LINES, TRIM_LINES = 5000, 500  # lines kept, and how many more may gather before they are cut off
FIRST_ROW = Spot(0)
NEAR = 20  # lines from an edge of the window at which the next page is fetched


class Transcript(ttk.Frame):
    """Shows one conversation.

    Takes   on_older: the model has nothing older, ask the server
            on_end: whether the newest entry is in sight, after a change of that
            on_seen: the lowest entry in sight, when a person has scrolled
            on_retry, on_discard, on_link, on_type: what a person clicked or typed
            on_person: a nick that was clicked, and where on the screen
            now: Unix seconds
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        *,
        on_older: Callable[[], object],
        on_end: Callable[[bool], object],
        on_retry: Callable[[Entry], object],
        on_discard: Callable[[Entry], object],
        on_link: Callable[[str], object],
        on_person: Callable[[str, int, int], object],
        on_type: Callable[[str], object],
        on_seen: Callable[[Entry], object] = lambda entry: None,
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._on_older = on_older
        self._on_end = on_end
        self._on_seen = on_seen
        self._now = now
        self._conversation: Conversation | None = None
        self._sheet = LineMap()
        self._nick = ""
        self._twelve_hours = False
        self._unread: int | None = None
        self._opened: frozenset[int] = frozenset()
        self._today: date | None = None  # when the window was filled
        self._complete = True  # whether the window reaches the end of the conversation
        self._fresh = 0  # entries that came while the end was out of sight
        self._at_end = True  # what was said last through on_end
        self.page = TextView(self, theme, self._moved)
        self.reader = TranscriptInput(
            self.page, theme, self, on_retry, on_discard, on_link, on_person, on_type
        )
        self.page.pack(fill="both", expand=True)
        self._pill = ttk.Button(self, style="Pill.TButton", compound="left", command=self.latest)
        theme.watch(self._pill, lambda: self._pill.configure(image=theme.icon("down", "on_primary", 14)))

    def show(self, conversation: Conversation, nick: str, twelve_hours: bool = False) -> None:
        """Show a conversation, opened at its first unread entry, else at its end.

        Takes   nick: one's own, whose mentions are marked
        """
        self._conversation, self._nick, self._twelve_hours = conversation, nick, twelve_hours
        self._unread, self._opened, self._fresh = conversation.first_unread, frozenset(), 0
        self.page.show_hours(twelve_hours)
        keys = [entry.key for entry in conversation.entries]
        if self._unread in keys:
            start = max(0, min(keys.index(self._unread) - CONTEXT, len(keys) - OPENING_ENTRIES))
            self._fill(start)
            self._go_to(self._unread)
        else:
            self._fill(len(keys) - OPENING_ENTRIES)
        self._tell()
        self.after_idle(self._fill_up)

    def apply(self, change: Change) -> None:
        """Follow a change of the model. Of another conversation's it takes no notice."""
        if self._conversation is None or getattr(change, "conversation", None) is not self._conversation:
            return
        match change:
            case Added(_, entries):
                self._add(entries)
            case Prepended(_, entries):
                self._prepend(entries)
            case Updated(_, entry):
                place = self._sheet.place(entry.key)
                if place is not None:
                    self._lay(place, place + 1, self._sheet[place].entries)
            case Removed(_, entries):
                self._remove(entries)
            case Reset():
                self._refill()
            case ConversationChanged():
                self._begin()
        self._tell()

    def latest(self) -> None:
        """Go to the newest entry."""
        if self._conversation is not None and not self._complete:
            self._fill(len(self._conversation.entries) - OPENING_ENTRIES)
        self.page.to_end()
        self._tell()

    @property
    def sheet(self) -> LineMap:
        return self._sheet

    def toggle(self, place: int) -> None:
        """Open or close the people who came and went in this block."""
        keys = {entry.key for entry in self._sheet[place].entries}
        self._opened = self._opened - keys if self._opened & keys else self._opened | keys
        self._lay(place, place + 1, self._sheet[place].entries)

    def _add(self, entries: Sequence[Entry]) -> None:
        assert self._conversation is not None
        was_empty = not len(self._sheet)
        news = self._after_last()
        if self._complete and news is not None:
            entries = news  # of those told of, some may have been shown already
        self._fresh += sum(not entry.own and entry.kind in MESSAGE_KINDS for entry in entries)
        if self._conversation.first_unread in {entry.key for entry in entries}:
            self._move_unread(self._conversation.first_unread)
        if news is None or len(news) > OPENING_ENTRIES or self._today != self._look().today:
            self._refill()
        elif self._complete and not self.page.following and self._sheet.lines > MAX_LINES:
            self._complete = False
        elif self._complete:
            self._lay(len(self._sheet), len(self._sheet), news)
            if self.page.following:
                self._cut_top()
        if any(entry.state == "pending" for entry in entries):
            self.latest()
        elif was_empty:
            self._open_at_unread()

    def _prepend(self, entries: Sequence[Entry]) -> None:
        assert self._conversation is not None
        if not len(self._sheet):
            self._refill()
        elif self._place_in_model(self._sheet[0].entries[0]) == len(entries):
            self._lay(0, 0, self._conversation.entries[: len(entries)])
            self._cut_bottom()
        if self._conversation.first_unread in {entry.key for entry in entries}:
            self._move_unread(self._conversation.first_unread)
            self._open_at_unread()
        self.after_idle(self._fill_up)

    def _open_at_unread(self) -> None:
        """What was missed has come after the conversation was opened: go to where it begins."""
        if self._unread is not None and self.page.following and self._conversation is not None:
            self._fresh = max(self._fresh, self._conversation.unread)
            self._go_to(self._unread)

    def _remove(self, entries: Iterable[Entry]) -> None:
        gone = {entry.key for entry in entries}
        places = sorted({place for key in gone if (place := self._sheet.place(key)) is not None})
        while places:
            stop = places.pop() + 1
            start = stop - 1
            while places and places[-1] == start - 1:
                start = places.pop()
            shown = [entry for place in range(start, stop) for entry in self._sheet[place].entries]
            self._lay(start, stop, [entry for entry in shown if entry.key not in gone])

    def _move_unread(self, key: int | None) -> None:
        """ "New messages" stands above another entry from now on."""
        old, self._unread = self._unread, key
        for each in (old, key):
            place = None if each is None else self._sheet.place(each)
            if place is not None:
                self._lay(place, place + 1, self._sheet[place].entries)

    def _lay(self, start: int, stop: int, entries: Sequence[Entry]) -> None:
        """Show these entries instead of the blocks from `start` up to `stop`; neighbours may change too."""
        sheet = self._sheet
        if start and entries and sheet[start - 1].folds:
            start -= 1
            entries = [*sheet[start].entries, *entries]
        if stop < len(sheet):
            entries = [*entries, *sheet[stop].entries]
            stop += 1
        made = blocks(entries, sheet[start - 1] if start else None, self._look())
        first, last = sheet.put(start, stop, made)
        self.page.replace(first + 1, last + 1, _pieces(made), hold_below=start == 0)

    def _fill(self, start: int) -> None:
        """Show the entries from `start` on and nothing else, and go to the end."""
        assert self._conversation is not None
        entries = self._conversation.entries
        start = max(0, start)
        stop = min(len(entries), start + OPENING_ENTRIES)
        self._complete = stop == len(entries)
        lines = self._sheet.lines
        self._sheet = LineMap()
        look = self._look()
        self._today = look.today
        made = blocks(entries[start:stop], None, look)
        self._sheet.put(0, 0, made)
        self.page.following = True
        self.page.replace(1, lines + 2, [self._beginning(), *_pieces(made)])

    def _refill(self) -> None:
        """Show the model anew, at the place where it is being read."""
        assert self._conversation is not None
        top = None
        if not self.page.following and len(self._sheet):
            spot = self.page.top()
            place = self._sheet.at_line(spot.line - 1)
            ahead = spot.line - 1 - self._sheet.line(place)
            top = self._place_in_model(self._sheet[place].entries[0])
        if top is None:
            self._fill(len(self._conversation.entries) - OPENING_ENTRIES)
        else:
            key = self._conversation.entries[top].key
            self._fill(
                max(0, min(top - OPENING_ENTRIES // 2, len(self._conversation.entries) - OPENING_ENTRIES))
            )
            self._go_to(key, replace(spot, line=ahead))

    def _go_to(self, key: int, within: Spot = FIRST_ROW) -> None:
        """Scroll to an entry: to a row of it, whose line is counted from the first one of the entry."""
        place = self._sheet.place(key)
        if place is not None:
            line = self._sheet.line(place) + 1 + within.line
            self.page.to_line(line, within.column, within.y)

    def _moved(self) -> None:
        """A person has scrolled."""
        if len(self._sheet):
            if self.page.top().line <= NEAR:
                self._older()
            if self.page.bottom() >= self._sheet.lines - NEAR:
                self._newer()
            if not self.page.following:
                self._on_seen(self._sheet[self._sheet.at_line(self.page.bottom() - 2)].entries[-1])
        self._tell()

    def _older(self) -> None:
        """Show older entries of the model, or ask for some."""
        conversation = self._conversation
        assert conversation is not None
        at = self._place_in_model(self._sheet[0].entries[0]) if len(self._sheet) else 0
        if at:
            self._lay(0, 0, conversation.entries[max(0, at - SCROLL_ENTRIES) : at])
            self._cut_bottom()
        elif not (conversation.complete or conversation.loading_older):
            self._on_older()

    def _newer(self) -> None:
        """Show newer entries of the model."""
        news = None if self._complete else self._after_last()
        if news is not None:
            self._lay(len(self._sheet), len(self._sheet), news[:SCROLL_ENTRIES])
            self._complete = len(news) <= SCROLL_ENTRIES
            self._cut_top()

    def _fill_up(self) -> None:
        """A pane that is not full yet shows what is older, without being asked."""
        if self._conversation is not None and self.page.winfo_ismapped() and self.page.is_short():
            self._older()

    def _cut_top(self) -> None:
        if self._sheet.lines > MAX_LINES + TRIM_LINES:
            self._lay(0, self._sheet.at_line(self._sheet.lines - MAX_LINES), [])

    def _cut_bottom(self) -> None:
        if self._sheet.lines > MAX_LINES + TRIM_LINES:
            self._lay(self._sheet.at_line(MAX_LINES), len(self._sheet), [])
            self._complete = False

    def _after_last(self) -> list[Entry] | None:
        """The entries of the model below the window; None when the last one shown has gone from the model."""
        assert self._conversation is not None
        entries = self._conversation.entries
        if not len(self._sheet):
            return entries
        last = self._sheet[len(self._sheet) - 1].entries[-1]
        for back, entry in enumerate(reversed(entries)):
            if entry is last:
                return entries[len(entries) - back :]
        return None

    def _place_in_model(self, entry: Entry) -> int | None:
        assert self._conversation is not None
        try:
            return self._conversation.entries.index(entry)
        except ValueError:
            return None

    def _look(self) -> Look:
        today = date.fromtimestamp(self._now())
        spell = not can_be_drawn()
        return Look(self._nick, today, self._unread, self._opened, self._twelve_hours, spell)

    def _begin(self) -> None:
        """Say anew what is above, if that has changed."""
        words, tags = self._beginning()
        if words != self.page.text.get("1.0", "2.0"):
            self.page.replace(1, 2, [(words, tags)], hold_below=True)

    def _beginning(self) -> TextRun:
        """The first line: that there is nothing older, or that it is being fetched."""
        conversation = self._conversation
        assert conversation is not None
        if conversation.loading_older:
            return "Loading older messages…\n", ("start",)
        if conversation.complete and conversation.kind == "channel":
            return f"This is where {conversation.title} began\n", ("start",)
        if conversation.complete and conversation.kind == "direct":
            return f"This is where your messages with {conversation.title} begin\n", ("start",)
        return "\n", ()

    def _tell(self) -> None:
        """Show or hide the way to the end, and say whether it is in sight."""
        at_end = self.page.following and self._complete
        if at_end:
            self._fresh = 0
            self._pill.place_forget()
        else:
            self._pill.configure(text=f" {self._fresh} new" if self._fresh else " Latest")
            px = self._theme.px
            self._pill.place(relx=1, rely=1, x=-px(28), y=-px(12), anchor="se")
        if at_end != self._at_end:
            self._at_end = at_end
            self._on_end(at_end)


def _pieces(made: Iterable[Block]) -> list[TextRun]:
    return [piece for block in made for piece in block.pieces]
