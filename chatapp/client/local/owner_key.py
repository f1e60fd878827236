"""The key by which the user of this computer is the owner of the server that was started here.

It is made and stored before the server starts, so no failure of the first connection can lose it. If no
store has it any more, or the store is locked, a new key is made: a user who can start the server with its
data folder can also give it another key.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from chatapp.client.local.password_store import PasswordStore, StoreUnavailable
from chatapp.languages.translation import _

KEY_BYTES = 24
NAME = "owner-key"
"""The name for OPER, and the name of the entry in the password store."""

log = logging.getLogger(__name__)


class NoKeyStore(Exception):
    """The key cannot be stored anywhere. The message is a sentence for the user."""


def owner_key(stores: Sequence[PasswordStore], data: Path, legacy: Path) -> str:
    """Return the key for the server with a data folder; make and store one if there is none.

    It may wait for a person who is asked to unlock a store.

    Args:
        stores: The password stores, the best one first.
        data: The data folder.
        legacy: The file in which servers of the first version wrote a password. It becomes the key.

    Raises:
        NoKeyStore: A new key cannot be stored.
    """
    server = f"chat in {data}"
    for store in stores:
        with suppress(StoreUnavailable):
            if found := store.get(server, NAME):
                return found
    key = _first_password(legacy) or secrets.token_urlsafe(KEY_BYTES)
    if not stores:  # a front-end without stores asks again at each start
        return key
    for store in stores:
        with suppress(StoreUnavailable):
            store.put(server, NAME, key)
            _delete(legacy)
            return key
        log.info("the owner key could not be stored %s", store.location)
    raise NoKeyStore(_("The key that makes you the owner cannot be stored. Is the disk full?"))


def _first_password(file: Path) -> str:
    """Return the password that a server of the first version wrote; empty if there is none."""
    try:
        return file.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        log.warning("the owner's password cannot be read: %s", error)
        return ""


def _delete(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        log.warning("%s cannot be deleted: %s", file, error)
