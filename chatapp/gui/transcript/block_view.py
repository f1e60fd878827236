"""Shows entries as blocks of lines: adds, replaces and removes blocks, and keeps what they depend on."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.files import FileCard
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.gui.theme.emoji import can_be_drawn
from chatapp.gui.theme.text_tags import RIGHT, text_column
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.block_options import BlockOptions, Ruler, Surroundings
from chatapp.gui.transcript.block_text import BlockText
from chatapp.gui.transcript.blocks import Block, make_blocks, shown_names
from chatapp.gui.transcript.line_map import LineMap
from chatapp.gui.transcript.runs import FILE_TARGETS, Run, Target, count_lines
from chatapp.gui.transcript.shown_files import ShownFiles
from chatapp.gui.transcript.text_ruler import TextRuler
from chatapp.gui.transcript.thumbnails import Thumbnails
from chatapp.gui.transcript.width_fitting import WidthFitting

COPIED_MILLISECONDS = 2000
USUAL_WIDTH, LEAST_WIDTH = 740, 120  # of the pane before it has a size; of the text; in pixels at 96 dpi
KEPT_PICTURES = 500  # of people and so on that are not shown any more


class BlockView(BlockText):
    """Shows consecutive entries of one conversation.

    Args:
        now: Returns Unix seconds.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_scroll: Callable[[], object],
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(master, theme, on_scroll)
        self._now = now
        self.twelve_hours = False
        self.folds_joins = True
        self.unread: int | None = None  # key of the entry that "New messages" stands above
        self.files = ShownFiles()
        self.thumbnails = Thumbnails(self, theme, self._on_thumbnails)
        self.pictures.thumbnail = self.thumbnails.image
        self.around = Surroundings(Network(), Conversation("", "server"))
        self._first_lines: tuple[Run, ...] = ()
        self._unfolded: frozenset[int] = frozenset()
        self._expanded: frozenset[int] = frozenset()  # keys of messages whose code is shown completely
        self._copied: tuple[int, str] | None = None
        self._copied_timer = ""
        self._text_ruler = TextRuler(theme)
        self.fitting = WidthFitting(self, self._layout, self.refresh)
        self.bind("<Destroy>", lambda event: self._stop_copied_timer(), add=True)
        theme.watch(self.text, self._on_theme)

    def reset(self, around: Surroundings, unread: int | None, twelve_hours: bool) -> None:
        """Set what the next `fill` depends on: another conversation is about to be shown."""
        self.around, self.unread, self.twelve_hours = around, unread, twelve_hours
        self._unfolded = self._expanded = frozenset()
        self._copied = None

    def fill(self, first_lines: Sequence[Run], entries: Sequence[Entry]) -> None:
        """Show the first lines and these entries instead of everything, and scroll to the end."""
        old_lines = self.line_map.lines + self.lines_above
        self.line_map = LineMap()
        made = make_blocks(entries, None, self._block_options())
        self.line_map.replace(0, 0, made)
        self.following = True
        self._first_lines, self.lines_above = tuple(first_lines), count_lines(first_lines)
        self.replace_lines(1, old_lines + 1, [*first_lines, *_runs(made)])
        self.fitting.note_layout()
        if len(self.pictures) > KEPT_PICTURES:
            shown = {run.picture for block in self.line_map for run in block.runs if run.picture}
            self.pictures.keep_only(shown | {run.picture for run in first_lines if run.picture})

    def set_first_lines(self, first_lines: Sequence[Run]) -> None:
        """Replace the lines above the first block, if they differ."""
        if tuple(first_lines) != self._first_lines:
            old, self._first_lines = self.lines_above, tuple(first_lines)
            self.lines_above = count_lines(first_lines)
            self.replace_lines(1, old + 1, first_lines, hold_below=True)

    def replace_blocks(self, start: int, stop: int, entries: Sequence[Entry]) -> None:
        """Show these entries instead of the blocks from `start` up to `stop`; neighbours are updated too."""
        line_map = self.line_map
        if start and entries and line_map[start - 1].is_foldable:
            start -= 1
            entries = [*line_map[start].entries, *entries]
        if stop < len(line_map):
            entries = [*entries, *line_map[stop].entries]
            stop += 1
        made = make_blocks(entries, line_map[start - 1] if start else None, self._block_options())
        first, last = line_map.replace(start, stop, made)
        above = self.lines_above
        self.replace_lines(first + above, last + above, _runs(made), hold_below=start == 0)

    def append(self, entries: Sequence[Entry]) -> None:
        """Show these entries below the last block."""
        self.replace_blocks(len(self.line_map), len(self.line_map), entries)

    def prepend(self, entries: Sequence[Entry]) -> None:
        """Show these entries above the first block."""
        self.replace_blocks(0, 0, entries)

    def refresh(self, key: int | None) -> None:
        """Render the block of an entry again, if one shows it and it has changed."""
        index = None if key is None else self.line_map.index_of(key)
        if index is not None:
            self._refresh_block(index)

    def refresh_replies(self, msgid: str) -> None:
        """Render the blocks again that reply to a message: it has changed, or has come."""
        for key in self.line_map.replies_to(msgid):
            self.refresh(key)

    def refresh_names(self) -> None:
        """Render the messages and events again whose names or ranks may have changed."""
        options = self._block_options()
        for index, block in enumerate(self.line_map):
            entry = block.entries[0]
            has_new_names = block.names[0] and shown_names(entry, options) != block.names
            if has_new_names or "@" in entry.text or entry.kind == "mode":
                self._refresh_block(index)

    def refresh_files(self, ids: Collection[str]) -> None:
        """Render the messages again that link to files with these ids."""
        keys = [
            entry.key
            for block in self.line_map
            for entry in block.entries
            if "/files/" in entry.text and any(each in entry.text for each in ids)
        ]
        for key in keys:
            self.refresh(key)

    def card_of(self, target: Target) -> FileCard | None:
        """Return the file that a target stands for; None if it is something else."""
        return self.files.find(target.value) if target.kind in FILE_TARGETS else None

    def target_label(self, target: Target) -> str:
        """Return what a target is called in a menu."""
        card = self.card_of(target)
        return target.value if card is None else card.name

    def want_thumbnail(self, card: FileCard) -> None:
        """Decode the thumbnail of a file in sight, if it has one."""
        ruler = self.ruler()
        size = self.files.thumbnail_size(card, ruler.width, ruler.scale)
        if size is not None:
            self.thumbnails.want(card, size)

    def _on_thumbnails(self, ids: set[str]) -> None:
        """Draw thumbnails that were decoded, and a quiet box for those that are not kept."""
        is_decoded = {each: self.thumbnails.image(each) is not None for each in ids}
        self.files.decoded -= ids
        self.files.decoded |= {each for each, is_here in is_decoded.items() if is_here}
        self.pictures.forget_thumbnails(ids)
        self.refresh_files(ids)

    def _refresh_block(self, index: int) -> None:
        """Render a block again. If it has the same lines as before, its neighbours need no change."""
        line_map = self.line_map
        before = line_map[index - 1] if index else None
        made = make_blocks(line_map[index].entries, before, self._block_options())
        old = line_map[index]
        if len(made) == 1 and _is_same_for_neighbours(made[0], old):
            if made[0].runs == old.runs:
                return
            first, last = line_map.replace(index, index + 1, made)
            skipped, kept = _difference(old.runs, made[0].runs)
            above = self.lines_above
            runs = made[0].runs[skipped : len(made[0].runs) - kept]
            first_changed = first + count_lines(old.runs[:skipped])
            last_changed = last - count_lines(old.runs[len(old.runs) - kept :])
            self.replace_lines(first_changed + above, last_changed + above, runs)
        else:
            self.replace_blocks(index, index + 1, line_map[index].entries)

    def remove(self, entries: Iterable[Entry]) -> None:
        """Remove these entries; neighbouring ones in one step."""
        gone = {entry.key for entry in entries}
        indexes = sorted({index for key in gone if (index := self.line_map.index_of(key)) is not None})
        while indexes:
            stop = indexes.pop() + 1
            start = stop - 1
            while indexes and indexes[-1] == start - 1:
                start = indexes.pop()
            shown = [entry for index in range(start, stop) for entry in self.line_map[index].entries]
            self.replace_blocks(start, stop, [entry for entry in shown if entry.key not in gone])

    def trim_top(self, lines: int) -> None:
        """Remove blocks at the top until about this many lines are left."""
        self.replace_blocks(0, self.line_map.index_at_line(self.line_map.lines - lines), [])

    def trim_bottom(self, lines: int) -> None:
        """Remove blocks at the bottom until about this many lines are left."""
        self.replace_blocks(self.line_map.index_at_line(lines), len(self.line_map), [])

    def toggle_fold(self, index: int) -> None:
        """Show the joins and leaves of a block one by one, or as one line again."""
        keys = {entry.key for entry in self.line_map[index].entries}
        self._unfolded = self._unfolded - keys if self._unfolded & keys else self._unfolded | keys
        self.replace_blocks(index, index + 1, self.line_map[index].entries)

    def show_all_code(self, key: int) -> None:
        """Show the code of a message completely."""
        self._expanded |= {key}
        self.refresh(key)

    def show_copied(self, key: int, code: str) -> None:
        """Say "Copied" above some code of a message for a moment."""
        if self._copied is not None:
            self._end_copied()
        self._copied = (key, code)
        self.refresh(key)
        self._copied_timer = self.after(COPIED_MILLISECONDS, self._end_copied)

    def _end_copied(self) -> None:
        """Show "Copy" above the code again."""
        self._stop_copied_timer()
        key = None if self._copied is None else self._copied[0]
        self._copied = None
        self.refresh(key)

    def move_unread(self, key: int | None) -> None:
        """Move "New messages" to above another entry."""
        old, self.unread = self.unread, key
        for each in (old, key):
            self.refresh(each)

    def now(self) -> float:
        """Return the time by the clock, in Unix seconds."""
        return self._now()

    def today(self) -> date:
        """Return the date by the clock."""
        return date.fromtimestamp(self._now())

    def ruler(self) -> Ruler:
        """Return what measures text in the column of the messages."""
        px = self._theme.px
        pane = self.text.winfo_width()
        width = (pane if pane > 1 else px(USUAL_WIDTH)) - text_column(self._theme) - px(RIGHT)
        return Ruler(
            self._text_ruler.measure, max(width, px(LEAST_WIDTH)), self._theme.scale, self._theme.grown(1)
        )

    def _layout(self) -> tuple[int, int]:
        """Return what the place of quotes, chips and rules depends on: the width and the size of text."""
        return self.ruler().width, self._theme.size

    def _on_theme(self) -> None:
        """Measure again: the size of text may have changed."""
        self._text_ruler.forget()
        self.fitting.start()

    def _stop_copied_timer(self) -> None:
        if self._copied_timer:
            self.after_cancel(self._copied_timer)
            self._copied_timer = ""

    def _block_options(self) -> BlockOptions:
        return BlockOptions(
            today=self.today(),
            around=self.around,
            ruler=self.ruler(),
            unread=self.unread,
            unfolded=self._unfolded,
            expanded=self._expanded,
            copied=self._copied,
            twelve_hours=self.twelve_hours,
            folds_joins=self.folds_joins,
            emoji_as_text=not can_be_drawn(),
            files=self.files,
        )


def _runs(blocks: Iterable[Block]) -> list[Run]:
    return [run for block in blocks for run in block.runs]


def _is_same_for_neighbours(new: Block, old: Block) -> bool:
    """Return whether the block below, which may share a head with this one, needs no change."""
    return new.head_time == old.head_time and new.is_foldable == old.is_foldable


def _difference(old: Sequence[Run], new: Sequence[Run]) -> tuple[int, int]:
    """Return how many runs at the start and at the end are the same, counted in whole lines."""
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    while start and not old[start - 1].text.endswith("\n"):
        start -= 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    while end and not (
        old[len(old) - end - 1].text.endswith("\n") and new[len(new) - end - 1].text.endswith("\n")
    ):
        end -= 1
    return start, end
