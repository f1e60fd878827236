"""The words on the card of a file, and in its tooltip. Does not import tkinter."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from chatapp.client.model.files import FileCard, FileDownload
from chatapp.gui.transcript.file_deeds import DEEDS, FileDeed, main_deed
from chatapp.gui.transcript.runs import Target
from chatapp.languages import numbers
from chatapp.languages.dates import day_and_month
from chatapp.languages.numbers import format_progress, format_size
from chatapp.languages.translation import _

LONGEST_KIND = 4  # characters on a tile
SEPARATOR = " · "
USUAL_COLOUR = 6
COLOURS = {"PDF": 0, "ZIP": 2, "TXT": 10, "ODT": 10}
"""Colours of tiles by the kind of file, see Palette.nicks."""


def kind(card: FileCard) -> str:
    """Return what kind of file it is by the ending of its name: `PDF`; empty if that is unknown."""
    return _ending(card.name)


@lru_cache(maxsize=1024)
def _ending(name: str) -> str:
    """Return the ending of a file name if it is one that people know; a card asks for it several times."""
    stem, _dot, ending = name.rpartition(".")
    if not stem:
        return ""
    ending = ending.upper()
    return ending if ending.isascii() and ending.isalnum() and len(ending) <= LONGEST_KIND else ""


def tile_colour(card: FileCard) -> int | None:
    """Return the colour of the tile of a file; None if it is gone."""
    return None if card.state == "gone" else COLOURS.get(kind(card), USUAL_COLOUR)


def facts(card: FileCard, today: date, until: float | None = None) -> tuple[list[str], bool]:
    """Return the line below the name of a file, and whether it says what failed.

    Args:
        until: When it is deleted, in Unix seconds; None if that is not to be said.

    Returns:
        The line, and shorter ones for a narrow card: the size is what stays, see `tip` for the rest.
    """
    download = card.download
    if download is not None and download.is_active:
        return [_progress(card, download), _("{percent} %").format(percent=percent(card))], False
    if download is not None and download.state == "failed" and card.state != "gone":
        return [download.problem], True
    if card.state == "gone":
        return [_("No longer kept")], False
    if card.problem:
        return [card.problem], True
    size = [format_size(card.size)] if card.size is not None else []
    end = [_until(until, today)] if until is not None else []
    name = [kind(card)] if kind(card) else []
    lines = [SEPARATOR.join(filter(None, parts)) for parts in ([*size, *name, *end], [*size, *end], size)]
    return list(dict.fromkeys(filter(None, lines))) or [_("File")], False


def percent(card: FileCard) -> int | None:
    """Return how much of a file has come; None if it is not being downloaded."""
    download = card.download
    if download is None or not download.is_active:
        return None
    return numbers.percent(download.received, card.size or 0)


def tip(card: FileCard, target: Target, today: date, until: float | None = None) -> str:
    """Return the tooltip of a picture, of a card with its whole second line, or of its button.

    Args:
        until: When the file is deleted, in Unix seconds; None if that is not to be said.
    """
    deed: FileDeed | None = "view" if target.kind == "picture" else main_deed(card)
    label = _(DEEDS[deed].label) if deed else ""
    line = facts(card, today, until)[0][0] if target.kind == "file" else ""
    return label if target.kind == "file-deed" else "\n".join(filter(None, (card.name, line, label)))


def _progress(card: FileCard, download: FileDownload) -> str:
    """Return how far a download is: `1.1 of 1.8 MB · 62 %`."""
    if card.size is None:
        return format_size(download.received)
    share = _("{percent} %").format(percent=percent(card))
    return SEPARATOR.join((format_progress(download.received, card.size), share))


def _until(until: float, today: date) -> str:
    try:
        day = date.fromtimestamp(until)
    except (OverflowError, OSError, ValueError):
        return ""
    return _("kept until {day}").format(day=day_and_month(day, today))
