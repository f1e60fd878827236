"""Whether the desktop is set to dark colours: what "follow the system" follows."""

from __future__ import annotations

import subprocess
import sys

_SECONDS = 0.5
_WINDOWS_KEY = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
_QUESTIONS = {  # platform: command whose output has "dark" in it
    "darwin": ("defaults", "read", "-g", "AppleInterfaceStyle"),
    "linux": ("gsettings", "get", "org.gnome.desktop.interface", "color-scheme"),
}


def system_is_dark() -> bool:
    """What the desktop says; light when it cannot be asked."""
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _WINDOWS_KEY) as key:
                return bool(winreg.QueryValueEx(key, "AppsUseLightTheme")[0] == 0)
        except OSError:
            return False
    return sys.platform in _QUESTIONS and "dark" in _answer(_QUESTIONS[sys.platform]).lower()


def _answer(command: tuple[str, ...]) -> str:
    try:
        asked = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout
