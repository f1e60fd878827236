"""How long files are kept."""

from __future__ import annotations

from chatapp.protocol.timestamps import DAY_MILLISECONDS
from chatapp.server.state.world import World
from chatapp.server.storage.file_rows import StoredFile


def expiry(world: World, created: int) -> int | None:
    """Return when a file is deleted, in milliseconds; None for never."""
    days = world.config.files.keep_days
    return created + days * DAY_MILLISECONDS if days else None


def has_expired(world: World, file: StoredFile, now: int) -> bool:
    """Return whether the days of a file are over. It may not be deleted yet."""
    end = expiry(world, file.created)
    return end is not None and end <= now
