"""What is made at the first start of a server, and kept: the key of its cloaks, the owner's password."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from pathlib import Path

from chatapp.protocol.credentials import SALT_BYTES, Credentials
from chatapp.server.storage.database import OWNER, Database
from chatapp.server.storage.invite_codes import spelled

CLOAK_SECRET = "cloak secret"

log = logging.getLogger(__name__)


def cloak_secret(store: Database) -> bytes:
    """What keys the cloak of addresses."""
    return _first(store, CLOAK_SECRET, lambda: secrets.token_bytes(32))


def owner_password(store: Database) -> str:
    """The password that makes an owner of the user who gives it to OPER.

    Returns:
        The password the first time; nothing later, since only its hash is kept.
    """
    if store.fact(OWNER) is not None:
        return ""
    password = spelled()
    credentials = Credentials.make(password, secrets.token_bytes(SALT_BYTES)).stored().encode()
    return password if _first(store, OWNER, lambda: credentials) == credentials else ""


def _first(store: Database, name: str, make: Callable[[], bytes]) -> bytes:
    """The fact of this name, which is made if it is not there. Of two processes that make it one succeeds."""
    value = store.fact(name)
    if value is None:
        store.write([("first fact", (name, make()))])
        value = store.fact(name)
        assert value is not None
    return value


def handed_over(password: str, file: Path) -> bool:
    """Write a password into a file that is its owner's alone; says whether that could be done."""
    try:
        file.touch(0o600)
        file.chmod(0o600)
        file.write_text(f"{password}\n", encoding="utf-8")
    except OSError as error:
        log.error("the owner's password cannot be written to %s: %s", file, error)
        return False
    return True
