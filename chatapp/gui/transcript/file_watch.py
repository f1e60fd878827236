"""Finds the files of messages in sight, so that the client can ask the server about them."""

from __future__ import annotations

from collections.abc import Callable

from chatapp.client.model.files import FileCard, kept_until
from chatapp.client.model.model import Entry
from chatapp.client.text.file_links import FileLink, file_links
from chatapp.gui.transcript.block_view import BlockView
from chatapp.gui.widgets.widget_timers import WidgetTimers

GRACE_SECONDS = 2.0  # after the end of a file, until the server has deleted it
CHECK_SECONDS = 60.0  # before a file whose time is over is asked about again
FARTHEST_SECONDS = 86_400.0  # a file that is kept longer is looked at when the messages are shown again
REST_MILLISECONDS = 150  # without scrolling, after which the messages in sight are looked at


class FileWatch:
    """Looks at the messages in sight whenever the text has come to rest.

    Args:
        ask: Returns what is known of a file, and asks the server for the rest; None if there are no files.
        check: Called with a file whose time is over, which the server may not have any more.
    """

    def __init__(
        self,
        view: BlockView,
        ask: Callable[[FileLink], FileCard | None],
        check: Callable[[FileCard], object],
    ) -> None:
        self._view = view
        self._ask = ask
        self._check = check
        self._checked: dict[str, float] = {}  # when each file whose time is over was asked about
        self._timers = WidgetTimers(view)
        self._keep_days = 0  # as the messages were drawn last
        self._looks_at = 0.0  # when the files in sight are looked at again
        self._timer = ""
        self._has_moved = False  # since the timer was started
        view.watch_view(self._on_view)
        view.bind("<Destroy>", lambda event: self._stop_timer(), add=True)

    def follow(self, card: FileCard) -> None:
        """Show again what is known of a file."""
        if self._view.files.find(card.id) is card:
            self._view.refresh_files({card.id})
            self._on_view()  # its thumbnail may have come

    def follow_limit(self) -> None:
        """Show again until when files are kept, if the limit of the channel is another one now."""
        days = self._view.around.keep_days
        if days != self._keep_days:
            self._keep_days = days
            if self._view.around.file_prefix:
                self._view.refresh_files({self._view.around.file_prefix})
                self._on_view()

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
                self._watch_end(card, entry)

    def _watch_end(self, card: FileCard, entry: Entry) -> None:
        """Ask about a file when its time is over, and look again while it is there."""
        end = kept_until(card, entry.time, self._view.around.keep_days)
        if card.state != "known" or end is None:
            return
        now = self._view.now()
        due = max(end + GRACE_SECONDS, self._checked.get(card.id, 0.0) + CHECK_SECONDS)
        if due <= now:
            self._checked[card.id] = now
            self._check(card)
            due = now + CHECK_SECONDS
        if due - now < FARTHEST_SECONDS:
            self._look_again(int((due - now) * 1000) + 1)

    def _look_again(self, milliseconds: int) -> None:
        """Look at the messages in sight later; the soonest of several times counts."""
        at = self._view.now() + milliseconds / 1000
        if "look" not in self._timers or at < self._looks_at:
            self._looks_at = at
            self._timers.stop("look")
            self._timers.start("look", milliseconds, self._on_view)

    def _stop_timer(self) -> None:
        if self._timer:
            self._view.after_cancel(self._timer)
            self._timer = ""
