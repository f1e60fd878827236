"""A context menu with icons, and at the right the key that does the same.

It is a window without a frame, because Tk's own menus can show neither their keys in another colour nor a row
of the colour and height of this design.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from chatapp.gui.theme.palette import readable_role
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import key_codes, platform_events
from chatapp.gui.widgets.keyboard_focus import return_focus
from chatapp.gui.widgets.text_fit import shorten
from chatapp.gui.widgets.widget_paths import widget_of

ROW, SEPARATOR = 32, 7  # heights, in pixels at 96 dpi
PAD, INSET, ICON, GAP = 6, 12, 15, 10  # around the rows, inside them; pixels at 96 dpi
MIN_WIDTH, MAX_WIDTH = 180, 640  # MAX_WIDTH at the usual size of text
KEY_GAP = 28  # between the longest label and the keys
RADIUS = 8


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One entry of a menu; without a label it is a separator.

    Attributes:
        icon: A name of the theme's icons.
        key: The key that does the same, as shown to the user.
        dangerous: Whether it destroys something.
        name: Tells it from other entries in code; its label depends on the language.
        is_text: Whether it only says something, and cannot be chosen.
    """

    label: str = ""
    action: Callable[[], object] = lambda: None
    icon: str = ""
    key: str = ""
    dangerous: bool = False
    name: str = ""
    is_text: bool = False

    @property
    def can_be_chosen(self) -> bool:
        """Whether it is neither a separator nor a mere text."""
        return bool(self.label) and not self.is_text


