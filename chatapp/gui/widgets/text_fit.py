"""Text that is too long for its place."""

from __future__ import annotations

from collections.abc import Callable

from chatapp.protocol import graphemes


def shortened(text: str, measure: Callable[[str], int], room: int) -> str:
    """As much of the text as there is room for, with an ellipsis if that is not all.

    Takes  measure: how wide a text is, such as a font's `measure`
    """
    if measure(text) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle] + "…") <= room else (low, middle - 1)
    low = graphemes.floor(text, low)
    return text[:low].rstrip() + "…" if low else ""
