"""The words on the card of a file, and in its tooltip. Does not import tkinter."""

from __future__ import annotations

from datetime import date

from chatapp.client.model.files import FileCard, FileDownload
from chatapp.gui.transcript.file_deeds import DEEDS, main_deed
from chatapp.languages.dates import day_and_month
from chatapp.languages.numbers import format_size
from chatapp.languages.translation import _

LONGEST_KIND = 4  # characters on a tile
SEPARATOR = " · "


def kind(card: FileCard) -> str:
    """Return what kind of file it is in a word, by the ending of its name: `PDF`; empty if that is unknown."""
    stem, _dot, ending = card.name.rpartition(".")
    if not stem:
        return ""
    ending = ending.upper()
    return ending if ending.isascii() and ending.isalnum() and len(ending) <= LONGEST_KIND else ""


def facts(card: FileCard, today: date) -> tuple[str, bool]:
    """Return the line below the name of a file, and whether it says what failed."""
    download = card.download
    if download is not None and download.is_active:
        return _progress(card, download), False
    if download is not None and download.state == "failed" and card.state != "gone":
        return download.problem, True
    if card.state == "gone" and (download is None or download.state != "done"):
        return _("No longer kept"), False
    if card.problem:
        return card.problem, True
    parts = [format_size(card.size)] if card.size is not None else []
    parts += [kind(card)] if kind(card) else []
    if card.state == "gone":
        parts.append(_("no longer kept"))
    elif card.until is not None:
        parts.append(_until(card.until, today))
    return SEPARATOR.join(parts), False


def percent(card: FileCard) -> int | None:
    """Return how much of a file has come; None if it is not being downloaded."""
    download = card.download
    if download is None or not download.is_active:
        return None
    return min(100, 100 * download.received // card.size) if card.size else 0


def tip(card: FileCard, is_button: bool) -> str:
    """Return the tooltip of a card, or of its button."""
    deed = main_deed(card)
    label = _(DEEDS[deed].label) if deed else ""
    if is_button:
        return label
    return "\n".join(filter(None, (card.name, label)))


def _progress(card: FileCard, download: FileDownload) -> str:
    """Return how far a download is: `1.1 of 1.8 MB · 62 %`."""
    share = _("{percent} %").format(percent=percent(card))
    if card.size is None:
        return format_size(download.received)
    whole = format_size(card.size)
    part = format_size(download.received)
    if part.split()[-1:] == whole.split()[-1:]:
        part = part.rpartition(" ")[0]
    return SEPARATOR.join((_("{part} of {whole}").format(part=part, whole=whole), share))


def _until(until: float, today: date) -> str:
    try:
        day = date.fromtimestamp(until)
    except (OverflowError, OSError, ValueError):
        return ""
    return _("kept until {day}").format(day=day_and_month(day, today))
