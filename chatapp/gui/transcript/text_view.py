"""The Text of the transcript, which users read, scroll and copy from, but cannot type into.

It knows tags and scrolling, but no conversations. `following` tells whether it stays at the end when text is
added; only scrolling by the user changes it.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice
from tkinter import ttk
from typing import Literal

from chatapp.gui.theme import emoji, text_tags
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.bars import QUOTATION_BARS, QUOTATION_WIDTH, Bars
from chatapp.gui.transcript.pictures import RunPictures
from chatapp.gui.transcript.runs import Run, count_lines
from chatapp.gui.transcript.text_images import image_script, replacement_script
from chatapp.gui.widgets import platform_events
from chatapp.gui.widgets.focus_ring import FocusRing

MAX_COLOUR_TAGS = 1000  # tags for IRC colours; thousands of tags slow every insertion down


@dataclass(frozen=True, slots=True)
class RowPosition:
    """A display row: where in the text it begins, and its distance from the upper edge in pixels.

    Tk takes quadratic time to count the pixels between two positions in one long line: never ask it to.
    """

    line: int
    column: int = 0
    y: int = 0


class TextView(tk.Frame):
    """The Text, its scrollbar, and the bars beside mentions and quotations.

    Args:
        on_scroll: Called when the user has scrolled.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_scroll: Callable[[], object]) -> None:
        super().__init__(master, borderwidth=0, highlightthickness=0)
        px = theme.px
        self._theme = theme
        self._on_scroll = on_scroll
        self._colour_tags: set[str] = set()
        self._pressed_top = ""  # index at the top when the mouse button was pressed, "" if not following
        self._is_pressed = False  # the mouse button is down
        self._focused_by_mouse = False  # then no focus ring is needed
        self._view_watchers: list[Callable[[], object]] = []
        self._line_watchers: list[Callable[[int, int], object]] = []
        self.following = True
        self.pictures = RunPictures(self, theme)
        self._image_numbers = count(1)
        # columns of a character beyond U+FFFF
        self.wide = int(self.tk.call("string", "length", "\U0001f600"))
        self.text = tk.Text(
            self, width=1, height=1, wrap="word", state="disabled", cursor="arrow", takefocus=True,
            tabstyle="wordprocessor",
            borderwidth=0, highlightthickness=0, padx=0, pady=0, insertwidth=0, undo=False,
            font=(theme.fonts["ChatBody"].actual("family"), -1),  # of the empty last line of every Text
        )  # fmt: skip
        self._scrollbar = ttk.Scrollbar(self, orient="vertical", command=self._on_scrollbar, takefocus=False)
        self.text.configure(yscrollcommand=self._on_view)
        self.bars = Bars(self, theme)
        self.quotation_bars = Bars(
            self, theme, QUOTATION_BARS, QUOTATION_WIDTH, lambda: text_tags.text_column(theme)
        )
        self._ring = FocusRing(self, theme)
        self.text.grid(row=0, column=0, sticky="nsew", pady=(0, px(8)))
        self._scrollbar.grid(row=0, column=1, sticky="ns")
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self._bind_events()
        theme.watch(self, self._paint)

    def replace_lines(self, first: int, last: int, runs: Sequence[Run], hold_below: bool = False) -> None:
        """Replace the lines from `first` up to `last` in one insertion; visible text does not move.

        If the change itself is visible, what stands above it does not; if a part of it is above the upper
        edge, what stands below it.

        Args:
            hold_below: If the change itself is visible, hold the text below it and not the text above it.
        """
        held = None if self.following else self._row_to_hold(first, last, hold_below)
        self.text.configure(state="normal")
        if last > first:
            self.text.delete(f"{first}.0", f"{last}.0")
        if runs:
            runs = self._with_colour_tags(runs)
            pieces = emoji.split_emoji((run.text, run.tags) for run in runs if run.text)
            (text, tags), *rest = pieces
            self.text.insert(f"{first}.0", text, tags, *(part for piece in rest for part in piece))
            script = image_script(
                str(self.text), first, runs, self.pictures.image, self._image_numbers, self.wide
            )
            if script:
                self.tk.eval(script)
        self.text.configure(state="disabled")
        stop = first + count_lines(runs)
        for on_lines in self._line_watchers:
            on_lines(first, stop)
        if self.following:
            self.text.see("end")
        elif held is not None:
            self._scroll_to(replace(held, line=max(held.line + stop - last, first)))

    def watch_lines(self, on_lines: Callable[[int, int], object]) -> None:
        """Call a function with the lines that were inserted, from and up to, after every change."""
        self._line_watchers.append(on_lines)

    @property
    def scrollbar_width(self) -> int:
        """The width of the scrollbar in pixels."""
        return self._scrollbar.winfo_reqwidth()

    def scroll_to_end(self) -> None:
        """Scroll to the end, and follow it."""
        self.following = True
        self.text.see("end")

    def follow_reached_end(self) -> bool:
        """Follow the end if it has come into view without scrolling; return whether it has.

        For example the pane was shown or became taller, or messages above the end were removed.
        """
        if self.following or self._is_pressed or not self.is_at_end():
            return False
        self.following = True
        return True

    def scroll_to_line(self, line: int, column: int = 0, y: int = 0) -> None:
        """Scroll a row to `y` pixels below the upper edge, or as near to it as possible."""
        self._scroll_to(RowPosition(line, column, y))
        self.following = self.is_at_end()

    def scroll_to_start(self) -> None:
        """Scroll to the first line."""
        self._see("1.0")

    def scroll_pages(self, pages: int) -> None:
        """Scroll by pages, as Page Up and Page Down do."""
        self._scroll_by(pages, "pages")

    def see_lines(self, first: int, last: int) -> None:
        """Scroll as little as possible to the lines from `first` up to `last`, as the user asked for."""
        self.text.see(f"{last}.0 -1c")
        self.text.see(f"{first}.0")
        self._scrolled()

    def watch_view(self, on_view: Callable[[], object]) -> None:
        """Call a function whenever Tk may show another part of the text."""
        self._view_watchers.append(on_view)

    def shows_all(self) -> bool:
        """Return whether the whole text is visible at once."""
        return self.text.dlineinfo("1.0") is not None and self.is_at_end()

    def is_at_end(self) -> bool:
        """Return whether the last line is completely visible."""
        info = self.text.dlineinfo("end-1c")
        return info is not None and info[1] + info[3] <= self.text.winfo_height()

    def top_row(self) -> RowPosition:
        """Return the row at the top."""
        index = self.text.index("@0,0")
        line, _, column = index.partition(".")
        info = self.text.dlineinfo(index)
        return RowPosition(int(line), int(column), info[1] if info else 0)

    def bottom_line(self) -> int:
        """Return the line at the bottom."""
        return int(self.text.index(f"@0,{self.text.winfo_height()}").partition(".")[0])

    def _row_to_hold(self, first: int, last: int, hold_below: bool) -> RowPosition | None:
        """Return the row that must not move when the lines from `first` up to `last` change."""
        top = self.top_row()
        if top.line >= last:
            return top
        is_cut = top.line > first or (top.line == first and top.y < 0)  # a part is above the upper edge
        below = self.text.dlineinfo(f"{last}.0") if hold_below or is_cut else None
        if below is not None:
            return RowPosition(last, 0, below[1])
        return top if hold_below or top.line > first else None  # None: Tk does not move text above a change

    def _scroll_to(self, position: RowPosition) -> None:
        index = f"{position.line}.{position.column}"
        self.text.yview(index)
        info = self.text.dlineinfo(index)
        now = info[1] if info else 0
        self.text.yview_scroll(now - position.y, "pixels")

    def _bind_events(self) -> None:
        text = self.text
        platform_events.bind_wheel(text, lambda pixels: self._scroll_by(pixels, "pixels"))
        text.bind("<Prior>", lambda event: self._scroll_by(-1, "pages"))
        text.bind("<Next>", lambda event: self._scroll_by(1, "pages"))
        text.bind("<Home>", lambda event: self._see("1.0"))
        text.bind("<End>", lambda event: self._see("end"))
        text.bind("<FocusIn>", lambda event: self._ring.show(not self._focused_by_mouse))
        text.bind("<FocusOut>", lambda event: self._on_focus_out())
        text.bind("<Button-1>", self._on_press)
        text.bind("<ButtonRelease-1>", self._on_release)
        text.bind("<Configure>", self._on_resize)
        for event in ("<Button-2>", "<B2-Motion>", "<<PasteSelection>>"):  # Tk would drag the text with these
            if event not in platform_events.MENU_CLICKS:
                text.bind(event, lambda event: "break")

    def add_cover(self, widget: tk.Misc) -> None:
        """Let a widget cover a part of the text: the wheel scrolls over it too, and it can be hidden."""
        platform_events.bind_wheel(widget, lambda pixels: self._scroll_by(pixels, "pixels"))
        widget.bind("<Unmap>", lambda event: self._draw_again(), add=True)

    def _draw_again(self) -> None:
        """Draw all visible text: to scroll, Tk copies it, also where it was covered until a moment ago."""
        text = self.text
        text.event_generate("<Expose>", x=0, y=0, width=text.winfo_width(), height=text.winfo_height())

    def _scroll_by(self, number: int, unit: Literal["pages", "pixels"]) -> str:
        self.text.yview_scroll(number, unit)
        self._scrolled()
        return "break"

    def _see(self, index: str) -> str:
        self.text.see(index)
        self._scrolled()
        return "break"

    def _on_scrollbar(self, *arguments: str) -> None:
        self.text.yview(*arguments)
        self._scrolled()

    def _scrolled(self) -> None:
        """Note that the user has scrolled."""
        self.following = self.is_at_end()
        self._on_scroll()

    def _on_press(self, event: tk.Event[tk.Misc]) -> None:
        """Stop following while the button is down: dragging selects text, and may scroll."""
        self._focused_by_mouse = self._is_pressed = True
        self._ring.show(False)
        self.text.focus_set()
        self._pressed_top = self.text.index("@0,0") if self.following else ""
        self.following = False

    def _on_release(self, event: tk.Event[tk.Misc]) -> None:
        self._is_pressed = False
        if self._pressed_top and self._pressed_top == self.text.index("@0,0"):
            self.scroll_to_end()
        else:
            self._scrolled()

    def _on_focus_out(self) -> None:
        self._focused_by_mouse = False
        self._ring.show(False)

    def _on_resize(self, event: tk.Event[tk.Misc]) -> None:
        self.text.tag_configure("codehead", tabs=text_tags.caption_tabs(self._theme, event.width))
        if self.following:
            self.text.see("end")

    def _on_view(self, first: float | str, last: float | str) -> None:
        """Update scrollbar and bars when Tk shows another part of the text, or draws the same part again."""
        self._scrollbar.set(first, last)
        self.draw_bars()
        for on_view in self._view_watchers:
            on_view()

    def draw_bars(self) -> None:
        """Draw the bars beside the lines in sight again."""
        self.bars.draw(self.text)
        self.quotation_bars.draw(self.text)

    def _paint(self) -> None:
        theme, colours, text = self._theme, self._theme.colours, self.text
        self.configure(background=colours.pane)
        text.configure(
            background=colours.pane, foreground=colours.text, selectbackground=colours.select,
            selectforeground="", inactiveselectbackground=colours.select,
        )  # fmt: skip
        for tag, options in text_tags.tag_options(theme).items():
            text.tag_configure(tag, **options)
        text.tag_configure("codehead", tabs=text_tags.caption_tabs(theme, text.winfo_width()))
        text.tag_configure("sel", lmargincolor=colours.select, rmargincolor=colours.select)
        for tag in self._colour_tags:
            text.tag_configure(tag, **text_tags.colour_options(theme, tag))
        self._raise_tags()
        script = replacement_script(str(text), self.pictures.repaint())
        if script:
            self.tk.eval(script)
        if self.following:
            text.see("end")
        self.draw_bars()

    def _raise_tags(self) -> None:
        for tag in text_tags.RAISED_TAGS:
            self.text.tag_raise(tag)

    def _with_colour_tags(self, runs: Sequence[Run]) -> Sequence[Run]:
        """Create the tags for IRC colours that the runs use; beyond the limit, remove them from the runs."""
        used = {tag for tags in {run.tags for run in runs} for tag in tags if tag.startswith("irc/")}
        wanted = used - self._colour_tags
        new = set(islice(wanted, MAX_COLOUR_TAGS - len(self._colour_tags)))
        for tag in new:
            self.text.tag_configure(tag, **text_tags.colour_options(self._theme, tag))
        if new:
            self._colour_tags |= new
            self._raise_tags()
        if new == wanted:
            return runs
        dropped = wanted - new
        return [run._replace(tags=tuple(tag for tag in run.tags if tag not in dropped)) for run in runs]
