"""The application in `~/Applications` that starts this program on macOS, and opens its links.

macOS hands links over to applications by an Apple event, not on the command line. So the application is a
small one that `osacompile`, a part of the system, makes: it passes the link on as an argument. Its script is
always the same; what differs is in files beside it.

Source: Apple's Information Property List (CFBundleURLTypes); AppleScript, `open location`.
"""

from __future__ import annotations

import contextlib
import plistlib
import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chatapp.system import program
from chatapp.system.icon_files import icns

SCRIPT = """\
on startWindow(argument)
    set starter to quoted form of POSIX path of (path to resource "start.sh")
    do shell script "/bin/sh " & starter & argument & " >/dev/null 2>&1 &"
end startWindow

on run
    startWindow("")
end run

on open location this_link
    startWindow(" " & quoted form of this_link)
end open location
"""
IDENTIFIER = "chatapp.window"
REGISTER = (
    "/System/Library/Frameworks/CoreServices.framework/Frameworks/LaunchServices.framework/Support/lsregister"
)
SECONDS = 20.0  # for each program of the system

Run = Callable[[Sequence[str]], None]
"""Runs a program; raises an `OSError` if it fails."""


@dataclass(frozen=True, slots=True)
class MacDesktop:
    """See `DesktopPlace`. Without its application in the folder, this program opens no links.

    Args:
        applications: `~/Applications`.
        command: How the window is started.
        folder: The folder in which the command is started.
    """

    applications: Path
    command: Sequence[str]
    folder: Path
    schemes: Sequence[str]
    run: Run

    @classmethod
    def of_user(cls, schemes: Sequence[str]) -> MacDesktop:
        """Return the place on the desktop of this user."""
        return cls(Path.home() / "Applications", program.command("gui"), program.folder(), schemes, _run)

    @property
    def is_in_menu(self) -> bool:
        return self._information.exists()

    @property
    def opens_links(self) -> bool:
        return bool(self._read_information().get("CFBundleURLTypes"))

    def put_in_menu(self, icons: Mapping[int, bytes]) -> None:
        self._build(self.opens_links, icons)

    def remove_from_menu(self) -> None:
        with contextlib.suppress(OSError):
            self.run([REGISTER, "-u", str(self._bundle)])
        if self._bundle.exists():
            shutil.rmtree(self._bundle)

    def open_links(self, wanted: bool, icons: Mapping[int, bytes]) -> None:
        if wanted or self.is_in_menu:
            self._build(wanted, icons)

    @property
    def _bundle(self) -> Path:
        return self.applications / "Chatapp.app"

    @property
    def _information(self) -> Path:
        return self._bundle / "Contents/Info.plist"

    def _read_information(self) -> dict[str, object]:
        try:
            found = plistlib.loads(self._information.read_bytes())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _build(self, opens_links: bool, icons: Mapping[int, bytes]) -> None:
        self.applications.mkdir(parents=True, exist_ok=True)
        if self._bundle.exists():
            shutil.rmtree(self._bundle)
        self.run(["osacompile", "-o", str(self._bundle), "-e", SCRIPT])
        resources = self._bundle / "Contents/Resources"
        (resources / "start.sh").write_text(
            f'cd {shlex.quote(str(self.folder))} && exec {shlex.join(self.command)} "$@"\n', encoding="utf-8"
        )
        (resources / "chatapp.icns").write_bytes(icns(icons))
        values = self._read_information() | {
            "CFBundleIdentifier": IDENTIFIER,
            "CFBundleName": "Chatapp",
            "CFBundleIconFile": "chatapp",
            "LSUIElement": True,  # it starts the window and ends; the window has its own place in the Dock
        }
        values.pop("CFBundleURLTypes", None)
        if opens_links:
            values["CFBundleURLTypes"] = [
                {"CFBundleURLName": "Chat link", "CFBundleURLSchemes": list(self.schemes)}
            ]
        self._information.write_bytes(plistlib.dumps(values))
        for command in (
            ["codesign", "--force", "--sign", "-", str(self._bundle)],  # its files have changed
            [REGISTER, "-f", str(self._bundle)],
        ):
            with contextlib.suppress(OSError):
                self.run(command)


def _run(command: Sequence[str]) -> None:
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise OSError(f"{command[0]} did not answer") from error
    if done.returncode:
        raise OSError(f"{command[0]} failed")
