"""A list drawn on a canvas: headings, icons, badges. Only the rows in sight are drawn.

Mouse: hover shows, a click chooses, a right click opens the menu. Keyboard: arrows, Page, Home and End move
the ring, Enter or Space chooses, Shift+F10 or the Menu key opens the menu at the ring.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from tkinter import ttk

from chatapp.gui.theme import icons
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import platform_events
from chatapp.gui.widgets.keyboard_focus import DONE
from chatapp.gui.widgets.text_fit import shortened
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.gui.widgets.unread_pills import UnreadPills

ROW, PAD, GAP, ICON, BAR = 28, 8, 6, 12, 3  # pixels at 96 dpi: height, margins, widths
ON_SELECTION = {"faint": "muted", "danger": "text"}  # colours that could not be read there -> others
STEPS = {"Up": -1, "Down": 1, "Prior": -10, "Next": 10, "Home": -(10**6), "End": 10**6}


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of the list; without a key it is a heading, which nobody can choose."""

    key: str
    text: str
    note: str = ""  # words after the text, in a weaker colour
    icon: str = ""  # of `icons.ICONS`
    icon_role: str = "ok"
    role: str = "text"  # colour of the text
    bold: bool = False
    count: str = ""  # at the right edge
    alarm: bool = False  # the count stands in a badge


