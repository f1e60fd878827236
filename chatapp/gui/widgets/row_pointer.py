"""Follows the pointer over a RowList: the row under it, its tooltip, and whether it is in the list at all."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.list_row import Heading, ListRow, Row
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.gui.widgets.widget_paths import widget_at


class RowPointer:
    """What is under the pointer.

    Args:
        frame: The whole list.
        canvas: The part of it with the rows.
        row_at: Returns the row with a key at a height of the canvas.
        is_plus_at: Whether a click at this distance from the left is on the `+` of a heading.
        is_cut: Whether the texts of a row have no room.
        on_hover: Called when another row is under the pointer.
        on_pointer: Called with True when the pointer enters the list, with False when it leaves.
    """

    def __init__(
        self,
        frame: tk.Misc,
        canvas: tk.Canvas,
        theme: Theme,
        *,
        row_at: Callable[[int], Row | None],
        is_plus_at: Callable[[int], bool],
        is_cut: Callable[[ListRow | Heading], bool],
        on_hover: Callable[[], object],
        on_pointer: Callable[[bool], object],
    ) -> None:
        self._frame = frame
        self._row_at = row_at
        self._is_plus_at = is_plus_at
        self._is_cut = is_cut
        self._on_hover = on_hover
        self._on_pointer = on_pointer
        self._is_inside = False
        self._is_on_plus = False
        self.key = ""  # of the row under the pointer
        self.tooltip = Tooltip(canvas, theme)
        canvas.bind("<Motion>", lambda event: self._hover_over(self._row_at(event.y), event.x))
        canvas.bind("<Leave>", lambda event: self._hover_over(None, 0), add=True)
        frame.bind("<Enter>", lambda event: self._set_inside(True))
        frame.bind("<Leave>", self._on_leave)

    def is_plus(self, row: Row | None, x: int) -> bool:
        """Return whether a click at this distance from the left is on the `+` of this row."""
        return isinstance(row, Heading) and bool(row.add) and self._is_plus_at(x)

    @property
    def is_inside(self) -> bool:
        """Whether the pointer is in the list. Tk reports no leaving while a menu is open, so look."""
        if self._is_inside:
            self._is_inside = self._contains(*self._frame.winfo_pointerxy())
        return self._is_inside

    def _hover_over(self, row: Row | None, x: int) -> None:
        """Mark the row under the pointer, and say in a tooltip what cannot be read."""
        key, is_on_plus = row.key if row else "", self.is_plus(row, x)
        if (key, is_on_plus) != (self.key, self._is_on_plus):
            self.key, self._is_on_plus = key, is_on_plus
            self.tooltip.show(self._text(row, is_on_plus))
            self._on_hover()

    def _text(self, row: Row | None, is_on_plus: bool) -> str:
        if isinstance(row, Heading):
            return row.add if is_on_plus else row.text if self._is_cut(row) else ""
        if not isinstance(row, ListRow):
            return ""
        name = " ".join(filter(None, (row.text, row.note))) if self._is_cut(row) else ""
        detail = row.detail if name else ""
        return "\n".join(filter(None, (name, detail, *(mark.meaning for mark in row.marks))))

    def _set_inside(self, inside: bool) -> None:
        if inside != self._is_inside:
            self._is_inside = inside
            self._on_pointer(inside)

    def _on_leave(self, event: tk.Event[tk.Misc]) -> None:
        """Note that the pointer has left, unless it has only moved to another part of the list."""
        if not self._contains(event.x_root, event.y_root):
            self._set_inside(False)

    def _contains(self, x: int, y: int) -> bool:
        """Return whether a point of the screen is in the list, and no other window covers it."""
        under = widget_at(self._frame, x, y)
        return under is not None and f"{under}.".startswith(f"{self._frame}.")
