"""The secrets of a server: the key of its cloaks, the owner's password, and the owner's keys.

The password is made at the first start, for people. A key comes from a window on the server's computer that
starts the server or finds it running: a long random text that no person sees, so a fast hash of it is enough.
Windows with different settings have different keys, and each of them is the owner's; a window that lost its
key makes a new one.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import string
import time
from collections.abc import Callable
from pathlib import Path

from chatapp.protocol.credentials import SALT_BYTES, Credentials
from chatapp.protocol.file_ids import PREFIX_CHARACTERS
from chatapp.server.storage import settings
from chatapp.server.storage.database import Database
from chatapp.server.storage.invite_codes import random_code
from chatapp.server.storage.statements import Queryable

CLOAK_SECRET_BYTES = 32
MAX_OWNER_KEYS = 8  # those of the newest windows
_PREFIX_LETTERS = string.ascii_letters + string.digits

log = logging.getLogger(__name__)


def cloak_secret(database: Database) -> bytes:
    """Return the key of the cloaks that replace addresses."""
    return _read_or_make(database, settings.CLOAK_SECRET, lambda: secrets.token_bytes(CLOAK_SECRET_BYTES))


def owner_password(database: Database) -> str:
    """Make the password with which OPER makes a user an owner.

    Returns:
        The password the first time; empty later, since only its hash is stored.
    """
    if settings.read(database, settings.OWNER_CREDENTIALS) is not None:
        return ""
    password = random_code()
    credentials = Credentials.make(password, secrets.token_bytes(SALT_BYTES)).stored().encode()
    stored = _read_or_make(database, settings.OWNER_CREDENTIALS, lambda: credentials)
    return password if stored == credentials else ""


def store_owner_key(database: Database, key: str) -> bool:
    """Add a key of the owner, or note that it was used now. Only the newest `MAX_OWNER_KEYS` stay valid.

    Returns:
        Whether it is new.
    """
    is_new = not is_owner_key(database, key)
    now = time.time_ns() // 1_000_000
    database.write(
        [settings.upsert(_key_name(key), b"%015d" % now), settings.keep_owner_keys(MAX_OWNER_KEYS)]
    )
    return is_new


def is_owner_key(database: Queryable, key: str) -> bool:
    """Return whether this is a key of the owner."""
    return settings.read(database, _key_name(key)) is not None


def has_owner(database: Queryable) -> bool:
    """Return whether there is a key of the owner."""
    return settings.has_owner_key(database)


def _key_name(key: str) -> str:
    """Return the name under which a key is stored. The key cannot be found out from it."""
    return f"{settings.OWNER_KEY} {hashlib.sha256(key.encode()).hexdigest()}"


def file_prefix(database: Database) -> str:
    """Return the first characters of the ids of all files of this server."""
    return _read_or_make(database, settings.FILE_PREFIX, _new_prefix).decode()


def _new_prefix() -> bytes:
    return "".join(secrets.choice(_PREFIX_LETTERS) for _ in range(PREFIX_CHARACTERS)).encode()


def _read_or_make(database: Database, name: str, make: Callable[[], bytes]) -> bytes:
    """Return a setting, made if it is missing. If two processes make it, both get the value of the first."""
    value = settings.read(database, name)
    if value is None:
        database.write([settings.add(name, make())])
        value = settings.read(database, name)
        assert value is not None
    return value


def write_password(password: str, file: Path) -> bool:
    """Write a password into a file that only its owner can read.

    Returns:
        Whether that succeeded; if not, the reason is logged.
    """
    try:
        file.touch(0o600)
        file.chmod(0o600)
        file.write_text(f"{password}\n", encoding="utf-8")
    except OSError as error:
        log.error("The owner's password cannot be written to %s: %s", file, error)
        return False
    return True
