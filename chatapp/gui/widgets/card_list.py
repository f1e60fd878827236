"""A list of cards, each with a picture and two lines of text, one of which can be chosen."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from tkinter import ttk
from typing import Literal

from chatapp.gui.theme.palette import readable_role
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import platform_events
from chatapp.gui.widgets.scrolled import enclosing
from chatapp.gui.widgets.text_fit import shorten
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.gui.widgets.widget_paths import has_focus

HEIGHT, GAP, RADIUS = 56, 8, 8  # of a card, between two, and of its corners; pixels at 96 dpi
TILE, ICON, MARK, CHEVRON = 32, 18, 16, 14  # pictures
BAR_GAP = 4  # between the cards and their scrollbar
PAD, END, SIDE = 12, 24, 56  # left of the picture, middle of the mark from the right, left end of the texts
DOT = " · "  # between the parts of a detail
LEAST_FIRST = 4  # characters of its first part

Anchor = Literal["first", "last"]


@dataclass(frozen=True, slots=True)
class Card:
    """One card. Without an icon it has the tile of its title."""

    key: str
    title: str
    detail: str = ""
    icon: str = ""
    leads_on: bool = False  # whether a click goes on to more, and not only chooses it


class CardList(tk.Frame):
    """Cards below one another. It scrolls if there are more than have room.

    Arrows choose another card, Enter opens the chosen one. Several lists can share one choice: then at most
    one of them has a chosen card, and the arrows lead from one to the next.

    Args:
        on_choose: Called with the key when the user chooses a card.
        on_open: Called with the key on Enter, on a double click, and on a click on a card that leads on.
        on_leave: Called with -1 or 1 when an arrow goes beyond the first or the last card.
        most: How many cards have room.
        page: A widget around this one in whose margin at the right the scrollbar stands.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_choose: Callable[[str], object],
        on_open: Callable[[str], object],
        on_leave: Callable[[int], object] = lambda step: None,
        most: int = 3,
        page: tk.Misc | None = None,
    ) -> None:
        super().__init__(master, borderwidth=0, highlightthickness=0)
        self._theme = theme
        self._on_choose, self._on_open, self._on_leave = on_choose, on_open, on_leave
        self._rooms = most
        self._cards: list[Card] = []
        self._chosen = ""
        self._current = 0  # the card that has the ring
        self._hovered = -1
        self._is_disabled = False
        self._empty_text = ""
        self._images: list[tk.PhotoImage] = []
        self.canvas = tk.Canvas(self, highlightthickness=0, borderwidth=0, width=1, height=1, cursor="hand2")
        self._bar = ttk.Scrollbar(page or master, command=self._on_bar)
        self.canvas.configure(yscrollcommand=self._on_view)
        self.canvas.pack(side="left", fill="both", expand=True)
        self._tooltip = Tooltip(self.canvas, theme)
        self._bind_events()
        theme.watch(self, self._paint)

    def show(self, cards: Sequence[Card], chosen: str = "", empty_text: str = "") -> None:
        """Show these cards.

        Args:
            chosen: The key of the chosen card, "" for none.
            empty_text: Text to show when there are no cards.
        """
        ring = self._cards[self._current].key if self._current < len(self._cards) else ""
        self._cards, self._chosen, self._empty_text = list(cards), chosen, empty_text
        keys = self.card_keys
        wanted = chosen if chosen in keys else ring
        self._current = keys.index(wanted) if wanted in keys else 0
        self.canvas.configure(takefocus=bool(cards) and not self._is_disabled)
        self._paint()

    def give_room(self, most: int) -> None:
        """Change how many cards have room."""
        if most != self._rooms:
            self._rooms = most
            self._paint()

    def set_disabled(self, disabled: bool) -> None:
        """Disable or enable all cards."""
        self._is_disabled = disabled
        self.canvas.configure(
            takefocus=bool(self._cards) and not disabled, cursor="" if disabled else "hand2"
        )
        self._paint()

    @property
    def card_keys(self) -> list[str]:
        """The keys of the cards."""
        return [card.key for card in self._cards]

    @property
    def cards(self) -> list[Card]:
        """The cards that are shown."""
        return list(self._cards)

    @property
    def chosen(self) -> str:
        """The key of the chosen card, "" for none."""
        return self._chosen

    def focus_card(self, anchor: Anchor) -> None:
        """Give the keyboard to the first or the last card, and choose it."""
        if self._cards:
            self.canvas.focus_set()
            self._choose(0 if anchor == "first" else len(self._cards) - 1)

    def click(self, key: str) -> None:
        """Do what a click on a card does."""
        if not self._is_disabled:
            self._choose(self.card_keys.index(key))
            if self._cards[self._current].leads_on:
                self._on_open(key)

    def _bind_events(self) -> None:
        canvas = self.canvas
        canvas.bind("<ButtonRelease-1>", self._on_click)
        canvas.bind("<Double-Button-1>", self._on_double_click)
        canvas.bind("<Motion>", lambda event: self._hover(self._at(event.y)))
        canvas.bind("<Leave>", lambda event: self._hover(-1))
        for key, step in (("Up", -1), ("Left", -1), ("Down", 1), ("Right", 1)):
            canvas.bind(f"<{key}>", partial(self._on_arrow, step))
        for key, anchor in (("Home", 0), ("End", -1)):
            canvas.bind(f"<{key}>", partial(self._on_end, anchor))
        for key in ("Return", "KP_Enter", "space"):
            canvas.bind(f"<{key}>", self._on_enter)
        for name in ("<Configure>", "<FocusIn>", "<FocusOut>"):
            canvas.bind(name, lambda event: self._paint(), add=True)
        platform_events.bind_wheel(canvas, self._scroll)

    def _pitch(self) -> int:
        """Return the height of a card and the gap below it."""
        px, fonts = self._theme.px, self._theme.fonts
        lines = fonts["ChatBold"].metrics("linespace") + fonts["ChatSmall"].metrics("linespace")
        return max(px(HEIGHT), lines + px(14)) + px(GAP)

    def _at(self, y: int) -> int:
        """Return the number of the card at a height of the view, -1 for none."""
        number = int(self.canvas.canvasy(y)) // self._pitch()
        return number if 0 <= number < len(self._cards) and not self._is_disabled else -1

    def _hover(self, number: int) -> None:
        if number == self._hovered:
            return
        self._hovered = number
        card = self._cards[number] if 0 <= number < len(self._cards) else None
        if card is not None and self._is_cut(card):
            self._tooltip.show("\n".join(filter(None, (card.title, card.detail))))
        else:
            self._tooltip.hide()
        self._paint()

    def _choose(self, number: int) -> None:
        self._current = number
        key = self._cards[number].key
        is_new, self._chosen = key != self._chosen, key
        self._bring_into_sight(number)
        self._paint()
        if is_new:
            self._on_choose(key)

    def _on_click(self, event: tk.Event[tk.Misc]) -> None:
        number = self._at(event.y)
        if number >= 0 and 0 <= event.x < self.canvas.winfo_width():
            self.canvas.focus_set()
            self.click(self._cards[number].key)

    def _on_double_click(self, event: tk.Event[tk.Misc]) -> None:
        number = self._at(event.y)
        if number >= 0 and not self._cards[number].leads_on:
            self._on_open(self._cards[number].key)

    def _on_arrow(self, step: int, event: tk.Event[tk.Misc]) -> str | None:
        if platform_events.has_modifier(event):
            return None
        if not self._is_disabled:
            following = self._current + step
            if 0 <= following < len(self._cards):
                self._choose(following)
            else:
                self._on_leave(step)
        return "break"

    def _on_end(self, number: int, event: tk.Event[tk.Misc]) -> str:
        if self._cards and not self._is_disabled:
            self._choose(number % len(self._cards))
        return "break"

    def _on_enter(self, event: tk.Event[tk.Misc]) -> str:
        if self._cards and not self._is_disabled:
            self._choose(self._current)
            if event.keysym != "space" or self._cards[self._current].leads_on:
                self._on_open(self._chosen)
        return "break"

    def _on_bar(self, *where: str) -> None:
        self.canvas.tk.call(self.canvas, "yview", *where)
        self._paint()

    def _scroll(self, pixels: int) -> None:
        """Scroll the cards, or the page around them if all cards are in sight."""
        outer = enclosing(self)
        if len(self._cards) <= self._rooms and outer is not None:
            outer.scroll(pixels)
            return
        total = max(len(self._cards) * self._pitch(), 1)
        self.canvas.yview_moveto((self.canvas.canvasy(0) + pixels) / total)
        self._paint()

    def _bring_into_sight(self, number: int) -> None:
        pitch, view = self._pitch(), self.canvas.winfo_height()
        top, start = number * pitch, self.canvas.canvasy(0)
        total = max(len(self._cards) * pitch - self._theme.px(GAP), 1)
        if top < start:
            self.canvas.yview_moveto(top / total)
        elif view > 1 and top + pitch - self._theme.px(GAP) > start + view:
            self.canvas.yview_moveto((top + pitch - self._theme.px(GAP) - view) / total)
        outer = enclosing(self)
        if outer is not None:
            start = top - int(self.canvas.canvasy(0))
            outer.bring_into_sight(self.canvas, (start, start + pitch))

    def _on_view(self, first: float, last: float) -> None:
        if len(self._cards) <= self._rooms:
            self._bar.place_forget()
        else:
            self._bar.place(in_=self, relx=1, x=self._theme.px(BAR_GAP), relheight=1, bordermode="outside")
        self._bar.set(first, last)

    def _paint(self) -> None:
        """Draw the cards in sight."""
        theme, canvas, pitch, gap = self._theme, self.canvas, self._pitch(), self._theme.px(GAP)
        for widget in (self, canvas):
            widget.configure(background=theme.colours.pane)
        rooms = min(max(len(self._cards), 1), self._rooms)
        canvas.configure(height=rooms * pitch - gap)
        width, total = canvas.winfo_width(), max(len(self._cards) * pitch - gap, 1)
        canvas.configure(scrollregion=(0, 0, max(width, 1), total))
        canvas.delete("all")
        self._images.clear()
        if width <= 1:
            return  # not placed yet
        if not self._cards and self._empty_text:
            self._draw_empty(width, pitch - gap)
        top = int(canvas.canvasy(0))
        first, last = top // pitch, (top + max(canvas.winfo_height(), 1)) // pitch
        for number in range(max(first, 0), min(last + 1, len(self._cards))):
            self._draw(number, number * pitch, width, pitch - gap)

    def _draw_empty(self, width: int, height: int) -> None:
        self.canvas.create_text(
            width // 2, height // 2, text=self._empty_text, font="ChatSmall", fill=self._theme.colours.muted,
            width=max(width - self._theme.px(2 * PAD), 1), justify="center",
        )  # fmt: skip

    def _draw(self, number: int, top: int, width: int, height: int) -> None:
        theme, px, card = self._theme, self._theme.px, self._cards[number]
        is_chosen = card.key == self._chosen
        has_ring = number == self._current and has_focus(self.canvas)
        surface = "select" if is_chosen else "hover" if number == self._hovered else "pane"
        border, line = ("accent", 2) if is_chosen or has_ring else ("border", 1)
        middle = top + height // 2
        self._put(
            theme.box(width, height, RADIUS, "" if surface == "pane" else surface, border, line), 0, top, "nw"
        )
        if has_ring and is_chosen:
            inner = theme.box(width - px(8), height - px(8), RADIUS - 3, "", "accent", 1)
            self._put(inner, px(4), top + px(4), "nw")
        if card.icon:
            icon = theme.icon(card.icon, "muted", theme.grown(ICON))
            self._put(icon, px(PAD) + px(theme.grown(TILE)) // 2, middle, "center")
        else:
            self._put(theme.tile(card.title, round(theme.grown(TILE))), px(PAD), middle, "w")
        if is_chosen and not card.leads_on:
            mark = theme.icon("check", "link", theme.grown(MARK))
            self._put(mark, width - px(END), self._mark_place(card, width, middle), "center")
        elif card.leads_on:
            mark = theme.icon("chevron-right", "muted", theme.grown(CHEVRON))
            self._put(mark, width - px(END), middle, "center")
        self._draw_texts(card, surface, middle, width)

    def _mark_place(self, card: Card, width: int, middle: int) -> int:
        """Return the y of the middle of the mark: beside the title if the detail needs the width."""
        if self._detail_room(card, width) == self._room(card, width):
            return middle
        bold, small = (self._theme.fonts[font].metrics("linespace") for font in ("ChatBold", "ChatSmall"))
        return middle - (bold + small + self._theme.px(2)) // 2 + bold // 2

    def _draw_texts(self, card: Card, surface: str, middle: int, width: int) -> None:
        theme = self._theme
        bold, small = (theme.fonts[font].metrics("linespace") for font in ("ChatBold", "ChatSmall"))
        top = middle - (bold + small + theme.px(2)) // 2
        title_role = "faint" if self._is_disabled else "text"
        rows = (
            (card.title, "ChatBold", title_role, top + bold // 2, self._room(card, width)),
            (
                card.detail, "ChatSmall", "muted", top + bold + theme.px(2) + small // 2,
                self._detail_room(card, width),
            ),
        )  # fmt: skip
        for text, font, role, y, room in rows:
            shown = _shortened(text, theme.fonts[font].measure, room)
            fill = theme.colours.role(readable_role(role, surface))
            self.canvas.create_text(self._left(), y, text=shown, font=font, fill=fill, anchor="w")

    def _put(self, image: tk.PhotoImage, x: int, y: int, anchor: Literal["nw", "w", "center"]) -> None:
        self._images.append(image)
        self.canvas.create_image(x, y, image=image, anchor=anchor)

    def _left(self) -> int:
        """Return the left end of the texts."""
        return self._theme.px(SIDE - TILE) + self._theme.px(self._theme.grown(TILE))

    def _room(self, card: Card, width: int) -> int:
        """Return the width of the texts: up to the mark, if there is one."""
        has_mark = card.leads_on or card.key == self._chosen
        return width - self._left() - self._theme.px(END + MARK if has_mark else PAD)

    def _detail_room(self, card: Card, width: int) -> int:
        """Return the width of the detail: below the mark of a chosen card, if it needs that."""
        room = self._room(card, width)
        if card.leads_on or self._theme.fonts["ChatSmall"].measure(card.detail) <= room:
            return room
        return width - self._left() - self._theme.px(PAD)

    def _is_cut(self, card: Card) -> bool:
        fonts, width = self._theme.fonts, self.canvas.winfo_width()
        is_title_cut = fonts["ChatBold"].measure(card.title) > self._room(card, width)
        return is_title_cut or fonts["ChatSmall"].measure(card.detail) > self._detail_room(card, width)


def _shortened(text: str, measure: Callable[[str], int], room: int) -> str:
    """Return a text that fits: of parts with a dot between them the first is shortened, if that is enough.

    The later ones are short, and say more about whether one can join.
    """
    first, dot, rest = text.partition(DOT)
    left = room - measure(dot + rest)
    if dot and measure(text) > room and left >= measure(first[:LEAST_FIRST] + "…"):
        return shorten(first, measure, left) + dot + rest
    return shorten(text, measure, room)
