"""Finds a text within messages, as they are displayed and in any letter case.

To parse the formatting of a message takes a hundred times longer than to search it. So messages in which the
text cannot occur are sorted out first: those without its first word and without marks of formatting, then
those that a pattern does not match which passes over such marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from chatapp.client.text.formatting import displayed

_CODES = re.compile("[\x00-\x08\x0b-\x1f]")
_MARKS = "[*`~]*"
_MARK = re.compile("[*`~]")
_SPACES = r"[^\S\n]+"  # within one line


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text to find.

    Args:
        first: Its first word in lower case.
        exact: Matches it in displayed text.
        loose: Matches it in a message with marks such as `**` within.
    """

    first: str
    exact: re.Pattern[str]
    loose: re.Pattern[str]

    @classmethod
    def of(cls, text: str, whole_words: bool = False) -> Wanted:
        """Return what finds a text.

        Args:
            text: Not empty. A space stands for any white space within a line.
            whole_words: Whether no letter or digit may stand right before or after it.
        """
        words = text.split() or [text]
        exact = _SPACES.join(map(re.escape, words))
        if whole_words:
            before, after = (r"\b" if text[at].isalnum() else "" for at in (0, -1))
            exact = f"{before}{exact}{after}"
        loose = f"{_MARKS}{_SPACES}{_MARKS}".join(_MARKS.join(map(re.escape, word)) for word in words)
        return cls(words[0].lower(), re.compile(exact, re.IGNORECASE), re.compile(loose, re.IGNORECASE))

    def count_in(self, message: str) -> int:
        """Return how often the text occurs in a message."""
        has_first = self.first in message.lower()
        if not has_first and message.isprintable() and not _MARK.search(message):
            return 0
        if not self.loose.search(message) and not _CODES.search(message):
            return 0
        return len(places(self.exact, displayed(message)))


def any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """Return the pattern that finds each of these words; None without words."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE) if longest_first else None


def places(found: re.Pattern[str] | None, text: str) -> list[tuple[int, int]]:
    """Return where a pattern matches, from and up to."""
    return [each.span() for each in found.finditer(text)] if found else []
