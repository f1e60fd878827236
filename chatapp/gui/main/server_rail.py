"""The rail at the left of the window: a tile for each server, and a `+` that adds one.

Mouse: a click chooses a server, a right click opens its menu, a drag moves it. Keyboard: up, down, Home and
End move the focus ring, Enter or Space chooses, Ctrl+Shift with up or down moves the tile, Shift+F10 or the
Menu key opens its menu.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import font as tkfont
from typing import NamedTuple

from chatapp.client.model.network import Network
from chatapp.gui.main.server_tiles import MOST_KEYS, ServerTile
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import platform_events
from chatapp.gui.widgets.keyboard_focus import RELEASE_FOCUS
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.gui.widgets.widget_paths import has_focus
from chatapp.languages.translation import N_, _

# Pixels at 96 dpi
WIDTH = 52
TILE, LEFT, TOP, STEP = 36, 8, 8, 48
BAR_WIDTH, BAR_HEIGHT = 4, 24
BADGE, BADGE_RIM, BADGE_PAD = 16, 2, 5
BADGE_TEXT = 15  # at most
DOT = 8
RING = 2  # width of the rings around a tile, and their distance from it
DRAG = 6  # that the pointer must move before a tile moves
RADIUS = 10
ADD = N_("Add a server")
STEPS = {"Up": -1, "Down": 1, "Home": -1000, "End": 1000}


class RailHandlers(NamedTuple):
    """Functions that the rail calls."""

    on_choose: Callable[[Network], object]
    """Show this server."""
    on_menu: Callable[[Network, int, int], object]
    """Open the menu of a server at screen coordinates."""
    on_move: Callable[[Network, int], object]
    """Move a server to this place among the others."""
    on_add: Callable[[], object]
    """Add a server."""


class ServerRail(tk.Canvas):
    """The tiles, one below the other; the wheel scrolls them if there are too many."""

    def __init__(self, master: tk.Misc, theme: Theme, handlers: RailHandlers) -> None:
        super().__init__(master, highlightthickness=0, borderwidth=0, takefocus=True, height=1)
        self._theme = theme
        self._handlers = handlers
        self._tiles: Sequence[ServerTile] = ()
        self._focused = 0  # index of the tile with the ring; that of `+` is the number of tiles
        self._pressed: int | None = None  # index of the tile where the mouse button went down
        self._press_y = 0
        self._drop: int | None = None  # where the dragged tile would stand
        self._hovered: int | None = None
        self._tooltip = Tooltip(self, theme)
        self._bind_events()
        theme.watch(self, self._paint)

    def show(self, tiles: Sequence[ServerTile]) -> None:
        """Show these servers."""
        if list(tiles) == list(self._tiles):
            return
        focused = self._tiles[self._focused].network if self._focused < len(self._tiles) else None
        had_plus = self._focused == len(self._tiles)
        self._tiles = tiles
        networks = [each.network for each in tiles]
        if focused in networks:
            self._focused = networks.index(focused)
        elif had_plus and self._has_focus():
            self._focused = len(tiles)
        else:
            self._focused = min(self._focused, len(tiles))
        if self._pressed is not None and self._pressed >= len(tiles):
            self._end_drag()
        self._draw()

    def _bind_events(self) -> None:
        self.bind("<Configure>", lambda event: self._draw())
        self.bind("<Motion>", lambda event: self._hover(self._at(event)))
        self.bind("<Leave>", lambda event: self._hover(None), add=True)
        self.bind("<Button-1>", self._on_press, add=True)
        self.bind("<B1-Motion>", self._on_drag)
        self.bind("<ButtonRelease-1>", self._on_release)
        platform_events.bind_menu(self, self._on_right_click)
        platform_events.bind_wheel(self, self._scroll)
        self.bind("<FocusIn>", lambda event: self._on_focus())
        self.bind("<FocusOut>", lambda event: self._draw(), add=True)
        for key, step in STEPS.items():
            self.bind(f"<{key}>", lambda event, step=step: self._step(step, event))  # type: ignore[misc]
        for key, step in (("Up", -1), ("Down", 1)):
            name = f"<{platform_events.COMMAND}-Shift-{key}>"
            self.bind(name, lambda event, step=step: self._move_focused(step))  # type: ignore[misc]
        for key in ("<Return>", "<KP_Enter>", "<space>"):
            self.bind(key, lambda event: self._choose(self._focused))
        for key in platform_events.MENU_KEYS:
            self.bind(key, lambda event: self._menu_at_focus())

    # places

    def _at(self, event: tk.Event[tk.Misc]) -> int | None:
        """Return the index of the tile at a place, that of `+` is the number of tiles; None beside them."""
        px = self._theme.px
        y = int(self.canvasy(event.y)) - px(TOP)
        index, inside = divmod(y, px(STEP))
        is_tile = y >= 0 and inside < px(TILE) and index <= len(self._tiles)
        return index if is_tile and 0 <= event.x < px(WIDTH) else None

    def _top(self, index: int) -> int:
        return self._theme.px(TOP) + index * self._theme.px(STEP)

    def _see(self, index: int) -> None:
        """Scroll as little as possible to a tile."""
        px, height = self._theme.px, self.winfo_height()
        top, bottom = self._top(index) - px(TOP), self._top(index) + px(TILE + TOP)
        shown = int(self.canvasy(0))
        total = max(self._total(), 1)
        if top < shown:
            self.yview_moveto(top / total)
        elif bottom > shown + height:
            self.yview_moveto((bottom - height) / total)

    def _total(self) -> int:
        return max(self._top(len(self._tiles) + 1), self.winfo_height())

    def _scroll(self, pixels: int) -> None:
        self._tooltip.hide()
        self.yview_moveto((self.canvasy(0) + pixels) / max(self._total(), 1))

    # mouse

    def _hover(self, index: int | None) -> None:
        if index == self._hovered:
            return
        self._hovered = index
        self.configure(cursor="" if index is None else "hand2")
        self._show_tip(index)
        self._draw()

    def _show_tip(self, index: int | None) -> None:
        """Say at the right of a tile what it is."""
        if index is None or self._drop is not None:
            self._tooltip.show("")
            return
        y = self._top(index) - int(self.canvasy(0))
        at = self.winfo_rootx() + self.winfo_width(), self.winfo_rooty() + y
        if index == len(self._tiles):
            self._tooltip.show(_(ADD), at=at)
        else:
            tile = self._tiles[index]
            key = platform_events.shown_keys(f"Ctrl+Alt+{index + 1}") if index < MOST_KEYS else ""
            self._tooltip.show(f"{tile.label}\n{tile.state}", key, at=at)

    def _on_press(self, event: tk.Event[tk.Misc]) -> None:
        self._pressed, self._press_y = self._at(event), event.y

    def _on_drag(self, event: tk.Event[tk.Misc]) -> None:
        """Show where the tile would stand; beside the rail, it would stay where it was."""
        if self._pressed is None or self._pressed >= len(self._tiles):
            return
        if self._drop is None and abs(event.y - self._press_y) < self._theme.px(DRAG):
            return
        self._tooltip.hide()
        gap = round((int(self.canvasy(event.y)) - self._theme.px(TOP)) / self._theme.px(STEP))
        gap = min(max(gap, 0), len(self._tiles))  # between which tiles
        self._drop = gap - 1 if gap > self._pressed else gap
        if not -self._theme.px(WIDTH) <= event.x < self._theme.px(2 * WIDTH):
            self._drop = self._pressed
        self._draw()

    def _on_release(self, event: tk.Event[tk.Misc]) -> None:
        pressed, drop = self._pressed, self._drop
        self._end_drag()
        if pressed is None or pressed > len(self._tiles):
            return
        if drop is not None:
            if drop != pressed:
                self._handlers.on_move(self._tiles[pressed].network, drop)
        elif self._at(event) == pressed:
            self._choose(pressed)

    def _end_drag(self) -> None:
        self._pressed = self._drop = None
        self._draw()

    def _on_right_click(self, event: tk.Event[tk.Misc]) -> None:
        index = self._at(event)
        if index is not None and index < len(self._tiles):
            self._handlers.on_menu(self._tiles[index].network, event.x_root, event.y_root)

    # keyboard

    def _has_focus(self) -> bool:
        return has_focus(self)

    def _on_focus(self) -> None:
        """Put the ring on the current server."""
        current = next((at for at, each in enumerate(self._tiles) if each.is_current), 0)
        self._focused = current
        self._see(current)
        self._draw()

    def _step(self, step: int, event: tk.Event[tk.Misc]) -> str | None:
        if platform_events.has_modifier(event):
            return None
        self._focused = min(max(self._focused + step, 0), len(self._tiles))
        self._see(self._focused)
        self._draw()
        self._show_tip(self._focused)
        return "break"

    def _move_focused(self, step: int) -> str:
        index = self._focused + step
        if self._focused < len(self._tiles) and 0 <= index < len(self._tiles):
            self._handlers.on_move(self._tiles[self._focused].network, index)
        return "break"

    def _choose(self, index: int) -> str:
        self._tooltip.hide()
        if index < len(self._tiles):
            self._handlers.on_choose(self._tiles[index].network)
            self.event_generate(RELEASE_FOCUS)
        else:
            self._handlers.on_add()
        return "break"

    def _menu_at_focus(self) -> str:
        if self._focused < len(self._tiles):
            px = self._theme.px
            y = self._top(self._focused) + px(TILE) - int(self.canvasy(0))
            x = self.winfo_rootx() + px(LEFT)
            self._handlers.on_menu(self._tiles[self._focused].network, x, self.winfo_rooty() + y)
        return "break"

    # drawing

    def _paint(self) -> None:
        theme = self._theme
        self.configure(background=theme.colours.rail, width=theme.px(WIDTH))
        tiny = theme.fonts["ChatTinyBold"]
        size = min(-int(tiny.cget("size")), theme.px(BADGE_TEXT))  # a tile does not grow with the text
        self._badge_font = tkfont.Font(self, family=tiny.cget("family"), size=-size, weight="bold")
        self._draw()

    def _draw(self) -> None:
        """Draw everything; with a few tiles that takes less than a millisecond.

        Without a tile it is not shown, and the start of the window does not wait for its pictures.
        """
        self.delete("all")
        if not self._tiles:
            return
        self.configure(scrollregion=(0, 0, self._theme.px(WIDTH), self._total()))
        for index, tile in enumerate(self._tiles):
            self._draw_tile(index, tile)
        self._draw_add()
        if self._has_focus() and self._drop is None:
            self._draw_ring(self._focused, "accent", distance=2 * RING)
        colours = self._theme.colours
        if colours.rail == colours.sidebar:
            x, bottom = self._theme.px(WIDTH) - 1, self._total()
            self.create_line(x, 0, x, bottom, fill=colours.divider)
        if self._drop is not None and self._pressed is not None and self._drop != self._pressed:
            self._draw_drop(self._drop + 1 if self._drop > self._pressed else self._drop)

    def _draw_tile(self, index: int, tile: ServerTile) -> None:
        theme, px, top = self._theme, self._theme.px, self._top(index)
        image = theme.tile(tile.name, TILE)
        self.create_image(px(LEFT), top, image=image, anchor="nw", tags=f"tile{index}")
        if tile.is_current:
            bar = theme.box(px(BAR_WIDTH), px(BAR_HEIGHT), BAR_WIDTH / 2, "text")
            middle = top + px(TILE) // 2
            self.create_image(0, middle, image=bar, anchor="w", tags="bar")
        if not tile.is_connected:
            self._draw_ring(index, "rail", distance=0)  # parts the other ring from the tile
            self._draw_ring(index, "warn", distance=RING)
        if tile.badge:
            role = "warn" if tile.needs_answer and not tile.important else "badge"
            self._draw_badge(top, tile.badge, role)
        elif tile.has_news:
            self._draw_dot(top)

    def _draw_badge(self, top: int, text: str, role: str) -> None:
        """Draw the badge over the lower right corner of a tile, parted from it by a rim."""
        theme, px = self._theme, self._theme.px
        font = self._badge_font
        height = max(px(BADGE), font.metrics("linespace"))
        width = max(px(BADGE + 2), font.measure(text) + 2 * px(BADGE_PAD), height)
        right, bottom = px(WIDTH - 2), top + px(TILE + 6)
        x, y = right - width - 2 * px(BADGE_RIM), bottom - height - 2 * px(BADGE_RIM)
        rim = theme.box(right - x, bottom - y, (bottom - y) / theme.scale / 2, "rail")
        self.create_image(x, y, image=rim, anchor="nw")
        fill = theme.box(width, height, height / theme.scale / 2, role)
        self.create_image(x + px(BADGE_RIM), y + px(BADGE_RIM), image=fill, anchor="nw")
        ink = theme.colours.on_badge if role == "badge" else theme.colours.avatar_ink
        middle = x + (right - x) // 2, y + (bottom - y) // 2
        self.create_text(*middle, text=text, font=font, fill=ink, tags="badge")

    def _draw_dot(self, top: int) -> None:
        theme, px = self._theme, self._theme.px
        x, y = px(LEFT + TILE - 4), top + px(TILE - 4)
        rim = theme.box(px(DOT + 4), px(DOT + 4), DOT / 2 + 2, "rail")
        dot = theme.box(px(DOT), px(DOT), DOT / 2, "text")
        for image, tag in ((rim, "rim"), (dot, "dot")):
            self.create_image(x, y, image=image, tags=tag)

    def _draw_ring(self, index: int, role: str, distance: int) -> None:
        """Draw a ring around a tile at this distance from it."""
        theme, px = self._theme, self._theme.px
        side = px(TILE) + 2 * px(distance)
        ring = theme.box(side, side, RADIUS + distance, "", role, line=RING)
        x, y = px(LEFT) - px(distance), self._top(index) - px(distance)
        self.create_image(x, y, image=ring, anchor="nw", tags=f"{role}-ring")

    def _draw_add(self) -> None:
        theme, px, index = self._theme, self._theme.px, len(self._tiles)
        top = self._top(index)
        is_hovered = self._hovered == index
        box = theme.box(px(TILE), px(TILE), RADIUS, "side_hover" if is_hovered else "", "edge")
        self.create_image(px(LEFT), top, image=box, anchor="nw", tags="add")
        icon = theme.icon("plus", "text" if is_hovered else "muted")
        self.create_image(px(LEFT) + px(TILE) // 2, top + px(TILE) // 2, image=icon)

    def _draw_drop(self, gap: int) -> None:
        """Draw the line between two tiles where the dragged one would stand."""
        px = self._theme.px
        y = self._top(gap) - px(STEP - TILE) // 2
        line = self._theme.box(px(TILE), px(4), 2, "accent")
        self.create_image(px(LEFT), y, image=line, anchor="w", tags="drop")
