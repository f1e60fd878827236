"""The interface of every password store, and a private file as the last resort.

Each store holds a password for a server and a name. No store writes a password to a log or an error.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Protocol

from chatapp.client import json_file
from chatapp.languages.translation import N_

SERVICE = "Chatapp"  # the name under which the stores of the system show our entries

log = logging.getLogger(__name__)


class StoreUnavailable(Exception):
    """This password store cannot be used now."""


class PasswordStore(Protocol):
    """A store of passwords, each for a server (`host:port`) and a name.

    Every call may wait for a person who is asked to unlock the store, and may raise `StoreUnavailable`.
    """

    @property
    def location(self) -> str:
        """The location of the store as it follows "stored": `in the Keychain of this Mac`."""

    def get(self, server: str, name: str) -> str:
        """Return the password; empty if there is none."""

    def put(self, server: str, name: str, password: str) -> None:
        """Store a password in place of the one before."""

    def delete(self, server: str, name: str) -> None:
        """Delete the password if there is one."""


class PasswordFile:
    """A JSON file that only its owner can read."""

    location = N_("in a file that only you can read")

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, server: str, name: str) -> str:
        found = json_file.load(self._path).get(_key(server, name))
        return found if isinstance(found, str) else ""

    def put(self, server: str, name: str, password: str) -> None:
        with json_file.locked(self._path):
            self._save({**json_file.load(self._path), _key(server, name): password})

    def delete(self, server: str, name: str) -> None:
        with json_file.locked(self._path):
            stored = json_file.load(self._path)
            if stored.pop(_key(server, name), None) is not None:
                self._save(stored)

    def _save(self, stored: dict[str, str]) -> None:
        try:
            json_file.save(self._path, stored)
        except OSError as error:
            log.warning("%s cannot be written: %s", self._path, error)
            raise StoreUnavailable from error


def _key(server: str, name: str) -> str:
    return f"{server} {name}"
