"""Finds words of the search index that are spelt almost like a word without a match."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

SHORTEST = 4  # characters of a word that may be misspelt
LONG = 8  # characters from which a word may have two mistakes


def normalized(word: str) -> str:
    """Return a word as the index has it: in small letters, without accents; empty if it is not one word."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return letters if letters.isalnum() and len(letters) >= SHORTEST else ""


def most_mistakes(word: str) -> int:
    """Return how many mistakes a word may have."""
    return 2 if len(word) >= LONG else 1


def nearest(word: str, found: Iterable[tuple[str, int]], count: int) -> list[str]:
    """Return the words that are nearest to a word: those with the fewest mistakes, then the most frequent.

    Args:
        found: Words, each with how often it occurs.
        count: The most words.
    """
    most, letters = most_mistakes(word), set(word)
    ranked: list[tuple[int, int, str]] = []
    for other, frequency in found:
        if other == word or len(letters.symmetric_difference(other)) > 2 * most:
            continue
        mistakes = distance(word, other)
        if mistakes <= most:
            ranked.append((mistakes, -frequency, other))
    return [other for _, _, other in sorted(ranked)[:count]]


def distance(one: str, other: str) -> int:
    """Return how many letters are added, left out, replaced or swapped with their neighbour."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, candidate in enumerate(other, 1):
            best = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != candidate))
            is_swapped = row > 1 and column > 1 and letter == other[column - 2] and candidate == one[row - 2]
            current.append(min(best, before[column - 2] + 1) if is_swapped else best)
        before, last = last, current
    return last[-1]
