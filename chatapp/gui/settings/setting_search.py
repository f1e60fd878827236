"""Finds settings by the words of their labels, explanations and keywords. Does not import tkinter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from chatapp.gui.settings.page import SettingsPage
from chatapp.gui.widgets.fuzzy_match import FuzzyPattern, folded
from chatapp.gui.widgets.setting_row import SettingText
from chatapp.languages.translation import _

WORST = 3  # of a label; explanations and keywords have to contain all words
OTHERS = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A row that was found, or a whole page if `text` is None.

    Attributes:
        places: Of the found characters in the label.
    """

    page: SettingsPage
    text: SettingText | None
    places: tuple[int, ...] = ()

    @property
    def label(self) -> str:
        """What is found: the label of the row, or the title of the page."""
        return _(self.text.label) if self.text is not None else self.page.name

    @property
    def words(self) -> str:
        """What else it is found by."""
        if self.text is None:
            return ""
        text = self.text.translated()
        return f"{text.keywords} {text.note} {self.page.name}"


def everything(pages: Iterable[SettingsPage]) -> Iterator[Found]:
    """Yield each page, followed by its rows."""
    for page in pages:
        for text in (None, *page.texts):
            yield Found(page, text)


def find(pages: Iterable[SettingsPage], wanted: str) -> list[Found]:
    """Return what matches, the best match first; nothing for an empty text."""
    if not wanted.strip():
        return []
    pattern = FuzzyPattern(wanted)
    ranked: list[tuple[int, int, Found]] = []
    for each in everything(pages):
        rank = _rank(pattern, each)
        if rank is not None:
            ranked.append((rank, len(ranked), replace(each, places=pattern.places(each.label))))
    return [found for _, _, found in sorted(ranked, key=lambda each: each[:2])]


def _rank(pattern: FuzzyPattern, found: Found) -> int | None:
    """Return how well a row matches by its label or by the rest, 0 for best; None if it does not."""
    by_label = pattern.rank(folded(found.label))
    if by_label is not None and by_label < WORST:
        return by_label
    if found.words:
        by_others = pattern.rank(folded(f"{found.words} {found.label}"))
        if by_others is not None and by_others <= OTHERS:
            return WORST + by_others
    return None
