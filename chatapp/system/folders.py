"""The folders that a system has for a user's settings, data and caches.

Source: XDG Base Directory Specification; Apple's File System Programming Guide; Windows known folders.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def settings_folder() -> Path:
    """Return the folder for the settings of the user's programs.

    Raises:
        RuntimeError: This user has no home folder.
    """
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData/Roaming") / "Chatapp"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/Chatapp"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "chatapp"


def server_data_folder() -> Path:
    """Return the folder for the data of a server that the user runs.

    Raises:
        RuntimeError: This user has no home folder.
    """
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "Chatapp/server"
    if sys.platform == "darwin":
        return Path.home() / "Library/Application Support/Chatapp/server"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "chatapp/server"


def cache_folder() -> Path:
    """Return the folder for what a program of the user can make again at any time.

    Raises:
        RuntimeError: This user has no home folder.
    """
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "Chatapp/cache"
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/Chatapp"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "chatapp"


def startup_folder() -> Path:
    """Return the folder whose programs Windows starts at login.

    Raises:
        RuntimeError: This user has no home folder.
    """
    roaming = Path(os.environ.get("APPDATA") or Path.home() / "AppData/Roaming")
    return roaming / "Microsoft/Windows/Start Menu/Programs/Startup"
