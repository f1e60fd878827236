"""A block of code in a message: a caption with Copy, and the code below it. Does not import tkinter."""

from __future__ import annotations

from collections.abc import Iterator

from chatapp.client.model.model import Entry
from chatapp.client.text.formatting import Span
from chatapp.gui.theme.emoji import as_shortcodes
from chatapp.gui.transcript.block_options import BlockOptions
from chatapp.gui.transcript.code_colours import coloured
from chatapp.gui.transcript.runs import Picture, Run, Tags, Target

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
    runs.append(Run("", tags, picture=pad))
    for text, colour in coloured(as_shortcodes(shown) if options.emoji_as_text else shown, span.language):
        runs += _with_padding(Run(text, (*tags, f"code-{colour}") if colour else tags), pad, tags)
    runs.append(Run("\n", tags))
    if shown != code:
        label = f"Show all {len(lines)} lines\n"
        runs += [Run("", tags, picture=pad), Run(label, (*tags, "deed"), Target("show-all"))]
    return [*runs, edge, Run("\n", ("gap", *band))]


def _caption(entry: Entry, code: str, language: str, options: BlockOptions, band: Tags) -> Iterator[Run]:
    """Yield the line above the code: its language, and Copy at the right."""
    px = options.ruler.px
    tags, target = ("codehead", *band, "caption-fill"), Target("copy-code", code)
    copied = options.copied == (entry.key, code)
    icon = Picture("icon", "check", "ok", 13) if copied else Picture("icon", "copy", "muted", 13)
    yield Run("", tags, picture=Picture("pad", size=px(PADDING), height=px(CAPTION)))
    yield Run(f"{language or 'code'}\t", tags)
    yield Run("", tags, target, icon)
    yield Run("  Copied\n" if copied else "  Copy\n", tags, target)


def _with_padding(run: Run, pad: Picture, tags: Tags) -> Iterator[Run]:
    """Yield a part of the code with the padding at the beginning of each new line."""
    first, *rest = run.text.split("\n")
    if first:
        yield run._replace(text=first)
    for line in rest:
        yield Run("\n", tags)
        yield Run("", tags, picture=pad)
        if line:
            yield run._replace(text=line)
