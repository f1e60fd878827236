"""Three panes side by side with sashes between; the people make room when the window is narrow."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping

from chatapp.gui.theme.theme import Theme

NARROW = 820  # pixels at 96 dpi of the window below which the people are hidden
SASH = 4  # pixels at 96 dpi
LEAST_MIDDLE = 280
MOST_SIDEBAR = 0.32  # of the window
# Side -> its usual and its least width, in pixels at 96 dpi
WIDTHS = {"sidebar": (220, 160), "people": (190, 150)}


class SplitPanes(tk.PanedWindow):
    """Takes  widths: of the sides, as `widths` gave them at the last end
    shown: whether the people are wanted where there is room
    on_shown: told when a person wants them, or no longer
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        widths: Mapping[str, int],
        shown: bool,
        on_shown: Callable[[bool], object],
    ) -> None:
        super().__init__(master, orient="horizontal", borderwidth=0, opaqueresize=True, showhandle=False)
        self._theme = theme
        self._on_shown = on_shown
        self._widths = {side: max(widths.get(side, usual), least) for side, (usual, least) in WIDTHS.items()}
        self._sides: dict[str, tk.Widget] = {}
        self._offered = True  # there are people to show
        self._wanted = shown
        self._narrow = False
        self._squeezed = False  # the sidebar is narrower than is wanted
        self._peek = False  # shown although it is narrow
        self.bind("<Configure>", self._resized)
        theme.watch(self, self._paint)

    def fill(self, sidebar: tk.Widget, middle: tk.Widget, people: tk.Widget) -> None:
        """Put the three in their places."""
        px = self._theme.px
        self._sides = {"sidebar": sidebar, "people": people}
        for side, widget in (("sidebar", sidebar), ("", middle), ("people", people)):
            if side:
                width, least = self._widths[side], WIDTHS[side][1]
                self.add(widget, minsize=px(least), width=px(width), stretch="never")
            else:
                self.add(widget, minsize=px(LEAST_MIDDLE), stretch="always")
        self._show()

    def need(self, pixels: int) -> None:
        """The sidebar cannot do with less."""
        px, sidebar = self._theme.px, self._sides["sidebar"]
        least = max(px(WIDTHS["sidebar"][1]), pixels)
        width = sidebar.winfo_width() if sidebar.winfo_ismapped() else px(self._widths["sidebar"])
        self.tk.call(self, "paneconfigure", sidebar, "-minsize", least, "-width", max(width, least))

    def offer_people(self, offered: bool) -> None:
        """Whether the conversation has people at all."""
        self._offered = offered
        self._show()

    def toggle_people(self) -> None:
        """Show or hide the people; while it is narrow that is not remembered. The sidebar may give way."""
        if self._narrow:
            self._peek = not self._peek
        else:
            self._wanted = not self._wanted
            self._on_shown(self._wanted)
        self._show()

    def widths(self) -> dict[str, int]:
        """How wide the sides are, for the next start."""
        for side, widget in self._sides.items():
            if widget.winfo_ismapped() and not (side == "sidebar" and self._squeezed):
                self._widths[side] = round(widget.winfo_width() / self._theme.scale)
        return dict(self._widths)

    def _resized(self, event: tk.Event[tk.Misc]) -> None:
        narrow = event.width < self._theme.px(NARROW)
        if narrow != self._narrow:
            self._narrow, self._peek = narrow, False
            self._show()
        elif self._peek:
            self._show()
        self._squeeze(event.width)

    def _squeeze(self, whole: int) -> None:
        """Leave the messages of a narrow window more room than the sidebar's usual width does."""
        px, sidebar = self._theme.px, self._sides["sidebar"]
        least = int(self.tk.call(self, "panecget", sidebar, "-minsize"))
        most = max(round(whole * MOST_SIDEBAR), least)
        wanted = px(self.widths()["sidebar"])
        if self._squeezed or wanted > most:
            self.tk.call(self, "paneconfigure", sidebar, "-width", min(wanted, most))
        self._squeezed = wanted > most

    def _show(self) -> None:
        shown = self._offered and (self._peek if self._narrow else self._wanted)
        people = self._sides["people"]
        if people.winfo_ismapped() and not shown:
            self.tk.call(self, "paneconfigure", people, "-width", people.winfo_width())
        self.tk.call(self, "paneconfigure", people, "-hide", not shown)
        room = sum(usual for usual, _ in WIDTHS.values()) + LEAST_MIDDLE
        crowded = shown and self._peek and self.winfo_width() < self._theme.px(room)
        self.tk.call(self, "paneconfigure", self._sides["sidebar"], "-hide", crowded)

    def _paint(self) -> None:
        """A sash looks like the side it belongs to; where sides and middle are of one colour, like a line."""
        colours, px = self._theme.colours, self._theme.px
        distinct = colours.sidebar != colours.pane
        self.configure(
            background=colours.sidebar if distinct else colours.divider, sashwidth=px(SASH if distinct else 2)
        )
