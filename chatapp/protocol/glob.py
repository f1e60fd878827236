"""Masks with `*` (any characters) and `?` (one character), matched without backtracking.

The pieces between the stars are searched from left to right, and each is taken at its first match. This finds
a match if there is one, and never goes back. So the time is at most the length of the text for each piece.

Source: RFC 2812 section 2.5.
"""

from __future__ import annotations

import re
from functools import lru_cache


class Glob:
    """A mask. To ignore case, the caller folds mask and text."""

    __slots__ = ("_pieces", "_shortest")

    def __init__(self, mask: str) -> None:
        first, *rest = re.split(r"\*+", mask)
        self._pieces = [_Piece(text) for text in (first, *rest)]
        self._shortest = sum(len(piece.text) for piece in self._pieces)

    def matches(self, text: str) -> bool:
        """Return whether the mask matches the whole text."""
        if len(text) < self._shortest:
            return False
        first, *middle = self._pieces
        if not first.is_at(text, 0):
            return False
        if not middle:
            return len(text) == len(first.text)
        last = middle.pop()
        place, end = len(first.text), len(text) - len(last.text)
        for piece in middle:
            found = piece.find(text, place, end)
            if found < 0:
                return False
            place = found + len(piece.text)
        return last.is_at(text, end)


class _Piece:
    """A part of a mask without `*`."""

    __slots__ = ("_pattern", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        pattern = ".".join(map(re.escape, text.split("?")))
        self._pattern = re.compile(pattern, re.DOTALL) if "?" in text else None

    def is_at(self, text: str, place: int) -> bool:
        if self._pattern:
            return self._pattern.match(text, place) is not None
        return text.startswith(self.text, place)

    def find(self, text: str, start: int, end: int) -> int:
        """Return the first match; -1 if there is none."""
        if self._pattern:
            match = self._pattern.search(text, start, end)
            return match.start() if match else -1
        return text.find(self.text, start, end)


@lru_cache(maxsize=4096)
def glob(mask: str) -> Glob:
    """Return the parsed form of a mask; the results are cached."""
    return Glob(mask)
