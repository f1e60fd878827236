"""The bar above the composer while the user reads an older part of the conversation."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.client.model.conversation import Conversation
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.text_fit import shorten
from chatapp.languages.translation import N_, _, ngettext

ICON = 15  # pixels at 96 dpi
TEXT, SHORT_TEXT = N_("You are reading older messages."), N_("Older messages")


class PastBar(ttk.Frame):
    """Says that newer messages exist, and how many are new. The owner grids it; it hides itself.

    Args:
        on_now: Called when the button is pressed.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_now: Callable[[], object]) -> None:
        super().__init__(master, style="Bar.Notice.TFrame")
        px = theme.px
        self._theme = theme
        self._texts = ("", "", "")
        self._icon = ttk.Label(self, style="Notice.TLabel")
        self._label = ttk.Label(self, style="Notice.TLabel")
        self._news = ttk.Label(self, style="Bold.Notice.TLabel")
        self.button = ttk.Button(
            self, text=_("Back to now"), style="SmallPrimary.Notice.TButton", compound="left", command=on_now
        )
        self._icon.grid(row=0, column=0, padx=(px(12), px(8)))
        self._label.grid(row=0, column=1, sticky="w")
        self._news.grid(row=0, column=2, sticky="w", padx=px(8))
        self.button.grid(row=0, column=3, padx=px(4), pady=px(4))
        self.columnconfigure(2, weight=1)
        self.rowconfigure(0, minsize=px(40))
        self.bind("<Configure>", lambda event: self._fit())
        theme.watch(self, self._paint)

    def show(self, conversation: Conversation | None) -> None:
        """Show how many messages are new, or hide while the present is shown."""
        if conversation is None or conversation.past is None:
            self.grid_remove()
            return
        new = conversation.unread
        news = ngettext("{count} new message", "{count} new messages", new).format(count=new)
        short_news = ngettext("{count} new", "{count} new", new).format(count=new)
        self._texts = (_(TEXT), news, short_news) if new else (_(TEXT), "", "")
        self.grid()
        self._fit()

    def _paint(self) -> None:
        self._icon.configure(image=self._theme.icon("clock", "text", self._theme.grown(ICON)))
        self.button.configure(image=self._theme.icon("down", "on_primary", self._theme.grown(ICON)))
        self._fit()

    def _fit(self) -> None:
        """Shorten the texts to the room beside the button, first the one about older messages."""
        px, fonts = self._theme.px, self._theme.fonts
        width = max(self.winfo_width() - self.button.winfo_reqwidth() - px(self._theme.grown(ICON) + 52), 0)
        text, news, short_news = self._texts
        if fonts["ChatBold"].measure(news) > width:
            news = shorten(short_news, fonts["ChatBold"].measure, width)
        width -= fonts["ChatBold"].measure(news)
        measure = fonts["ChatBody"].measure
        if measure(text) > width:
            text = _(SHORT_TEXT)
        if measure(text) > width:
            text = "" if news else shorten(text, measure, max(width, 0))
        self._label.configure(text=text)
        self._news.configure(text=news)
