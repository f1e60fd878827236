"""Asks the desktop whether it uses dark colours, for the theme "system"."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

_TIMEOUT = 0.5  # seconds
_WINDOWS_KEY = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
_COMMANDS = {  # platform: command whose output contains "dark" for a dark desktop
    "darwin": ("defaults", "read", "-g", "AppleInterfaceStyle"),
    "linux": ("gsettings", "get", "org.gnome.desktop.interface", "color-scheme"),
}


def ask_system() -> Callable[[], bool]:
    """Ask the desktop for its colours, which may take as long as creating a window.

    Returns:
        A function that waits for the answer: whether they are dark; False if that is unknown. To be called
        once.
    """
    command = _COMMANDS.get(sys.platform)
    if command is None:
        return _windows_is_dark
    try:
        asked = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
    except OSError:
        return lambda: False
    return lambda: "dark" in _output_of(asked).lower()


def _windows_is_dark() -> bool:
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _WINDOWS_KEY) as key:
                return bool(winreg.QueryValueEx(key, "AppsUseLightTheme")[0] == 0)
        except OSError:
            pass
    return False


def _output_of(asked: subprocess.Popen[str]) -> str:
    with asked:
        try:
            return asked.communicate(timeout=_TIMEOUT)[0]
        except subprocess.TimeoutExpired:
            asked.kill()
            return ""
