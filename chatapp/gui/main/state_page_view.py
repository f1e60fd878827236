"""Draws a page in the place of the messages: a spinner or an icon, a title, lines, and buttons."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import ttk

from chatapp.gui.main.state_pages import Page, PageAction
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.scrolled import Scrolled
from chatapp.gui.widgets.spinner import Spinner
from chatapp.gui.widgets.text_fit import wrap

DISC, ICON, LARGE_ICON = 48, 24, 32  # in pixels at 96 dpi
MARGIN = 24
BUTTON_PAD = 32  # beside the word of a button
ABOVE = 0.42  # share of the free height that is above the page
ROUND = 1000  # a radius of more than half of any disc


class StatePageView(ttk.Frame):
    """Shows a Page. The owner places it.

    Args:
        on_action: Called with what the pressed button does.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_action: Callable[[PageAction], object]) -> None:
        super().__init__(master)
        px = theme.px
        self._theme = theme
        self._on_action = on_action
        self._page: Page | None = None
        self._scrolled = Scrolled(self, theme)
        self._scrolled.place(relwidth=1, relheight=1)
        outer = self._scrolled.body
        middle = ttk.Frame(outer)
        self._spinner = Spinner(middle, theme)
        self._disc = tk.Canvas(middle, highlightthickness=0, borderwidth=0)
        self._title = ttk.Label(middle, style="Header.TLabel", justify="center", anchor="center")
        self._lines = ttk.Label(middle, style="Muted.TLabel", justify="center", anchor="center")
        self._foot = ttk.Frame(middle)
        self.buttons: list[ttk.Button] = []
        self._title.grid(row=1, pady=(px(16), px(8)))
        self._lines.grid(row=2)
        self._foot.grid(row=3, pady=(px(16), 0))
        middle.columnconfigure(0, weight=1)
        middle.grid(row=1, column=0, pady=px(8))
        outer.columnconfigure(0, weight=1)
        self._middle = middle
        self.bind("<Configure>", lambda event: self._wrap())
        middle.bind("<Configure>", lambda event: self._centre())
        theme.watch(self, self._paint)

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._page

    def show(self, page: Page) -> None:
        """Show a page. Buttons that stay the same keep the keyboard focus."""
        before, self._page = self._page, page
        if before is None or before.buttons != page.buttons:
            self._make_buttons(page)
        self._title.configure(text=page.title)
        self._lines.configure(text="\n".join(page.lines))
        (self._lines.grid if page.lines else self._lines.grid_remove)()
        if page.icon:
            self._spinner.grid_remove()
            self._disc.grid(row=0)
        else:
            self._disc.grid_remove()
            self._spinner.grid(row=0)
        if before is None or (before.icon, before.surface) != (page.icon, page.surface):
            self._paint()

    @property
    def focus_target(self) -> tk.Misc:
        """The first button."""
        return self.buttons[0] if self.buttons else self

    def _make_buttons(self, page: Page) -> None:
        had_focus = str(self.tk.call("focus")).startswith(str(self._foot))
        for button in self.buttons:
            button.destroy()
        self.buttons = []
        for label, action in page.buttons:
            button = ttk.Button(self._foot, text=label, command=partial(self._on_action, action))
            self.buttons.append(button)
        self._place_buttons()
        if had_focus:
            self.focus_target.focus_set()

    def _paint(self) -> None:
        page, theme, px = self._page, self._theme, self._theme.px
        if page is None or not page.icon:
            return
        side = px(theme.grown(DISC))
        centre = side // 2
        self._disc.configure(width=side, height=side, background=theme.colours.pane)
        self._disc.delete("all")
        if page.surface:
            self._disc.create_image(0, 0, anchor="nw", image=theme.box(side, side, ROUND, page.surface))
        icon = theme.icon(page.icon, page.icon_role, theme.grown(ICON if page.surface else LARGE_ICON))
        self._disc.create_image(centre, centre, image=icon)

    def _place_buttons(self) -> None:
        """Place the buttons side by side, or one below the other in a narrow pane."""
        px, room = self._theme.px, self.winfo_width() - 2 * self._theme.px(MARGIN)
        gap, measure = px(4), self._theme.fonts["ChatBody"].measure
        labels = [label for label, _ in self._page.buttons] if self._page else []
        for button, label in zip(self.buttons, labels, strict=True):
            rows = wrap(label, measure, room - px(BUTTON_PAD), 2) if room > px(BUTTON_PAD) else [label]
            button.configure(text="\n".join(rows))
        needed = sum(button.winfo_reqwidth() + 2 * gap for button in self.buttons)
        fits = needed <= room
        for number, button in enumerate(self.buttons):
            row, column = (0, number) if fits else (number, 0)
            button.grid(row=row, column=column, padx=gap, pady=gap, sticky="ew")

    def _centre(self) -> None:
        """Put the page a little above the middle, or at the top if it is higher than its place."""
        free = self.winfo_height() - self._middle.winfo_reqheight() - 2 * self._theme.px(8)
        self._scrolled.body.rowconfigure(0, minsize=max(round(free * ABOVE), 0))

    def _wrap(self) -> None:
        self._place_buttons()
        width = max(self.winfo_width() - 2 * self._theme.px(MARGIN), 1)
        for label in (self._title, self._lines):
            label.configure(wraplength=width)
        self._centre()
