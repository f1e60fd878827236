"""Turns entries of a conversation into blocks of tagged text. Does not import tkinter.

    ──────── Today, 12 March ────────    A block begins with the separators above it and ends with a newline.
    09:58   Ben Okafor                   It shows one entry, or a run of consecutive joins and leaves.
            Morning! Slides: https://…

The text of a block is a list of (text, tags) pairs, as the `insert` of a Text takes them. The tags:

    lines       head body action note day new start      the kind of line: font, margins, distances
    styles      time name nick0…nick15 bold italic bold-italic underline strike mention code block
                danger pending failed deleted
                band                                       background of a message with a mention
                em em-small                                emoji; added by the TextView
    clickable   link retry discard fold name
    irc/4/1/pane/                                          colour 4 on colour 1, on the surface of the pane
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from chatapp.client.model.event_texts import deletion, is_join_or_leave, sentence, summary
from chatapp.client.model.model import Entry
from chatapp.client.text.formatting import Span, plain, spans
from chatapp.client.text.nick_colours import nick_colour
from chatapp.gui.theme.emoji import as_shortcodes

GROUP_SECONDS = 300  # messages of one author within this time share a head
_DASHES = "─" * 8
_FONT_TAGS = {(True, False): "bold", (False, True): "italic", (True, True): "bold-italic"}

Tags = tuple[str, ...]
TextRun = tuple[str, Tags]


@dataclass(frozen=True, slots=True)
class BlockOptions:
    """State of the view that the text of blocks depends on.

    Args:
        nick: The user's own.
        unread: Key of the entry that "New messages" stands above.
        unfolded: Keys of joins and leaves that are shown one by one.
        emoji_as_text: Whether to show emoji as `:shortcode:`.
    """

    nick: str
    today: date
    unread: int | None = None
    unfolded: frozenset[int] = frozenset()
    twelve_hours: bool = False
    emoji_as_text: bool = False


@dataclass(slots=True, eq=False)
class Block:
    """Some lines of the transcript."""

    entries: tuple[Entry, ...]
    runs: list[TextRun]
    head_time: float = 0.0  # Unix time of the head that the next message may share; 0 for none
    lines: int = field(init=False)
    line: int = 0  # first line, counted from the origin of the LineMap that holds the block

    def __post_init__(self) -> None:
        self.lines = sum(text.count("\n") for text, _ in self.runs)

    @property
    def is_foldable(self) -> bool:
        """Whether it shows only joins and leaves, so that the next ones may be added to it."""
        return all(map(is_join_or_leave, self.entries))


def make_blocks(entries: Sequence[Entry], before: Block | None, options: BlockOptions) -> list[Block]:
    """Return the blocks of consecutive entries.

    Args:
        before: The block above the first entry, None if there is none.
    """
    made: list[Block] = []
    for group in _groups(entries, options):
        before = _block(group, before, options)
        made.append(before)
    return made


def format_time(seconds: float, twelve_hours: bool) -> str:
    """Return the time of day of a Unix time: `09:58`, or `9:58 am`."""
    moment = time.localtime(seconds)
    if not twelve_hours:
        return f"{moment.tm_hour:02}:{moment.tm_min:02}"
    return f"{moment.tm_hour % 12 or 12}:{moment.tm_min:02} {'am' if moment.tm_hour < 12 else 'pm'}"


def format_day(day: date, today: date) -> str:
    """Return `Today, 12 March`, `Yesterday, …` or the day of the week; with the year if it is another one."""
    text = f"{day.day} {day:%B}" + (f" {day.year}" if day.year != today.year else "")
    near = {0: "Today", 1: "Yesterday"}
    return f"{near.get((today - day).days, f'{day:%A}')}, {text}"


def clipboard_text(entry: Entry) -> str:
    """Return an entry as it is copied: `<Ben> Morning!`."""
    if entry.deleted_by:
        return f"<{entry.nick}> {deletion(entry, '')}"
    if entry.kind in ("message", "notice"):
        return f"<{entry.nick}> {plain(entry.text)}"
    return f"* {entry.nick} {plain(entry.text)}" if entry.kind == "action" else sentence(entry)


def _groups(entries: Sequence[Entry], options: BlockOptions) -> Iterator[tuple[Entry, ...]]:
    """Yield each entry alone, but consecutive joins and leaves of one day together, up to "New messages"."""
    group: list[Entry] = []
    for entry in entries:
        foldable = group and is_join_or_leave(entry) and is_join_or_leave(group[-1])
        if group and not (foldable and entry.key != options.unread and _day(entry) == _day(group[-1])):
            yield tuple(group)
            group = []
        group.append(entry)
    if group:
        yield tuple(group)


def _block(group: tuple[Entry, ...], before: Block | None, options: BlockOptions) -> Block:
    first = group[0]
    last = before.entries[-1] if before is not None and before.entries else None
    runs: list[TextRun] = []
    if last is None or _day(last) != _day(first):
        runs.append((f"{_DASHES}  {format_day(_day(first), options.today)}  {_DASHES}\n", ("day",)))
    if first.key == options.unread:
        runs.append((f"{_DASHES}  New messages  {_DASHES}\n", ("new",)))
    if first.kind in ("message", "notice"):
        if before is not None and not runs and _shares_head(first, before):
            return Block(group, _body(first, options), before.head_time)
        return Block(group, [*runs, *_head(first, options), *_body(first, options)], first.time)
    if first.kind == "action":
        runs += _action(first, options)
    elif len(group) > 1:
        runs += _folded(group, options)
    else:
        runs += _note(first)
    return Block(group, runs)


def _shares_head(entry: Entry, before: Block) -> bool:
    """Return whether an entry continues under the head of the block before it."""
    last = before.entries[-1]
    same = entry.kind == last.kind and entry.nick.casefold() == last.nick.casefold() and entry.own == last.own
    return same and 0 <= entry.time - before.head_time < GROUP_SECONDS


def _head(entry: Entry, options: BlockOptions) -> list[TextRun]:
    when = format_time(entry.time, options.twelve_hours) + "\t"
    name = f"{entry.nick} (you)" if entry.own else entry.nick
    kind = "  notice" if entry.kind == "notice" else ""
    return [(when, ("head", "time")), (name, ("head", *_name_tags(entry))), (f"{kind}\n", ("head", "time"))]


def _name_tags(entry: Entry) -> Tags:
    return "name", f"nick{nick_colour(entry.nick)}"


def _body(entry: Entry, options: BlockOptions) -> list[TextRun]:
    return [*_message_text(entry, options, _base_tags("body", entry)), *_failure(entry)]


def _action(entry: Entry, options: BlockOptions) -> list[TextRun]:
    base = _base_tags("action", entry)
    when = (format_time(entry.time, options.twelve_hours) + "\t", (*base, "time"))
    name = (entry.nick, base + _name_tags(entry))
    return [when, name, (" ", base), *_message_text(entry, options, base), *_failure(entry)]


def _base_tags(line: str, entry: Entry) -> Tags:
    """Return the tags that all text of a message has."""
    if entry.mention and not entry.own:
        return (line, "band")
    return (line,) if entry.state == "sent" else (line, entry.state)


def _failure(entry: Entry) -> list[TextRun]:
    if entry.state != "failed":
        return []
    why = f": {entry.problem.rstrip('.')}" if entry.problem else ""
    buttons = [("Retry", ("note", "retry")), ("   ", ("note",)), ("Discard", ("note", "discard"))]
    return [(f"Not sent{why}.  ", ("note", "danger")), *buttons, ("\n", ("note",))]


def _note(entry: Entry) -> list[TextRun]:
    if entry.kind == "error":
        return [(f"⚠ {entry.text}\n", ("note", "danger"))]
    return [(f"{sentence(entry)}\n", ("note",))]


def _folded(group: tuple[Entry, ...], options: BlockOptions) -> list[TextRun]:
    if options.unfolded.isdisjoint(entry.key for entry in group):
        return [(f"{summary(group)}  ▸\n", ("note", "fold"))]
    return [(f"{summary(group)}  ▾\n", ("note", "fold")), *(run for entry in group for run in _note(entry))]


def _message_text(entry: Entry, options: BlockOptions, base: Tags) -> list[TextRun]:
    """Return the formatted text of a message with one newline at its end; code blocks get their own lines."""
    if entry.deleted_by:
        return [(f"{deletion(entry, options.nick)}\n", (*base, "deleted"))]
    runs: list[TextRun] = []
    at_line_start = True
    for span in spans(entry.text, "" if entry.own else options.nick):
        text = as_shortcodes(span.text) if options.emoji_as_text and span.kind != "link" else span.text
        if span.kind == "block":
            text = text + "\n" if at_line_start else f"\n{text}\n"
        elif at_line_start and runs:
            text = text.removeprefix("\n")
        if text:
            runs.append((text, base + _span_tags(span, "mention" if "band" in base else "pane")))
            at_line_start = text.endswith("\n")
    if at_line_start and runs:
        return runs
    if runs and runs[-1][1] == base:
        return [*runs[:-1], (runs[-1][0] + "\n", base)]
    return [*runs, ("\n", base)]


def _span_tags(span: Span, surface: str) -> Tags:
    plain = (span.kind, span.bold, span.italic) == ("plain", False, False) and span.colour is None
    if plain and not (span.underline or span.strike or span.reverse or span.back is not None):
        return ()
    font = _FONT_TAGS.get((span.bold, span.italic), "")
    back, front = (span.colour, span.back) if span.reverse else (span.back, span.colour)
    coloured = span.reverse or front is not None or back is not None
    tags = (
        font,
        "underline" if span.underline else "",
        "strike" if span.strike else "",
        "" if span.kind == "plain" else span.kind,
        f"irc/{_code(front)}/{_code(back)}/{surface}/{'reverse' if span.reverse else ''}" if coloured else "",
    )
    return tuple(tag for tag in tags if tag)


def _code(colour: int | str | None) -> str:
    return "" if colour is None else str(colour)


def _day(entry: Entry) -> date:
    return date.fromtimestamp(entry.time)
