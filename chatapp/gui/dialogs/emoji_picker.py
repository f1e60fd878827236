"""The emoji picker: a card over the window with a search, the recent emoji, and all others by group."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk

from chatapp.client.text import emoji_names
from chatapp.client.text.emoji_names import Emoji
from chatapp.gui.theme import emoji
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.emoji_grid import EmojiGrid, EmojiSection
from chatapp.gui.widgets.keyboard_focus import return_focus
from chatapp.gui.widgets.search_field import SearchField
from chatapp.gui.widgets.text_fit import shorten
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.languages.translation import N_, _

WIDTH, HEIGHT = 388, 512  # in pixels at 96 dpi
LEAST_HEIGHT = 260  # with less it covers its anchor, or has no footer; the text has its default size
BESIDE_CELLS = 19  # margin and scrollbar
GAP = 8  # to the anchor and to the edges of the window, in pixels at 96 dpi
ANCHOR = 28  # height of what it opens above or below, in pixels at 96 dpi
MARGIN = 12  # of the search field, in pixels at 96 dpi
TABS_HEIGHT, FOOTER_HEIGHT = 38, 56  # in pixels at 96 dpi
MARK = 24  # width of the line below the tab of the group in sight, in pixels at 96 dpi
RECENT = 18  # emoji that are kept as recent
RECENT_GROUP = N_("Recent")
USUAL_GROUP = N_("Often used")
TABS = {
    RECENT_GROUP: "🕘", USUAL_GROUP: "👍", N_("Smileys"): "😀", N_("People"): "👋",
    N_("Animals and nature"): "🐻", N_("Food and drink"): "🍎", N_("Activities"): "⚽",
    N_("Travel and places"): "🚗", N_("Objects"): "💡", N_("Symbols"): "❤", N_("Flags"): "🏁",
}  # fmt: skip
"""Group -> the emoji on its tab."""
USUAL = ("👍", "🎉", "😂", "👀", "🙏", "🔥", "🚀", "💡", "🤔")
"""Shown instead of the recent ones as long as none was chosen."""
SEARCH_HINT = N_("Search: heart, party, thumbs…")
INSERT_HINT = N_("Enter inserts, Shift+Enter inserts more")
CHOOSE_HINT = N_("Enter chooses")
NOTHING = N_("No emoji has this name.")
PAGE = 6  # rows
MOVES = {
    "Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1), "Prior": (0, -PAGE), "Next": (0, PAGE),
}  # fmt: skip
"""Key -> columns and rows by which the choice moves."""


def with_used(recent: Sequence[str], sequence: str) -> list[str]:
    """Return the recent emoji after one was used, the latest first."""
    return [sequence, *(each for each in recent if each != sequence)][:RECENT]


class EmojiPicker(ttk.Frame):
    """A picker that closes when an emoji is chosen, on Escape, and when the keyboard goes elsewhere.

    Args:
        window: The window over which it opens.
        x: Screen coordinates of the place above which it opens, as is `y`.
        recent: The emoji that were used before, the latest first.
        on_choose: Called with the characters of an emoji.
        takes_many: Whether Shift+Enter and a click with Shift leave the picker open.
    """

    def __init__(
        self,
        window: tk.Misc,
        theme: Theme,
        recent: Sequence[str],
        on_choose: Callable[[str], object],
        *,
        x: int,
        y: int,
        takes_many: bool = True,
    ) -> None:
        super().__init__(window, style="Card.TFrame")
        self._theme = theme
        self._on_choose = on_choose
        self._takes_many = takes_many
        self._before = str(self.tk.call("focus"))
        theme.keep_open("ChatPickerEmoji", "ChatEmoji", "ChatBigEmoji")
        self.search = SearchField(self, theme, _(SEARCH_HINT), self._on_search)
        self.area = ttk.Frame(self)
        self.emoji = EmojiGrid(
            self.area, theme, on_choose=self._choose, on_point=self._on_point, on_section=self._on_section
        )
        groups = {
            group: each for group, each in _groups(recent).items() if any(map(self.emoji.is_drawn, each))
        }
        self._sections = [EmojiSection(_(group), each) for group, each in groups.items()]
        self.tabs = GroupTabs(self, theme, list(groups), self._go_to)
        self.scrollbar = ttk.Scrollbar(self.area, command=self.emoji.scroll, takefocus=False)
        self.emoji.configure(yscrollcommand=self._on_scrolled)
        self.nothing = ttk.Label(self.area, text=_(NOTHING), style="Muted.TLabel")
        self.footer = EmojiFooter(self, theme, _(INSERT_HINT if takes_many else CHOOSE_HINT))
        self._rules = [tk.Frame(self, height=max(1, theme.px(1))) for _ in range(2)]
        self._arrange()
        self._bind_events()
        theme.watch(self, self._paint)
        self._place(x, y)
        self.emoji.show(self._sections)
        self.search.entry.focus_set()

    def close(self) -> None:
        """Close the picker; the keyboard goes back to where it was, unless another widget has it."""
        if self.winfo_exists():
            has_focus = str(self.tk.call("focus")).startswith(f"{self}.")
            window = self.master
            self.destroy()
            if has_focus:
                return_focus(window, self._before)

    def _arrange(self) -> None:
        px = self._theme.px
        self.search.pack(fill="x", padx=px(MARGIN), pady=(px(MARGIN), px(4)))
        self.tabs.pack(fill="x", padx=px(1))
        self._rules[0].pack(fill="x", padx=px(1))
        self.footer.pack(side="bottom", fill="x", padx=px(2), pady=(0, px(2)))
        self._rules[1].pack(side="bottom", fill="x", padx=px(1))
        self.area.pack(fill="both", expand=True, padx=px(2))
        self.scrollbar.pack(side="right", fill="y")
        self.emoji.pack(fill="both", expand=True, pady=(px(4), 0))

    def _place(self, x: int, y: int) -> None:
        """Place the picker inside the window: above a point of the screen, or below it if that is high up."""
        px, window, gap = self._theme.px, self.winfo_toplevel(), self._theme.px(GAP)
        left, top = x - window.winfo_rootx(), y - window.winfo_rooty()
        growth = (1 + self._theme.grown(1)) / 2  # half that of the text, so that it does not hide everything
        width = min(px(WIDTH * growth), window.winfo_width() - 2 * gap)
        self.emoji.set_room(width - px(BESIDE_CELLS))
        left = max(gap, min(left, window.winfo_width() - width - gap))
        below = top + px(ANCHOR) + gap
        room_above, room_below = top - 2 * gap, window.winfo_height() - below - gap
        height = min(px(HEIGHT), max(room_above, room_below))
        at = top - gap - height if room_above >= height else below
        least = px(LEAST_HEIGHT * growth)
        if height < least:  # over the anchor, for some rows
            at, height = gap, window.winfo_height() - 2 * gap
        if height < least:
            self.footer.pack_forget()
            self._rules[1].pack_forget()
        self.place(x=left, y=at, width=width, height=height)
        self.tkraise()

    def _bind_events(self) -> None:
        entry = self.search.entry
        for key, (columns, rows) in MOVES.items():
            entry.bind(f"<{key}>", self._mover(columns, rows))
        for enter in ("Return", "KP_Enter"):
            entry.bind(f"<{enter}>", lambda event: self._choose_shown(many=False))
            entry.bind(f"<Shift-{enter}>", lambda event: self._choose_shown(many=True))
        for widget in (entry, *self.tabs.buttons):
            widget.bind("<Escape>", self._on_escape)
            widget.bind("<FocusOut>", lambda event: self.master.after_idle(self._check_focus), add=True)

    def _mover(self, columns: int, rows: int) -> Callable[[object], str]:
        def move(event: object) -> str:
            self.emoji.move(columns, rows)
            return "break"

        return move

    def _choose_shown(self, many: bool) -> str:
        chosen = self.emoji.chosen
        if chosen is not None:
            self._choose(chosen, many)
        return "break"

    def _choose(self, chosen: Emoji, many: bool) -> None:
        if not (many and self._takes_many):
            self.close()
        self._on_choose(chosen.sequence)
        if self.winfo_exists():
            self.search.entry.focus_set()  # the receiver of the emoji may have taken the keyboard

    def _on_escape(self, event: tk.Event[tk.Misc]) -> str:
        self.close()
        return "break"

    def _check_focus(self) -> None:
        """Close the picker if another widget of this window has the keyboard now."""
        if not self.winfo_exists():
            return
        focus = str(self.tk.call("focus"))
        if focus and not focus.startswith(f"{self}."):
            self.close()

    def _on_search(self, text: str) -> None:
        if not text.strip():
            self.emoji.show(self._sections)
        else:
            found = emoji_names.search(text)
            self.emoji.show([EmojiSection(_("Found"), found)] if found else [])
        if text.strip() and self.emoji.chosen is None:
            self.nothing.place(relx=0.5, rely=0.3, anchor="center")
        else:
            self.nothing.place_forget()

    def _go_to(self, section: int) -> None:
        if self.search.get():
            self.search.entry.clear()
        self.emoji.go_to(section)
        self.search.entry.focus_set()

    def _on_point(self, pointed: Emoji | None) -> None:
        self.footer.show(pointed)

    def _on_section(self, section: int) -> None:
        self.tabs.show(-1 if self.search.get() else section)

    def _on_scrolled(self, first: float, last: float) -> None:
        self.scrollbar.set(first, last)
        self.emoji.scrolled()

    def _paint(self) -> None:
        for rule in self._rules:
            rule.configure(background=self._theme.colours.divider)


class GroupTabs(ttk.Frame):
    """A row of emoji, one for each group; the one in sight has a line below it.

    Args:
        groups: Names in TABS.
        on_choose: Called with the number of a group.
    """

    def __init__(
        self, master: tk.Misc, theme: Theme, groups: Sequence[str], on_choose: Callable[[int], object]
    ) -> None:
        super().__init__(master, height=theme.px(TABS_HEIGHT))
        self._theme = theme
        self._shown = 0
        self._mark = tk.Frame(self, width=theme.px(MARK), height=theme.px(2))
        self.buttons = []
        for number, group in enumerate(groups):
            button = ttk.Button(
                self, text=TABS[group], style="EmojiTab.TButton", command=partial(on_choose, number)
            )
            button.place(relx=(number + 0.5) / len(groups), rely=0.5, anchor="center")
            Tooltip(button, theme, _(group))
            self.buttons.append(button)
        theme.watch(self, self._paint)

    def show(self, group: int) -> None:
        """Mark the group that is in sight; no group if it is out of range."""
        self._shown = group
        if 0 <= group < len(self.buttons):
            self._mark.place(relx=(group + 0.5) / len(self.buttons), rely=1, anchor="s")
            self._mark.tkraise()
        else:
            self._mark.place_forget()

    def _paint(self) -> None:
        theme = self._theme
        self._mark.configure(background=theme.colours.accent)
        linespace = theme.fonts["ChatEmoji"].metrics("linespace")
        self.configure(height=max(theme.px(TABS_HEIGHT), linespace + theme.px(16)))


class EmojiFooter(ttk.Frame):
    """The chosen emoji with its name and its short name.

    Args:
        hint: What the keys do.
    """

    def __init__(self, master: tk.Misc, theme: Theme, hint: str) -> None:
        super().__init__(master, height=theme.px(FOOTER_HEIGHT))
        px = theme.px
        self._theme = theme
        self._hint = hint
        self._pointed: Emoji | None = None
        self._picture = ttk.Label(self, font="ChatBigEmoji")
        self._name_label = ttk.Label(self, style="Bold.TLabel")
        self._detail = ttk.Label(self, style="Muted.TLabel")
        self._picture.grid(row=0, column=0, rowspan=2, padx=(px(14), px(12)))
        self._name_label.grid(row=0, column=1, sticky="sw", pady=(px(8), 0))
        self._detail.grid(row=1, column=1, sticky="nw", pady=(0, px(8)))
        self.columnconfigure(0, minsize=px(64))
        self.grid_propagate(False)
        self.rowconfigure((0, 1), weight=1)
        self.bind("<Configure>", lambda event: self._fit())
        theme.watch(self, self._fit)

    def show(self, pointed: Emoji | None) -> None:
        """Show an emoji; None empties the footer."""
        self._pointed = pointed
        self._fit()

    def _fit(self) -> None:
        theme, pointed = self._theme, self._pointed
        bold, small = theme.fonts["ChatBold"], theme.fonts["ChatSmall"]
        height = bold.metrics("linespace") + small.metrics("linespace") + theme.px(20)
        self.configure(height=max(theme.px(FOOTER_HEIGHT), height))
        width = max(self.winfo_width() - theme.px(74), theme.px(60))
        picture = pointed.sequence.removesuffix("\ufe0f") if pointed and emoji.can_be_drawn() else ""
        self._picture.configure(text=picture)
        self._name_label.configure(text=shorten(pointed.name, bold.measure, width) if pointed else "")
        detail = f"{pointed.short}   {self._hint}" if pointed else ""
        self._detail.configure(text=shorten(detail, small.measure, width))


def _groups(recent: Sequence[str]) -> dict[str, Sequence[Emoji]]:
    """Return the emoji of each group; its name is not translated yet."""
    known = (emoji_names.find(each) for each in (recent or USUAL))
    first = [each for each in known if each]
    return {RECENT_GROUP if recent else USUAL_GROUP: first, **emoji_names.groups()}
