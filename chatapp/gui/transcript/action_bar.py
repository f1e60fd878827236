"""The bar with the time and the buttons of the message under the pointer."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.message_actions import ACTIONS, ActionName, bar_actions
from chatapp.gui.widgets.platform_events import shown_keys
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.languages.translation import _

# in pixels at 96 dpi
HEIGHT = 36
BUTTON, ICON = 28, 16
STEP = 32  # from one button to the next
PADDING = 12  # left of the time
GAP = 6  # between the rule and the first button
RIGHT = 26  # from the bar to the edge of the pane
RADIUS, BUTTON_RADIUS = 8, 6
COPIED_MILLISECONDS = 2000  # for which a check mark says that the message was copied

BarButton = ActionName | Literal["more"]


@dataclass(frozen=True, slots=True)
class BarContent:
    """What the bar shows.

    Attributes:
        time: When the message was written, as text.
        actions: What can be done to the message; the bar has buttons for some of it.
    """

    time: str
    actions: tuple[ActionName, ...]


class ActionBar(tk.Canvas):
    """One bar for all messages: it is placed over the one it belongs to, and never takes the keyboard.

    Args:
        master: The pane over whose right edge the bar is placed.
        on_press: Called with the pressed button and the screen coordinates of its lower left corner.
    """

    def __init__(
        self, master: tk.Misc, theme: Theme, on_press: Callable[[BarButton, int, int], object]
    ) -> None:
        super().__init__(
            master, takefocus=False, highlightthickness=0, borderwidth=0, height=1, width=1, cursor="arrow"
        )
        self._theme = theme
        self._on_press = on_press
        self._content: BarContent | None = None
        self._buttons: list[tuple[BarButton, int]] = []  # with the x coordinate
        self._active: BarButton | None = None  # the button under the pointer
        self._copied_timer = ""  # while a check mark stands in place of the copy icon
        self._tooltip = Tooltip(self, theme)
        self._images: list[tk.PhotoImage] = []  # Tk deletes an image when Python drops its reference
        self.bind("<Motion>", lambda event: self._activate(self._button_at(event.x)))
        self.bind("<Leave>", lambda event: self._activate(None), add=True)
        self.bind("<ButtonRelease-1>", self._on_release)
        self.bind("<Destroy>", lambda event: self._stop_timer(), add=True)
        theme.watch(self, self._repaint)

    def rows(self, y: int, height: int) -> tuple[int, int]:
        """Return the upper and lower edge of the bar for a message; the arguments are those of `show`."""
        bar = self._px(HEIGHT)
        top = min(max(y - bar // 2, 0), max(height - bar, 0))
        return top, top + bar

    def show(self, content: BarContent, y: int, height: int, keep_free: int = 0) -> None:
        """Show the bar for a message.

        Args:
            y: The upper edge of the message in the master, in pixels; it may be out of sight.
            height: The height of the master: the bar stays inside of it.
            keep_free: How many pixels at the right edge of the master must not be covered.
        """
        if content != self._content:
            self._content = content
            self._active = None
            self._stop_timer()
            self._draw()
        right = max(self._theme.px(RIGHT), keep_free)
        self.place(relx=1, x=-right, y=self.rows(y, height)[0], anchor="ne")

    def hide(self) -> None:
        """Hide the bar."""
        self._activate(None)
        self.place_forget()

    def show_copied(self) -> None:
        """Show a check mark in place of the copy icon for a moment."""
        self._stop_timer()
        self._copied_timer = self.after(COPIED_MILLISECONDS, self._end_copied)
        self._draw()

    @property
    def buttons(self) -> list[BarButton]:
        """The buttons, from left to right."""
        return [name for name, _ in self._buttons]

    def press(self, name: BarButton) -> None:
        """Press a button."""
        x = next(x for each, x in self._buttons if each == name)
        self._tooltip.hide()
        self._on_press(name, self.winfo_rootx() + x, self.winfo_rooty() + self._px(HEIGHT))

    def _button_at(self, x: int) -> BarButton | None:
        step = self._px(STEP)
        return next((name for name, left in self._buttons if left <= x < left + step), None)

    def _on_release(self, event: tk.Event[tk.Misc]) -> None:
        name = self._button_at(event.x)
        if name is not None and 0 <= event.y < self.winfo_height():
            self.press(name)

    def _activate(self, name: BarButton | None) -> None:
        """Mark the button under the pointer, and announce its tooltip."""
        if name == self._active:
            return
        self._active = name
        self._draw()
        left = next((left for each, left in self._buttons if each == name), 0)
        self._tooltip.show(*(_tip(name) if name else ("", "")), above=(left + self._px(STEP) // 2, 0))

    def _end_copied(self) -> None:
        self._copied_timer = ""
        self._draw()

    def _stop_timer(self) -> None:
        if self._copied_timer:
            self.after_cancel(self._copied_timer)
            self._copied_timer = ""

    def _repaint(self) -> None:
        self.configure(background=self._theme.colours.pane)
        self._draw()

    def _px(self, size: float) -> int:
        """Convert pixels at 96 dpi to pixels of this display, for the size of the text."""
        return self._theme.px(self._theme.grown(size))

    def _draw(self) -> None:
        content, theme, px = self._content, self._theme, self._px
        if content is None:
            return
        self.delete("all")
        time_width = theme.fonts["ChatSmall"].measure(content.time)
        rule = px(PADDING) + time_width + px(PADDING) - px(2)
        left = rule + px(GAP)
        names: list[BarButton] = [*bar_actions(content.actions)]
        names += ["more"] if content.actions else []
        self._buttons = [(name, left + index * px(STEP)) for index, name in enumerate(names)]
        width = left + len(names) * px(STEP) + px(2) if names else rule + px(2)
        height, middle = px(HEIGHT), px(HEIGHT) // 2
        self.configure(width=width, height=height)
        box = theme.box(width, height, RADIUS, "raised", "edge")
        behind = theme.colours.hover  # the message, below the corners
        self.create_rectangle(0, middle, width, height, fill=behind, width=0)
        self._images = [box]
        self.create_image(0, 0, image=box, anchor="nw")
        self.create_text(
            px(PADDING), middle, text=content.time, anchor="w", font="ChatSmall", fill=theme.colours.muted
        )
        if names:
            self.create_line(rule, middle - px(8), rule, middle + px(8), fill=theme.colours.edge, width=px(1))
        for name, x in self._buttons:
            if name == self._active:
                active = theme.box(px(BUTTON), px(BUTTON), BUTTON_RADIUS, "select")
                self._images.append(active)
                self.create_image(x, (height - px(BUTTON)) // 2, image=active, anchor="nw")
            if name == "copy" and self._copied_timer:
                icon = theme.icon("check", "ok", theme.grown(ICON))
            else:
                shape = "dots" if name == "more" else ACTIONS[name].icon
                icon = theme.icon(shape, "text", theme.grown(ICON))
            self.create_image(x + px(BUTTON) // 2, middle, image=icon)


def _tip(name: BarButton) -> tuple[str, str]:
    """Return what a button does and its key, for its tooltip."""
    if name == "more":
        return _("More"), shown_keys("Shift+F10")
    action = ACTIONS[name]
    return _(action.tip), shown_keys(action.key)
