"""A list drawn on a canvas: headings, icons, badges. Only the visible rows are drawn.

Mouse: a click chooses a row, a right click opens its menu. Keyboard: arrows, Page, Home and End move the
focus ring, Enter or Space chooses, Shift+F10 or the Menu key opens the menu of the row with the ring.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import platform_events
from chatapp.gui.widgets.keyboard_focus import RELEASE_FOCUS
from chatapp.gui.widgets.list_row import PAD, ListRow, RowPainter
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.gui.widgets.unread_pills import UnreadPills

ROW = 28  # minimum height of a row, in pixels at 96 dpi
STEPS = {"Up": -1, "Down": 1, "Prior": -10, "Next": 10, "Home": -(10**6), "End": 10**6}


class RowList(ttk.Frame):
    """The list with its scrollbar.

    Args:
        surface: The colour role of the background.
        on_choose: Called with the key of the chosen row.
        on_menu: Called with the key of a row and screen coordinates for its menu.
        pills: Whether to show how many rows with a count are out of sight.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        surface: str = "sidebar",
        on_choose: Callable[[str], object] = lambda key: None,
        on_menu: Callable[[str, int, int], object] = lambda key, x, y: None,
        pills: bool = False,
    ) -> None:
        super().__init__(master, style=f"{surface.capitalize()}.TFrame")
        self._theme = theme
        self._surface = surface
        self._on_choose = on_choose
        self._on_menu = on_menu
        self._empty_text = ""
        self._rows: Sequence[ListRow] = ()
        self._row_height = 1
        self._selected = ""
        self._focused_key = ""
        self._hovered_key = ""
        self._draw_pending = False
        self._canvas = tk.Canvas(self, highlightthickness=0, borderwidth=0, takefocus=True, width=1, height=1)
        self._scrollbar = ttk.Scrollbar(
            self, command=self._canvas.yview, style=f"{surface.capitalize()}.Vertical.TScrollbar"
        )
        self._painter = RowPainter(self._canvas, theme)
        self._canvas.configure(yscrollcommand=self._on_view)
        self._canvas.pack(fill="both", expand=True)
        self._pills = UnreadPills(self, theme, self._scroll_to_index) if pills else None
        self._tooltip = Tooltip(self._canvas, theme)
        self._bind_events()
        theme.watch(self._canvas, self._restyle)

    def show(self, rows: Sequence[ListRow], selected: str = "", empty_text: str = "") -> None:
        """Replace the rows; the scroll position stays.

        Args:
            selected: The key of the selected row, "" for none.
            empty_text: Text to show when there are no rows.
        """
        self._rows = rows
        self._empty_text = empty_text
        selection_changed = selected != self._selected
        self._selected = selected
        keys = {row.key for row in rows}
        if selection_changed or self._focused_key not in keys:
            self._focused_key = selected if selected in keys else ""
        if self._hovered_key not in keys:
            self._hovered_key = ""
        self._update_layout()
        if selection_changed and selected:
            self._scroll_into_view(selected)

    def focus_set(self) -> None:
        """Give the keyboard focus to the rows."""
        self._canvas.focus_set()

    focus = focus_set

    @property
    def canvas(self) -> tk.Canvas:
        """The widget that takes the keyboard focus of the list."""
        return self._canvas

    def _bind_events(self) -> None:
        canvas = self._canvas
        canvas.bind("<Configure>", lambda event: self._update_layout())
        canvas.bind("<Motion>", self._on_motion)
        canvas.bind("<Leave>", lambda event: self._hover_over("", None))
        canvas.bind("<Button-1>", self._on_click)
        platform_events.bind_menu(canvas, self._on_right_click)
        platform_events.bind_wheel(canvas, self._scroll)
        canvas.bind("<FocusIn>", lambda event: self._move(0))
        canvas.bind("<FocusOut>", lambda event: self._redraw())
        bind_steps(canvas, STEPS, self._move)
        for key in ("<Return>", "<KP_Enter>", "<space>"):
            canvas.bind(key, lambda event: self._choose(self._focused_key))
        for key in platform_events.MENU_KEYS:
            canvas.bind(key, lambda event: self._menu_at_focus())

    def _restyle(self) -> None:
        self._canvas.configure(background=self._theme.colours.role(self._surface))
        self._painter.clear_cache()
        self._update_layout()

    def _update_layout(self) -> None:
        """Compute row height and scroll region, and redraw."""
        line = self._theme.fonts["ChatBody"].metrics("linespace")
        self._row_height = max(self._theme.px(ROW), line + self._theme.px(8))
        self._canvas.configure(scrollregion=(0, 0, self._canvas.winfo_width(), self._total_height()))
        self._redraw()

    def _rows_width(self) -> int:
        """Return the width of the rows, without the scrollbar if it is shown."""
        bar = self._scrollbar.winfo_reqwidth() if self._scrollbar.winfo_manager() else 0
        return self._canvas.winfo_width() - bar

    def _total_height(self) -> int:
        """Return the height of all rows, at least that of the view."""
        return max(len(self._rows) * self._row_height, self._canvas.winfo_height())

    def _on_view(self, first: float, last: float) -> None:
        if float(first) <= 0 and float(last) >= 1:
            self._scrollbar.place_forget()
        else:
            self._scrollbar.place(relx=1, relheight=1, anchor="ne")
        self._scrollbar.set(first, last)
        self._redraw()

    def _redraw(self) -> None:
        """Schedule one drawing for when Tk is idle, however often this is called before."""
        if not self._draw_pending:
            self._draw_pending = True
            self.after_idle(self._draw)

    def _draw(self) -> None:
        self._draw_pending = False
        canvas = self._canvas
        canvas.delete("all")
        top = int(canvas.canvasy(0))
        first, last = top // self._row_height, (top + canvas.winfo_height()) // self._row_height
        width, has_focus = self._rows_width(), self._has_focus()
        for index, row in enumerate(self._rows[first : last + 1], first):
            self._painter.draw(
                row,
                index * self._row_height,
                (index + 1) * self._row_height,
                width,
                selected=row.key == self._selected,
                hovered=row.key == self._hovered_key,
                focused=has_focus and row.key == self._focused_key,
            )
        if self._pills is not None:
            self._update_pills(self._pills, top)
        if not self._rows and self._empty_text:
            pad = self._theme.px(PAD)
            canvas.create_text(
                pad, pad, anchor="nw", text=self._empty_text, font="ChatSmall",
                fill=self._theme.colours.muted, width=max(canvas.winfo_width() - 2 * pad, 1),
            )  # fmt: skip

    def _update_pills(self, pills: UnreadPills, top: int) -> None:
        """Show how many rows with a count are more than half out of sight."""
        counted = [index for index, row in enumerate(self._rows) if row.count]
        middle = self._row_height // 2 - top
        height = self._canvas.winfo_height()
        above = [index for index in counted if index * self._row_height + middle < 0]
        below = [index for index in counted if index * self._row_height + middle > height]
        pills.show(above, below, frozenset(index for index in counted if self._rows[index].badge))

    def _scroll_to_index(self, index: int) -> None:
        """Scroll a row to the middle."""
        start = index * self._row_height - (self._canvas.winfo_height() - self._row_height) // 2
        self._canvas.yview_moveto(max(start, 0) / self._total_height())

    def _row_at(self, y: int) -> ListRow | None:
        """Return the row at a height of the view if it can be chosen."""
        index = int(self._canvas.canvasy(y)) // self._row_height
        return self._rows[index] if index < len(self._rows) and self._rows[index].key else None

    def _has_focus(self) -> bool:
        return self._canvas.focus_displayof() == self._canvas

    def _on_motion(self, event: tk.Event[tk.Canvas]) -> None:
        row = self._row_at(event.y)
        self._hover_over(row.key if row else "", row)

    def _hover_over(self, key: str, row: ListRow | None) -> None:
        if key == self._hovered_key:
            return
        self._hovered_key = key
        is_cut = row is not None and self._painter.is_cut(row, self._rows_width())
        self._tooltip.show(row.text if row is not None and is_cut else "")
        self._redraw()

    def _on_click(self, event: tk.Event[tk.Canvas]) -> None:
        self._tooltip.hide()
        row = self._row_at(event.y)
        if row and row.key:
            self._choose(row.key)
        else:
            self.event_generate(RELEASE_FOCUS)

    def _choose(self, key: str) -> str:
        if key:
            self._focused_key = key
            self._redraw()
            self._on_choose(key)
            if self.winfo_exists():  # choosing may close the dialog that holds the list
                self.event_generate(RELEASE_FOCUS)
        return "break"

    def _on_right_click(self, event: tk.Event[tk.Misc]) -> None:
        row = self._row_at(event.y)
        if row:
            self._focused_key = row.key
            self._redraw()
            self._on_menu(row.key, event.x_root, event.y_root)

    def _menu_at_focus(self) -> str:
        index = self._index_of(self._focused_key)
        if index is not None:
            canvas = self._canvas
            y = (index + 1) * self._row_height - int(canvas.canvasy(0))
            self._on_menu(
                self._focused_key, canvas.winfo_rootx() + self._theme.px(PAD), canvas.winfo_rooty() + y
            )
        return "break"

    def _index_of(self, key: str) -> int | None:
        return next((index for index, row in enumerate(self._rows) if row.key == key and key), None)

    def _move(self, step: int) -> str:
        """Move the focus ring by some rows, skipping headings."""
        keys = [row.key for row in self._rows if row.key]
        if keys:
            index = keys.index(self._focused_key) + step if self._focused_key in keys else 0
            self._focused_key = keys[min(max(index, 0), len(keys) - 1)]
            self._scroll_into_view(self._focused_key)
            self._redraw()
        return "break"

    def _scroll_into_view(self, key: str) -> None:
        """Scroll as little as possible to show a row; with the first row, also show the heading above it."""
        index = self._index_of(key)
        height = self._canvas.winfo_height()
        if index is None or height <= 1:
            return
        top, bottom = (index if index > 1 else 0) * self._row_height, (index + 1) * self._row_height
        start = int(self._canvas.canvasy(0))
        if top < start:
            self._canvas.yview_moveto(top / self._total_height())
        elif bottom > start + height:
            self._canvas.yview_moveto((bottom - height) / self._total_height())

    def _scroll(self, pixels: int) -> None:
        self._canvas.yview_moveto((self._canvas.canvasy(0) + pixels) / self._total_height())


def bind_steps(widget: tk.Misc, steps: Mapping[str, int], move: Callable[[int], str]) -> None:
    """Bind keys to moves.

    Args:
        steps: Name of a key -> number of rows it moves down, negative for up.
        move: Called with that number; returns "break".
    """
    for key, step in steps.items():
        widget.bind(f"<{key}>", partial(_step, move, step))


def _step(move: Callable[[int], str], step: int, event: tk.Event[tk.Misc]) -> str:
    return move(step)
