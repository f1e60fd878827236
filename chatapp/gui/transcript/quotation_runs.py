"""The beginning of a line of a quotation in a message. Does not import tkinter."""

from __future__ import annotations

from chatapp.client.text.formatting import Span
from chatapp.gui.theme.text_tags import QUOTATION_INDENT
from chatapp.gui.transcript.block_options import BlockOptions
from chatapp.gui.transcript.runs import Picture, Run, Tags

LINE_TAG = "quotation"  # of its lines, which have a bar at their left


def mark_runs(mark: Span, options: BlockOptions, band: Tags) -> list[Run]:
    """Return what stands before the words of a line. The mark itself is hidden, but it is copied.

    Args:
        band: Tags of all lines of the message.
    """
    tags, indent = (LINE_TAG, *band), options.ruler.grown(QUOTATION_INDENT)
    return [Run("", tags, picture=Picture("pad", size=indent)), Run(mark.text, (*tags, "hidden"))]
