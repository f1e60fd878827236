"""The menu entry and the links of this program on Linux, as freedesktop.org specifies them.

One file, `chatapp.desktop`, is both. Without an entry in the menu it is hidden (`NoDisplay`), without links
it names no types.

Source: Desktop Entry Specification; Icon Theme Specification; Association between MIME types and
applications.
"""

from __future__ import annotations

import contextlib
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chatapp.system import folders, program
from chatapp.system.whole_files import write_whole

NAME = "chatapp"
ENTRY_NAME = f"{NAME}.desktop"
DEFAULTS = "[Default Applications]"
REFRESH = "update-desktop-database"  # makes the list of types anew; desktops without it need none

_PLAIN = re.compile(r"[\w@+=:,./-]+", re.ASCII)
_QUOTED = re.compile(r'(["`$\\])')


@dataclass(frozen=True, slots=True)
class LinuxDesktop:
    """See `DesktopPlace`.

    Args:
        data: `~/.local/share`.
        config: `~/.config`.
        command: How the window is started.
        folder: The folder in which the command is started.
    """

    data: Path
    config: Path
    command: Sequence[str]
    folder: Path
    schemes: Sequence[str]

    @classmethod
    def of_user(cls, schemes: Sequence[str]) -> LinuxDesktop:
        """Return the place on the desktop of this user."""
        command = program.command("gui")
        return cls(folders.unix_data(), folders.unix_config(), command, program.folder(), schemes)

    @property
    def is_in_menu(self) -> bool:
        lines = self._entry_lines()
        return bool(lines) and "NoDisplay=true" not in lines

    @property
    def opens_links(self) -> bool:
        chosen = [line.replace(" ", "") for line in _section(self._default_lines(), DEFAULTS)]
        return self._names_types() and all(
            f"{kind}={ENTRY_NAME}" in (line.rstrip(";") for line in chosen) for kind in self._types()
        )

    def put_in_menu(self, icons: Mapping[int, bytes]) -> None:
        self._write_entry(is_shown=True, has_types=self._names_types(), icons=icons)

    def remove_from_menu(self) -> None:
        if self._names_types():
            self._write_entry(is_shown=False, has_types=True, icons={})
        else:
            self._remove_entry()

    def open_links(self, wanted: bool, icons: Mapping[int, bytes]) -> None:
        is_shown = self.is_in_menu
        if wanted or is_shown:
            self._write_entry(is_shown, wanted, icons)
        else:
            self._remove_entry()
        self._write_defaults(wanted)

    @property
    def _entry(self) -> Path:
        return self.data / "applications" / ENTRY_NAME

    @property
    def _defaults(self) -> Path:
        return self.config / "mimeapps.list"

    def _types(self) -> list[str]:
        return [f"x-scheme-handler/{scheme}" for scheme in self.schemes]

    def _names_types(self) -> bool:
        return any(line.startswith("MimeType=") for line in self._entry_lines())

    def _entry_lines(self) -> list[str]:
        return _lines(self._entry)

    def _default_lines(self) -> list[str]:
        return _lines(self._defaults)

    def _write_entry(self, is_shown: bool, has_types: bool, icons: Mapping[int, bytes]) -> None:
        for size, image in icons.items():
            _write(self._icon(size), image)
        lines = [
            "[Desktop Entry]",
            "Type=Application",
            "Name=Chatapp",
            "GenericName=Chat",
            "Comment=Chat with a class, a team, an office or a club",
            f"Exec={' '.join([*map(_quoted, self.command), '%u'])}",
            f"Path={_escaped(str(self.folder))}",
            f"Icon={NAME}",
            "Terminal=false",
            "StartupWMClass=Chatapp",
            "Categories=Network;Chat;InstantMessaging;IRCClient;",
        ]
        lines += [f"MimeType={''.join(f'{kind};' for kind in self._types())}"] if has_types else []
        lines += [] if is_shown else ["NoDisplay=true"]
        _write(self._entry, "".join(f"{line}\n" for line in lines).encode())
        self._refresh()

    def _remove_entry(self) -> None:
        self._entry.unlink(missing_ok=True)
        for icon in self.data.glob(f"icons/hicolor/*/apps/{NAME}.png"):
            icon.unlink(missing_ok=True)
        self._refresh()

    def _icon(self, size: int) -> Path:
        return self.data / "icons/hicolor" / f"{size}x{size}" / "apps" / f"{NAME}.png"

    def _write_defaults(self, wanted: bool) -> None:
        """Name this program, or no longer, as the one that opens the links; keep the rest of the file."""
        before = self._default_lines()
        own = [f"{kind}={ENTRY_NAME}" for kind in self._types()]
        others = self._types() if wanted else []
        kept = [line for line in before if line.replace(" ", "").rstrip(";") not in own]
        section = _section(kept, DEFAULTS)
        replaced = [line for line in section if line.partition("=")[0].strip() in others]
        after = [line for line in kept if line not in replaced]
        if wanted:
            after = after if DEFAULTS in after else [*after, DEFAULTS]
            place = after.index(DEFAULTS) + 1
            after[place:place] = own
        if after != before:
            _write(self._defaults, "".join(f"{line}\n" for line in after).encode(errors="surrogateescape"))

    def _refresh(self) -> None:
        with contextlib.suppress(OSError):
            subprocess.run(
                [REFRESH, str(self._entry.parent)],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                check=False,
            )  # fmt: skip


def _section(lines: Sequence[str], title: str) -> list[str]:
    """Return the lines of one section of a file."""
    found, is_inside = [], False
    for line in lines:
        if line.startswith("["):
            is_inside = line.strip() == title
        elif is_inside:
            found.append(line)
    return found


def _quoted(argument: str) -> str:
    """Write an argument for the key Exec: `%` doubled, quoted if necessary, and then escaped as every text.

    `xdg-open` without a desktop does not understand a quoted program.
    """
    if _PLAIN.fullmatch(argument):
        return argument
    return _escaped('"' + _QUOTED.sub(r"\\\1", argument.replace("%", "%%")) + '"')


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8", errors="surrogateescape").splitlines()
    except FileNotFoundError:
        return []


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, data)
