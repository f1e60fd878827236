"""A grid of emoji under headings: a Text of rows with tab stops.

Tk decodes the picture of each emoji that it measures, and it measures all of a Text. So a row is empty, but
as high as the others, until it comes into sight.

Without a font for colour emoji it is a list of their names.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from chatapp.client.text.emoji_names import Emoji
from chatapp.gui.theme import emoji
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import platform_events

CELL, ROW, HEAD = 41, 38, 26  # width of a cell, heights of rows and headings, in pixels at 96 dpi
NAME_ROW = 28  # height of a row where emoji are listed by name, in pixels at 96 dpi
MARGIN = 9  # left of the first cell, in pixels at 96 dpi
HEAD_LEFT = 16  # of the headings, in pixels at 96 dpi
BOX = 36  # side of the box around the chosen emoji, in pixels at 96 dpi
CORNER = 6  # its radius, in pixels at 96 dpi
SHIFT = 0x1  # bit of an event's state
KEYCAP, JOINER, FLAG = "\u20e3", "\u200d", "flag"
FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
TAG_END = "\U000e007f"  # ends the flag of a part of a country
SAMPLE = "\U0001f600"
SEQUENCES = {JOINER: "\U0001f469\u200d\U0001f4bb", FLAG: "\U0001f1e9\U0001f1ea", KEYCAP: "1\ufe0f\u20e3"}


@dataclass(frozen=True, slots=True)
class EmojiSection:
    """Emoji under one heading."""

    title: str
    emoji: Sequence[Emoji]


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the Text: a heading, or the emoji of a row."""

    section: int
    title: str = ""
    emoji: tuple[Emoji, ...] = ()


