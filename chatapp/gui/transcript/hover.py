"""Follows the pointer: highlights the message under it and places the action bar on it.

The bar and the highlight move at once with the pointer, so they do not flicker between two messages. They
hide while the text moves, and return when it has rested; when the user types or drags, they hide until the
pointer moves again.
"""

from __future__ import annotations

from collections.abc import Callable

from chatapp.client.model.model import Entry
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.action_bar import ActionBar, BarButton, BarContent
from chatapp.gui.transcript.block_view import BlockView
from chatapp.gui.transcript.highlight import Highlight
from chatapp.gui.widgets.widget_paths import widget_at

REST_MILLISECONDS = 120  # without scrolling, after which the bar returns


class Hover:
    """The highlighted message: the one under the pointer, or else the chosen one.

    Args:
        content: Returns what the bar shows for a message; None for no bar.
        on_press: Called with a message, the pressed button of its bar, and screen coordinates.
    """

    def __init__(
        self,
        view: BlockView,
        theme: Theme,
        content: Callable[[Entry], BarContent | None],
        on_press: Callable[[Entry, BarButton, int, int], object],
    ) -> None:
        self._view = view
        self._content = content
        self._on_press = on_press
        self._highlight = Highlight(view, "hover")
        self._chosen: int | None = None  # key of the chosen message
        self._paused = False
        self._y: int | None = None  # of the highlighted message, to notice when the text moves
        self._timer = ""
        self.bar = ActionBar(view, theme, self._on_bar_press)
        self.bar.bind("<Leave>", lambda event: self.leave(event.x_root, event.y_root), add=True)
        view.add_cover(self.bar)
        view.watch_view(self._on_view)
        view.bind("<Destroy>", lambda event: self._stop_timer(), add=True)

    @property
    def key(self) -> int | None:
        """The key of the highlighted message; None if there is none."""
        return self._highlight.key

    def point_at(self, x: int, y: int) -> None:
        """Highlight the message at a point of the Text: the pointer has moved there."""
        self._paused = False
        self._show(self._view.key_at(x, y))

    def leave(self, x_root: int, y_root: int) -> None:
        """React to the pointer leaving the Text or the bar for a point of the screen."""
        under = widget_at(self._view, x_root, y_root)
        if under is None or under not in (self._view.text, self.bar):
            self._show(self._chosen)

    def choose(self, key: int | None) -> None:
        """Highlight the message chosen with the keyboard; None to return to the one under the pointer."""
        self._chosen = key
        self._paused = False
        if key is None:
            self._point_at_pointer()
        else:
            self._show(key)

    def pause(self) -> None:
        """Hide until the pointer moves, or a message is chosen."""
        self._paused = True
        self._stop_timer()
        self._hide()

    def refresh(self) -> None:
        """Highlight again after lines were replaced, and update the bar."""
        if self.key is not None:
            self._highlight.refresh()
            self._show(self.key)

    def _show(self, key: int | None) -> None:
        entry = None if key is None else self._view.entry(key)
        if entry is None or self._paused:
            self._hide()
            return
        self._highlight.show(key)
        self._y = self._view.y_of(entry.key)
        content = self._content(entry)
        if content is None:
            self.bar.hide()
        else:
            y, height = self._y or 0, self._view.winfo_height()
            keep_free = self._view.copy_button_width(*self.bar.rows(y, height))
            self.bar.show(content, y, height, keep_free)

    def _hide(self) -> None:
        self._highlight.show(None)
        self._y = None
        self.bar.hide()

    def _on_bar_press(self, button: BarButton, x: int, y: int) -> None:
        entry = None if self.key is None else self._view.entry(self.key)
        if entry is not None:
            self._on_press(entry, button, x, y)

    def _on_view(self) -> None:
        """React to text that may have moved: hide, until it has rested."""
        if self.key is not None and self._view.y_of(self.key) != self._y:
            self._hide()
        if not self._paused:
            self._stop_timer()
            self._timer = self._view.after(REST_MILLISECONDS, self._on_rest)

    def _on_rest(self) -> None:
        self._timer = ""
        if self._chosen is not None and self.key in (None, self._chosen):
            self._show(self._chosen)
        else:
            self._point_at_pointer()

    def _point_at_pointer(self) -> None:
        """Highlight the message under the pointer, wherever it is now."""
        text = self._view.text
        x, y = text.winfo_pointerxy()
        under = widget_at(text, x, y)
        if under is text:
            self._show(self._view.key_at(x - text.winfo_rootx(), y - text.winfo_rooty()))
        elif under is not self.bar:
            self._show(self._chosen)

    def _stop_timer(self) -> None:
        if self._timer:
            self._view.after_cancel(self._timer)
            self._timer = ""
