"""The message pane: shows a window of a conversation's entries, which moves as the user scrolls."""

# One Text shows every conversation. The client's model holds all entries; the widget holds nothing that
# could not be built again from the model, so switching to another conversation just fills the Text again
# (measured: 300 messages in 7 ms).
#
# The Text holds only a window of the entries, see pages.py. It opens with the newest OPENING_ENTRIES, or
# around the first unread one. When the user scrolls near an edge, the next SCROLL_ENTRIES are taken from
# the model; when the model has no older ones, `on_older` asks the client to fetch some, and a Prepended
# change brings them. Beyond MAX_LINES + TRIM_LINES lines the far end is cut off. While the window does not
# reach the end of the conversation (`Pages.reaches_end`), new entries are not inserted: they are taken from
# the model on the way down.
#
# Tk's cost is per call more than per line: 10,000 queued messages, inserted one by one, froze the window for
# 6.1 s. So one change of the model becomes one `insert` with tags, one `eval` for all its images (see
# text_images.py), and at most one `see`. In a flood the added entries are collected for COLLECT_MILLISECONDS,
# and only the last FLOOD_ENTRIES are drawn: 10,000 messages with avatars, quotes and reactions take 0.8 s.
#
# The user may read an older part of the conversation: a Conversation whose `present` is the one that it
# belongs to. Nothing is new there. When its end meets the entries of the present, `continue_in` shows those
# without moving the text.
#
# Avatars, icons and the ends of chips are images in the text; a chip is text with a background between two
# images. There is no widget for each message: scrolling over those took up to 76 ms a step. One action bar is
# placed over the message under the pointer or the chosen one (hover.py), and hides while the text moves.
#
# Text that is being read must not move. TextView holds a visible row in place while lines above it change,
# and follows the end only as long as the user has not scrolled away from it.
#
# What would break this:
# * positions computed from Python string lengths: Tk 8.6 counts an emoji as two characters (`runs.columns`);
# * images without a name of their own: Tk compares the name of a new image with all others;
# * counting pixels or display lines within one long line: Tk takes quadratic time for it;
# * tags per message: 20,000 tags made every insertion three times slower, so LineMap finds blocks by line;
# * an insertion that bypasses BlockView: LineMap and Text would disagree about every line below it.

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from tkinter import ttk

from chatapp.client.model.changes import (
    Added,
    Change,
    ConversationChanged,
    FileCardChanged,
    MembersChanged,
    Prepended,
    Removed,
    Reset,
    StatusChanged,
    Updated,
)
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import MESSAGE_KINDS, Entry
from chatapp.client.model.network import Network
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.block_options import Surroundings
from chatapp.gui.transcript.block_view import BlockView
from chatapp.gui.transcript.blocks import format_time
from chatapp.gui.transcript.file_watch import FileWatch
from chatapp.gui.transcript.flash import Flash
from chatapp.gui.transcript.hit_marks import HitMarks
from chatapp.gui.transcript.input import TranscriptInput
from chatapp.gui.transcript.jump_pills import JumpPills
from chatapp.gui.transcript.message_handlers import MessageHandlers
from chatapp.gui.transcript.message_menu import area_items
from chatapp.gui.transcript.pages import Pages, ReadingPlace
from chatapp.gui.transcript.quote_watch import QuoteWatch
from chatapp.gui.transcript.runs import Run
from chatapp.gui.transcript.selection import copied, set_clipboard
from chatapp.gui.transcript.start_lines import start_lines
from chatapp.gui.transcript.text_view import RowPosition
from chatapp.gui.widgets.icon_menu import MenuItem
from chatapp.gui.widgets.widget_timers import WidgetTimers
from chatapp.languages.dates import day_and_month

NEAR_EDGE = 20  # lines from an edge of the window at which the next page is added
LOADING_MILLISECONDS = 200  # after which loading is shown
NAMES_MILLISECONDS = 250  # in which changes of names and ranks are collected
MANY_ENTRIES = 20  # added at once, after which the next ones are collected for COLLECT_MILLISECONDS
COLLECT_MILLISECONDS = 50
UNDO_MILLISECONDS = 250  # between two looks at the deletions that can be undone
PENDING_MILLISECONDS = 500  # between two looks at the messages that wait for the server


