"""A block of code in a message: a caption with Copy, and the code below it. Does not import tkinter."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from chatapp.client.model.model import Entry
from chatapp.client.text.formatting import Span
from chatapp.gui.theme.emoji import as_shortcodes
from chatapp.gui.transcript.block_options import BlockOptions
from chatapp.gui.transcript.code_colours import coloured
from chatapp.gui.transcript.code_rows import RowStart, row_starts
from chatapp.gui.transcript.runs import Picture, Run, Tags, Target
from chatapp.languages.translation import _

PADDING, CAPTION = 12, 28  # width left of the code and height of the caption, in pixels at 96 dpi
MAX_LINES = 20  # of code that is shown completely
FIRST_LINES = 16  # that are shown of longer code


def code_runs(entry: Entry, span: Span, options: BlockOptions, band: Tags) -> list[Run]:
    """Return the lines of a block of code.

    Args:
        band: Tags of all lines of the message.
    """
    code, px = span.text.rstrip("\n"), options.ruler.px
    pad = Picture("pad", size=px(PADDING))
    lines = code.split("\n")
    shown = code
    if len(lines) > MAX_LINES and entry.key not in options.expanded:
        shown = "\n".join(lines[:FIRST_LINES])
    tags = ("block", *band, "code-fill")
    edge = Run("\n", ("code-edge", *band, "code-fill"))
    runs = [Run("\n", ("gap", *band)), *_caption(entry, code, span.language, options, band), edge]
    drawn = as_shortcodes(shown) if options.emoji_as_text else shown
    parts = (
        (text, (*tags, f"code-{colour}") if colour else tags)
        for text, colour in coloured(drawn, span.language)
    )
    runs += _rows(parts, row_starts(drawn, options.ruler, px(PADDING)), pad, tags)
    runs.append(Run("\n", tags))
    if shown != code:
        label = _("Show all {count} lines").format(count=len(lines)) + "\n"
        runs += [Run("", tags, picture=pad), Run(label, (*tags, "deed"), Target("show-all"))]
    return [*runs, edge, Run("\n", ("gap", *band))]


def _caption(entry: Entry, code: str, language: str, options: BlockOptions, band: Tags) -> Iterator[Run]:
    """Yield the line above the code: its language, and Copy at the right."""
    px = options.ruler.px
    tags, target = ("codehead", *band, "caption-fill"), Target("copy-code", code)
    copied = options.copied == (entry.key, code)
    icon = Picture("icon", "check", "ok", 13) if copied else Picture("icon", "copy", "muted", 13)
    yield Run("", tags, picture=Picture("pad", size=px(PADDING), height=px(CAPTION)))
    yield Run(f"{language or _('code')}\t", tags)
    yield Run("", tags, target, icon)
    yield Run(f"  {_('Copied') if copied else _('Copy')}\n", tags, target)


def _rows(
    parts: Iterable[tuple[str, Tags]], starts: Sequence[RowStart], pad: Picture, tags: Tags
) -> Iterator[Run]:
    """Yield parts of code with the padding at the beginning of each row.

    Args:
        starts: Of the rows that continue a line.
    """
    yield Run("", tags, picture=pad)
    waiting, at = deque(starts), 0
    for text, part_tags in parts:
        begin, end = at, at + len(text)
        while waiting and waiting[0].offset < end:
            start = waiting.popleft()
            yield from _lines(text[begin - at : start.offset - at], part_tags, pad, tags)
            yield Run("", tags, picture=pad._replace(size=start.padding))
            begin = start.offset
        yield from _lines(text[begin - at :], part_tags, pad, tags)
        at = end


def _lines(text: str, part_tags: Tags, pad: Picture, tags: Tags) -> Iterator[Run]:
    """Yield a part of the code with the padding at the beginning of each new line."""
    first, *rest = text.split("\n")
    if first:
        yield Run(first, part_tags)
    for line in rest:
        yield Run("\n", tags)
        yield Run("", tags, picture=pad)
        if line:
            yield Run(line, part_tags)
