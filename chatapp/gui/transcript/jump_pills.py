"""Buttons over the ends of the messages: to the first unread message above, and to the newest below."""

from __future__ import annotations

from collections.abc import Callable
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.platform_events import shown_keys
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.languages.translation import N_, _

GAP = 12  # between a pill and the edge of the pane, in pixels at 96 dpi
ICON = 14
# the longest that has room
UNREAD_TEXTS = (
    N_("New messages since {time}"),
    N_("New since {time}"),
    N_("New"),
)
ROUND = 36  # least width and height of the lower pill
RIGHT = 16  # between the lower pill and the right edge, where the scrollbar is


class JumpPills:
    """`↑ New messages since 10:02`, and an arrow with a number, in the right margin: `↓ 5`.

    Args:
        on_unread: Called when the upper pill is pressed.
        on_newest: Called when the lower pill is pressed.
    """

    def __init__(
        self,
        master: ttk.Frame,
        theme: Theme,
        on_unread: Callable[[], object],
        on_newest: Callable[[], object],
    ) -> None:
        self._theme = theme
        self.unread, self.newest = (
            ttk.Button(master, style="Pill.TButton", compound="left", command=command, takefocus=False)
            for command in (on_unread, on_newest)
        )
        self._master = master
        self._since = ""
        Tooltip(self.newest, theme, _("Newest messages"), shown_keys("Esc"))
        master.bind("<Configure>", lambda event: self._fit(), add=True)
        theme.watch(self.newest, self._paint)

    def show_newest(self, shown: bool, count: int) -> None:
        """Show or hide the pill that leads to the newest message.

        Args:
            count: How many messages have arrived out of sight.
        """
        px = self._theme.px
        side = max(px(ROUND), self._theme.fonts["ChatBold"].metrics("linespace") + px(8))
        if shown:
            self.newest.configure(
                text=f"{count}" if count else "",
                compound="left" if count else "image",
                padding="" if count else 0,  # else the arrow alone has no room and is not in the middle
            )
            width = self.newest.winfo_reqwidth() if count else 0
            self.newest.place(
                relx=1, rely=1, x=-px(RIGHT), y=-px(GAP), anchor="se", height=side,
                width=max(width, side),
            )  # fmt: skip
        else:
            self.newest.place_forget()

    def show_unread(self, since: str) -> None:
        """Show the pill that leads to the first unread message, or hide it.

        Args:
            since: When the first unread message came, such as `10:02`; empty to hide the pill.
        """
        self._since = since
        if since:
            self._fit()
            self.unread.place(relx=0.5, rely=0, y=self._theme.px(GAP), anchor="n")
        else:
            self.unread.place_forget()

    def _fit(self) -> None:
        """Give the upper pill the longest of its texts that has room."""
        if not self._since:
            return
        room = self._master.winfo_width() - 2 * self._theme.px(GAP)
        for text in UNREAD_TEXTS:
            self.unread.configure(text=f" {_(text).format(time=self._since)}")
            if self._master.winfo_width() <= 1 or self.unread.winfo_reqwidth() <= room:
                return

    def _paint(self) -> None:
        size = self._theme.grown(ICON)
        self.unread.configure(image=self._theme.icon("up", "on_primary", size))
        self.newest.configure(image=self._theme.icon("down", "on_primary", size))
        self._fit()
