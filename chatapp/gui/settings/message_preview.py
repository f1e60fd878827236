"""A few messages as they look with the present settings."""

from __future__ import annotations

import time
import tkinter as tk

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.block_options import Surroundings
from chatapp.gui.transcript.block_view import BlockView
from chatapp.languages.translation import N_, _

LINES = 12  # of body text that the preview is high
TEXTS = (
    ("Sofia", 0, N_("Good morning! The slides for today are in #general.")),
    ("Sofia", 0, N_("Question 3 is the hard one.")),
    ("Ben", 9, N_("Thanks. Is part *b* due at 18:00, too?")),
    ("Ana", 14, N_("Yes, both parts 👍")),
)  # minutes after the first message


class MessagePreview(tk.Frame):
    """Follows the theme by itself; `show` is for the clock."""

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        super().__init__(master, borderwidth=0)
        self._theme = theme
        start = time.mktime((2026, 5, 4, 14, 5, 0, 0, 0, -1))
        self._network, self._conversation = Network(), Conversation("#general", "channel")
        self._network.nick = "Ana"
        self._entries = [
            Entry(key, "message", start + 60 * minutes, nick, _(text), own=nick == "Ana")
            for key, (nick, minutes, text) in enumerate(TEXTS)
        ]
        self.view = BlockView(self, theme, lambda: None, lambda: start)
        self.view.text.configure(takefocus=False, cursor="")
        self.view.pack(fill="both", expand=True)
        self.pack_propagate(False)
        theme.watch(self, self._fit)

    def show(self, twelve_hours: bool) -> None:
        """Show the messages with times of 12 or of 24 hours."""
        self.view.reset(Surroundings(self._network, self._conversation), None, twelve_hours)
        self.view.fill((), self._entries)
        self.view.scroll_to_line(1)

    def _fit(self) -> None:
        line = self._theme.fonts["ChatBody"].metrics("linespace")
        self.configure(height=LINES * line + self._theme.px(48), background=self._theme.colours.pane)