class IconMenu(tk.Toplevel):
    """A menu at a place of the screen.

    Arrows and first letters move, Enter and Space run, Escape and a click elsewhere close. A letter that is
    the key of an entry runs it. A shortcut of the window closes the menu, then acts.

    Args:
        x: Where it opens, in pixels of the screen, as is y. It is moved to stay on the screen.
        selects_first: Whether the first entry is selected, for a menu opened by keyboard. Such a menu gives
            the keyboard focus back to the widget that had it.
        is_above: Whether it opens above y where there is room, for what stands at the end of a window.
        focus: The widget that has the keyboard focus afterwards; None for the composer.
        is_left: Whether it opens to the left of x, for what stands at the right end of a window.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        items: Iterable[MenuItem],
        x: int,
        y: int,
        selects_first: bool = False,
        is_above: bool = False,
        focus: tk.Misc | None = None,
        is_left: bool = False,
    ) -> None:
        _close_open_menu(master)
        super().__init__(master, background=theme.colours.pane)
        before = str(self.tk.call("focus")) if selects_first else ""
        self._before = before if focus is None else str(focus)
        self.withdraw()
        self.wm_overrideredirect(True)
        self._theme = theme
        self.items = _with_divider(list(items))
        self._tops: list[int] = []
        self._selected = -1
        self._is_pressed = False
        self.canvas = tk.Canvas(self, highlightthickness=0, borderwidth=0, background=theme.colours.pane)
        self.canvas.pack()
        self._width = self._measure()
        if selects_first:
            self._selected = self._next(-1, 1)
        self._draw()
        self._bind_events()
        self._open(x, y, is_above, is_left)

    @property
    def selected(self) -> str:
        """The label of the selected entry, "" if there is none."""
        return self.items[self._selected].label if self._selected >= 0 else ""

    def close(self) -> None:
        """Close the menu; the composer gets the keyboard focus, unless it was opened by keyboard."""
        if self.winfo_exists():
            owner = self.master
            if str(self.tk.call("focus")).startswith(str(self)):
                owner.winfo_toplevel().focus_force()  # else X11 leaves it at a window that is gone
            self.destroy()
            if owner.winfo_exists():
                return_focus(owner, self._before)

    def invoke(self, index: int) -> None:
        """Close the menu and run an entry; a separator, and an index below zero, do nothing."""
        item = self.items[index] if index >= 0 else MenuItem()
        if item.can_be_chosen:
            self.close()
            item.action()

    def _open(self, x: int, y: int, is_above: bool, is_left: bool) -> None:
        self.update_idletasks()
        width, height = self.winfo_reqwidth(), self.winfo_reqheight()
        if is_above and y >= height:
            y -= height
        elif y + height > self.winfo_screenheight():
            y = max(y - height, 0) if y >= height else self.winfo_screenheight() - height
        x = x - width if is_left else x
        x = max(min(x, self.winfo_screenwidth() - width), 0)
        self.geometry(f"+{x}+{max(y, 0)}")
        self.deiconify()
        self.lift()
        self.update_idletasks()
        self.canvas.focus_force()  # a window manager gives a window without a frame no focus
        if self.winfo_viewable():
            self.grab_set()

    def _bind_events(self) -> None:
        canvas = self.canvas
        canvas.bind("<Motion>", lambda event: self._select(self._at(event)))
        canvas.bind("<Leave>", lambda event: self._select(-1))
        self.bind("<Button>", self._on_button)
        self.bind("<ButtonRelease>", self._on_release)
        self.bind("<Key>", self._on_key)
        self.bind("<FocusOut>", lambda event: self.master.after_idle(self._close_without_focus))
        for key, step in (("Up", -1), ("Down", 1), ("Tab", 1)):
            self.bind(f"<{key}>", partial(self._step, step))
        self.bind("<Home>", lambda event: self._select(self._next(-1, 1)))
        self.bind("<End>", lambda event: self._select(self._next(len(self.items), -1)))
        for key in ("Return", "KP_Enter", "space"):
            self.bind(f"<{key}>", lambda event: self.invoke(self._selected))
        for key in ("Escape", "Left", "F10"):
            self.bind(f"<{key}>", lambda event: self.close())

    def _step(self, step: int, event: tk.Event[tk.Misc]) -> str:
        if platform_events.has_modifier(event):
            self._pass_on(event)
            return "break"
        start = self._selected if self._selected >= 0 or step > 0 else len(self.items)
        self._select(self._next(start, step))
        return "break"

    def _next(self, start: int, step: int) -> int:
        """Return the next entry from an index in a direction, around the ends; -1 if there is none."""
        count = len(self.items)
        for distance in range(1, count + 1):
            index = (start + step * distance) % count
            if self.items[index].can_be_chosen:
                return index
        return -1

    def _on_key(self, event: tk.Event[tk.Misc]) -> None:
        if platform_events.has_modifier(event) and not event.keysym.endswith(("_L", "_R")):
            self._pass_on(event)
            return
        typed = event.char.casefold()
        if not typed or not typed.isprintable() or platform_events.typed_character(event) == "":
            return
        for index, item in enumerate(self.items):
            if item.key.casefold() == typed:
                self.invoke(index)
                return
        count = len(self.items)
        for distance in range(1, count + 1):
            index = (self._selected + distance) % count
            item = self.items[index]
            if item.can_be_chosen and item.label.casefold().startswith(typed):
                self._select(index)
                return

    def _pass_on(self, event: tk.Event[tk.Misc]) -> None:
        """Run the entry with a key such as Ctrl+C; any other is a shortcut of the window, which gets it."""
        key = f"Ctrl+{key_codes.pressed(event).upper()}"
        index = next((index for index, item in enumerate(self.items) if item.key == key), -1)
        if index >= 0:
            self.invoke(index)
            return
        window = self.master.winfo_toplevel()
        self.close()
        window.event_generate("<KeyPress>", keycode=event.keycode, state=event.state)

    def _on_button(self, event: tk.Event[tk.Misc]) -> None:
        self._is_pressed = True
        inside = 0 <= event.x < self.winfo_width() and 0 <= event.y < self.winfo_height()
        if event.widget is self and not inside:
            self.close()

    def _on_release(self, event: tk.Event[tk.Misc]) -> None:
        """Run the entry under the pointer, also at the end of a drag from where the menu was opened."""
        index = self._at(event) if event.widget is self.canvas else -1
        if index >= 0 and (self._is_pressed or index == self._selected):
            self.invoke(index)

    def _close_without_focus(self) -> None:
        if self.winfo_exists() and not str(self.tk.call("focus")).startswith(str(self)):
            self.close()

    def _at(self, event: tk.Event[tk.Misc]) -> int:
        """Return the entry at a place, -1 if there is none."""
        if not 0 <= event.x < self._width:
            return -1
        for index, (top, bottom) in enumerate(zip(self._tops, self._tops[1:], strict=False)):
            if top <= event.y < bottom:
                return index if self.items[index].can_be_chosen else -1
        return -1

    def _select(self, index: int) -> None:
        if index != self._selected:
            self._selected = index
            self._draw()

    def _row(self) -> int:
        px = self._theme.px
        return max(px(ROW), self._theme.fonts["ChatBody"].metrics("linespace") + px(8))

    def _icon_column(self) -> int:
        """Return the width of the icons, 0 if no entry has one."""
        return self._theme.px(self._theme.grown(ICON) + GAP) if any(item.icon for item in self.items) else 0

    def _measure(self) -> int:
        """Return the width for the longest label and the longest key."""
        px, fonts = self._theme.px, self._theme.fonts
        labels = max((fonts["ChatBody"].measure(item.label) for item in self.items), default=0)
        shown = (platform_events.shown_keys(item.key) for item in self.items)
        keys = max((fonts["ChatSmall"].measure(key) for key in shown), default=0)
        frame = 2 * px(PAD + INSET) + self._icon_column()
        wanted = frame + labels + (keys + px(KEY_GAP) if keys else 0)
        most = min(px(self._theme.grown(MAX_WIDTH)), self.winfo_screenwidth())
        return min(max(wanted, px(MIN_WIDTH)), most)

    def _draw(self) -> None:
        theme, px, canvas = self._theme, self._theme.px, self.canvas
        row = self._row()
        heights = [row if item.label else px(SEPARATOR) for item in self.items]
        self._tops = [px(PAD) + sum(heights[:index]) for index in range(len(heights) + 1)]
        height = self._tops[-1] + px(PAD)
        canvas.configure(width=self._width, height=height)
        canvas.delete("all")
        canvas.create_image(0, 0, image=theme.box(self._width, height, RADIUS, "raised", "edge"), anchor="nw")
        for index, item in enumerate(self.items):
            if item.label:
                self._draw_entry(index, item)
            else:
                y = self._tops[index] + px(SEPARATOR) // 2
                fill = theme.colours.divider
                canvas.create_line(px(INSET), y, self._width - px(INSET), y, fill=fill, width=max(1, px(1)))

    def _draw_entry(self, index: int, item: MenuItem) -> None:
        theme, px, canvas = self._theme, self._theme.px, self.canvas
        top, bottom = self._tops[index], self._tops[index + 1]
        middle, surface = (top + bottom) // 2, "raised"
        if index == self._selected:
            surface = "select"
            box = theme.box(self._width - 2 * px(PAD), bottom - top, 4, "select")
            canvas.create_image(px(PAD), top, image=box, anchor="nw")
        left, right = px(PAD + INSET), self._width - px(PAD + INSET)
        role = "danger" if item.dangerous else "muted" if item.is_text else "text"
        role = readable_role(role, surface)
        if item.icon:
            icon_role = role if item.dangerous else readable_role("muted", surface)
            icon = theme.icon(item.icon, icon_role, theme.grown(ICON))
            canvas.create_image(left, middle, image=icon, anchor="w")
        key = platform_events.shown_keys(item.key)
        used = theme.fonts["ChatSmall"].measure(key) + px(GAP) if key else 0
        left += self._icon_column()
        label = shorten(item.label, theme.fonts["ChatBody"].measure, right - left - used)
        colour = theme.colours.role(role)
        canvas.create_text(left, middle, text=label, font="ChatBody", fill=colour, anchor="w")
        muted = theme.colours.role(readable_role("muted", surface))
        canvas.create_text(right, middle, text=key, font="ChatSmall", fill=muted, anchor="e")


def _close_open_menu(master: tk.Misc) -> None:
    """Close the menu that gets all clicks at the moment, if there is one."""
    path = str(master.tk.call("grab", "current", master))
    owner = widget_of(master, path)
    if isinstance(owner, IconMenu):
        owner.close()


def _with_divider(items: list[MenuItem]) -> list[MenuItem]:
    """Add a separator before the first dangerous entry; drop separators at the ends and doubled ones."""
    found: list[MenuItem] = []
    for item in items:
        is_first_danger = item.dangerous and not any(each.dangerous for each in found)
        if (is_first_danger or not item.label) and found and found[-1].label:
            found.append(MenuItem())
        if item.label:
            found.append(item)
    return found[:-1] if found and not found[-1].label else found
