"""The shortcut in the start menu and the links of this program on Windows.

Links are registered for the user alone, below `HKEY_CURRENT_USER\\Software\\Classes`. PowerShell writes the
shortcut; its values are in environment variables, never in the script.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from chatapp.system import folders, program
from chatapp.system.icon_files import ico
from chatapp.system.processes import BACKGROUND_FLAGS

CLASSES = r"Software\Classes"
SHORTCUT = (
    "$s = (New-Object -ComObject WScript.Shell).CreateShortcut($env:CHATAPP_SHORTCUT); "
    "$s.TargetPath = $env:CHATAPP_TARGET; $s.Arguments = $env:CHATAPP_ARGUMENTS; "
    "$s.WorkingDirectory = $env:CHATAPP_FOLDER; $s.IconLocation = $env:CHATAPP_ICON; $s.Save()"
)
SHORTCUT_SECONDS = 20.0  # for PowerShell, which starts slowly


class Registry(Protocol):
    """The registry of the user; see `UserRegistry`."""

    def get(self, key: str, name: str = "") -> str: ...
    def set(self, key: str, name: str, value: str) -> None: ...
    def delete(self, key: str) -> None: ...


Run = Callable[[Sequence[str], Mapping[str, str]], None]
"""Runs a program with this environment; raises an `OSError` if it fails."""


@dataclass(frozen=True, slots=True)
class WindowsDesktop:
    """See `DesktopPlace`.

    Args:
        menu: The folder of the start menu.
        local: The folder for the icon.
        command: How the window is started.
        folder: The folder in which the command is started.
    """

    menu: Path
    local: Path
    command: Sequence[str]
    folder: Path
    schemes: Sequence[str]
    registry: Registry
    run: Run

    @classmethod
    def of_user(cls, schemes: Sequence[str], registry: Registry) -> WindowsDesktop:
        """Return the place on the desktop of this user."""
        menu, local = folders.windows_start_menu(), folders.windows_local() / "Chatapp"
        command = program.command("gui", without_console=True)
        return cls(menu, local, command, program.folder(), schemes, registry, _run)

    @property
    def is_in_menu(self) -> bool:
        return self._shortcut.exists()

    @property
    def opens_links(self) -> bool:
        return all(
            self.registry.get(rf"{self._key(scheme)}\shell\open\command") == self._opening
            for scheme in self.schemes
        )

    def put_in_menu(self, icons: Mapping[int, bytes]) -> None:
        self._write_icon(icons)
        values = {
            "CHATAPP_SHORTCUT": str(self._shortcut),
            "CHATAPP_TARGET": self.command[0],
            "CHATAPP_ARGUMENTS": subprocess.list2cmdline(self.command[1:]),
            "CHATAPP_FOLDER": str(self.folder),
            "CHATAPP_ICON": str(self._icon),
        }
        self.run(["powershell", "-NoProfile", "-NonInteractive", "-Command", SHORTCUT], values)

    def remove_from_menu(self) -> None:
        self._shortcut.unlink(missing_ok=True)

    def open_links(self, wanted: bool, icons: Mapping[int, bytes]) -> None:
        if not wanted:
            for scheme in self.schemes:
                if self.registry.get(rf"{self._key(scheme)}\shell\open\command") == self._opening:
                    self.registry.delete(self._key(scheme))
            return
        self._write_icon(icons)
        for scheme in self.schemes:
            key = self._key(scheme)
            self.registry.set(key, "", f"URL:{scheme} link")
            self.registry.set(key, "URL Protocol", "")
            self.registry.set(rf"{key}\DefaultIcon", "", str(self._icon))
            self.registry.set(rf"{key}\shell\open\command", "", self._opening)

    @property
    def _opening(self) -> str:
        """The command line for a link. Windows puts it in place of `%1`."""
        return f'{subprocess.list2cmdline(self.command)} "%1"'

    @property
    def _shortcut(self) -> Path:
        return self.menu / "Chatapp.lnk"

    @property
    def _icon(self) -> Path:
        return self.local / "chatapp.ico"

    def _key(self, scheme: str) -> str:
        return rf"{CLASSES}\{scheme}"

    def _write_icon(self, icons: Mapping[int, bytes]) -> None:
        self.local.mkdir(parents=True, exist_ok=True)
        self._icon.write_bytes(ico(icons))


def _run(command: Sequence[str], values: Mapping[str, str]) -> None:
    try:
        done = subprocess.run(
            command,
            env={**os.environ, **values},
            stdin=subprocess.DEVNULL, capture_output=True, creationflags=BACKGROUND_FLAGS,
            timeout=SHORTCUT_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise OSError("PowerShell did not answer") from error
    if done.returncode:
        raise OSError("PowerShell could not write the shortcut")
