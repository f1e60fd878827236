"""The lines of one message below its head: quote, text, code, state, reactions. Does not import tkinter."""

from __future__ import annotations

from collections.abc import Sequence

from chatapp.client.model.model import Entry
from chatapp.client.text.file_links import without_files
from chatapp.client.text.formatting import Span, plain, spans
from chatapp.client.text.quotations import Part, parts
from chatapp.client.text.shown_names import one_line, with_names
from chatapp.gui.theme.emoji import as_shortcodes, is_emoji
from chatapp.gui.transcript.block_options import BlockOptions
from chatapp.gui.transcript.code_runs import code_runs
from chatapp.gui.transcript.file_runs import file_runs
from chatapp.gui.transcript.quotation_runs import LINE_TAG, mark_runs
from chatapp.gui.transcript.runs import Picture, Run, Tags, Target, TargetKind
from chatapp.languages.translation import _
from chatapp.protocol import graphemes

BIG_EMOJI = 3  # emoji alone in a message that are shown large
LONGEST_REACTION = 24  # characters of a reaction that are shown
MAX_CHIPS = 40  # kinds of reactions that are shown
CHIP_END, CHIP_GAP, CHIP_ADD = 10, 8, 32  # widths in pixels at 96 dpi
_FONT_TAGS = {(True, False): "bold", (False, True): "italic", (True, True): "bold-italic"}
_LOWERED = ("The", "You", "Your", "This", "There", "It", "Only", "Messages")  # first words of a reason
_REPLY, _TRASH, _ALERT = (Picture("icon", *each) for each in (
    ("reply", "muted", 14), ("trash", "muted", 13), ("alert", "danger", 13)
))  # fmt: skip


def message_runs(entry: Entry, options: BlockOptions, kind: str, prefix: Sequence[Run] = ()) -> list[Run]:
    """Return the lines of a message below its head.

    Args:
        kind: Tag of the lines of text: `body` or `action`.
        prefix: Comes before the text, in the same line.
    """
    band = band_tags(entry)
    base = (kind, *band)
    quote = _quote(entry, options, band) if entry.reply_to and not entry.deleted_by else []
    if entry.deleted_by:
        runs = _deleted(entry, options, base)
    else:
        text, links = without_files(entry.text, options.around.file_prefix)
        runs = _text(entry, text, options, base, prefix)
        notes = _notes(entry, options, base)
        runs = _line(runs, notes, base) if runs or notes or not links else []
        runs += file_runs(links, options, band, entry.time)
    return [*quote, *runs, *_chips(entry, options, band)]


def band_tags(entry: Entry) -> Tags:
    """Return the tag of all lines of a message that mentions us."""
    return ("band",) if entry.mention and not entry.own else ()


def shown_text(text: str, options: BlockOptions) -> str:
    """Return a text as it can be drawn on this display."""
    return as_shortcodes(text) if options.emoji_as_text else text


def _line(runs: list[Run], notes: list[Run], base: Tags) -> list[Run]:
    """Add notes at the end of the last line, and the end of that line."""
    if not runs or runs[-1].text.endswith("\n"):
        if not notes:
            return runs or [Run("\n", base)]
        notes[0] = notes[0]._replace(text=notes[0].text.lstrip())
    runs += notes
    if runs and runs[-1].tags == base and not (runs[-1].target or runs[-1].picture):
        return [*runs[:-1], Run(runs[-1].text + "\n", base)]
    return [*runs, Run("\n", base)]


def _text(entry: Entry, shown: str, options: BlockOptions, base: Tags, prefix: Sequence[Run]) -> list[Run]:
    """Return the formatted text without the end of its last line, except after code.

    Args:
        shown: The text of the message without the lines that are links to files.
    """
    runs = list(prefix)
    if entry.state == "failed":
        runs += [Run("", base, picture=_ALERT), Run("  ", base)]
    text_tags = base if entry.state == "sent" else (*base, entry.state)
    if not runs and is_big(shown):
        text_tags = (*text_tags, "big")
    after_code = False
    found = spans(shown, *(() if entry.own else options.around.own_names))
    named = with_names(found, options.around.mentioned_name) if "@" in shown else found
    for part in parts(named) if entry.kind != "action" else map(Part, named):
        span, role = part.span, part.role
        if span.kind == "block":
            if runs and not runs[-1].text.endswith("\n"):
                runs.append(Run("\n", base))
            runs += code_runs(entry, span, options, base[1:])
        elif role == "mark":
            runs += mark_runs(span, options, base[1:])
        else:
            text = span.text.removeprefix("\n") if after_code else span.text
            tags = (LINE_TAG, *text_tags[1:]) if role == "words" else text_tags
            if text:
                runs.append(_span_run(span, text, options, tags))
        after_code = span.kind == "block"
    return runs


