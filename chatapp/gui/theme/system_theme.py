"""Asks the desktop whether it uses dark colours, for the theme "system"."""

from __future__ import annotations

import subprocess
import sys

_TIMEOUT = 0.5  # seconds
_WINDOWS_KEY = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
_COMMANDS = {  # platform: command whose output contains "dark" for a dark desktop
    "darwin": ("defaults", "read", "-g", "AppleInterfaceStyle"),
    "linux": ("gsettings", "get", "org.gnome.desktop.interface", "color-scheme"),
}


def system_is_dark() -> bool:
    """Return whether the desktop uses dark colours; False if it is unknown."""
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _WINDOWS_KEY) as key:
                return bool(winreg.QueryValueEx(key, "AppsUseLightTheme")[0] == 0)
        except OSError:
            return False
    return sys.platform in _COMMANDS and "dark" in _output_of(_COMMANDS[sys.platform]).lower()


def _output_of(command: tuple[str, ...]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout
