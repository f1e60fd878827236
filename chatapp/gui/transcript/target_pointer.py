"""The pointer over what can be clicked: it becomes a hand, and a tooltip says what a click does."""

from __future__ import annotations

from chatapp.client.model.files import kept_until
from chatapp.client.model.model import Entry
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript import file_texts
from chatapp.gui.transcript.block_view import BlockView
from chatapp.gui.transcript.hover_texts import tooltip
from chatapp.gui.transcript.runs import Target
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.languages.translation import _

NOT_CLICKABLE = frozenset({"edited"})  # targets that have only a tooltip


class TargetPointer:
    """Follows the pointer over a BlockView."""

    def __init__(self, view: BlockView, theme: Theme) -> None:
        self._view = view
        self._tooltip = Tooltip(view.text, theme)
        self._found: tuple[Entry, Target] | None = None
        self._at = (0, 0)
        view.watch_view(self._on_view)
        view.text.bind("<Leave>", lambda event: self.leave(), add=True)

    def point_at(self, x: int, y: int) -> None:
        """React to the pointer at a point of the Text."""
        self._at = (x, y)
        found = self._view.target_at(x, y)
        if found == self._found:
            return
        self._show_cursor(found is not None and found[1].kind not in NOT_CLICKABLE)
        self._found = found
        self._tooltip.show("" if found is None else self._text(*found))

    def leave(self) -> None:
        """React to a pointer that is elsewhere now."""
        if self._found is not None:
            self._found = None
            self._show_cursor(False)
            self._tooltip.hide()

    def _on_view(self) -> None:
        """React to text that moves away below the pointer."""
        if self._found is not None and self._view.target_at(*self._at) != self._found:
            self.leave()

    def _text(self, entry: Entry, target: Target) -> str:
        view, card = self._view, self._view.card_of(target)
        if card is not None:
            until = kept_until(card, entry.time, view.around.keep_days)
            return file_texts.tip(card, target, view.today(), until)
        return tooltip(target, entry, self._name, view.today(), view.twelve_hours)

    def _name(self, nick: str) -> str:
        around = self._view.around
        return _("You") if around.is_me(nick) else around.name(nick)

    def _show_cursor(self, is_hand: bool) -> None:
        cursor = "hand2" if is_hand else "arrow"
        if str(self._view.text.cget("cursor")) != cursor:
            self._view.text.configure(cursor=cursor)