def _span_run(span: Span, text: str, options: BlockOptions, tags: Tags) -> Run:
    if span.kind == "link":
        return Run(text, tags + _span_tags(span, tags), Target("link", text))
    target = Target("name", span.nick) if span.kind == "person" else None
    return Run(shown_text(text, options), tags + _span_tags(span, tags), target)


def is_big(text: str) -> bool:
    """Return whether a message is only a few emoji."""
    if text.isascii() or len(text) > BIG_EMOJI * 12:
        return False
    clusters = [each for each in graphemes.clusters(text) if not each.isspace()]
    return 0 < len(clusters) <= BIG_EMOJI and all(map(is_emoji, clusters))


def _notes(entry: Entry, options: BlockOptions, base: Tags) -> list[Run]:
    """Return what stands behind the text: that it was edited, is being sent, or was not sent."""
    runs: list[Run] = []
    faint = "small" if "band" in base else "faint"
    edit = entry.pending_edit
    if entry.edited_at or edit is not None:
        saving = edit is not None and not edit.problem
        note = _("(saving…)") if saving else _("(edited)")
        runs.append(Run(f"  {note}", (*base, faint), Target("edited")))
    if edit is not None and edit.problem:
        why = _("Not changed: {reason}").format(reason=_inner(edit.problem))
        runs.append(Run(f"   {why}   ", (*base, "reason")))
        runs += _deeds([(_("Edit"), "edit"), (_("Discard"), "discard")], base)
    if entry.state == "pending":
        note = options.around.waiting_note(entry)
        runs += [Run(f"   {note}", (*base, "faint"))] if note else []
        if entry.attachments:
            runs += [Run("   ", (*base, "faint")), *_deeds([(_("Cancel"), "cancel")], base)]
    elif entry.state == "failed":
        why = (
            _("Not sent: {reason}").format(reason=_inner(entry.problem)) if entry.problem else _("Not sent.")
        )
        runs.append(Run(f"   {why}   ", (*base, "reason")))
        runs += _deeds([(_("Try again"), "retry"), (_("Edit"), "edit"), (_("Discard"), "discard")], base)
    return runs


def _deeds(deeds: Sequence[tuple[str, TargetKind]], base: Tags) -> list[Run]:
    """Return words that can be clicked, beside one another."""
    runs: list[Run] = []
    for label, kind in deeds:
        runs += [Run("   ", (*base, "small"))] if runs else []
        runs.append(Run(label.replace(" ", "\u00a0"), (*base, "deed"), Target(kind)))
    return runs


def _inner(reason: str) -> str:
    """Return a sentence as it is written after a colon: a first word that is no name begins small."""
    first = reason.partition(" ")[0]
    return reason[:1].lower() + reason[1:] if first in _LOWERED else reason


def _deleted(entry: Entry, options: BlockOptions, base: Tags) -> list[Run]:
    if options.around.is_me(entry.deleted_by):
        text = _("You deleted this message")
    else:
        text = _("Message deleted by {name}").format(name=options.around.name(entry.deleted_by))
    because = f" ({plain(entry.about)})" if entry.about else ""
    tags = (*base, "deleted")
    runs = [Run("", base, picture=_TRASH), Run(f"  {text}{because}", tags)]
    if entry.pending_deletion is not None and entry.can_undo_deletion:
        seconds = options.around.undo_seconds(entry.pending_deletion)
        runs += [
            Run(" · ", tags),
            Run(_("Undo"), (*base, "deed"), Target("undo")),
            Run(f" ({_('{seconds} s').format(seconds=seconds)})", tags),
        ]
    return [*runs, Run("\n", base)]


