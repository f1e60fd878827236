"""A card inside the main window, beside what it belongs to. It closes on Escape and on a click elsewhere."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import NamedTuple

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.descendants import with_descendants
from chatapp.gui.widgets.keyboard_focus import return_focus
from chatapp.gui.widgets.scrolled import Scrolled
from chatapp.gui.widgets.widget_paths import next_focus

TAG = "ChatPopup"  # the binding tag of everything inside of popups
MARGIN, GAP = 8, 4  # from the edges of the window and from the anchor, in pixels at 96 dpi
FIT_MARGIN = 24  # above and below a card that is as high as the window, in pixels at 96 dpi
EDGE = 2  # between the edge of the card and its content, in pixels at 96 dpi


class Area(NamedTuple):
    """A rectangle in pixels."""

    x: int
    y: int
    width: int
    height: int


class Popup(ttk.Frame):
    """An empty card. Fill `body`, then call `open`.

    Tab stays inside; keys are not passed on to the window behind it, but its shortcuts close the card, then
    act. When another widget of the program gets the keyboard focus, it closes.

    Args:
        master: Any widget of the window in which it opens.
        on_close: Called when it closes in any way but `destroy`.
        surface: As in names of styles: "" or "Raised.".
        on_outside: Called with the screen coordinates of the click elsewhere that has closed it.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_close: Callable[[], object] = lambda: None,
        surface: str = "",
        on_outside: Callable[[int, int], object] = lambda x, y: None,
    ) -> None:
        super().__init__(master.winfo_toplevel(), style=f"Card.{surface}TFrame", padding=theme.px(EDGE))
        self._theme = theme
        self._on_close = on_close
        self._on_outside = on_outside
        self._before = ""
        self._anchor: Area | None = None
        self._is_below = False
        self.body = ttk.Frame(self, style=f"{surface}TFrame")
        self.body.pack(fill="both", expand=True)
        self.bind("<Button>", self._on_button)
        _bind_tag(self)

    def open(self, beside: tk.Misc | Area, focus: tk.Misc | None = None, is_below: bool = False) -> None:
        """Open beside a widget or an area of the screen, with the focus on one of its own widgets.

        Args:
            is_below: Whether it opens below the anchor; else at the side with more room.
        """
        self._before = str(self.tk.call("focus"))
        self.update_idletasks()
        self._anchor = beside if isinstance(beside, Area) else area_of(beside)
        self._is_below = is_below
        self._arrange()
        self.lift()
        self.adopt()
        self.update_idletasks()
        self.grab_set()  # clicks elsewhere come here
        (focus or self._first() or self).focus_set()

    def fit(self, content: Scrolled) -> None:
        """Be as high as this content, now and whenever its height changes, but not higher than the window."""
        fitted = 0

        def follow() -> None:
            nonlocal fitted
            height = content.body.winfo_reqheight()
            if height != fitted:
                fitted = height
                content.fit(self.winfo_toplevel().winfo_height() - self._theme.px(FIT_MARGIN))
                self._arrange()

        content.body.bind("<Configure>", lambda event: follow(), add=True)
        self.update_idletasks()
        follow()

    def _arrange(self) -> None:
        """Take the place and the size that the content needs."""
        if self._anchor is not None:
            self.update_idletasks()
            place = self._placed(self._anchor, self._is_below)
            self.place(x=place.x, y=place.y, width=place.width, height=place.height)

    def open_in_window(self, focus: tk.Misc | None = None) -> None:
        """Open in the window, a little above its middle."""
        window = self.winfo_toplevel()
        self.update_idletasks()
        x = window.winfo_rootx() + (window.winfo_width() - self.winfo_reqwidth()) // 2
        y = window.winfo_rooty() + (window.winfo_height() - self.winfo_reqheight()) // 3
        self.open(Area(x, y - self._theme.px(GAP), 0, 0), focus, is_below=True)

    def adopt(self) -> None:
        """Apply the rules of the keyboard to widgets that were added since it opened."""
        for widget in with_descendants(self):
            tags = widget.bindtags()
            if TAG not in tags:
                window = str(self.winfo_toplevel())
                widget.bindtags(tuple(TAG if tag == window else tag for tag in tags))

    def close(self) -> None:
        """Close it; the widget that had the keyboard focus before gets it back, else the composer."""
        if not self.winfo_exists():
            return
        window = self.winfo_toplevel()
        had_focus = _contains(self, str(self.tk.call("focus")))
        self.destroy()
        if had_focus:
            return_focus(window, self._before)
        self._on_close()

    def _placed(self, anchor: Area, is_below: bool) -> Area:
        """Return its place in the window."""
        px = self._theme.px
        window = self.winfo_toplevel()
        left, top = anchor.x - window.winfo_rootx(), anchor.y - window.winfo_rooty()
        room = window.winfo_width() - 2 * px(MARGIN), window.winfo_height() - 2 * px(MARGIN)
        width, height = min(self.winfo_reqwidth(), room[0]), min(self.winfo_reqheight(), room[1])
        right_room = window.winfo_width() - left - anchor.width
        if is_below:
            x, y = left, top + anchor.height + px(GAP)
            if y + height > window.winfo_height() - px(MARGIN) and top - px(GAP) - height >= px(MARGIN):
                y = top - px(GAP) - height
        else:
            x = left + anchor.width + px(GAP) if right_room >= left else left - px(GAP) - width
            y = top
        x = max(min(x, window.winfo_width() - width - px(MARGIN)), px(MARGIN))
        y = max(min(y, window.winfo_height() - height - px(MARGIN)), px(MARGIN))
        return Area(x, y, width, height)

    def _first(self) -> tk.Misc | None:
        """Return the first widget inside that takes the keyboard focus."""
        found = next_focus(self)
        return found if found is not None and _contains(self, str(found)) else None

    def _on_button(self, event: tk.Event[tk.Misc]) -> None:
        is_wheel = event.num in (4, 5)
        inside = 0 <= event.x < self.winfo_width() and 0 <= event.y < self.winfo_height()
        if not inside and not is_wheel:
            self.close()
            self._on_outside(event.x_root, event.y_root)


