"""Finds the files of messages in sight, so that the client can ask the server about them."""

from __future__ import annotations

from collections.abc import Callable

from chatapp.client.model.files import FileCard
from chatapp.client.text.file_links import FileLink, file_links
from chatapp.gui.transcript.block_view import BlockView

REST_MILLISECONDS = 150  # without scrolling, after which the messages in sight are looked at


class FileWatch:
    """Looks at the messages in sight whenever the text has come to rest.

    Args:
        ask: Returns what is known of a file, and asks the server for the rest; None if there are no files.
    """

    def __init__(self, view: BlockView, ask: Callable[[FileLink], FileCard | None]) -> None:
        self._view = view
        self._ask = ask
        self._timer = ""
        self._has_moved = False  # since the timer was started
        view.watch_view(self._on_view)
        view.bind("<Destroy>", lambda event: self._stop_timer(), add=True)

    def follow(self, card: FileCard) -> None:
        """Show again what is known of a file."""
        if self._view.files.find(card.id) is card:
            self._view.refresh_files({card.id})
            self._on_view()  # its thumbnail may have come

    def _on_view(self) -> None:
        """Wait until the text rests. A timer for each step of scrolling would take longer than the step."""
        self._has_moved = bool(self._timer)
        if not self._timer:
            self._timer = self._view.after(REST_MILLISECONDS, self._look)

    def _look(self) -> None:
        self._timer = ""
        if self._has_moved:
            self._on_view()
            return
        view, prefix = self._view, self._view.around.file_prefix
        if not prefix:
            return
        for entry in view.entries_in_sight():
            links = [] if entry.deleted_by else file_links(entry.text, prefix)
            cards = [card for link in links if (card := self._ask(link)) is not None]
            added = [card for card in cards if view.files.add(card)]
            if added:
                view.refresh(entry.key)
            for card in cards:
                view.want_thumbnail(card)

    def _stop_timer(self) -> None:
        if self._timer:
            self._view.after_cancel(self._timer)
            self._timer = ""
