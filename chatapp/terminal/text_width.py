"""Text as a terminal shows it: in cells. An emoji takes two of them, an accent none of its own.

Terminals disagree whether they show a cluster (see `chatapp.protocol.graphemes`) as one sign; it is taken to
be as wide as where each part is shown.
"""

from __future__ import annotations

import unicodedata

from chatapp.protocol.graphemes import clusters

_AS_EMOJI = "\ufe0f"
_OF_NO_WIDTH = ("Mn", "Me", "Cf")  # accents, variation selectors, joiners, the letters of some flags


def width(text: str) -> int:
    """How many cells a text takes."""
    return len(text) if text.isascii() else sum(map(_cluster_width, clusters(text)))


def cut(text: str, cells: int) -> str:
    """As much of the beginning of a text as fits."""
    if text.isascii():
        return text[: max(cells, 0)]
    kept = []
    for cluster in clusters(text):
        cells -= _cluster_width(cluster)
        if cells < 0:
            break
        kept.append(cluster)
    return "".join(kept)


def shifted(text: str, cells: int) -> str:
    """A text without its first cells; a character that is cut through goes wholly."""
    rest = clusters(text)
    at = 0
    while cells > 0 and at < len(rest):
        cells -= _cluster_width(rest[at])
        at += 1
    return "".join(rest[at:])


def _cluster_width(cluster: str) -> int:
    return max(sum(map(_width, cluster)), 2 if _AS_EMOJI in cluster else 0)


def _width(character: str) -> int:
    if _has_no_width(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _has_no_width(character: str) -> bool:
    return unicodedata.category(character) in _OF_NO_WIDTH
