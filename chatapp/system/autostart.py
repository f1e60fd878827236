"""Starts a program with the computer: more exactly, when its user logs in. Nothing needs an administrator.

    Linux with systemd    ~/.config/systemd/user/<name>.service, and a link to it in default.target.wants
    other Linux           ~/.config/autostart/<name>.desktop
    macOS                 ~/Library/LaunchAgents/<name>.plist
    Windows               <name>.pyw in the Startup folder, which opens no console

Source: systemd.unit(5), systemd.service(5); XDG Autostart and Desktop Entry Specification; launchd.plist(5).
"""

from __future__ import annotations

import os
import plistlib
import sys
from abc import abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from chatapp.languages.translation import _
from chatapp.system import folders

WRONG_USE = 2  # exit status of a server that cannot start at all, such as when it runs already


class CannotAutostart(Exception):
    """It cannot be switched. The message is a sentence for the user."""


class AutostartKind(Protocol):
    """One way to start a program at login."""

    @property
    @abstractmethod
    def files(self) -> list[Path]:
        """The files and links, all of which have to exist."""

    @abstractmethod
    def write(self, command: Sequence[str]) -> None:
        """Write the files.

        Raises:
            OSError: That is not possible.
        """


@dataclass(frozen=True, slots=True)
class SystemdUnit:
    """A unit of the user's own systemd.

    Attributes:
        folder: The folder of the user's units.
    """

    folder: Path
    name: str
    title: str

    @property
    def files(self) -> list[Path]:
        unit = f"{self.name}.service"
        return [self.folder / unit, self.folder / "default.target.wants" / unit]

    def write(self, command: Sequence[str]) -> None:
        unit, link = self.files
        line = " ".join(map(_systemd_quoted, command))
        _write(
            unit,
            f"[Unit]\nDescription={self.title}\n\n"
            f"[Service]\nExecStart={line}\nRestart=on-failure\nRestartPreventExitStatus={WRONG_USE}\n\n"
            "[Install]\nWantedBy=default.target\n",
        )
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(unit)  # as `systemctl --user enable` does


@dataclass(frozen=True, slots=True)
class DesktopFile:
    """An entry that desktops start."""

    folder: Path
    name: str
    title: str

    @property
    def files(self) -> list[Path]:
        return [self.folder / f"{self.name}.desktop"]

    def write(self, command: Sequence[str]) -> None:
        line = " ".join(map(_desktop_quoted, command)).replace("\\", "\\\\")
        text = f"[Desktop Entry]\nType=Application\nName={self.title}\nExec={line}\nTerminal=false\n"
        _write(self.files[0], text)


@dataclass(frozen=True, slots=True)
class LaunchAgent:
    """An agent of launchd."""

    folder: Path
    name: str

    @property
    def files(self) -> list[Path]:
        return [self.folder / f"{self.name}.plist"]

    def write(self, command: Sequence[str]) -> None:
        agent = {
            "Label": self.name,
            "ProgramArguments": list(command),
            "RunAtLoad": True,
            "ProcessType": "Background",
        }
        _write(self.files[0], plistlib.dumps(agent).decode())


@dataclass(frozen=True, slots=True)
class StartupScript:
    """A script in the Startup folder; `pythonw` runs it without a window."""

    folder: Path
    name: str

    @property
    def files(self) -> list[Path]:
        return [self.folder / f"{self.name}.pyw"]

    def write(self, command: Sequence[str]) -> None:
        words, no_window = ", ".join(map(ascii, command)), 0x08000000  # CREATE_NO_WINDOW
        start = f"subprocess.Popen([{words}], creationflags={no_window})"
        _write(self.files[0], f"import subprocess\n\n{start}\n")


@dataclass(frozen=True, slots=True)
class Autostart:
    """Whether a program starts with the computer.

    Attributes:
        kinds: The ways of this system, the one to use first.
    """

    kinds: Sequence[AutostartKind]

    @property
    def is_on(self) -> bool:
        """Whether it does."""
        return any(all(file.is_file() for file in kind.files) for kind in self.kinds)

    def switch_on(self, command: Sequence[str]) -> None:
        """Start this command with the computer from now on, in place of an earlier one.

        Raises:
            CannotAutostart: The files cannot be written.
        """
        try:
            self._remove()
            self.kinds[0].write(command)
        except OSError as error:
            text = _("It cannot be switched on: {reason}.").format(reason=_reason(error))
            raise CannotAutostart(text) from error

    def switch_off(self) -> None:
        """Start it no longer. A program that runs goes on.

        Raises:
            CannotAutostart: The files cannot be removed.
        """
        try:
            self._remove()
        except OSError as error:
            text = _("It cannot be switched off: {reason}.").format(reason=_reason(error))
            raise CannotAutostart(text) from error

    def _remove(self) -> None:
        for file in [file for kind in self.kinds for file in reversed(kind.files)]:
            with suppress(FileNotFoundError):
                file.unlink()


def autostart(name: str, title: str) -> Autostart:
    """Return the autostart of a program on this system.

    Args:
        name: Of the files: small letters and hyphens.
        title: For people.

    Raises:
        RuntimeError: This user has no home folder.
    """
    if sys.platform == "win32":
        return Autostart([StartupScript(folders.windows_start_menu() / "Startup", title)])
    if sys.platform == "darwin":
        return Autostart([LaunchAgent(Path.home() / "Library/LaunchAgents", f"local.{name}")])
    config = folders.unix_config()
    unit = SystemdUnit(config / "systemd/user", name, title)
    desktop = DesktopFile(config / "autostart", name, title)
    return Autostart([unit, desktop] if _has_systemd() else [desktop, unit])


def _has_systemd() -> bool:
    """Return whether a systemd of this user runs."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return bool(runtime) and (Path(runtime) / "systemd").is_dir()


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _reason(error: OSError) -> str:
    return f"{error.strerror or error}, {error.filename}" if error.filename else str(error.strerror or error)


def _systemd_quoted(word: str) -> str:
    for character, safe in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$"), ("\n", "\\n")):
        word = word.replace(character, safe)
    return f'"{word}"'


def _desktop_quoted(word: str) -> str:
    for character in '\\"`$':
        word = word.replace(character, f"\\{character}")
    return f'"{word.replace("%", "%%")}"'
