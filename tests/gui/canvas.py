"""Helpers to inspect the items of a canvas."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.widgets.list_row import Row
from chatapp.gui.widgets.row_list import RowList


def items(canvas: tk.Canvas, kind: str) -> list[int]:
    """Return the items of a kind: `text`, `image`, `rectangle`."""
    return [item for item in canvas.find_all() if canvas.tk.call(canvas, "type", item) == kind]


def option(canvas: tk.Canvas, item: int, name: str) -> str:
    """Return an option of an item."""
    return str(canvas.tk.call(canvas, "itemcget", item, f"-{name}"))


def drawn_texts(canvas: tk.Canvas) -> dict[str, tuple[int, int]]:
    """Return every text on a canvas and its position, from top to bottom."""
    texts = {option(canvas, item, "text"): canvas.coords(item) for item in items(canvas, "text")}
    return {text: (round(x), round(y)) for text, (x, y) in texts.items()}


def rows_of(shown: RowList) -> list[Row]:
    """Return the rows of a list, also those out of sight."""
    return [shown._rows.make(index) for index in range(len(shown._rows.keys))]