def _quote(entry: Entry, options: BlockOptions, band: Tags) -> list[Run]:
    """Return the line about the message that this one replies to."""
    tags, target, ruler = ("quote", *band), Target("quote"), options.ruler
    start = [Run("", tags, target, _REPLY), Run(" ", tags, target)]
    parent = options.around.parent(entry)
    if parent is None or parent.deleted_by or parent.kind == "system":
        gone = options.around.is_deleted(entry.reply_to) or (parent is not None and parent.deleted_by)
        text = _("a deleted message") if gone else parent.text if parent else _("an older message")
        return [*start, Run(text, (*tags, "italic-small"), target), Run("\n", tags)]
    width = ruler.width - ruler.grown(14) - ruler.grown(16) - ruler.measure("    ", "ChatSmall")
    name = ruler.elide(shown_text(options.around.name(parent.nick), options), "ChatSmallBold", width // 2)
    width -= ruler.measure(name, "ChatSmallBold")
    colour = options.around.colour(parent.nick)
    avatar = Picture("avatar", options.around.name(parent.nick), parent.nick, 16, colour=colour)
    return [
        *start,
        Run("", tags, target, avatar),
        Run(" ", tags, target),
        Run(name, (*tags, "quote-name", f"nick{colour}"), target),
        Run(
            "  " + ruler.elide(shown_text(_quoted(parent, options), options), "ChatSmall", width),
            tags,
            target,
        ),
        Run("\n", tags),
    ]


def _quoted(parent: Entry, options: BlockOptions) -> str:
    """Return the text of a message in one line, without marks."""
    return one_line(options.around.with_file_names(parent.text), options.around.mentioned_name)


def _chips(entry: Entry, options: BlockOptions, band: Tags) -> list[Run]:
    """Return the lines of reactions between narrow gaps: space of a line would have the colour of a chip."""
    if not entry.reactions or entry.deleted_by:
        return []
    tags, gap, ruler = ("chips", *band), Run("\n", ("gap", *band)), options.ruler
    runs, left = [gap], ruler.width
    space = ruler.measure("  ", "ChatSmall")
    for reaction, nicks in list(entry.reactions.items())[:MAX_CHIPS]:
        label = f"{_label(reaction, options)}\u00a0{len(nicks)}"
        width = 2 * ruler.px(CHIP_END) + ruler.measure(label, "ChatSmall")
        if left < width and left < ruler.width:
            runs += [Run("\n", tags), gap]
            left = ruler.width
        fill = "chip_mine" if any(map(options.around.is_me, nicks)) else "chip"
        target = Target("chip", reaction)
        runs += [
            Run("", tags, target, Picture("chip-left", role=fill)),
            Run(label, (*tags, fill), target),
            Run("", tags, target, Picture("chip-right", role=fill)),
            Run("  ", tags),
        ]
        left -= width + space
    if len(entry.reactions) > MAX_CHIPS:
        runs.append(Run(f"+{len(entry.reactions) - MAX_CHIPS}  ", (*tags, "small")))
        left -= ruler.grown(CHIP_ADD)
    if options.around.may_react:
        if left < ruler.grown(CHIP_ADD):
            runs += [Run("\n", tags), gap]
        runs.append(Run("", tags, Target("chip-add"), Picture("chip-add")))
    return [*runs, Run("\n", tags), gap]


def _label(reaction: str, options: BlockOptions) -> str:
    text = shown_text(" ".join(plain(reaction).split()), options)
    text = text if len(text) <= LONGEST_REACTION else text[:LONGEST_REACTION] + "…"
    return text.replace(" ", "\u00a0") or "?"


def _span_tags(span: Span, base: Tags) -> Tags:
    is_plain = (span.kind, span.bold, span.italic) == ("plain", False, False) and span.colour is None
    if is_plain and not (span.underline or span.strike or span.reverse or span.back is not None):
        return ()
    back, front = (span.colour, span.back) if span.reverse else (span.back, span.colour)
    coloured = span.reverse or front is not None or back is not None
    surface = "mention" if "band" in base else "pane"
    tags = (
        _FONT_TAGS.get((span.bold, span.italic), ""),
        "underline" if span.underline else "",
        "strike" if span.strike else "",
        "" if span.kind == "plain" else span.kind,
        f"irc/{_code(front)}/{_code(back)}/{surface}/{'reverse' if span.reverse else ''}" if coloured else "",
    )
    return tuple(tag for tag in tags if tag)


def _code(colour: int | str | None) -> str:
    return "" if colour is None else str(colour)
