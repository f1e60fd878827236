"""The beginning of a line of a quotation in a message. Does not import tkinter."""

from __future__ import annotations

from chatapp.client.text.formatting import Span
from chatapp.gui.theme.text_tags import QUOTATION_INDENT
from chatapp.gui.transcript.block_options import BlockOptions
from chatapp.gui.transcript.runs import Picture, Run, Tags

LINE_TAG = "quotation"  # of its lines
ICON = 13  # left of its first line, in pixels at 96 dpi


def mark_runs(mark: Span, options: BlockOptions, band: Tags, is_first: bool) -> list[Run]:
    """Return what stands before the words of a line. The mark itself is hidden, but it is copied.

    Args:
        band: Tags of all lines of the message.
        is_first: Whether it is the first line of the quotation, which has the icon.
    """
    tags, ruler = (LINE_TAG, *band), options.ruler
    indent = ruler.grown(QUOTATION_INDENT)
    runs = []
    if is_first:
        runs.append(Run("", tags, picture=Picture("icon", "quote", "muted", ICON)))
        indent -= ruler.grown(ICON)
    return [*runs, Run("", tags, picture=Picture("pad", size=indent)), Run(mark.text, (*tags, "hidden"))]
