"""The password store of each operating system: the Keychain, the Secret Service, the Credential Manager.

The programs `security` and `secret-tool` get a password through a pipe, never on a command line, where every
user of the computer could read it.
"""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote, unquote

from chatapp.client.local.password_store import SERVICE, PasswordFile, PasswordStore, StoreUnavailable
from chatapp.client.local.windows_credentials import CredentialManager
from chatapp.languages.translation import N_

WAIT_SECONDS = 60.0  # for a person who may be asked to unlock the store

log = logging.getLogger(__name__)


class Keychain:
    """macOS: the program `security`, which reads its commands from its input.

    Passwords are stored percent-encoded, because `security` prints passwords with other characters than ASCII
    as hexadecimal digits.
    """

    location = N_("in the Keychain of this Mac")

    def get(self, server: str, name: str) -> str:
        found = _run(["security", "find-generic-password", *_entry(server, name), "-w"])
        return unquote(found.stdout.strip()) if found.returncode == 0 else ""

    def put(self, server: str, name: str, password: str) -> None:
        arguments = ["add-generic-password", "-U", *_entry(server, name), "-w", quote(password, safe="")]
        _run(["security", "-i"], " ".join(arguments) + "\n")
        _verify(self, server, name, password)

    def delete(self, server: str, name: str) -> None:
        _run(["security", "delete-generic-password", *_entry(server, name)])


class SecretTool:
    """Linux: the Secret Service (GNOME, KDE and others), through the program `secret-tool`."""

    location = N_("in the keyring of this computer")

    def get(self, server: str, name: str) -> str:
        found = _run(["secret-tool", "lookup", *_attributes(server, name)])
        return found.stdout.removesuffix("\n") if found.returncode == 0 else ""

    def put(self, server: str, name: str, password: str) -> None:
        label = f"--label={SERVICE}: {name} on {server}"
        if _run(["secret-tool", "store", label, *_attributes(server, name)], password).returncode != 0:
            raise StoreUnavailable
        _verify(self, server, name, password)

    def delete(self, server: str, name: str) -> None:
        _run(["secret-tool", "clear", *_attributes(server, name)])


def password_stores(file: Path) -> list[PasswordStore]:
    """Return the password stores of this computer, the best one first.

    Args:
        file: The path of the private file that is the last store.
    """
    found: list[PasswordStore] = []
    if sys.platform == "win32":
        found.append(CredentialManager())
    elif sys.platform == "darwin":
        found.append(Keychain())
    elif shutil.which("secret-tool"):
        found.append(SecretTool())
    return [*found, PasswordFile(file)]


def _run(command: Sequence[str], secret_input: str = "") -> subprocess.CompletedProcess[str]:
    """Run a program.

    Args:
        secret_input: The text that the program reads from its standard input.

    Raises:
        StoreUnavailable: The program cannot be run, or does not end in time.
    """
    try:
        return subprocess.run(
            command,
            input=secret_input,
            capture_output=True,
            encoding="utf-8",
            timeout=WAIT_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        log.info("%s does not work: %s", command[0], type(error).__name__)  # its text may hold the input
        raise StoreUnavailable from None


def _verify(store: PasswordStore, server: str, name: str, password: str) -> None:
    """Read a password again: these programs sometimes report success although they stored nothing."""
    if store.get(server, name) != password:
        raise StoreUnavailable


def _entry(server: str, name: str) -> list[str]:
    """Return the arguments that name an entry, encoded because `security -i` splits its input at spaces."""
    return ["-s", quote(f"{SERVICE}/{server}", safe="/:.[]"), "-a", quote(name, safe="")]


def _attributes(server: str, name: str) -> list[str]:
    return ["application", SERVICE, "server", server, "name", name]