class RowList(ttk.Frame):
    """The list with its scrollbar.

    Takes   surface: the colour role behind the rows
            pills: say how many rows with a count are out of sight
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
        self._empty = ""
        self._rows: Sequence[ListRow] = ()
        self._height = 1
        self._selected = ""
        self._ring = ""
        self._hover = ""
        self._drawn = False
        self._badges: dict[tuple[int, int, str], tk.PhotoImage] = {}
        self._canvas = tk.Canvas(self, highlightthickness=0, borderwidth=0, takefocus=True, width=1, height=1)
        self._scrollbar = ttk.Scrollbar(
            self, command=self._canvas.yview, style=f"{surface.capitalize()}.Vertical.TScrollbar"
        )
        self._canvas.configure(yscrollcommand=self._on_view)
        self._canvas.pack(fill="both", expand=True)
        self._pills = UnreadPills(self, theme, self._bring) if pills else None
        self._tooltip = Tooltip(self._canvas, theme)
        self._bind()
        theme.watch(self._canvas, self._restyle)

    def show(self, rows: Sequence[ListRow], selected: str = "", empty: str = "") -> None:
        """Put these rows in place of the ones before; the view stays where it was.

        Args:
            selected: The key of the row that is in use.
            empty: Words to show when there is no row.
        """
        self._rows = rows
        self._empty = empty
        moved = selected != self._selected
        self._selected = selected
        keys = {row.key for row in rows}
        if moved or self._ring not in keys:
            self._ring = selected if selected in keys else ""
        if self._hover not in keys:
            self._hover = ""
        self._measure()
        if moved and selected:
            self._see(selected)

    def focus_set(self) -> None:
        """Give the keyboard to the rows."""
        self._canvas.focus_set()

    focus = focus_set

    @property
    def canvas(self) -> tk.Canvas:
        """What has the keyboard's focus when the list has it."""
        return self._canvas

    def _bind(self) -> None:
        canvas = self._canvas
        canvas.bind("<Configure>", lambda event: self._measure())
        canvas.bind("<Motion>", self._on_motion)
        canvas.bind("<Leave>", lambda event: self._hover_over("", None))
        canvas.bind("<Button-1>", self._on_click)
        platform_events.bind_menu(canvas, self._on_right_click)
        platform_events.bind_wheel(canvas, self._scroll)
        canvas.bind("<FocusIn>", lambda event: self._move(0))
        canvas.bind("<FocusOut>", lambda event: self._redraw())
        bind_steps(canvas, STEPS, self._move)
        for key in ("<Return>", "<KP_Enter>", "<space>"):
            canvas.bind(key, lambda event: self._choose(self._ring))
        for key in platform_events.MENU_KEYS:
            canvas.bind(key, lambda event: self._menu_at_ring())

    def _restyle(self) -> None:
        self._canvas.configure(background=self._theme.colours.role(self._surface))
        self._badges.clear()
        self._measure()

    def _measure(self) -> None:
        """Every row is as high as a finger's tip is wide, or as its font wants."""
        line = self._theme.fonts["ChatBody"].metrics("linespace")
        self._height = max(self._theme.px(ROW), line + self._theme.px(8))
        self._canvas.configure(scrollregion=(0, 0, self._canvas.winfo_width(), self._whole()))
        self._redraw()

    def _width(self) -> int:
        """The width of the rows: the scrollbar, when there is one, stands beside them."""
        bar = self._scrollbar.winfo_reqwidth() if self._scrollbar.winfo_manager() else 0
        return self._canvas.winfo_width() - bar

    def _whole(self) -> int:
        """The height of all rows, at least that of the view."""
        return max(len(self._rows) * self._height, self._canvas.winfo_height())

    def _on_view(self, first: float, last: float) -> None:
        if float(first) <= 0 and float(last) >= 1:
            self._scrollbar.place_forget()
        else:
            self._scrollbar.place(relx=1, relheight=1, anchor="ne")
        self._scrollbar.set(first, last)
        self._redraw()

    def _redraw(self) -> None:
        """Draw once, when Tk has nothing else to do, however many changes asked for it."""
        if not self._drawn:
            self._drawn = True
            self.after_idle(self._draw)

    def _draw(self) -> None:
        self._drawn = False
        canvas = self._canvas
        canvas.delete("all")
        top = int(canvas.canvasy(0))
        first, last = top // self._height, (top + canvas.winfo_height()) // self._height
        for index, row in enumerate(self._rows[first : last + 1], first):
            self._draw_row(row, index * self._height, (index + 1) * self._height)
        if self._pills is not None:
            self._point_out(self._pills, top)
        if not self._rows and self._empty:
            canvas.create_text(
                self._theme.px(PAD), self._theme.px(PAD), anchor="nw", text=self._empty, font="ChatSmall",
                fill=self._theme.colours.muted, width=max(canvas.winfo_width() - 2 * self._theme.px(PAD), 1),
            )  # fmt: skip

    def _point_out(self, pills: UnreadPills, top: int) -> None:
        """Say how many rows with a count have more than a half out of sight."""
        counted = [place for place, row in enumerate(self._rows) if row.count]
        middle = self._height // 2 - top
        shown = self._canvas.winfo_height()
        above = [place for place in counted if place * self._height + middle < 0]
        below = [place for place in counted if place * self._height + middle > shown]
        pills.show(above, below, frozenset(place for place in counted if self._rows[place].alarm))

    def _bring(self, place: int) -> None:
        """Scroll a row into the middle."""
        start = place * self._height - (self._canvas.winfo_height() - self._height) // 2
        self._canvas.yview_moveto(max(start, 0) / self._whole())

    def _draw_row(self, row: ListRow, top: int, bottom: int) -> None:
        canvas, colours, px = self._canvas, self._theme.colours, self._theme.px
        width, middle = self._width(), (top + bottom) // 2
        if not row.key:
            font = "ChatSmallBold"
            text = self._cut(row.text, font, width - 2 * px(PAD))
            canvas.create_text(px(PAD), middle, anchor="w", text=text, font=font, fill=colours.muted)
            return
        chosen = row.key == self._selected
        if chosen or row.key == self._hover:
            fill = colours.select if chosen else colours.hover
            canvas.create_rectangle(0, top, width, bottom, fill=fill, width=0)
        if chosen:
            canvas.create_rectangle(0, top, px(BAR), bottom, fill=colours.accent, width=0)
        left, right = px(PAD), width - px(PAD)
        if row.icon:
            image = self._theme.icon(row.icon, row.icon_role, ICON)
            canvas.create_image(left, middle, anchor="w", image=image)
            left += px(ICON) + px(GAP)
        if row.count:
            right -= self._draw_count(row, right, middle) + px(GAP)
        role = ON_SELECTION.get(row.role, row.role) if chosen else row.role
        font = "ChatBold" if row.bold else "ChatBody"
        text = self._cut(row.text, font, right - left)
        item = canvas.create_text(left, middle, anchor="w", text=text, font=font, fill=colours.role(role))
        if row.note:
            left = canvas.bbox(item)[2] + px(GAP)
            note = self._cut(row.note, "ChatBody", right - left)
            canvas.create_text(left, middle, anchor="w", text=note, font="ChatBody", fill=colours.muted)
        if row.key == self._ring and self._focused():
            inset = px(1)
            canvas.create_rectangle(
                inset, top + inset, width - inset - 1, bottom - inset - 1, outline=colours.accent, width=px(2)
            )

    def _draw_count(self, row: ListRow, right: int, middle: int) -> int:
        """Draw the number at the right edge; gives its width."""
        canvas, colours, px = self._canvas, self._theme.colours, self._theme.px
        font = self._theme.fonts["ChatSmallBold"]
        width = font.measure(row.count)
        if not row.alarm:
            canvas.create_text(right, middle, anchor="e", text=row.count, font=font, fill=colours.text)
            return width
        height = font.metrics("linespace") + px(2)
        wide = max(width + px(12), height)
        canvas.create_image(right, middle, anchor="e", image=self._badge(wide, height, colours.badge))
        canvas.create_text(
            right - wide // 2, middle, anchor="center", text=row.count, font=font, fill=colours.on_badge
        )
        return wide

    def _badge(self, width: int, height: int, colour: str) -> tk.PhotoImage:
        key = (width, height, colour)
        if key not in self._badges:
            data = icons.paint(width, height, (icons.box(0, 0, width, height, height / 2), colour))
            self._badges[key] = tk.PhotoImage(master=self, data=data, format="png")
        return self._badges[key]

    def _cut(self, text: str, font: str, room: int) -> str:
        return shortened(text, self._theme.fonts[font].measure, room)

    def _row_at(self, y: int) -> ListRow | None:
        """The row at a height of the view, if one is there that can be chosen."""
        index = int(self._canvas.canvasy(y)) // self._height
        return self._rows[index] if index < len(self._rows) and self._rows[index].key else None

    def _focused(self) -> bool:
        return self._canvas.focus_displayof() == self._canvas

    def _on_motion(self, event: tk.Event[tk.Canvas]) -> None:
        row = self._row_at(event.y)
        self._hover_over(row.key if row else "", row)

    def _hover_over(self, key: str, row: ListRow | None) -> None:
        if key == self._hover:
            return
        self._hover = key
        self._tooltip.show(row.text if row and self._is_cut(row) else "")
        self._redraw()

    def _is_cut(self, row: ListRow) -> bool:
        used = self._theme.px(2 * PAD + (ICON + GAP if row.icon else 0))
        used += self._theme.fonts["ChatSmallBold"].measure(row.count)
        used += self._theme.fonts["ChatBody"].measure(row.note)
        used += self._theme.fonts["ChatBold" if row.bold else "ChatBody"].measure(row.text)
        return used > self._width()

    def _on_click(self, event: tk.Event[tk.Canvas]) -> None:
        self._tooltip.hide()
        row = self._row_at(event.y)
        if row and row.key:
            self._choose(row.key)
        else:
            self.event_generate(DONE)

    def _choose(self, key: str) -> str:
        if key:
            self._ring = key
            self._redraw()
            self._on_choose(key)
            if self.winfo_exists():  # a dialog closes when something is chosen
                self.event_generate(DONE)
        return "break"

    def _on_right_click(self, event: tk.Event[tk.Misc]) -> None:
        row = self._row_at(event.y)
        if row:
            self._ring = row.key
            self._redraw()
            self._on_menu(row.key, event.x_root, event.y_root)

    def _menu_at_ring(self) -> str:
        index = self._find(self._ring)
        if index is not None:
            canvas = self._canvas
            y = (index + 1) * self._height - int(canvas.canvasy(0))
            self._on_menu(self._ring, canvas.winfo_rootx() + self._theme.px(PAD), canvas.winfo_rooty() + y)
        return "break"

    def _find(self, key: str) -> int | None:
        return next((index for index, row in enumerate(self._rows) if row.key == key and key), None)

    def _move(self, step: int) -> str:
        """Move the ring over so many rows that can be chosen."""
        keys = [row.key for row in self._rows if row.key]
        if keys:
            at = keys.index(self._ring) + step if self._ring in keys else 0
            self._ring = keys[min(max(at, 0), len(keys) - 1)]
            self._see(self._ring)
            self._redraw()
        return "break"

    def _see(self, key: str) -> None:
        """Scroll as little as shows a row; the heading above the first one comes along."""
        index = self._find(key)
        shown = self._canvas.winfo_height()
        if index is None or shown <= 1:
            return
        top, bottom = (index if index > 1 else 0) * self._height, (index + 1) * self._height
        start = int(self._canvas.canvasy(0))
        if top < start:
            self._canvas.yview_moveto(top / self._whole())
        elif bottom > start + shown:
            self._canvas.yview_moveto((bottom - shown) / self._whole())

    def _scroll(self, pixels: int) -> None:
        self._canvas.yview_moveto((self._canvas.canvasy(0) + pixels) / self._whole())


def bind_steps(widget: tk.Misc, steps: Mapping[str, int], move: Callable[[int], str]) -> None:
    """Let each of these keys move over so many rows."""
    for key, step in steps.items():
        widget.bind(f"<{key}>", partial(_step, move, step))


def _step(move: Callable[[int], str], step: int, event: tk.Event[tk.Misc]) -> str:
    return move(step)