class EmojiGrid(tk.Text):
    """The grid.

    Args:
        on_choose: Called with the emoji that was clicked, and whether Shift was down.
        on_point: Called with the emoji that is chosen now; None if there is none.
        on_section: Called with the number of the section at the top, when it changes.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        *,
        on_choose: Callable[[Emoji, bool], object],
        on_point: Callable[[Emoji | None], object],
        on_section: Callable[[int], object],
    ) -> None:
        super().__init__(
            master, width=1, height=1, wrap="none", cursor="", takefocus=False,
            borderwidth=0, highlightthickness=0, padx=0, pady=0, undo=False,
            font="ChatTiny",  # tabs are as wide as a space of this font at least
        )  # fmt: skip
        self._theme = theme
        self._on_choose = on_choose
        self._on_point = on_point
        self._on_section = on_section
        self._has_pictures = theme.fonts["ChatPickerEmoji"].actual("family") in emoji.FAMILIES
        self._font = "ChatPickerEmoji" if self._has_pictures else "ChatBody"
        self._lines: list[_Row] = []
        self._empty: set[int] = set()  # lines that have not come into sight yet
        self._place_chosen: tuple[int, int] | None = None  # line and column of the chosen emoji
        self._section = -1
        self._room = 0  # for the cells of a row, in pixels; 0 for that of nine usual ones
        self._box = tk.Label(self, compound="center", font="ChatPickerEmoji", borderwidth=0, padx=0, pady=0)
        self.bindtags(
            (str(self), str(self.winfo_toplevel()), "all")
        )  # without the keys of a Text; "disabled" is slow to set
        for widget in (self, self._box):
            widget.bind("<Button-1>", self._on_click)
            platform_events.bind_wheel(widget, lambda pixels: self.scroll("scroll", pixels, "pixels"))
        self.bind("<Motion>", self._on_motion)
        self.bind("<Configure>", lambda event: self.scrolled())
        theme.watch(self, self._paint)

    @property
    def columns(self) -> int:
        """How many emoji stand in a row."""
        room = self._room or self._theme.px(9 * CELL)
        return max(1, room // self._cell()) if self._has_pictures else 1

    def set_room(self, width: int) -> None:
        """Set how many pixels the cells of a row have, before anything is shown."""
        self._room = width

    @property
    def chosen(self) -> Emoji | None:
        """The chosen emoji."""
        if self._place_chosen is None:
            return None
        line, column = self._place_chosen
        return self._lines[line].emoji[column]

    def is_drawn(self, each: Emoji) -> bool:
        """Return whether an emoji is one picture here: not all systems join several characters to one."""
        sequence = each.sequence
        if not self._has_pictures or len(sequence) == 1:
            return True
        if KEYCAP in sequence:
            return self._joins[KEYCAP]
        if JOINER in sequence:
            return self._joins[JOINER]
        return self._joins[FLAG] or not (sequence[0] in FLAG_LETTERS or sequence.endswith(TAG_END))

    def show(self, sections: Sequence[EmojiSection]) -> None:
        """Show sections from the top; the first emoji is chosen."""
        self._lines = list(self._rows(sections))
        self._section, self._place_chosen = -1, None
        self._empty = {line for line, row in enumerate(self._lines) if row.emoji}
        self.delete("1.0", "end")
        pieces = ((f"{row.title}\n", "head" if row.title else "row") for row in self._lines)
        self.tk.call(self, "insert", "end", "", "", *chain.from_iterable(pieces))
        self._fill()
        first = next((line for line, row in enumerate(self._lines) if row.emoji), None)
        self._choose(None if first is None else (first, 0), scrolls=False)
        self._note_section()

    def move(self, columns: int, rows: int) -> None:
        """Choose the emoji so many places further on, or so many rows below."""
        if self._place_chosen is None:
            return
        line, column = self._place_chosen
        cells = [(at, place) for at, row in enumerate(self._lines) for place in range(len(row.emoji))]
        if columns:
            index = min(max(cells.index((line, column)) + columns, 0), len(cells) - 1)
            self._choose(cells[index])
            return
        full = [at for at, row in enumerate(self._lines) if row.emoji]
        target = full[min(max(full.index(line) + rows, 0), len(full) - 1)]
        self._choose((target, min(column, len(self._lines[target].emoji) - 1)))

    def go_to(self, section: int) -> None:
        """Scroll to a section and choose its first emoji."""
        line = next((at for at, row in enumerate(self._lines) if row.section == section), None)
        if line is not None:
            self.scroll(f"{line + 1}.0")
            self._choose((line + 1, 0), scrolls=False)
            self._note_section()

    def scroll(self, *where: str | float) -> None:
        """Scroll; the arguments are those of `yview`."""
        self.tk.call(self, "yview", *where)
        self._fill()  # before Tk draws

    def scrolled(self) -> None:
        """Follow the scrolling; the owner of the `yscrollcommand` calls this."""
        self._fill()
        self._show_chosen()
        self._note_section()

    # rows

    def _rows(self, sections: Sequence[EmojiSection]) -> Iterator[_Row]:
        columns = self.columns
        for number, section in enumerate(sections):
            drawn = [each for each in section.emoji if self.is_drawn(each)]
            if drawn:
                yield _Row(number, title=section.title.upper())
            for start in range(0, len(drawn), columns):
                yield _Row(number, emoji=tuple(drawn[start : start + columns]))

    def _fill(self) -> None:
        """Write the emoji of the rows in sight."""
        if not self._empty or self.winfo_height() <= 1:
            return
        top = self._line_at(0)
        lines = self._empty.intersection(range(top, self._line_at(self.winfo_height()) + 1))
        info = self.dlineinfo(f"{top + 1}.0") if top in lines else None
        for line in lines:
            self.insert(f"{line + 1}.0", self._text(self._lines[line].emoji), "row")
        self._empty -= lines
        if info and info[1] < 0:  # Tk now shows all of the line at the top
            self.yview_scroll(-info[1], "pixels")

    def _text(self, emoji: Sequence[Emoji]) -> str:
        if not self._has_pictures:
            return f"{emoji[0].short}  {emoji[0].name}"
        return "".join(f"\t{_shown(each)}" for each in emoji)

    def _line_at(self, y: int) -> int:
        """Return the line at this height of the window, in pixels."""
        return int(self.index(f"@0,{y}").partition(".")[0]) - 1

    # the chosen emoji

    def _choose(self, place: tuple[int, int] | None, scrolls: bool = True) -> None:
        self._place_chosen = place
        if place is not None and scrolls:
            above = place[0] - 1 if self._lines[place[0] - 1].title else place[0]
            self.see(f"{place[0] + 1}.0")
            self.see(f"{above + 1}.0")
            self._fill()
        self._show_chosen()
        self._on_point(self.chosen)

    def _show_chosen(self) -> None:
        """Draw the box over the chosen emoji, if that is in sight; in a list of names, colour its line."""
        chosen, place = self.chosen, self._place_chosen
        if not self._has_pictures:
            self.tag_remove("chosen", "1.0", "end")
            if place:
                self.tag_add("chosen", f"{place[0] + 1}.0", f"{place[0] + 2}.0")
            return
        info = self.dlineinfo(f"{place[0] + 1}.0") if place else None
        if chosen is None or place is None or info is None:
            self._box.place_forget()
            return
        side = self._theme.px(BOX)
        image = self._image = self._theme.box(side, side, CORNER, "select", "accent", 2)
        self._box.configure(image=image, text=_shown(chosen))
        x, y = self._centre(place[1]), info[1] + info[3] // 2
        self._box.place(x=x, y=y, anchor="center", width=side, height=side)

    def _note_section(self) -> None:
        line = self._line_at(0)
        section = self._lines[line].section if line < len(self._lines) else -1
        if section != self._section:
            self._section = section
            self._on_section(section)

    def _at(self, event: tk.Event[tk.Misc]) -> tuple[int, int] | None:
        """Return line and column of the emoji under the pointer."""
        x, y = event.x_root - self.winfo_rootx(), event.y_root - self.winfo_rooty()
        line = self._line_at(y)
        column = (x - self._theme.px(MARGIN)) // self._cell()
        info = self.dlineinfo(f"{line + 1}.0")
        if info is None or y >= info[1] + info[3] or column < 0 or line >= len(self._lines):
            return None
        return (line, column) if column < len(self._lines[line].emoji) else None

    def _on_motion(self, event: tk.Event[tk.Misc]) -> None:
        place = self._at(event)
        if place is not None and place != self._place_chosen:
            self._choose(place, scrolls=False)

    def _on_click(self, event: tk.Event[tk.Misc]) -> str:
        place = self._at(event)
        if place is not None:
            self._choose(place, scrolls=False)
            self._on_choose(self._lines[place[0]].emoji[place[1]], bool(int(event.state) & SHIFT))
        return "break"

    # sizes and colours

    def _cell(self) -> int:
        return self._cell_width if self._has_pictures else max(1, self.winfo_width() - self._theme.px(MARGIN))

    def _centre(self, column: int) -> int:
        return self._theme.px(MARGIN) + column * self._cell() + self._cell() // 2

    def _paint(self) -> None:
        theme, px, colours = self._theme, self._theme.px, self._theme.colours
        measure = theme.fonts["ChatPickerEmoji"].measure
        width = measure(SAMPLE)
        self._cell_width = max(px(CELL), width + px(12))
        self._joins = {kind: measure(each) <= 1.5 * width for kind, each in SEQUENCES.items()}
        tabs: list[object] = []
        for column in range(self.columns):
            tabs += [self._centre(column), "center"]
        self.configure(background=colours.pane, foreground=colours.text)
        self._box.configure(background=colours.pane, foreground=colours.text)
        self.tag_configure("row", tabs=tuple(tabs), lmargin1=0 if self._has_pictures else px(HEAD_LEFT))
        self.tag_configure("row", **_spacing(theme, self._font, px(ROW if self._has_pictures else NAME_ROW)))
        self.tag_configure("row", font=self._font)
        self.tag_configure("head", font="ChatSmallBold", foreground=colours.muted, lmargin1=px(HEAD_LEFT))
        self.tag_configure("head", **_spacing(theme, "ChatSmallBold", px(HEAD)))
        self.tag_configure("chosen", background=colours.select)
        self._show_chosen()


def _spacing(theme: Theme, font: str, height: int) -> dict[str, Any]:
    """Return the pixels above and below a line that make it so high."""
    extra = max(0, height - theme.fonts[font].metrics("linespace"))
    return {"spacing1": extra // 2, "spacing3": extra - extra // 2}


def _shown(emoji: Emoji) -> str:
    """Return the characters to draw; a variation selector has a width of its own in some fonts."""
    return emoji.sequence.removesuffix("\ufe0f")
