"""A list drawn on a canvas: headings, icons, avatars, badges. Only the visible rows are made and drawn.

Mouse: a click chooses a row or folds a heading, a right click opens the menu. Keyboard: arrows, Page, Home
and End move the focus ring, Enter or Space chooses, Left and Right fold and unfold, Shift+F10 or the Menu key
opens the menu of the row with the ring.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import platform_events
from chatapp.gui.widgets.keyboard_focus import RELEASE_FOCUS
from chatapp.gui.widgets.list_row import ListRow, Row, RowSource
from chatapp.gui.widgets.popup import Area
from chatapp.gui.widgets.row_layout import RowLayout
from chatapp.gui.widgets.row_painter import PAD, PlacedRow, RowPainter, RowState
from chatapp.gui.widgets.row_pointer import RowPointer
from chatapp.gui.widgets.unread_pills import UnreadPills
from chatapp.gui.widgets.widget_paths import has_focus

ROW = 28  # minimum height of a row, in pixels at 96 dpi
EMPTY_TAG = "empty"  # of the text in a list without rows
NO_ROWS = RowSource.of(())
STEPS = {"Up": -1, "Down": 1, "Prior": -10, "Next": 10, "Home": -(10**6), "End": 10**6}


class RowList(ttk.Frame):
    """The list with its scrollbar.

    Args:
        surface: The colour role of the background.
        on_choose: Called with the key of the chosen row.
        on_menu: Called with the key of a row or heading and screen coordinates for its menu.
        on_fold: Called with the key of a heading that the user folds or unfolds.
        on_add: Called with the key of a heading whose `+` was clicked.
        on_peek: Called on a click and on Space with the key and the area of a row on the screen; `on_choose`
            is then for Enter and double clicks.
        on_end: Called whenever rows are drawn and less than half of what is in sight is left below them.
        on_pointer: Called with True when the pointer enters the list, with False when it leaves.
        pills: Whether to show how many rows with a count are out of sight.
        row: The minimum height of a row, in pixels at 96 dpi.
        inset: The distance of the rows from the sides of the list, in pixels at 96 dpi.
        pad: The distance of the content of a row from its ends, in pixels at 96 dpi.
        chosen_hint: A word at the right of the chosen row, such as the key that takes it.
        takes_focus: Whether the rows can get the keyboard focus; else a field beside them moves the choice.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        surface: str = "sidebar",
        on_choose: Callable[[str], object] = lambda key: None,
        on_menu: Callable[[str, int, int], object] = lambda key, x, y: None,
        *,
        on_fold: Callable[[str], object] = lambda key: None,
        on_add: Callable[[str], object] = lambda key: None,
        on_peek: Callable[[str, Area], object] | None = None,
        on_end: Callable[[], object] = lambda: None,
        on_pointer: Callable[[bool], object] = lambda inside: None,
        pills: bool = False,
        row: int = ROW,
        inset: int = 0,
        pad: int = PAD,
        chosen_hint: str = "",
        takes_focus: bool = True,
    ) -> None:
        super().__init__(master, style=f"{surface.capitalize()}.TFrame")
        self._theme = theme
        self._surface = surface
        self._on_choose = on_choose
        self._on_menu = on_menu
        self._on_fold = on_fold
        self._on_add = on_add
        self._on_peek = on_peek
        self._on_end = on_end
        self._empty_text = ""
        self._inset = inset
        self._rows = NO_ROWS
        self._layout = RowLayout()
        self._selected = ""
        self._focused_key = ""
        self._draw_pending = False
        self._canvas = tk.Canvas(
            self, highlightthickness=0, borderwidth=0, takefocus=takes_focus, width=1, height=1
        )
        self._scrollbar = ttk.Scrollbar(
            self, command=self._canvas.yview, style=f"{surface.capitalize()}.Vertical.TScrollbar"
        )
        self._painter = RowPainter(self._canvas, theme, surface, row, inset, pad, chosen_hint)
        self._canvas.configure(yscrollcommand=self._on_view)
        self._canvas.pack(fill="both", expand=True)
        self._pills = UnreadPills(self, theme, self._scroll_to_index) if pills else None
        self._pointer = RowPointer(
            self,
            self._canvas,
            theme,
            row_at=self._row_at,
            is_plus_at=lambda x: self._painter.is_plus_at(x, self._rows_width()),
            is_cut=lambda row: self._painter.is_cut(row, self._rows_width()),
            on_hover=self._redraw,
            on_pointer=on_pointer,
        )
        self._bind_events()
        theme.watch(self._canvas, self._restyle)

    def show(self, rows: Sequence[Row] | RowSource, selected: str = "", empty_text: str = "") -> None:
        """Replace the rows; the scroll position stays.

        Args:
            selected: The key of the selected row, "" for none.
            empty_text: Text to show when there are no rows.
        """
        before = self._rows
        self._rows = rows if isinstance(rows, RowSource) else RowSource.of(rows)
        self._empty_text = empty_text
        selection_changed = selected != self._selected
        self._selected = selected
        keys = self._rows.keys
        if keys != before.keys or selection_changed:
            present = set(keys)
            if selection_changed or self._focused_key not in present:
                self._focused_key = selected if selected in present else ""
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

    @property
    def is_pointer_inside(self) -> bool:
        """Whether the pointer is in the list."""
        return self._pointer.is_inside

    def _bind_events(self) -> None:
        canvas = self._canvas
        canvas.bind("<Configure>", lambda event: self._update_layout())
        canvas.bind("<Button-1>", self._on_click)
        platform_events.bind_menu(canvas, self._on_right_click)
        platform_events.bind_wheel(canvas, self._scroll)
        canvas.bind("<FocusIn>", lambda event: self._move(0))
        canvas.bind("<FocusOut>", lambda event: self._redraw())
        bind_steps(canvas, STEPS, self._move)
        for key in ("<Return>", "<KP_Enter>"):
            canvas.bind(key, lambda event: self._choose(self._focused_key))
        canvas.bind("<space>", lambda event: self._peek(self._focused_key))
        canvas.bind("<Double-Button-1>", self._on_double_click)
        for key, folded in (("<Left>", True), ("<Right>", False)):
            canvas.bind(key, partial(self._on_fold_key, folded))
        for key in platform_events.MENU_KEYS:
            canvas.bind(key, lambda event: self._menu_at_focus())

    def _restyle(self) -> None:
        self._canvas.configure(background=self._theme.colours.role(self._surface))
        self._painter.clear()
        self._update_layout()

    def _update_layout(self) -> None:
        """Compute the places of the rows and the scroll region, and redraw."""
        rows = self._rows
        self._layout = RowLayout(
            self._painter.heights(), len(rows.keys), rows.headings, rows.tall, rows.hints
        )
        self._canvas.configure(scrollregion=(0, 0, self._canvas.winfo_width(), self._total_height()))
        self._redraw()

    def _rows_width(self) -> int:
        """Return the width that is free for rows. The scrollbar covers the inset, or narrows the rows."""
        bar = self._scrollbar.winfo_reqwidth() if self._scrollbar.winfo_manager() else 0
        return self._canvas.winfo_width() - max(bar - self._theme.px(self._inset), 0)

    def _total_height(self) -> int:
        """Return the height of all rows, at least that of the view."""
        return max(self._layout.height, self._canvas.winfo_height())

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
        """Draw the visible rows."""
        self._draw_pending = False
        canvas = self._canvas
        top = int(canvas.canvasy(0))
        width, has_focus, layout = self._rows_width(), self._has_focus(), self._layout
        rows = []
        for index in layout.within(top, top + canvas.winfo_height()):
            key = self._rows.keys[index]
            state = RowState(
                selected=bool(key) and key == self._selected,
                hovered=bool(key) and key == self._pointer.key,
                focused=bool(key) and has_focus and key == self._focused_key,
            )
            row = self._rows.make(index)
            rows.append(PlacedRow(row, layout.top(index), layout.bottom(index), width, state))
        self._painter.show(rows)
        if rows and layout.height - rows[-1].bottom < canvas.winfo_height() / 2:
            self._on_end()
        if self._pills is not None:
            self._update_pills(self._pills, top)
        canvas.delete(EMPTY_TAG)
        if not self._rows.keys and self._empty_text:
            pad = self._theme.px(PAD + self._inset)
            canvas.create_text(
                pad, pad, anchor="nw", text=self._empty_text, font="ChatSmall", tags=EMPTY_TAG,
                fill=self._theme.colours.muted, width=max(canvas.winfo_width() - 2 * pad, 1),
            )  # fmt: skip

    def _update_pills(self, pills: UnreadPills, top: int) -> None:
        """Show how many rows with a count are more than half out of sight."""
        counted = self._rows.counted
        bottom = top + self._canvas.winfo_height()
        above = [index for index in counted if self._layout.middle(index) < top]
        below = [index for index in counted if self._layout.middle(index) > bottom]
        pills.show(above, below, frozenset(index for index, badge in counted.items() if badge))

    def _scroll_to_index(self, index: int) -> None:
        """Scroll a row to the middle."""
        start = self._layout.middle(index) - self._canvas.winfo_height() // 2
        self._canvas.yview_moveto(max(start, 0) / self._total_height())

    def _row_at(self, y: int) -> Row | None:
        """Return the row at a height of the view if it has a key."""
        index = self._layout.at(int(self._canvas.canvasy(y)))
        return self._rows.make(index) if index is not None and self._rows.keys[index] else None

    def _has_focus(self) -> bool:
        return has_focus(self._canvas)

    def _on_click(self, event: tk.Event[tk.Canvas]) -> None:
        self._pointer.tooltip.hide()
        row = self._row_at(event.y)
        if row and self._pointer.is_plus(row, event.x):
            self._on_add(row.key)
        elif row:
            if self._on_peek is not None and isinstance(row, ListRow):
                self.event_generate(RELEASE_FOCUS)  # so that a field that is left does not get it back
            self._peek(row.key)
        else:
            self.event_generate(RELEASE_FOCUS)

    def _choose(self, key: str) -> str:
        index = self._rows.index_of(key)
        if index is not None:
            self._focused_key = key
            self._redraw()
            if index in self._rows.headings:
                self._on_fold(key)
                return "break"
            self._on_choose(key)
            if self.winfo_exists():  # choosing may close the dialog that holds the list
                self.event_generate(RELEASE_FOCUS)
        return "break"

    def _on_fold_key(self, folded: bool, event: tk.Event[tk.Misc]) -> str | None:
        return None if platform_events.has_modifier(event) else self._fold(folded)

    def _on_double_click(self, event: tk.Event[tk.Canvas]) -> None:
        """Choose a row; where a click chooses already, this is another click."""
        row = self._row_at(event.y)
        if self._on_peek is not None and isinstance(row, ListRow):
            self._choose(row.key)
        else:
            self._on_click(event)

    def _peek(self, key: str) -> str:
        """Show more about a row, or choose it."""
        index = self._rows.index_of(key)
        if self._on_peek is None or index is None or index in self._rows.headings:
            return self._choose(key)
        self._focused_key = key
        self._redraw()
        self._on_peek(key, self._area(index))
        return "break"

    def _area(self, index: int) -> Area:
        """Return where a row is on the screen."""
        canvas, top = self._canvas, self._layout.top(index)
        y = canvas.winfo_rooty() + top - int(canvas.canvasy(0))
        return Area(canvas.winfo_rootx(), y, canvas.winfo_width(), self._layout.bottom(index) - top)

    def _fold(self, folded: bool) -> str:
        """Fold or unfold the section of the row with the ring; the ring moves to the heading."""
        heading = self._rows.heading_above(self._focused_key)
        if heading is not None and heading.key and heading.folded != folded:
            self._focused_key = heading.key
            self._on_fold(heading.key)
            self._redraw()
        return "break"

    def _on_right_click(self, event: tk.Event[tk.Misc]) -> None:
        row = self._row_at(event.y)
        if row:
            self._focused_key = row.key
            self._redraw()
            self._on_menu(row.key, event.x_root, event.y_root)

    def _menu_at_focus(self) -> str:
        index = self._rows.index_of(self._focused_key)
        if index is not None:
            canvas = self._canvas
            y = self._layout.bottom(index) - int(canvas.canvasy(0))
            x = self._theme.px(PAD + self._inset)
            self._on_menu(self._focused_key, canvas.winfo_rootx() + x, canvas.winfo_rooty() + y)
        return "break"

    def _move(self, step: int) -> str:
        """Move the focus ring by some rows, skipping what has no key."""
        key = self._rows.moved(self._focused_key, step, self._selected)
        if key:
            self._focused_key = key
            self._scroll_into_view(key)
            self._redraw()
        return "break"

    def _scroll_into_view(self, key: str) -> None:
        """Scroll as little as possible to show a row; with the first row, also show the heading above it."""
        index = self._rows.index_of(key)
        height = self._canvas.winfo_height()
        if index is None or height <= 1:
            return
        top, bottom = self._layout.top(index) if index > 1 else 0, self._layout.bottom(index)
        start = int(self._canvas.canvasy(0))
        if top < start:
            self._canvas.yview_moveto(top / self._total_height())
        elif bottom > start + height:
            self._canvas.yview_moveto((bottom - height) / self._total_height())

    def _scroll(self, pixels: int) -> None:
        self._canvas.yview_moveto((self._canvas.canvasy(0) + pixels) / self._total_height())


def bind_steps(widget: tk.Misc, steps: Mapping[str, int], move: Callable[[int], str]) -> None:
    """Bind keys to moves; with Alt or Control they are shortcuts of the window.

    Args:
        steps: Name of a key -> number of rows it moves down, negative for up.
        move: Called with that number; returns "break".
    """
    for key, step in steps.items():
        widget.bind(f"<{key}>", partial(_step, move, step))


def _step(move: Callable[[int], str], step: int, event: tk.Event[tk.Misc]) -> str | None:
    return None if platform_events.has_modifier(event) else move(step)
