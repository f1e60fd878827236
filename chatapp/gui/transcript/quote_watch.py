"""Finds replies in sight that quote a message which is not here, so that the client can fetch it."""

from __future__ import annotations

from collections.abc import Callable

from chatapp.client.model.model import Entry
from chatapp.gui.transcript.block_view import BlockView

REST_MILLISECONDS = 150  # without scrolling, after which the messages in sight are looked at


class QuoteWatch:
    """Looks at the messages in sight whenever the text has come to rest.

    Args:
        on_missing: Called with a reply whose quoted message is not here.
    """

    def __init__(self, view: BlockView, on_missing: Callable[[Entry], object]) -> None:
        self._view = view
        self._on_missing = on_missing
        self._timer = ""
        view.watch_view(self._on_view)
        view.bind("<Destroy>", lambda event: self._stop_timer(), add=True)

    def _on_view(self) -> None:
        self._stop_timer()
        self._timer = self._view.after(REST_MILLISECONDS, self._look)

    def _look(self) -> None:
        self._timer = ""
        for entry in self._view.entries_in_sight():
            if entry.reply_to and not entry.deleted_by and self._view.around.parent(entry) is None:
                self._on_missing(entry)

    def _stop_timer(self) -> None:
        if self._timer:
            self._view.after_cancel(self._timer)
            self._timer = ""
