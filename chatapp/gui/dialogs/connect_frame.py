"""The frame of the first dialog: the picture and the titles above a page, the button and two links below it.

The page scrolls if the screen is too low for it; the button below it is always in sight.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import Dialog
from chatapp.gui.widgets.scrolled import Scrolled
from chatapp.gui.widgets.text_fit import shorten
from chatapp.languages.translation import N_, _

# Pixels at 96 dpi
WIDTH, HEIGHT, MARGIN = 408, 636, 28
PICTURE = 56
PADDING = 28  # of the button, at both sides together
ROOM_BESIDE = 72  # of a small screen, for panels and the borders of windows

SETTINGS_LINK = N_("Password or other settings")


class ConnectFrame(Dialog):
    """Fill `column` from row 1, then call `fit`.

    Attributes:
        inner_width: The width of a page, in pixels at 96 dpi.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        title: str,
        on_close: Callable[[], object],
        on_deed: Callable[[], object],
        on_settings: Callable[[], object],
    ) -> None:
        super().__init__(master, theme, title, on_close)
        px = theme.px
        most = (self.winfo_screenwidth() - px(ROOM_BESIDE)) / theme.scale - 2 * MARGIN
        self.inner_width = round(min(theme.grown(WIDTH - 2 * MARGIN), most))
        self.body.configure(padding=0)
        self._foot = ttk.Frame(self.body, padding=(px(MARGIN), px(20), px(MARGIN), px(12)))
        self._scrolled = Scrolled(self.body, theme, has_margin=True)
        self._scrolled.pack(fill="both", expand=True)
        self.over = self._scrolled.body
        self.over.columnconfigure(0, weight=1)
        self.column = ttk.Frame(self.over, padding=(px(MARGIN), px(MARGIN), px(MARGIN), 0))
        self.column.columnconfigure(0, weight=1, minsize=px(self.inner_width))
        self._panel: ttk.Frame | None = None
        self._build_head().grid(row=0, sticky="ew")
        self._build_foot(on_deed, on_settings)
        self.show_over(None)
        theme.watch(self.column, lambda: self.after_idle(self.fit))

    # Before the dialog is open, each change of a page would have everything measured once more.
    _can_fit = False

    def open(self, focus: tk.Misc) -> None:
        """Show the dialog as high as its page needs."""
        self._can_fit = True
        self.fit()
        super().open(focus)

    def show_titles(self, title: str, subtitle: str) -> None:
        """Change the texts above the page."""
        self._title.configure(text=title)
        self._subtitle.configure(text=subtitle)

    def show_over(self, panel: ttk.Frame | None) -> None:
        """Show a panel in place of everything, or None for the page and the buttons."""
        if self._panel is not None:
            self._panel.grid_remove()
        self._panel = panel
        if panel is not None:
            self.column.grid_remove()
            self._foot.pack_forget()
            margin = self.theme.px(MARGIN)
            panel.grid(row=0, column=0, sticky="nsew", padx=margin, pady=margin)
        else:
            self._foot.pack(side="bottom", fill="x", before=self._scrolled)
            self.column.grid(row=0, column=0, sticky="nsew")

    @property
    def is_covered(self) -> bool:
        """Whether a panel is shown in place of everything."""
        return self._panel is not None

    def show_deed(self, text: str) -> None:
        """Change the text of the button, which says what it does."""
        room = self.theme.px(self.inner_width - PADDING)
        self.deed.configure(text=shorten(text, self.theme.fonts["ChatBold"].measure, room))

    def show_links(self, back: str, command: Callable[[], object], has_settings: bool) -> None:
        """Show the links below the button.

        Args:
            back: The text of the first one, "" for none.
            command: What it does.
            has_settings: Whether there is the second one.
        """
        self.back.configure(text=back, command=command)
        for link, is_shown in ((self.back, bool(back)), (self.settings_link, has_settings)):
            link.pack_forget()
            if is_shown:
                link.pack(side="left", padx=self.theme.px(8))

    def fit(self) -> None:
        """Be as high as the page, but not higher than the screen; then the page scrolls."""
        if not self._can_fit or not self.winfo_exists():
            return
        self.update_idletasks()
        foot = self._foot.winfo_reqheight() if self._foot.winfo_manager() else 0
        most = self.winfo_screenheight() - self.theme.px(ROOM_BESIDE) - foot
        self._scrolled.fit(most, min(self.theme.px(HEIGHT) - foot, most))
        self.keep_on_screen()

    def _build_head(self) -> ttk.Frame:
        head, px, wrap = ttk.Frame(self.column), self.theme.px, self.theme.px(self.inner_width)
        head.columnconfigure(0, weight=1)
        self._picture = self.theme.app_icon(PICTURE)
        self._title = ttk.Label(head, style="Title.TLabel", wraplength=wrap, justify="center")
        self._subtitle = ttk.Label(
            head, style="Muted.TLabel", font="ChatBody", wraplength=wrap, justify="center"
        )
        ttk.Label(head, image=self._picture).grid(row=0)
        self._title.grid(row=1, pady=(px(12), 0))
        self._subtitle.grid(row=2, pady=(px(4), px(13)))
        return head

    def _build_foot(self, on_deed: Callable[[], object], on_settings: Callable[[], object]) -> None:
        self._foot.columnconfigure(0, weight=1)
        self.deed = ttk.Button(self._foot, style="LargePrimary.TButton", command=on_deed)
        links = ttk.Frame(self._foot)
        self.back = ttk.Button(links, style="Link.TButton")
        self.settings_link = ttk.Button(
            links, text=_(SETTINGS_LINK), style="Link.TButton", command=on_settings
        )
        self.deed.grid(row=0, sticky="ew")
        links.grid(row=1, pady=(self.theme.px(8), 0))
