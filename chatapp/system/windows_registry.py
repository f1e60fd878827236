"""The part of the Windows registry that belongs to the user."""

from __future__ import annotations

import sys
import winreg

assert sys.platform == "win32"


class UserRegistry:
    """Keys below HKEY_CURRENT_USER, written with backslashes. Every method may raise an `OSError`."""

    def get(self, key: str, name: str = "") -> str:
        """Return a value; empty if there is none."""
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                return str(winreg.QueryValueEx(opened, name)[0])
        except FileNotFoundError:
            return ""

    def set(self, key: str, name: str, value: str) -> None:
        """Set a value, and create its key if necessary."""
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
            winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

    def delete(self, key: str) -> None:
        """Delete a key with everything below it, if it is there."""
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                while winreg.QueryInfoKey(opened)[0]:
                    self.delete(f"{key}\\{winreg.EnumKey(opened, 0)}")
            winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)
        except FileNotFoundError:
            return
