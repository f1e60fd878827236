"""The bar in the composer that shows which message is replied to or edited."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.icon_button import IconButton
from chatapp.gui.widgets.text_fit import shorten
from chatapp.languages.translation import N_, _

HEIGHT = 36  # in pixels at 96 dpi
GAP = 12  # between the name and the words of the message, in pixels at 96 dpi
NAME_WIDTH = 200  # at most, in pixels at 96 dpi
EDITING = N_("Editing your message")


class ReplyBar(ttk.Frame):
    """`Replying to Chen Li  Use socket.settimeout…  ×`; it is as wide as its place.

    Args:
        on_close: Called when its button is pressed.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_close: Callable[[], object]) -> None:
        super().__init__(master, style="ReplyBar.TFrame")
        px = theme.px
        self._theme = theme
        self._words = ""
        self._icon_name = "reply"
        self._icon_label = ttk.Label(self, style="Muted.Chip.TLabel")
        self._verb_label = ttk.Label(self, style="Muted.Chip.TLabel")
        self._name_label = ttk.Label(self, style="SmallBold.Chip.TLabel")
        self._end_label = ttk.Label(self, style="Muted.Chip.TLabel")  # for languages with the verb at the end
        self._words_label = ttk.Label(self, style="Muted.Chip.TLabel")
        self.button = IconButton(self, theme, "x", _("Cancel"), on_close, style="Chip.", key="Esc", size=14)
        self.button.pack(side="right", padx=px(6))  # first: it keeps its room in a narrow window
        self._icon_label.pack(side="left", padx=(px(11), px(5)))
        self._verb_label.pack(side="left")
        self._name_label.pack(side="left", padx=(px(1), 0))
        self._end_label.pack(side="left", padx=(px(1), 0))
        self._words_label.pack(side="left", padx=(px(GAP), px(8)), fill="x", expand=True)
        self.pack_propagate(False)
        self._words_label.bind("<Configure>", lambda event: self._fit())
        theme.watch(self, self._paint)

    def show_reply(self, name: str, text: str) -> None:
        """Show that a reply is written.

        Args:
            name: Who wrote the message.
            text: The message in one line.
        """
        begin, _name, end = _("Replying to {name}").partition("{name}")
        self._show("reply", begin.strip(), name, text, end.strip())

    def show_edit(self, text: str) -> None:
        """Show that an own message is edited.

        Args:
            text: The message as it was, in one line.
        """
        self._show("pencil", _(EDITING), "", text)

    def _show(self, icon: str, verb: str, name: str, text: str, end: str = "") -> None:
        self._icon_name = icon
        self._icon_label.configure(image=self._theme.icon(icon, "muted", self._theme.grown(14)))
        self._verb_label.configure(text=verb)
        self._end_label.configure(text=end)
        if end:
            self._end_label.pack(side="left", padx=(self._theme.px(1), 0), before=self._words_label)
        else:
            self._end_label.pack_forget()
        self._name_label.configure(
            text=shorten(name, self._theme.fonts["ChatSmallBold"].measure, self._name_width())
        )
        self._words = text
        self._fit()

    def _name_width(self) -> int:
        """Return the most that a name may take: less than half, so that some words can be read."""
        px = self._theme.px
        width = px(self._theme.grown(NAME_WIDTH))
        return (
            min(width, max(self.winfo_width() // 2, px(NAME_WIDTH) // 2)) if self.winfo_width() > 1 else width
        )

    def _fit(self) -> None:
        label, measure = self._words_label, self._theme.fonts["ChatSmall"].measure
        margin = label.winfo_reqwidth() - measure(str(label.cget("text")))
        label.configure(text=shorten(self._words, measure, max(label.winfo_width() - margin, 0)))

    def _paint(self) -> None:
        px = self._theme.px
        linespace = self._theme.fonts["ChatSmall"].metrics("linespace")
        self.configure(height=max(px(HEIGHT - 2), linespace + px(8)))
        self._icon_label.configure(image=self._theme.icon(self._icon_name, "muted", self._theme.grown(14)))
        self._fit()
