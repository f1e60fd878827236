"""Highlights a message for two seconds, so that the eye finds it after a jump."""

from __future__ import annotations

from chatapp.gui.transcript.block_view import BlockView
from chatapp.gui.transcript.highlight import Highlight

FLASH_MILLISECONDS = 2000


class Flash:
    """Shows the tag `flash` on one message at a time."""

    def __init__(self, view: BlockView) -> None:
        self._view = view
        self._highlight = Highlight(view, "flash")
        self._timer = ""
        view.bind("<Destroy>", lambda event: self._stop_timer(), add=True)

    def show(self, key: int) -> None:
        """Highlight the message with this key until the time is over."""
        self._stop_timer()
        self._highlight.show(key)
        self._timer = self._view.after(FLASH_MILLISECONDS, self.end)

    def end(self) -> None:
        """Stop highlighting now."""
        self._stop_timer()
        self._highlight.show(None)

    def refresh(self) -> None:
        """Highlight the message again after its lines were replaced."""
        if self._highlight.key is not None:
            self._highlight.refresh()

    def _stop_timer(self) -> None:
        if self._timer:
            self._view.after_cancel(self._timer)
            self._timer = ""
