"""The width of text on a terminal, in cells. An emoji takes two cells, a combining accent none.

Terminals differ in whether they draw a grapheme cluster (see `chatapp.protocol.graphemes`) as one character.
A cluster counts as wide as the sum of its parts, the widest way to draw it.
"""

from __future__ import annotations

import unicodedata

from chatapp.protocol.graphemes import clusters

_EMOJI_SELECTOR = "\ufe0f"
_ZERO_WIDTH_CATEGORIES = ("Mn", "Me", "Cf")  # combining marks, joiners, selectors, tags of flags


def width(text: str) -> int:
    """Return how many cells a text takes."""
    return len(text) if text.isascii() else sum(map(_cluster_width, clusters(text)))


def cut_to_width(text: str, cells: int) -> str:
    """Return the longest beginning of a text that fits into so many cells."""
    if text.isascii():
        return text[: max(cells, 0)]
    fitting = []
    for cluster in clusters(text):
        cells -= _cluster_width(cluster)
        if cells < 0:
            break
        fitting.append(cluster)
    return "".join(fitting)


def drop_cells(text: str, cells: int) -> str:
    """Return a text without its first cells; a character cut in two is dropped."""
    rest = clusters(text)
    at = 0
    while cells > 0 and at < len(rest):
        cells -= _cluster_width(rest[at])
        at += 1
    return "".join(rest[at:])


def _cluster_width(cluster: str) -> int:
    return max(sum(map(_width, cluster)), 2 if _EMOJI_SELECTOR in cluster else 0)


def _width(character: str) -> int:
    if _has_no_width(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _has_no_width(character: str) -> bool:
    return unicodedata.category(character) in _ZERO_WIDTH_CATEGORIES
