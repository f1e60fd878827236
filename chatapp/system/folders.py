"""The folders that a system has for a user's settings, data and caches.

Source: XDG Base Directory Specification; Apple's File System Programming Guide; Windows known folders.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from pathlib import Path

_DOWNLOADS = re.compile(r'^XDG_DOWNLOAD_DIR="((?:\$HOME)?/[^"]+)"', re.MULTILINE)


def settings_folder() -> Path:
    """Return the folder for the settings of the user's programs.

    Raises:
        RuntimeError: This user has no home folder.
    """
    if sys.platform == "win32":
        return windows_roaming() / "Chatapp"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/Chatapp"
    return unix_config() / "chatapp"


def server_data_folder() -> Path:
    """Return the folder for the data of a server that the user runs.

    Raises:
        RuntimeError: This user has no home folder.
    """
    if sys.platform == "win32":
        return windows_local() / "Chatapp/server"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/Chatapp/server"
    return unix_data() / "chatapp/server"


def cache_folder() -> Path:
    """Return the folder for what a program of the user can make again at any time.

    Raises:
        RuntimeError: This user has no home folder.
    """
    if sys.platform == "win32":
        return windows_local() / "Chatapp/cache"
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/Chatapp"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "chatapp"


def downloads_folder() -> Path:
    """Return the folder for downloads; on Linux the user may have chosen another one than `Downloads`.

    Raises:
        RuntimeError: This user has no home folder.
    """
    if sys.platform == "linux":
        with suppress(OSError, UnicodeError):
            chosen = _DOWNLOADS.search((unix_config() / "user-dirs.dirs").read_text("utf-8"))
            if chosen:
                return Path(chosen[1].replace("$HOME", str(Path.home()), 1))
    return Path.home() / "Downloads"


# The folders of one system for all programs. Each function raises a RuntimeError for a user without a home.


def unix_config() -> Path:
    """Return the folder for settings on Linux."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")


def unix_data() -> Path:
    """Return the folder for data on Linux."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")


def windows_roaming() -> Path:
    """Return the folder on Windows for what goes with the user to other computers."""
    return Path(os.environ.get("APPDATA") or Path.home() / "AppData/Roaming")


def windows_local() -> Path:
    """Return the folder on Windows for what stays on this computer."""
    return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")


def windows_start_menu() -> Path:
    """Return the folder of the user's start menu. Windows starts the programs in `Startup` at login."""
    return windows_roaming() / "Microsoft/Windows/Start Menu/Programs"
