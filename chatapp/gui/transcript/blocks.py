"""Entries of a conversation as blocks of text: who, when, what, and what stands between. No tkinter here.

    ──────── Today, 12 March ────────    a block begins with the separators above it and ends with a line end;
    09:58   Ben Okafor                   it belongs to one entry, or to a run of people who came and went
            Morning! Slides: https://…

A block's pieces are text and tags by turns, as the `insert` of a Text takes them. Tags by what they are for:

    lines   head body action note fold day new    the kind of line: its font, margins and distances
    looks   time name nick0…nick15 bold italic bold-italic underline strike mention code block
            danger pending failed deleted band      band: the row of a mention
            em em-small                           emoji; the page adds them
    doors   link retry discard fold name                  what a click does something on
    ink/4/1/pane/                                 colour 4 on 1, in a line on the surface of the pane
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from chatapp.client.model.event_texts import deletion, is_move, sentence, summary
from chatapp.client.model.model import Entry
from chatapp.client.text.formatting import Span, plain, spans
from chatapp.client.text.nick_colours import nick_colour
from chatapp.gui.theme.emoji import spelled

TOGETHER = 300  # seconds in which one author needs no new head
_DASHES = "─" * 8
_FACES = {(True, False): "bold", (False, True): "italic", (True, True): "bold-italic"}

Tags = tuple[str, ...]
TextRun = tuple[str, Tags]


@dataclass(frozen=True, slots=True)
class Look:
    """What blocks depend on beside their entries.

    Takes   unread: key of the entry that "New messages" stands above; opened: keys of folded entries that are
            shown all the same; spell: words for emoji
    """

    nick: str
    today: date
    unread: int | None = None
    opened: frozenset[int] = frozenset()
    twelve_hours: bool = False
    spell: bool = False


@dataclass(slots=True, eq=False)
class Block:
    """Some lines of the transcript. `line` is counted from an origin that only the sheet knows."""

    entries: tuple[Entry, ...]
    pieces: list[TextRun]
    head: float = 0.0  # when the head above was said that the next words may stand under; 0 for none
    lines: int = field(init=False)
    line: int = 0

    def __post_init__(self) -> None:
        self.lines = sum(text.count("\n") for text, _ in self.pieces)

    @property
    def folds(self) -> bool:
        """Whether only people came and went in it, so that it may grow by more of them."""
        return all(map(is_move, self.entries))


def blocks(entries: Sequence[Entry], before: Block | None, look: Look) -> list[Block]:
    """The blocks of entries that follow after a block, or after nothing."""
    made: list[Block] = []
    for run in _runs(entries, look):
        before = _block(run, before, look)
        made.append(before)
    return made


def clock(seconds: float, twelve_hours: bool) -> str:
    """The time of day: `09:58`, or `9:58 am`."""
    moment = time.localtime(seconds)
    if not twelve_hours:
        return f"{moment.tm_hour:02}:{moment.tm_min:02}"
    return f"{moment.tm_hour % 12 or 12}:{moment.tm_min:02} {'am' if moment.tm_hour < 12 else 'pm'}"


def day_words(day: date, today: date) -> str:
    """`Today, 12 March`; with the day of the week when it is longer ago, and the year when it is another."""
    words = f"{day.day} {day:%B}" + (f" {day.year}" if day.year != today.year else "")
    near = {0: "Today", 1: "Yesterday"}
    return f"{near.get((today - day).days, f'{day:%A}')}, {words}"


def as_copied(entry: Entry) -> str:
    """An entry for the clipboard: `<Ben> Morning!`."""
    if entry.deleted_by:
        return f"<{entry.nick}> {deletion(entry, '')}"
    if entry.kind in ("message", "notice"):
        return f"<{entry.nick}> {plain(entry.text)}"
    return f"* {entry.nick} {plain(entry.text)}" if entry.kind == "action" else sentence(entry)


def _runs(entries: Sequence[Entry], look: Look) -> Iterator[tuple[Entry, ...]]:
    """Each entry alone; neighbours together who came and went on one day, not across "New messages"."""
    run: list[Entry] = []
    for entry in entries:
        together = run and is_move(entry) and is_move(run[-1])
        if run and not (together and entry.key != look.unread and _day(entry) == _day(run[-1])):
            yield tuple(run)
            run = []
        run.append(entry)
    if run:
        yield tuple(run)


def _block(run: tuple[Entry, ...], before: Block | None, look: Look) -> Block:
    first = run[0]
    last = before.entries[-1] if before is not None and before.entries else None
    pieces: list[TextRun] = []
    if last is None or _day(last) != _day(first):
        pieces.append((f"{_DASHES}  {day_words(_day(first), look.today)}  {_DASHES}\n", ("day",)))
    if first.key == look.unread:
        pieces.append((f"{_DASHES}  New messages  {_DASHES}\n", ("new",)))
    if first.kind in ("message", "notice"):
        if before is not None and not pieces and _is_more(first, before):
            return Block(run, _body(first, look), before.head)
        return Block(run, [*pieces, *_head(first, look), *_body(first, look)], first.time)
    if first.kind == "action":
        pieces += _action(first, look)
    elif len(run) > 1:
        pieces += _folded(run, look)
    else:
        pieces += _note(first)
    return Block(run, pieces)


def _is_more(entry: Entry, before: Block) -> bool:
    """Whether an entry goes on under the head that the block before has or stands under."""
    last = before.entries[-1]
    same = entry.kind == last.kind and entry.nick.casefold() == last.nick.casefold() and entry.own == last.own
    return same and 0 <= entry.time - before.head < TOGETHER


def _head(entry: Entry, look: Look) -> list[TextRun]:
    when = clock(entry.time, look.twelve_hours) + "\t"
    name = f"{entry.nick} (you)" if entry.own else entry.nick
    kind = "  notice" if entry.kind == "notice" else ""
    return [(when, ("head", "time")), (name, ("head", *_name(entry))), (f"{kind}\n", ("head", "time"))]


def _name(entry: Entry) -> Tags:
    return "name", f"nick{nick_colour(entry.nick)}"


def _body(entry: Entry, look: Look) -> list[TextRun]:
    return [*_words(entry, look, _base("body", entry)), *_failure(entry)]


def _action(entry: Entry, look: Look) -> list[TextRun]:
    base = _base("action", entry)
    when = (clock(entry.time, look.twelve_hours) + "\t", (*base, "time"))
    words = _words(entry, look, base)
    return [when, (entry.nick, base + _name(entry)), (" ", base), *words, *_failure(entry)]


def _base(line: str, entry: Entry) -> Tags:
    """The tags of everything in a line of words."""
    if entry.mention and not entry.own:
        return (line, "band")
    return (line,) if entry.state == "sent" else (line, entry.state)


def _failure(entry: Entry) -> list[TextRun]:
    if entry.state != "failed":
        return []
    why = f": {entry.problem.rstrip('.')}" if entry.problem else ""
    doors = [("Retry", ("note", "retry")), ("   ", ("note",)), ("Discard", ("note", "discard"))]
    return [(f"Not sent{why}.  ", ("note", "danger")), *doors, ("\n", ("note",))]


def _note(entry: Entry) -> list[TextRun]:
    if entry.kind == "error":
        return [(f"⚠ {entry.text}\n", ("note", "danger"))]
    return [(f"{sentence(entry)}\n", ("note",))]


def _folded(run: tuple[Entry, ...], look: Look) -> list[TextRun]:
    if look.opened.isdisjoint(entry.key for entry in run):
        return [(f"{summary(run)}  ▸\n", ("note", "fold"))]
    return [(f"{summary(run)}  ▾\n", ("note", "fold")), *(piece for entry in run for piece in _note(entry))]


def _words(entry: Entry, look: Look, base: Tags) -> list[TextRun]:
    """What was said with its looks and one line end. A block of code stands on lines of its own."""
    if entry.deleted_by:
        return [(f"{deletion(entry, look.nick)}\n", (*base, "deleted"))]
    pieces: list[TextRun] = []
    fresh = True  # whether the next piece begins a line
    for span in spans(entry.text, "" if entry.own else look.nick):
        words = spelled(span.text) if look.spell and span.kind != "link" else span.text
        if span.kind == "block":
            words = words + "\n" if fresh else f"\n{words}\n"
        elif fresh and pieces:
            words = words.removeprefix("\n")
        if words:
            pieces.append((words, base + _look(span, "mention" if "band" in base else "pane")))
            fresh = words.endswith("\n")
    if fresh and pieces:
        return pieces
    if pieces and pieces[-1][1] == base:
        return [*pieces[:-1], (pieces[-1][0] + "\n", base)]
    return [*pieces, ("\n", base)]


def _look(span: Span, surface: str) -> Tags:
    plain = (span.kind, span.bold, span.italic) == ("plain", False, False) and span.colour is None
    if plain and not (span.underline or span.strike or span.reverse or span.back is not None):
        return ()
    face = _FACES.get((span.bold, span.italic), "")
    back, ink = (span.colour, span.back) if span.reverse else (span.back, span.colour)
    inked = span.reverse or ink is not None or back is not None
    tags = (
        face,
        "underline" if span.underline else "",
        "strike" if span.strike else "",
        "" if span.kind == "plain" else span.kind,
        f"ink/{_code(ink)}/{_code(back)}/{surface}/{'reverse' if span.reverse else ''}" if inked else "",
    )
    return tuple(tag for tag in tags if tag)


def _code(colour: int | str | None) -> str:
    return "" if colour is None else str(colour)


def _day(entry: Entry) -> date:
    return date.fromtimestamp(entry.time)