def _bind_tag(widget: tk.Misc) -> None:
    """Bind the keys of all popups, once for each program."""
    if widget.bind_class(TAG, "<Escape>"):  # the shortcuts of the window are bound there too
        return
    widget.bind_class(TAG, "<Escape>", lambda event: _with_popup(event, Popup.close))
    widget.bind_class(TAG, "<Tab>", lambda event: _with_popup(event, lambda popup: _tab(popup, event, 1)))
    back = "<<PrevWindow>>"
    widget.bind_class(TAG, back, lambda event: _with_popup(event, lambda popup: _tab(popup, event, -1)))
    widget.bind_class(TAG, "<FocusIn>", lambda event: _with_popup(event, _grab_again))
    widget.bind_class(TAG, "<FocusOut>", lambda event: _with_popup(event, _close_without_focus))


def _with_popup(event: tk.Event[tk.Misc], action: Callable[[Popup], object]) -> str | None:
    popup = popup_of(event.widget)
    if popup is None:
        return None
    action(popup)
    return "break"


def _tab(popup: Popup, event: tk.Event[tk.Misc], step: int) -> None:
    """Move the focus to the next widget inside, around the end."""
    at: tk.Misc = event.widget
    for _ in range(1000):
        following = next_focus(at, back=step < 0)
        if following is None:
            return
        at = following
        if _contains(popup, str(at)):
            at.focus_set()
            at.event_generate("<<TraverseIn>>")
            return


def _grab_again(popup: Popup) -> None:
    """Get the clicks again when a menu that was opened inside has closed."""
    if not str(popup.tk.call("grab", "current", popup)) and popup.winfo_viewable():
        popup.grab_set()


def _close_without_focus(popup: Popup) -> None:
    """Close when the focus is elsewhere in the program; it stays while another program has it."""

    def check() -> None:
        if not popup.winfo_exists():
            return
        focus = str(popup.tk.call("focus"))
        is_own_window = focus and not focus.startswith(".#")  # menus have names that begin like this
        if is_own_window and not _contains(popup, focus):
            popup.close()

    popup.winfo_toplevel().after_idle(check)  # the card may be gone by then


def _contains(popup: tk.Misc, path: str) -> bool:
    return path == str(popup) or path.startswith(f"{popup}.")


def popup_of(widget: tk.Misc | None) -> Popup | None:
    """Return the card that a widget belongs to; None if it is in none."""
    while widget is not None and not isinstance(widget, Popup):
        widget = widget.master
    return widget


def area_of(widget: tk.Misc) -> Area:
    """Return the area of a widget on the screen."""
    return Area(widget.winfo_rootx(), widget.winfo_rooty(), widget.winfo_width(), widget.winfo_height())
