"""Three panes side by side with sashes between them; the people pane hides when the window is narrow.

With large text in a narrow window the sidebar hides, too; it then takes the place of the messages on demand.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping
from tkinter import ttk

from chatapp.gui.theme.theme import Theme

NARROW = 820  # width of the window below which the people pane is hidden, in pixels at 96 dpi
SIDE_GROWTH = 0.25  # of the growth of text; the messages need the rest
SASH = 4  # pixels at 96 dpi
MIN_MIDDLE = 280  # pixels at 96 dpi
MAX_SIDEBAR_SHARE = 0.2935  # of the width of the window
# Side -> its default, minimum and maximum width, in pixels at 96 dpi
WIDTHS = {"sidebar": (236, 160, 400), "people": (216, 150, 360)}

SEARCH_WIDTH, SEARCH_MINIMUM = 400, 300  # of the search pane, in pixels at 96 dpi


class SplitPanes(tk.PanedWindow):
    """Sidebar, messages and people; the search pane takes the place of the people while it is shown.

    Args:
        widths: Side -> width in pixels at 96 dpi, as `widths()` returned it in the last session.
        people_shown: Whether to show the people pane where there is room.
        on_people_shown: Called with True or False when the user shows or hides the people pane.
        on_cramped: Called with whether the sidebar is hidden because it has no room beside the messages.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        widths: Mapping[str, int],
        people_shown: bool,
        on_people_shown: Callable[[bool], object],
        on_cramped: Callable[[bool], object] = lambda is_cramped: None,
    ) -> None:
        super().__init__(master, orient="horizontal", borderwidth=0, opaqueresize=True, showhandle=False)
        self._theme = theme
        self._on_people_shown = on_people_shown
        self._on_cramped = on_cramped
        self._widths = {
            side: min(max(widths.get(side, default), minimum), maximum)
            for side, (default, minimum, maximum) in WIDTHS.items()
        }
        self._sides: dict[str, tk.Widget] = {}
        self._middle: tk.Widget | None = None
        self._search: tk.Widget | None = None
        self._is_search_shown = False
        self._has_people = True  # whether the conversation has people to show
        self._people_wanted = people_shown
        self._is_narrow = False
        self._is_people_forced = False  # whether people are shown although the window is narrow
        self._is_cramped = False  # whether the sidebar has no room beside the messages
        self._is_sidebar_forced = False  # whether it is in their place
        self._dividers: list[tuple[ttk.Frame, tk.Widget, int]] = []  # each with its pane, and x in it
        self._growth = 1.0  # of the sides, with the size of text
        self._limited_width = 0  # of the sidebar in a window of this size, in pixels
        self._dragged = ""  # the side whose sash is being dragged
        self.bind("<Configure>", self._on_resize)
        self.bind("<Button-1>", self._on_press)
        self.bind("<B1-Motion>", self._on_drag)
        self.bind("<ButtonRelease-1>", self._on_release)
        theme.watch(self, self._paint)

    def add_panes(self, sidebar: tk.Widget, middle: tk.Widget, people: tk.Widget) -> None:
        """Add the three panes."""
        px = self._theme.px
        self._sides = {"sidebar": sidebar, "people": people}
        for side, widget in (("sidebar", sidebar), ("", middle), ("people", people)):
            if side:
                self.add(widget, minsize=self._minimum(side), width=self._wanted(side), stretch="never")
            else:
                self.add(widget, minsize=px(MIN_MIDDLE), stretch="always")
        self._add_divider(middle, 0)
        self._add_divider(people, -px(SASH))  # where the line below the header of the messages ends
        self._middle = middle
        self._paint()
        self._update_visibility()

    def continue_line(self, widget: tk.Widget) -> None:
        """Continue the line at the upper edge of a widget of the sidebar over the sash."""
        px = self._theme.px
        line = ttk.Frame(self, style="Divider.TFrame")
        line.place(in_=widget, relx=1, width=px(SASH), height=max(px(1), 1))
        line.lift()

    def _add_divider(self, pane: tk.Widget, x: int) -> None:
        """Make the line at the left edge of a pane; see `_paint`."""
        self._dividers.append((ttk.Frame(self, style="Divider.TFrame"), pane, x))

    def add_search(self, search: tk.Widget) -> None:
        """Add the search pane, hidden."""
        self._search = search
        self._add_divider(search, -self._theme.px(SASH))
        self._paint()

    @property
    def shows_search(self) -> bool:
        """Whether the search pane is shown."""
        return self._is_search_shown

    def show_search(self, shown: bool) -> None:
        """Show or hide the search pane: beside the messages, or over them in a narrow window."""
        self._is_search_shown = shown
        self._update_visibility()

    @property
    def covers_messages(self) -> bool:
        """Whether the search pane is over the messages."""
        return self._is_search_shown and self._is_narrow

    def set_people_available(self, available: bool) -> None:
        """Set whether the conversation has people at all."""
        self._has_people = available
        self._update_visibility()

    def toggle_people(self) -> None:
        """Show or hide the people; in a narrow window this is not stored, and may hide the sidebar."""
        if self._is_narrow:
            self._is_people_forced = not self._is_people_forced
        else:
            self._people_wanted = not self._people_wanted
            self._on_people_shown(self._people_wanted)
        self._update_visibility()

    def toggle_sidebar(self) -> bool:
        """Show the sidebar in the place of the messages where it is hidden, or hide it again.

        Returns:
            Whether it is shown.
        """
        self._is_sidebar_forced = self._is_cramped and not self._is_sidebar_forced
        self._update_visibility()
        return self._is_sidebar_forced or not self._is_cramped

    def show_messages(self) -> bool:
        """Show the messages if the sidebar is in their place; return whether it was."""
        was_hidden = self._is_sidebar_forced
        if was_hidden:
            self.toggle_sidebar()
        return was_hidden

    def widths(self) -> dict[str, int]:
        """Return the widths that the user chose, in pixels at 96 dpi, to be stored for the next session.

        A side that is narrower for now, because the window is small, keeps the width that it had before.
        """
        return dict(self._widths)

    def _wanted(self, side: str) -> int:
        """Return the width of a side in pixels: larger with larger text."""
        return self._theme.px(min(self._widths[side] * self._growth, WIDTHS[side][2]))

    def _minimum(self, side: str) -> int:
        """Return the smallest width of a side in pixels, at which names can still be read."""
        return self._theme.px(WIDTHS[side][1] * self._growth)

    def _follow_text(self) -> None:
        """Give the sides a part of the growth of the text."""
        growth = 1 + (self._theme.grown(1) - 1) * SIDE_GROWTH
        if growth == self._growth:
            return
        self._growth = growth
        for side, widget in self._sides.items():
            sizes = ("-minsize", self._minimum(side), "-width", self._wanted(side))
            self.tk.call(self, "paneconfigure", widget, *sizes)
        if self._sides and self.winfo_width() > 1:
            self._follow_room(self.winfo_width())
            self._limit_sidebar(self.winfo_width())

    def _on_resize(self, event: tk.Event[tk.Misc]) -> None:
        is_narrow = self.winfo_toplevel().winfo_width() < self._theme.px(NARROW)
        if is_narrow != self._is_narrow:
            self._is_narrow, self._is_people_forced = is_narrow, False
            self._update_visibility()
        elif self._is_people_forced:
            self._update_visibility()
        self._follow_room(event.width)
        self._limit_sidebar(event.width)

    def _follow_room(self, width: int) -> None:
        """Hide the sidebar where the messages would have less room than some words need."""
        needed = self._minimum("sidebar") + self._theme.px(self._theme.grown(MIN_MIDDLE))
        if (width < needed) != self._is_cramped:
            self._is_cramped, self._is_sidebar_forced = width < needed, False
            self._update_visibility()
            self._on_cramped(self._is_cramped)

    def _limit_sidebar(self, window_width: int) -> None:
        """Reduce the sidebar in a narrow window, to leave room for the messages; else give it its width."""
        maximum = max(round(window_width * MAX_SIDEBAR_SHARE), self._minimum("sidebar"))
        width = min(self._wanted("sidebar"), maximum)
        if width != self._limited_width and not self._is_sidebar_forced:
            self._limited_width = width
            self.tk.call(self, "paneconfigure", self._sides["sidebar"], "-width", width)

    def _update_visibility(self) -> None:
        is_shown = self._has_people and (self._is_people_forced if self._is_narrow else self._people_wanted)
        is_shown = is_shown and not self._is_search_shown
        people = self._sides["people"]
        room = sum(default for default, _, _ in WIDTHS.values()) + MIN_MIDDLE
        is_crowded = is_shown and self._is_people_forced and self.winfo_width() < self._theme.px(room)
        is_alone = self._is_sidebar_forced
        sidebar, hides_sidebar = self._sides["sidebar"], self._is_cramped and not is_alone
        self.tk.call(self, "paneconfigure", people, "-hide", not is_shown or is_alone)
        if self._middle is not None:
            self.tk.call(self, "paneconfigure", self._middle, "-hide", is_alone)
        stretch = "always" if is_alone else "never"
        self.tk.call(
            self, "paneconfigure", sidebar, "-hide", is_crowded or hides_sidebar, "-stretch", stretch
        )
        if is_alone:
            self._limited_width = 0
            self.tk.call(self, "paneconfigure", sidebar, "-width", self.winfo_width())
        elif not self._limited_width and self.winfo_width() > 1:
            self._limit_sidebar(self.winfo_width())
        self._update_search()

    def _update_search(self) -> None:
        """Place the search pane."""
        search, px = self._search, self._theme.px
        if search is None or self._middle is None:
            return
        is_pane = str(search) in map(str, self.tk.splitlist(self.tk.call(self, "panes")))
        if self._is_search_shown and not self._is_narrow:
            search.place_forget()
            rest = self.winfo_width() - self._sides["sidebar"].winfo_width() - px(MIN_MIDDLE + 2 * SASH)
            width = max(min(px(SEARCH_WIDTH), rest), px(SEARCH_MINIMUM))
            if not is_pane:
                self.add(search, minsize=px(SEARCH_MINIMUM), width=width, stretch="never")
        else:
            if is_pane:
                self.forget(search)
            if self._is_search_shown:
                search.place(in_=self._middle, relwidth=1, relheight=1)
                search.lift()
            else:
                search.place_forget()

    def _on_press(self, event: tk.Event[tk.Misc]) -> None:
        """Note which sash the user drags."""
        found = self.tk.splitlist(self.tk.call(self, "identify", event.x, event.y))
        shown = [each for each in ("sidebar", "people") if self._sides[each].winfo_ismapped()]
        is_sash = len(found) == 2 and int(found[0]) < len(shown)
        self._dragged = shown[int(found[0])] if is_sash else ""

    def _on_drag(self, event: tk.Event[tk.Misc]) -> str | None:
        """Do not let a side become wider than it may."""
        if not self._dragged:
            return None
        width = event.x if self._dragged == "sidebar" else self.winfo_width() - event.x
        return "break" if width > self._theme.px(WIDTHS[self._dragged][2]) else None

    def _on_release(self, _: tk.Event[tk.Misc]) -> None:
        """Note the width that the user chose."""
        if self._dragged:
            width = self._sides[self._dragged].winfo_width()
            self._widths[self._dragged] = round(width / self._theme.scale / self._growth)
            if self._dragged == "sidebar":
                self._limited_width = width
            self._dragged = ""

    def _paint(self) -> None:
        """Paint the sashes like the sides; if sides and middle have the same colour, part them by lines."""
        self._follow_text()
        colours, px = self._theme.colours, self._theme.px
        self.configure(background=colours.sidebar, sashwidth=px(SASH))
        is_distinct = colours.sidebar != colours.pane
        for divider, pane, x in self._dividers:
            if is_distinct:
                divider.place_forget()
            else:
                divider.place(in_=pane, x=x, relheight=1, width=max(px(1), 1))
                divider.lift()
