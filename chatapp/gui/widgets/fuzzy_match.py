"""Finds texts by some of their letters, and tells which letters were found.

Does not import tkinter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

WORD_BEGINS = 1  # the rank of a text of which a word begins with what was typed
WITHIN = 2  # the rank of a text that contains what was typed, or all its words
OTHER_WORDS = 3  # the rank for callers of a text that is found by other words than its own
SCATTERED = 4  # the rank of a text that only has the letters in the right order


class FuzzyPattern:
    """What a user has typed to find a text, with any letter case and without accents.

    Args:
        wanted: The typed text; an empty one matches everything.
    """

    def __init__(self, wanted: str) -> None:
        self._wanted = folded(wanted.strip())
        self._words = self._wanted.split()
        letters = [re.escape(each) for each in self._wanted if not each.isspace()]
        self._letters = re.compile(".*?".join(f"({each})" for each in letters), re.DOTALL)

    def rank(self, text: str) -> int | None:
        """Return how well a folded text matches, 0 for best; None if it does not.

        Returns:
            0 if it begins with what was typed, 1 if a word of it does, 2 if it contains it or all its words,
            SCATTERED if it has the letters in this order.
        """
        at = text.find(self._wanted)
        if at == 0:
            return 0
        if at > 0:
            return WORD_BEGINS if any(_begins_word(text, each) for each in self._all(text)) else WITHIN
        if len(self._words) > 1 and all(word in text for word in self._words):
            return WITHIN
        return SCATTERED if self._letters.search(text) else None

    def begin_words(self, text: str) -> bool:
        """Return whether each word that was typed begins a word of a folded text."""
        words = text.split()
        return all(any(word.startswith(each) for word in words) for each in self._words)

    def places(self, text: str) -> tuple[int, ...]:
        """Return the places of the characters that were found in a text; none if it does not match."""
        text = folded(text)
        found = list(self._all(text)) if self._wanted else []
        if found:
            at = next((each for each in found if _begins_word(text, each)), found[0])
            return tuple(range(at, at + len(self._wanted)))
        if len(self._words) > 1 and all(word in text for word in self._words):
            starts = ((text.find(word), len(word)) for word in self._words)
            return tuple(sorted({at for start, length in starts for at in range(start, start + length)}))
        match = self._letters.search(text)
        return tuple(match.start(number) for number in range(1, self._letters.groups + 1)) if match else ()

    def _all(self, text: str) -> Iterator[int]:
        """Yield where the typed text begins in a text."""
        at = text.find(self._wanted)
        while at >= 0:
            yield at
            at = text.find(self._wanted, at + 1)


def folded(text: str) -> str:
    """Return a text of the same length in which letter case and accents make no difference."""
    return text.lower() if text.isascii() else "".join(map(_folded_character, text))


def _folded_character(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)[:1].lower()[:1]
    return base or character


def _begins_word(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()
