"""Stores the saves of a turn, and decides what happens when the database refuses them.

* A cause outside of this program (a full disk, a lock) may pass: the turn is withheld, see `storage_stall`.
* A damaged file stays damaged, and SQLite may lose what it still accepts: the server ends.
* Anything else is a bug in one of the outboxes, so each is stored alone. Messages that the database refuses
  are dropped, because the world is the same without them. Any other change has been made in the world
  already; without it the database and the world differ, so the server ends.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from chatapp.server.core.message_log import stores_only_messages
from chatapp.server.core.outbox import Outbox
from chatapp.server.storage.error_kinds import is_damaged, is_passing
from chatapp.server.storage.statements import Save

_DAMAGE_HELP = (
    "The server ends. Replace it by a copy that the command backup made, then start the server again."
)

log = logging.getLogger(__name__)


class Storage(Protocol):
    """The part of the database that the core uses."""

    path: Path | str

    def write(self, saves: Sequence[Save]) -> None: ...


class FatalStorageError(Exception):
    """The server has to end. The text says why and what to do."""


def store_saves(store: Storage, outboxes: Sequence[Outbox]) -> Exception | None:
    """Store what these outboxes have to save.

    Returns:
        None when everything is stored; else the error, whose cause may pass. Saves that are stored already
        are removed from the outboxes then.

    Raises:
        FatalStorageError: The database is damaged, or refuses a change that was made in the world.
    """
    saves = [save for out in outboxes for save in out.saves]
    if not saves:
        return None
    try:
        store.write(saves)
    except Exception as error:
        if is_damaged(error):
            raise FatalStorageError(damage(store, error)) from error
        return error if is_passing(error) else _store_each(store, outboxes)
    return None


def _store_each(store: Storage, outboxes: Sequence[Outbox]) -> Exception | None:
    for out in outboxes:
        if not out.saves:
            continue
        try:
            store.write(out.saves)
            out.saves.clear()
        except Exception as error:
            if is_passing(error):
                return error
            statements = ", ".join(dict.fromkeys(save.statement.name for save in out.saves))
            log.exception("the database refuses the changes of %s: %s", out.me.link.address, statements)
            if not stores_only_messages(out.saves):
                problem = f"The database {store.path} refuses a change that was already made: {error}."
                raise FatalStorageError(f"{problem} The server ends; start it again.") from error
            out.drop(f"Not sent: the server cannot store it: {error}")
            out.finish()
    return None


def damage(store: Storage, error: Exception) -> str:
    """Return why a server with a damaged database ends, and what to do."""
    return f"The database {store.path} is damaged: {error}. {_DAMAGE_HELP}"
