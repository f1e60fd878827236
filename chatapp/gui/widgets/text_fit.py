"""Shortens text that is too wide for its place."""

from __future__ import annotations

import re
from collections.abc import Callable

from chatapp.protocol import graphemes

_UNIT = re.compile(r"(?<=\d) (?=\w\b)")  # the space between a number and a unit of one letter
_TIE = "\x00"

END = 8  # characters at the end of the name of a file that stay in sight


def wrap(text: str, measure: Callable[[str], int], width: int, lines: int) -> list[str]:
    """Break a text at spaces into lines that fit; what does not fit into the last one is cut off.

    A number and its unit stay together: `4 s`.
    """
    wrapped: list[str] = []
    words = [each.replace(_TIE, " ") for each in _UNIT.sub(_TIE, " ".join(text.split())).split()]
    while words and len(wrapped) < lines - 1:
        number = 1
        while number < len(words) and measure(" ".join(words[: number + 1])) <= width:
            number += 1
        wrapped.append(shorten(" ".join(words[:number]), measure, width))
        del words[:number]
    return [*wrapped, shorten(" ".join(words), measure, width)] if words else wrapped


def shorten(text: str, measure: Callable[[str], int], width: int) -> str:
    """Return the text, or as much of it as fits with an ellipsis at the end.

    Args:
        measure: Returns the width of a text, such as the `measure` of a font.
        width: The width available, in the unit of `measure`.

    Returns:
        "" if not even one character and the ellipsis fit.
    """
    if measure(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle] + "…") <= width else (low, middle - 1)
    low = graphemes.floor(text, low)
    return text[:low].rstrip() + "…" if low else ""


def shorten_middle(text: str, measure: Callable[[str], int], width: int) -> str:
    """Return the name of a file, or its start and its end, which tells its kind, about an ellipsis.

    Args:
        measure: See `shorten`.
        width: The width available, in the unit of `measure`.
    """
    if measure(text) <= width:
        return text
    at = graphemes.floor(text, max(len(text) - END, 0))
    end = text[at:]
    if measure(f"…{end}") > width * 2 // 3:
        return shorten(text, measure, width)
    return shorten(text[:at], lambda start: measure(start + end), width) + end
