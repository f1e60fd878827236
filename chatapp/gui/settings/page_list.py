"""The navigation of the settings: names of pages below one another; icons alone in a narrow window."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk

from chatapp.gui.settings.page import SettingsPage
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import platform_events
from chatapp.gui.widgets.text_fit import shorten
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.gui.widgets.widget_paths import has_focus

# Pixels at 96 dpi
ROW, GAP, RULE_GAP = 32, 4, 16  # of a row, between two, taken by a rule
INSET, PAD = 12, 12  # beside the rows; inside them
ICON, MARK, TEXT = 16, 14, 40  # sides of icons; where the text begins
RADIUS, RING = 6, 2


class PageList(tk.Canvas):
    """One name is chosen. A click or the arrows choose another one.

    Args:
        on_change: Called with the key of the page when the user chooses another one.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_change: Callable[[str], object]) -> None:
        super().__init__(
            master, highlightthickness=0, borderwidth=0, takefocus=True, width=1, height=1, cursor="hand2"
        )
        self._theme = theme
        self._on_change = on_change
        self._pages: list[SettingsPage] = []
        self._tops: list[int] = []
        self._shown = ""
        self._hovered: SettingsPage | None = None
        self._tooltip = Tooltip(self, theme)
        self._bar = ttk.Scrollbar(master, command=self.yview, style="Sidebar.Vertical.TScrollbar")
        self.configure(yscrollcommand=self._on_view)
        self._bind_events()
        theme.watch(self, self._paint)

    def show(self, pages: Sequence[SettingsPage], shown: str) -> None:
        """Show these pages, of which one is chosen; "" for none."""
        self._pages, self._shown = list(pages), shown
        self._paint()
        self._bring_into_sight()

    def icons_width(self, least: int) -> int:
        """Return the width for icons alone, with the scrollbar if there is one."""
        row = self._height() + self._theme.px(GAP)
        has_bar = row * len(self._pages) > self.winfo_toplevel().winfo_height()
        return max(least, row + self._theme.px(GAP)) + (self._bar.winfo_reqwidth() if has_bar else 0)

    def _bind_events(self) -> None:
        self.bind("<Button-1>", self._on_click)
        self.bind("<Motion>", lambda event: self._hover(self._at(event.y)))
        self.bind("<Leave>", lambda event: self._hover(None))
        for key, step in (("Up", -1), ("Down", 1), ("Home", -100), ("End", 100)):
            self.bind(f"<{key}>", partial(self._on_key, step))
        self.bind("<space>", lambda event: "break")  # nothing is typed into the search
        for event in ("<Configure>", "<FocusIn>", "<FocusOut>"):
            self.bind(event, lambda event: self._paint(), add=True)
        platform_events.bind_wheel(self, lambda pixels: self._scroll(pixels))

    def _on_click(self, event: tk.Event[tk.Misc]) -> None:
        self.focus_set()
        page = self._at(event.y)
        if page is not None:
            self._choose(page)

    def _on_key(self, step: int, event: tk.Event[tk.Misc]) -> str | None:
        if platform_events.has_modifier(event):
            return None
        keys = [page.key for page in self._pages]
        at = keys.index(self._shown) if self._shown in keys else -1 if step > 0 else len(keys)
        self._choose(self._pages[min(max(at + step, 0), len(keys) - 1)])
        return "break"

    def _choose(self, page: SettingsPage) -> None:
        if page.key != self._shown:
            self._shown = page.key
            self._paint()
            self._bring_into_sight()
            self._on_change(page.key)

    def _hover(self, page: SettingsPage | None) -> None:
        if page is not self._hovered:
            self._hovered = page
            self._tooltip.show(page.name if page is not None and self._is_cut(page) else "")
            self._paint()

    def _at(self, y: int) -> SettingsPage | None:
        """Return the page at a height of the view."""
        height, there = self._height(), self.canvasy(y)
        return next(
            (
                page
                for page, top in zip(self._pages, self._tops, strict=True)
                if top <= there < top + height + self._theme.px(GAP)
            ),
            None,
        )

    def _height(self) -> int:
        return max(
            self._theme.px(ROW), self._theme.fonts["ChatBold"].metrics("linespace") + self._theme.px(8)
        )

    def _room(self, page: SettingsPage) -> int:
        px = self._theme.px
        return (
            self.winfo_width()
            - px(2 * INSET + self._theme.grown(TEXT) + 4)
            - (px(MARK + 8) if page.marks else 0)
        )

    def _is_cut(self, page: SettingsPage) -> bool:
        return self._theme.fonts["ChatBold"].measure(page.name) > self._room(page)

    def _paint(self) -> None:
        theme, px = self._theme, self._theme.px
        self.configure(background=theme.colours.sidebar)
        self.delete("all")
        self._tops.clear()
        top, height, width = 0, self._height(), self.winfo_width()
        for number, page in enumerate(self._pages):
            if page.is_apart and number:
                middle = top + px((RULE_GAP - GAP) // 2)
                self.create_line(
                    px(INSET + 8), middle, width - px(INSET + 8), middle, fill=theme.colours.divider,
                    width=max(px(1), 1),
                )  # fmt: skip
                top += px(RULE_GAP)
            self._tops.append(top)
            self._draw(page, top, height, width)
            top += height + px(GAP)
        self.configure(scrollregion=(0, 0, width, top))

    def _draw(self, page: SettingsPage, top: int, height: int, width: int) -> None:
        theme, px = self._theme, self._theme.px
        is_shown, middle = page.key == self._shown, top + height // 2
        has_ring = is_shown and has_focus(self)
        free = width - (self._bar.winfo_reqwidth() if self._bar.winfo_manager() else 0)
        inset = px(INSET) if width > px(3 * INSET + TEXT) + height else (free - height) // 2
        if is_shown or page is self._hovered:
            fill = "select" if is_shown else "side_hover"
            border = "accent" if has_ring else ""
            box = theme.box(max(width - 2 * inset, 1), height, RADIUS, fill, border, RING)
            self.create_image(inset, top, image=box, anchor="nw")
        icon = theme.icon(page.icon, "text" if is_shown else "muted", theme.grown(ICON))
        room = self._room(page)
        if room < px(TEXT):  # icons alone
            self.create_image(
                (free if free < px(3 * INSET + TEXT) + height else width) // 2, middle, image=icon
            )
            return
        self.create_image(px(INSET + theme.grown(20)), middle, image=icon)
        font = "ChatBold" if is_shown else "ChatBody"
        text = shorten(page.name, theme.fonts[font].measure, room)
        self.create_text(
            px(INSET + theme.grown(TEXT)), middle, anchor="w", text=text, font=font, fill=theme.colours.text
        )
        for number, mark in enumerate(page.marks):
            right = width - px(INSET + 13 + number * 20)
            self.create_image(right, middle, image=theme.icon(mark.icon, mark.role, MARK), anchor="e")

    def _bring_into_sight(self) -> None:
        keys = [page.key for page in self._pages]
        if self._shown not in keys or self.winfo_height() <= 1:
            return
        top = self._tops[keys.index(self._shown)]
        bottom, start = top + self._height(), int(self.canvasy(0))
        if top < start:
            self._scroll(top - start)
        elif bottom > start + self.winfo_height():
            self._scroll(bottom - start - self.winfo_height())

    def _scroll(self, pixels: int) -> None:
        total = int(str(self.cget("scrollregion")).split()[-1])
        if total > self.winfo_height():
            self.yview_moveto((self.canvasy(0) + pixels) / total)

    def _on_view(self, first: float, last: float) -> None:
        if float(first) <= 0 and float(last) >= 1:
            self._bar.place_forget()
        else:
            self._bar.place(in_=self, relx=1, relheight=1, anchor="ne")
            self._bar.lift()
        self._bar.set(first, last)