class Transcript(ttk.Frame):
    """Shows one conversation.

    Args:
        on_older: Called when the model has no older entries: fetch some from the server.
        on_newer: Called when an older part of the conversation is shown and ends here: fetch what follows.
        on_end: Called with whether the newest entry is visible, when that changes.
        on_seen: Called with the lowest visible entry, when the user has scrolled.
        handlers: Functions to call when the user does something to a message.
        now: Returns Unix seconds.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        *,
        on_older: Callable[[], object],
        on_end: Callable[[bool], object],
        handlers: MessageHandlers,
        on_newer: Callable[[], object] = lambda: None,
        on_seen: Callable[[Entry], object] = lambda entry: None,
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._on_older = on_older
        self._on_newer = on_newer
        self._on_end = on_end
        self._on_seen = on_seen
        self._network = Network()
        self._shows_loading = False
        self._timers = WidgetTimers(self)
        self._conversation: Conversation | None = None
        self._waiting: list[Entry] = []  # added to the model, but not shown yet
        self._first_new: int | None = None  # key of the first message that arrived below the view
        self._last_sent = 0  # key of the last message sent from here, to which the pane has scrolled
        self._at_end = True  # the value last given to on_end
        self._seen_unread: int | None = None  # key of the first unread entry that the user has had in view
        self.view = BlockView(self, theme, self._on_scroll, now)
        self._pages = Pages(self.view, self._start)
        self._handlers = handlers
        self.input = TranscriptInput(self.view, theme, handlers, self.scroll_to_newest, self._area_items)
        self._quotes = QuoteWatch(self.view, handlers.on_quote_seen)
        self._files = FileWatch(self.view, handlers.file_card, handlers.check_file)
        self._flash = Flash(self.view)
        self.view.watch_view(self._notice_end)
        self.view.watch_lines(lambda first, stop: self._mark_again())
        self.hits = HitMarks(self.view, theme)
        self.view.pack(fill="both", expand=True)
        self.view.pictures.prepare()
        self.pills = JumpPills(self, theme, self.scroll_to_unread, self.scroll_to_newest)
        for pill in (self.pills.unread, self.pills.newest):
            self.view.add_cover(pill)

    def show(
        self,
        conversation: Conversation,
        network: Network,
        twelve_hours: bool = False,
        place: ReadingPlace | None = None,
    ) -> None:
        """Show a conversation, opened at its first unread entry, or else at its end.

        Args:
            network: Its network, which knows names and ranks.
            place: Where to open it instead, if that is in this conversation.
        """
        self._conversation, self._first_new, self._seen_unread = conversation, None, None
        self._network, self._pages.conversation = network, conversation
        self._timers.stop_all()
        self._waiting = []
        self._shows_loading = conversation.loading_older
        self.input.clear()
        self._flash.end()
        self.view.reset(Surroundings(network, conversation), conversation.first_unread, twelve_hours)
        keys = [entry.key for entry in conversation.entries]
        self._last_sent = max(keys, default=0)
        unread = self.view.unread
        if place is not None and place.conversation is conversation and self._pages.return_to(place):
            pass
        elif unread in keys:
            self._pages.fill_around(keys.index(unread))
            self.view.scroll_to_entry(unread)
        else:
            self._pages.fill_newest()
        self._update_end_state()
        self._watch_pending()
        self._count_down()
        self.after_idle(self._fill_view)

    def apply(self, change: Change) -> None:
        """Follow a change of the model; changes of other conversations are ignored."""
        if self._conversation is None:
            return
        if isinstance(change, StatusChanged) and change.network is self._network:
            self._refresh_pending()
            return
        if isinstance(change, FileCardChanged):
            if change.network is self._network:
                self._files.follow(change.card)
            return
        changed = getattr(change, "conversation", None)
        if changed is None:
            return
        if isinstance(change, Updated) and changed is self._conversation.present:
            self._refresh_entry(change.entry)  # it may be shown in the older part
        if changed is not self._conversation:
            return
        match change:
            case Added(_, entries):
                self._add(entries)
            case Prepended(_, entries):
                self._prepend(entries)
            case Updated(_, entry):
                self._refresh_entry(entry)
            case Removed(_, entries):
                self.view.remove(entries)
            case Reset():
                self._pages.refill()
            case ConversationChanged():
                self._show_start()
                self._follow_marked_unread()
                self._files.follow_limit()
            case MembersChanged():
                self._timers.start("names", NAMES_MILLISECONDS, self.view.refresh_names)
                return
        self._watch_pending()
        self._update_end_state()

    def show_place(
        self, conversation: Conversation, entry: Entry, network: Network, twelve_hours: bool = False
    ) -> None:
        """Show a message and flash it, with the messages around it; the arguments are those of `show`."""
        if conversation is not self._conversation:
            self.show(conversation, network, twelve_hours)
        self.jump_to(entry.key, flash=True)
        self.after_idle(self._fill_view)

    @property
    def reading_place(self) -> ReadingPlace | None:
        """The row that is being read; None at the end of the conversation."""
        return None if self._conversation is None else self._pages.place()

    @property
    def shows_past(self) -> bool:
        """Whether it shows an older part of a conversation."""
        return self._conversation is not None and self._conversation.present is not None

    def show_hit(self, key: int, number: int) -> None:
        """Make a hit the current one, and scroll to its message if it is not completely visible.

        Args:
            key: Of the entry.
            number: Which hit in its message, from 0 on.
        """
        self.hits.show_current(key, number)
        if not self.hits.is_current_visible():
            self.jump_to(key)

    def continue_in(self, conversation: Conversation) -> None:
        """Show another conversation that has the same entries, and more, at the row that is being read."""
        self._conversation = self._pages.conversation = conversation
        self.view.following = False
        self._pages.refill()
        self._update_end_state()

    def scroll_to_newest(self) -> None:
        """Scroll to the newest entry of the conversation."""
        if self._conversation is not None and not self._pages.reaches_end:
            self._pages.fill_newest()
        self.view.scroll_to_end()
        self._update_end_state()

    def scroll_to_unread(self) -> None:
        """Scroll to the first unread entry, or else to where "New messages" stands."""
        if self.view.unread is not None:
            self.jump_to(self.view.unread)

    def dismiss_unread(self) -> None:
        """Stop pointing to the first unread entry: the user knows about it."""
        self._seen_unread = self.view.unread
        self._update_end_state()

    def jump_to(self, key: int, flash: bool = False) -> bool:
        """Scroll to the entry with this key, with some context above it.

        Args:
            flash: Whether to highlight it for a moment.

        Returns:
            Whether the conversation holds it here; the server may have it.
        """
        keys = [entry.key for entry in self._conversation.entries] if self._conversation else []
        if key not in keys:
            return False
        if self.view.line_map.index_of(key) is None:
            self._pages.fill_around(keys.index(key))
        self.view.scroll_to_entry(key, RowPosition(0, 0, self.view.winfo_height() // 3))
        if flash:
            self._flash.show(key)
        self._update_end_state()
        return True

    def _follow_marked_unread(self) -> None:
        """Move "New messages" when the user has marked messages as unread."""
        conversation = self._conversation
        if conversation is not None and conversation.keeps_unread:
            if conversation.first_unread != self.view.unread:
                self.view.move_unread(conversation.first_unread)
            self._seen_unread = self.view.unread

    def _area_items(self) -> Iterator[MenuItem]:
        """Yield the items of the menu below the messages."""
        conversation, blocks = self._conversation, list(self.view.line_map)
        is_unread = conversation is not None and conversation.unread > 0
        yield from area_items(
            self._handlers.on_mark_read if is_unread else None,
            (lambda: set_clipboard(self, copied(blocks, self.view.around.name))) if blocks else None,
        )

    def _mark_again(self) -> None:
        """Mark the chosen, the highlighted and the flashing message again after lines were replaced."""
        self.input.refresh()
        self._flash.refresh()

    def _add(self, entries: Sequence[Entry]) -> None:
        """Show added entries. In a flood they are collected, because many at once cost less.

        So the window shows only the last ones of thousands, and has time for the user in between.
        """
        self._waiting += entries
        is_flood = len(self._waiting) >= MANY_ENTRIES
        if any(map(self._was_just_sent, entries)) or "flood" not in self._timers:
            self._show_waiting()
            if is_flood:
                self._timers.start("flood", COLLECT_MILLISECONDS, self._end_flood)

    def _was_just_sent(self, entry: Entry) -> bool:
        """Return whether the user has just sent this message from here.

        A near server confirms it before it is drawn, so it need not be pending. Later it may be added again,
        in its place in time.
        """
        return entry.state == "pending" or (entry.own and bool(entry.label) and entry.key > self._last_sent)

    def _end_flood(self) -> None:
        """Show the entries that were collected, and collect further if they are many."""
        self._add([])
        self._update_end_state()

    def _show_waiting(self) -> None:
        assert self._conversation is not None
        entries, self._waiting = self._waiting, []
        if entries:
            self._show_added(entries)

    def _show_added(self, entries: Sequence[Entry]) -> None:
        assert self._conversation is not None
        view, was_empty = self.view, not len(self.view.line_map)
        sent = [entry.key for entry in entries if self._was_just_sent(entry)]
        below = self._pages.below()
        if self._pages.reaches_end and below is not None:
            entries = below  # some of the added entries may be shown already
        if self._conversation.present is not None:
            view.following = False  # the user reads on; nothing is new here
            entries = ()
        if self._first_new is None:
            self._first_new = next((entry.key for entry in entries if _is_news(entry)), None)
        if self._conversation.first_unread in {entry.key for entry in entries}:
            view.move_unread(self._conversation.first_unread)
        self._pages.add_below()
        if self._conversation.present is not None:
            self.after_idle(self._fill_view)
        elif sent:
            self._last_sent = max(sent)
            self.scroll_to_newest()
        elif was_empty:
            self._scroll_to_unread()

    def _prepend(self, entries: Sequence[Entry]) -> None:
        assert self._conversation is not None
        self._pages.add_above(len(entries))
        if self._conversation.first_unread in {entry.key for entry in entries}:
            self.view.move_unread(self._conversation.first_unread)
            self._scroll_to_unread()
        for entry in entries:
            self.view.refresh_replies(entry.msgid)
        self.after_idle(self._fill_view)

    def _scroll_to_unread(self) -> None:
        """Scroll to the first missed message if it arrived after the conversation was opened."""
        unread = self.view.unread
        if unread is not None and self.view.following and self._conversation is not None:
            self.view.scroll_to_entry(unread)

    def _on_scroll(self) -> None:
        """Add a page when the user has scrolled near an edge."""
        view = self.view
        if len(view.line_map):
            if view.top_row().line <= NEAR_EDGE:
                self._show_older()
            if view.bottom_line() >= view.line_map.lines - NEAR_EDGE:
                self._show_newer()
            if not view.following:
                self._on_seen(self._lowest())
        self._update_end_state()

    def _show_older(self) -> None:
        """Add older entries of the model, or ask the client for some."""
        conversation = self._conversation
        assert conversation is not None
        if not (self._pages.show_older() or conversation.complete or conversation.loading_older):
            self._on_older()

    def _show_newer(self) -> None:
        """Add newer entries of the model, or ask the client for those after an older part."""
        assert self._conversation is not None
        if self._pages.reaches_end and self._conversation.present is not None:
            self._on_newer()
        self._pages.show_newer()

    def _fill_view(self) -> None:
        """Add older entries as long as the pane has empty space; below an older part, newer ones too."""
        if self._conversation is not None and self.view.winfo_ismapped() and self.view.shows_all():
            self._show_older()
            if self._conversation.present is not None:
                self._show_newer()

    def _start(self) -> list[Run]:
        """Return the lines above the first entry."""
        assert self._conversation is not None
        return start_lines(self._conversation, self._network, self.view.ruler(), self._shows_loading)

    def _show_start(self) -> None:
        """Show the lines above the first entry; that older ones are loading only after a while."""
        assert self._conversation is not None
        if not self._conversation.loading_older:
            self._shows_loading = False
            self._timers.stop("loading")
            self.view.set_first_lines(self._start())
        elif not self._shows_loading and "loading" not in self._timers:
            self._timers.start("loading", LOADING_MILLISECONDS, self._show_loading)

    def _show_loading(self) -> None:
        self._shows_loading = True
        self.view.set_first_lines(self._start())

    def _refresh_entry(self, entry: Entry) -> None:
        """Update a message, and the quotes of it."""
        self.view.refresh(entry.key)
        self.view.refresh_replies(entry.msgid)
        if entry.can_undo_deletion and "undo" not in self._timers:
            self._timers.start("undo", UNDO_MILLISECONDS, self._count_down)

    def _count_down(self) -> None:
        """Update the seconds behind deletions that can be undone, as long as there are any."""
        shown = (entry for block in self.view.line_map for entry in block.entries)
        keys = [entry.key for entry in shown if entry.can_undo_deletion]
        for key in keys:
            self.view.refresh(key)
        if keys:
            self._timers.start("undo", UNDO_MILLISECONDS, self._count_down)

    def _watch_pending(self) -> None:
        """Look at the messages that wait for the server, again and again, as long as there are any."""
        if self._conversation is not None and self._conversation.pending() and "pending" not in self._timers:
            self._timers.start("pending", PENDING_MILLISECONDS, self._refresh_pending)

    def _refresh_pending(self) -> None:
        """Update what stands behind messages that wait for the server."""
        assert self._conversation is not None
        for entry in self._conversation.pending():
            self.view.refresh(entry.key)
        self._watch_pending()

    def _update_end_state(self) -> None:
        """Show or hide the pills, and report whether the end is visible."""
        is_past = self.shows_past
        at_end = self.view.following and self._pages.reaches_end and not is_past
        if at_end:
            self._first_new = None
        has_pill = not at_end and not is_past
        self.pills.show_newest(has_pill, self._count_below() if has_pill else 0)
        self.pills.show_unread("" if is_past else self._unread_above())
        if at_end != self._at_end:
            self._at_end = at_end
            self._on_end(at_end)

    def _notice_end(self) -> None:
        """Report the end if it has come into view without scrolling."""
        if self._conversation is not None and self.view.follow_reached_end():
            self._update_end_state()

    def _lowest(self) -> Entry:
        """Return the lowest entry in view."""
        view = self.view
        return view.line_map[view.line_map.index_at_line(view.bottom_line() - view.lines_above - 1)].entries[
            -1
        ]

    def _count_below(self) -> int:
        """Return how many messages below the view are unread or have arrived there.

        They are the last ones of the conversation, so this takes no longer if many are loaded.
        """
        if self._conversation is None or not len(self.view.line_map):
            return 0
        starts = {self._conversation.first_unread, self._first_new} - {None}
        lowest, below, count = self._lowest(), 0, 0
        for entry in reversed(self._conversation.entries):
            if not starts:
                break
            if entry is lowest:
                return below  # the first one is above
            below += _is_news(entry)
            if entry.key in starts:
                starts.discard(entry.key)
                count = below
        return count

    def _unread_above(self) -> str:
        """Return when the first unread entry came if it is above the view and was not seen, else ""."""
        view, key = self.view, self.view.unread
        if key is None or key == self._seen_unread or self._conversation is None:
            return ""
        index = view.line_map.index_of(key)
        if index is not None and view.lines_of(index)[1] > view.top_row().line:
            if self.tk.call("focus") != "":  # else another program has the focus, and no one is looking
                self._seen_unread = key
            return ""
        entry = next((each for each in self._conversation.entries if each.key == key), None)
        if entry is None:
            return ""
        day = date.fromtimestamp(entry.time)
        if day == view.today():
            return format_time(entry.time, view.twelve_hours)
        return day_and_month(day, today=day)


def _is_news(entry: Entry) -> bool:
    """Return whether it is a message of somebody else."""
    return not entry.own and entry.kind in MESSAGE_KINDS
