"""Where passwords are kept: in what the system has for that, else in a file of mode 0600.

A password goes through a pipe or a function call, never onto a command line, where every user of the computer
could read it; and it is in no log and no error.
"""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, unquote

from chatapp.client import json_file

SERVICE = "Chatapp"
WAIT_SECONDS = 60.0  # for a person who may be asked to unlock it

log = logging.getLogger(__name__)


class Unavailable(Exception):
    """This place cannot be used now."""


class PasswordStore(Protocol):
    """A place for passwords, each for a server and a name. Every call may wait for a person.

    `words` say where it is, after "kept".  Raises  Unavailable
    """

    @property
    def words(self) -> str: ...
    def get(self, server: str, name: str) -> str: ...
    def put(self, server: str, name: str, password: str) -> None: ...
    def drop(self, server: str, name: str) -> None: ...


class Keychain:
    """macOS: the program `security`, which takes its commands from its input.

    What is kept is percent-encoded: `security` shows a password with other letters as hexadecimal digits.
    """

    words = "in the Keychain of this Mac"

    def get(self, server: str, name: str) -> str:
        found = _run(["security", "find-generic-password", *_entry(server, name), "-w"])
        return unquote(found.stdout.strip()) if found.returncode == 0 else ""

    def put(self, server: str, name: str, password: str) -> None:
        words = ["add-generic-password", "-U", *_entry(server, name), "-w", quote(password, safe="")]
        _run(["security", "-i"], " ".join(words) + "\n")
        _verify(self, server, name, password)

    def drop(self, server: str, name: str) -> None:
        _run(["security", "delete-generic-password", *_entry(server, name)])


class SecretTool:
    """Linux: the Secret Service (of GNOME, KDE and others), by the program `secret-tool`."""

    words = "in the keyring of this computer"

    def get(self, server: str, name: str) -> str:
        found = _run(["secret-tool", "lookup", *_attributes(server, name)])
        return found.stdout.removesuffix("\n") if found.returncode == 0 else ""

    def put(self, server: str, name: str, password: str) -> None:
        label = f"--label={SERVICE}: {name} on {server}"
        if _run(["secret-tool", "store", label, *_attributes(server, name)], password).returncode != 0:
            raise Unavailable
        _verify(self, server, name, password)

    def drop(self, server: str, name: str) -> None:
        _run(["secret-tool", "clear", *_attributes(server, name)])


class PrivateFile:
    """A table in a file that nobody else can read."""

    words = "in a file that only you can read"

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, server: str, name: str) -> str:
        found = json_file.load(self._path).get(_key(server, name))
        return found if isinstance(found, str) else ""

    def put(self, server: str, name: str, password: str) -> None:
        with json_file.locked(self._path):
            self._save({**json_file.load(self._path), _key(server, name): password})

    def drop(self, server: str, name: str) -> None:
        with json_file.locked(self._path):
            kept = json_file.load(self._path)
            if kept.pop(_key(server, name), None) is not None:
                self._save(kept)

    def _save(self, kept: dict[str, str]) -> None:
        try:
            json_file.save(self._path, kept)
        except OSError as error:
            log.warning("%s cannot be written: %s", self._path, error)
            raise Unavailable from error


def safes(file: Path) -> list[PasswordStore]:
    """The places on this computer, the best one first."""
    found: list[PasswordStore] = []
    if sys.platform == "win32":
        from chatapp.client.local.windows_credentials import CredentialManager

        found.append(CredentialManager())
    elif sys.platform == "darwin":
        found.append(Keychain())
    elif shutil.which("secret-tool"):
        found.append(SecretTool())
    return [*found, PrivateFile(file)]


def _run(command: Sequence[str], said: str = "") -> subprocess.CompletedProcess[str]:
    """Takes  said: what the program gets on its input, and nobody else. Raises  Unavailable"""
    try:
        return subprocess.run(
            command, input=said, capture_output=True, encoding="utf-8", timeout=WAIT_SECONDS, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        log.info("%s does not work: %s", command[0], type(error).__name__)  # its words may hold the input
        raise Unavailable from None


def _verify(safe: PasswordStore, server: str, name: str, password: str) -> None:
    """Such programs report success in strange cases: a password is kept when it can be read again."""
    if safe.get(server, name) != password:
        raise Unavailable


def _entry(server: str, name: str) -> list[str]:
    """Encoded, for `security -i` splits its input at spaces."""
    return ["-s", quote(f"{SERVICE}/{server}", safe="/:.[]"), "-a", quote(name, safe="")]


def _attributes(server: str, name: str) -> list[str]:
    return ["application", SERVICE, "server", server, "name", name]


def _key(server: str, name: str) -> str:
    return f"{server} {name}"
