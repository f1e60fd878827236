"""The files of the hits of a search: a line each, with the picture of the file, its name and its size."""

from __future__ import annotations

import re
import tkinter as tk
from collections.abc import Callable
from typing import NamedTuple

from chatapp.client.files.saved_names import safe_name
from chatapp.client.model.file_service import file_prefix
from chatapp.client.model.files import FileCard
from chatapp.client.model.network import Network
from chatapp.client.text.file_links import FileLink, apart_from_text
from chatapp.client.text.occurrences import places
from chatapp.gui.main.search_hit_runs import TextRun
from chatapp.gui.main.search_hit_tags import FILE_GAP, FILE_SIDE
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.small_file_pictures import SmallFilePictures
from chatapp.gui.widgets.text_fit import shorten_middle
from chatapp.languages.numbers import format_size
from chatapp.languages.translation import _

FACTS_GAP = "   "  # between name and size
LEAST_NAME = 100  # width of a name below which the size is left out, in pixels at 96 dpi


class FileDoors(NamedTuple):
    """Functions that tell what the client knows of files."""

    known: Callable[[Network, FileLink], FileCard | None]
    """Return what is known of a file; the server is not asked."""
    want: Callable[[Network, FileLink], object]
    """Ask the server about a file in sight."""


class FileLine(NamedTuple):
    """How a file is drawn."""

    image: tk.PhotoImage
    runs: list[TextRun]


class HitFiles:
    """Draws the lines.

    Args:
        on_change: Called with the ids of files whose picture is another one now.
    """

    def __init__(
        self, master: tk.Misc, theme: Theme, doors: FileDoors, on_change: Callable[[set[str]], object]
    ) -> None:
        self._theme = theme
        self._doors = doors
        self._drawn: dict[str, tuple[str, str]] = {}  # image and text of each file, by its id
        self.pictures = SmallFilePictures(master, theme, FILE_SIDE, on_change)

    def split(self, network: Network, text: str) -> tuple[str, list[FileLink]]:
        """Return the text of a message and the files that stand below it."""
        return apart_from_text(text, file_prefix(network))

    def want(self, network: Network, text: str) -> None:
        """Ask the server about the files of a message in sight."""
        for link in self.split(network, text)[1]:
            self._doors.want(network, link)

    def line(self, network: Network, link: FileLink, words: re.Pattern[str] | None, room: int) -> FileLine:
        """Return the line of a file.

        Args:
            words: What is marked in its name.
            room: How wide the line may be, in pixels.
        """
        card = self._card(network, link)
        image, facts = self.pictures.image(card), _facts(card)
        self._drawn[card.id] = (str(image), f"{card.name}\n{facts}")
        fonts = self._theme.fonts
        room -= self.pictures.side + self._theme.px(FILE_GAP)
        facts = f"{FACTS_GAP}{facts}" if facts else ""
        facts_width = fonts["ChatSmall"].measure(facts)
        measure = fonts["ChatBody"].measure
        if room - facts_width < min(measure(card.name), self._theme.px(LEAST_NAME)):
            facts, facts_width = "", 0
        name = shorten_middle(card.name, measure, max(room - facts_width, 0))
        return FileLine(
            image, [("\t", ("file",)), *_name_runs(name, words, card), (f"{facts}\n", ("file", "time"))]
        )

    def has_changed(self, network: Network, link: FileLink) -> bool:
        """Return whether a file looks different from how it was drawn."""
        card = self._card(network, link)
        return self._drawn.get(card.id) != (str(self.pictures.image(card)), f"{card.name}\n{_facts(card)}")

    def _card(self, network: Network, link: FileLink) -> FileCard:
        return self._doors.known(network, link) or FileCard(link, name=safe_name(link.name))


def _facts(card: FileCard) -> str:
    if card.state == "gone":
        return _("No longer kept")
    return format_size(card.size) if card.size is not None else ""


def _name_runs(name: str, words: re.Pattern[str] | None, card: FileCard) -> list[TextRun]:
    look = "time" if card.state == "gone" else "link"
    runs: list[TextRun] = []
    at = 0
    for first, last in places(words, name):
        runs += [(name[at:first], ("file", look)), (name[first:last], ("file", look, "hit"))]
        at = last
    return [each for each in (*runs, (name[at:], ("file", look))) if each[0]]
