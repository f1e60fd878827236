"""Saves the moderation log as a table (CSV) that spreadsheets open."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from chatapp.client.local.text_file import write_text, write_text_soon
from chatapp.client.model.moderation_log import sentence
from chatapp.client.model.server_overview import LogEntry
from chatapp.protocol.timestamps import iso_of_seconds

COLUMNS = ("Time", "By", "What", "Action", "About", "Details")
MARK = "\ufeff"  # by which spreadsheets recognise UTF-8
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # the beginnings of a cell that a spreadsheet would execute


def write_soon(path: Path, entries: Sequence[LogEntry], done: Callable[[str], object]) -> None:
    """Write the file in a thread, since a disk may be slow.

    Args:
        done: Called with why it could not be written, as a sentence; empty if it was. Thread: the new one.
    """
    write_text_soon(path, _lines(entries), done)


def write(path: Path, entries: Sequence[LogEntry]) -> str:
    """Write the file; return why it could not be written, as a sentence, or an empty string."""
    return write_text(path, _lines(entries))


def _lines(entries: Sequence[LogEntry]) -> Iterator[str]:
    yield MARK + _line(COLUMNS)
    for entry in entries:
        at = "" if entry.at is None else iso_of_seconds(entry.at)
        yield _line((at, entry.by, sentence(entry), entry.action, entry.about, entry.details))


def _line(cells: Sequence[str]) -> str:
    file = io.StringIO()
    csv.writer(file).writerow(map(_harmless, cells))
    return file.getvalue()


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: other people may have written it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
