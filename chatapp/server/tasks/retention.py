"""Keeps the search index up to date and deletes messages that are too old or unreachable, a few at a time.

A worker reads and does all work on the index. The core deletes the rows in its own transactions, so few at a
time that clients do not notice it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from chatapp.protocol.modes import KEEP_MODE
from chatapp.protocol.timestamps import DAY_MILLISECONDS
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.channel import Channel
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from chatapp.server.storage import expiry
from chatapp.server.storage.expiry import Deletion
from chatapp.server.storage.reader import Reader
from chatapp.server.storage.search_index import SearchIndex
from chatapp.server.storage.statements import DatabaseError

SECONDS = 1.0  # between two rounds
CALM_ROWS = 10_000  # the most messages that are indexed in a round
BUSY_ROWS = 2_000  # the same if at least this many were sent since the last round: sending has priority
EXPIRED_ROWS = 500  # the most expired rows of each table that are deleted in a round
DROPPED_ROWS = 2_000  # approximately the most dropped rows in a round; found by key, so they cost less
SEEN_CHANNELS = 500  # the most channels of which a round asks whether they have a limit of their own
CHANNELS = 50  # the most of them that are checked in a round
DROPPED_KEYS = 100  # the most channels, accounts and conversations that are checked in a round
REFRESHED_ROWS = 2_000  # the most deleted and edited messages that are refreshed in the index in a round

log = logging.getLogger(__name__)


class Retention:
    """A task of the core, see `Core.run_every`.

    Args:
        index: The search index; None where SQLite has no full-text search.
    """

    def __init__(self, index: SearchIndex | None) -> None:
        self._index = index
        self._unseen: list[Channel] = []  # whose turn comes before all channels are seen again
        self._newest = 0  # id of the newest message, one round ago

    def __call__(self, world: World, session: Session, out: Outbox) -> None:
        """Start a round."""
        days = world.config.history.keep_days
        oldest = out.now - days * DAY_MILLISECONDS if days else 0
        limits = [(channel.key, out.now - days * DAY_MILLISECONDS) for channel, days in self._limited(world)]
        out.run_job(lambda reader: self._find(reader, oldest, limits), _delete)

    def _limited(self, world: World) -> list[tuple[Channel, int]]:
        """Return the next channels with a limit of their own, and their days."""
        self._unseen = self._unseen or list(world.channels.values())
        limited: list[tuple[Channel, int]] = []
        for _ in range(min(len(self._unseen), SEEN_CHANNELS)):
            channel = self._unseen.pop()
            if KEEP_MODE in channel.modes:
                limited.append((channel, int(channel.modes[KEEP_MODE])))
                if len(limited) == CHANNELS:
                    break
        return limited

    def _find(self, reader: Reader, oldest: int, limits: Sequence[tuple[str, int]]) -> Deletion:
        """Update the index and return what the core has to delete.

        Args:
            oldest: Rows before this time, in milliseconds, are too old; 0 if messages do not expire.
            limits: The same for channels with a limit of their own: the key of each, and the time.

        Thread: a worker's.
        """
        deletion = Deletion()
        try:
            self._update_index(reader, deletion)
            if oldest:
                deletion.add(expiry.expired(reader, oldest, EXPIRED_ROWS))
            for target, first in limits:
                if deletion.rows < EXPIRED_ROWS:
                    deletion.add(expiry.expired_in(reader, target, first, EXPIRED_ROWS))
            deletion.add(expiry.dropped(reader, DROPPED_ROWS, DROPPED_KEYS))
        except DatabaseError as error:
            self._warn("Old messages are not deleted", error)
            return Deletion()
        return deletion

    def _update_index(self, reader: Reader, deletion: Deletion) -> None:
        """Bring the index up to date. An error is logged, and does not stop the rest of the round."""
        try:
            if self._index is None or self._index.repair():
                self._add_new(reader)
                self._refresh(reader, deletion)
        except DatabaseError as error:
            self._warn("The search index is not up to date", error)
            if self._index:
                self._index.report(error)

    def _warn(self, problem: str, error: DatabaseError) -> None:
        """Log a problem, unless the database is gone: the server ends then, and its last line says why."""
        if self._index is None or not self._index.is_orphaned:
            log.warning("%s: %s", problem, error)

    def _add_new(self, reader: Reader) -> None:
        if self._index is None:
            return
        count = expiry.count_newer(reader, self._newest, BUSY_ROWS)
        if count:
            self._newest = expiry.newest_message_id(reader)
        self._index.add(BUSY_ROWS if count == BUSY_ROWS else CALM_ROWS)

    def _refresh(self, reader: Reader, deletion: Deletion) -> None:
        """Remove deleted messages from the index, and index edited ones again."""
        changed = expiry.changed_messages(reader, REFRESHED_ROWS)
        if changed is None:
            return
        if self._index:
            self._index.refresh(changed.ids)
        deletion.saves.append(changed.save)

    def close(self) -> None:
        """Close the index. No round may follow."""
        if self._index:
            self._index.close()


def _delete(world: World, session: Session, deletion: Deletion, out: Outbox) -> None:
    for save in deletion.saves:
        out.save(save)
    for target, owners in deletion.markers:
        for owner in owners or list(world.markers):
            world.markers.get(owner, {}).pop(target, None)
