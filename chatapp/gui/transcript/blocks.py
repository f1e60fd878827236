"""Turns entries of a conversation into blocks of tagged text. Does not import tkinter.

    ────── Today, 12 March ──────        A block begins with the separators above it and ends with a newline.
    (BO)  Ben Okafor  09:58              It shows one entry, or a run of consecutive joins and leaves.
          Morning! Slides: https://…     What stands below the head of a message: message_runs.py.

A block is a list of runs, see runs.py. The tags of runs:

    lines       head quote body action quotation chips note day new start start-note loading codehead block
                code-edge gap card card-edge picture    the kind of line: font, margins, distances
    styles      time name nick0…nick15 bold italic bold-italic underline strike mention person code hidden big
                small card-name faint quote-name italic-small pending failed reason deleted danger deed link
                code-keyword code-string code-comment
    surfaces    band                                    background of a message with a mention
                chip chip_mine code-fill caption-fill   stay visible on the others
                hover flash hit hit_now                 put on lines and words by others than blocks
                em em-small                             emoji; added by the TextView
    irc/4/1/pane/                                       colour 4 on colour 1, on the surface of the pane
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from chatapp.client.model.event_texts import deletion, is_join_or_leave, sentence, summary
from chatapp.client.model.model import MESSAGE_KINDS, Entry
from chatapp.client.text.formatting import plain
from chatapp.gui.transcript.block_options import BlockOptions
from chatapp.gui.transcript.message_runs import band_tags, message_runs, shown_text
from chatapp.gui.transcript.runs import Picture, Run, Tags, Target, count_lines
from chatapp.languages.dates import day_and_month, near_day, time_of_day, weekday
from chatapp.languages.translation import _

GROUP_SECONDS = 300  # messages of one author within this time share a head
AVATAR = 28  # in pixels at 96 dpi, and so are the following ones
RULE, RULE_MINIMUM = 150, 16  # length of the rules beside a separator
SEPARATOR_MARGIN = 24  # beside a separator that fills the width


@dataclass(slots=True, eq=False)
class Block:
    """Some lines of the transcript.

    Attributes:
        head_time: Unix time of the head that the next message may share; 0 for none.
        names: The names that its first line shows, see `shown_names`; empty if it shows none.
        line: Its first line, counted from the origin of the LineMap that holds it.
    """

    entries: tuple[Entry, ...]
    runs: list[Run]
    head_time: float = 0.0
    names: tuple[str, str] = ("", "")
    lines: int = field(init=False)
    line: int = 0

    def __post_init__(self) -> None:
        self.lines = count_lines(self.runs)

    @property
    def is_foldable(self) -> bool:
        """Whether it shows only joins and leaves, so that the next ones may be added to it."""
        return all(map(is_join_or_leave, self.entries))

    @property
    def depends_on_width(self) -> bool:
        """Whether its runs may differ in a pane of another width."""
        tags = {run.tags[0] for run in self.runs}
        dependent = ("day", "new", "quote", "quotation", "chips", "block", "card-edge", "picture")
        return not tags.isdisjoint(dependent)


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


def shown_names(entry: Entry, options: BlockOptions) -> tuple[str, str]:
    """Return the name in the head of a message, and the icon behind it; of an event, who did it to whom."""
    around = options.around
    if entry.kind in ("message", "notice"):
        return around.name(entry.nick), around.mark(entry.nick)
    return around.name(entry.nick), around.name(entry.about) if entry.kind == "kick" else ""


def format_time(seconds: float, twelve_hours: bool) -> str:
    """Return the time of day of a Unix time: `09:58`, or `9:58 am`."""
    moment = time.localtime(seconds)
    return time_of_day(moment.tm_hour, moment.tm_min, twelve_hours)


def format_day(day: date, today: date) -> str:
    """Return `Today, 12 March`, `Yesterday, …` or the day of the week; with the year if it is another one."""
    return f"{near_day(day, today) or weekday(day)}, {day_and_month(day, today)}"


def clipboard_text(entry: Entry, name: Callable[[str], str] = str) -> str:
    """Return an entry as it is copied: `<Ben> Morning!`.

    Args:
        name: Returns the name to show for a nick.
    """
    if entry.kind not in MESSAGE_KINDS:
        return sentence(entry, name)
    who = name(entry.nick)
    if entry.deleted_by:
        return f"<{who}> {deletion(entry, '', name)}"
    return f"* {who} {plain(entry.text)}" if entry.kind == "action" else f"<{who}> {plain(entry.text)}"


def _groups(entries: Sequence[Entry], options: BlockOptions) -> Iterator[tuple[Entry, ...]]:
    """Yield each entry alone, but consecutive joins and leaves of one day together, up to "New messages"."""
    group: list[Entry] = []
    for entry in entries:
        foldable = options.folds_joins and group and is_join_or_leave(entry) and is_join_or_leave(group[-1])
        if group and not (foldable and entry.key != options.unread and _day(entry) == _day(group[-1])):
            yield tuple(group)
            group = []
        group.append(entry)
    if group:
        yield tuple(group)


def _block(group: tuple[Entry, ...], before: Block | None, options: BlockOptions) -> Block:
    first = group[0]
    last = before.entries[-1] if before is not None and before.entries else None
    runs: list[Run] = []
    if last is None or _day(last) != _day(first):
        runs += _separator(format_day(_day(first), options.today), "day", "divider", options)
    if first.key == options.unread:
        runs += _separator(_("New messages"), "new", "danger", options)
    if first.kind in ("message", "notice"):
        body = message_runs(first, options, "body")
        if before is not None and not runs and _shares_head(first, before):
            return Block(group, _with_end(body, first), before.head_time)
        names = shown_names(first, options)
        return Block(
            group, _with_end([*runs, *_head(first, names, options), *body], first), first.time, names
        )
    if first.kind == "action":
        runs += _with_end(message_runs(first, options, "action", _action_start(first, options)), first)
    elif len(group) > 1:
        return Block(group, [*runs, *_folded(group, options)])
    else:
        runs += _note(first, options)
    return Block(group, runs, names=shown_names(first, options))


def _separator(text: str, tag: str, role: str, options: BlockOptions) -> list[Run]:
    """Return a line with a text between two rules, which are shorter or missing in a narrow pane."""
    ruler = options.ruler
    free = ruler.width + ruler.px(SEPARATOR_MARGIN) - ruler.measure(f"   {text}   ", "ChatSmallBold")
    length = min(ruler.px(RULE), free // 2)
    if length < ruler.px(RULE_MINIMUM):
        return [Run(f"{text}\n", (tag,))]
    rule = Run("", (tag,), picture=Picture("rule", role=role, size=length))
    return [rule, Run(f"   {text}   ", (tag,)), rule, Run("\n", (tag,))]


def _shares_head(entry: Entry, before: Block) -> bool:
    """Return whether an entry continues under the head of the block before it."""
    last = before.entries[-1]
    same = entry.kind == last.kind and entry.nick.casefold() == last.nick.casefold() and entry.own == last.own
    return same and 0 <= entry.time - before.head_time < GROUP_SECONDS


def _head(entry: Entry, name: tuple[str, str], options: BlockOptions) -> list[Run]:
    tags, target = ("head", *band_tags(entry)), Target("name", entry.nick)
    small = (*tags, "time")
    runs = [
        Run("", tags, target, _avatar(name[0], entry, options, AVATAR, options.ruler.px(2))),
        Run("\t", tags),
        Run(shown_text(name[0], options), (*tags, *_name_tags(entry, options)), target),
    ]
    if entry.own:
        runs.append(Run(f" {_('(you)')}", small))
    if name[1]:
        role = "owner" if name[1] == "crown" else "muted"
        runs += [Run("  ", tags), Run("", tags, picture=Picture("icon", name[1], role, 13))]
    kind = f"   {_('notice')}" if entry.kind == "notice" else ""
    return [*runs, Run(f"{kind}   {format_time(entry.time, options.twelve_hours)}\n", small)]


def _avatar(name: str, entry: Entry, options: BlockOptions, size: int, above: int = 0) -> Picture:
    return Picture("avatar", name, entry.nick, size, above=above, colour=options.around.colour(entry.nick))


def _name_tags(entry: Entry, options: BlockOptions) -> Tags:
    return "name", f"nick{options.around.colour(entry.nick)}"


def _action_start(entry: Entry, options: BlockOptions) -> list[Run]:
    """Return what stands before the text of an action: its author."""
    tags, target = ("action", *band_tags(entry)), Target("name", entry.nick)
    name = options.around.name(entry.nick)
    return [
        Run("", tags, target, _avatar(name, entry, options, 16)),
        Run("  ", tags),
        Run(shown_text(name, options), (*tags, *_name_tags(entry, options)), target),
        Run(" ", tags),
    ]


def _with_end(runs: list[Run], entry: Entry) -> list[Run]:
    """Add space below the last line of a message with a band."""
    if not band_tags(entry):
        return runs
    at = len(runs) - 1
    while at and not runs[at - 1].text.endswith("\n"):
        at -= 1
    return [*runs[:at], *(run._replace(tags=(*run.tags, "band-end")) for run in runs[at:])]


def _note(entry: Entry, options: BlockOptions) -> list[Run]:
    if entry.kind == "error":
        icon = Run("", ("note",), picture=Picture("icon", "alert", "danger", 13))
        return [icon, Run(f"  {entry.text}\n", ("note", "danger"))]
    return [Run(f"{shown_text(sentence(entry, options.around.name), options)}\n", ("note",))]


def _folded(group: tuple[Entry, ...], options: BlockOptions) -> list[Run]:
    is_folded = options.unfolded.isdisjoint(entry.key for entry in group)
    tags, target = ("note",), Target("fold")
    chevron = Picture("icon", "chevron-right" if is_folded else "chevron-down", "muted", 11)
    line = [Run(f"{summary(group)}  ", tags, target), Run("", tags, target, chevron), Run("\n", tags)]
    return line if is_folded else [*line, *(run for entry in group for run in _note(entry, options))]


def _day(entry: Entry) -> date:
    return date.fromtimestamp(entry.time)
