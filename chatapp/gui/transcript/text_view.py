"""The paper that the transcript writes on: a Text that is read, scrolled and copied from, never typed into.

It knows looks and scrolling, and nothing of conversations. `following` says whether it stays at the bottom
when something is added; only a person's own scrolling changes it.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from tkinter import ttk
from typing import Literal

from chatapp.gui.theme import emoji, text_tags
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.blocks import TextRun
from chatapp.gui.widgets import platform_events

BAR = 4  # pixels at 96 dpi of the bar beside a mention
MOST_INKS = 1000  # tags for colours of mIRC; very many would make every insertion slow
RING = 2  # pixels at 96 dpi of the ring that shows where the keyboard is
GAP = 12  # pixels at 96 dpi between the time and the words


@dataclass(frozen=True, slots=True)
class Spot:
    """A row on the screen: where in the text it begins, and how many pixels below the upper edge it stands.

    Tk counts the pixels between two places of one long line in quadratic time, so nothing asks it to.
    """

    line: int
    column: int = 0
    y: int = 0


class TextView(tk.Frame):
    """The Text, its scrollbar, and beside it a narrow strip for the bars of mentions.

    Takes   on_moved: called when a person has scrolled
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_moved: Callable[[], object]) -> None:
        super().__init__(master, borderwidth=0, highlightthickness=theme.px(RING))
        px = theme.px
        self._theme = theme
        self._on_moved = on_moved
        self._inks: set[str] = set()
        self._held_at = ""  # what stood at the top when the button went down
        self._twelve_hours = False
        self._pointed = False  # the focus comes by the mouse, whose owner knows where it is
        self.following = True
        self._strip = tk.Canvas(self, width=px(BAR), height=1, highlightthickness=0, borderwidth=0)
        self.text = tk.Text(
            self, width=1, height=1, wrap="word", state="disabled", cursor="arrow", takefocus=True,
            tabstyle="wordprocessor",
            borderwidth=0, highlightthickness=0, padx=0, pady=0, insertwidth=0, undo=False,
            font=(theme.fonts["ChatBody"].actual("family"), -1),  # of the empty line that a Text ends with
        )  # fmt: skip
        self._bar = ttk.Scrollbar(self, orient="vertical", command=self._drag, takefocus=False)
        self.text.configure(yscrollcommand=self._viewed)
        self._strip.grid(row=0, column=0, sticky="ns", padx=(px(12 - RING), 0))
        self.text.grid(row=0, column=1, sticky="nsew", padx=(0, px(10)), pady=(0, px(8)))
        self._bar.grid(row=0, column=2, sticky="ns")
        self.columnconfigure(1, weight=1)
        self.rowconfigure(0, weight=1)
        self._bind()
        theme.watch(self, self._paint)

    def show_hours(self, twelve_hours: bool) -> None:
        """Make room for `12:00 pm` beside the words, or for `12:00`."""
        if twelve_hours != self._twelve_hours:
            self._twelve_hours = twelve_hours
            self._paint()

    def replace(self, first: int, last: int, pieces: Sequence[TextRun], hold_below: bool = False) -> None:
        """Pieces instead of the lines from `first` up to `last`, in one insertion; what is read stays put.

        Takes   hold_below: if the change itself is in sight, what is below it stays put, not what is above
        """
        held = None if self.following else self._anchor(first, last, hold_below)
        self.text.configure(state="normal")
        if last > first:
            self.text.delete(f"{first}.0", f"{last}.0")
        if pieces:
            (words, tags), *rest = emoji.parted(self._inked(pieces))
            self.text.insert(f"{first}.0", words, tags, *(part for piece in rest for part in piece))
        self.text.configure(state="disabled")
        if self.following:
            self.text.see("end")
        elif held is not None:
            grown = sum(words.count("\n") for words, _ in pieces) - (last - first)
            self._put(replace(held, line=max(held.line + grown, first)))

    def to_end(self) -> None:
        """Go to the bottom and stay there."""
        self.following = True
        self.text.see("end")

    def to_line(self, line: int, column: int = 0, y: int = 0) -> None:
        """Bring a row to `y` pixels below the upper edge, or as near to it as there is text."""
        self._put(Spot(line, column, y))
        self.following = self.at_end()

    def mark(self, first: int, last: int) -> None:
        """Mark the lines from `first` up to `last` as chosen and bring them into sight; unmark all others."""
        self.text.tag_remove("chosen", "1.0", "end")
        if last > first:
            self.text.tag_add("chosen", f"{first}.0", f"{last}.0")
            self.text.see(f"{last}.0 -1c")
            self.text.see(f"{first}.0")
            self._moved()

    def is_short(self) -> bool:
        """Whether all there is can be seen at once."""
        return self.text.dlineinfo("1.0") is not None and self.at_end()

    def at_end(self) -> bool:
        """Whether the last line can be seen whole."""
        info = self.text.dlineinfo("end-1c")
        return info is not None and info[1] + info[3] <= self.text.winfo_height()

    def top(self) -> Spot:
        """The row at the top."""
        index = self.text.index("@0,0")
        line, _, column = index.partition(".")
        info = self.text.dlineinfo(index)
        return Spot(int(line), int(column), info[1] if info else 0)

    def bottom(self) -> int:
        """The line at the bottom."""
        return int(self.text.index(f"@0,{self.text.winfo_height()}").partition(".")[0])

    def _anchor(self, first: int, last: int, hold_below: bool) -> Spot | None:
        """A row to be seen again where it stands, when the lines from `first` up to `last` change."""
        top = self.top()
        if top.line >= last:
            return top
        below = self.text.dlineinfo(f"{last}.0") if hold_below else None
        if below is not None:
            return Spot(last, 0, below[1])
        return top if hold_below or top.line > first else None  # None: Tk does not move what is above

    def _put(self, spot: Spot) -> None:
        """Scroll so that a row stands where the spot says."""
        index = f"{spot.line}.{spot.column}"
        self.text.yview(index)
        info = self.text.dlineinfo(index)
        now = info[1] if info else 0
        self.text.yview_scroll(now - spot.y, "pixels")

    def _bind(self) -> None:
        text = self.text
        platform_events.bind_wheel(text, lambda pixels: self._scrolled(pixels, "pixels"))
        text.bind("<Prior>", lambda event: self._scrolled(-1, "pages"))
        text.bind("<Next>", lambda event: self._scrolled(1, "pages"))
        text.bind("<Home>", lambda event: self._go("1.0"))
        text.bind("<End>", lambda event: self._go("end"))
        text.bind("<FocusIn>", lambda event: self._ring(not self._pointed))
        text.bind("<FocusOut>", lambda event: self._left())
        text.bind("<Button-1>", self._press)
        text.bind("<ButtonRelease-1>", self._release)
        text.bind("<Configure>", self._resized)
        for event in ("<Button-2>", "<B2-Motion>", "<<PasteSelection>>"):  # would drag the page about
            if event not in platform_events.MENU_CLICKS:
                text.bind(event, lambda event: "break")

    def _scrolled(self, number: int, what: Literal["pages", "pixels"]) -> str:
        self.text.yview_scroll(number, what)
        self._moved()
        return "break"

    def _go(self, index: str) -> str:
        self.text.see(index)
        self._moved()
        return "break"

    def _drag(self, *arguments: str) -> None:
        self.text.yview(*arguments)
        self._moved()

    def _moved(self) -> None:
        self.following = self.at_end()
        self._on_moved()

    def _press(self, event: tk.Event[tk.Misc]) -> None:
        """While the button is down a selection may be drawn, and scroll: the view is the hand's."""
        self._pointed = True
        self._ring(False)
        self.text.focus_set()
        self._held_at = self.text.index("@0,0") if self.following else ""
        self.following = False

    def _release(self, event: tk.Event[tk.Misc]) -> None:
        if self._held_at and self._held_at == self.text.index("@0,0"):
            self.to_end()
        else:
            self._moved()

    def _left(self) -> None:
        """The keyboard is elsewhere."""
        self._pointed = False
        self._ring(False)

    def _ring(self, shown: bool) -> None:
        colours = self._theme.colours
        colour = colours.accent if shown else colours.pane
        self.configure(highlightbackground=colour, highlightcolor=colour)

    def _resized(self, event: tk.Event[tk.Misc]) -> None:
        if self.following:
            self.text.see("end")

    def _viewed(self, first: float | str, last: float | str) -> None:
        """Tk has drawn another part, or the same part anew."""
        self._bar.set(first, last)
        self._draw_bars()

    def _draw_bars(self) -> None:
        """A bar beside every visible line of a mention."""
        text, strip = self.text, self._strip
        strip.delete("all")
        at, end = text.index("@0,0 linestart"), f"@0,{text.winfo_height()} lineend"
        while found := text.tag_nextrange("band", at, end):
            first, at = found
            top, bottom = text.dlineinfo(first), text.dlineinfo(f"{at} -1c")
            upper = top[1] if top else 0
            lower = bottom[1] + bottom[3] if bottom else text.winfo_height()
            colour = self._theme.colours.mention_bar
            strip.create_rectangle(0, upper, self._theme.px(BAR), lower, fill=colour, width=0)

    def _paint(self) -> None:
        theme, colours, text = self._theme, self._theme.colours, self.text
        self.configure(background=colours.pane, highlightbackground=colours.pane, highlightcolor=colours.pane)
        self._strip.configure(background=colours.pane)
        text.configure(
            background=colours.pane, foreground=colours.text, selectbackground=colours.select,
            selectforeground=colours.text, inactiveselectbackground=colours.select,
        )  # fmt: skip
        widest = "00:00 pm" if self._twelve_hours else "00:00"
        column = theme.fonts["ChatSmall"].measure(widest) + theme.px(GAP)
        for tag, options in text_tags.tags(theme, column).items():
            text.tag_configure(tag, **options)
        for tag in self._inks:
            text.tag_configure(tag, **text_tags.ink(theme, tag))
        text.tag_raise("chosen")
        text.tag_raise("sel")
        if self.following:
            text.see("end")
        self._draw_bars()

    def _inked(self, pieces: Sequence[TextRun]) -> Sequence[TextRun]:
        """Make the tags for colours that messages bring along; beyond a limit they come without colour."""
        wanted = {tag for _, tags in pieces for tag in tags if tag.startswith("ink/")} - self._inks
        new = set(islice(wanted, MOST_INKS - len(self._inks)))
        for tag in new:
            self.text.tag_configure(tag, **text_tags.ink(self._theme, tag))
        if new:
            self._inks |= new
            self.text.tag_raise("chosen")
            self.text.tag_raise("sel")
        if new == wanted:
            return pieces
        return [(words, tuple(tag for tag in tags if tag not in wanted - new)) for words, tags in pieces]
