"""What is remembered between two runs: a JSON file in the user's configuration folder.

A value of the wrong kind is the default one.
"""

from __future__ import annotations

import logging
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from chatapp.client import json_file
from chatapp.system import folders

MAX_SERVERS = 10  # servers remembered
FONT_SIZES = range(8, 25)  # points

_ITEMS = {
    **dict.fromkeys(("servers", "remembered", "unencrypted", "channels", "drafts", "muted", "ignored"), str),
    **dict.fromkeys(("conversations", "keys", "current"), str),
    **dict.fromkeys(("sashes", "read", "seen"), int),
}

NO_HOME = "This user has no home folder, so nothing can be remembered: set HOME or XDG_CONFIG_HOME."

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Settings:
    """Every value has a default. Servers are `host:port`, the latest first."""

    name: str = ""
    realname: str = ""
    servers: list[str] = field(default_factory=list)
    remembered: list[str] = field(default_factory=list)  # "host:port name" whose password is kept, not here
    unencrypted: list[str] = field(default_factory=list)  # those with which a person did without TLS
    channels: list[str] = field(default_factory=list)
    theme: str = "system"  # or dark, light, contrast
    font_size: int = 11
    clock24: bool = True
    typing: bool = True  # tell others that we are typing
    connect_at_start: bool = False  # to the latest server, without asking
    people_shown: bool = True
    place: str = ""  # of the window, as Tk writes it
    sashes: dict[str, int] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)  # by "host:port name"
    muted: list[str] = field(default_factory=list)  # likewise
    ignored: list[str] = field(default_factory=list)
    conversations: list[str] = field(default_factory=list)  # open ones, by "host:port name"
    keys: dict[str, str] = field(default_factory=dict)  # of channels, likewise
    current: dict[str, str] = field(default_factory=dict)  # the conversation in sight, by "host:port"
    read: dict[str, int] = field(default_factory=dict)  # milliseconds up to which was read, by conversation
    seen: dict[str, int] = field(default_factory=dict)  # Unix seconds when we were there last, by "host:port"

    def used(self, server: str) -> None:
        """Put a server first among the recent ones."""
        self.servers = [server, *(each for each in self.servers if each != server)][:MAX_SERVERS]


class NoFolder(Exception):
    """There is no configuration folder; the words say why and what to do."""


def folder() -> Path:
    """Return the configuration folder of this user on this platform.

    Raises:
        NoFolder: This user has no home folder.
    """
    try:
        return folders.settings_folder()
    except RuntimeError as error:
        raise NoFolder(NO_HOME) from error


def why_unusable(folder: Path) -> str:
    """Make a folder for settings if it is not there; return why nothing can be kept in it, or nothing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        return "it is a file, or below one"
    except OSError as error:
        return error.strerror or str(error)
    return "" if os.access(folder, os.W_OK | os.X_OK) else "you may not write there"


def load(path: Path | None = None) -> Settings:
    """The settings of a file; the defaults where it is missing or broken."""
    return _settings(json_file.load(path or folder() / "settings.json"))


def save(settings: Settings, path: Path | None = None) -> None:
    """Write the settings: either wholly or not at all.

    Raises  OSError
    """
    json_file.save(path or folder() / "settings.json", asdict(settings))


def merged(before: Settings, ours: Settings, theirs: Settings) -> Settings:
    """The settings after two windows have changed them.

    Args:
        before: What we had read or written last.
        ours: What it is with us now.
        theirs: What the file says now.
    """
    values = {
        each.name: _merged(getattr(before, each.name), getattr(ours, each.name), getattr(theirs, each.name))
        for each in fields(Settings)
    }
    return Settings(**values)


def _merged(before: Any, ours: Any, theirs: Any) -> Any:
    """One value, list or table: theirs, with what we have changed."""
    if ours == before:
        return theirs
    if isinstance(ours, dict):
        changed = {key: value for key, value in ours.items() if before.get(key) != value}
        removed = before.keys() - ours.keys()
        return {key: value for key, value in theirs.items() if key not in removed} | changed
    if isinstance(ours, list):
        removed = set(before) - set(ours)
        news = [each for each in theirs if each not in before and each not in ours]
        lost = set(before) - set(theirs)
        rest = [each for each in ours if each not in lost or each not in before]
        return [each for each in [*rest, *news] if each not in removed]
    return ours


def _settings(read: dict[str, Any]) -> Settings:
    settings = Settings()
    for each in fields(Settings):
        default = getattr(settings, each.name)
        value = read.get(each.name, default)
        if type(value) is type(default) and _holds(value, _ITEMS.get(each.name)):
            setattr(settings, each.name, value)
        else:
            log.warning("setting %s is of the wrong kind and left out", each.name)
    settings.font_size = min(max(settings.font_size, FONT_SIZES[0]), FONT_SIZES[-1])
    return settings


def _holds(value: object, kind: type | None) -> bool:
    """Whether everything in a list or table is of one kind; other values hold nothing."""
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return kind is None or all(type(item) is kind for item in items)
